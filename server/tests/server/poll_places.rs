//! How many polls are held at once: what is beyond hears soon that nothing has happened, and keeps nobody's place.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use connect_server::held_polls::MOST_OF_A_VISIT;
use railz_connect_contract::{
    AddressResponse, CONNECTION_TIMEOUT, Connection, ConnectionState, SessionResponse,
};
use serde_json::Value;
use tokio::task::JoinHandle;

use crate::support::browser::{self, approve};
use crate::support::statements::keeping_statements;
use crate::support::{Answer, LIVE, ServerOptions, TestServer, poll_path, request, send};

/// Longer than any test waits: who is answered was not held.
const HELD: i64 = 120_000;

type Session = SessionResponse<Value>;

async fn holding_at_most(polls: usize) -> TestServer {
    let top = format!("[requests]\nheld_polls = {polls}");
    TestServer::with_options(ServerOptions { top, ..ServerOptions::default() }).await
}

/// A poll that is held.
fn hold(server: &TestServer, session: &Session, of: &AddressResponse) -> JoinHandle<Answer> {
    let (router, token) = (server.router.clone(), session.access_token.expose().to_owned());
    let path = poll_path(of, HELD);
    tokio::spawn(async move { send(&router, request("GET", &path, Some(&token), "")).await })
}

async fn hears_soon(server: &TestServer, session: &Session, of: &AddressResponse) {
    let answer = server.poll(session, of, HELD).await;
    assert_eq!(answer.refusal(), (404, CONNECTION_TIMEOUT.to_owned()));
}

#[tokio::test]
async fn a_visit_holds_few_polls_and_hears_the_rest_at_once() {
    // One session used to fill every place of the server, by itself.
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let held: Vec<_> = (0..MOST_OF_A_VISIT).map(|_| hold(&server, &session, &attempt)).collect();
    server.until_held(MOST_OF_A_VISIT).await;
    hears_soon(&server, &session, &attempt).await;
    let later = server.continue_session(LIVE, &session).await;
    hears_soon(&server, &later, &attempt).await;

    let other = server.session_of(LIVE, "Harbour").await;
    let of_other = server.begin(&other, "xero").await;
    let held_too = hold(&server, &other, &of_other);
    server.until_held(MOST_OF_A_VISIT + 1).await;

    approve(&server, &browser::open(&server, &attempt).await).await;
    for poll in held {
        assert_eq!(poll.await.unwrap().json::<Connection>().state, ConnectionState::Active);
    }
    assert!(!held_too.is_finished(), "nobody else is kept from waiting");
    held_too.abort();
}

#[tokio::test]
async fn where_all_places_are_taken_a_poll_tells_how_it_stands_and_is_no_error() {
    let server = holding_at_most(1).await;
    let stranger = server.session_of(LIVE, "Another").await;
    let of_stranger = server.begin(&stranger, "xero").await;
    let held = hold(&server, &stranger, &of_stranger);
    server.until_held(1).await;

    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    hears_soon(&server, &session, &attempt).await;
    let answer = server.poll(&session, &attempt, 0).await;
    assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, "null"));
    approve(&server, &browser::open(&server, &attempt).await).await;
    let connection: Connection = server.poll(&session, &attempt, HELD).await.json();
    assert_eq!(connection.state, ConnectionState::Active);
    held.abort();
}

#[tokio::test]
async fn a_client_that_goes_away_gives_its_place_back() {
    let server = holding_at_most(1).await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    for _ in 0..3 {
        let held = hold(&server, &session, &attempt);
        server.until_held(1).await;
        hears_soon(&server, &session, &attempt).await;
        held.abort();
        server.until_held(0).await;
    }
    let begun = Instant::now();
    server.poll(&session, &attempt, 300).await;
    assert!(begun.elapsed() >= Duration::from_millis(300), "it is held again");
}

#[tokio::test]
async fn a_client_of_2_23_without_a_place_rests_a_second_since_it_would_ask_again_in_the_same_moment() {
    let server = holding_at_most(0).await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let path = poll_path(&attempt, HELD);
    let (as_before, _) = path.split_once("&attemptId").unwrap();
    let begun = Instant::now();
    let answer = server.get(as_before, session.access_token.expose()).await;
    assert_eq!(answer.refusal(), (404, CONNECTION_TIMEOUT.to_owned()));
    assert!(begun.elapsed() >= Duration::from_secs(1), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_poll_looks_for_companies_and_choices_when_something_has_happened_and_not_before() {
    // Each look of each poll used to read all companies and open choices of the business.
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let reads = async || {
        let (answer, statements) = keeping_statements(server.poll(&session, &attempt, 0)).await;
        assert_eq!(answer.status, StatusCode::OK);
        let tables = ["company_bindings", "pending_choices"];
        tables.map(|table| statements.iter().filter(|statement| statement.sql.contains(table)).count())
    };
    assert_eq!(reads().await, [0, 0]);
    approve(&server, &browser::open(&server, &attempt).await).await;
    assert_eq!(reads().await, [1, 1]);
}
