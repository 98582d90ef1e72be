//! `GET /v2/events`.

use connect_server::domain::secret_key::Scope;
use serde_json::Value;

use super::ask_with;
use crate::support::browser::{self, approve};
use crate::support::secret_key::add_key;
use crate::support::{LIVE, SANDBOX, TestServer};

async fn list(server: &TestServer, key: &str, query: &str) -> Vec<Value> {
    let answer = ask_with(server, key, "GET", &format!("/v2/events{query}"), "").await;
    if answer.status == 204 {
        return Vec::new();
    }
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    let answer: Value = answer.json();
    answer["data"].as_array().unwrap().clone()
}

fn actions(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["action"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_back_end_reads_what_was_done_through_its_own_widget_and_nothing_else() {
    let server = TestServer::new().await;
    let (key, _) = add_key(&server, LIVE, &[Scope::Read]).await;
    assert_eq!(list(&server, key.expose(), "").await, Vec::<Value>::new());
    server.session_of(SANDBOX, "Quay").await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    server.clock.pass(60);
    approve(&server, &browser::open(&server, &attempt).await).await;
    let other = server.session_of(LIVE, "Mill").await;

    let key = key.expose();
    let events = list(&server, key, "").await;
    assert_eq!(
        actions(&events),
        ["openSession", "beginSignIn", "leaveForService", "connect", "finishSignIn", "openSession"]
    );
    assert!(events[0]["eventId"].as_str().unwrap().starts_with("AUD-"));
    assert_eq!(events[0]["statusCode"], 200);
    assert_eq!(events[4]["actor"], serde_json::json!({"kind": "service", "id": "xero"}));
    assert_eq!(events[4]["occurredAt"], "2026-03-01T09:31:00Z");

    let of = format!("?businessUuid={}", other.business_uuid);
    assert_eq!(actions(&list(&server, key, &of).await), ["openSession"]);
    let of = format!("?connectionId={}&action=connect", attempt.connection_id.unwrap());
    assert_eq!(actions(&list(&server, key, &of).await), ["connect"]);
    let later = "?since=2026-03-01T09:30:30Z&until=2026-03-01T09:31:01Z&outcome[]=done&limit=2&offset=1";
    assert_eq!(actions(&list(&server, key, later).await), ["connect", "finishSignIn"]);
    assert_eq!(list(&server, key, "?outcome=refused").await.len(), 0);
}

#[tokio::test]
async fn a_filter_that_cannot_be_read_and_a_key_without_the_scope_are_refused_by_name() {
    let server = TestServer::new().await;
    let (key, _) = add_key(&server, LIVE, &[Scope::Read]).await;
    for (query, reason) in [
        ("?since=yesterday", "since must be a time"),
        ("?action=steal", "action must be one of openSession"),
        ("?widget=other", "there is no filter"),
    ] {
        let answer = ask_with(&server, key.expose(), "GET", &format!("/v2/events{query}"), "").await;
        let (status, message) = answer.refusal();
        assert!(status == 400 && message.contains(reason), "{message}");
    }
    let (writer, _) = add_key(&server, LIVE, &[Scope::Write]).await;
    let answer = ask_with(&server, writer.expose(), "GET", "/v2/events", "").await;
    assert!(answer.refusal().1.contains("lacks the scope read"), "{}", answer.text());
}
