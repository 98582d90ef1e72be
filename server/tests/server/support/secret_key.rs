//! Secret keys for tests, as `connect-server key create` makes them.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use connect_server::domain::secret_key::{Scope, SecretKey, SecretKeyId, SecretKeyText};
use connect_server::random;
use railz_connect_contract::{SessionResponse, WidgetId};
use serde_json::{Value, json};

use super::TestServer;

/// A key for a widget with these scopes, not stored yet.
pub fn new_key(server: &TestServer, widget: &str, scopes: &[Scope]) -> (SecretKeyText, SecretKey) {
    let text = SecretKeyText::generate().unwrap();
    let key = SecretKey {
        id: SecretKeyId::from_number(random::uuid().unwrap()),
        widget: WidgetId::new(widget),
        name: "back end".to_owned(),
        scopes: scopes.iter().copied().collect(),
        hash: text.hash(),
        created_at: server.app.now(),
        last_used_at: None,
        expires_at: None,
    };
    (text, key)
}

/// A key for a widget with these scopes, stored.
pub async fn add_key(server: &TestServer, widget: &str, scopes: &[Scope]) -> (SecretKeyText, SecretKey) {
    let (text, key) = new_key(server, widget, scopes);
    server.app.store.add_secret_key(&key).await.unwrap();
    (text, key)
}

/// A session of this business that its back end minted, as its page takes it up: what an open one of another visit is not
/// shown, this one is.
pub async fn minted_session(server: &TestServer, widget: &str, business: &str) -> SessionResponse<Value> {
    let (key, _) = add_key(server, widget, &[Scope::Sessions]).await;
    let request = Request::post("/v2/sessions")
        .header(header::AUTHORIZATION, format!("Bearer {}", key.expose()))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(json!({ "businessName": business }).to_string()));
    let minted = server.send(request.unwrap()).await;
    assert_eq!(minted.status, StatusCode::CREATED, "{}", minted.text());
    let minted: Value = minted.json();
    let path = format!("/widget/session/{widget}?include=connections,integrations");
    let answer = server.ask("POST", &path, minted["sessionToken"].as_str(), "{}").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}
