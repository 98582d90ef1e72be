//! The host's three callbacks, taken once at mount, called with the names and keys of Railz Connect 2.23.

use js_sys::Function;
use railz_connect_flow::{ConfigError, ErrorText, HostError, HostEvent, JsonText, Parties};
use wasm_bindgen::{JsCast, JsValue};

use crate::browser::{console, json};
use crate::text;

/// The host's callbacks.
#[derive(Debug)]
pub(crate) struct Host {
    success: Option<Function>,
    error: Option<Function>,
    exit: Option<Function>,
    /// The package that loaded the engine wants to know when the widget has left by itself.
    gone: Option<Function>,
}

type Fields = Vec<(&'static str, JsValue)>;

impl Host {
    pub(crate) fn new(options: &JsValue, environment: &JsValue) -> Self {
        let callback = |from, name| json::get(from, name).dyn_into::<Function>().ok();
        Self {
            success: callback(options, "onSuccess"),
            error: callback(options, "onError"),
            exit: callback(options, "onExit"),
            gone: callback(environment, "gone"),
        }
    }

    /// The widget has left the page by a person's wish.
    pub(crate) fn gone(&self) {
        if let Some(gone) = &self.gone
            && let Err(thrown) = gone.call0(&JsValue::UNDEFINED)
        {
            console::error_value("gone", &thrown);
        }
    }

    /// `onError("load", …)` for a wrong option; there is no session yet to speak of.
    pub(crate) fn configuration_failed(&self, error: &ConfigError) {
        let details = json::object(&[
            ("errorCode", "general".into()),
            ("errorMessage", text::configuration_error(error).into()),
        ]);
        call(self.error.as_ref(), "load", &[("error", details)]);
    }

    pub(crate) fn tell(&self, event: &HostEvent) {
        match event {
            HostEvent::Loaded(parties) => call(self.success.as_ref(), "load", &fields(parties)),
            HostEvent::Exit(parties) => call(self.exit.as_ref(), "exit", &fields(parties)),
            HostEvent::Authorized { parties, connection_id, service, account } => {
                let mut fields = fields(parties);
                fields.push(("connectionUuid", connection_id.as_str().into()));
                fields.push(("serviceName", service.as_str().into()));
                if let Some(account) = account {
                    let mut details = vec![("id", account.id.as_deref().into())];
                    if let Some(entity) = &account.entity_ref {
                        details.push(("entityRef", json::object(&[("id", entity.id.as_str().into())])));
                    }
                    fields.push(("serviceAccountRef", json::object(&details)));
                }
                call(self.success.as_ref(), "authorization", &fields);
            }
            HostEvent::Error { event, parties, connection_id, service, error } => {
                let mut fields = fields(parties);
                if let Some(connection_id) = connection_id {
                    fields.push(("connectionUuid", connection_id.as_str().into()));
                }
                if let Some(service) = service {
                    fields.push(("serviceName", service.as_str().into()));
                }
                fields.push(("error", details(error)));
                call(self.error.as_ref(), event.as_str(), &fields);
            }
        }
    }
}

fn details(error: &HostError) -> JsValue {
    let message = match &error.text {
        ErrorText::OfCode => text::error_message(error.code),
        ErrorText::Server(message) => message.clone(),
        ErrorText::HandOverStuck => text::hand_over_stuck(),
    };
    let mut details: Fields =
        vec![("errorCode", error.code.as_str().into()), ("errorMessage", message.into())];
    if let Some(raw) = &error.raw {
        details.push(("rawError", raw.as_str().into()));
    }
    json::object(&details)
}

fn fields(parties: &Parties) -> Fields {
    let mut fields = Fields::new();
    if let Some(name) = &parties.business_name {
        fields.push(("businessName", name.as_str().into()));
    }
    if let Some(uuid) = &parties.business_uuid {
        fields.push(("businessUuid", uuid.as_str().into()));
    }
    let metadata = parties.metadata.as_ref().map_or(JsValue::NULL, |JsonText(text)| json::parse(text));
    fields.push(("metadata", metadata));
    fields
}

/// What the host throws in its own callback is the host's; it is shown on the console and stops nothing here.
fn call(callback: Option<&Function>, event: &str, payload: &[(&str, JsValue)]) {
    let Some(callback) = callback else { return };
    if let Err(thrown) = callback.call2(&JsValue::UNDEFINED, &event.into(), &json::object(payload)) {
        console::error_value(&text::report_callback_threw(event), &thrown);
    }
}
