//! What was measured on: figures without their machine say little.

use serde_json::json;

use super::page_load::open_browser;
use super::site::Site;
use super::throttle::Throttle;
use super::way_in::WayIn;
use crate::error::Outcome;

/// A machine and its browser, as the report names them.
#[derive(Debug, Clone, Default)]
pub struct Machine {
    /// The processor's name.
    pub processor: String,
    /// How many cores it has.
    pub cores: usize,
    /// Memory in GiB, rounded.
    pub memory: u64,
    /// The operating system, as `/etc/os-release` calls it.
    pub system: String,
    /// The browser's name and version.
    pub browser: String,
}

impl Machine {
    /// Reads what Linux and the browser say.
    ///
    /// # Errors
    /// [`crate::JourneyError`] when the browser does not come up.
    pub async fn read(site: &Site) -> Outcome<Self> {
        let browser = open_browser(site, WayIn::ScriptTag, Throttle::None).await?;
        let version = browser.cdp("Browser.getVersion", json!({})).await?;
        browser.quit().await?;
        let read = |file: &str| std::fs::read_to_string(file).unwrap_or_default();
        let kibibytes = field(&read("/proc/meminfo"), "MemTotal", ':');
        let kibibytes: u64 = kibibytes.trim_end_matches(" kB").parse().unwrap_or_default();
        Ok(Self {
            processor: field(&read("/proc/cpuinfo"), "model name", ':'),
            cores: std::thread::available_parallelism().map_or(0, std::num::NonZero::get),
            memory: (kibibytes + (1 << 19)) >> 20,
            system: field(&read("/etc/os-release"), "PRETTY_NAME", '='),
            browser: version["product"].as_str().unwrap_or_default().replace('/', " "),
        })
    }
}

/// The value of the first line with this name, without quotes.
fn field(text: &str, name: &str, between: char) -> String {
    let line = text.lines().find(|line| line.split(between).next().is_some_and(|key| key.trim() == name));
    let value =
        line.and_then(|line| line.split_once(between)).map(|(_, value)| value.trim().trim_matches('"'));
    value.unwrap_or("unknown").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_by_its_whole_name() {
        let text = "model\t\t: 167\nmodel name\t: A Processor\n";
        assert_eq!(field(text, "model name", ':'), "A Processor");
        assert_eq!(field("NAME=\"D\"\nPRETTY_NAME=\"Debian 12\"", "PRETTY_NAME", '='), "Debian 12");
        assert_eq!(field("", "MemTotal", ':'), "unknown");
    }
}
