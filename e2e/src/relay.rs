//! A relay in front of the Connect server, for what a good and quick server never shows: the screens that
//! stand there only while an answer is on its way, and the sandbox form, which a server without our
//! addition makes the widget use.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use reqwest::redirect::Policy;
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::failure::{Failure, Outcome};
use crate::world::World;

/// What the relay does besides relaying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Holds every request whose path starts like this, until the relay is told to let go.
    Hold(&'static str),
    /// Changes nothing; every relay remembers the bearer tokens that pass it.
    Nothing,
    /// Takes our additional `features` out of the session's answer, like a server of the old contract.
    NoFeatures,
}

#[derive(Debug)]
struct Way {
    client: reqwest::Client,
    server: String,
    host: String,
    change: Change,
    released: watch::Receiver<bool>,
    tokens: Mutex<Vec<String>>,
}

/// A running relay; dropping it ends it.
#[derive(Debug)]
pub struct Relay {
    port: u16,
    release: watch::Sender<bool>,
    way: Arc<Way>,
    task: JoinHandle<()>,
}

impl Relay {
    /// A relay to this world's Connect server.
    ///
    /// # Errors
    /// [`Failure::Io`] when no port can be had.
    pub async fn start(world: &World, change: Change) -> Outcome<Self> {
        let what = "starting a relay";
        let (release, released) = watch::channel(false);
        let client = reqwest::Client::builder().redirect(Policy::none()).build()?;
        let host = world.connect.trim_start_matches("http://").to_owned();
        let server = format!("http://127.0.0.1:{}", host.rsplit(':').next().unwrap_or_default());
        let way = Arc::new(Way { client, server, host, change, released, tokens: Mutex::default() });
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.map_err(Failure::io(what))?;
        let port = listener.local_addr().map_err(Failure::io(what))?.port();
        let app = Router::new().fallback(relay).with_state(way.clone());
        let task = tokio::spawn(async move {
            // The relay lives as long as the journey and is ended with it.
            axum::serve(listener, app).await.ok();
        });
        Ok(Self { port, release, way, task })
    }

    /// Its address, as the widget's `endpoint`.
    pub fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The bearer tokens that the server has given out through this relay.
    pub fn tokens(&self) -> Vec<String> {
        self.way.tokens.lock().map(|tokens| tokens.clone()).unwrap_or_default()
    }

    /// Lets go of what is held, now and from now on.
    pub fn let_go(&self) {
        self.release.send_replace(true);
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn relay(
    State(way): State<Arc<Way>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Change::Hold(path) = way.change
        && method != Method::OPTIONS
        && uri.path().starts_with(path)
    {
        let mut released = way.released.clone();
        // A relay that ends while it holds a request has nobody left to answer.
        tokio::time::timeout(Duration::from_mins(1), released.wait_for(|released| *released)).await.ok();
    }
    match pass_on(&way, method, &uri, headers, body).await {
        Ok(response) => response,
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    }
}

async fn pass_on(
    way: &Way,
    method: Method,
    uri: &Uri,
    mut headers: HeaderMap,
    body: Bytes,
) -> Result<Response, reqwest::Error> {
    headers.remove(header::ACCEPT_ENCODING);
    headers.remove(header::CONTENT_LENGTH);
    if let Ok(host) = way.host.parse() {
        headers.insert(header::HOST, host);
    }
    let address = format!("{}{uri}", way.server);
    let answer = way.client.request(method, address).headers(headers).body(body).send().await?;
    let status = answer.status();
    let mut answered = answer.headers().clone();
    answered.remove(header::CONTENT_LENGTH);
    answered.remove(header::TRANSFER_ENCODING);
    let bytes = answer.bytes().await?;
    let bytes = if uri.path().starts_with("/widget/session/") { session(way, &bytes) } else { bytes };
    Ok((status, answered, bytes).into_response())
}

/// Looks into the session's answer, and changes it if that is asked for.
fn session(way: &Way, body: &Bytes) -> Bytes {
    let Ok(Value::Object(mut session)) = serde_json::from_slice(body) else { return body.clone() };
    if let (Some(token), Ok(mut tokens)) =
        (session.get("access_token").and_then(Value::as_str), way.tokens.lock())
    {
        tokens.push(token.to_owned());
    }
    if way.change != Change::NoFeatures {
        return body.clone();
    }
    session.remove("features");
    Value::Object(session).to_string().into()
}
