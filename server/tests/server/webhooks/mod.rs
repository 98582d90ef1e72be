//! Webhooks: who is told what, in which order, signed how, and how often it is tried.

mod delivery;
mod events;
mod metadata;
mod outbox;
mod page_metadata;
mod practice;
mod registration;
mod replay;
mod signing;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use connect_server::domain::secret_key::Scope;
use connect_server::webhooks::delivery::begin_due;
use railz_connect_contract::ConnectionId;
use serde_json::{Value, json};

use crate::support::browser::{self, approve};
use crate::support::receiver::Receiver;
use crate::support::secret_key::add_key;
use crate::support::{Answer, LIVE, ServerOptions, TestServer};

/// A server whose webhooks may lead to loopback, a back end that receives, and a key of its own.
struct Setup {
    server: TestServer,
    receiver: Receiver,
    key: String,
}

const ALLOW_PRIVATE: &str = "[webhooks]\nallow_private = true\n";

impl Setup {
    async fn new() -> Self {
        let options = ServerOptions { non_oauth: ALLOW_PRIVATE.to_owned(), ..ServerOptions::default() };
        Self::with_options(options, LIVE).await
    }

    async fn with_options(options: ServerOptions, widget: &str) -> Self {
        let server = TestServer::with_options(options).await;
        let (text, _) = add_key(&server, widget, &Scope::ALL).await;
        Self { server, receiver: Receiver::start().await, key: text.expose().to_owned() }
    }

    /// A call of the back end.
    async fn ask(&self, method: &str, path: &str, body: &Value) -> Answer {
        ask_with(&self.server, &self.key, method, path, body).await
    }

    /// Registers a webhook at this path of the receiver; its id and its secret.
    async fn register(&self, path: &str, more: Value) -> (String, String) {
        let mut body = json!({"url": self.receiver.url(path)});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let answer = self.ask("POST", "/v2/webhooks", &body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        let item: Value = answer.json();
        (item["webhookId"].as_str().unwrap().to_owned(), item["secret"].as_str().unwrap().to_owned())
    }

    /// Signs a business in to a service, with a company of its own; that of Harbour is T-1.
    async fn sign_in(&self, business: &str) -> ConnectionId {
        let company = if business == "Harbour" { "T-1".to_owned() } else { format!("T-{business}") };
        let listed = json!([{"tenantId": company, "tenantName": "Juniper Bakery"}]);
        self.server.provider.lists("connections", listed);
        let session = self.server.session_of(LIVE, business).await;
        let attempt = self.server.begin(&session, "xero").await;
        let answer = approve(&self.server, &browser::open(&self.server, &attempt).await).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        attempt.connection_id.unwrap()
    }

    /// Delivers until nothing is due any more.
    async fn deliver(&self) {
        while begin_due(&self.server.app).await.unwrap() > 0 {
            self.server.settled().await;
        }
    }

    /// The deliveries of a webhook, newest first.
    async fn deliveries(&self, webhook: &str, query: &str) -> Vec<Value> {
        let path = format!("/v2/webhooks/{webhook}/deliveries{query}");
        let answer = self.ask("GET", &path, &Value::Null).await;
        if answer.status == StatusCode::NO_CONTENT {
            return Vec::new();
        }
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let list: Value = answer.json();
        list["data"].as_array().unwrap().clone()
    }
}

pub async fn ask_with(server: &TestServer, key: &str, method: &str, path: &str, body: &Value) -> Answer {
    let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::AUTHORIZATION, format!("Bearer {key}"))
        .header(header::CONTENT_TYPE, "application/json");
    server.send(request.body(body).unwrap()).await
}
