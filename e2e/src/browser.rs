//! One browser window as a person has it: where it is, what stands there, and waiting for things.
//!
//! Every wait is bounded and says in the end what it saw last. Next: `popup` for the second window,
//! `widget` and `host` for the two pages that journeys read most.

use std::future::Future;
use std::time::{Duration, Instant};

use serde_json::Value;
use thirtyfour::prelude::*;
use thirtyfour::{TypingData, WindowHandle};

use crate::driver::{ColorScheme, DriverSession, NetworkLog};
use crate::engines::{Engine, Installed};
use crate::error::{JourneyError, Outcome};

/// How long one thing may take to appear. A person's patience would be a quarter of it; a busy machine is no fault of the
/// widget's.
pub const TIMEOUT: Duration = Duration::from_secs(40);

const PAUSE: Duration = Duration::from_millis(50);

/// A browser with one main window.
#[derive(Debug)]
pub struct Browser {
    /// Which engine it is.
    pub engine: Engine,
    pub(crate) session: WebDriver,
    pub(crate) main: WindowHandle,
    driven: DriverSession,
}

impl Browser {
    /// Starts a browser with a new profile.
    ///
    /// # Errors
    /// [`JourneyError`] when it does not come up.
    pub async fn start(installed: &Installed, color_scheme: ColorScheme) -> Outcome<Self> {
        Self::start_logging(installed, color_scheme, NetworkLog::Off).await
    }

    /// The same, with or without a log of what travels, which [`Browser::network_log`] reads.
    ///
    /// # Errors
    /// [`JourneyError`] when it does not come up.
    pub async fn start_logging(
        installed: &Installed,
        color_scheme: ColorScheme,
        network_log: NetworkLog,
    ) -> Outcome<Self> {
        let driven = DriverSession::start(installed, color_scheme, network_log).await?;
        let session = driven.session.clone();
        let main = session.window().await?;
        Ok(Self { engine: installed.engine, session, main, driven })
    }

    /// Ends the session; the programs end when the value is dropped.
    ///
    /// # Errors
    /// [`JourneyError::Driver`] when the driver refuses.
    pub async fn quit(&self) -> Outcome {
        Ok(self.session.clone().quit().await?)
    }

    /// Loads a page in the current window.
    ///
    /// # Errors
    /// [`JourneyError::Driver`].
    pub async fn goto(&self, address: &str) -> Outcome {
        Ok(self.session.goto(address).await?)
    }

    /// The current window's address.
    ///
    /// # Errors
    /// [`JourneyError::Driver`].
    pub async fn address(&self) -> Outcome<String> {
        Ok(self.session.current_url().await?.to_string())
    }

    /// Goes on in one of the page's frames, by its place among them; [`Browser::to_main`] leaves it.
    ///
    /// # Errors
    /// [`JourneyError::Driver`] when there is no such frame.
    pub async fn enter_frame(&self, place: u16) -> Outcome {
        Ok(self.session.enter_frame(place).await?)
    }

    /// Runs a script in the page (not by a person's press: it carries no activation).
    ///
    /// # Errors
    /// [`JourneyError::Driver`], also when the script throws.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.session.execute(script, arguments).await?.json().clone())
    }

    /// Runs a script that gives an element, or null.
    ///
    /// # Errors
    /// [`JourneyError::Driver`], also when the script throws.
    pub async fn script_element(&self, script: &str, arguments: Vec<Value>) -> Outcome<Option<WebElement>> {
        let found = self.session.execute(script, arguments).await?;
        if found.json().is_null() { Ok(None) } else { Ok(Some(found.element()?)) }
    }

    /// Runs a script whose last argument is the function to call with its result.
    ///
    /// # Errors
    /// [`JourneyError::Driver`], also when the result does not come in time.
    pub async fn script_async(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.session.execute_async(script, arguments).await?.json().clone())
    }

    /// Asks again until there is an answer.
    ///
    /// # Errors
    /// [`JourneyError::Waited`] with what the last try failed with or found.
    pub async fn until<T, F>(&self, what: &str, within: Duration, look: impl Fn() -> F) -> Outcome<T>
    where
        F: Future<Output = Outcome<Option<T>>>,
    {
        let began = Instant::now();
        loop {
            let seen = look().await;
            let last = match seen {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => None,
                Err(error) => Some(error.to_string()),
            };
            if began.elapsed() >= within {
                let last = match last {
                    Some(error) => error,
                    None => self.snapshot().await,
                };
                let seconds = within.as_secs();
                return Err(JourneyError::Waited { what: what.to_owned(), seconds, last });
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits until a script's answer is truthy, and gives it.
    ///
    /// # Errors
    /// [`JourneyError::Waited`].
    pub async fn until_script(&self, what: &str, script: &str) -> Outcome<Value> {
        self.until(what, TIMEOUT, || async {
            let value = self.script(script, vec![]).await?;
            Ok(truthy(&value).then_some(value))
        })
        .await
    }

    /// The element that a selector names in the page itself, as soon as it is there.
    ///
    /// # Errors
    /// [`JourneyError::Waited`].
    pub async fn element(&self, selector: &str) -> Outcome<WebElement> {
        self.until(selector, TIMEOUT, || async {
            Ok(self.session.find_all(By::Css(selector)).await?.into_iter().next())
        })
        .await
    }

    /// The words of the element that a selector names.
    ///
    /// # Errors
    /// [`JourneyError::Waited`] when it does not come, [`JourneyError::Driver`].
    pub async fn text(&self, selector: &str) -> Outcome<String> {
        Ok(self.element(selector).await?.text().await?)
    }

    /// Presses keys as a person at the keyboard does, without choosing an element.
    ///
    /// # Errors
    /// [`JourneyError::Driver`].
    pub async fn keys(&self, keys: impl Into<TypingData>) -> Outcome {
        Ok(self.session.action_chain().send_keys(keys).perform().await?)
    }

    /// Switches back to the main window.
    ///
    /// # Errors
    /// [`JourneyError::Driver`].
    pub async fn to_main(&self) -> Outcome {
        Ok(self.session.switch_to_window(self.main.clone()).await?)
    }

    /// The other windows.
    ///
    /// # Errors
    /// [`JourneyError::Driver`].
    pub async fn others(&self) -> Outcome<Vec<WindowHandle>> {
        let mut windows = self.session.windows().await?;
        windows.retain(|window| *window != self.main);
        Ok(windows)
    }

    /// Address and text of the current window, shortened, for a report.
    pub async fn snapshot(&self) -> String {
        let script = "const root = document.querySelector('#railz-connect-base');\
            const shadow = root && root.shadowRoot ? root.shadowRoot.textContent : '';\
            return location.href + ' | ' + (document.body ? document.body.innerText : '') + ' | ' + shadow;";
        match self.script(script, vec![]).await {
            Ok(value) => value.as_str().unwrap_or_default().chars().take(900).collect(),
            Err(error) => format!("nothing readable ({error})"),
        }
    }

    /// A picture of the current window, as PNG.
    ///
    /// # Errors
    /// [`JourneyError::Driver`].
    pub async fn picture(&self) -> Outcome<Vec<u8>> {
        Ok(self.session.screenshot_as_png().await?)
    }

    /// Gives the page this size in CSS pixels, whatever the window's (Chromium only).
    ///
    /// # Errors
    /// [`JourneyError::Driver`].
    pub async fn resize(&self, width: u32, height: u32) -> Outcome {
        let metrics = serde_json::json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await?;
        Ok(())
    }

    /// Sends a command of the `DevTools` protocol and gives its answer (Chromium only).
    ///
    /// # Errors
    /// [`JourneyError::Driver`].
    pub async fn cdp(&self, method: &str, parameters: Value) -> Outcome<Value> {
        Ok(self.session.cdp().send_raw(method, parameters).await?)
    }

    /// The `DevTools` events since the last call, oldest first, where the browser was started with
    /// [`NetworkLog::On`] (Chromium only).
    ///
    /// # Errors
    /// [`JourneyError::Driver`].
    pub async fn network_log(&self) -> Outcome<Vec<Value>> {
        let entries = self.session.get_log("performance").await?;
        let events = entries.iter().filter_map(|entry| serde_json::from_str::<Value>(&entry.message).ok());
        Ok(events.map(|mut event| event["message"].take()).collect())
    }

    /// The page's console where the engine's driver hands it out (Chromium only).
    pub async fn console(&self) -> String {
        match self.session.browser_log().await {
            Ok(entries) => {
                let lines: Vec<String> = entries.iter().map(|entry| format!("{entry:?}")).collect();
                lines.join("\n")
            }
            Err(_) => "this engine's driver does not hand out the console".to_owned(),
        }
    }

    /// The driver's last words, for a report.
    pub fn driver_log(&self) -> String {
        self.driven.log_tail()
    }
}

/// Whether a script would take the value for true.
pub fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}
