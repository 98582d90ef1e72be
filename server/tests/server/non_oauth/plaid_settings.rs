//! `[services.plaid]`: what is right, and what is named where it is wrong.

use connect_server::config::{self, Config, ConfigError, Environment};
use secrecy::ExposeSecret;

fn read(plaid: &str, environment: &[(&str, &str)]) -> Result<Config, Vec<ConfigError>> {
    let folder = tempfile::tempdir().unwrap();
    let environment: Environment =
        environment.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect();
    let text = format!(
        "public_url = \"https://connect.example\"\nlisten = \"127.0.0.1:8081\"\n[services.plaid]\n{plaid}"
    );
    config::parse(&text, folder.path(), &environment)
}

const KEYS: &str = "client_id = \"id\"\nclient_secret = \"secret\"\n";

#[test]
fn keys_and_the_environment_are_enough() {
    for (environment, api) in
        [("sandbox", "https://sandbox.plaid.com"), ("production", "https://production.plaid.com")]
    {
        let plaid =
            read(&format!("{KEYS}environment = \"{environment}\""), &[]).unwrap().non_oauth.plaid.unwrap();
        assert_eq!(plaid.api, api);
        assert_eq!(plaid.script.as_str(), "https://cdn.plaid.com/link/v2/stable/link-initialize.js");
        assert_eq!(
            (&*plaid.products, &*plaid.countries),
            (&["transactions".to_owned()][..], &["US".to_owned()][..])
        );
        assert_eq!((plaid.name.as_str(), plaid.check_after), ("Bank account", 300));
        assert!(!format!("{plaid:?}").contains("\"secret\""));
    }
}

#[test]
fn everything_can_be_said_otherwise_and_the_secret_may_come_from_outside() {
    let text = "client_id = \"id\"\napi_url = \"http://127.0.0.1:8082/plaid/\"\n\
                script_url = \"http://provider.localhost:8082/plaid/link-initialize.js\"\n\
                products = [\"auth\", \"income_verification\"]\ncountry_codes = [\"CA\"]\nname = \"Your bank\"\n\
                check_after_seconds = 0";
    let plaid = read(text, &[("CONNECT_SERVICES_PLAID_CLIENT_SECRET", "from outside")]).unwrap();
    let plaid = plaid.non_oauth.plaid.unwrap();
    assert_eq!(plaid.secret.expose_secret(), "from outside");
    assert_eq!(plaid.api, "http://127.0.0.1:8082/plaid");
    assert_eq!((plaid.products.len(), plaid.countries[0].as_str(), plaid.check_after), (2, "CA", 0));
    assert_eq!(plaid.name, "Your bank");
}

#[test]
fn what_is_wrong_is_named_by_its_key() {
    let good = format!("{KEYS}environment = \"sandbox\"\n");
    for (text, key, word) in [
        ("environment = \"sandbox\"\nclient_secret = \"s\"".to_owned(), "client_id", "is missing"),
        (
            "environment = \"sandbox\"\nclient_id = \"i\"".to_owned(),
            "client_secret",
            "CONNECT_SERVICES_PLAID_CLIENT_SECRET",
        ),
        (KEYS.to_owned(), "environment", "\"production\""),
        (format!("{KEYS}environment = \"development\""), "environment", "\"sandbox\" or \"production\""),
        (format!("{good}api_url = \"http://plaid.example\""), "api_url", "https"),
        (format!("{good}script_url = \"link.js\""), "script_url", "https"),
        (format!("{good}products = []"), "products", "must not be empty"),
        (format!("{good}products = [\"Transactions!\"]"), "products", "\"transactions\""),
        (format!("{good}products = \"auth\""), "products", "a list of texts"),
        (format!("{good}country_codes = [\"USA\"]"), "country_codes", "\"USA\""),
        (format!("{good}check_after_seconds = -1"), "check_after_seconds", "0 to 86400"),
        (format!("{good}token_url = \"https://plaid.example\""), "token_url", "is not a setting"),
    ] {
        let problems = read(&text, &[]).expect_err(&text);
        let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(
            lines[0].starts_with(&format!("services.plaid.{key}:")) && lines[0].contains(word),
            "{lines:?}"
        );
    }
}
