//! Which back end a request is of: secret keys and their scopes.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::routing::get;
use connect_server::domain::secret_key::{Scope, SecretKey};
use connect_server::http::v2::secret_key_bearer::{SecretKeyBearer, SecretKeyError};
use connect_server::store::Replaced;

use crate::support::secret_key::{add_key, new_key};
use crate::support::{Answer, HOST, LIVE, TestServer, send};

/// A route that demands the scope `read` and answers with the widget's id.
async fn read(bearer: SecretKeyBearer) -> Result<String, SecretKeyError> {
    bearer.require(Scope::Read)?;
    Ok(bearer.widget.id.to_string())
}

async fn ask(server: &TestServer, authorization: Option<&str>, origin: Option<&str>) -> Answer {
    let mut request = Request::get("/");
    if let Some(authorization) = authorization {
        request = request.header(header::AUTHORIZATION, authorization);
    }
    if let Some(origin) = origin {
        request = request.header(header::ORIGIN, origin);
    }
    let router = Router::new().route("/", get(read)).with_state(server.app.clone());
    send(&router, request.body(Body::empty()).unwrap()).await
}

async fn ask_with(server: &TestServer, key: &str) -> Answer {
    ask(server, Some(&format!("Bearer {key}")), None).await
}

async fn stored(server: &TestServer, key: &SecretKey) -> SecretKey {
    server.app.store.secret_key(&key.id).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_secret_key_opens_its_own_widget() {
    let server = TestServer::new().await;
    let (text, _) = add_key(&server, LIVE, &[Scope::Read]).await;
    let answer = ask_with(&server, text.expose()).await;
    assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, LIVE));
}

#[tokio::test]
async fn a_request_without_a_key_or_with_another_token_is_told_what_to_send() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    for authorization in [None, Some("Basic cmNrXzE6"), Some("Bearer "), Some("Bearer")] {
        let (status, message) = ask(&server, authorization, None).await.refusal();
        assert_eq!(status, 401, "{authorization:?}");
        assert!(message.starts_with("The secret key is missing"), "{message}");
    }
    let (status, message) = ask_with(&server, session.access_token.expose()).await.refusal();
    assert_eq!(status, 401);
    assert!(message.contains("no secret key"), "{message}");
    let (status, message) = ask_with(&server, "rck_unheard-of").await.refusal();
    assert_eq!(status, 401);
    assert!(message.contains("unknown or was revoked"), "{message}");
    assert!(!message.contains("unheard-of"), "{message}");
}

#[tokio::test]
async fn a_secret_key_is_no_session() {
    let server = TestServer::new().await;
    let (text, _) = add_key(&server, LIVE, &Scope::ALL).await;
    let answer = server.get("/widget/status", text.expose()).await;
    assert_eq!(answer.refusal().0, 401);
}

#[tokio::test]
async fn a_secret_key_from_a_page_is_refused_by_name_even_from_a_registered_origin() {
    let server = TestServer::new().await;
    let (text, key) = add_key(&server, LIVE, &Scope::ALL).await;
    for origin in [HOST, "null", "https://evil.example"] {
        let answer = ask(&server, Some(&format!("Bearer {}", text.expose())), Some(origin)).await;
        let (status, message) = answer.refusal();
        assert_eq!(status, 403, "{origin}");
        assert!(message.starts_with("A secret key never belongs in a page"), "{message}");
    }
    assert_eq!(stored(&server, &key).await.last_used_at, None);
}

#[tokio::test]
async fn a_scope_that_lacks_is_named() {
    let server = TestServer::new().await;
    let (text, _) = add_key(&server, LIVE, &[Scope::Sessions, Scope::Write, Scope::Tokens]).await;
    let (status, message) = ask_with(&server, text.expose()).await.refusal();
    assert_eq!(status, 403);
    assert!(message.starts_with("The secret key lacks the scope read."), "{message}");
}

#[tokio::test]
async fn a_key_that_was_revoked_is_refused_at_once() {
    let server = TestServer::new().await;
    let (text, key) = add_key(&server, LIVE, &[Scope::Read]).await;
    let ended = server.app.store.end_secret_key(&key.id, server.app.now()).await.unwrap();
    assert_eq!(ended, Replaced::Yes);
    assert_eq!(ask_with(&server, text.expose()).await.refusal().0, 401);
    assert!(!stored(&server, &key).await.is_valid(server.app.now()));
    let again = server.app.store.end_secret_key(&key.id, server.app.now()).await.unwrap();
    assert_eq!(again, Replaced::Overtaken, "it keeps the end it had");
}

#[tokio::test]
async fn while_keys_overlap_both_open_and_then_the_older_one_ends() {
    let server = TestServer::new().await;
    let (older, key) = add_key(&server, LIVE, &[Scope::Read]).await;
    let (newer, next) = new_key(&server, LIVE, &[Scope::Read]);
    let ends = server.app.now() + jiff::SignedDuration::from_hours(24);
    let rotated = server.app.store.rotate_secret_key(&key.id, ends, &next).await.unwrap();
    assert_eq!(rotated, Replaced::Yes);
    for text in [&older, &newer] {
        assert_eq!(ask_with(&server, text.expose()).await.status, StatusCode::OK);
    }
    server.clock.pass(24 * 60 * 60);
    assert_eq!(ask_with(&server, older.expose()).await.refusal().0, 401);
    assert_eq!(ask_with(&server, newer.expose()).await.status, StatusCode::OK);
    let (_, third) = new_key(&server, LIVE, &[Scope::Read]);
    let rotated = server.app.store.rotate_secret_key(&key.id, ends, &third).await.unwrap();
    assert_eq!(rotated, Replaced::Overtaken, "a key that ended is not rotated");
    assert!(server.app.store.secret_key(&third.id).await.unwrap().is_none());
}

#[tokio::test]
async fn the_last_use_is_written_down_at_most_once_a_minute() {
    let server = TestServer::new().await;
    let (text, key) = add_key(&server, LIVE, &[Scope::Read]).await;
    assert_eq!(stored(&server, &key).await.last_used_at, None);
    let first = server.app.now();
    ask_with(&server, text.expose()).await;
    server.clock.pass(59);
    ask_with(&server, text.expose()).await;
    assert_eq!(stored(&server, &key).await.last_used_at, Some(first));
    server.clock.pass(1);
    ask_with(&server, text.expose()).await;
    assert_eq!(stored(&server, &key).await.last_used_at, Some(server.app.now()));
}

#[tokio::test]
async fn the_database_holds_no_key_that_could_be_used() {
    let server = TestServer::new().await;
    let (text, key) = add_key(&server, LIVE, &[Scope::Read]).await;
    assert!(text.expose().starts_with("rck_") && text.expose().len() == 47, "256 bits in base64url");
    assert!(!format!("{text:?} {key:?}").contains(text.expose()));
    server.app.store.close().await;
    for file in std::fs::read_dir(server.folder.path()).unwrap() {
        let held = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!held.windows(text.expose().len()).any(|bytes| bytes == text.expose().as_bytes()));
    }
}
