//! A fast line and processor, or slow ones, as Chromium plays them.

use serde_json::json;

use crate::browser::Browser;
use crate::error::Outcome;

/// How fast the browser's line and processor are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Throttle {
    /// As this machine has them.
    None,
    /// A phone on a mobile line: the processor four times slower, 1.6 Mbit/s down, 750 kbit/s up, 150 ms a round trip.
    Phone,
}

impl Throttle {
    /// Both, in the order in which they are measured.
    pub const ALL: [Self; 2] = [Self::None, Self::Phone];

    /// The name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "unthrottled",
            Self::Phone => "CPU ×4, 1.6 Mbit/s, 150 ms",
        }
    }

    /// Slows the browser's current window down. (Bytes a second, milliseconds.)
    ///
    /// # Errors
    /// [`crate::JourneyError::Driver`].
    pub async fn apply(self, browser: &Browser) -> Outcome {
        browser.cdp("Network.enable", json!({})).await?;
        if self == Self::None {
            return Ok(());
        }
        let line = json!({
            "offline": false, "latency": 150,
            "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8,
        });
        browser.cdp("Network.emulateNetworkConditions", line).await?;
        browser.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await?;
        Ok(())
    }
}
