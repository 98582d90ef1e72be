//! The bodies of requests, put together property by property: what a serialiser of whole types would cost, these few do not
//! need.

use js_sys::{Array, Object};
use railz_connect_contract::{ConnectionId, UseCase};
use railz_connect_flow::Config;
use railz_connect_flow::config::AfterSuccess;
use railz_connect_flow::form::FormValues;
use wasm_bindgen::JsValue;

use crate::browser::js_value::{set, set_text};
use crate::browser::json;

/// An object of one text.
pub(super) fn of(name: &str, text: &str) -> Option<String> {
    let body = Object::new();
    set_text(&body, name, text);
    json::stringify(&body)
}

/// How a sandbox sign-in is to end.
pub(super) fn sandbox_login(use_case: UseCase) -> Option<String> {
    let body = Object::new();
    set(&body, "code", &serde_wasm_bindgen::to_value(&use_case).ok()?);
    json::stringify(&body)
}

/// What a person typed; what is to be a number is one.
pub(super) fn credentials(values: &FormValues) -> Option<String> {
    let body = Object::new();
    for (name, text) in &values.0 {
        if name == "concurrency" {
            set(&body, name, &json::parse(text));
        } else {
            set_text(&body, name, text);
        }
    }
    json::stringify(&body)
}

/// A company, with the addresses of web services that were given.
pub(super) fn choice(
    account_id: &str,
    connection_id: &ConnectionId,
    web_services: &FormValues,
) -> Option<String> {
    let body = Object::new();
    set_text(&body, "accountId", account_id);
    set_text(&body, "connectionId", connection_id.as_str());
    if !web_services.0.is_empty() {
        let (given, metadata) = (Object::new(), Object::new());
        for (name, address) in &web_services.0 {
            set_text(&given, name, address);
        }
        set(&metadata, "webServices", &given);
        set(&body, "metadata", &metadata);
    }
    json::stringify(&body)
}

/// Where banks with a sign-in of their own send the browser back to, and in which countries the banks are.
pub(super) fn link_token(config: &Config) -> Option<String> {
    let body = Object::new();
    match &config.after_success {
        AfterSuccess::Redirect { url } => set_text(&body, "redirectUrl", url),
        _ => set(&body, "redirectUrl", &JsValue::NULL),
    }
    if !config.country_codes.is_empty() {
        let codes: Array = config.country_codes.iter().map(|code| JsValue::from(code.as_str())).collect();
        set(&body, "countryCodes", &codes);
    }
    json::stringify(&body)
}
