//! The host's two pages: the one with the widget, and the success page that receives the connection.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::browser::{Browser, TIMEOUT};
use crate::error::{JourneyError, Outcome, same};

/// What the host page heard: which callback, which event, and what came with it.
#[derive(Debug, Clone, PartialEq)]
pub struct HostEvent {
    /// `onSuccess`, `onError` or `onExit`.
    pub callback: String,
    /// `load`, `authorization`, `timeout` or `exit`.
    pub event: String,
    /// What the widget handed to the callback, as JSON; null where it handed nothing.
    pub payload: Value,
}

impl HostEvent {
    /// `error.errorCode` of the payload.
    pub fn code(&self) -> &str {
        self.payload["error"]["errorCode"].as_str().unwrap_or_default()
    }

    fn is(&self, callback: &str, event: &str) -> bool {
        self.callback == callback && self.event == event
    }
}

/// The host page in the current window.
#[derive(Debug, Clone, Copy)]
pub struct HostPage<'a> {
    browser: &'a Browser,
}

impl<'a> HostPage<'a> {
    /// The host page that is loaded.
    pub const fn of(browser: &'a Browser) -> Self {
        Self { browser }
    }

    /// Everything that the host has heard so far, in order.
    ///
    /// # Errors
    /// [`JourneyError::Driver`].
    pub async fn events(&self) -> Outcome<Vec<HostEvent>> {
        let script = "return JSON.parse(JSON.stringify(window.hostEvents || []));";
        let events = self.browser.script(script, vec![]).await?;
        let events = events.as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(events
            .iter()
            .map(|event| HostEvent {
                callback: event["callback"].as_str().unwrap_or_default().to_owned(),
                event: event["event"].as_str().unwrap_or_default().to_owned(),
                payload: event["payload"].clone(),
            })
            .collect())
    }

    /// Waits until the host has heard an event, and gives the first of them.
    ///
    /// # Errors
    /// [`JourneyError::Waited`].
    pub async fn hears(&self, callback: &str, event: &str) -> Outcome<HostEvent> {
        self.browser
            .until(&format!("{callback}({event:?}) at the host"), TIMEOUT, || async {
                Ok(self.events().await?.into_iter().find(|heard| heard.is(callback, event)))
            })
            .await
    }

    /// Checks that the host has heard exactly one event about the authorisation, and which.
    ///
    /// # Errors
    /// [`JourneyError::Unexpected`] when there is another number of them, or another callback.
    pub async fn check_one_outcome(&self, callback: &str) -> Outcome {
        let heard = self.events().await?;
        let outcomes: Vec<&str> = heard
            .iter()
            .filter(|heard| heard.event == "authorization")
            .map(|heard| heard.callback.as_str())
            .collect();
        same("authorisation outcomes at the host", outcomes, vec![callback])
    }

    /// What `mount()` was rejected with, as soon as it was.
    ///
    /// # Errors
    /// [`JourneyError::Waited`].
    pub async fn mount_error(&self) -> Outcome<Value> {
        let script = "const error = window.mountError;\
            return error ? { name: error.name, option: error.option, received: String(error.received),\
                expected: error.expected, message: String(error.message) } : null;";
        self.browser.until_script("a rejected mount()", script).await
    }
}

/// What the success page received and shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuccessPage {
    /// The HTTP method by which the browser came: `POST` or `GET`.
    pub method: String,
    /// The field `connectionId`, empty where it was missing.
    pub connection_id: String,
    /// The field `businessName`, empty where it was missing.
    pub business_name: String,
    /// The field `businessUuid`, empty where it was missing.
    pub business_uuid: String,
    /// The field `serviceName`, empty where it was missing.
    pub service_name: String,
    /// The field `state`, empty where the host gave none.
    pub state: String,
}

impl SuccessPage {
    /// Waits for the success page and reads it.
    ///
    /// # Errors
    /// [`JourneyError::Waited`] when the browser does not land there.
    pub async fn read(browser: &Browser) -> Outcome<Self> {
        let script = "if (!document.querySelector('#connection-id')) return null;\
            const ids = ['method', 'connection-id', 'business-name', 'business-uuid', 'service-name', 'state'];\
            return Object.fromEntries(ids.map((id) => {\
                const element = document.getElementById(id);\
                return [id, element ? element.textContent.trim() : ''];\
            }));";
        let shown = browser.until_script("the success page", script).await?;
        let fields: BTreeMap<String, String> =
            serde_json::from_value(shown).map_err(|error| JourneyError::Unexpected {
                what: "the success page".to_owned(),
                expected: "texts".to_owned(),
                found: error.to_string(),
            })?;
        let field = |id: &str| fields.get(id).cloned().unwrap_or_default();
        Ok(Self {
            method: field("method"),
            connection_id: field("connection-id"),
            business_name: field("business-name"),
            business_uuid: field("business-uuid"),
            service_name: field("service-name"),
            state: field("state"),
        })
    }
}
