//! `Idempotency-Key`: who asks again gets the answer of before.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Request, StatusCode, header};
use connect_server::domain::idempotent_request::IdempotentRequest;
use connect_server::domain::secret_key::{Scope, SecretKeyText};
use connect_server::sweep::sweep;
use connect_server::token::TokenHash;
use railz_connect_contract::WidgetId;
use serde_json::{Value, json};

use super::minted::asked;
use crate::support::secret_key::add_key;
use crate::support::{Answer, LIVE, SANDBOX, TestServer};

const KEY: HeaderName = HeaderName::from_static("idempotency-key");

fn keyed(secret: &SecretKeyText, key: &str, body: &Value) -> Request<Body> {
    let mut asked = asked(secret, body);
    asked.headers_mut().insert(KEY, HeaderValue::from_str(key).unwrap());
    asked
}

fn replayed(answer: &Answer) -> bool {
    answer.header("idempotency-replayed") == "true"
}

#[tokio::test]
async fn the_same_request_is_answered_the_same_and_done_once() {
    let server = TestServer::new().await;
    let (secret, _) = add_key(&server, SANDBOX, &[Scope::Sessions]).await;
    let first = server.send(keyed(&secret, "one", &json!({}))).await;
    assert_eq!(first.status, StatusCode::CREATED);
    server.clock.pass(24 * 3600 - 1);
    let again = server.send(keyed(&secret, "one", &json!({}))).await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    assert_eq!(again.header(header::CONTENT_TYPE), "application/json");
    assert!(replayed(&again) && !replayed(&first));
    for other in [keyed(&secret, "two", &json!({})), asked(&secret, &json!({}))] {
        let other = server.send(other).await;
        assert!(other.body != first.body && !replayed(&other));
    }
    server.clock.pass(1);
    assert_eq!(sweep(&server.app).await.unwrap().answers, 1);
    assert!(!replayed(&server.send(keyed(&secret, "one", &json!({}))).await), "a day later it is new");
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused_by_name() {
    let server = TestServer::new().await;
    let (secret, _) = add_key(&server, SANDBOX, &[Scope::Sessions]).await;
    server.send(keyed(&secret, "one", &json!({}))).await;
    let (status, message) = server.send(keyed(&secret, "one", &json!({"state": "s"}))).await.refusal();
    assert_eq!(status, 409);
    assert!(message.contains("another body"), "{message}");
    for odd in ["", &"x".repeat(256), "\u{e9}"] {
        let (status, message) = server.send(keyed(&secret, odd, &json!({}))).await.refusal();
        assert_eq!(status, 400);
        assert!(message.contains("1 to 255"), "{message}");
    }
}

#[tokio::test]
async fn what_was_refused_is_tried_again() {
    let server = TestServer::new().await;
    let (secret, _) = add_key(&server, SANDBOX, &[Scope::Sessions]).await;
    let body = json!({"visitId": "VIS-0"});
    assert_eq!(server.send(keyed(&secret, "one", &body)).await.refusal().0, 404);
    let again = server.send(keyed(&secret, "one", &body)).await;
    assert!(again.refusal().0 == 404 && !replayed(&again));
    assert_eq!(server.send(keyed(&secret, "one", &json!({}))).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_request_under_way_is_waited_for() {
    let server = TestServer::new().await;
    let (secret, key) = add_key(&server, SANDBOX, &[Scope::Sessions]).await;
    let begun = IdempotentRequest {
        widget: key.widget,
        path: "/v2/sessions".to_owned(),
        key: TokenHash::of("sessions one"),
        body: TokenHash::of("{}"),
        expires_at: connect_server::clock::seconds_after(server.app.now(), 60),
    };
    server.app.store.begin_request(&begun, server.app.now()).await.unwrap();
    let answer = server.send(keyed(&secret, "one", &json!({}))).await;
    assert_eq!((answer.refusal().0, answer.header(header::RETRY_AFTER)), (409, "1"));
    // A server that fell over meanwhile answers nobody: it is new then.
    server.clock.pass(60);
    assert_eq!(server.send(keyed(&secret, "one", &json!({}))).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn nobody_is_answered_what_another_asked() {
    let server = TestServer::new().await;
    let (secret, _) = add_key(&server, SANDBOX, &[Scope::Sessions]).await;
    let (rotated, _) = add_key(&server, SANDBOX, &[Scope::Sessions]).await;
    let (foreign, _) = add_key(&server, LIVE, &[Scope::Sessions]).await;
    let (reading, _) = add_key(&server, SANDBOX, &[Scope::Read]).await;
    let first = server.send(keyed(&secret, "one", &json!({}))).await;
    assert_eq!(server.send(keyed(&rotated, "one", &json!({}))).await.body, first.body, "the same back end's");
    let other = server.send(keyed(&foreign, "one", &json!({}))).await;
    assert!(other.status == StatusCode::CREATED && !replayed(&other), "another widget's");
    assert_eq!(server.send(keyed(&reading, "one", &json!({}))).await.refusal().0, 403, "for another scope");
    let unknown = SecretKeyText::generate().unwrap();
    assert_eq!(server.send(keyed(&unknown, "one", &json!({}))).await.refusal().0, 401);
}

#[tokio::test]
async fn an_answer_is_kept_sealed() {
    let server = TestServer::new().await;
    let (secret, _) = add_key(&server, SANDBOX, &[Scope::Sessions]).await;
    let minted: Value = server.send(keyed(&secret, "one", &json!({"state": "of-the-visitor"}))).await.json();
    assert!(server.app.store.widget(&WidgetId::new(SANDBOX)).await.unwrap().is_some());
    server.app.store.close().await;
    let token = minted["sessionToken"].as_str().unwrap().as_bytes();
    for entry in std::fs::read_dir(server.folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(token.len()).any(|window| window == token));
    }
}
