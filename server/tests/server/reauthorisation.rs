//! Connecting again what is connected: the id stays, and the old credentials stay until the new ones are there.

use railz_connect_contract::{Connection, ConnectionState};
use secrecy::ExposeSecret;

use crate::support::browser::{self, approve, deny};
use crate::support::provider::Manner;
use crate::support::{Bench, LIVE};

type Session = railz_connect_contract::SessionResponse<serde_json::Value>;

/// A bench with a business that has connected Xero.
async fn connected() -> (Bench, Session, Connection) {
    let bench = Bench::new().await;
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "xero").await;
    approve(&bench, &browser::open(&bench, &attempt).await).await;
    let connection = bench.status(&session).await.remove(0);
    (bench, session, connection)
}

async fn access_token(bench: &Bench, connection: &Connection) -> String {
    let id = &connection.connection_id;
    let stored = bench.app.store.credential(id).await.unwrap().unwrap();
    let field = connect_server::vault::Field::AccessToken;
    let opened = bench.app.vault.open(id.as_str(), field, &stored.credential.access).unwrap();
    opened.expose_secret().to_owned()
}

#[tokio::test]
async fn an_active_connection_is_reauthorised_under_its_id_for_another_year() {
    let (bench, _, before) = connected().await;
    let old = access_token(&bench, &before).await;
    bench.clock.pass(30 * 24 * 3600);
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "xero").await;
    assert_eq!(attempt.connection_id.as_ref(), Some(&before.connection_id));
    let popup = browser::open(&bench, &attempt).await;
    assert_eq!(bench.status(&session).await, std::slice::from_ref(&before), "it stays active meanwhile");
    assert_eq!(access_token(&bench, &before).await, old, "with the old credentials");
    approve(&bench, &popup).await;
    let after = bench.status(&session).await.remove(0);
    assert_eq!(after.connection_id, before.connection_id);
    assert_eq!(after.created_at, before.created_at);
    assert_eq!(before.expires_at.as_deref(), Some("2027-03-01T09:30:00Z"));
    assert_eq!(after.expires_at.as_deref(), Some("2027-03-31T09:30:00Z"));
    assert_ne!(access_token(&bench, &before).await, old);
}

#[tokio::test]
async fn a_refused_reauthorisation_changes_nothing_in_lists_or_credentials() {
    let (bench, session, before) = connected().await;
    let old = access_token(&bench, &before).await;
    let attempt = bench.begin(&session, "xero").await;
    deny(&bench, &browser::open(&bench, &attempt).await).await;
    let told: Connection = bench.poll(&session, &attempt, 0).await.json();
    assert_eq!(told.state, ConnectionState::Invalid, "the attempt itself hears it");
    assert_eq!(bench.status(&session).await, std::slice::from_ref(&before));
    let later = bench.session_of(LIVE, "Harbour").await;
    assert_eq!(later.connections, Some(vec![before.clone()]));
    assert_eq!(access_token(&bench, &before).await, old);
}

#[tokio::test]
async fn a_failed_exchange_changes_nothing_in_lists_or_credentials() {
    let (bench, session, before) = connected().await;
    let old = access_token(&bench, &before).await;
    bench.provider.behave(Manner::Refuses);
    let attempt = bench.begin(&session, "xero").await;
    approve(&bench, &browser::open(&bench, &attempt).await).await;
    assert_eq!(bench.poll(&session, &attempt, 0).await.refusal().0, 502);
    assert_eq!(bench.status(&session).await, std::slice::from_ref(&before));
    assert_eq!(access_token(&bench, &before).await, old);
}

#[tokio::test]
async fn an_authorisation_lapses_after_a_year_and_can_be_given_again() {
    let (bench, _, before) = connected().await;
    bench.clock.pass(365 * 24 * 3600 - 1);
    let session = bench.session_of(LIVE, "Harbour").await;
    assert_eq!(bench.status(&session).await[0].state, ConnectionState::Active);
    bench.clock.pass(1);
    let expired = bench.status(&session).await.remove(0);
    assert_eq!(expired.state, ConnectionState::Expired);
    let attempt = bench.begin(&session, "xero").await;
    approve(&bench, &browser::open(&bench, &attempt).await).await;
    let after = bench.status(&session).await.remove(0);
    assert_eq!((after.state, after.connection_id), (ConnectionState::Active, before.connection_id));
}

#[tokio::test]
async fn a_connection_that_never_came_about_keeps_its_id_for_the_next_try() {
    let bench = Bench::new().await;
    let session = bench.session_of(LIVE, "Harbour").await;
    let first = bench.begin(&session, "xero").await;
    deny(&bench, &browser::open(&bench, &first).await).await;
    let second = bench.begin(&session, "xero").await;
    assert_eq!(first.connection_id, second.connection_id);
    assert_ne!(first.attempt_id, second.attempt_id);
}
