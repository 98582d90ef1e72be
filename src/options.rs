//! From the host's raw JavaScript object to [`HostOptions`]. Nothing is judged here except that metadata is JSON.

use railz_connect_flow::config::{
    AddressOption, GetSession, MORE_OPTIONS, RawAddress, RawValue, holds_known_options, is_known_option,
};
use railz_connect_flow::json::JsonText;
use railz_connect_flow::{ConfigError, HostOptions};
use wasm_bindgen::JsValue;

use crate::browser::{js_value, json, url};

/// Reads what the host gave.
///
/// # Errors
/// If `metadata` cannot be written as JSON.
pub(crate) fn read(options: &JsValue, environment: &JsValue) -> Result<HostOptions, ConfigError> {
    // First, since what is read before a return in the middle has to be dropped there, each in code of its own.
    let metadata = metadata(options)?;
    let inner = js_value::get(options, "options");
    let content = js_value::get(&inner, "content");
    let mut unknown = Vec::new();
    collect_unknown(options, "", &mut unknown);
    let labels = labels(&content);
    let of_labels = js_value::get(&js_value::get(environment, "labels"), "unknown");
    unknown.extend(js_value::items(&of_labels).filter_map(|name| name.as_string()));
    Ok(HostOptions {
        widget_id: value(options, "widgetId"),
        business_name: value(options, "businessName"),
        business_uuid: value(options, "businessUuid"),
        success_url: web_address(options, "successUrl"),
        success_method: value(options, "successMethod"),
        session_token: value(options, "sessionToken"),
        get_session: get_session(options),
        state: value(options, "state"),
        redirect_url: web_address(options, "redirectUrl"),
        close_redirect_url: web_address(options, "closeRedirectUrl"),
        modal: js_value::get(environment, "modal").is_truthy(),
        metadata,
        endpoint: web_address(options, "endpoint"),
        data_endpoint: web_address(environment, "dataEndpoint"),
        script_endpoint: web_address(environment, "scriptEndpoint"),
        session_timeout: value(&inner, "sessionTimeout"),
        debug: value(&inner, "debug"),
        more: MORE_OPTIONS.iter().filter_map(|path| Some((*path, value_at(options, path)?))).collect(),
        labels,
        terms_hidden: js_value::get(&js_value::get(&content, "terms"), "link").is_null(),
        unknown,
    })
}

fn get_session(options: &JsValue) -> GetSession {
    let given = js_value::get(options, "getSession");
    match read_value(&given) {
        _ if given.is_function() => GetSession::Function,
        RawValue::Absent => GetSession::Absent,
        RawValue::Other(what) => GetSession::Wrong(what),
        _ => GetSession::Wrong("something else"),
    }
}

fn value(options: &JsValue, name: &str) -> RawValue {
    read_value(&js_value::get(options, name))
}

fn read_value(given: &JsValue) -> RawValue {
    if given.is_null() || given.is_undefined() {
        RawValue::Absent
    } else if let Some(text) = given.as_string() {
        if text.is_empty() { RawValue::Absent } else { RawValue::Text(text) }
    } else if let Some(number) = given.as_f64() {
        RawValue::Number { value: number, text: js_value::to_text(given) }
    } else if let Some(boolean) = given.as_bool() {
        RawValue::Bool(boolean)
    } else if given.is_function() {
        RawValue::Other("a function")
    } else if js_value::is_array(given) {
        js_value::texts(given).map_or(RawValue::Other("an array"), RawValue::List)
    } else {
        RawValue::Other("an object")
    }
}

/// Addresses may come as texts or as `URL` objects.
fn web_address(options: &JsValue, name: &str) -> AddressOption {
    let given = js_value::get(options, name);
    let text = given.as_string().or_else(|| url::href_of(&given));
    match (text, value(options, name)) {
        (_, RawValue::Absent) => AddressOption::Absent,
        (Some(text), _) => {
            let resolved = url::resolve(&text);
            AddressOption::Text(RawAddress { text, resolved })
        }
        (None, other) => AddressOption::Wrong(other),
    }
}

fn metadata(options: &JsValue) -> Result<Option<JsonText>, ConfigError> {
    let given = js_value::get(options, "metadata");
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

/// What stands under a path with dots, if anything does.
fn value_at(options: &JsValue, path: &str) -> Option<RawValue> {
    let found = path.split('.').fold(options.clone(), |from, name| js_value::get(&from, name));
    match read_value(&found) {
        RawValue::Absent => None,
        // Only a logo's style may be an object: property by property, as React has it.
        RawValue::Other(_) if path == "theme.logo.style" => Some(RawValue::Text(declarations(&found))),
        value => Some(value),
    }
}

/// An object's properties as CSS declarations; a property that is neither text nor number declares nothing.
fn declarations(style: &JsValue) -> String {
    let declaration = |name: String| {
        let value = js_value::get(style, &name);
        let text = value.as_string().or_else(|| value.as_f64().map(|_| js_value::to_text(&value)))?;
        Some([name.as_str(), ":", &text, ";"].concat())
    };
    js_value::keys(style).into_iter().filter_map(declaration).collect()
}

/// The texts of `options.content`, each under its key with dots. What is no text, or empty, is none of the host's words.
fn labels(content: &JsValue) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect_labels(content, "", &mut found);
    found
}

fn collect_labels(from: &JsValue, above: &str, found: &mut Vec<(String, String)>) {
    for (path, value) in properties(from, above) {
        match value.as_string() {
            Some(text) if !text.is_empty() => found.push((path, text)),
            _ => collect_labels(&value, &path, found),
        }
    }
}

/// The paths that no option has.
fn collect_unknown(from: &JsValue, above: &str, found: &mut Vec<String>) {
    for (path, value) in properties(from, above) {
        if is_known_option(&path) {
            continue;
        }
        if holds_known_options(&path) {
            collect_unknown(&value, &path, found);
        } else {
            found.push(path);
        }
    }
}

/// An object's properties with their paths. Arrays have none here, and paths end somewhere, also in an object that holds
/// itself.
fn properties(from: &JsValue, above: &str) -> Vec<(String, JsValue)> {
    const MAX_DEPTH: usize = 5;
    if js_value::is_array(from) || above.split('.').count() > MAX_DEPTH {
        return Vec::new();
    }
    let dot = if above.is_empty() { "" } else { "." };
    let keys = js_value::keys(from).into_iter();
    keys.map(|name| ([above, dot, name.as_str()].concat(), js_value::get(from, &name))).collect()
}
