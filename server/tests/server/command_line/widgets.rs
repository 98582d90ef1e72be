//! `connect-server widget list`, `show`, `set` and `delete`.

use connect_server::store::{Store, Widgets};
use railz_connect_contract::WidgetId;

use super::{connect, content, open, refused, with_widget};
use crate::support::program::run;

#[test]
fn widgets_are_listed_a_line_each() {
    let folder = with_widget();
    let sandbox =
        ["widget", "create", "--name", "Try it", "--id", "SB_PROD_try", "--sandbox", "--sessions", "minted"];
    content(folder.path(), &[&sandbox[..], &["--origin", "http://localhost:*"]].concat());
    let listed = content(folder.path(), &["widget", "list"]);
    let lines: Vec<Vec<&str>> = listed.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["ID", "MODE", "SESSIONS", "CONNECTIONS", "NAME"]);
    assert_eq!(lines[1], ["PROD_acme", "live", "open", "0", "Acme", "Lending"]);
    assert_eq!(lines[2], ["SB_PROD_try", "sandbox", "minted", "0", "Try", "it"]);
    assert_eq!(lines.len(), 3, "{listed}");
}

#[test]
fn a_widget_is_shown_with_everything_that_can_be_set() {
    let folder = with_widget();
    let shown = content(folder.path(), &["widget", "show", "PROD_acme"]);
    let lines: Vec<_> = shown.lines().collect();
    assert_eq!(
        lines[..10],
        [
            "id: PROD_acme",
            "name: Acme Lending",
            "email: ",
            "mode: live",
            "sessions: open",
            "origins: https://app.example",
            "success addresses: none, so any path on the origins",
            "businesses: 0",
            "connections: 0",
            "secret keys: 0",
        ]
    );
    let said = refused(folder.path(), &["widget", "show", "PROD_nobody"]);
    assert!(said.contains("there is no widget \"PROD_nobody\""), "{said}");
}

#[test]
fn what_is_named_changes_and_the_rest_stays() {
    let folder = with_widget();
    let set = |words: &[&str]| content(folder.path(), &[&["widget", "set", "PROD_acme"], words].concat());
    let shown = set(&["--success-address", "https://app.example/done", "--success-address", "acme://done"]);
    assert!(shown.contains("success addresses: https://app.example/done acme://done\n"), "{shown}");
    let shown =
        set(&["--name", "Acme Bank", "--email", "help@acme.example", "--sessions", "minted", "--sandbox"]);
    for line in ["name: Acme Bank", "email: help@acme.example", "sessions: minted", "mode: sandbox"] {
        assert!(shown.lines().any(|shown| shown == line), "{line}: {shown}");
    }
    assert!(shown.contains("origins: https://app.example\n"), "{shown}");
    assert!(shown.contains("success addresses: https://app.example/done acme://done\n"), "{shown}");
    let shown = set(&["--origin", "https://new.example", "--origin", "http://localhost:*", "--live"]);
    assert!(shown.contains("origins: https://new.example http://localhost:*\n"), "{shown}");
    let shown = set(&["--no-success-address", "--sessions", "open", "--email", ""]);
    assert!(shown.contains("success addresses: none") && shown.contains("email: \n"), "{shown}");
    let shown = content(folder.path(), &["widget", "show", "PROD_acme"]);
    assert!(shown.contains("name: Acme Bank") && shown.contains("mode: live"), "{shown}");
}

#[test]
fn what_cannot_be_set_is_refused_with_what_would_be_right() {
    let folder = with_widget();
    let set = |words: &[&str]| refused(folder.path(), &[&["widget", "set", "PROD_acme"], words].concat());
    for (words, due) in [
        (&[][..], "--success-address"),
        (&["--origin", "http://app.example"], "is not an origin"),
        (&["--success-address", "http://app.example/done"], "http on loopback hosts only"),
        (&["--sessions", "closed"], "is neither \"open\""),
        (&["--name", ""], "must not be empty"),
        (&["--sandbox", "--live"], "cannot be used with"),
        (&["--no-success-address", "--success-address", "https://app.example"], "cannot be used with"),
    ] {
        let said = set(words);
        assert!(said.contains(due), "{words:?}: {said}");
    }
    let said = refused(folder.path(), &["widget", "set", "PROD_nobody", "--name", "x"]);
    assert!(said.contains("there is no widget"), "{said}");
    let sandbox = ["widget", "create", "--name", "Try it", "--id", "SB_PROD_try", "--sandbox"];
    content(folder.path(), &[&sandbox[..], &["--origin", "http://localhost:*"]].concat());
    let said = refused(folder.path(), &["widget", "set", "SB_PROD_try", "--live"]);
    assert!(said.contains("SB_PROD_try cannot be live"), "{said}");
}

#[tokio::test]
async fn a_widget_with_connections_is_deleted_only_when_that_is_meant() {
    let folder = with_widget();
    connect(folder.path(), "Harbour").await;
    connect(folder.path(), "Quay").await;
    content(folder.path(), &["key", "create", "--widget", "PROD_acme", "--name", "x"]);
    let said = refused(folder.path(), &["widget", "delete", "PROD_acme"]);
    assert!(said.contains("has 2 connections of 2 businesses") && said.contains("--yes"), "{said}");
    assert!(content(folder.path(), &["widget", "list"]).contains("PROD_acme"));
    let (good, out, said) = run(folder.path(), &["widget", "delete", "PROD_acme", "--yes"]);
    assert!(good && out.is_empty(), "{said}");
    assert!(said.contains("deleted PROD_acme with 2 businesses, 2 connections and 1 secret keys"), "{said}");
    assert_eq!(content(folder.path(), &["key", "list"]).lines().count(), 1);
    let store = open(folder.path()).await;
    assert!(store.widget(&WidgetId::new("PROD_acme")).await.unwrap().is_none());
    store.close().await;
}

#[test]
fn a_widget_without_connections_is_deleted_at_once() {
    let folder = with_widget();
    content(folder.path(), &["widget", "delete", "PROD_acme"]);
    assert!(!content(folder.path(), &["widget", "list"]).contains("PROD_acme"));
    assert!(refused(folder.path(), &["widget", "delete", "PROD_acme"]).contains("there is no widget"));
}
