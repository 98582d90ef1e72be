//! What is forgotten, and what is not.

use connect_server::sweep::{Swept, sweep};
use railz_connect_contract::{BUSINESS_NOT_FOUND, UseCase};
use serde_json::json;

use crate::support::browser::{self, approve, deny};
use crate::support::{Bench, LIVE, SANDBOX};

const DAY: i64 = 24 * 3600;

async fn is_known(bench: &Bench, widget: &str, business: &str) -> bool {
    let path = format!("/widget/session/{widget}?businessUuid={business}");
    let answer = bench.ask("POST", &path, None, "{}").await;
    answer.status.is_success() || {
        assert_eq!(answer.refusal(), (404, BUSINESS_NOT_FOUND.to_owned()));
        false
    }
}

#[tokio::test]
async fn a_business_that_connected_nothing_is_forgotten_after_a_day() {
    let bench = Bench::new().await;
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "xero").await;
    deny(&bench, &browser::open(&bench, &attempt).await).await;
    bench.clock.pass(DAY - 1);
    assert_eq!(sweep(&bench.app).await.unwrap(), Swept { attempts: 1, ..Swept::default() });
    bench.clock.pass(1);
    let swept = sweep(&bench.app).await.unwrap();
    assert_eq!((swept.sessions, swept.businesses), (1, 1));
    assert!(!is_known(&bench, LIVE, session.business_uuid.as_str()).await);
}

#[tokio::test]
async fn a_business_that_connected_something_stays() {
    let bench = Bench::new().await;
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "xero").await;
    approve(&bench, &browser::open(&bench, &attempt).await).await;
    bench.clock.pass(400 * DAY);
    assert_eq!(sweep(&bench.app).await.unwrap().businesses, 0);
    assert!(is_known(&bench, LIVE, session.business_uuid.as_str()).await);
}

#[tokio::test]
async fn a_business_whose_sandbox_posts_all_failed_is_forgotten_too() {
    let bench = Bench::new().await;
    let session = bench.session_of(SANDBOX, "Harbour").await;
    let address = bench.begin(&session, "railzSandbox").await;
    let body = json!({"code": UseCase::FailedConnection}).to_string();
    bench.ask("POST", &address.url, Some(session.access_token.expose()), &body).await;
    bench.clock.pass(DAY);
    assert_eq!(sweep(&bench.app).await.unwrap().businesses, 1);
}

#[tokio::test]
async fn nobody_is_forgotten_in_the_middle_of_a_visit() {
    let bench = Bench::new().await;
    let first = bench.session_of(LIVE, "Harbour").await;
    bench.clock.pass(DAY - 60);
    let visit = bench.session_of(LIVE, "Harbour").await;
    bench.clock.pass(120);
    assert_eq!(sweep(&bench.app).await.unwrap(), Swept { sessions: 1, ..Swept::default() });
    let attempt = bench.begin(&visit, "xero").await;
    approve(&bench, &browser::open(&bench, &attempt).await).await;
    assert_eq!(bench.status(&visit).await.len(), 1);
    assert_eq!(first.business_uuid, visit.business_uuid);
}

#[tokio::test]
async fn a_business_is_not_forgotten_while_its_person_is_at_the_provider() {
    let bench = Bench::new().await;
    let session = bench.session_of(LIVE, "Harbour").await;
    bench.clock.pass(DAY - 60);
    let attempt = bench.begin(&session, "xero").await;
    let popup = browser::open(&bench, &attempt).await;
    bench.clock.pass(120);
    let swept = sweep(&bench.app).await.unwrap();
    assert_eq!(swept, Swept { sessions: 1, ..Swept::default() }, "the session alone is over");
    approve(&bench, &popup).await;
    let visit = bench.session_of(LIVE, "Harbour").await;
    assert_eq!(bench.status(&visit).await.len(), 1);
}

#[tokio::test]
async fn an_attempt_is_remembered_for_an_hour_after_its_life() {
    let bench = Bench::new().await;
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "xero").await;
    bench.clock.pass(1800 + 3599);
    assert_eq!(sweep(&bench.app).await.unwrap().attempts, 0);
    assert_eq!(bench.poll(&session, &attempt, 0).await.refusal().0, 410);
    bench.clock.pass(1);
    assert_eq!(sweep(&bench.app).await.unwrap().attempts, 1);
}
