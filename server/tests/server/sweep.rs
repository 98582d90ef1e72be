//! What is forgotten, and what is not.

use connect_server::sweep::{Swept, sweep};
use railz_connect_contract::{BUSINESS_NOT_FOUND, UseCase};
use serde_json::json;

use crate::support::browser::{self, approve, deny};
use crate::support::secret_key::minted_session;
use crate::support::{LIVE, SANDBOX, TestServer};

const DAY: i64 = 24 * 3600;

async fn is_known(server: &TestServer, widget: &str, business: &str) -> bool {
    let path = format!("/widget/session/{widget}?businessUuid={business}");
    let answer = server.ask("POST", &path, None, "{}").await;
    answer.status.is_success() || {
        assert_eq!(answer.refusal(), (404, BUSINESS_NOT_FOUND.to_owned()));
        false
    }
}

#[tokio::test]
async fn a_business_that_connected_nothing_is_forgotten_a_day_after_its_last_session() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    deny(&server, &browser::open(&server, &attempt).await).await;
    server.clock.pass(DAY - 1);
    assert_eq!(sweep(&server.app).await.unwrap(), Swept { attempts: 1, ..Swept::default() });
    // Its session was over an hour after its last use, and could be continued for a day.
    server.clock.pass(3600);
    assert_eq!(sweep(&server.app).await.unwrap(), Swept::default());
    server.clock.pass(1);
    let swept = sweep(&server.app).await.unwrap();
    assert_eq!((swept.sessions, swept.visits, swept.businesses), (1, 1, 1));
    assert!(!is_known(&server, LIVE, session.business_uuid.as_str()).await);
}

#[tokio::test]
async fn a_business_that_connected_something_stays() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    approve(&server, &browser::open(&server, &attempt).await).await;
    server.clock.pass(400 * DAY);
    assert_eq!(sweep(&server.app).await.unwrap().businesses, 0);
    assert!(is_known(&server, LIVE, session.business_uuid.as_str()).await);
}

#[tokio::test]
async fn a_business_whose_sandbox_posts_all_failed_is_forgotten_too() {
    let server = TestServer::new().await;
    let session = server.session_of(SANDBOX, "Harbour").await;
    let address = server.begin(&session, "railzSandbox").await;
    let body = json!({"code": UseCase::FailedConnection}).to_string();
    server.ask("POST", &address.url, Some(session.access_token.expose()), &body).await;
    server.clock.pass(DAY + 3600);
    assert_eq!(sweep(&server.app).await.unwrap().businesses, 1);
}

#[tokio::test]
async fn nobody_is_forgotten_in_the_middle_of_a_visit() {
    let server = TestServer::new().await;
    let first = server.session_of(LIVE, "Harbour").await;
    server.clock.pass(DAY - 60);
    let later = server.session_of(LIVE, "Harbour").await;
    server.clock.pass(3720);
    assert_eq!(sweep(&server.app).await.unwrap(), Swept { sessions: 1, visits: 1, ..Swept::default() });
    let later = server.continue_session(LIVE, &later).await;
    let attempt = server.begin(&later, "xero").await;
    approve(&server, &browser::open(&server, &attempt).await).await;
    assert_eq!(server.status(&later).await.len(), 1);
    assert_eq!(first.business_uuid, later.business_uuid);
}

#[tokio::test]
async fn a_business_is_not_forgotten_while_its_person_is_at_the_provider() {
    let server = TestServer::new().await;
    let first = server.session_of(LIVE, "Harbour").await;
    server.end_session(&first).await;
    server.clock.pass(DAY - 60);
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let popup = browser::open(&server, &attempt).await;
    server.end_session(&session).await;
    server.clock.pass(120);
    let swept = sweep(&server.app).await.unwrap();
    assert_eq!(swept, Swept { visits: 1, ..Swept::default() }, "that of the first session alone");
    approve(&server, &popup).await;
    let later = server.session_of(LIVE, "Harbour").await;
    assert_eq!(server.status(&later).await.len(), 1);
}

#[tokio::test]
async fn an_attempt_is_remembered_for_an_hour_after_its_life() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    server.clock.pass(1800 + 3599);
    assert_eq!(sweep(&server.app).await.unwrap().attempts, 0);
    let later = minted_session(&server, LIVE, "Harbour").await;
    assert_eq!(server.poll(&later, &attempt, 0).await.refusal().0, 410);
    server.clock.pass(1);
    assert_eq!(sweep(&server.app).await.unwrap().attempts, 1);
}
