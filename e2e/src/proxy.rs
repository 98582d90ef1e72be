//! A proxy in front of the Connect server, for what a good and quick server never shows: the screens that
//! stand there only while an answer is on its way, and the sandbox form, which a server without our
//! addition makes the widget use.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use reqwest::redirect::Policy;
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::error::{JourneyError, Outcome};
use crate::programs::Programs;

/// What the proxy does besides passing on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyMode {
    /// Holds every request whose path starts like this, until the proxy is told to release them.
    Hold(&'static str),
    /// Changes nothing; every proxy remembers the bearer tokens that pass it.
    Transparent,
    /// Takes our additional `features` out of the session's answer, like a server of the old contract.
    NoFeatures,
}

#[derive(Debug)]
struct Route {
    client: reqwest::Client,
    server: String,
    host: String,
    mode: ProxyMode,
    released: watch::Receiver<bool>,
    tokens: Mutex<Vec<String>>,
    /// How many of the tokens, from the first on, count no more.
    ended: AtomicUsize,
    paths: Mutex<Vec<String>>,
}

/// A running proxy; dropping it ends it.
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    release: watch::Sender<bool>,
    route: Arc<Route>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// A proxy to the Connect server of these programs.
    ///
    /// # Errors
    /// [`JourneyError::Io`] when no port can be had.
    pub async fn start(programs: &Programs, mode: ProxyMode) -> Outcome<Self> {
        let what = "starting a proxy";
        let (release, released) = watch::channel(false);
        let client = reqwest::Client::builder().redirect(Policy::none()).build()?;
        let host = programs.connect.trim_start_matches("http://").to_owned();
        let server = format!("http://127.0.0.1:{}", host.rsplit(':').next().unwrap_or_default());
        let route = Arc::new(Route {
            client,
            server,
            host,
            mode,
            released,
            tokens: Mutex::default(),
            ended: AtomicUsize::new(0),
            paths: Mutex::default(),
        });
        let listener =
            tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.map_err(JourneyError::io(what))?;
        let port = listener.local_addr().map_err(JourneyError::io(what))?.port();
        let app = Router::new().fallback(proxy).with_state(route.clone());
        let task = tokio::spawn(async move {
            // The proxy lives as long as the journey and is ended with it.
            axum::serve(listener, app).await.ok();
        });
        Ok(Self { port, release, route, task })
    }

    /// Its address, as the widget's `endpoint`.
    pub fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The bearer tokens that the server has given out through this proxy.
    pub fn tokens(&self) -> Vec<String> {
        self.route.tokens.lock().map(|tokens| tokens.clone()).unwrap_or_default()
    }

    /// From now on the server does not know the tokens that it has given out so far, as if they had run out: minutes are too
    /// long for a journey. In their place it gets one that it never made.
    pub fn end_sessions(&self) {
        self.route.ended.store(self.tokens().len(), Ordering::SeqCst);
    }

    /// The paths of all requests that have come, in order.
    pub fn paths(&self) -> Vec<String> {
        self.route.paths.lock().map(|paths| paths.clone()).unwrap_or_default()
    }

    /// Releases what is held, now and from now on.
    pub fn release(&self) {
        self.release.send_replace(true);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn proxy(
    State(route): State<Arc<Route>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Ok(mut paths) = route.paths.lock() {
        paths.push(uri.path().to_owned());
    }
    if let ProxyMode::Hold(path) = route.mode
        && method != Method::OPTIONS
        && uri.path().starts_with(path)
    {
        let mut released = route.released.clone();
        // A proxy that ends while it holds a request has nobody left to answer.
        tokio::time::timeout(Duration::from_mins(1), released.wait_for(|released| *released)).await.ok();
    }
    match pass_on(&route, method, &uri, headers, body).await {
        Ok(response) => response,
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    }
}

async fn pass_on(
    route: &Route,
    method: Method,
    uri: &Uri,
    mut headers: HeaderMap,
    body: Bytes,
) -> Result<Response, reqwest::Error> {
    headers.remove(header::ACCEPT_ENCODING);
    headers.remove(header::CONTENT_LENGTH);
    if has_ended(route, &headers) {
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static("Bearer of-no-session"));
    }
    if let Ok(host) = route.host.parse() {
        headers.insert(header::HOST, host);
    }
    let address = format!("{}{uri}", route.server);
    let answer = route.client.request(method, address).headers(headers).body(body).send().await?;
    let status = answer.status();
    let mut answered = answer.headers().clone();
    answered.remove(header::CONTENT_LENGTH);
    answered.remove(header::TRANSFER_ENCODING);
    let bytes = answer.bytes().await?;
    let bytes = if uri.path().starts_with("/widget/session/") { session(route, &bytes) } else { bytes };
    Ok((status, answered, bytes).into_response())
}

/// Whether a request has one of the tokens that count no more, and none that was given out since.
fn has_ended(route: &Route, headers: &HeaderMap) -> bool {
    let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(sent) = sent.and_then(|value| value.strip_prefix("Bearer ")) else { return false };
    route
        .tokens
        .lock()
        .is_ok_and(|tokens| tokens.iter().take(route.ended.load(Ordering::SeqCst)).any(|token| token == sent))
}

/// Looks into the session's answer, and changes it if that is asked for.
fn session(route: &Route, body: &Bytes) -> Bytes {
    let Ok(Value::Object(mut session)) = serde_json::from_slice(body) else { return body.clone() };
    if let (Some(token), Ok(mut tokens)) =
        (session.get("access_token").and_then(Value::as_str), route.tokens.lock())
    {
        tokens.push(token.to_owned());
    }
    if route.mode != ProxyMode::NoFeatures {
        return body.clone();
    }
    session.remove("features");
    Value::Object(session).to_string().into()
}
