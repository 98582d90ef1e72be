//! From the host's raw JavaScript object to [`HostOptions`]. Nothing is judged here except that metadata is JSON.

use railz_connect_flow::{
    AddressOption, ConfigError, GivenAddress, GivenValue, HostOptions, JsonText, KNOWN_OPTIONS,
};
use wasm_bindgen::JsValue;

use crate::browser::{address, json};

/// Reads what the host gave.
///
/// # Errors
/// If `metadata` cannot be written as JSON.
pub(crate) fn read(options: &JsValue, environment: &JsValue) -> Result<HostOptions, ConfigError> {
    let inner = json::get(options, "options");
    Ok(HostOptions {
        widget_id: value(options, "widgetId"),
        business_name: value(options, "businessName"),
        business_uuid: value(options, "businessUuid"),
        success_url: web_address(options, "successUrl"),
        success_method: value(options, "successMethod"),
        state: value(options, "state"),
        redirect_url: web_address(options, "redirectUrl"),
        close_redirect_url: web_address(options, "closeRedirectUrl"),
        modal: json::get(environment, "modal").is_truthy(),
        metadata: metadata(options)?,
        endpoint: web_address(options, "endpoint"),
        data_endpoint: web_address(environment, "dataEndpoint"),
        script_endpoint: web_address(environment, "scriptEndpoint"),
        session_timeout: value(&inner, "sessionTimeout"),
        debug: value(&inner, "debug"),
        unknown: unknown(options, &inner),
    })
}

fn value(options: &JsValue, name: &str) -> GivenValue {
    let given = json::get(options, name);
    if given.is_null() || given.is_undefined() {
        GivenValue::Absent
    } else if let Some(text) = given.as_string() {
        if text.is_empty() { GivenValue::Absent } else { GivenValue::Text(text) }
    } else if let Some(number) = given.as_f64() {
        GivenValue::Number { value: number, written: json::text(&given) }
    } else if let Some(truth) = given.as_bool() {
        GivenValue::Bool(truth)
    } else if given.is_function() {
        GivenValue::Other("a function")
    } else if json::is_array(&given) {
        GivenValue::Other("an array")
    } else {
        GivenValue::Other("an object")
    }
}

/// Addresses may come as texts or as `URL` objects.
fn web_address(options: &JsValue, name: &str) -> AddressOption {
    let given = json::get(options, name);
    let written = given.as_string().or_else(|| address::of_url_object(&given));
    match (written, value(options, name)) {
        (_, GivenValue::Absent) => AddressOption::Absent,
        (Some(written), _) => {
            let resolved = address::resolve(&written);
            AddressOption::Given(GivenAddress { written, resolved })
        }
        (None, other) => AddressOption::Wrong(other),
    }
}

fn metadata(options: &JsValue) -> Result<Option<JsonText>, ConfigError> {
    let given = json::get(options, "metadata");
    if given.is_null() || given.is_undefined() || given.as_string().is_some_and(|text| text.is_empty()) {
        return Ok(None);
    }
    match json::stringify(&given) {
        Some(text) => Ok(Some(JsonText(text))),
        None => Err(ConfigError {
            option: "metadata",
            received: "a value that JSON cannot express".to_owned(),
            expected: "a value that JSON can express",
        }),
    }
}

fn unknown(options: &JsValue, inner: &JsValue) -> Vec<String> {
    let outer = json::keys(options);
    let inner = json::keys(inner).into_iter().map(|name| format!("options.{name}"));
    outer.into_iter().chain(inner).filter(|name| !KNOWN_OPTIONS.contains(&name.as_str())).collect()
}
