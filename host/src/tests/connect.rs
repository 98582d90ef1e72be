//! A Connect server that is played: it signs, publishes its keys, and tells what it was asked.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};

/// The connection of the business that is asked about, and one of somebody else.
pub const OURS: &str = "CON-00000000-0000-4000-8000-000000000001";
pub const THEIRS: &str = "CON-00000000-0000-4000-8000-000000000002";
pub const BUSINESS: &str = "BIZ-1";

/// What is played.
pub struct PlayedConnect {
    pub address: String,
    signing: Mutex<(String, Ed25519KeyPair)>,
    published: Mutex<Vec<Value>>,
    redeemed: Mutex<HashMap<String, String>>,
    /// How many times the public keys were asked for.
    pub keys_asked: AtomicUsize,
    /// What was posted: path, idempotency key, body.
    pub posted: Mutex<Vec<(String, String, Value)>>,
    pub status: Mutex<&'static str>,
    /// What the next calls of an address are answered with, before any is answered well.
    pub trouble: Mutex<Vec<(&'static str, StatusCode)>>,
}

fn key(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
}

fn jwk(id: &str, key: &Ed25519KeyPair) -> Value {
    let x = URL_SAFE_NO_PAD.encode(key.public_key().as_ref());
    json!({ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": id, "x": x })
}

impl PlayedConnect {
    pub async fn start() -> Arc<Self> {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let first = key(1);
        let played = Arc::new(Self {
            address: format!("http://connect.localhost:{}", listener.local_addr().unwrap().port()),
            published: Mutex::new(vec![jwk("first", &first)]),
            signing: Mutex::new(("first".to_owned(), first)),
            redeemed: Mutex::default(),
            keys_asked: AtomicUsize::new(0),
            posted: Mutex::default(),
            status: Mutex::new("active"),
            trouble: Mutex::default(),
        });
        let addresses = Router::new()
            .route("/.well-known/jwks.json", get(keys))
            .route("/v2/sessions", post(mint))
            .route("/v2/connections", get(list))
            .route("/v2/connections/redeem", post(redeem))
            .route("/v2/connections/disconnect", put(disconnect))
            .route("/v2/connections/{id}", get(one))
            .route("/v2/connections/{id}/company", get(company))
            .route("/v2/connections/{id}/proxy/{*path}", get(proxied));
        let router = addresses.with_state(played.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        played
    }

    /// Signs with another key from now on, which is published too.
    pub fn rotate_keys(&self) {
        let second = key(2);
        self.published.lock().unwrap().push(jwk("second", &second));
        *self.signing.lock().unwrap() = ("second".to_owned(), second);
    }

    pub fn claims(&self, state: &str) -> Value {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        json!({
            "iss": self.address, "aud": "SB_PROD_demo", "iat": now, "exp": now + 600, "jti": "JTI-1", "state": state,
            "businessUuid": BUSINESS,
            "connections": [{ "connectionId": OURS, "serviceName": "xero", "signedIn": true }],
        })
    }

    pub fn sign(&self, claims: &Value) -> String {
        let (id, key) = &*self.signing.lock().unwrap();
        sign(&json!({ "alg": "EdDSA", "kid": id, "typ": "connection+jwt" }), claims, key)
    }

    pub fn last_posted(&self, path: &str) -> Value {
        let posted = self.posted.lock().unwrap();
        posted.iter().rev().find(|(asked, ..)| asked == path).expect("it was asked").2.clone()
    }

    fn note(&self, path: &str, headers: &HeaderMap, body: &Value) {
        let key = headers["idempotency-key"].to_str().unwrap().to_owned();
        self.posted.lock().unwrap().push((path.to_owned(), key, body.clone()));
    }

    fn refuse_in_trouble(&self, path: &str) -> Option<Response> {
        let mut trouble = self.trouble.lock().unwrap();
        let place = trouble.iter().position(|(at, _)| *at == path)?;
        Some(refusal(trouble.remove(place).1, "not now"))
    }

    fn connection(&self, id: &str) -> Value {
        let business = if id == OURS { BUSINESS } else { "BIZ-2" };
        json!({
            "connectionId": id, "connectionUuid": id, "businessUuid": business, "businessName": "Harbour & Co",
            "serviceName": "xero", "status": *self.status.lock().unwrap(), "isMockData": false, "openSession": true,
            "createdAt": "2026-03-01T09:30:00Z", "updatedAt": "2026-03-01T09:30:00Z",
        })
    }
}

/// A compact JWS.
pub fn sign(header: &Value, claims: &Value, key: &Ed25519KeyPair) -> String {
    let [header, claims] = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
    let signed = format!("{header}.{claims}");
    let signature = URL_SAFE_NO_PAD.encode(key.sign(signed.as_bytes()).as_ref());
    format!("{signed}.{signature}")
}

/// A token signed by somebody who knows the name of the server's key.
pub fn forge(claims: &Value) -> String {
    sign(&json!({ "alg": "EdDSA", "kid": "first", "typ": "connection+jwt" }), claims, &key(9))
}

fn refusal(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "error": { "message": message }, "payload": {} }))).into_response()
}

type Played = State<Arc<PlayedConnect>>;

async fn keys(State(played): Played) -> Response {
    played.keys_asked.fetch_add(1, Ordering::Relaxed);
    if let Some(refused) = played.refuse_in_trouble("/.well-known/jwks.json") {
        return refused;
    }
    Json(json!({ "keys": *played.published.lock().unwrap() })).into_response()
}

async fn mint(State(played): Played, headers: HeaderMap, Json(asked): Json<Value>) -> Response {
    if headers["authorization"] != "Bearer rck_right" {
        return refusal(StatusCode::UNAUTHORIZED, "No such key");
    }
    if asked["businessName"] == "%" {
        return refusal(StatusCode::BAD_REQUEST, "the businessName has a %");
    }
    played.note("/v2/sessions", &headers, &asked);
    let session = json!({ "sessionToken": asked.to_string(), "visitId": "VIS-1", "businessUuid": BUSINESS });
    (StatusCode::CREATED, Json(session)).into_response()
}

async fn redeem(State(played): Played, headers: HeaderMap, Json(asked): Json<Value>) -> Response {
    played.note("/v2/connections/redeem", &headers, &asked);
    if let Some(refused) = played.refuse_in_trouble("/v2/connections/redeem") {
        return refused;
    }
    let token = asked["connectionToken"].as_str().unwrap().to_owned();
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    let first = played.redeemed.lock().unwrap().entry(token.clone()).or_insert(key.clone()).clone();
    if first != key {
        return refusal(StatusCode::CONFLICT, "the connectionToken is over");
    }
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    let mut claims: Value = serde_json::from_slice(&claims).unwrap();
    claims["businessName"] = "Harbour & Co".into();
    claims["visitId"] = "VIS-1".into();
    Json(claims).into_response()
}

async fn list(State(played): Played, RawQuery(query): RawQuery) -> Json<Value> {
    let query = query.unwrap_or_default();
    assert!(query.contains("businessUuid=BIZ-1"), "{query}");
    Json(json!({ "meta": { "count": 1 }, "data": [played.connection(OURS)] }))
}

async fn one(State(played): Played, Path(id): Path<String>) -> Response {
    match id.as_str() {
        OURS | THEIRS => Json(played.connection(&id)).into_response(),
        _ => refusal(StatusCode::NOT_FOUND, "no such connection"),
    }
}

async fn company(Path(id): Path<String>) -> Json<Value> {
    Json(
        json!({ "connectionId": id, "serviceName": "xero", "name": "Juniper <Bakery>", "legalName": "Juniper Ltd",
        "currency": "GBP", "fiscalYearStartMonth": 4 }),
    )
}

async fn proxied(Path((_, path)): Path<(String, String)>) -> Response {
    assert_eq!(path, "books/invoices");
    Json(json!({ "invoices": [{ "number": "<I-7>", "total": 12.5 }] })).into_response()
}

async fn disconnect(State(played): Played, Json(asked): Json<Value>) -> Json<Value> {
    *played.status.lock().unwrap() = "disconnected";
    let mut ended = played.connection(asked["connectionId"].as_str().unwrap());
    ended["revocation"] = "requested".into();
    Json(ended)
}
