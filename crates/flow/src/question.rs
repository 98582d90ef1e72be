//! What some services ask before their window can open: the shop, or the address of a Dynamics environment
//! (contract rule F2). Checked here as far as a form can; the server has the last word.

use railz_connect_contract::ServiceName;

use crate::substring;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    /// Shopify: the shop's name.
    Shop,
    /// Dynamics 365 Finance: the environment's address.
    EnvironmentUrl,
}

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerError {
    /// It is missing, or not of the form that the question asks for.
    Malformed,
    /// The server refused it, in its own words.
    Refused(String),
}

/// The field's name in the form.
pub const ANSWER_FIELD: &str = "answer";

/// The end of a shop's address.
const SHOPS: &str = ".myshopify.com";
/// The longest name that a shop may have (contract rule F2).
const LONGEST_SHOP: usize = 60;

impl Question {
    /// What this service asks.
    pub fn of(service: &ServiceName) -> Option<Self> {
        match service.as_str() {
            "shopify" => Some(Self::Shop),
            "dynamics365Finance" => Some(Self::EnvironmentUrl),
            _ => None,
        }
    }

    /// The query parameter of `/services/url` that brings the answer (contract rule C2).
    pub fn parameter(self) -> &'static str {
        match self {
            Self::Shop => "shop",
            Self::EnvironmentUrl => "dynamics365EnvironmentUrl",
        }
    }

    /// The answer in the form in which it travels; none if it cannot be one. Takes a pasted address for a shop's name.
    pub(crate) fn read(self, typed: &str) -> Option<String> {
        let typed = typed.trim();
        match self {
            Self::Shop => {
                let lower = typed.to_ascii_lowercase();
                let mut address = lower.as_str();
                while let Some(rest) = address.strip_prefix("https://") {
                    address = rest;
                }
                let mut name = address.split('/').next().unwrap_or_default();
                while let Some(rest) = name.strip_suffix(SHOPS) {
                    name = rest;
                }
                let good = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
                let is_name = (1..=LONGEST_SHOP).contains(&name.len())
                    && name.bytes().all(good)
                    && !name.starts_with('-');
                is_name.then(|| name.to_owned())
            }
            Self::EnvironmentUrl => {
                let address = if substring::contains(typed, "://") {
                    typed.to_owned()
                } else {
                    ["https://", typed].concat()
                };
                let host = address.strip_prefix("https://")?.split('/').next().unwrap_or_default();
                let good = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
                let is_host = host.bytes().all(good) && host.to_ascii_lowercase().ends_with(".dynamics.com");
                is_host.then(|| ["https://", host].concat())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Question::{EnvironmentUrl, Shop};

    #[test]
    fn a_shop_is_taken_by_its_name_or_its_address() {
        for typed in [
            "juniper-bakery",
            " Juniper-Bakery ",
            "juniper-bakery.myshopify.com",
            "https://juniper-bakery.myshopify.com/admin",
        ] {
            assert_eq!(Shop.read(typed).as_deref(), Some("juniper-bakery"), "{typed}");
        }
        for typed in ["", " ", "-x", "a b", "shop.example", "ä", &"a".repeat(61)] {
            assert_eq!(Shop.read(typed), None, "{typed}");
        }
    }

    #[test]
    fn an_environment_is_an_address_of_dynamics() {
        for typed in [
            "https://acme.operations.dynamics.com/",
            "acme.operations.dynamics.com",
            " https://acme.operations.dynamics.com/x?y ",
        ] {
            assert_eq!(
                EnvironmentUrl.read(typed).as_deref(),
                Some("https://acme.operations.dynamics.com"),
                "{typed}"
            );
        }
        for typed in [
            "",
            "acme",
            "http://acme.operations.dynamics.com",
            "https://acme.example",
            "https://a@b.dynamics.com",
            "javascript:alert(1)",
        ] {
            assert_eq!(EnvironmentUrl.read(typed), None, "{typed}");
        }
    }
}
