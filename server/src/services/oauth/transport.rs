//! The HTTP client for the services' endpoints: no redirects, an end to waiting, and an end to reading.
//!
//! Redirects are not followed because a token endpoint has no reason to send credentials elsewhere (RFC 9700 section
//! 4.12). Small liberties that services take with their answers are put right here, before they are parsed.

use std::pin::Pin;
use std::time::Duration;

use oauth2::http::{self, HeaderMap};
use oauth2::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::redirect::Policy;
use serde_json::{Map, Value};
use url::Url;

use crate::domain::origin::is_loopback;

/// The largest answer that is read, in bytes; real ones have a few thousand.
const LARGEST_ANSWER: usize = 256 * 1024;

/// Talks to token endpoints.
#[derive(Clone, Debug)]
pub struct Transport {
    usual: reqwest::Client,
    /// For providers on this machine, which a proxy of the operator's could not reach.
    loopback: reqwest::Client,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// Connection, TLS or time. The address is left out: it may carry what should not be logged.
    #[error("the service: {}", cause(.0))]
    Network(reqwest::Error),
    /// It sends elsewhere.
    #[error("the service sends elsewhere (status {0}), where no secret is taken")]
    Elsewhere(u16),
    /// A token endpoint said no, and not in the words of OAuth.
    #[error("the service answered with status {0}, without an error of OAuth")]
    Status(u16),
    /// More than anybody needs.
    #[error("the service sent more than {LARGEST_ANSWER} bytes")]
    TooLarge,
    /// No address.
    #[error("the service's address: {0}")]
    AddressTemplate(#[from] url::ParseError),
    /// No HTTP.
    #[error("the service: {0}")]
    Http(#[from] http::Error),
}

/// Why there is no JSON.
#[derive(Debug, thiserror::Error)]
pub(super) enum JsonError {
    /// No answer.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// It said no.
    #[error("the service answered with status {0}")]
    Status(u16),
    /// It said something else.
    #[error("the service's answer is not JSON")]
    InputError,
}

/// What is at the bottom of it: reqwest's own words stop before the cause.
fn cause(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no whole answer in the time allowed".to_owned();
    }
    let mut deepest: &dyn std::error::Error = error;
    while let Some(deeper) = deepest.source() {
        deepest = deeper;
    }
    format!("no answer: {deepest}")
}

impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        Self::Network(error.without_url())
    }
}

impl Transport {
    /// A client that gives up after so long.
    ///
    /// # Errors
    /// [`TransportError`] where TLS cannot be set up.
    pub fn new(timeout: Duration) -> Result<Self, TransportError> {
        let builder = || {
            reqwest::Client::builder()
                .redirect(Policy::none())
                .timeout(timeout)
                .user_agent(concat!("connect-server/", env!("CARGO_PKG_VERSION")))
        };
        Ok(Self { usual: builder().build()?, loopback: builder().no_proxy().build()? })
    }

    /// Fetches JSON with these headers.
    ///
    /// # Errors
    /// [`JsonError`]. Its words hold nothing of the answer.
    pub(super) async fn json(&self, url: &Url, headers: HeaderMap) -> Result<Value, JsonError> {
        let mut request = http::Request::get(url.as_str()).body(Vec::new()).map_err(TransportError::from)?;
        *request.headers_mut() = headers;
        let answer = self.send(request).await?;
        if !answer.status().is_success() {
            return Err(JsonError::Status(answer.status().as_u16()));
        }
        serde_json::from_slice(answer.body()).map_err(|_| JsonError::InputError)
    }

    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    /// [`TransportError`].
    pub(super) async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let (parts, body) = request.into_parts();
        let url = Url::parse(&parts.uri.to_string())?;
        let client = if is_loopback(url.host().as_ref()) { &self.loopback } else { &self.usual };
        let mut response = client.request(parts.method, url).headers(parts.headers).body(body).send().await?;
        if response.status().is_redirection() {
            return Err(TransportError::Elsewhere(response.status().as_u16()));
        }
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await? {
            if body.len() + piece.len() > LARGEST_ANSWER {
                return Err(TransportError::TooLarge);
            }
            body.extend_from_slice(&piece);
        }
        let status = response.status();
        let body = if status.is_success() { put_right(body) } else { body };
        let mut answer = http::Response::builder().status(status);
        if let Some(headers) = answer.headers_mut() {
            *headers = json_only(response.headers());
        }
        Ok(answer.body(body)?)
    }
}

/// The form in which the `oauth2` crate calls it.
impl<'c> AsyncHttpClient<'c> for Transport {
    type Error = TransportError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let answer = self.send(request).await?;
            if answer.status().is_success() || is_oauth_error(answer.body()) {
                return Ok(answer);
            }
            Err(TransportError::Status(answer.status().as_u16()))
        })
    }
}

/// RFC 6749 section 5.2.
fn is_oauth_error(body: &[u8]) -> bool {
    serde_json::from_slice::<Value>(body)
        .is_ok_and(|answer| answer.get("error").is_some_and(Value::is_string))
}

/// Some token endpoints call their JSON `text/plain`; what it is shows when it is parsed.
fn json_only(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    headers.remove(http::header::CONTENT_TYPE);
    headers
}

/// Numbers sent as texts (MYOB does), scopes sent as a list, and the token type left out, which can only be a bearer
/// token here.
fn put_right(body: Vec<u8>) -> Vec<u8> {
    let Ok(Value::Object(mut answer)) = serde_json::from_slice::<Value>(&body) else { return body };
    if !answer.contains_key("access_token") {
        return body;
    }
    lifetime_as_number(&mut answer);
    scope_as_text(&mut answer);
    if answer.get("token_type").is_none_or(Value::is_null) {
        answer.insert("token_type".to_owned(), "bearer".into());
    }
    serde_json::to_vec(&answer).unwrap_or(body)
}

/// Whole seconds; what is no such number (null, -1, "never") says nothing.
fn lifetime_as_number(answer: &mut Map<String, Value>) {
    let Some(lifetime) = answer.remove("expires_in") else { return };
    let seconds = match &lifetime {
        Value::Number(number) => number.as_u64().or_else(|| whole(number.as_f64()?)),
        Value::String(text) => text.trim().parse().ok().or_else(|| whole(text.trim().parse().ok()?)),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    if let Some(seconds) = seconds {
        answer.insert("expires_in".to_owned(), seconds.into());
    }
}

/// A number of seconds without its fraction.
fn whole(seconds: f64) -> Option<u64> {
    let seconds = Duration::try_from_secs_f64(seconds).ok()?;
    Some(seconds.as_secs())
}

fn scope_as_text(answer: &mut Map<String, Value>) {
    let text = match answer.get("scope") {
        None | Some(Value::String(_)) => return,
        Some(Value::Array(scopes)) => {
            let scopes: Vec<_> = scopes.iter().filter_map(Value::as_str).collect();
            Some(scopes.join(" "))
        }
        Some(_) => None,
    };
    match text {
        Some(text) => answer.insert("scope".to_owned(), text.into()),
        None => answer.remove("scope"),
    };
}
