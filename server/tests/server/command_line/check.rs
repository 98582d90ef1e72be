//! What `connect-server check` warns of.

use super::{content, with_widget};
use crate::support::program::configured;

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
