//! `PUT /v2/connections/disconnect` and `DELETE /v2/connections/{connectionId}`.

use std::time::Duration;

use axum::http::StatusCode;
use railz_connect_contract::ConnectionId;
use serde_json::{Value, json};

use super::BackEnd;
use crate::support::provider::Behaviour;
use crate::support::{LIVE, TestServer};

const GIVES_BACK: &str = "revoke_url = \"@/revoke\"\nrevocation_ends = \"grant\"";

async fn disconnect(api: &BackEnd, id: &str) -> Value {
    let body = json!({ "connectionId": id }).to_string();
    let answer = api.ask("PUT", "/v2/connections/disconnect", &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

async fn revoked(server: &TestServer) -> Vec<String> {
    server.settled().await;
    server.provider.revoked()
}

#[tokio::test]
async fn a_disconnected_connection_loses_its_tokens_and_the_service_is_asked_to_revoke_them() {
    let api = BackEnd::with_books(GIVES_BACK).await;
    let id = api.connect("Harbour", "1").await;
    api.server.clock.pass(60);
    let answer = disconnect(&api, &id).await;
    assert_eq!(answer["connectionId"], id.as_str());
    assert_eq!(answer["status"], "disconnected");
    assert_eq!(answer["disconnectReason"], "disconnectedByCustomer");
    assert_eq!(answer["updatedAt"], "2026-03-01T09:31:00Z");
    assert_eq!(answer["revocation"], "requested");
    assert!(api.server.app.store.credential(&ConnectionId::new(id.as_str())).await.unwrap().is_none());
    assert_eq!(revoked(&api.server).await, ["refresh-2"]);

    let again = disconnect(&api, &id).await;
    assert_eq!((&again["status"], &again["revocation"]), (&json!("disconnected"), &json!("notOffered")));
    assert_eq!(again["updatedAt"], "2026-03-01T09:31:00Z");
    let session = api.server.session_of(LIVE, "Harbour").await;
    let listed = serde_json::to_value(session.connections.unwrap()).unwrap();
    assert_eq!(listed[0]["state"], "disconnected", "the widget offers to connect it again");
}

#[tokio::test]
async fn a_token_that_is_being_renewed_is_waited_for_and_the_newest_one_is_revoked() {
    let api = BackEnd::with_books(GIVES_BACK).await;
    let id = api.connect("Harbour", "1").await;
    api.server.clock.pass(1790);
    api.server.provider.behave(Behaviour::Slow);
    let path = format!("/v2/connections/{id}/access-token");
    let renewal = api.get(&path);
    let disconnecting = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        disconnect(&api, &id).await
    };
    let (renewed, _) = tokio::join!(renewal, disconnecting);
    assert_eq!(revoked(&api.server).await, ["refresh-3"], "refresh-2 was used up: {}", renewed.text());
    assert!(api.server.app.store.credential(&ConnectionId::new(id)).await.unwrap().is_none());
}

#[tokio::test]
async fn where_a_revocation_ends_more_than_one_grant_it_waits_for_the_last_connection() {
    let api = BackEnd::with_books("revoke_url = \"@/revoke\"").await;
    let one = api.connect("Harbour", "1").await;
    let two = api.connect("Quay", "2").await;
    assert_eq!(disconnect(&api, &one).await["revocation"], "withheld");
    assert!(revoked(&api.server).await.is_empty());
    assert_eq!(disconnect(&api, &two).await["revocation"], "requested");
    assert_eq!(revoked(&api.server).await, ["refresh-4"]);
}

#[tokio::test]
async fn a_connection_that_is_authorised_again_forgets_why_it_was_cut_off() {
    let api = BackEnd::with_books("").await;
    let id = api.connect("Harbour", "1").await;
    disconnect(&api, &id).await;
    assert_eq!(api.connect("Harbour", "1").await, id);
    api.server.provider.revoke();
    api.server.clock.pass(24 * 60 * 60);
    connect_server::services::oauth::refresh::refresh_due(&api.server.app).await.unwrap();
    let found: Value = api.get(&format!("/v2/connections/{id}")).await.json();
    assert_eq!(found["status"], "disconnected");
    assert_eq!(found["disconnectReason"], "authorizationRevoked", "it used to say that the customer did it");
}

#[tokio::test]
async fn a_deleted_connection_is_gone_with_everything_that_was_sealed() {
    let api = BackEnd::with_books(GIVES_BACK).await;
    let id = api.connect("Harbour", "1").await;
    let path = format!("/v2/connections/{id}");
    let answer = api.ask("DELETE", &path, "").await;
    assert_eq!((answer.status, answer.body.len()), (StatusCode::NO_CONTENT, 0));
    assert_eq!(revoked(&api.server).await, ["refresh-2"]);
    assert_eq!(api.get(&path).await.refusal().0, 404);
    assert_eq!(api.ask("DELETE", &path, "").await.refusal().0, 404);
    let options =
        sqlx::sqlite::SqliteConnectOptions::new().filename(api.server.folder.path().join("connect.db"));
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    for table in ["connections", "credentials", "company_bindings", "pending_choices", "attempts"] {
        let count = format!("SELECT count(*) FROM {table}");
        let left: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(count)).fetch_one(&pool).await.unwrap();
        assert_eq!(left, 0, "{table}");
    }
    pool.close().await;
}
