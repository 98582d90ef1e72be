//! The provider's API behind a token: it writes down what it is asked, and answers well or badly as told.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use http_body_util::BodyExt;
use serde_json::json;
use tokio::time::sleep;

use super::provider::{Desk, Provider};

/// How the API answers.
#[derive(Clone, Debug, Default)]
pub enum ApiBehaviour {
    #[default]
    Good,
    /// 401 for this token, and well for every other one.
    Refuses(&'static str),
    /// 401 for every token.
    RefusesAll,
    /// 429, with `Retry-After`.
    Limits,
    /// 302 to this place.
    Redirects(String),
    /// No answer.
    Hangs,
    /// An answer that begins and then is silent.
    Stalls,
    /// An answer that breaks off.
    BreaksOff,
    /// So many bytes, in pieces.
    Large(usize),
    /// With headers that are nobody's business, the token among them.
    Gossips,
}

/// One request that came.
#[derive(Clone, Debug)]
pub struct ApiCall {
    pub method: String,
    /// The path and query, as they came.
    pub path: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl ApiCall {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// What the API was told to do, and what it was asked.
#[derive(Default)]
pub struct ApiDesk {
    behaviour: ApiBehaviour,
    asked: Vec<ApiCall>,
}

impl Provider {
    /// How the API answers from here on.
    pub fn api_behaves(&self, behaviour: ApiBehaviour) {
        self.desk.lock().unwrap().api.behaviour = behaviour;
    }

    /// What the API was asked, oldest first.
    pub fn api_asked(&self) -> Vec<ApiCall> {
        self.desk.lock().unwrap().api.asked.clone()
    }
}

/// Answers whatever is asked below `/api`.
pub(super) async fn answer(State(desk): State<Arc<Mutex<Desk>>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = body.collect().await else { return StatusCode::BAD_REQUEST.into_response() };
    let body = body.to_bytes().to_vec();
    let path = parts.uri.path_and_query().unwrap().to_string();
    let length = body.len();
    let call = ApiCall { method: parts.method.to_string(), path, headers: parts.headers.clone(), body };
    let (behaviour, given) = {
        let mut desk = desk.lock().unwrap();
        desk.api.asked.push(call);
        (desk.api.behaviour.clone(), desk.gave(&parts.headers))
    };
    let token = parts.headers.get(header::AUTHORIZATION).cloned();
    let bearer = token.as_ref().and_then(|token| token.to_str().ok()).unwrap_or_default().to_owned();
    let refused = || (StatusCode::UNAUTHORIZED, Json(json!({ "error": "invalid_token" }))).into_response();
    if !given {
        return refused();
    }
    match behaviour {
        ApiBehaviour::Refuses(token) if bearer.ends_with(token) => refused(),
        ApiBehaviour::RefusesAll => refused(),
        ApiBehaviour::Limits => {
            (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "17")], "slowly").into_response()
        }
        ApiBehaviour::Redirects(to) => (StatusCode::FOUND, [("location", to)], "elsewhere").into_response(),
        ApiBehaviour::Hangs => {
            sleep(Duration::from_mins(1)).await;
            StatusCode::OK.into_response()
        }
        ApiBehaviour::Stalls => {
            let begun = stream::once(async { Ok::<_, io::Error>("begun") });
            Body::from_stream(futures_util::StreamExt::chain(begun, stream::pending())).into_response()
        }
        ApiBehaviour::BreaksOff => {
            let begun = stream::once(async { Ok("begun") });
            let gone = stream::once(async {
                sleep(Duration::from_millis(100)).await;
                Err(io::Error::other("gone"))
            });
            Body::from_stream(futures_util::StreamExt::chain(begun, gone)).into_response()
        }
        ApiBehaviour::Large(bytes) => {
            let pieces = (0..bytes / 1000).map(|_| Ok::<_, io::Error>("x".repeat(1000)));
            Body::from_stream(stream::iter(pieces)).into_response()
        }
        ApiBehaviour::Gossips => gossip(&bearer),
        ApiBehaviour::Good | ApiBehaviour::Refuses(_) => {
            let answer = json!({ "invoices": [{ "number": "INV-1" }], "bodyLength": length });
            (StatusCode::OK, [("x-page", "1"), ("etag", "\"7\"")], Json(answer)).into_response()
        }
    }
}

fn gossip(bearer: &str) -> Response {
    let mut response = Json(json!({})).into_response();
    for (name, value) in [
        ("set-cookie", "session=1"),
        ("connection", "x-of-this-connection"),
        ("x-of-this-connection", "1"),
        ("keep-alive", "timeout=5"),
        ("access-control-allow-origin", "*"),
        ("strict-transport-security", "max-age=1"),
        ("clear-site-data", "\"*\""),
        ("refresh", "0; url=https://evil.example"),
        ("railz-proxy-error", "path"),
        ("idempotency-replayed", "true"),
        ("cache-control", "public, max-age=3600"),
        ("x-echo", bearer),
        ("authorization", bearer),
        ("x-page", "1"),
        ("link", "<https://books.example/next>; rel=next"),
    ] {
        response.headers_mut().append(name, value.parse().unwrap());
    }
    response
}
