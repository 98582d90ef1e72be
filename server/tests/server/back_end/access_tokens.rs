//! `GET /v2/connections/{connectionId}/access-token`.

use std::time::Duration;

use axum::http::{StatusCode, header};
use connect_server::domain::secret_key::Scope;
use connect_server::services::oauth::refresh::refresh_due;
use railz_connect_contract::ConnectionId;
use serde_json::{Value, json};

use super::BackEnd;
use crate::companies::sign_in;
use crate::support::log::Log;
use crate::support::provider::Behaviour;
use crate::support::secret_key::add_key;
use crate::support::{LIVE, SANDBOX};

fn path(connection: &str) -> String {
    format!("/v2/connections/{connection}/access-token")
}

/// The access token of a connection, which must be had.
async fn token(api: &BackEnd, connection: &str) -> Value {
    let answer = api.get(&path(connection)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    answer.json()
}

#[tokio::test]
async fn an_access_token_comes_with_its_end_and_the_company_it_is_for() {
    let api = BackEnd::with_books("").await;
    let log = Log::listen();
    let id = api.connect("Harbour", "7").await;
    let due = json!({
        "connectionId": id,
        "serviceName": "plainBooks",
        "accessToken": "access-2",
        "expiresAt": "2026-03-01T10:00:00Z",
        "serviceAccountRef": { "id": "7" },
    });
    assert_eq!(token(&api, &id).await, due);
    assert!(!log.text().contains("access-2"), "{}", log.text());
}

#[tokio::test]
async fn a_token_with_less_than_five_minutes_left_is_renewed_before() {
    let api = BackEnd::with_books("").await;
    let id = api.connect("Harbour", "7").await;
    api.server.clock.pass(1500);
    assert_eq!(token(&api, &id).await["accessToken"], "access-2", "five minutes are enough");
    api.server.clock.pass(1);
    let renewed = token(&api, &id).await;
    assert_eq!(renewed["accessToken"], "access-3");
    assert_eq!(renewed["expiresAt"], "2026-03-01T10:25:01Z");
    assert_eq!(token(&api, &id).await, renewed);
    assert_eq!(api.server.provider.asked().len(), 2, "the code, and one refresh");
}

#[tokio::test]
async fn two_who_ask_at_once_make_one_refresh_and_so_does_the_servers_round_beside_them() {
    let api = BackEnd::with_books("").await;
    let id = api.connect("Harbour", "7").await;
    api.server.clock.pass(1790);
    api.server.provider.behave(Behaviour::Slow);
    let round = refresh_due(&api.server.app);
    let (one, two, round) = tokio::join!(token(&api, &id), token(&api, &id), round);
    round.unwrap();
    assert_eq!(one["accessToken"], two["accessToken"]);
    assert_eq!(api.server.provider.asked().len(), 2, "the code, and one refresh");
}

#[tokio::test]
async fn a_round_that_waits_for_its_turn_is_not_taken_for_a_refresh_that_failed() {
    // The round claimed the token before it was its turn. Whoever asked in between was told 502, without the service being asked.
    let api = BackEnd::with_books("").await;
    let id = api.connect("Harbour", "7").await;
    api.server.clock.pass(1790);
    let held = api.server.app.refreshing.lock(&ConnectionId::new(id.as_str())).await;
    let round = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        refresh_due(&api.server.app).await
    };
    let release = async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        drop(held);
    };
    let (token, round, ()) = tokio::join!(token(&api, &id), round, release);
    assert_eq!((&token["accessToken"], round.unwrap()), (&json!("access-3"), 0));
    assert_eq!(api.server.provider.asked().len(), 2, "the code, and one refresh");
}

#[tokio::test]
async fn a_renewal_is_stored_even_if_whoever_asked_hangs_up() {
    let api = BackEnd::with_books("").await;
    let id = api.connect("Harbour", "7").await;
    api.server.clock.pass(1790);
    api.server.provider.behave(Behaviour::Slow);
    let asked = path(&id);
    assert!(tokio::time::timeout(Duration::from_millis(100), api.get(&asked)).await.is_err());
    api.server.settled().await;
    api.server.provider.behave(Behaviour::Hangs);
    assert_eq!(token(&api, &id).await["accessToken"], "access-3");
}

#[tokio::test]
async fn where_the_service_fails_what_is_left_is_handed_out_and_then_nothing() {
    let api = BackEnd::with_books("").await;
    let id = api.connect("Harbour", "7").await;
    api.server.provider.behave(Behaviour::HtmlError);
    api.server.clock.pass(1700);
    let left = token(&api, &id).await;
    assert_eq!(
        (&left["accessToken"], &left["expiresAt"]),
        (&json!("access-2"), &json!("2026-03-01T10:00:00Z"))
    );
    let asked = api.server.provider.asked().len();
    token(&api, &id).await;
    assert_eq!(api.server.provider.asked().len(), asked, "a service that just failed is left alone");
    api.server.clock.pass(90);
    let answer = api.get(&path(&id)).await;
    assert_eq!(answer.header(header::RETRY_AFTER), "10");
    let (status, message) = answer.refusal();
    assert_eq!(status, 502);
    assert!(message.contains("did not give a new access token"), "{message}");
    api.server.provider.behave(Behaviour::Good);
    api.server.clock.pass(10);
    assert_eq!(token(&api, &id).await["expiresAt"], "2026-03-01T10:30:00Z");
}

#[tokio::test]
async fn a_service_that_ended_the_authorisation_is_told_by_name() {
    let api = BackEnd::with_books("").await;
    let id = api.connect("Harbour", "7").await;
    api.server.provider.revoke();
    api.server.clock.pass(1790);
    let (status, message) = api.get(&path(&id)).await.refusal();
    assert_eq!(status, 409);
    assert!(message.starts_with("This connection is disconnected"), "{message}");
    assert_eq!(api.listed("/v2/connections", "disconnectReason").await, ["authorizationRevoked"]);
}

#[tokio::test]
async fn a_connection_that_does_not_work_has_no_token_and_says_why() {
    let api = BackEnd::with_books("").await;
    let id = api.connect("Harbour", "7").await;
    let body = json!({ "connectionId": id }).to_string();
    api.ask("PUT", "/v2/connections/disconnect", &body).await;
    let (status, message) = api.get(&path(&id)).await.refusal();
    assert_eq!(status, 409);
    assert!(message.starts_with("This connection is disconnected"), "{message}");

    let api = BackEnd::with_books("choose_account = true").await;
    api.server
        .provider
        .lists("companies", json!([{ "id": "1", "name": "One" }, { "id": "2", "name": "Two" }]));
    let session = api.server.session_of(LIVE, "Harbour").await;
    let pending = sign_in(&api.server, &session, "plainBooks", "").await;
    let (status, message) = api.get(&path(pending["connectionId"].as_str().unwrap())).await.refusal();
    assert_eq!(status, 409);
    assert!(message.starts_with("This connection is pending"), "{message}");
}

#[tokio::test]
async fn what_is_not_connected_by_oauth_has_no_token_and_is_named() {
    let api = BackEnd::new().await;
    let session = api.server.session_of(SANDBOX, "Harbour").await;
    let attempt = api.server.begin(&session, "railzSandbox").await;
    let token = Some(session.access_token.expose());
    api.server.ask("POST", &attempt.url, token, "{\"code\": \"user_good\"}").await;
    let (key, _) = add_key(&api.server, SANDBOX, &Scope::ALL).await;
    let api = BackEnd { key: key.expose().to_owned(), ..api };
    let (status, message) = api.get(&path(attempt.connection_id.unwrap().as_str())).await.refusal();
    assert_eq!(status, 409);
    assert_eq!(message, "The sandbox is not connected by OAuth, so there is no access token.");
}
