//! How long an authorisation lasts: about twelve months, or less where the service's refresh tokens end before.

use connect_server::services::oauth::refresh::refresh_due;
use railz_connect_contract::{AddressResponse, Connection, ConnectionState, SessionResponse};
use serde_json::{Value, json};

use crate::support::browser::{self, come_back};
use crate::support::provider::Behaviour;
use crate::support::{LIVE, ServerOptions, TestServer};

type Session = SessionResponse<Value>;

const DAY: i64 = 24 * 3600;

async fn bench_with(service: &'static str, extra: &'static str) -> (TestServer, Session) {
    let server = TestServer::with_options(ServerOptions {
        services: vec![(service, extra)],
        ..ServerOptions::default()
    })
    .await;
    let session = server.session_of(LIVE, "Harbour").await;
    (server, session)
}

async fn sign_in(server: &TestServer, session: &Session, service: &str) -> AddressResponse {
    let attempt = server.begin(session, service).await;
    let popup = browser::open(server, &attempt).await;
    let code = server.provider.consent(&popup);
    come_back(server, &popup, &format!("code={code}&state={}&realmId=1", popup.state())).await;
    attempt
}

/// Until when the one connection lasts.
async fn lasts(server: &TestServer) -> (ConnectionState, String) {
    let session = server.session_of(LIVE, "Harbour").await;
    let shown = server.status(&session).await.remove(0);
    (shown.state, shown.expires_at.unwrap())
}

fn active_until(moment: &str) -> (ConnectionState, String) {
    (ConnectionState::Active, moment.to_owned())
}

#[tokio::test]
async fn what_the_token_answer_says_of_its_refresh_token_is_how_long_the_authorisation_lasts() {
    for (told, due) in [
        (json!({"x_refresh_token_expires_in": 864_000}), "2026-03-11T09:30:00Z"),
        (json!({"refresh_token_expires_in": "864000"}), "2026-03-11T09:30:00Z"),
        (json!({"refresh_expires_in": 864_000}), "2026-03-11T09:30:00Z"),
        (json!({"refresh_token_expires_at": "2026-04-01T00:00:00Z"}), "2026-04-01T00:00:00Z"),
        (json!({"refresh_token_expires_in": 99_999_999_999_u64}), "2027-03-01T09:30:00Z"),
        (json!({"refresh_expires_in": 0}), "2027-03-01T09:30:00Z"),
        (json!({"refresh_token_expires_in": "for ever"}), "2027-03-01T09:30:00Z"),
        (json!({}), "2027-03-01T09:30:00Z"),
    ] {
        let (server, session) = bench_with("plainBooks", "name = \"Plain Books\"").await;
        server.provider.says(told.clone());
        let attempt = sign_in(&server, &session, "plainBooks").await;
        let shown: Connection = server.poll(&session, &attempt, 0).await.json();
        assert_eq!(shown.expires_at.as_deref(), Some(due), "{told}");
    }
}

#[tokio::test]
async fn where_the_answer_does_not_say_what_is_known_of_the_service_counts() {
    let (server, session) = bench_with("quickbooks", "").await;
    sign_in(&server, &session, "quickbooks").await;
    assert_eq!(lasts(&server).await, active_until("2026-06-09T09:30:00Z"), "100 days");
    let (server, session) = bench_with("quickbooks", "refresh_token_days = 10").await;
    sign_in(&server, &session, "quickbooks").await;
    assert_eq!(lasts(&server).await, active_until("2026-03-11T09:30:00Z"), "the operator knows better");
}

#[tokio::test]
async fn a_refresh_makes_it_last_longer_but_never_beyond_twelve_months() {
    let (server, session) = bench_with("quickbooks", "").await;
    sign_in(&server, &session, "quickbooks").await;
    server.clock.pass(30 * DAY);
    assert_eq!(refresh_due(&server.app).await.unwrap(), 1);
    assert_eq!(lasts(&server).await, active_until("2026-07-09T09:30:00Z"));
    for _ in 0..3 {
        server.clock.pass(90 * DAY);
        refresh_due(&server.app).await.unwrap();
    }
    assert_eq!(lasts(&server).await, active_until("2027-03-01T09:30:00Z"));
}

#[tokio::test]
async fn a_refresh_does_not_revive_what_was_over() {
    let (server, session) = bench_with("quickbooks", "").await;
    sign_in(&server, &session, "quickbooks").await;
    // The server stood still for too long, and another business has connected the company meanwhile.
    server.clock.pass(101 * DAY);
    assert_eq!(lasts(&server).await.0, ConnectionState::Expired);
    let other = server.session_of(LIVE, "Quay").await;
    sign_in(&server, &other, "quickbooks").await;
    assert_eq!(server.status(&other).await[0].state, ConnectionState::Active);
    refresh_due(&server.app).await.unwrap();
    assert_eq!(lasts(&server).await.0, ConnectionState::Expired);
}

#[tokio::test]
async fn at_held_services_the_time_counts_from_the_sign_in_and_not_from_the_choice() {
    let extra = "accounts_url = \"@/lists/companies\"";
    let (server, session) = bench_with("sageBusinessCloud", extra).await;
    server.provider.lists("companies", json!({"$items": [{"id": "s-1", "displayed_as": "Juniper"}]}));
    let attempt = sign_in(&server, &session, "sageBusinessCloud").await;
    server.clock.pass(3600);
    let body = json!({"accountId": "s-1", "connectionId": attempt.connection_id}).to_string();
    let later = server.continue_session(LIVE, &session).await;
    let token = later.access_token.expose();
    assert_eq!(server.ask("POST", "/sageBusinessCloud/account", Some(token), &body).await.status, 201);
    assert_eq!(lasts(&server).await, active_until("2026-04-01T09:30:00Z"), "31 days");
}

#[tokio::test]
async fn a_refresh_that_was_overtaken_by_a_choice_does_not_undo_it() {
    let extra = "accounts_url = \"@/lists/companies\"";
    let (server, session) = bench_with("sageBusinessCloud", extra).await;
    server.provider.lists("companies", json!({"$items": [{"id": "s-1", "displayed_as": "Juniper"}]}));
    let attempt = sign_in(&server, &session, "sageBusinessCloud").await;
    let id = attempt.connection_id.unwrap();
    // A refresh has read both, and waits for the service while the person chooses.
    let read = server.app.store.credential(&id).await.unwrap().unwrap();
    let stands = server.app.store.connection(&id).await.unwrap().unwrap();
    let stands = stands.refreshed(server.app.now(), read.credential.lapses_at);
    let body = json!({"accountId": "s-1", "connectionId": id}).to_string();
    let token = session.access_token.expose();
    assert_eq!(server.ask("POST", "/sageBusinessCloud/account", Some(token), &body).await.status, 201);
    let replaced = server.app.store.replace_credential(read.version, &read.credential, Some(&stands)).await;
    assert_eq!(replaced.unwrap(), connect_server::store::Replaced::Yes);
    assert_eq!(lasts(&server).await, active_until("2026-04-01T09:30:00Z"));
}

#[tokio::test]
async fn a_refresh_token_that_is_kept_does_not_last_longer_for_it() {
    let extra = "refresh_token_days = 31";
    let (server, session) = bench_with("quickbooks", extra).await;
    sign_in(&server, &session, "quickbooks").await;
    let until = active_until("2026-04-01T09:30:00Z");
    assert_eq!(lasts(&server).await, until);
    server.provider.behave(Behaviour::NoRefreshToken);
    server.clock.pass(10 * DAY);
    let session = server.session_of(LIVE, "Harbour").await;
    sign_in(&server, &session, "quickbooks").await;
    assert_eq!(lasts(&server).await, until);
    server.clock.pass(22 * DAY);
    assert_eq!(lasts(&server).await.0, ConnectionState::Expired);
    let session = server.session_of(LIVE, "Harbour").await;
    sign_in(&server, &session, "quickbooks").await;
    assert_eq!(
        lasts(&server).await,
        active_until("2026-04-02T10:00:00Z"),
        "as long as the access token lives"
    );
}

#[tokio::test]
async fn an_authorisation_says_since_when_it_stands_and_whether_its_end_is_near() {
    let (server, session) = bench_with("plainBooks", "name = \"Plain Books\"").await;
    sign_in(&server, &session, "plainBooks").await;
    let shown = async || {
        let session = server.session_of(LIVE, "Harbour").await;
        let shown = server.status(&session).await.remove(0);
        (shown.state, shown.lapses_soon, shown.state_since.unwrap())
    };
    let (given, over) = ("2026-03-01T09:30:00Z".to_owned(), "2027-03-01T09:30:00Z".to_owned());
    assert_eq!(shown().await, (ConnectionState::Active, false, given.clone()));
    server.clock.pass(350 * DAY);
    assert_eq!(shown().await, (ConnectionState::Active, false, given.clone()));
    server.clock.pass(2 * DAY);
    assert_eq!(shown().await, (ConnectionState::Active, true, given));
    server.clock.pass(14 * DAY);
    assert_eq!(shown().await, (ConnectionState::Expired, false, over));
}
