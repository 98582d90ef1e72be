//! What the address of the host page asks for: the widget's options, each by its own name, and how the page is built
//! around it.
//!
//! A real customer's page has its options written into it; here they come from the address, so that one program can be
//! every customer. They are handed to `mount` as they came: judging them is the widget's business.

use serde_json::{Map, Value};
use url::form_urlencoded;

/// How the widget comes into the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Via {
    /// `<script src="…/widget/railz-connect.js">`.
    #[default]
    ScriptTag,
    /// `import RailzConnect from "…/widget/railz-connect.mjs"`.
    Module,
}

/// The page's Content-Security-Policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Csp {
    /// No policy, as most pages.
    #[default]
    None,
    /// Forms may only be sent to the page's own origin.
    FormAction,
    /// The strictest that the widget works under.
    Strict,
}

/// The page's Cross-Origin-Opener-Policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Coop {
    /// No header.
    #[default]
    None,
    /// `same-origin`: popups are cut off at once.
    SameOrigin,
    /// `same-origin-allow-popups`: what pages with sign-in popups are advised to send.
    AllowPopups,
}

/// Whether the page watches what the widget does to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Traps {
    /// It does not.
    #[default]
    None,
    /// `/traps.js` runs before everything else.
    Set,
}

/// A parameter that is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("The parameter {name} is {received:?}, but must be {expected}.")]
pub struct Unknown {
    name: &'static str,
    received: String,
    expected: &'static str,
}

/// Everything the address asks for.
#[derive(Debug, Clone, Default)]
pub struct PageRequest {
    /// How the widget comes into the page.
    pub via: Via,
    /// The page's content policy.
    pub csp: Csp,
    /// The page's opener policy.
    pub coop: Coop,
    /// Whether traps are set.
    pub traps: Traps,
    /// The parameters as they came, in order.
    pub sent: Vec<(String, String)>,
}

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

impl PageRequest {
    /// Reads a query.
    ///
    /// # Errors
    /// [`Unknown`] names a switch of the page whose value is not one of its own.
    pub fn read(query: &str) -> Result<Self, Unknown> {
        let mut page =
            Self { sent: form_urlencoded::parse(query.as_bytes()).into_owned().collect(), ..Self::default() };
        let unknown =
            |name, received: &str, expected| Unknown { name, received: received.to_owned(), expected };
        for (name, value) in &page.sent {
            match (name.as_str(), value.as_str()) {
                ("via", "" | "script") => page.via = Via::ScriptTag,
                ("via", "module") => page.via = Via::Module,
                ("via", other) => return Err(unknown("via", other, "script or module")),
                ("csp", "") => page.csp = Csp::None,
                ("csp", "form-action") => page.csp = Csp::FormAction,
                ("csp", "strict") => page.csp = Csp::Strict,
                ("csp", other) => return Err(unknown("csp", other, "form-action or strict")),
                ("coop", "") => page.coop = Coop::None,
                ("coop", "same-origin") => page.coop = Coop::SameOrigin,
                ("coop", "same-origin-allow-popups") => page.coop = Coop::AllowPopups,
                ("coop", other) => {
                    return Err(unknown("coop", other, "same-origin or same-origin-allow-popups"));
                }
                ("traps", "" | "0") => page.traps = Traps::None,
                ("traps", "1") => page.traps = Traps::Set,
                ("traps", other) => return Err(unknown("traps", other, "1 or 0")),
                _ => {}
            }
        }
        Ok(page)
    }

    /// A parameter by its name, if it was sent.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.sent.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// What the page hands to `mount`, apart from the element and the callbacks.
    pub fn options(&self, widget_id: &str) -> Value {
        let mut options = Map::new();
        options.insert("widgetId".to_owned(), widget_id.into());
        options.insert("successUrl".to_owned(), "/success".into());
        for name in OPTIONS {
            if let Some(value) = self.get(name) {
                options.insert(name.to_owned(), value.into());
            }
        }
        for name in JSON_OPTIONS {
            if let Some(text) = self.get(name) {
                options.insert(name.to_owned(), serde_json::from_str(text).unwrap_or_else(|_| text.into()));
            }
        }
        // `options` is the inner object as JSON; the two below have parameters of their own.
        let mut fine: Map<String, Value> =
            self.get("options").and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        if let Some(text) = self.get("sessionTimeout") {
            fine.insert("sessionTimeout".to_owned(), number(text));
        }
        if self.get("debug").is_some_and(|value| value != "0") {
            fine.insert("debug".to_owned(), true.into());
        }
        if !fine.is_empty() {
            options.insert("options".to_owned(), fine.into());
        }
        options.into()
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
        PageRequest::read(query).unwrap().options("W")
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

    #[test]
    fn a_switch_with_an_unknown_value_is_refused_by_name() {
        for query in ["via=bundle", "csp=tight", "coop=yes", "traps=2"] {
            let name = query.split('=').next().unwrap();
            let message = PageRequest::read(query).unwrap_err().to_string();
            assert!(message.contains(&format!("parameter {name} ")), "{message}");
        }
    }
}
