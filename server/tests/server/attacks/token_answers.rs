//! What a service says of its tokens, and what that does to the database: one answer used to spoil it for everybody.

use axum::http::StatusCode;
use connect_server::config::Environment;
use connect_server::services::oauth::refresh::refresh_due;
use serde_json::{Value, json};

use crate::back_end::BackEnd;
use crate::rows::spoil;
use crate::support::provider::Behaviour;
use crate::support::{ServerOptions, TEST_DEADLINE, start};

const DAY: i64 = 24 * 60 * 60;

async fn disconnect(api: &BackEnd, id: &str) {
    let body = json!({ "connectionId": id }).to_string();
    let answer = api.ask("PUT", "/v2/connections/disconnect", &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

/// Starts another server on the same database.
async fn start_again(api: &BackEnd) {
    let text = api.server.provider.configuration(&ServerOptions::default());
    let folder = api.server.folder.path();
    let started = start(&text, folder, &Environment::new(), TEST_DEADLINE).await;
    started.map(drop).unwrap();
}

#[tokio::test]
async fn an_end_beyond_all_calendars_spoils_nothing() {
    // Sign-in worked; whatever read the row afterwards was a 500, and the server did not start again.
    for (told, behaviour) in [
        (json!({"refresh_token_expires_in": i64::MAX}), Behaviour::Good),
        (json!({"refresh_expires_in": "999999999999"}), Behaviour::Good),
        (json!({"refresh_token_expires_at": "9999-12-30T22:00:00.5Z"}), Behaviour::Good),
        (json!({"refresh_token_expires_at": "9999-12-30T22:00:00.999999999Z"}), Behaviour::Good),
        (json!({"expires_in": 999_999_999_999_u64}), Behaviour::Good),
        (json!({"expires_in": 999_999_999_999_u64}), Behaviour::NoRefreshToken),
        (json!({"expires_in": u64::MAX}), Behaviour::NoRefreshToken),
    ] {
        let api = BackEnd::with_books("").await;
        api.server.provider.behave(behaviour);
        api.server.provider.says(told.clone());
        let id = api.connect("Harbour", "1").await;
        let token = api.get(&format!("/v2/connections/{id}/access-token")).await;
        assert_eq!(token.status, StatusCode::OK, "{told}: {}", token.text());
        start_again(&api).await;
        assert_eq!(api.connect("Harbour", "1").await, id, "{told}");
        let found: Value = api.get(&format!("/v2/connections/{id}")).await.json();
        assert_eq!(found["status"], "active", "{told}: {found}");
        api.server.clock.pass(8 * DAY);
        refresh_due(&api.server.app).await.unwrap();
        disconnect(&api, &id).await;
        assert_eq!(api.connect("Harbour", "1").await, id, "{told}");
        let deleted = api.ask("DELETE", &format!("/v2/connections/{id}"), "").await;
        assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{told}: {}", deleted.text());
    }
}

#[tokio::test]
async fn one_row_that_nobody_can_read_stops_nothing_else() {
    // Each refresh round ended at the row, the server did not start, and its business could not be deleted.
    let api = BackEnd::with_books("").await;
    let spoilt = api.connect("Harbour", "1").await;
    spoil(&api.server, "UPDATE credentials SET lapses_at = 9223372036854775807").await;
    let other = api.connect("Quay", "2").await;
    start_again(&api).await;

    api.server.clock.pass(1500);
    assert_eq!(refresh_due(&api.server.app).await.unwrap(), 1, "the other one");
    let read = api.get(&format!("/v2/connections/{other}/access-token")).await;
    assert_eq!(read.status, StatusCode::OK, "{}", read.text());
    let refused = api.get(&format!("/v2/connections/{spoilt}/access-token")).await;
    assert_eq!(refused.refusal().0, 500, "the row is still wrong");

    assert_eq!(api.connect("Harbour", "1").await, spoilt, "signing in writes it anew");
    let healed = api.get(&format!("/v2/connections/{spoilt}/access-token")).await;
    assert_eq!(healed.status, StatusCode::OK, "{}", healed.text());

    for path in [format!("/v2/connections/{other}"), format!("/v2/connections/{spoilt}")] {
        let statement = "UPDATE credentials SET lapses_at = 9223372036854775807 WHERE connection_id = \
                         (SELECT max(connection_id) FROM credentials)";
        spoil(&api.server, statement).await;
        let deleted = api.ask("DELETE", &path, "").await;
        assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{path}: {}", deleted.text());
    }
    let third = api.connect("Harbour", "1").await;
    spoil(&api.server, "UPDATE credentials SET refresh_at = 9223372036854775807").await;
    disconnect(&api, &third).await;
}
