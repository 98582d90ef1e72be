//! Access tokens are fetched anew before they lapse.

use connect_server::services::oauth::refresh::refresh_due;
use connect_server::vault::Field;
use railz_connect_contract::{Connection, ConnectionError, ConnectionId, ConnectionState};
use secrecy::ExposeSecret;
use tokio::time::timeout;

use crate::support::browser::{self, approve};
use crate::support::provider::Behaviour;
use crate::support::{LIVE, TEST_DEADLINE, TestServer};

/// A bench with a connection whose access token lives 1800 seconds.
async fn connected() -> (TestServer, ConnectionId) {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    approve(&server, &browser::open(&server, &attempt).await).await;
    (server, attempt.connection_id.unwrap())
}

async fn tokens(server: &TestServer, id: &ConnectionId) -> (String, String) {
    let stored = server.app.store.credential(id).await.unwrap().unwrap().credential;
    let open =
        |field, sealed| server.app.vault.open(id.as_str(), field, sealed).unwrap().expose_secret().to_owned();
    (open(Field::AccessToken, &stored.access), open(Field::RefreshToken, &stored.refresh.unwrap()))
}

#[tokio::test]
async fn a_token_is_refreshed_before_it_lapses_and_the_newest_refresh_token_is_kept() {
    let (server, id) = connected().await;
    let first = tokens(&server, &id).await;
    server.clock.pass(1439);
    assert_eq!(refresh_due(&server.app).await.unwrap(), 0, "not yet");
    server.clock.pass(1);
    assert_eq!(refresh_due(&server.app).await.unwrap(), 1);
    let second = tokens(&server, &id).await;
    assert!(first.0 != second.0 && first.1 != second.1);
    assert_eq!(server.provider.asked()[1]["refresh_token"], first.1);
    assert_eq!(refresh_due(&server.app).await.unwrap(), 0, "and not again at once");
    server.clock.pass(1440);
    assert_eq!(refresh_due(&server.app).await.unwrap(), 1);
    assert_eq!(server.provider.asked()[2]["refresh_token"], second.1);
}

#[tokio::test]
async fn where_no_new_refresh_token_comes_the_old_one_is_kept() {
    let (server, id) = connected().await;
    let first = tokens(&server, &id).await;
    server.provider.behave(Behaviour::NoRefreshToken);
    server.clock.pass(1440);
    refresh_due(&server.app).await.unwrap();
    let second = tokens(&server, &id).await;
    assert_ne!(first.0, second.0);
    assert_eq!(first.1, second.1);
}

#[tokio::test]
async fn an_empty_refresh_token_is_none_and_the_old_one_is_kept() {
    let (server, id) = connected().await;
    let first = tokens(&server, &id).await;
    server.provider.behave(Behaviour::EmptyRefreshToken);
    server.clock.pass(1440);
    refresh_due(&server.app).await.unwrap();
    let second = tokens(&server, &id).await;
    assert_ne!(first.0, second.0);
    assert_eq!(first.1, second.1);
}

#[tokio::test]
async fn a_lifetime_of_next_to_nothing_does_not_make_the_server_ask_without_end() {
    let (server, _) = connected().await;
    server.provider.behave(Behaviour::Lives(0));
    server.clock.pass(1440);
    let refreshed = timeout(TEST_DEADLINE, refresh_due(&server.app)).await.unwrap();
    assert_eq!(refreshed.unwrap(), 1);
    server.clock.pass(59);
    assert_eq!(refresh_due(&server.app).await.unwrap(), 0);
    server.clock.pass(1);
    assert_eq!(refresh_due(&server.app).await.unwrap(), 1);
}

#[tokio::test]
async fn a_lifetime_beyond_all_measure_harms_neither_the_sign_in_nor_the_refreshing() {
    let server = TestServer::new().await;
    for seconds in [1_800_000_000_000, u64::MAX] {
        server.provider.behave(Behaviour::Lives(seconds));
        let session = server.session_of(LIVE, "Harbour").await;
        let attempt = server.begin(&session, "xero").await;
        approve(&server, &browser::open(&server, &attempt).await).await;
        let poll = server.poll(&session, &attempt, 0).await;
        let connection: Connection = poll.json();
        assert_eq!(connection.state, ConnectionState::Active, "{seconds}");
    }
    assert_eq!(refresh_due(&server.app).await.unwrap(), 0);
}

#[tokio::test]
async fn a_server_that_ends_does_not_begin_another_refresh() {
    let (server, _) = connected().await;
    server.clock.pass(1440);
    server.app.ending.cancel();
    assert_eq!(refresh_due(&server.app).await.unwrap(), 0);
    assert_eq!(server.provider.asked().len(), 1, "the exchange alone");
}

#[tokio::test]
async fn a_refresh_that_does_not_work_is_tried_again_and_changes_nothing() {
    let (server, id) = connected().await;
    let first = tokens(&server, &id).await;
    server.clock.pass(1440);
    for behaviour in [Behaviour::Html, Behaviour::NoToken, Behaviour::Redirects] {
        server.provider.behave(behaviour);
        assert_eq!(refresh_due(&server.app).await.unwrap(), 1, "{behaviour:?}");
        assert_eq!(refresh_due(&server.app).await.unwrap(), 0, "it is put off, not hammered");
        assert_eq!(tokens(&server, &id).await, first);
        server.clock.pass(300);
    }
    server.provider.behave(Behaviour::Good);
    assert_eq!(refresh_due(&server.app).await.unwrap(), 1);
    assert_ne!(tokens(&server, &id).await, first);
}

#[tokio::test]
async fn a_consent_that_was_taken_back_disconnects_until_it_is_given_again() {
    let (server, id) = connected().await;
    server.provider.revoke();
    server.clock.pass(1440);
    assert_eq!(refresh_due(&server.app).await.unwrap(), 1);
    assert!(server.app.store.credential(&id).await.unwrap().is_none());
    let session = server.session_of(LIVE, "Harbour").await;
    let listed = session.connections.as_ref().unwrap();
    assert_eq!(listed[0].state, ConnectionState::Disconnected);
    assert_eq!(listed[0].error, Some(ConnectionError::ReauthorizationRequired));
    assert_eq!(listed[0].state_since.as_deref(), Some("2026-03-01T09:54:00Z"), "when it was found");
    let attempt = server.begin(&session, "xero").await;
    approve(&server, &browser::open(&server, &attempt).await).await;
    let status = server.status(&session).await;
    assert_eq!((status[0].state, &status[0].connection_id), (ConnectionState::Active, &id));
}

#[tokio::test]
async fn a_slow_refresh_does_not_overwrite_a_new_authorisation() {
    let (server, id) = connected().await;
    let read = server.app.store.credential(&id).await.unwrap().unwrap();
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    approve(&server, &browser::open(&server, &attempt).await).await;
    let newest = tokens(&server, &id).await;
    let replaced = server.app.store.replace_credential(read.version, &read.credential, None).await.unwrap();
    assert_eq!(replaced, connect_server::store::Replaced::Overtaken);
    let cut = server.app.store.disconnect(read.version, &id, server.app.now()).await.unwrap();
    assert_eq!(cut, connect_server::store::Replaced::Overtaken);
    assert_eq!(tokens(&server, &id).await, newest);
}
