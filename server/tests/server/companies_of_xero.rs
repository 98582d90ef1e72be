//! Xero's organisations: the one that this sign-in granted, several of them, and those granted before.

use railz_connect_contract::ConnectionState;
use serde_json::{Value, json};

use crate::companies::Session;
use crate::support::browser::{self, approve};
use crate::support::{LIVE, TestServer};

#[tokio::test]
async fn xero_takes_the_tenant_that_was_granted_in_this_very_sign_in() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    // {"authentication_event_id":"evt-7"}
    let token = "e30.eyJhdXRoZW50aWNhdGlvbl9ldmVudF9pZCI6ImV2dC03In0.x";
    server.provider.says(json!({"access_token": token}));
    server.provider.lists(
        "connections",
        json!([{"tenantId": "T-2", "tenantName": "Finch Joinery"}, {"tenantId": "T-9", "tenantName": "Nine"}]),
    );
    let attempt = server.begin(&session, "xero").await;
    approve(&server, &browser::open(&server, &attempt).await).await;
    let told: Value = server.poll(&session, &attempt, 0).await.json();
    assert_eq!((&told["state"], &told["serviceAccountRef"]["id"]), (&json!("active"), &json!("T-2")));
    assert_eq!(told["accountName"], "Finch Joinery");
    let asked = server.provider.lists_asked();
    assert_eq!(asked[0].0, "connections?authEventId=evt-7");
    assert_eq!(asked[0].1["authorization"], format!("Bearer {token}"));

    server.provider.lists("connections", json!([{"tenantId": "T-9"}, {"tenantId": "T-2"}]));
    let attempt = server.begin(&session, "xero").await;
    approve(&server, &browser::open(&server, &attempt).await).await;
    let again: Value = server.poll(&session, &attempt, 0).await.json();
    assert_eq!(again["serviceAccountRef"]["id"], "T-2", "the same one among several");
}

/// Signs in to Xero, where the event of this sign-in granted these tenants and earlier ones granted all.
async fn sign_in_to_xero(server: &TestServer, session: &Session, extra: &str, now: Value) -> Value {
    // {"authentication_event_id":"evt-7"}
    let token = "e30.eyJhdXRoZW50aWNhdGlvbl9ldmVudF9pZCI6ImV2dC03In0.x";
    server.provider.says(json!({"access_token": token}));
    server.provider.lists("connections?authEventId=evt-7", now);
    let attempt = server.ask_to_begin(session, "xero", extra).await.json();
    approve(server, &browser::open(server, &attempt).await).await;
    server.poll(session, &attempt, 0).await.json()
}

#[tokio::test]
async fn several_organisations_of_xero_are_a_choice_where_the_widget_shows_one() {
    // The first one used to be taken without a word.
    let server = TestServer::new().await;
    let several =
        json!([{"tenantId": "T-2", "tenantName": "Two"}, {"tenantId": "T-9", "tenantName": "Nine"}]);
    let session = server.session_of(LIVE, "Harbour").await;
    let told = sign_in_to_xero(&server, &session, "&canChoose=true", several.clone()).await;
    assert_eq!(
        (&told["state"], &told["accounts"]),
        (&json!("pending"), &json!({"T-2": "Two", "T-9": "Nine"}))
    );
    let body = json!({"accountId": "T-9", "connectionId": told["connectionId"]}).to_string();
    let answer = server.ask("POST", "/xero/account", Some(session.access_token.expose()), &body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let status = server.status(&session).await.remove(0);
    assert_eq!((status.state, status.account_name.as_deref()), (ConnectionState::Active, Some("Nine")));

    let alone = server.session_of(LIVE, "Quay").await;
    let told = sign_in_to_xero(
        &server,
        &alone,
        "&canChoose=true",
        json!([{"tenantId": "T-3", "tenantName": "Three"}]),
    )
    .await;
    assert_eq!(told["state"], "active", "one is no choice");
    let older = server.session_of(LIVE, "Older").await;
    let told = sign_in_to_xero(&server, &older, "", several).await;
    assert_eq!(told["serviceAccountRef"]["id"], "T-2", "2.23 shows no choice for Xero");
}

#[tokio::test]
async fn an_organisation_of_xero_that_was_granted_before_is_never_taken_for_the_one_that_was_meant() {
    // The first of all that this person had ever granted used to be connected.
    let server = TestServer::new().await;
    server.provider.lists(
        "connections",
        json!([{"tenantId": "T-1", "tenantName": "One"}, {"tenantId": "T-2", "tenantName": "Two"}]),
    );
    let session = server.session_of(LIVE, "Harbour").await;
    let told = sign_in_to_xero(&server, &session, "", json!([])).await;
    assert_eq!(told["error"]["statusCode"], 502, "{told}");
    assert!(server.status(&session).await.is_empty());
    let told = sign_in_to_xero(&server, &session, "&canChoose=true", json!([])).await;
    assert_eq!(told["state"], "pending", "a choice among all");
}
