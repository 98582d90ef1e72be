//! From the host's raw JavaScript object to [`HostOptions`]. Nothing is judged here except that metadata is JSON.

use railz_connect_flow::{
    AddressOption, Config, ConfigError, GivenAddress, GivenValue, HostOptions, JsonText, MORE_OPTIONS,
    holds_known_options, is_known_option,
};
use wasm_bindgen::JsValue;

use crate::browser::{address, json};
use crate::text;

/// Reads what the host gave.
///
/// # Errors
/// If `metadata` cannot be written as JSON.
pub(crate) fn read(options: &JsValue, environment: &JsValue) -> Result<HostOptions, ConfigError> {
    let inner = json::get(options, "options");
    let content = json::get(&inner, "content");
    let mut unknown = Vec::new();
    collect_unknown(options, "", &mut unknown);
    let labels = labels(&content);
    let strange = labels.iter().filter(|(key, _)| !text::is_label(key));
    unknown.extend(strange.map(|(key, _)| format!("options.content.{key}")));
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
        more: MORE_OPTIONS.iter().filter_map(|path| Some((*path, at(options, path)?))).collect(),
        labels,
        terms_hidden: json::get(&json::get(&content, "terms"), "link").is_null(),
        unknown,
    })
}

/// What travels with the session call: what the host configured, without what names it or its business, and without its
/// secrets and callbacks (section 3.3 of the interface).
pub(crate) fn told_to_the_server(options: &JsValue, config: &Config) -> String {
    const NOT_TOLD: &[&str] = &[
        "qaTest",
        "close",
        "closeModal",
        "endpoint",
        "onError",
        "onExit",
        "onSuccess",
        "onEvent",
        "parentElement",
        "widgetId",
        "businessName",
        "businessUuid",
        "redirectUrl",
        "options",
        "metadata",
        "state",
        "successUrl",
    ];
    const LONGEST: usize = 50_000;
    let given = |name| !read_value(&json::get(options, name)).is_absent();
    let inner = json::get(options, "options");
    let components = config.components.switches().map(|(name, shown)| (name, shown.into()));
    let mut fields: Vec<_> =
        below(options, "").into_iter().filter(|(name, _)| !NOT_TOLD.contains(&name.as_str())).collect();
    fields.extend(below(&inner, ""));
    let told = [
        ("components", json::object(&components)),
        ("sessionTimeout", (config.session_timeout_ms / 1000).into()),
        ("isModal", json::get(options, "isModal").is_truthy().into()),
        ("parentElementSet", given("parentElement").into()),
        ("onErrorSet", given("onError").into()),
        ("onSuccessSet", given("onSuccess").into()),
        ("onExitSet", given("onExit").into()),
    ];
    fields.extend(told.map(|(name, value)| (name.to_owned(), value)));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    // What cannot be written, or is large, such as a logo within a `data:` address, is not worth refusing the person for.
    json::stringify(&json::object(&fields))
        .filter(|text| text.len() < LONGEST)
        .unwrap_or_else(|| "{}".to_owned())
}

fn value(options: &JsValue, name: &str) -> GivenValue {
    read_value(&json::get(options, name))
}

fn read_value(given: &JsValue) -> GivenValue {
    if given.is_null() || given.is_undefined() {
        GivenValue::Absent
    } else if let Some(text) = given.as_string() {
        if text.is_empty() { GivenValue::Absent } else { GivenValue::Text(text) }
    } else if let Some(number) = given.as_f64() {
        GivenValue::Number { value: number, written: json::text(given) }
    } else if let Some(truth) = given.as_bool() {
        GivenValue::Bool(truth)
    } else if given.is_function() {
        GivenValue::Other("a function")
    } else if json::is_array(given) {
        json::texts(given).map_or(GivenValue::Other("an array"), GivenValue::List)
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

/// What stands under a path with dots, if anything does.
fn at(options: &JsValue, path: &str) -> Option<GivenValue> {
    let found = path.split('.').fold(options.clone(), |from, name| json::get(&from, name));
    match read_value(&found) {
        GivenValue::Absent => None,
        // Only a logo's style may be an object: property by property, as React has it.
        GivenValue::Other(_) if path == "theme.logo.style" => Some(GivenValue::Text(declarations(&found))),
        value => Some(value),
    }
}

/// An object's properties as CSS declarations.
fn declarations(style: &JsValue) -> String {
    let declaration =
        |name: String| [name.as_str(), ":", &json::text(&json::get(style, &name)), ";"].concat();
    json::keys(style).into_iter().map(declaration).collect()
}

/// The texts of `options.content`, each under its key with dots. What is no text, or empty, is none of the host's words.
fn labels(content: &JsValue) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect_labels(content, "", &mut found);
    found
}

fn collect_labels(from: &JsValue, above: &str, found: &mut Vec<(String, String)>) {
    for (path, value) in below(from, above) {
        match value.as_string() {
            Some(text) if !text.is_empty() => found.push((path, text)),
            _ => collect_labels(&value, &path, found),
        }
    }
}

/// The paths that no option has.
fn collect_unknown(from: &JsValue, above: &str, found: &mut Vec<String>) {
    for (path, value) in below(from, above) {
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
fn below(from: &JsValue, above: &str) -> Vec<(String, JsValue)> {
    const DEEPEST: usize = 5;
    if json::is_array(from) || above.split('.').count() > DEEPEST {
        return Vec::new();
    }
    let dot = if above.is_empty() { "" } else { "." };
    let keys = json::keys(from).into_iter();
    keys.map(|name| (format!("{above}{dot}{name}"), json::get(from, &name))).collect()
}
