//! Looking deliveries up, and replaying them.

use axum::http::StatusCode;
use connect_server::sweep::sweep;
use serde_json::{Value, json};

use super::Setup;

#[tokio::test]
async fn a_delivery_that_was_given_up_is_replayed_with_the_same_event() {
    let setup = Setup::new().await;
    let (webhook, _) = setup.register("/hooks", json!({"events": ["auth"]})).await;
    setup.receiver.answers(500);
    setup.sign_in("Harbour").await;
    setup.deliver().await;
    setup.server.clock.pass(25 * 3600);
    setup.deliver().await;
    let failed = setup.deliveries(&webhook, "?state=failed").await.remove(0);
    let first = setup.receiver.take().remove(0);
    setup.receiver.answers(200);
    let id = failed["deliveryId"].as_str().unwrap();
    let path = format!("/v2/webhooks/{webhook}/deliveries/{id}/replay");
    let answer = setup.ask("POST", &path, &Value::Null).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text());
    let replayed: Value = answer.json();
    assert_eq!((&replayed["state"], &replayed["tries"]), (&json!("pending"), &json!(0)));
    assert_ne!(replayed["deliveryId"], failed["deliveryId"]);
    setup.deliver().await;
    let again = setup.receiver.take().remove(0);
    assert_eq!(again.raw, first.raw, "the same body");
    assert_eq!(again.header("webhook-id"), first.header("webhook-id"), "by which a receiver knows it again");
    assert_ne!(again.header("webhook-timestamp"), first.header("webhook-timestamp"));
    let states: Vec<_> =
        setup.deliveries(&webhook, "").await.iter().map(|delivery| delivery["state"].clone()).collect();
    assert_eq!(states, ["delivered", "failed"], "newest first");
    let nowhere = format!("/v2/webhooks/{webhook}/deliveries/DLV-1/replay");
    assert_eq!(setup.ask("POST", &nowhere, &Value::Null).await.refusal().0, 404);
}

#[tokio::test]
async fn deliveries_are_listed_by_page_and_state() {
    let setup = Setup::new().await;
    let (webhook, _) = setup.register("/hooks", json!({"events": ["auth"]})).await;
    for business in ["Harbour", "Quay", "Pier"] {
        setup.sign_in(business).await;
    }
    assert_eq!(setup.deliveries(&webhook, "?state=pending").await.len(), 3);
    setup.deliver().await;
    assert_eq!(setup.deliveries(&webhook, "?state=pending").await.len(), 0);
    let all = setup.deliveries(&webhook, "").await;
    let page = setup.deliveries(&webhook, "?limit=1&offset=1&state=delivered").await;
    assert_eq!(page, all[1..2]);
    let path = format!("/v2/webhooks/{webhook}/deliveries");
    let list: Value = setup.ask("GET", &format!("{path}?limit=1"), &Value::Null).await.json();
    assert_eq!(list["meta"]["count"], 3);
    for query in ["?state=lost", "?status=failed", "?limit=many"] {
        assert_eq!(
            setup.ask("GET", &format!("{path}{query}"), &Value::Null).await.refusal().0,
            400,
            "{query}"
        );
    }
}

#[tokio::test]
async fn what_was_over_a_month_ago_is_forgotten() {
    let setup = Setup::new().await;
    let (webhook, _) = setup.register("/hooks", json!({"events": ["auth"]})).await;
    setup.sign_in("Harbour").await;
    setup.deliver().await;
    setup.server.clock.pass(29 * 24 * 3600);
    assert_eq!(sweep(&setup.server.app).await.unwrap().deliveries, 0);
    setup.server.clock.pass(24 * 3600);
    assert_eq!(sweep(&setup.server.app).await.unwrap().deliveries, 1);
    assert!(setup.deliveries(&webhook, "").await.is_empty());
}
