//! Connecting again what is connected: the id stays, and the old credentials stay until the new ones are there.

use railz_connect_contract::{Connection, ConnectionState};
use secrecy::ExposeSecret;

use crate::support::browser::{self, approve, deny};
use crate::support::provider::Behaviour;
use crate::support::secret_key::minted_session;
use crate::support::{LIVE, TestServer};

type Session = railz_connect_contract::SessionResponse<serde_json::Value>;

/// A bench with a business that has connected Xero.
async fn connected() -> (TestServer, Session, Connection) {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    approve(&server, &browser::open(&server, &attempt).await).await;
    let connection = server.status(&session).await.remove(0);
    (server, session, connection)
}

async fn access_token(server: &TestServer, connection: &Connection) -> String {
    let id = &connection.connection_id;
    let stored = server.app.store.credential(id).await.unwrap().unwrap();
    let field = connect_server::vault::Field::AccessToken;
    let opened = server.app.vault.open(id.as_str(), field, &stored.credential.access).unwrap();
    opened.expose_secret().to_owned()
}

#[tokio::test]
async fn an_active_connection_is_reauthorised_under_its_id_for_another_year() {
    let (server, _, before) = connected().await;
    let old = access_token(&server, &before).await;
    server.clock.pass(30 * 24 * 3600);
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    assert_eq!(attempt.connection_id.as_ref(), Some(&before.connection_id));
    let popup = browser::open(&server, &attempt).await;
    let meanwhile = server.status(&session).await.remove(0);
    assert_eq!((meanwhile.state, &meanwhile.expires_at), (before.state, &before.expires_at));
    assert_eq!(access_token(&server, &before).await, old, "with the old credentials");
    approve(&server, &popup).await;
    let after = server.status(&session).await.remove(0);
    assert_eq!(after.connection_id, before.connection_id);
    assert_eq!(after.created_at, before.created_at);
    assert_eq!(before.expires_at.as_deref(), Some("2027-03-01T09:30:00Z"));
    assert_eq!(after.expires_at.as_deref(), Some("2027-03-31T09:30:00Z"));
    assert_ne!(access_token(&server, &before).await, old);
}

#[tokio::test]
async fn a_refused_reauthorisation_changes_nothing_in_lists_or_credentials() {
    let (server, session, before) = connected().await;
    let old = access_token(&server, &before).await;
    let attempt = server.begin(&session, "xero").await;
    deny(&server, &browser::open(&server, &attempt).await).await;
    let told: Connection = server.poll(&session, &attempt, 0).await.json();
    assert_eq!(told.state, ConnectionState::Invalid, "the attempt itself hears it");
    assert_eq!(server.status(&session).await, std::slice::from_ref(&before));
    let later = minted_session(&server, LIVE, "Harbour").await;
    assert_eq!(later.connections, Some(vec![before.clone()]));
    assert_eq!(access_token(&server, &before).await, old);
}

#[tokio::test]
async fn a_failed_exchange_changes_nothing_in_lists_or_credentials() {
    let (server, session, before) = connected().await;
    let old = access_token(&server, &before).await;
    server.provider.behave(Behaviour::Refuses);
    let attempt = server.begin(&session, "xero").await;
    approve(&server, &browser::open(&server, &attempt).await).await;
    assert_eq!(server.poll(&session, &attempt, 0).await.refusal().0, 502);
    assert_eq!(server.status(&session).await, std::slice::from_ref(&before));
    assert_eq!(access_token(&server, &before).await, old);
}

#[tokio::test]
async fn an_authorisation_lapses_after_a_year_and_can_be_given_again() {
    let (server, _, before) = connected().await;
    server.clock.pass(365 * 24 * 3600 - 1);
    let session = server.session_of(LIVE, "Harbour").await;
    assert_eq!(server.status(&session).await[0].state, ConnectionState::Active);
    server.clock.pass(1);
    let expired = server.status(&session).await.remove(0);
    assert_eq!(expired.state, ConnectionState::Expired);
    let attempt = server.begin(&session, "xero").await;
    approve(&server, &browser::open(&server, &attempt).await).await;
    let after = server.status(&session).await.remove(0);
    assert_eq!((after.state, after.connection_id), (ConnectionState::Active, before.connection_id));
}

#[tokio::test]
async fn a_connection_that_never_came_about_keeps_its_id_for_the_next_try() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let first = server.begin(&session, "xero").await;
    deny(&server, &browser::open(&server, &first).await).await;
    let second = server.begin(&session, "xero").await;
    assert_eq!(first.connection_id, second.connection_id);
    assert_ne!(first.attempt_id, second.attempt_id);
}
