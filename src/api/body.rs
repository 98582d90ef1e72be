//! The bodies of requests, put together property by property: what a serialiser of whole types would cost, these few do not
//! need.

use js_sys::{Array, Object};
use railz_connect_contract::{AccessToken, ConnectionId, UseCase};
use railz_connect_flow::Config;
use railz_connect_flow::config::AfterSuccess;
use railz_connect_flow::form::FormValues;
use wasm_bindgen::JsValue;

use crate::browser::js_value::{set, set_text};
use crate::browser::json;

/// What the session is to be opened with. What is ours goes only where the host gave it, or where the server knows it.
/// `options` is what the server gets of the options, as JSON.
pub(super) fn session(config: &Config, previous: Option<&AccessToken>, options: &str) -> String {
    let success_url = match &config.after_success {
        AfterSuccess::Post { url } | AfterSuccess::Get { url } => Some(url.as_str()),
        AfterSuccess::Redirect { .. } | AfterSuccess::Stay => None,
    };
    let texts = [
        ("successUrl", success_url),
        ("state", config.state.as_ref().map(|state| state.0.as_str())),
        ("previousSessionToken", previous.map(AccessToken::expose)),
    ];
    let mut body = String::from("{");
    let mut add = |name: &str, json: &str| {
        for part in ["\"", name, "\":", json, ","] {
            body.push_str(part);
        }
    };
    if let Some(metadata) = &config.metadata {
        add("metadata", &metadata.0);
    }
    for (name, text) in texts {
        if let Some(json) = text.and_then(|text| json::stringify(&text.into())) {
            add(name, &json);
        }
    }
    [&body, "\"options\":", options, "}"].concat()
}

/// An object of one text.
pub(super) fn of(name: &str, text: &str) -> Option<String> {
    let body = Object::new();
    set_text(&body, name, text);
    json::stringify(&body)
}

/// How a sandbox sign-in is to end.
#[inline(never)]
pub(super) fn sandbox_login(use_case: UseCase) -> Option<String> {
    let body = Object::new();
    set(&body, "code", &serde_wasm_bindgen::to_value(&use_case).ok()?);
    json::stringify(&body)
}

/// What a person typed; what is to be a number is one.
#[inline(never)]
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
#[inline(never)]
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
#[inline(never)]
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
