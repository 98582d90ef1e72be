//! Token answers that lack something, or have more or other than usual.

use connect_server::services::oauth::refresh::refresh_due;
use railz_connect_contract::{Connection, ConnectionError, ConnectionState};
use serde_json::{Value, json};

use crate::support::browser::{self, approve};
use crate::support::provider::Behaviour;
use crate::support::secret_key::minted_session;
use crate::support::{LIVE, ServerOptions, TEST_DEADLINE, TestServer};

use super::{Person, tokens};

const ASKING: &str = "scopes = [\"books.read\", \"bank.read\", \"offline_access\"]";

#[tokio::test]
async fn a_token_without_expiry_is_renewed_each_hour() {
    let person = Person::first("").await;
    person.server.provider.behave(Behaviour::NoLifetime);
    let end = person.signs_in().await;
    assert!(end.page.contains("You are connected"), "{}", end.page);
    let shown: Connection = end.poll.json();
    assert_eq!(shown.state, ConnectionState::Active);
    assert_eq!(shown.expires_at.as_deref(), Some("2027-03-01T09:30:00Z"), "good for twelve months");
    person.server.clock.pass(2879);
    assert_eq!(refresh_due(&person.server.app).await.unwrap(), 0);
    person.server.clock.pass(1);
    assert_eq!(refresh_due(&person.server.app).await.unwrap(), 1);
}

#[tokio::test]
async fn a_lifetime_that_is_no_number_of_seconds_says_nothing() {
    for odd in [json!(null), json!(-1), json!("never"), json!(1800.9), json!("1800.0"), json!([])] {
        let person = Person::first("").await;
        person.server.provider.says(json!({"expires_in": odd, "token_type": null}));
        let shown: Connection = person.signs_in().await.poll.json();
        assert_eq!(shown.state, ConnectionState::Active, "{odd}");
    }
}

#[tokio::test]
async fn a_token_without_refresh_token_connects_for_as_long_as_it_lives_and_the_operator_is_told() {
    let person = Person::first("").await;
    person.server.provider.behave(Behaviour::NoRefreshToken);
    let end = person.signs_in().await;
    assert!(end.page.contains("You are connected"), "{}", end.page);
    let shown: Connection = end.poll.json();
    assert_eq!(
        (shown.state, shown.expires_at.as_deref()),
        (ConnectionState::Active, Some("2026-03-01T10:00:00Z"))
    );
    assert!(end.log.contains("the service gave no refresh token"), "{}", end.log);
    person.server.clock.pass(1800);
    let over = person.server.status(&person.session).await.remove(0);
    assert_eq!(
        (over.state, over.error),
        (ConnectionState::Expired, Some(ConnectionError::ReauthorizationRequired))
    );
    person.server.provider.behave(Behaviour::Good);
    let again: Connection = person.signs_in().await.poll.json();
    assert_eq!((again.state, again.connection_id), (ConnectionState::Active, shown.connection_id));
}

#[tokio::test]
async fn a_token_without_refresh_token_does_not_take_away_the_one_held_for_the_same_company() {
    let person = Person::renewal("").await;
    let held = person.held.as_ref().unwrap();
    person.server.provider.behave(Behaviour::NoRefreshToken);
    let end = person.signs_in().await;
    let now = person.holds().await;
    assert_eq!(now.refresh, held.refresh);
    assert_ne!(now.access, held.access);
    assert_eq!(now.shown, held.shown, "it lasts as long as before");
    assert!(!end.log.contains("gave no refresh token"), "{}", end.log);
    person.server.provider.behave(Behaviour::Good);
    person.server.clock.pass(1440);
    refresh_due(&person.server.app).await.unwrap();
    assert_ne!(person.holds().await.refresh, held.refresh, "it was good");
    person.server.app.finishing.close();
    tokio::time::timeout(TEST_DEADLINE, person.server.app.finishing.wait()).await.unwrap();
    assert!(person.server.provider.revoked().is_empty());
}

#[tokio::test]
async fn a_token_without_refresh_token_of_another_company_takes_nothing_away() {
    let person = Person::renewal("").await;
    person.server.provider.behave(Behaviour::NoRefreshToken);
    person.server.provider.lists("connections", json!([{"tenantId": "T-2"}]));
    let told: Value = person.signs_in().await.poll.json();
    assert_eq!(told["reason"], "differentAccount");
    person.has_lost_nothing().await;
}

#[tokio::test]
async fn tokens_of_2048_bytes_and_more() {
    for length in [2048, 16_384] {
        let person = Person::first("").await;
        let (access, refresh) = ("a".repeat(length), "r".repeat(length));
        person.server.provider.says(json!({"access_token": access, "refresh_token": refresh}));
        let shown: Connection = person.signs_in().await.poll.json();
        assert_eq!(shown.state, ConnectionState::Active);
        let (_, kept, kept_refresh) = tokens(&person.server, &shown.connection_id).await;
        assert!(kept == access && kept_refresh == Some(refresh.clone()), "{length}");
        assert!(
            person.server.provider.lists_asked()[0].1["authorization"].to_str().unwrap().ends_with(&access)
        );
        person.server.clock.pass(1440);
        assert_eq!(refresh_due(&person.server.app).await.unwrap(), 1);
        assert_eq!(person.server.provider.asked()[1]["refresh_token"], refresh);
    }
}

#[tokio::test]
async fn scopes_by_comma_or_as_a_list_are_scopes() {
    for told in [
        json!("books.read,bank.read"),
        json!("books.read, bank.read offline_access"),
        json!(["books.read", "bank.read"]),
        json!("BOOKS.READ bank.read further"),
        // Nothing was said (RFC 6749 section 5.1).
        json!(""),
        json!(null),
        json!(7),
    ] {
        let person = Person::first(ASKING).await;
        person.server.provider.says(json!({"scope": told}));
        let end = person.signs_in().await;
        let shown: Value = end.poll.json();
        assert_eq!(shown["state"], "active", "{told}");
        assert_eq!(shown.get("missingScopes"), None, "{told}");
        assert!(!end.log.contains("fewer scopes"), "{told}");
    }
}

#[tokio::test]
async fn fewer_scopes_than_asked_are_told_to_all_three() {
    let person = Person::renewal(ASKING).await;
    person.server.provider.says(json!({"scope": "books.read"}));
    let end = person.signs_in().await;
    assert!(end.page.contains("is connected, but shares less than was asked for"), "{}", end.page);
    let shown: Value = end.poll.json();
    assert_eq!((&shown["state"], &shown["missingScopes"]), (&json!("active"), &json!(["bank.read"])));
    let line = end.log.lines().find(|line| line.contains("fewer scopes were granted")).unwrap();
    assert!(line.contains("service=xero") && line.contains("missing=\"bank.read\""), "{line}");
    let status = person.server.status(&person.session).await;
    assert_eq!(status[0].missing_scopes, ["bank.read"]);
    let later = minted_session(&person.server, LIVE, "Harbour").await;
    assert_eq!(later.connections.unwrap()[0].missing_scopes, ["bank.read"]);

    person.server.provider.says(json!({"scope": "books.read bank.read"}));
    let whole: Value = person.signs_in().await.poll.json();
    assert_eq!((&whole["connectionId"], whole.get("missingScopes")), (&shown["connectionId"], None));
}

#[tokio::test]
async fn offline_access_that_brought_no_refresh_token_is_missing() {
    let person = Person::first(ASKING).await;
    person.server.provider.behave(Behaviour::NoRefreshToken);
    person.server.provider.says(json!({"scope": "books.read bank.read"}));
    let shown: Value = person.signs_in().await.poll.json();
    assert_eq!(shown["missingScopes"], json!(["offline_access"]));
}

#[tokio::test]
async fn scopes_that_are_named_in_other_words_are_not_missing() {
    let person = Person::first("scopes = [\"https://api.books.example/Books.Read\"]").await;
    person.server.provider.says(json!({"scope": "Books.Read user_impersonation"}));
    let shown: Value = person.signs_in().await.poll.json();
    assert_eq!(shown.get("missingScopes"), None);
    person.server.provider.says(json!({"scope": "Books user_impersonation"}));
    let shown: Value = person.signs_in().await.poll.json();
    assert_eq!(shown["missingScopes"], json!(["https://api.books.example/Books.Read"]));

    let extra = "accounts_url = \"@/lists/companies\"";
    let server = TestServer::with_options(ServerOptions {
        services: vec![("sageBusinessCloud", extra)],
        ..ServerOptions::default()
    })
    .await;
    server.provider.lists("companies", json!({"$items": [{"id": "s-1"}]}));
    for (told, missing) in [("full_access", None), ("profile", Some(json!(["readonly"])))] {
        server.provider.says(json!({"scope": told}));
        let session = server.session_of(LIVE, told).await;
        let attempt = server.begin(&session, "sageBusinessCloud").await;
        approve(&server, &browser::open(&server, &attempt).await).await;
        let shown: Value = server.poll(&session, &attempt, 0).await.json();
        assert_eq!((&shown["state"], shown.get("missingScopes")), (&json!("pending"), missing.as_ref()));
    }
}
