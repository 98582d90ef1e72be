//! The host's callbacks (`onSuccess`, `onError`, `onExit`, `onEvent`), taken once at mount, called with the names and keys of
//! Railz Connect 2.23.

use std::cell::RefCell;

use js_sys::{Function, Object};
use railz_connect_contract::ConnectionId;
use railz_connect_flow::ConfigError;
use railz_connect_flow::funnel::{FunnelEvent, outcome};
use railz_connect_flow::host_event::{ErrorText, HostError, HostEvent, Parties};
use railz_connect_flow::json::JsonText;
use wasm_bindgen::{JsCast, JsValue};

use crate::browser::js_value::{set, set_text};
use crate::browser::{console, js_value, json};
use crate::text;

/// Whichever of them the host gave.
#[derive(Debug)]
pub(crate) struct Callbacks {
    on_success: Option<Function>,
    on_error: Option<Function>,
    on_exit: Option<Function>,
    on_event: Option<Function>,
    get_session: Option<Function>,
    accounts: RefCell<Vec<(String, JsValue)>>,
    /// The package that loaded the engine wants to know when the widget has left by itself.
    gone: Option<Function>,
}

impl Callbacks {
    pub(crate) fn new(options: &JsValue, environment: &JsValue) -> Self {
        let callback = |from, name| js_value::get(from, name).dyn_into::<Function>().ok();
        Self {
            on_success: callback(options, "onSuccess"),
            on_error: callback(options, "onError"),
            on_exit: callback(options, "onExit"),
            on_event: callback(options, "onEvent"),
            get_session: callback(options, "getSession"),
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

    /// What `getSession` gives: mostly a promise. Nothing where it throws, which is shown as all that callbacks throw.
    pub(crate) fn call_get_session(&self, request: &JsValue) -> Option<JsValue> {
        let given = self.get_session.as_ref()?.call1(&JsValue::UNDEFINED, request);
        given.map_err(|thrown| console::error_value(&text::report_callback_threw("getSession"), &thrown)).ok()
    }

    /// `onError("load", …)` for a wrong option; there is no session yet to speak of.
    pub(crate) fn call_for_config_error(&self, error: &ConfigError) {
        let (payload, details) = (payload(&Parties::default()), Object::new());
        set_text(&details, "errorCode", "general");
        set_text(&details, "errorMessage", &text::configuration_error(error));
        set(&payload, "error", &details);
        invoke(self.on_error.as_ref(), "load", &payload);
    }

    pub(crate) fn call(&self, event: &HostEvent) {
        match event {
            HostEvent::Loaded(parties) => invoke(self.on_success.as_ref(), "load", &payload(parties)),
            HostEvent::Exit(parties) => invoke(self.on_exit.as_ref(), "exit", &payload(parties)),
            HostEvent::Authorized { parties, connection_id, service, account } => {
                let payload = payload(parties);
                set_text(&payload, "connectionUuid", connection_id.as_str());
                set_text(&payload, "serviceName", service.as_str());
                if account.is_some()
                    && let Some(account) = self.account_of(connection_id)
                {
                    set(&payload, "serviceAccountRef", &account);
                }
                invoke(self.on_success.as_ref(), "authorization", &payload);
            }
            HostEvent::Error { event, parties, connection_id, service, error } => {
                let payload = payload(parties);
                if let Some(connection_id) = connection_id {
                    set_text(&payload, "connectionUuid", connection_id.as_str());
                }
                if let Some(service) = service {
                    set_text(&payload, "serviceName", service.as_str());
                }
                set(&payload, "error", &details(error));
                invoke(self.on_error.as_ref(), event.as_str(), &payload);
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

    /// `onEvent(name, data)`, called after every other callback of the same event.
    pub(crate) fn call_on_event(&self, funnel: &FunnelEvent) {
        if self.on_event.is_none() {
            return;
        }
        let data = Object::new();
        if let Some(service) = funnel.service() {
            set_text(&data, "serviceName", service.as_str());
        }
        match funnel {
            FunnelEvent::ServiceSelected { renewing, .. } => set(&data, "reconnect", &(*renewing).into()),
            FunnelEvent::Outcome { error, .. } => {
                set_text(&data, "outcome", outcome(*error));
                if let Some(code) = error {
                    set_text(&data, "errorCode", code.as_str());
                }
            }
            FunnelEvent::SearchUsed { length } => {
                set(&data, "length", &u32::try_from(*length).unwrap_or(u32::MAX).into());
            }
            _ => {}
        }
        invoke(self.on_event.as_ref(), funnel.name(), &data);
    }
}

fn details(error: &HostError) -> Object {
    let message = match &error.text {
        ErrorText::OfCode => text::error_message(error.code),
        ErrorText::Server(message) => message.clone(),
        ErrorText::HandOverStuck => text::success_page_unreached(),
    };
    let details = Object::new();
    set_text(&details, "errorCode", error.code.as_str());
    set_text(&details, "errorMessage", &message);
    if let Some(raw) = &error.raw {
        set_text(&details, "rawError", raw);
    }
    details
}

fn payload(parties: &Parties) -> Object {
    let payload = Object::new();
    if let Some(name) = &parties.business_name {
        set_text(&payload, "businessName", name.as_str());
    }
    if let Some(uuid) = &parties.business_uuid {
        set_text(&payload, "businessUuid", uuid.as_str());
    }
    let metadata = parties.metadata.as_ref().map_or(JsValue::NULL, |JsonText(text)| json::parse(text));
    set(&payload, "metadata", &metadata);
    payload
}

/// What the host throws in its own callback is the host's; it is shown on the console and stops nothing here.
fn invoke(callback: Option<&Function>, event: &str, payload: &Object) {
    let Some(callback) = callback else { return };
    if let Err(thrown) = callback.call2(&JsValue::UNDEFINED, &event.into(), payload) {
        console::error_value(&text::report_callback_threw(event), &thrown);
    }
}
