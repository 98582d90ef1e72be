//! The host's callbacks (`onSuccess`, `onError`, `onExit`, `onEvent`), taken once at mount, called with the names and keys of
//! Railz Connect 2.23.

use std::cell::RefCell;

use js_sys::Function;
use railz_connect_contract::ConnectionId;
use railz_connect_flow::ConfigError;
use railz_connect_flow::funnel::{FunnelEvent, outcome};
use railz_connect_flow::host_event::{ErrorText, HostError, HostEvent, Parties};
use railz_connect_flow::json::JsonText;
use wasm_bindgen::{JsCast, JsValue};

use crate::browser::{console, js_value, json};
use crate::text;

/// Whichever of them the host gave.
#[derive(Debug)]
pub(crate) struct Callbacks {
    on_success: Option<Function>,
    on_error: Option<Function>,
    on_exit: Option<Function>,
    on_event: Option<Function>,
    accounts: RefCell<Vec<(String, JsValue)>>,
    /// The package that loaded the engine wants to know when the widget has left by itself.
    gone: Option<Function>,
}

type Fields = Vec<(&'static str, JsValue)>;

impl Callbacks {
    pub(crate) fn new(options: &JsValue, environment: &JsValue) -> Self {
        let callback = |from, name| js_value::get(from, name).dyn_into::<Function>().ok();
        Self {
            on_success: callback(options, "onSuccess"),
            on_error: callback(options, "onError"),
            on_exit: callback(options, "onExit"),
            on_event: callback(options, "onEvent"),
            gone: callback(environment, "gone"),
            accounts: RefCell::default(),
        }
    }

    /// Says to the package that the widget has left the page because a person closed it.
    pub(crate) fn call_gone(&self) {
        if let Some(gone) = &self.gone
            && let Err(thrown) = gone.call0(&JsValue::UNDEFINED)
        {
            console::error_value("gone", &thrown);
        }
    }

    /// `onError("load", …)` for a wrong option; there is no session yet to speak of.
    pub(crate) fn call_for_config_error(&self, error: &ConfigError) {
        let details = js_value::object(&[
            ("errorCode", "general".into()),
            ("errorMessage", text::configuration_error(error).into()),
        ]);
        invoke(self.on_error.as_ref(), "load", &[("error", details)]);
    }

    pub(crate) fn call(&self, event: &HostEvent) {
        match event {
            HostEvent::Loaded(parties) => invoke(self.on_success.as_ref(), "load", &fields(parties)),
            HostEvent::Exit(parties) => invoke(self.on_exit.as_ref(), "exit", &fields(parties)),
            HostEvent::Authorized { parties, connection_id, service, account } => {
                let mut fields = fields(parties);
                fields.push(("connectionUuid", connection_id.as_str().into()));
                fields.push(("serviceName", service.as_str().into()));
                if account.is_some()
                    && let Some(account) = self.account_of(connection_id)
                {
                    fields.push(("serviceAccountRef", account));
                }
                invoke(self.on_success.as_ref(), "authorization", &fields);
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
                invoke(self.on_error.as_ref(), event.as_str(), &fields);
            }
        }
    }

    /// Keeps the accounts that an answer names, as they came: a host is given the whole of its `serviceAccountRef`, of which
    /// the widget knows no more than that it has an id.
    pub(crate) fn keep_accounts(&self, body: &str) {
        for connection in js_value::each(&json::parse(body)) {
            let account = js_value::get(&connection, "serviceAccountRef");
            if let (Some(id), true) =
                (js_value::get(&connection, "connectionId").as_string(), account.is_object())
            {
                let mut accounts = self.accounts.borrow_mut();
                accounts.retain(|(known, _)| *known != id);
                accounts.push((id, account));
            }
        }
    }

    fn account_of(&self, connection: &ConnectionId) -> Option<JsValue> {
        let accounts = self.accounts.borrow();
        accounts.iter().find(|(id, _)| id == connection.as_str()).map(|(_, account)| account.clone())
    }

    /// Whether the host listens to `onEvent`.
    pub(crate) fn wants_events(&self) -> bool {
        self.on_event.is_some()
    }

    /// `onEvent(name, data)`, called after every other callback of the same event.
    pub(crate) fn call_on_event(&self, funnel: &FunnelEvent) {
        let mut data = Fields::new();
        if let Some(service) = funnel.service() {
            data.push(("serviceName", service.as_str().into()));
        }
        match funnel {
            FunnelEvent::ServiceSelected { renewing, .. } => data.push(("reconnect", (*renewing).into())),
            FunnelEvent::Outcome { error, .. } => {
                data.push(("outcome", outcome(*error).into()));
                data.extend(error.map(|code| ("errorCode", code.as_str().into())));
            }
            FunnelEvent::SearchUsed { length } => {
                data.push(("length", u32::try_from(*length).unwrap_or(u32::MAX).into()));
            }
            _ => {}
        }
        invoke(self.on_event.as_ref(), funnel.name(), &data);
    }
}

fn details(error: &HostError) -> JsValue {
    let message = match &error.text {
        ErrorText::OfCode => text::error_message(error.code),
        ErrorText::Server(message) => message.clone(),
        ErrorText::HandOverStuck => text::success_page_unreached(),
    };
    let mut details: Fields =
        vec![("errorCode", error.code.as_str().into()), ("errorMessage", message.into())];
    if let Some(raw) = &error.raw {
        details.push(("rawError", raw.as_str().into()));
    }
    js_value::object(&details)
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
fn invoke(callback: Option<&Function>, event: &str, payload: &[(&str, JsValue)]) {
    let Some(callback) = callback else { return };
    if let Err(thrown) = callback.call2(&JsValue::UNDEFINED, &event.into(), &js_value::object(payload)) {
        console::error_value(&text::report_callback_threw(event), &thrown);
    }
}
