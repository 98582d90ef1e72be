//! What is wrong with a configuration is named by its key, with what would be right.

use connect_server::config::{self, Config, ConfigError, Environment, Transport};
use connect_server::services::http_client::Reach;
use railz_connect_contract::ServiceName;
use secrecy::ExposeSecret;

pub const GOOD: &str = r#"
    public_url = "https://connect.example"
    listen = "127.0.0.1:8081"
"#;

fn read_with(text: &str, environment: &[(&str, &str)]) -> Result<Config, Vec<ConfigError>> {
    let folder = tempfile::tempdir().unwrap();
    let environment: Environment =
        environment.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect();
    config::parse(text, folder.path(), &environment)
}

pub fn read(text: &str) -> Result<Config, Vec<ConfigError>> {
    read_with(text, &[])
}

/// The one problem of a text.
pub fn problem(text: &str) -> String {
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
fn how_long_a_request_may_take_and_how_many_connections_there_are_can_be_set_within_bounds() {
    let usual = read(GOOD).unwrap().requests;
    assert_eq!(
        (usual.header_timeout.as_secs(), usual.body_timeout.as_secs(), usual.connections),
        (75, 30, 900)
    );
    assert_eq!(usual.held_polls, 600, "the other places are for requests that are answered at once");
    let all = "header_timeout_seconds = 20\nbody_timeout_seconds = 10\nconnections = 5000";
    let config = read(&format!("{GOOD}\n[requests]\n{all}")).unwrap().requests;
    assert_eq!(
        (config.header_timeout.as_secs(), config.body_timeout.as_secs(), config.connections),
        (20, 10, 5000)
    );
    for (given, held_polls) in
        [("connections = 5000", 3333), ("held_polls = 899", 899), ("connections = 1", 0)]
    {
        let config = read(&format!("{GOOD}\n[requests]\n{given}")).unwrap().requests;
        assert_eq!(config.held_polls, held_polls, "{given}");
    }
    for wrong in [
        "header_timeout_seconds = 0",
        "body_timeout_seconds = 601",
        "connections = 0",
        "connections = 100001",
        "held_polls = 900",
        "connections = 5\nheld_polls = 5",
    ] {
        let said = problem(&format!("{GOOD}\n[requests]\n{wrong}"));
        assert!(said.starts_with("requests.") && said.contains("must be a whole number"), "{said}");
    }
}

#[test]
fn how_long_the_audit_is_kept_and_which_proxies_are_believed_can_be_set() {
    assert_eq!(read(GOOD).unwrap().audit.kept_seconds, 400 * 24 * 3600);
    let config =
        read(&format!("trusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n{GOOD}\n[audit]\nkeep_days = 30"))
            .unwrap();
    assert_eq!(config.audit.kept_seconds, 30 * 24 * 3600);
    assert!(config.trusted_proxies.contain("10.9.8.7".parse().unwrap()));
    assert!(config.trusted_proxies.contain("::1".parse().unwrap()));
    assert!(!config.trusted_proxies.contain("11.0.0.1".parse().unwrap()));
    assert!(problem(&format!("{GOOD}\n[audit]\nkeep_days = 0")).starts_with("audit.keep_days"));
    for wrong in ["proxy.internal", "10.0.0.0/33", "10.0.0.0/x", ""] {
        let said = problem(&format!("trusted_proxies = [\"{wrong}\"]\n{GOOD}"));
        assert!(said.starts_with("trusted_proxies: ") && said.contains("such as 127.0.0.1"), "{said}");
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
fn webhooks_lead_to_the_public_internet_alone_unless_the_operator_says_otherwise() {
    let with = |lines: &str| format!("{GOOD}\n[webhooks]\n{lines}");
    assert_eq!(read(GOOD).unwrap().webhooks.reach, Reach::Public);
    assert_eq!(read(&with("allow_private = false")).unwrap().webhooks.reach, Reach::Public);
    assert_eq!(read(&with("allow_private = true")).unwrap().webhooks.reach, Reach::Configured);
    assert!(
        problem(&with("allow_private = \"yes\""))
            .starts_with("webhooks.allow_private: must be true or false")
    );
    assert!(problem(&with("private = true")).starts_with("webhooks.private: is not a setting"));
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
