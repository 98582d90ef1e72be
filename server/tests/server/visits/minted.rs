//! `POST /v2/sessions`, and what the page does with the token.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use connect_server::domain::secret_key::{Scope, SecretKeyText};
use railz_connect_contract::UseCase;
use serde_json::{Value, json};

use super::{Session, play, shows_the_refusal};
use crate::support::secret_key::add_key;
use crate::support::{Answer, LIVE, SANDBOX, TestServer};

/// A request as a back end makes it.
pub(super) fn asked(key: &SecretKeyText, body: &Value) -> Request<Body> {
    Request::post("/v2/sessions")
        .header(header::AUTHORIZATION, format!("Bearer {}", key.expose()))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .unwrap()
}

async fn mint(server: &TestServer, key: &SecretKeyText, body: &Value) -> Value {
    let answer = server.send(asked(key, body)).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    answer.json()
}

/// What the page does with the token.
async fn take_up(server: &TestServer, minted: &Value, query: &str, body: &Value) -> Answer {
    let path = format!("/widget/session/{SANDBOX}?include=connections,integrations{query}");
    server.ask("POST", &path, minted["sessionToken"].as_str(), &body.to_string()).await
}

async fn taken_up(server: &TestServer, minted: &Value, body: &Value) -> Session {
    let answer = take_up(server, minted, "", body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn with_key() -> (TestServer, SecretKeyText) {
    let server = TestServer::new().await;
    let (key, _) = add_key(&server, SANDBOX, &[Scope::Sessions]).await;
    (server, key)
}

#[tokio::test]
async fn what_the_back_end_says_is_what_the_page_gets() {
    let (server, key) = with_key().await;
    let body = json!({
        "businessName": "Harbour Bakery", "successUrl": "https://app.example/done", "services": ["xero"],
        "metadata": [{"name": "plan"}], "state": "of-the-visitor", "expiresInSeconds": 600,
    });
    let minted = mint(&server, &key, &body).await;
    assert_eq!(minted["businessName"], "Harbour Bakery");
    assert!(minted["businessUuid"].as_str().unwrap().starts_with("BIZ-"));
    assert!(minted["visitId"].as_str().unwrap().starts_with("VIS-"));
    assert_eq!(minted["expiresAt"], "2026-03-01T09:40:00Z");
    let session = taken_up(&server, &minted, &json!({})).await;
    let told = serde_json::to_value(&session).unwrap();
    assert_eq!(told["access_token"], minted["sessionToken"], "it is that very session");
    for (field, due) in [
        ("sessionKind", json!("minted")),
        ("expiresAt", minted["expiresAt"].clone()),
        ("businessUuid", minted["businessUuid"].clone()),
        ("successUrl", body["successUrl"].clone()),
        ("state", body["state"].clone()),
        ("metadata", body["metadata"].clone()),
    ] {
        assert_eq!(told[field], due, "{field}");
    }
    let services: Vec<_> =
        told["integrations"].as_array().unwrap().iter().map(|entry| &entry["service"]).collect();
    assert_eq!(services, ["xero", "xero"], "the service, and the sandbox's data under its name");
    let bare = mint(&server, &key, &json!({})).await;
    assert!(bare["businessName"].as_str().unwrap().starts_with("Business "));
    assert_eq!(bare["expiresAt"], "2026-03-01T10:00:00Z", "half an hour");
}

#[tokio::test]
async fn a_service_that_the_back_end_left_out_is_not_begun() {
    let (server, key) = with_key().await;
    let all = server.session_of(SANDBOX, "Harbour").await;
    let minted = mint(&server, &key, &json!({"businessName": "Harbour", "services": ["xero"]})).await;
    let session = taken_up(&server, &minted, &json!({})).await;
    let narrow = Session { integrations: all.integrations, ..session };
    let (status, message) = server.ask_to_begin(&narrow, "harbourBooks", "").await.refusal();
    assert_eq!(status, 400);
    assert!(message.contains("not offered in this session"), "{message}");
    assert_eq!(server.ask_to_begin(&narrow, "xero", "").await.status, 200);
    let path = "/plaid/createLinkToken";
    let banks = server.ask("POST", path, Some(narrow.access_token.expose()), r#"{"redirectUrl":null}"#).await;
    assert!(banks.refusal().1.contains("not offered in this session"));
}

#[tokio::test]
async fn a_page_that_contradicts_the_back_end_is_refused_by_name() {
    let (server, key) = with_key().await;
    let said = json!({"businessName": "Harbour", "successUrl": "https://app.example/done", "state": "s"});
    let minted = mint(&server, &key, &said).await;
    let uuid = minted["businessUuid"].as_str().unwrap();
    let same = format!("&businessName=Harbour&businessUuid={uuid}&redirectUrl=");
    assert_eq!(take_up(&server, &minted, &same, &json!({"state": "s", "metadata": null})).await.status, 200);
    for (query, body, field) in [
        ("&businessName=Quay", json!({}), "businessName"),
        ("&businessUuid=BIZ-0", json!({}), "businessUuid"),
        ("", json!({"successUrl": "https://app.example/other"}), "successUrl"),
        ("", json!({"redirectUrl": "https://app.example/done"}), "redirectUrl"),
        ("", json!({"state": "t"}), "state"),
        ("", json!({"metadata": []}), "metadata"),
    ] {
        let (status, message) = take_up(&server, &minted, query, &body).await.refusal();
        assert_eq!(status, 400, "{field}");
        assert!(message.starts_with(&format!("{field} is not what your back end said")), "{message}");
    }
    let other =
        server.ask("POST", &format!("/widget/session/{LIVE}"), minted["sessionToken"].as_str(), "{}").await;
    assert_eq!(other.refusal().0, 403, "another widget's");
}

#[tokio::test]
async fn what_a_back_end_may_not_say_is_refused_with_what_would_be_right() {
    let (server, key) = with_key().await;
    for (body, due, words) in [
        (json!({"succesUrl": "https://app.example/"}), 400, "unknown field `succesUrl`"),
        (json!({"businessName": "Harbour", "businessUuid": "BIZ-1"}), 400, "leave one of them out"),
        (json!({"businessName": "H"}), 400, "2 to 40 characters"),
        (json!({"businessUuid": "BIZ-0"}), 404, "no business of this widget has the businessUuid"),
        (json!({"expiresInSeconds": 59}), 400, "60 to 3600"),
        (json!({"expiresInSeconds": 3601}), 400, "60 to 3600"),
        (json!({"services": ["nothing"]}), 400, "which has railzSandbox, xero, harbourBooks"),
        (json!({"services": []}), 400, "services is empty"),
        (
            json!({"successUrl": "https://evil.example/"}),
            400,
            "successUrl: the address https://evil.example/ is not",
        ),
        (json!({"successUrl": "/done"}), 400, "give it whole"),
        (json!({"state": "s".repeat(513)}), 400, "512 at most"),
        (json!({"metadata": "m".repeat(20_000)}), 400, "16384 at most"),
        (json!({"visitId": "VIS-0"}), 404, "leave visitId out"),
        (json!("text"), 400, "the body is not what this call takes"),
    ] {
        let (status, message) = server.send(asked(&key, &body)).await.refusal();
        assert_eq!(status, due, "{message}");
        assert!(message.contains(words), "{message}");
    }
    assert_eq!(server.send(asked(&key, &json!(null))).await.refusal().0, 400);
}

#[tokio::test]
async fn a_key_without_the_scope_mints_nothing() {
    let server = TestServer::new().await;
    let (key, _) = add_key(&server, SANDBOX, &[Scope::Read, Scope::Write, Scope::Tokens]).await;
    let (status, message) = server.send(asked(&key, &json!({}))).await.refusal();
    assert_eq!(status, 403);
    assert!(message.contains("sessions"), "{message}");
}

#[tokio::test]
async fn a_minted_session_ends_when_it_was_said_and_is_ended_by_no_page() {
    let (server, key) = with_key().await;
    let minted = mint(&server, &key, &json!({"businessName": "Harbour"})).await;
    let session = taken_up(&server, &minted, &json!({})).await;
    // React's StrictMode mounts, unmounts, and mounts again with the same token.
    server.end_session(&session).await;
    taken_up(&server, &minted, &json!({})).await;
    server.clock.pass(1799);
    assert!(server.status(&session).await.is_empty());
    server.clock.pass(1);
    assert_eq!(server.get("/widget/status", session.access_token.expose()).await.refusal().0, 401);
    assert_eq!(take_up(&server, &minted, "", &json!({})).await.refusal().0, 401);
}

#[tokio::test]
async fn a_renewal_by_the_back_end_continues_the_visit() {
    let (server, key) = with_key().await;
    let first = mint(
        &server,
        &key,
        &json!({"businessName": "Harbour", "state": "one", "services": ["railzSandbox"]}),
    )
    .await;
    play(&server, &taken_up(&server, &first, &json!({})).await, UseCase::InvalidCredentials).await;
    server.clock.pass(1800);
    let second = mint(&server, &key, &json!({"visitId": first["visitId"], "state": "two"})).await;
    assert_eq!(second["visitId"], first["visitId"]);
    assert_eq!(second["businessUuid"], first["businessUuid"]);
    let session = taken_up(&server, &second, &json!({})).await;
    assert_eq!(session.state.as_deref(), Some("two"));
    assert_eq!(session.integrations.as_ref().unwrap().len(), 1, "what was not said stays as it was");
    assert!(shows_the_refusal(&server, &session).await);
    // It stays of its business.
    for body in [
        json!({"visitId": first["visitId"], "businessName": "Quay"}),
        json!({"visitId": first["visitId"], "businessUuid": "BIZ-0"}),
    ] {
        assert_eq!(server.send(asked(&key, &body)).await.refusal().0, 409);
    }
    // And of its widget.
    let (foreign, _) = add_key(&server, LIVE, &[Scope::Sessions]).await;
    assert_eq!(server.send(asked(&foreign, &json!({"visitId": first["visitId"]}))).await.refusal().0, 404);
}

#[tokio::test]
async fn a_session_minted_anew_continues_the_visit_of_the_token_before() {
    let (server, key) = with_key().await;
    let body = json!({"businessName": "Harbour"});
    let first = mint(&server, &key, &body).await;
    play(&server, &taken_up(&server, &first, &json!({})).await, UseCase::InvalidCredentials).await;
    server.clock.pass(1800);
    let previous = json!({"previousSessionToken": first["sessionToken"]});
    let second = mint(&server, &key, &json!({"businessName": "Harbour", "state": "two"})).await;
    let session = taken_up(&server, &second, &previous).await;
    assert!(shows_the_refusal(&server, &session).await);
    assert_eq!(session.state.as_deref(), Some("two"), "the back end's last word counts");
    // That of another business continues nothing, nor does an open session continue a minted one's visit.
    let quay = mint(&server, &key, &json!({"businessName": "Quay"})).await;
    let session = taken_up(&server, &quay, &previous).await;
    assert_eq!(session.business_uuid.as_str(), quay["businessUuid"]);
    assert!(!shows_the_refusal(&server, &session).await);
    let path = format!("/widget/session/{SANDBOX}?businessName=Harbour&include=connections");
    let open: Session = server.ask("POST", &path, None, &previous.to_string()).await.json();
    assert!(!shows_the_refusal(&server, &open).await);
}

#[tokio::test]
async fn an_open_visit_is_not_made_a_minted_one() {
    let (server, key) = with_key().await;
    let open = server.session_of(SANDBOX, "Harbour").await;
    let token = connect_server::token::TokenHash::of(open.access_token.expose());
    let (_, visit) = server.app.store.session(token, server.app.now()).await.unwrap().unwrap();
    assert_eq!(server.send(asked(&key, &json!({"visitId": visit.id}))).await.refusal().0, 404);
    play(&server, &open, UseCase::InvalidCredentials).await;
    let minted = mint(&server, &key, &json!({"businessName": "Harbour"})).await;
    let session = taken_up(&server, &minted, &json!({"previousSessionToken": open.access_token})).await;
    assert!(!shows_the_refusal(&server, &session).await);
}

#[tokio::test]
async fn minting_is_for_no_page_and_for_no_session() {
    let (server, key) = with_key().await;
    let open = server.session_of(SANDBOX, "Harbour").await;
    assert_eq!(server.ask("POST", "/v2/sessions", Some(key.expose()), "{}").await.refusal().0, 403);
    assert_eq!(
        server.ask("POST", "/v2/sessions", Some(open.access_token.expose()), "{}").await.refusal().0,
        401
    );
    assert_eq!(server.ask("POST", "/v2/sessions", None, "{}").await.refusal().0, 401);
    let from_page = server.ask("POST", "/v2/sessions", Some(key.expose()), "{}").await;
    assert_eq!(from_page.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "", "no page reads it");
}

/// The page that said the same letters as its back end, with two spaces, used to be refused.
#[tokio::test]
async fn the_same_name_in_another_form_is_the_same_for_page_and_visit() {
    let (server, key) = with_key().await;
    server.send(asked(&key, &json!({"businessName": "Harbour Bakery"}))).await;
    let minted: Value = server.send(asked(&key, &json!({"businessName": "Harbour  Bakery"}))).await.json();
    assert_eq!(minted["businessName"], "Harbour Bakery");
    let path = format!("/widget/session/{SANDBOX}?businessName=Harbour%20%20Bakery");
    let taken = server.ask("POST", &path, minted["sessionToken"].as_str(), "{}").await;
    assert_eq!(taken.status.as_u16(), 200, "{}", taken.text());
    let again = json!({"businessName": "Harbour  Bakery", "visitId": minted["visitId"]});
    assert_eq!(server.send(asked(&key, &again)).await.status.as_u16(), 201);
    let other = json!({"businessName": "Harbour Bakers", "visitId": minted["visitId"]});
    assert_eq!(server.send(asked(&key, &other)).await.status.as_u16(), 409);
}
