//! `[services.plaid]`.

use super::reader::{ConfigError, Environment, Reader};
use super::values::{address, secret};
use crate::services::catalog::NonOAuthService;
use crate::services::plaid::settings::{PRODUCTION, SANDBOX, SCRIPT, Settings, is_country};

/// For how many seconds what a bank said of itself is believed, unless the operator says otherwise.
const CHECK_AFTER: u64 = 300;
/// The longest that it may be believed.
const DAY: u64 = 24 * 60 * 60;

pub(super) fn plaid(
    table: &mut Reader,
    environment: &Environment,
    problems: &mut Vec<ConfigError>,
) -> Option<Settings> {
    let client = table.text("client_id", problems);
    let client = table.require("client_id", client, "as Plaid gave it to you", problems);
    let secret = secret(table, (NonOAuthService::Plaid, "client_secret"), environment, problems);
    let api = api(table, problems);
    let script = address(table, "script_url", SCRIPT, problems);
    let products = words(table, "products", &["transactions"], problems);
    if products.iter().any(|product| !is_product(product)) {
        let message = "must be products in Plaid's own words, such as \"transactions\" or \"auth\"";
        problems.push(ConfigError::new(table.name("products"), message));
    }
    let countries = words(table, "country_codes", &["US"], problems);
    if let Some(wrong) = countries.iter().find(|code| !is_country(code)) {
        let message = format!("must be countries by two capital letters, such as \"US\", not {wrong:?}");
        problems.push(ConfigError::new(table.name("country_codes"), message));
    }
    let name = table.text("name", problems).unwrap_or_else(|| "Bank account".to_owned());
    let check_after = table.number("check_after_seconds", 0..=DAY, problems).unwrap_or(CHECK_AFTER);
    Some(Settings {
        client: client?,
        secret: secret?,
        api: api?,
        script: script?,
        products,
        countries,
        name,
        check_after,
    })
}

/// Where the calls go: where `api_url` says, else where the environment's banks are.
fn api(table: &mut Reader, problems: &mut Vec<ConfigError>) -> Option<String> {
    let environment = table.text("environment", problems);
    let usual = match environment.as_deref() {
        Some("sandbox") => Some(SANDBOX),
        Some("production") => Some(PRODUCTION),
        Some(other) => {
            let message = format!("must be \"sandbox\" or \"production\", not {other:?}");
            problems.push(ConfigError::new(table.name("environment"), message));
            None
        }
        None => None,
    };
    if table.peek("api_url").is_none() {
        let example = "\"sandbox\" or \"production\", as the secret is";
        table.require("environment", usual, example, problems)?;
    }
    let api = address(table, "api_url", usual.unwrap_or(SANDBOX), problems)?;
    Some(api.as_str().trim_end_matches('/').to_owned())
}

fn words(table: &mut Reader, key: &str, usual: &[&str], problems: &mut Vec<ConfigError>) -> Vec<String> {
    let given = table.texts(key, problems);
    if given.as_ref().is_some_and(Vec::is_empty) {
        problems.push(ConfigError::new(table.name(key), "must not be empty; leave the line out instead"));
    }
    given.unwrap_or_else(|| usual.iter().map(ToString::to_string).collect())
}

fn is_product(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}
