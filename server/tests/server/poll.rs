//! The long poll: held, woken at once, and about its own attempt only.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use connect_server::domain::attempt::Stage;
use connect_server::sweep::sweep;
use railz_connect_contract::{CONNECTION_TIMEOUT, Connection, ConnectionState};
use tokio::time::sleep;

use crate::support::browser::{self, approve, deny};
use crate::support::{Answer, LIVE, ServerOptions, TestServer, poll_path, request, send};

const SOON: Duration = Duration::from_millis(150);

#[tokio::test]
async fn a_held_poll_is_woken_the_moment_the_callback_has_finished() {
    // The bench re-reads once an hour, so only the nudge can end this.
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let popup = browser::open(&server, &attempt).await;
    let (router, token) = (server.router.clone(), session.access_token.expose().to_owned());
    let path = poll_path(&attempt, 120_000);
    let poll = tokio::spawn(async move { send(&router, request("GET", &path, Some(&token), "")).await });
    server.until_held(1).await;
    sleep(SOON).await;
    assert!(!poll.is_finished(), "the poll is held");
    approve(&server, &popup).await;
    // `send` waits a sixth of the time that the poll would be held.
    let connection: Connection = poll.await.unwrap().json();
    assert_eq!(connection.state, ConnectionState::Active);
}

#[tokio::test]
async fn a_poll_that_was_not_woken_finds_out_by_reading_again() {
    let server = TestServer::with_options(ServerOptions {
        reread: Duration::from_millis(50),
        ..ServerOptions::default()
    })
    .await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    // Another process ends the attempt: nobody is nudged here.
    let stored = server.app.store.attempt(attempt.attempt_id.as_ref().unwrap()).await.unwrap().unwrap();
    let (router, token) = (server.router.clone(), session.access_token.expose().to_owned());
    let path = poll_path(&attempt, 120_000);
    let poll = tokio::spawn(async move { send(&router, request("GET", &path, Some(&token), "")).await });
    server.until_held(1).await;
    sleep(SOON).await;
    let was = stored.expected_stage();
    let refusal = connect_server::domain::attempt::Refusal::AccessDenied;
    let ended = stored.end(connect_server::domain::attempt::Outcome::Refused(refusal));
    server.app.store.replace_attempt(was, &ended).await.unwrap();
    let connection: Connection = poll.await.unwrap().json();
    assert_eq!(connection.state, ConnectionState::Invalid);
}

#[tokio::test]
async fn a_poll_without_news_is_held_to_its_end_and_then_says_the_exact_words() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let begun = Instant::now();
    let answer = server.poll(&session, &attempt, 400).await;
    assert!(begun.elapsed() >= Duration::from_millis(400), "{:?}", begun.elapsed());
    assert_eq!(answer.refusal(), (404, CONNECTION_TIMEOUT.to_owned()));
    assert_eq!(answer.refusal().1, "Connection timeout - Updates not found");
}

#[tokio::test]
async fn a_poll_without_patience_answers_null_where_nothing_has_happened() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    for timeout_ms in [0, -5] {
        let answer = server.poll(&session, &attempt, timeout_ms).await;
        assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, "null"));
    }
    browser::open(&server, &attempt).await;
    assert_eq!(server.poll(&session, &attempt, 0).await.text(), "null");
}

#[tokio::test]
async fn an_older_active_connection_cannot_pass_for_a_new_attempt() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let older = server.begin(&session, "xero").await;
    approve(&server, &browser::open(&server, &older).await).await;
    let newer = server.begin(&session, "xero").await;
    assert_eq!(newer.connection_id, older.connection_id);
    assert_eq!(server.poll(&session, &newer, 0).await.text(), "null");
    assert_eq!(server.poll(&session, &newer, 100).await.refusal().1, CONNECTION_TIMEOUT);
    let connection: Connection = server.poll(&session, &older, 0).await.json();
    assert_eq!(connection.state, ConnectionState::Active, "the older one's end stays what it was");
    deny(&server, &browser::open(&server, &newer).await).await;
    let connection: Connection = server.poll(&session, &newer, 0).await.json();
    assert_eq!(connection.state, ConnectionState::Invalid);
    let connection: Connection = server.poll(&session, &older, 0).await.json();
    assert_eq!(connection.state, ConnectionState::Active);
}

async fn poll_as_before(server: &TestServer, token: &str, connection: &str, wait: i64) -> Answer {
    let path = format!("/widget/connection/updates/{connection}?timeoutInMs={wait}");
    server.get(&path, token).await
}

#[tokio::test]
async fn a_client_that_knows_no_attempts_hears_of_the_newest_one() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let token = session.access_token.expose();
    let older = server.begin(&session, "xero").await;
    let id = older.connection_id.as_ref().unwrap().as_str();
    approve(&server, &browser::open(&server, &older).await).await;
    let connection: Connection = poll_as_before(&server, token, id, 1000).await.json();
    assert_eq!(connection.state, ConnectionState::Active);
    let newer = server.begin(&session, "xero").await;
    assert_eq!(poll_as_before(&server, token, id, 100).await.refusal().1, CONNECTION_TIMEOUT);
    assert_eq!(poll_as_before(&server, token, id, 0).await.text(), "null");
    approve(&server, &browser::open(&server, &newer).await).await;
    assert_eq!(
        poll_as_before(&server, token, id, 0).await.json::<Connection>().state,
        ConnectionState::Active
    );
}

#[tokio::test]
async fn a_client_that_knows_no_attempts_hears_no_error_after_going_back() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let token = session.access_token.expose();
    let attempt = server.begin(&session, "xero").await;
    let id = attempt.connection_id.as_ref().unwrap().as_str();
    let popup = browser::open(&server, &attempt).await;
    let failed = format!("error=server_error&state={}", popup.state());
    browser::come_back(&server, &popup, &failed).await;
    assert_eq!(poll_as_before(&server, token, id, 1000).await.refusal().0, 502);
    assert_eq!(poll_as_before(&server, token, id, 0).await.text(), "null");
    assert_eq!(server.poll(&session, &attempt, 0).await.refusal().0, 502, "ours asks for it by name");
}

#[tokio::test]
async fn a_poll_ends_when_the_attempts_life_does() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    server.clock.pass(1800);
    // `poll` itself waits a third of this time.
    let (status, message) = server.poll(&session, &attempt, 60_000).await.refusal();
    assert_eq!(status, 410);
    assert!(message.contains("took too long"), "{message}");
}

#[tokio::test]
async fn a_poll_for_anothers_connection_or_attempt_is_refused_with_other_words() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let other = server.session_of(LIVE, "Another").await;
    let others = server.begin(&other, "xero").await;
    let id = attempt.connection_id.as_ref().unwrap();
    for (who, path) in [
        (&other, poll_path(&attempt, 1000)),
        (&other, format!("/widget/connection/updates/{id}?timeoutInMs=0")),
        (&session, "/widget/connection/updates/CON-0?timeoutInMs=1000".to_owned()),
        (&session, format!("/widget/connection/updates/{id}?timeoutInMs=1000&attemptId=ATT-0")),
    ] {
        let answer = server.get(&path, who.access_token.expose()).await;
        let (status, message) = answer.refusal();
        assert_eq!(status, 404, "{path}");
        assert_ne!(message, CONNECTION_TIMEOUT, "{path}");
    }
    let mixed = format!(
        "/widget/connection/updates/{}?timeoutInMs=1000&attemptId={}",
        attempt.connection_id.as_ref().unwrap(),
        others.attempt_id.as_ref().unwrap()
    );
    let (status, message) = server.get(&mixed, session.access_token.expose()).await.refusal();
    assert_eq!(status, 404);
    assert!(message.contains("attempt"), "{message}");
}

#[tokio::test]
async fn a_wait_that_is_no_number_is_refused_with_a_message() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    for wait in ["soon", "", "NaN", "inf"] {
        let path = format!("/widget/connection/updates/CON-0?timeoutInMs={wait}");
        let (status, message) = server.get(&path, session.access_token.expose()).await.refusal();
        assert_eq!(status, 400, "{wait:?}");
        assert!(message.contains("timeoutInMs"), "{message}");
    }
}

#[tokio::test]
async fn a_wait_may_have_a_fraction_because_browsers_reckon_1_1_seconds_so() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let path = poll_path(&attempt, 0).replace("timeoutInMs=0", "timeoutInMs=110.00000000000001");
    let begun = Instant::now();
    let answer = server.get(&path, session.access_token.expose()).await;
    assert_eq!(answer.refusal(), (404, CONNECTION_TIMEOUT.to_owned()));
    assert!(begun.elapsed() >= Duration::from_millis(110), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn going_back_long_after_the_last_attempt_is_no_error_for_a_client_that_knows_none() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    server.clock.pass(1800 + 3600);
    assert_eq!(sweep(&server.app).await.unwrap().attempts, 1);
    let id = attempt.connection_id.as_ref().unwrap().as_str();
    let later = server.session_of(LIVE, "Harbour").await;
    let token = later.access_token.expose();
    assert_eq!(poll_as_before(&server, token, id, 0).await.text(), "null");
    assert_eq!(poll_as_before(&server, token, id, 1000).await.refusal().0, 410);
}

#[tokio::test]
async fn a_sign_in_that_was_lost_on_the_way_is_over_soon_and_not_at_the_end_of_its_life() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    browser::open(&server, &attempt).await;
    // The server took the callback and fell over before it stored what came of it.
    let store = &server.app.store;
    let stored = store.attempt(attempt.attempt_id.as_ref().unwrap()).await.unwrap().unwrap();
    let was = stored.expected_stage();
    let Stage::AtProvider(trip) = &stored.stage else { panic!("{:?}", stored.stage) };
    let cookie = Some(trip.cookie);
    let (finishing, _) = stored.accept_callback(cookie, server.app.now()).unwrap();
    store.replace_attempt(was, &finishing).await.unwrap();
    assert_eq!(server.poll(&session, &attempt, 0).await.text(), "null");
    server.clock.pass(269);
    assert_eq!(server.poll(&session, &attempt, 0).await.text(), "null", "it may still be exchanging");
    server.clock.pass(1);
    assert_eq!(server.poll(&session, &attempt, 60_000).await.refusal().0, 410);
}

#[tokio::test]
async fn the_end_of_the_server_ends_held_polls_so_that_clients_ask_again() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let ending = server.app.ending.clone();
    tokio::spawn(async move {
        sleep(SOON).await;
        ending.cancel();
    });
    let answer = server.poll(&session, &attempt, 120_000).await;
    assert_eq!(answer.refusal(), (404, CONNECTION_TIMEOUT.to_owned()));
}
