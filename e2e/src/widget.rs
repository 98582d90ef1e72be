//! The widget as a person meets it: the screen it shows, its words, and its buttons.
//!
//! It lives in an open shadow root, which selectors of the page do not enter; elements are looked up by
//! a script and then pressed by the driver, so that a press is a person's press, with activation.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

use crate::browser::{Browser, TIMEOUT};
use crate::error::{JourneyError, Outcome};

const FIND: &str = "const base = document.querySelector('#railz-connect-base');\
    const root = base && base.shadowRoot;\
    return root ? root.querySelector(arguments[0]) : null;";

/// The widget on the page in the current window.
#[derive(Debug, Clone, Copy)]
pub struct Widget<'a> {
    browser: &'a Browser,
}

impl<'a> Widget<'a> {
    /// The widget of the page that is loaded.
    pub const fn of(browser: &'a Browser) -> Self {
        Self { browser }
    }

    /// An element inside the widget, if it is there now.
    ///
    /// # Errors
    /// [`JourneyError::Driver`].
    pub async fn find(&self, selector: &str) -> Outcome<Option<WebElement>> {
        self.browser.script_element(FIND, vec![json!(selector)]).await
    }

    /// An element inside the widget, as soon as it is there.
    ///
    /// # Errors
    /// [`JourneyError::Waited`].
    pub async fn element(&self, selector: &str) -> Outcome<WebElement> {
        let what = format!("{selector} in the widget");
        self.browser.until(&what, TIMEOUT, || self.find(selector)).await
    }

    /// The name of the screen that stands there now.
    ///
    /// # Errors
    /// [`JourneyError::Driver`].
    pub async fn screen(&self) -> Outcome<Option<String>> {
        let script = "const base = document.querySelector('#railz-connect-base');\
            const screens = base && base.shadowRoot\
                ? [...base.shadowRoot.querySelectorAll('section[data-screen]')] : [];\
            return screens.map((screen) => screen.dataset.screen).join('+') || null;";
        Ok(self.browser.script(script, vec![]).await?.as_str().map(str::to_owned))
    }

    /// Waits for a screen.
    ///
    /// # Errors
    /// [`JourneyError::Waited`] with the words that stood there instead.
    pub async fn shows(&self, screen: &str) -> Outcome {
        self.shows_within(screen, TIMEOUT).await
    }

    /// The same, with another time limit.
    ///
    /// # Errors
    /// [`JourneyError::Waited`].
    pub async fn shows_within(&self, screen: &str, within: Duration) -> Outcome {
        let what = format!("the screen {screen:?}");
        self.browser
            .until(&what, within, || async {
                Ok((self.screen().await?.as_deref() == Some(screen)).then_some(()))
            })
            .await
    }

    /// All words that the widget shows now.
    ///
    /// # Errors
    /// [`JourneyError::Driver`].
    pub async fn words(&self) -> Outcome<String> {
        let script = "const base = document.querySelector('#railz-connect-base');\
            const root = base && base.shadowRoot;\
            const screen = root && root.querySelector('section[data-screen]');\
            return screen ? screen.innerText : '';";
        Ok(self.browser.script(script, vec![]).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the widget's words contain these, whatever their case.
    ///
    /// # Errors
    /// [`JourneyError::Waited`].
    pub async fn says(&self, words: &str) -> Outcome {
        let wanted = words.to_lowercase();
        self.browser
            .until(&format!("the words {words:?}"), TIMEOUT, || async {
                Ok(self.words().await?.to_lowercase().contains(&wanted).then_some(()))
            })
            .await
    }

    /// Presses an element as a person does.
    ///
    /// # Errors
    /// [`JourneyError::Waited`] when it does not come or stays covered, [`JourneyError::Driver`].
    pub async fn press(&self, selector: &str) -> Outcome {
        let began = Instant::now();
        loop {
            let element = self.element(selector).await?;
            let Err(error) = element.click().await else { return Ok(()) };
            // The screen may have been drawn anew between finding and pressing.
            let again = matches!(
                *error,
                WebDriverErrorInner::StaleElementReference(_)
                    | WebDriverErrorInner::ElementClickIntercepted(_)
                    | WebDriverErrorInner::ElementNotInteractable(_)
            );
            if !again || began.elapsed() > TIMEOUT {
                return Err(JourneyError::Driver(error));
            }
        }
    }

    /// Presses the button that does an action.
    ///
    /// # Errors
    /// As [`Widget::press`].
    pub async fn act(&self, action: &str) -> Outcome {
        self.press(&format!("[data-action=\"{action}\"]")).await
    }

    /// Presses a service's tile.
    ///
    /// # Errors
    /// As [`Widget::press`].
    pub async fn pick(&self, service: &str) -> Outcome {
        self.press(&format!("button[data-service=\"{service}\"]")).await
    }

    /// Presses an element by script: a press without a person, which opens no window.
    ///
    /// # Errors
    /// [`JourneyError::Waited`], [`JourneyError::Driver`].
    pub async fn press_by_script(&self, selector: &str) -> Outcome {
        let element = self.element(selector).await?;
        self.browser.script("arguments[0].click()", vec![element.to_json()?]).await?;
        Ok(())
    }

    /// An attribute of an element inside the widget.
    ///
    /// # Errors
    /// [`JourneyError::Waited`] when it does not come, [`JourneyError::Driver`].
    pub async fn attribute(&self, selector: &str, name: &str) -> Outcome<Option<String>> {
        Ok(self.element(selector).await?.attr(name).await?)
    }

    /// The ids of the existing connections that the picker lists.
    ///
    /// # Errors
    /// [`JourneyError::Driver`].
    pub async fn connections(&self) -> Outcome<Vec<String>> {
        let script = "const base = document.querySelector('#railz-connect-base');\
            const root = base && base.shadowRoot;\
            return root ? [...root.querySelectorAll('li[data-connection]')]\
                .map((row) => row.dataset.connection) : [];";
        let listed = self.browser.script(script, vec![]).await?;
        let ids = listed.as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(ids.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// Waits until this has the focus inside the widget: see [`Widget::focused`].
    ///
    /// # Errors
    /// [`JourneyError::Waited`].
    pub async fn has_focus(&self, what: &str) -> Outcome {
        self.browser
            .until(&format!("the focus on {what}"), TIMEOUT, || async {
                Ok((self.focused().await?.as_deref() == Some(what)).then_some(()))
            })
            .await
    }

    /// What has the focus inside the widget: its action, its service, or its element's name.
    ///
    /// # Errors
    /// [`JourneyError::Driver`].
    pub async fn focused(&self) -> Outcome<Option<String>> {
        let script = "const base = document.querySelector('#railz-connect-base');\
            const root = base && base.shadowRoot;\
            const focused = root && root.activeElement;\
            if (!focused) return null;\
            return focused.dataset.action || focused.dataset.service || focused.localName;";
        Ok(self.browser.script(script, vec![]).await?.as_str().map(str::to_owned))
    }
}
