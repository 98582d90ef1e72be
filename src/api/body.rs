//! The bodies of requests, put together field by field: what a serialiser would cost, these few do not need.

use js_sys::Array;
use railz_connect_contract::ConnectionId;
use railz_connect_flow::Config;
use railz_connect_flow::config::AfterSuccess;
use railz_connect_flow::form::FormValues;
use wasm_bindgen::JsValue;

use crate::browser::{js_value, json};

/// An object as JSON.
pub(super) fn of(fields: &[(&str, JsValue)]) -> Option<String> {
    json::stringify(&js_value::object(fields))
}

/// What a person typed; what is to be a number is one.
pub(super) fn credentials(values: &FormValues) -> Option<String> {
    let value = |name: &str, value: &String| {
        if name == "concurrency" { json::parse(value) } else { value.as_str().into() }
    };
    let fields: Vec<_> = values.0.iter().map(|(name, text)| (name.as_str(), value(name, text))).collect();
    of(&fields)
}

/// A company, with the addresses of web services that were given.
pub(super) fn choice(
    account_id: &str,
    connection_id: &ConnectionId,
    web_services: &FormValues,
) -> Option<String> {
    let mut fields = vec![("accountId", account_id.into()), ("connectionId", connection_id.as_str().into())];
    if !web_services.0.is_empty() {
        let given: Vec<_> =
            web_services.0.iter().map(|(name, value)| (name.as_str(), value.as_str().into())).collect();
        fields.push(("metadata", js_value::object(&[("webServices", js_value::object(&given))])));
    }
    of(&fields)
}

/// Where banks with a sign-in of their own send the browser back to, and in which countries the banks are.
pub(super) fn link_token(config: &Config) -> Option<String> {
    let redirect = match &config.after_success {
        AfterSuccess::Redirect { url } => JsValue::from(url.as_str()),
        _ => JsValue::NULL,
    };
    let mut fields = vec![("redirectUrl", redirect)];
    if !config.country_codes.is_empty() {
        let codes: Array = config.country_codes.iter().map(|code| JsValue::from(code.as_str())).collect();
        fields.push(("countryCodes", codes.into()));
    }
    of(&fields)
}
