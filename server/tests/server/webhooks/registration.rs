//! Registering: who may, where to, and what is told of it.

use axum::http::StatusCode;
use connect_server::domain::secret_key::Scope;
use serde_json::{Value, json};

use super::{Setup, ask_with};
use crate::support::secret_key::add_key;
use crate::support::{LIVE, SANDBOX, ServerOptions};

#[tokio::test]
async fn a_webhook_is_registered_shown_changed_and_deleted() {
    let setup = Setup::new().await;
    let (id, secret) = setup.register("/hooks", json!({"description": "books service"})).await;
    assert!(secret.starts_with("whsec_") && secret.len() == 50, "{secret}");
    let path = format!("/v2/webhooks/{id}");
    let shown: Value = setup.ask("GET", &path, &Value::Null).await.json();
    let due = json!({
        "webhookId": id, "url": setup.receiver.url("/hooks"), "description": "books service",
        "events": ["login", "auth", "connectionStatus", "connectionRemoved", "businessRemoved"],
        "createdAt": "2026-03-01T09:30:00Z",
    });
    assert_eq!(shown, due, "and its secret no more");
    let changed = setup.ask("PATCH", &path, &json!({"events": ["auth"]})).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
    let listed: Value = setup.ask("GET", "/v2/webhooks", &Value::Null).await.json();
    assert_eq!(listed["data"][0]["events"], json!(["auth"]));
    assert_eq!(listed["data"][0]["url"], due["url"]);
    assert_eq!(setup.ask("DELETE", &path, &Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(setup.ask("GET", &path, &Value::Null).await.refusal().0, 404);
    setup.sign_in("Harbour").await;
    setup.deliver().await;
    assert!(setup.receiver.take().is_empty());
}

#[tokio::test]
async fn addresses_that_are_not_public_https_are_refused_by_name() {
    let setup = Setup::with_options(ServerOptions::default(), LIVE).await;
    for (url, reason) in [
        ("http://app.example/hooks", "must begin with https://"),
        ("https://127.0.0.1/hooks", "not public"),
        ("https://169.254.169.254/latest/meta-data", "not public"),
        ("https://[::1]/hooks", "not public"),
        ("https://localhost/hooks", "not public"),
        ("https://user:password@1.1.1.1/hooks", "without user name"),
        ("https://1.1.1.1/hooks#part", "without user name and fragment"),
        ("ftp://1.1.1.1/hooks", "no address to post to"),
        ("/hooks", "no address to post to"),
        ("", "no address to post to"),
    ] {
        let (status, message) = setup.ask("POST", "/v2/webhooks", &json!({"url": url})).await.refusal();
        assert_eq!(status, 400, "{url}");
        assert!(message.contains(reason), "{url}: {message}");
    }
    assert_eq!(setup.ask("GET", "/v2/webhooks", &Value::Null).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn what_is_misspelt_is_refused_by_name() {
    let setup = Setup::new().await;
    let url = setup.receiver.url("/hooks");
    for (body, reason) in [
        (json!({"url": url, "events": ["authorised"]}), "there is no such event: there are login, auth"),
        (json!({"url": url, "event": ["auth"]}), "unknown field `event`"),
        (json!({"url": url, "description": "two\nlines"}), "one line"),
        (json!([]), "not the JSON of this call"),
    ] {
        let (status, message) = setup.ask("POST", "/v2/webhooks", &body).await.refusal();
        assert_eq!(status, 400, "{body}");
        assert!(message.contains(reason), "{body}: {message}");
    }
}

#[tokio::test]
async fn writing_needs_the_scope_write_and_reading_the_scope_read() {
    let setup = Setup::new().await;
    let (id, _) = setup.register("/hooks", json!({})).await;
    let (reads, _) = add_key(&setup.server, LIVE, &[Scope::Read]).await;
    let (writes, _) = add_key(&setup.server, LIVE, &[Scope::Write]).await;
    for (key, method, path, scope) in [
        (&reads, "POST", "/v2/webhooks".to_owned(), "write"),
        (&reads, "PATCH", format!("/v2/webhooks/{id}"), "write"),
        (&reads, "DELETE", format!("/v2/webhooks/{id}"), "write"),
        (&reads, "POST", format!("/v2/webhooks/{id}/rotateSecret"), "write"),
        (&reads, "POST", format!("/v2/webhooks/{id}/deliveries/DLV-1/replay"), "write"),
        (&reads, "POST", "/sandbox/fireWebhooks".to_owned(), "write"),
        (&writes, "GET", "/v2/webhooks".to_owned(), "read"),
        (&writes, "GET", format!("/v2/webhooks/{id}"), "read"),
        (&writes, "GET", format!("/v2/webhooks/{id}/deliveries"), "read"),
    ] {
        let (status, message) =
            ask_with(&setup.server, key.expose(), method, &path, &Value::Null).await.refusal();
        assert_eq!(status, 403, "{method} {path}");
        assert!(message.contains(&format!("lacks the scope {scope}")), "{method} {path}: {message}");
    }
}

#[tokio::test]
async fn another_widgets_webhook_is_not_there() {
    let setup = Setup::new().await;
    let (id, _) = setup.register("/hooks", json!({})).await;
    let (other, _) = add_key(&setup.server, SANDBOX, &Scope::ALL).await;
    for (method, path) in [
        ("GET", format!("/v2/webhooks/{id}")),
        ("PATCH", format!("/v2/webhooks/{id}")),
        ("DELETE", format!("/v2/webhooks/{id}")),
        ("POST", format!("/v2/webhooks/{id}/rotateSecret")),
        ("GET", format!("/v2/webhooks/{id}/deliveries")),
        ("POST", format!("/v2/webhooks/{id}/deliveries/DLV-1/replay")),
    ] {
        let answer = ask_with(&setup.server, other.expose(), method, &path, &Value::Null).await;
        assert_eq!(answer.refusal().0, 404, "{method} {path}");
    }
    let listed = ask_with(&setup.server, other.expose(), "GET", "/v2/webhooks", &Value::Null).await;
    assert_eq!(listed.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_widget_has_twenty_webhooks_at_most() {
    let setup = Setup::new().await;
    for _ in 0..20 {
        setup.register("/hooks", json!({})).await;
    }
    let body = json!({"url": setup.receiver.url("/hooks")});
    let (status, message) = setup.ask("POST", "/v2/webhooks", &body).await.refusal();
    assert_eq!(status, 409);
    assert!(message.contains("has 20 webhooks"), "{message}");
}
