//! The second window: the sign-in. Found among the windows, never by its opener, which the start page cuts.
//!
//! The window that a handle names may be exchanged by the browser on the way (a page with
//! `Cross-Origin-Opener-Policy` moves to another process), so each look lists the windows again.

use std::time::Duration;

use thirtyfour::prelude::*;

use crate::browser::{Browser, TIMEOUT};
use crate::error::{Outcome, holds};

/// The start page's button, once it may be pressed.
const CONTINUE: &str = "html.naming #naming button:enabled";

/// The sign-in's window, while it is open.
#[derive(Debug, Clone, Copy)]
pub struct Popup<'a> {
    browser: &'a Browser,
}

impl<'a> Popup<'a> {
    /// Waits for a second window and goes there.
    ///
    /// # Errors
    /// [`crate::JourneyError::Waited`] when none opens.
    pub async fn opened(browser: &'a Browser) -> Outcome<Self> {
        browser
            .until("a second window", TIMEOUT, || async { Ok(browser.others().await?.into_iter().next()) })
            .await?;
        Ok(Self { browser })
    }

    /// Waits until the popup shows what a selector names, and switches to it.
    ///
    /// # Errors
    /// [`crate::JourneyError::Waited`].
    pub async fn element(&self, selector: &str) -> Outcome<WebElement> {
        self.element_within(selector, TIMEOUT).await
    }

    /// The same, with another time limit.
    ///
    /// # Errors
    /// [`crate::JourneyError::Waited`].
    pub async fn element_within(&self, selector: &str, within: Duration) -> Outcome<WebElement> {
        let browser = self.browser;
        browser
            .until(&format!("{selector} in the popup"), within, || async {
                let Some(window) = browser.others().await?.into_iter().next() else {
                    return Ok(None);
                };
                browser.session.switch_to_window(window).await?;
                // Until its sheet has arrived the page still moves, and a press may miss.
                if browser.script("return document.readyState", vec![]).await? != "complete" {
                    return Ok(None);
                }
                Ok(browser.session.find_all(By::Css(selector)).await?.into_iter().next())
            })
            .await
    }

    /// Presses what a selector names and goes back to the main window. The popup may be gone before
    /// the driver has answered: that is not an error.
    ///
    /// # Errors
    /// [`crate::JourneyError::Waited`] when it does not appear, [`crate::JourneyError::Driver`].
    pub async fn press(&self, selector: &str) -> Outcome {
        let element = self.element(selector).await?;
        self.at_rest(selector).await?;
        if let Err(error) = element.click().await
            && !self.is_gone_soon().await
        {
            return Err(error.into());
        }
        self.browser.to_main().await
    }

    /// Reads on the start page whose sign-in this is, and goes on: it must name these. A window whose opener can be asked
    /// goes on without.
    ///
    /// # Errors
    /// [`crate::JourneyError`] when the page does not come or does not name them.
    pub async fn go_on_as(&self, named: &[&str]) -> Outcome {
        // Not before it gave up asking, and not at once: a press that comes then is not taken for meant.
        self.element(CONTINUE).await?;
        let naming = self.element("#naming").await?;
        let text = naming.text().await?;
        for name in named {
            holds(text.contains(name), "whose sign-in the start page names", name, &text)?;
        }
        self.press(CONTINUE).await
    }

    /// Waits until what a selector names no longer moves. A window that has just opened is still given its size, and a
    /// press that is on its way meanwhile was seen to miss (Firefox).
    async fn at_rest(&self, selector: &str) -> Outcome {
        const PLACE: &str = "const box = document.querySelector(arguments[0]).getBoundingClientRect(); \
                             return [box.x, box.y, innerWidth, innerHeight].join()";
        let browser = self.browser;
        browser
            .until(&format!("{selector} to rest"), TIMEOUT, || async {
                let before = browser.script(PLACE, vec![selector.into()]).await?;
                tokio::time::sleep(Duration::from_millis(120)).await;
                let after = browser.script(PLACE, vec![selector.into()]).await?;
                Ok((before == after).then_some(()))
            })
            .await
    }

    /// Closes the window as a person does, and goes back to the main one. It may have closed by itself meanwhile.
    ///
    /// # Errors
    /// [`crate::JourneyError::Driver`].
    pub async fn close(&self) -> Outcome {
        let session = &self.browser.session;
        for window in self.browser.others().await? {
            let closed = match session.switch_to_window(window).await {
                Ok(()) => session.close_window().await,
                Err(error) => Err(error),
            };
            if let Err(error) = closed
                && !self.is_gone_soon().await
            {
                return Err(error.into());
            }
        }
        self.browser.to_main().await
    }

    /// Whether the window is gone, or on its way: a browser may still name it a moment after it answered no more.
    async fn is_gone_soon(&self) -> bool {
        let browser = self.browser;
        let gone = async || Ok(browser.others().await?.is_empty().then_some(()));
        browser.until("the popup to be gone", Duration::from_secs(2), gone).await.is_ok()
    }

    /// Waits until the popup has closed by itself.
    ///
    /// # Errors
    /// [`crate::JourneyError::Waited`] when it stays open.
    pub async fn closes_by_itself(&self) -> Outcome {
        self.closes_within(TIMEOUT).await
    }

    /// The same, with another time limit.
    ///
    /// # Errors
    /// [`crate::JourneyError::Waited`] when it stays open.
    pub async fn closes_within(&self, within: Duration) -> Outcome {
        self.browser
            .until("the popup to close by itself", within, || async {
                Ok(self.browser.others().await?.is_empty().then_some(()))
            })
            .await?;
        self.browser.to_main().await
    }
}
