//! What is wrong with a configuration is named by its key, with what would be right.

use connect_server::config::{self, Config, ConfigError, Environment, Transport};
use connect_server::services::oauth::service::{ClientAuthentication, Issuer};
use railz_connect_contract::{ServiceKind, ServiceName};
use secrecy::ExposeSecret;

const GOOD: &str = r#"
    public_url = "https://connect.example"
    listen = "127.0.0.1:8081"
"#;

fn read_with(text: &str, environment: &[(&str, &str)]) -> Result<Config, Vec<ConfigError>> {
    let folder = tempfile::tempdir().unwrap();
    let environment: Environment =
        environment.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect();
    config::parse(text, folder.path(), &environment)
}

fn read(text: &str) -> Result<Config, Vec<ConfigError>> {
    read_with(text, &[])
}

/// The one problem of a text.
fn problem(text: &str) -> String {
    let problems = read(text).expect_err(text);
    let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines.into_iter().next().unwrap()
}

#[test]
fn two_lines_are_enough() {
    let config = read(GOOD).unwrap();
    assert_eq!(config.public_url.to_string(), "https://connect.example");
    assert_eq!(config.attempts.lifetime_seconds, 1800);
    assert_eq!(config.attempts.exchange_timeout.as_secs(), 20);
    assert_eq!(config.refresh_every.as_secs(), 30);
    assert!(config.database.ends_with("connect.db") && config.database.is_absolute());
    assert!(config.widget_files.is_none());
    assert_eq!(config.services.iter().count(), 0);
}

#[test]
fn how_often_tokens_are_looked_for_can_be_set_within_bounds() {
    let config = read(&format!("{GOOD}\n[refresh]\nevery_seconds = 5")).unwrap();
    assert_eq!(config.refresh_every.as_secs(), 5);
    for wrong in ["every_seconds = 0", "every_seconds = 301", "every = 5"] {
        assert!(problem(&format!("{GOOD}\n[refresh]\n{wrong}")).starts_with("refresh.every"), "{wrong}");
    }
}

#[test]
fn every_problem_is_named_at_once() {
    let problems = read(
        r#"
        public_url = "http://connect.example"
        listen = 8081
        databse = "x.db"
        [attempts]
        lifetime_seconds = 5
        [services.harbourBooks]
        client_id = "x"
        kind = "books"
        authorize_url = "http://books.example/authorize"
        "#,
    )
    .unwrap_err();
    let keys: Vec<_> = problems.iter().map(|problem| problem.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "public_url",
            "listen",
            "attempts.lifetime_seconds",
            "services.harbourBooks.client_secret",
            "services.harbourBooks.name",
            "services.harbourBooks.kind",
            "services.harbourBooks.authorize_url",
            "services.harbourBooks.token_url",
            "databse",
        ]
    );
}

#[test]
fn http_is_for_loopback_hosts_only() {
    let with = |url: &str| format!("public_url = \"{url}\"\nlisten = \"127.0.0.1:1\"");
    for url in
        ["http://connect.example", "http://10.0.0.1", "http://localhost.evil.example", "ftp://localhost"]
    {
        let problem = problem(&with(url));
        assert!(problem.starts_with("public_url: ") && problem.contains("is not https"), "{problem}");
    }
    for url in [
        "http://127.0.0.1:8081",
        "http://127.1.2.3",
        "http://[::1]:1",
        "http://localhost",
        "http://a.b.localhost:1",
    ] {
        assert_eq!(read(&with(url)).unwrap().public_url.transport(), Transport::LoopbackHttp, "{url}");
    }
    assert_eq!(read(GOOD).unwrap().public_url.transport(), Transport::Https);
    for url in ["https://a@connect.example", "https://connect.example?x", "https://connect.example/#x"] {
        assert!(problem(&with(url)).contains("neither user, query nor fragment"), "{url}");
    }
    assert!(problem(&with("connect.example")).contains("https://connect.example"));
}

#[test]
fn a_public_path_that_would_be_a_pattern_is_refused_before_anything_is_served() {
    for path in ["/:a", "/a/*b"] {
        let text = format!("public_url = \"https://connect.example{path}\"\nlisten = \"127.0.0.1:8081\"");
        let problem = problem(&text);
        assert!(problem.starts_with("public_url: ") && problem.contains("begins with"), "{problem}");
    }
    assert!(read(&GOOD.replace("connect.example", "connect.example/%7Ba%7D")).is_ok());
}

#[test]
fn a_missing_key_is_asked_for_with_an_example() {
    assert_eq!(
        problem("listen = \"127.0.0.1:1\""),
        "public_url: is missing; give one, such as https://connect.example"
    );
    assert_eq!(
        problem("public_url = \"https://x.example\""),
        "listen: is missing; give one, such as 127.0.0.1:8081"
    );
}

#[test]
fn an_unknown_key_is_answered_with_those_there_are() {
    let problem = problem(&format!("{GOOD}\n[attempts]\nlifetime = 5"));
    assert!(
        problem.starts_with("attempts.lifetime: is not a setting; there are lifetime_seconds"),
        "{problem}"
    );
}

#[test]
fn what_is_no_toml_is_said_so() {
    assert!(problem("public_url = ").starts_with("--config: is not TOML"));
}

#[test]
fn folders_that_do_not_exist_are_named() {
    let problem_of = |line: &str| problem(&format!("{line}\n{GOOD}"));
    assert!(problem_of("widget_files = \"nowhere\"").starts_with("widget_files: "));
    assert!(problem_of("database = \"nowhere/connect.db\"").starts_with("database: "));
}

#[test]
fn a_built_in_service_needs_its_client_only() {
    let text = format!("{GOOD}\n[services.quickbooks]\nclient_id = \"a\"\nclient_secret = \"b\"");
    let config = read(&text).unwrap();
    let service = config.services.get(&ServiceName::new("quickbooks")).unwrap();
    assert_eq!((service.name.as_str(), service.kind), ("QuickBooks Online", ServiceKind::Accounting));
    assert!(service.addresses.authorize.as_str().starts_with("https://appcenter.intuit.com/"));
    assert_eq!(service.scopes, ["com.intuit.quickbooks.accounting"]);
    assert_eq!(service.client.authentication, ClientAuthentication::Basic);
    assert_eq!(service.issuer, Issuer::Unknown);
}

#[test]
fn every_built_in_value_can_be_overridden() {
    let text = format!(
        r#"{GOOD}
        [services.zohoBooks]
        client_id = "a"
        client_secret = "b"
        name = "Zoho of Europe"
        kind = "commerce"
        authorize_url = "https://accounts.zoho.eu/oauth/v2/auth"
        token_url = "https://accounts.zoho.eu/oauth/v2/token"
        revoke_url = "https://accounts.zoho.eu/oauth/v2/token/revoke"
        scopes = ["one"]
        scope_separator = " "
        client_authentication = "basic"
        issuer = "https://accounts.zoho.eu"
        require_iss = true
        authorize_parameters = {{ prompt = "login" }}
        "#
    );
    let config = read(&text).unwrap();
    let service = config.services.get(&ServiceName::new("zohoBooks")).unwrap();
    assert_eq!((service.name.as_str(), service.kind), ("Zoho of Europe", ServiceKind::Commerce));
    assert_eq!(
        url::Url::parse(service.addresses.token.as_str()).unwrap().host_str(),
        Some("accounts.zoho.eu")
    );
    assert_eq!(service.scope_separator, " ");
    assert_eq!(service.authorize_parameters, [("prompt".to_owned(), "login".to_owned())]);
    assert_eq!(service.issuer, Issuer::Required("https://accounts.zoho.eu".to_owned()));
}

#[test]
fn a_service_of_the_sandbox_or_of_odd_letters_is_refused() {
    for id in ["railzSandbox", "\"har bour\"", "\"a/b\""] {
        let text = format!("{GOOD}\n[services.{id}]\nclient_id = \"a\"");
        assert!(problem(&text).contains("letters and digits"), "{id}");
    }
}

#[test]
fn an_issuer_that_is_required_must_be_given() {
    let text =
        format!("{GOOD}\n[services.xero]\nclient_id = \"a\"\nclient_secret = \"b\"\nrequire_iss = true");
    assert!(problem(&text).starts_with("services.xero.require_iss: needs issuer"));
}

#[test]
fn the_environment_goes_before_the_file() {
    let text = format!("{GOOD}\n[services.quickbooks]\nclient_id = \"a\"");
    let config = read_with(
        &text,
        &[
            ("CONNECT_PUBLIC_URL", "https://other.example"),
            ("CONNECT_SERVICES_QUICKBOOKS_CLIENT_SECRET", "from outside"),
        ],
    )
    .unwrap();
    assert_eq!(config.public_url.to_string(), "https://other.example");
    let service = config.services.get(&ServiceName::new("quickbooks")).unwrap();
    assert_eq!(service.client.secret.expose_secret(), "from outside");
    assert!(!format!("{config:?}").contains("from outside"), "a configuration prints no secret");
}

#[test]
fn a_key_in_the_environment_that_is_none_is_named() {
    let problems = read_with(GOOD, &[("CONNECT_KEY", "secret but short")]).unwrap_err();
    assert_eq!(problems[0].key, "CONNECT_KEY");
    assert!(problems[0].message.starts_with("a key is 32 bytes"), "{}", problems[0]);
    assert!(!problems[0].message.contains("secret but short"), "{}", problems[0]);
}

#[test]
fn every_built_in_service_is_complete() {
    for known in connect_server::services::oauth::builtin::all() {
        let text =
            format!("{GOOD}\n[services.{}]\nclient_id = \"a\"\nclient_secret = \"b\"", known.service.id);
        let config = read(&text).unwrap();
        let service = config.services.get(&ServiceName::new(known.service.id)).unwrap();
        let mut variables = service.profile.usual_variables();
        for variable in ["shop", "environment"] {
            variables.set(
                variable,
                if variable == "shop" { "juniper" } else { "https://acme.operations.dynamics.com" },
            );
        }
        assert_eq!(
            service.addresses.authorize.at(&variables).unwrap().scheme(),
            "https",
            "{}",
            known.service.id
        );
        assert_eq!(service.addresses.token.at(&variables).unwrap().scheme(), "https", "{}", known.service.id);
        assert_eq!(service.addresses.revoke.is_some(), known.revoke.is_some(), "{}", known.service.id);
        let by_resource = service.authorize_parameters.iter().any(|(key, _)| key == "resource");
        assert_ne!(service.scopes.is_empty(), !by_resource, "{}", known.service.id);
    }
}

#[test]
fn parameters_that_the_server_sends_itself_are_not_the_operators() {
    for key in ["state", "redirect_uri", "code_challenge", "client_id", "response_type", "scope"] {
        let text = format!(
            "{GOOD}[services.xero]\nclient_id = \"a\"\nclient_secret = \"b\"\n\
             authorize_parameters = {{ {key} = \"x\" }}"
        );
        let problem = problem(&text);
        assert!(problem.starts_with(&format!("services.xero.authorize_parameters.{key}: ")), "{problem}");
    }
}

#[test]
fn habits_that_do_not_fit_together_are_named() {
    let practised = "token_url = \"http://127.0.0.1:1/token\"";
    for (service, lines, due) in [
        ("xero", practised, "services.xero.accounts_url: is missing; token_url leads to this machine"),
        (
            "quickbooks",
            "accounts_url = \"https://x.example\"",
            "services.quickbooks.accounts_items: is missing",
        ),
        (
            "square",
            "region = \"moon\"",
            "services.square.region: there is no region \"moon\"; there are: production",
        ),
        ("wave", "companies_url = \"http://x.example/{y}\"", "services.wave.companies_url: must be an https"),
        ("quickbooks", "pkce = 1", "services.quickbooks.pkce: must be true or false"),
    ] {
        let text = format!("{GOOD}\n[services.{service}]\nclient_id = \"a\"\nclient_secret = \"b\"\n{lines}");
        let problems = read(&text).expect_err(lines);
        let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
        assert!(lines.iter().any(|line| line.starts_with(due)), "{lines:?}");
    }
    let plain = "name = \"Plain\"\nauthorize_url = \"https://a.example\"\ntoken_url = \"https://a.example\"\n\
                 choose_account = true";
    let text = format!("{GOOD}\n[services.plain]\nclient_id = \"a\"\nclient_secret = \"b\"\n{plain}");
    assert!(problem(&text).starts_with("services.plain.choose_account: needs accounts_url"));
}

#[test]
fn a_region_moves_all_addresses_of_a_service() {
    for (region, due) in
        [("", "connect.squareup.com"), ("region = \"sandbox\"", "connect.squareupsandbox.com")]
    {
        let text = format!("{GOOD}\n[services.square]\nclient_id = \"a\"\nclient_secret = \"b\"\n{region}");
        let config = read(&text).unwrap();
        let square = config.services.get(&ServiceName::new("square")).unwrap();
        let variables = square.profile.usual_variables();
        for address in [&square.addresses.authorize, &square.addresses.token] {
            assert_eq!(address.at(&variables).unwrap().host_str(), Some(due));
        }
    }
}
