//! `connect-server key`.

use connect_server::domain::secret_key::Scope;
use connect_server::store::{SecretKeys, Store};
use connect_server::token::TokenHash;
use jiff::Timestamp;

use super::{content, open, refused, with_widget};
use crate::support::program::{configured, run};

const CREATE: [&str; 6] = ["key", "create", "--widget", "PROD_acme", "--name", "books service"];

/// The id that a line about a new key names.
fn id_in(said: &str) -> String {
    let begin = said.find("KEY-").unwrap();
    said[begin..begin + 40].to_owned()
}

#[tokio::test]
async fn a_key_is_shown_once_on_stdout_and_stored_as_a_hash() {
    let folder = with_widget();
    let (good, key, said) = run(folder.path(), &CREATE);
    assert!(good, "{said}");
    let key = key.trim_end();
    assert!(key.starts_with("rck_") && key.len() == 47 && !key.contains(char::is_whitespace), "{key}");
    assert!(!said.contains(key), "{said}");
    assert!(said.contains("for widget PROD_acme, with the scopes: sessions read"), "{said}");
    let listed = content(folder.path(), &["key", "list"]);
    assert!(!listed.contains(key), "{listed}");

    let store = open(folder.path()).await;
    let stored = store.find_secret_key(TokenHash::of(key), Timestamp::MAX).await.unwrap().unwrap();
    assert_eq!(stored.id.as_str(), id_in(&said));
    assert_eq!(stored.scopes.into_iter().collect::<Vec<_>>(), [Scope::Sessions, Scope::Read]);
    store.close().await;
}

#[test]
fn scopes_are_given_one_by_one_or_in_a_list() {
    let folder = with_widget();
    for scopes in [&["--scope", "tokens", "--scope", "write"][..], &["--scope", "write,tokens"]] {
        let (_, _, said) = run(folder.path(), &[&CREATE[..], scopes].concat());
        assert!(said.contains("with the scopes: write tokens."), "{said}");
    }
    let said = refused(folder.path(), &[&CREATE[..], &["--scope", "everything"]].concat());
    assert!(said.contains("there are sessions, read, write and tokens"), "{said}");
}

#[test]
fn keys_are_listed_with_scopes_validity_and_last_use_for_one_widget_or_all() {
    let folder = with_widget();
    let other =
        ["widget", "create", "--name", "Other", "--id", "PROD_other", "--origin", "https://o.example"];
    content(folder.path(), &other);
    let (_, _, said) = run(folder.path(), &CREATE);
    content(folder.path(), &["key", "create", "--widget", "PROD_other", "--name", "theirs"]);
    let all = content(folder.path(), &["key", "list"]);
    assert_eq!(all.lines().count(), 3, "{all}");
    let listed = content(folder.path(), &["key", "list", "--widget", "PROD_acme"]);
    let line = listed.lines().nth(1).unwrap();
    assert_eq!(listed.lines().count(), 2, "{listed}");
    assert!(line.starts_with(&id_in(&said)) && line.ends_with("books service"), "{line}");
    assert!(
        line.contains("  yes  ") && line.contains("  sessions read  ") && line.contains("  never  "),
        "{line}"
    );
    let said = refused(folder.path(), &["key", "list", "--widget", "PROD_nobody"]);
    assert!(said.contains("there is no widget \"PROD_nobody\"") && said.contains("widget list"), "{said}");
}

#[test]
fn a_revoked_key_stays_in_the_list_with_its_end() {
    let folder = with_widget();
    let (_, _, said) = run(folder.path(), &CREATE);
    let id = id_in(&said);
    let (good, out, said) = run(folder.path(), &["key", "revoke", &id]);
    assert!(good && out.is_empty() && said.contains("is revoked"), "{said}");
    let listed = content(folder.path(), &["key", "list"]);
    assert!(listed.contains("ended 2"), "{listed}");
    let said = refused(folder.path(), &["key", "revoke", &id]);
    assert!(said.contains("ended at 2") && said.contains("key create"), "{said}");
    let said = refused(folder.path(), &["key", "rotate", &id]);
    assert!(said.contains("ended at 2"), "{said}");
}

#[test]
fn a_key_that_was_found_somewhere_is_revoked_by_its_text_which_is_never_repeated() {
    let folder = with_widget();
    let key = content(folder.path(), &CREATE);
    let (good, _, said) = run(folder.path(), &["key", "revoke", key.trim_end()]);
    assert!(good && !said.contains(key.trim_end()), "{said}");
    let said = refused(folder.path(), &["key", "revoke", key.trim_end()]);
    assert!(said.contains("no valid secret key has this text") && !said.contains(key.trim_end()), "{said}");
    let said = refused(folder.path(), &["key", "revoke", "KEY-0"]);
    assert!(said.contains("there is no secret key \"KEY-0\""), "{said}");
}

#[test]
fn rotating_makes_a_key_like_the_older_one_which_ends_after_the_overlap() {
    let folder = with_widget();
    let (_, _, said) = run(folder.path(), &[&CREATE[..], &["--scope", "read,tokens"]].concat());
    let older = id_in(&said);
    let (good, key, said) = run(folder.path(), &["key", "rotate", &older]);
    assert!(good && key.starts_with("rck_"), "{said}");
    assert!(said.contains("with the scopes: read tokens"), "{said}");
    assert!(said.contains(&format!("{older} stays valid until ")), "{said}");
    let listed = content(folder.path(), &["key", "list"]);
    let line = listed.lines().find(|line| line.starts_with(&older)).unwrap();
    assert!(line.contains("  until 2"), "{line}");
    assert_eq!(listed.matches("books service").count(), 2, "{listed}");
    let said = refused(folder.path(), &["key", "rotate", &older]);
    assert!(said.contains("was rotated already"), "{said}");
    let said = refused(folder.path(), &["key", "rotate", &older, "--overlap", "721"]);
    assert!(said.contains("0..=720"), "{said}");
    let (good, _, _) = run(folder.path(), &["key", "rotate", &older, "--overlap", "0"]);
    assert!(good, "a shorter overlap than the one before is taken");
    assert!(content(folder.path(), &["key", "list"]).contains("  ended 2"));
}

#[test]
fn a_key_is_for_a_widget_that_there_is_and_has_a_name() {
    let folder = with_widget();
    let said = refused(folder.path(), &["key", "create", "--widget", "PROD_nobody", "--name", "x"]);
    assert!(said.contains("there is no widget \"PROD_nobody\""), "{said}");
    let said = refused(folder.path(), &["key", "create", "--widget", "PROD_acme", "--name", " "]);
    assert!(said.contains("must not be empty"), "{said}");
    let said = refused(folder.path(), &["key", "create", "--widget", "PROD_acme", "--name", "a\nKEY-forged"]);
    assert!(said.contains("must be one line"), "{said}");
}

#[test]
fn without_a_database_a_command_says_so_and_makes_none() {
    let folder = configured("127.0.0.1:0", "");
    for words in [&CREATE[..], &["key", "list"], &["widget", "list"], &["widget", "show", "PROD_acme"]] {
        let said = refused(folder.path(), words);
        assert!(said.contains("there is no database") && said.contains("widget create"), "{said}");
    }
    assert!(!folder.path().join("connect.db").exists());
}
