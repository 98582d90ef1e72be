//! `connect-server webhook`.

use connect_server::domain::webhook::EventKind;
use connect_server::store::{Store, Webhooks};

use super::{content, open, refused, with_widget};
use crate::support::program::run;

const ADD: [&str; 6] = ["webhook", "add", "--widget", "PROD_acme", "--url", "https://1.1.1.1/hooks"];

/// The id that a line about a webhook names.
fn id_in(said: &str) -> String {
    let begin = said.find("WHK-").unwrap();
    said[begin..begin + 40].to_owned()
}

#[tokio::test]
async fn a_webhooks_secret_is_shown_once_on_stdout_and_stored_sealed() {
    let folder = with_widget();
    let (good, secret, said) =
        run(folder.path(), &[&ADD[..], &["--event", "auth,connectionStatus"]].concat());
    assert!(good, "{said}");
    let secret = secret.trim_end();
    assert!(secret.starts_with("whsec_") && secret.len() == 50, "{secret}");
    assert!(said.contains("for widget PROD_acme, which is told: auth connectionStatus."), "{said}");
    assert!(!said.contains(secret), "{said}");
    let listed = content(folder.path(), &["webhook", "list", "--widget", "PROD_acme"]);
    assert!(listed.contains("https://1.1.1.1/hooks") && !listed.contains(secret), "{listed}");
    let store = open(folder.path()).await;
    let stored = store.list_webhooks(None).await.unwrap().remove(0);
    assert_eq!(stored.id.as_str(), id_in(&said));
    assert_eq!(stored.events.into_iter().collect::<Vec<_>>(), [EventKind::Auth, EventKind::ConnectionStatus]);
    assert!(!stored.secrets.newest.as_bytes().windows(secret.len()).any(|part| part == secret.as_bytes()));
    store.close().await;
}

#[tokio::test]
async fn a_secret_is_rotated_with_an_overlap() {
    let folder = with_widget();
    let (_, first, said) = run(folder.path(), &ADD);
    let id = id_in(&said);
    let (good, second, said) = run(folder.path(), &["webhook", "rotate-secret", &id, "--overlap", "2"]);
    assert!(good && said.contains("the older one signs too until "), "{said}");
    assert_ne!(first, second);
    let store = open(folder.path()).await;
    let stored = store.list_webhooks(None).await.unwrap().remove(0);
    assert!(stored.secrets.older.is_some());
    store.close().await;
}

#[test]
fn a_deleted_webhook_is_gone() {
    let folder = with_widget();
    let (_, _, said) = run(folder.path(), &ADD);
    let id = id_in(&said);
    content(folder.path(), &["webhook", "delete", &id]);
    assert_eq!(content(folder.path(), &["webhook", "list"]).lines().count(), 1, "the heading alone");
    let said = refused(folder.path(), &["webhook", "delete", &id]);
    assert!(said.contains("there is no webhook"), "{said}");
}

#[test]
fn what_cannot_be_right_is_refused_by_name() {
    let folder = with_widget();
    for (words, reason) in [
        (&["--url", "http://1.1.1.1/hooks"][..], "must begin with https://"),
        (&["--url", "https://127.0.0.1/hooks"], "not public"),
        (
            &["--url", "https://1.1.1.1/", "--event", "authorised"],
            "there is no such event: there are login, auth",
        ),
    ] {
        let said = refused(folder.path(), &[&ADD[..4], words].concat());
        assert!(said.contains(reason), "{words:?}: {said}");
    }
    let said =
        refused(folder.path(), &["webhook", "add", "--widget", "PROD_other", "--url", "https://1.1.1.1/"]);
    assert!(said.contains("there is no widget \"PROD_other\""), "{said}");
}
