//! Tests through the router: a client and a person in front of a provider whose clock the test holds.

mod books;
mod consent;
mod refusals;
mod services;
mod tokens;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;
use sha2::Sha256;
use tower::ServiceExt;
use url::{Url, form_urlencoded};

use crate::{
    clock::{Clock, Moment},
    http::{App, router},
    oauth::Client,
};

const PUBLIC: &str = "http://provider.localhost:8082";
const ISSUER: &str = "http://provider.localhost:8082/xero";
const CALLBACK: &str = "http://connect.localhost:8081/oauth/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

struct Provider {
    router: Router,
    clock: Arc<AtomicU64>,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    fn error(&self) -> String {
        self.json()["error"].as_str().unwrap().to_owned()
    }

    fn word(&self, key: &str) -> String {
        self.json()[key].as_str().unwrap().to_owned()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The redirect's address and its query.
    fn redirect(&self) -> (String, Vec<(String, String)>) {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text);
        let to = Url::parse(PUBLIC).unwrap().join(self.header("location").unwrap()).unwrap();
        let query = to.query_pairs().into_owned().collect();
        (to[..url::Position::AfterPath].to_owned(), query)
    }

    /// One value of the redirect's query.
    fn brought(&self, name: &str) -> Option<String> {
        self.redirect().1.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

impl Provider {
    fn new() -> Self {
        Self::with("practice:practice-secret".parse().unwrap())
    }

    fn with(client: Client) -> Self {
        let clock = Arc::new(AtomicU64::new(1_700_000_000_000));
        let now = Arc::clone(&clock);
        let moment = Clock::new(move || Moment(now.load(Ordering::Relaxed)));
        let other: Client = "other:other-secret".parse().unwrap();
        Self { router: router(App::new(PUBLIC.to_owned(), vec![client, other], moment)), clock }
    }

    fn wait(&self, time: Duration) {
        self.clock.fetch_add(u64::try_from(time.as_millis()).unwrap(), Ordering::Relaxed);
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, text }
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form(pairs))).unwrap()).await
    }

    /// A form of the client `practice`, which proves itself with HTTP Basic.
    async fn post_as_client(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let basic = format!("Basic {}", STANDARD.encode("practice:practice-secret"));
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::AUTHORIZATION, basic);
        self.send(request.body(Body::from(form(pairs))).unwrap()).await
    }

    /// Asks for authorisation with the usual parameters; `changes` replaces them, an empty value leaves one out.
    async fn ask(&self, changes: &[(&str, &str)]) -> Answer {
        let mut pairs = vec![
            ("response_type", "code"),
            ("client_id", "practice"),
            ("redirect_uri", CALLBACK),
            ("scope", "accounting reports"),
            ("state", "st&te"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        pairs.retain(|(key, _)| !changes.iter().any(|(changed, _)| changed == key));
        pairs.extend(changes);
        self.get(&format!("/xero/authorize?{}", form(&pairs))).await
    }

    /// Asks with `changes` and presses the button `choice` on the consent page.
    async fn choose(&self, choice: &str, changes: &[(&str, &str)]) -> Answer {
        let id = self.ask(changes).await.brought("request").unwrap();
        self.post("/xero/decision", &[("request", &id), ("choice", choice), ("company", "Finch Joinery")])
            .await
    }

    /// A code that the person approved.
    async fn code(&self) -> String {
        self.choose("approve", &[]).await.brought("code").unwrap()
    }

    async fn exchange(&self, code: &str) -> Answer {
        let pairs = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ];
        self.post_as_client("/xero/token", &pairs).await
    }

    async fn refresh(&self, token: &str) -> Answer {
        let pairs = [("grant_type", "refresh_token"), ("refresh_token", token)];
        self.post_as_client("/xero/token", &pairs).await
    }

    /// What the service answers to this access token.
    async fn company(&self, access: &str) -> Answer {
        let request =
            Request::get("/xero/api/company").header(header::AUTHORIZATION, format!("Bearer {access}"));
        self.send(request.body(Body::empty()).unwrap()).await
    }

    async fn log(&self) -> Vec<Value> {
        self.get("/control/xero/log").await.json().as_array().unwrap().clone()
    }
}
