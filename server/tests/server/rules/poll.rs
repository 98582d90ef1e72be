//! How long a poll is held, and what it says (contract rules P1 to P3).

use std::time::Instant;

use reqwest::Method;
use serde_json::Value;
use tokio::time::timeout;

use super::{ContractServer, HELD};
use crate::support::browser::{self, approve};
use crate::support::poll_path;

#[tokio::test]
async fn a_poll_without_news_is_held_for_the_whole_time_and_asked_again_once() {
    let world = ContractServer::new().await;
    let session = world.server.session_of("PROD_demo", "Harbour").await;
    let attempt = world.server.begin(&session, "xero").await;
    let id = attempt.connection_id.as_ref().unwrap();
    let milliseconds = HELD.as_millis();
    let paths =
        [format!("/widget/connection/updates/{id}?timeoutInMs={milliseconds}"), poll_path(&attempt, 600)];
    for path in paths {
        let begun = Instant::now();
        let said = world.get(&path, &session).await;
        assert!(begun.elapsed() >= HELD, "answered after {:?}", begun.elapsed());
        assert_eq!(said.status, 404, "never 408, which browsers send again by themselves");
        assert_eq!(said.body["error"]["message"], "Connection timeout - Updates not found");
        assert_eq!(said.body["error"]["statusCode"], 404);
    }
    world.end().await;
}

#[tokio::test]
async fn a_poll_of_zero_or_less_is_answered_now_with_null() {
    let world = ContractServer::new().await;
    let session = world.server.session_of("PROD_demo", "Harbour").await;
    let attempt = world.server.begin(&session, "xero").await;
    let id = attempt.connection_id.as_ref().unwrap();
    for wait in ["0", "-1", "-120000"] {
        let path = format!("/widget/connection/updates/{id}?timeoutInMs={wait}");
        // Where the number counted for nothing it would be held for the usual two minutes, which `send` does not wait.
        let token = Some(session.access_token.expose());
        let response = world.send(Method::GET, &path, token, "").await;
        assert_eq!((response.status().as_u16(), response.text().await.unwrap().as_str()), (200, "null"));
    }
    world.end().await;
}

#[tokio::test]
async fn a_poll_that_was_abandoned_is_followed_by_one_of_zero() {
    let world = ContractServer::new().await;
    let session = world.server.session_of("PROD_demo", "Harbour").await;
    let attempt = world.server.begin(&session, "xero").await;
    let id = attempt.connection_id.as_ref().unwrap();
    let path = |wait| format!("/widget/connection/updates/{id}?timeoutInMs={wait}");
    let long = path(120_000);
    assert!(timeout(HELD, world.get(&long, &session)).await.is_err(), "it is held");
    let said = world.get(&path(0), &session).await;
    assert_eq!((said.status, &said.body), (200, &Value::Null));
    let popup = browser::open(&world.server, &attempt).await;
    approve(&world.server, &popup).await;
    let said = world.get(&path(0), &session).await;
    assert_eq!((said.status, &said.body["state"]), (200, &Value::from("active")));
    world.end().await;
}
