//! A server in a folder of its own, and what a test does to it.

pub mod api;
pub mod behaviour;
pub mod browser;
pub mod clock;
pub mod companies;
mod configuration;
pub mod held_services;
mod lists;
pub mod log;
pub mod program;
pub mod provider;
pub mod receiver;
pub mod secret_key;
pub mod statements;
mod token_endpoint;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use connect_server::app::App;
use connect_server::clock::Timing;
use connect_server::config::{self, Environment};
use connect_server::domain::widget::{self, Mode, SessionPolicy, Widget};
use connect_server::http;
use http_body_util::BodyExt;
use railz_connect_contract::{AddressResponse, ErrorBody, SessionResponse};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

use clock::SetClock;
use provider::Provider;

/// The page that carries the widgets of the tests.
pub const HOST: &str = "https://app.example";

/// The id of the sandbox widget.
pub const SANDBOX: &str = "SB_PROD_demo";

/// The id of the widget that is none.
pub const LIVE: &str = "PROD_demo";

/// The longest that a test waits for anything.
pub const TEST_DEADLINE: Duration = Duration::from_secs(20);

/// A server, its clock, its folder and its provider.
pub struct TestServer {
    pub app: Arc<App>,
    pub router: Router,
    pub clock: Arc<SetClock>,
    pub provider: Provider,
    pub folder: TempDir,
}

/// What a test may want otherwise.
#[derive(Clone)]
pub struct ServerOptions {
    pub public_url: &'static str,
    pub service_extra: &'static str,
    pub non_oauth: String,
    pub top: String,
    /// Further services at the provider; `@` in what their configuration adds is its address.
    pub services: Vec<(&'static str, &'static str)>,
    pub reread: Duration,
}

impl Default for ServerOptions {
    fn default() -> Self {
        Self {
            public_url: "https://connect.example",
            service_extra: "",
            non_oauth: String::new(),
            top: String::new(),
            services: Vec::new(),
            reread: Duration::from_hours(1),
        }
    }
}

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The message of the one error body, whose status must be the answer's.
    pub fn refusal(&self) -> (u16, String) {
        let body: ErrorBody = self.json();
        assert_eq!(body.error.status_code, self.status.as_u16());
        assert!(!body.error.message.first().is_empty());
        (body.error.status_code, body.error.message.first().to_owned())
    }
}

impl TestServer {
    pub async fn new() -> Self {
        Self::with_options(ServerOptions::default()).await
    }

    pub async fn with_options(wish: ServerOptions) -> Self {
        let provider = Provider::start().await;
        let folder = tempfile::tempdir().unwrap();
        let text = provider.configuration(&wish);
        let app = start(&text, folder.path(), &Environment::new(), wish.reread).await;
        let (app, clock) = app.unwrap();
        for (id, mode) in [(SANDBOX, Mode::Sandbox), (LIVE, Mode::Live)] {
            let widget = Widget {
                id: widget::parse_id(id, mode).unwrap(),
                name: "Acme Lending".to_owned(),
                email: "help@acme.example".to_owned(),
                mode,
                origins: vec![HOST.parse().unwrap(), "http://*.localhost:*".parse().unwrap()],
                sessions: SessionPolicy::Open,
                success_addresses: Vec::new(),
                created_at: app.now(),
            };
            app.store.add_widget(&widget).await.unwrap();
        }
        Self { router: http::router(&app), app, clock, provider, folder }
    }

    /// Waits until so many polls are held, each of which listens before it looks for the first time.
    pub async fn until_held(&self, polls: usize) {
        let held = || self.app.notifier.listeners();
        let waiting = async {
            while held() != polls {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        assert!(
            tokio::time::timeout(TEST_DEADLINE, waiting).await.is_ok(),
            "{} polls are held, not {polls}",
            held()
        );
    }

    /// Waits until nothing goes on in the background.
    pub async fn settled(&self) {
        self.app.finishing.close();
        tokio::time::timeout(TEST_DEADLINE, self.app.finishing.wait()).await.unwrap();
        self.app.finishing.reopen();
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        send(&self.router, request).await
    }

    /// A request as a page of [`HOST`] makes it.
    pub async fn ask(&self, method: &str, path: &str, token: Option<&str>, body: &str) -> Answer {
        self.send(request(method, path, token, body)).await
    }

    pub async fn get(&self, path: &str, token: &str) -> Answer {
        self.ask("GET", path, Some(token), "").await
    }

    /// Opens a session; `query` goes behind the widget's id.
    pub async fn session(&self, widget: &str, query: &str) -> SessionResponse<Value> {
        let answer = self.ask("POST", &format!("/widget/session/{widget}{query}"), None, "{}").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    /// Opens a session that continues the visit of an older one, as the widget does when that ran out.
    pub async fn continue_session(
        &self,
        widget: &str,
        older: &SessionResponse<Value>,
    ) -> SessionResponse<Value> {
        let path = format!(
            "/widget/session/{widget}?businessUuid={}&include=connections,integrations",
            older.business_uuid
        );
        let body = json!({ "previousSessionToken": older.access_token }).to_string();
        let answer = self.ask("POST", &path, None, &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    /// Ends a session, as the widget does when it is unmounted.
    pub async fn end_session(&self, session: &SessionResponse<Value>) {
        let ended = self.ask("DELETE", "/widget/session", Some(session.access_token.expose()), "").await;
        assert_eq!(ended.status, StatusCode::NO_CONTENT, "{}", ended.text());
    }

    /// A session with everything, of a business of this name.
    pub async fn session_of(&self, widget: &str, business: &str) -> SessionResponse<Value> {
        let query = format!("?businessUuid=&businessName={business}&include=connections,integrations");
        self.session(widget, &query).await
    }

    /// Begins an attempt at a service, as the session offers it.
    pub async fn begin(&self, session: &SessionResponse<Value>, service: &str) -> AddressResponse {
        let answer = self.ask_to_begin(session, service, "").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    /// Asks to begin an attempt; `extra` goes behind the query.
    pub async fn ask_to_begin(&self, session: &SessionResponse<Value>, service: &str, extra: &str) -> Answer {
        let integrations = session.integrations.as_ref().unwrap();
        let uuid = integrations
            .iter()
            .find(|entry| entry.service.as_str() == service && !entry.is_mock_data)
            .map(|entry| entry.uuid.as_str())
            .unwrap();
        let path = format!("/services/url?serviceName={service}&integrationUuid={uuid}&redirectUrl={extra}");
        self.get(&path, session.access_token.expose()).await
    }

    /// Asks for the news of an attempt, waiting so many milliseconds.
    pub async fn poll(&self, session: &SessionResponse<Value>, of: &AddressResponse, wait: i64) -> Answer {
        let path = poll_path(of, wait);
        self.get(&path, session.access_token.expose()).await
    }

    /// The connections that `/widget/status` lists.
    pub async fn status(&self, session: &SessionResponse<Value>) -> Vec<railz_connect_contract::Connection> {
        let answer = self.get("/widget/status", session.access_token.expose()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }
}

/// The address that waits for the news of one attempt.
pub fn poll_path(of: &AddressResponse, wait: i64) -> String {
    let connection = of.connection_id.as_ref().unwrap();
    let attempt = of.attempt_id.as_ref().unwrap();
    format!("/widget/connection/updates/{connection}?timeoutInMs={wait}&attemptId={attempt}")
}

/// Starts a server of this configuration in this folder.
pub async fn start(
    text: &str,
    folder: &Path,
    environment: &Environment,
    reread: Duration,
) -> Result<(Arc<App>, Arc<SetClock>), connect_server::start::StartError> {
    log::prepare();
    let config = config::parse(text, folder, environment).unwrap();
    let clock = Arc::new(SetClock::default());
    let timing = Timing { clock: clock.clone(), reread_interval: reread };
    Ok((App::start(config, timing).await?, clock))
}

/// A request as a page of [`HOST`] makes it.
pub fn request(method: &str, path: &str, token: Option<&str>, body: &str) -> Request<Body> {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::ORIGIN, HOST)
        .header(header::CONTENT_TYPE, "application/json")
        .header(railz_connect_contract::VERSION_HEADER, railz_connect_contract::VERSION);
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

/// Sends a request and reads the answer to its end, within [`TEST_DEADLINE`].
pub async fn send(router: &Router, request: Request<Body>) -> Answer {
    let sent = async {
        let response = router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    };
    tokio::time::timeout(TEST_DEADLINE, sent).await.unwrap()
}
