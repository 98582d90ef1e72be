//! What the server gets of the options, with the session call.

use railz_connect_flow::Config;
use wasm_bindgen::JsValue;

use super::{properties, read_value};
use crate::browser::{js_value, json};

/// What travels with the session call: what the host configured, without what names it or its business, and without its
/// secrets and callbacks (contract rule C1).
pub(crate) fn write(options: &JsValue, config: &Config) -> String {
    const NOT_SENT: &[&str] = &[
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
    const MAX_LENGTH: usize = 50_000;
    let given = |name| !read_value(&js_value::get(options, name)).is_absent();
    let inner = js_value::get(options, "options");
    let components = config.components.switches().map(|(name, shown)| (name, shown.into()));
    let mut fields: Vec<_> =
        properties(options, "").into_iter().filter(|(name, _)| !NOT_SENT.contains(&name.as_str())).collect();
    fields.extend(properties(&inner, ""));
    let more = [
        ("components", js_value::object(&components)),
        ("sessionTimeout", (config.session_timeout_ms / 1000).into()),
        ("isModal", js_value::get(options, "isModal").is_truthy().into()),
        ("parentElementSet", given("parentElement").into()),
        ("onErrorSet", given("onError").into()),
        ("onSuccessSet", given("onSuccess").into()),
        ("onExitSet", given("onExit").into()),
    ];
    fields.extend(more.map(|(name, value)| (name.to_owned(), value)));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    // What cannot be written, or is large, such as a logo within a `data:` address, is not worth refusing the person for.
    json::stringify(&js_value::object(&fields))
        .filter(|text| text.len() < MAX_LENGTH)
        .unwrap_or_else(|| "{}".to_owned())
}
