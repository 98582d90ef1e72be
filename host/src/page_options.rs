//! What the address of the host page asks for: how the page is built around the widget, and with which options.
//!
//! A real customer's page has all of it written into it; here it comes from the address, so that one program can be
//! every customer. Next: `widget_options.rs`, for the options.

use url::form_urlencoded;

/// How the widget comes into the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WidgetSource {
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

/// A switch of the page whose value is not one of its own.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("The parameter {name} is {received:?}, but must be {expected}.")]
pub struct PageOptionsError {
    name: &'static str,
    received: String,
    expected: &'static str,
}

/// Everything the address asks for.
#[derive(Debug, Clone, Default)]
pub struct PageOptions {
    /// How the widget comes into the page.
    pub source: WidgetSource,
    /// The page's content policy.
    pub csp: Csp,
    /// The page's opener policy.
    pub coop: Coop,
    /// Whether traps are set.
    pub traps: Traps,
    /// The parameters as they came, in order.
    pub sent: Vec<(String, String)>,
}

impl PageOptions {
    /// Reads a query.
    ///
    /// # Errors
    /// [`PageOptionsError`] names a switch of the page whose value is not one of its own.
    pub fn read(query: &str) -> Result<Self, PageOptionsError> {
        let mut page =
            Self { sent: form_urlencoded::parse(query.as_bytes()).into_owned().collect(), ..Self::default() };
        let unknown = |name, received: &str, expected| PageOptionsError {
            name,
            received: received.to_owned(),
            expected,
        };
        for (name, value) in &page.sent {
            match (name.as_str(), value.as_str()) {
                ("via", "" | "script") => page.source = WidgetSource::ScriptTag,
                ("via", "module") => page.source = WidgetSource::Module,
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_with_an_unknown_value_is_refused_by_name() {
        for query in ["via=bundle", "csp=tight", "coop=yes", "traps=2"] {
            let name = query.split('=').next().unwrap();
            let message = PageOptions::read(query).unwrap_err().to_string();
            assert!(message.contains(&format!("parameter {name} ")), "{message}");
        }
    }
}
