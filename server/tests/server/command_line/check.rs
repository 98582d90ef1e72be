//! What `connect-server check` warns of.

use super::{content, with_widget};
use crate::support::program::{configured, run};

#[test]
fn check_warns_of_a_live_widget_with_open_sessions_and_without_success_address() {
    let folder = with_widget();
    let said = content(folder.path(), &["check"]);
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines.len(), 3, "{said}");
    assert!(lines[0].starts_with("warning: widget PROD_acme: its sessions are open"), "{said}");
    assert!(lines[0].contains("widget set PROD_acme --sessions minted"), "{said}");
    assert!(lines[1].starts_with("warning: widget PROD_acme: no success address is registered"), "{said}");
    assert_eq!(lines[2], "ok");
}

#[test]
fn check_warns_of_minted_sessions_that_no_key_may_open() {
    let folder = with_widget();
    let words = ["--sessions", "minted", "--success-address", "https://app.example/done"];
    content(folder.path(), &[&["widget", "set", "PROD_acme"][..], &words].concat());
    content(folder.path(), &["key", "create", "--widget", "PROD_acme", "--name", "x", "--scope", "read"]);
    let said = content(folder.path(), &["check"]);
    assert!(said.contains("no secret key may open one") && said.lines().count() == 2, "{said}");
    content(folder.path(), &["key", "create", "--widget", "PROD_acme", "--name", "x"]);
    assert_eq!(content(folder.path(), &["check"]), "ok\n");
}

#[test]
fn check_is_content_with_a_sandbox_widget_as_it_is() {
    let folder = configured("127.0.0.1:0", "");
    let words = ["widget", "create", "--name", "Try it", "--sandbox", "--origin", "http://localhost:*"];
    content(folder.path(), &words);
    assert_eq!(content(folder.path(), &["check"]), "ok\n");
}

#[tokio::test]
async fn check_changes_no_database_of_another_version() {
    let folder = configured("127.0.0.1:0", "");
    let path = folder.path().join("connect.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let first = include_str!("../../../migrations/sqlite/0001_first.sql");
    sqlx::raw_sql(first).execute(&pool).await.unwrap();
    pool.close().await;
    let before = std::fs::read(&path).unwrap();
    let said = content(folder.path(), &["check"]);
    assert!(said.contains("is of another version of this server") && said.ends_with("ok\n"), "{said}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn check_warns_of_credentials_that_are_still_an_examples_and_repeats_none() {
    // A configuration copied from the documentation used to be "ok", and each sign-in failed at its service.
    let more = "[services.xero]\nclient_id = \"1f0c2b7e9d\"\nclient_secret = \"<your secret>\"\n\
        [services.quickbooks]\nclient_id = \"…\"\nclient_secret = \"real-secret-81f3\"\n\
        [services.plaid]\nclient_id = \"5f8a\"\nclient_secret = \"changeme\"\nenvironment = \"sandbox\"\n\
        [services.sageIntacct]\nsender_id = \"your-sender\"\nsender_password = \"a-Pass\"\n";
    let folder = configured("127.0.0.1:0", more);
    let said = content(folder.path(), &["check"]);
    let keys: Vec<_> =
        said.lines().filter_map(|line| line.strip_prefix("warning: ")?.split(' ').next()).collect();
    let due = [
        "services.quickbooks.client_id",
        "services.xero.client_secret",
        "services.sageIntacct.sender_id",
        "services.plaid.client_secret",
    ];
    assert_eq!(keys, due, "{said}");
    for written in
        ["1f0c2b7e9d", "<your secret>", "…", "real-secret-81f3", "5f8a", "changeme", "your-sender", "a-Pass"]
    {
        assert!(!said.contains(written), "{written}: {said}");
    }
    assert!(said.ends_with("ok\n"), "{said}");
}

#[test]
fn check_names_credentials_that_are_missing_or_empty() {
    let more = "[services.xero]\nclient_id = \"\"\n[services.plaid]\nclient_id = \"5f8a\"\nenvironment = \"sandbox\"\n";
    let folder = configured("127.0.0.1:0", more);
    let (good, said, log) = run(folder.path(), &["check"]);
    assert!(!good, "{said}{log}");
    for key in [
        "services.xero.client_id: must not be empty",
        "services.xero.client_secret: is missing",
        "services.plaid.client_secret: is missing",
    ] {
        assert!(said.contains(key), "{key}: {said}");
    }
    assert!(!said.contains("5f8a"), "{said}");
}
