//! The widget's options in the address of the host page, each by its own name.
//!
//! They are handed to `mount` as they came: judging them is the widget's business.

use serde_json::{Map, Value};

use crate::page_options::PageOptions;

/// Options that `mount` takes at its top level.
const OPTIONS: [&str; 17] = [
    "widgetId",
    "businessName",
    "businessUuid",
    "successUrl",
    "successMethod",
    "state",
    "redirectUrl",
    "closeRedirectUrl",
    "endpoint",
    "language",
    "brandColor",
    "accentColor",
    "serviceFilterEnabled",
    "closeEnabled",
    "headerEnabled",
    "removeRailzWatermark",
    "qaTest",
];

/// Options of the top level that are written as JSON.
const JSON_OPTIONS: [&str; 3] = ["metadata", "theme", "countryCodes"];

/// What the page hands to `mount`, apart from the element and the callbacks.
pub fn read_options(page: &PageOptions, widget_id: &str) -> Map<String, Value> {
    let mut options = Map::new();
    options.insert("widgetId".to_owned(), widget_id.into());
    options.insert("successUrl".to_owned(), "/success".into());
    for name in OPTIONS {
        if let Some(value) = page.get(name) {
            options.insert(name.to_owned(), value.into());
        }
    }
    for name in JSON_OPTIONS {
        if let Some(text) = page.get(name) {
            options.insert(name.to_owned(), serde_json::from_str(text).unwrap_or_else(|_| text.into()));
        }
    }
    // `options` is the inner object as JSON; the two below have parameters of their own.
    let mut inner: Map<String, Value> =
        page.get("options").and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    if let Some(text) = page.get("sessionTimeout") {
        inner.insert("sessionTimeout".to_owned(), number(text));
    }
    if page.get("debug").is_some_and(|value| value != "0") {
        inner.insert("debug".to_owned(), true.into());
    }
    if !inner.is_empty() {
        options.insert("options".to_owned(), inner.into());
    }
    options
}

/// Takes away what the session was minted with: the page cannot say it again, and need not. Nor does the page's address say
/// for which widget.
pub fn remove_minted(options: &mut Map<String, Value>) {
    for name in ["businessName", "businessUuid", "successUrl", "redirectUrl", "state", "metadata", "widgetId"]
    {
        options.remove(name);
    }
}

/// A number as a page would write it, or the text itself for the widget to refuse.
fn number(text: &str) -> Value {
    text.parse::<i64>()
        .map(Value::from)
        .or_else(|_| text.parse::<f64>().map(Value::from))
        .unwrap_or_else(|_| text.into())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn options(query: &str) -> Value {
        read_options(&PageOptions::read(query).unwrap(), "W").into()
    }

    #[test]
    fn without_parameters_only_the_widget_and_the_success_page_are_given() {
        assert_eq!(options(""), json!({ "widgetId": "W", "successUrl": "/success" }));
    }

    #[test]
    fn each_option_is_handed_on_as_it_came() {
        assert_eq!(
            options(
                "businessName=A%26B+Ltd&successUrl=&redirectUrl=javascript:1&sessionTimeout=9&via=module"
            ),
            json!({
                "widgetId": "W",
                "businessName": "A&B Ltd",
                "successUrl": "",
                "redirectUrl": "javascript:1",
                "options": { "sessionTimeout": 9 },
            })
        );
        assert_eq!(options("sessionTimeout=soon")["options"]["sessionTimeout"], "soon");
        assert_eq!(options("sessionTimeout=1.5")["options"]["sessionTimeout"], 1.5);
        assert_eq!(options("debug=1")["options"]["debug"], true);
        assert_eq!(options("metadata=[1]")["metadata"], json!([1]));
        assert_eq!(options("closeEnabled=true")["closeEnabled"], "true");
        assert_eq!(options("theme={\"fontFamily\":\"serif\"}")["theme"], json!({ "fontFamily": "serif" }));
        assert_eq!(
            options("options={\"components\":{\"search\":false}}&debug=1")["options"],
            json!({ "components": { "search": false }, "debug": true })
        );
    }
}
