//! How long an open session lives, from where it is asked, and what its end leaves.

use axum::http::StatusCode;
use railz_connect_contract::ConnectionState;

use super::{OTHER_PAGE, Session, from_page};
use crate::support::browser::{self, approve};
use crate::support::statements::keeping_statements;
use crate::support::{LIVE, TestServer, request};

#[tokio::test]
async fn an_open_session_says_what_it_is_and_when_it_ends() {
    let server = TestServer::new().await;
    let answer =
        server.ask("POST", &format!("/widget/session/{LIVE}?businessName=Harbour"), None, "{}").await;
    let session: serde_json::Value = answer.json();
    assert_eq!(session["sessionKind"], "open");
    assert_eq!(session["expiresAt"], "2026-03-01T10:30:00Z", "an hour from now");
    assert_eq!((session.get("state"), session.get("successUrl")), (None, None));
}

#[tokio::test]
async fn a_use_is_written_down_once_in_five_minutes_at_most() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let writes = async || {
        let asking = server.get("/widget/status", session.access_token.expose());
        let (answer, statements) = keeping_statements(asking).await;
        assert_eq!(answer.status, StatusCode::OK);
        statements.iter().filter(|statement| statement.sql.starts_with("UPDATE")).count()
    };
    assert_eq!(writes().await, 0);
    server.clock.pass(299);
    assert_eq!(writes().await, 0);
    server.clock.pass(1);
    assert_eq!(writes().await, 1);
    assert_eq!(writes().await, 0);
    server.clock.pass(3599);
    assert_eq!(writes().await, 1, "it is an hour from the last use");
}

#[tokio::test]
async fn an_open_session_is_bound_to_the_page_that_opened_it() {
    // A token that another page of the customer had come by used to work there.
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let token = Some(session.access_token.expose());
    let asked = || request("GET", "/widget/status", token, "");
    let (status, message) = server.send(from_page(Some(OTHER_PAGE), asked())).await.refusal();
    assert_eq!(status, 403);
    assert!(message.contains("not opened by the page http://b.localhost:4711"), "{message}");
    assert_eq!(server.send(asked()).await.status, StatusCode::OK);
    // A page of the server's own origin sends none with a GET.
    assert_eq!(server.send(from_page(None, asked())).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_open_session_ends_when_its_page_has_no_more_use_for_it() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let other = server.session_of(LIVE, "Harbour").await;
    server.end_session(&session).await;
    assert_eq!(server.get("/widget/status", session.access_token.expose()).await.refusal().0, 401);
    let again = server.ask("DELETE", "/widget/session", Some(session.access_token.expose()), "").await;
    assert_eq!(again.refusal().0, 401);
    assert!(server.status(&other).await.is_empty(), "and no other ends along");
}

#[tokio::test]
async fn a_sign_in_under_way_goes_on_when_its_session_ends() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let popup = browser::open(&server, &attempt).await;
    server.end_session(&session).await;
    approve(&server, &popup).await;
    let later: Session = server.session_of(LIVE, "Harbour").await;
    assert_eq!(server.status(&later).await[0].state, ConnectionState::Active);
}
