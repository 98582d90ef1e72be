//! One call of a back end, passed on: sent with the token, once more with another one where the service refused it, and
//! answered as the answer comes.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Response, StatusCode};
use http_body_util::BodyExt;
use railz_connect_contract::ConnectionId;
use secrecy::SecretString;
use tokio::time::{Instant, timeout, timeout_at};
use url::Url;

use super::headers::{HeaderError, incoming, outgoing};
use super::timed_body::TimedBody;
use crate::app::App;
use crate::services::http_client::HttpClientError;
use crate::services::oauth::access_token::{AccessToken, AccessTokenError, replace_refused};
use crate::services::oauth::connection_api::ConnectionApi;

/// The largest body that is kept to be sent once more, in bytes.
const LARGEST_KEPT: usize = 1024 * 1024;

/// How many times the longest silence a whole call may take.
const WHOLE: u32 = 10;

/// What a back end asks of a service.
pub struct ProxiedCall<'a> {
    /// The connection in whose name it asks.
    pub connection: &'a ConnectionId,
    /// Where its service's API is.
    pub api: ConnectionApi<'a>,
    /// The address below that, with its query.
    pub url: Url,
    /// How.
    pub method: Method,
    /// With which headers, unfiltered.
    pub headers: HeaderMap,
    /// With what.
    pub body: Body,
}

/// Why there is no answer of the service.
#[derive(Debug, thiserror::Error)]
pub enum ProxiedCallError {
    /// The back end's own body broke off, or did not come.
    #[error("the body of the request did not come whole, or not in time")]
    Body,
    /// The service did not begin to answer in time.
    #[error("the service did not answer within {} seconds", .0.as_secs())]
    Silent(Duration),
    /// There is no way to the service.
    #[error("the service: {0}")]
    Unreachable(HttpClientError),
    /// The service begins another protocol, which nobody asked for (101).
    #[error("the service answered with another protocol")]
    AnotherProtocol,
    /// The token cannot travel.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// No other token could be had, through our own fault.
    #[error(transparent)]
    AccessToken(#[from] AccessTokenError),
}

/// A request's body: whole, so that it can be sent once more, or as far as it was read.
enum OutgoingBody {
    Kept(Bytes),
    Streamed { begun: Bytes, rest: Body },
}

/// Makes the call with this token.
///
/// # Errors
/// [`ProxiedCallError`]. Whatever the service answers is none.
pub async fn call(
    app: &Arc<App>,
    call: ProxiedCall<'_>,
    token: AccessToken,
) -> Result<Response<Body>, ProxiedCallError> {
    let silence = app.config.proxy_silence;
    let ProxiedCall { connection, api, url, method, headers, body } = call;
    let sending = Sending { app, api, url, method, headers };
    let path = format!("/v2/connections/{connection}/proxy");
    let proxy = app.config.public_url.join(&path);
    let (answer, token) = match read(body, silence).await? {
        OutgoingBody::Streamed { begun, rest } => {
            let body = reqwest::Body::wrap(TimedBody::new(begun, rest, silence));
            // The service may wait for the whole body before it answers.
            (sending.send(&token.token, Some(body), silence * WHOLE).await?, token)
        }
        OutgoingBody::Kept(body) => {
            let again = || Some(body.clone()).filter(|body| !body.is_empty()).map(reqwest::Body::from);
            let answer = sending.send(&token.token, again(), silence).await?;
            let other = match answer.status() {
                StatusCode::UNAUTHORIZED => replace_refused(app, connection, &token).await?,
                _ => None,
            };
            match other {
                Some(other) => (sending.send(&other.token, again(), silence).await?, other),
                None => (answer, token),
            }
        }
    };
    if answer.status().is_informational() {
        return Err(ProxiedCallError::AnotherProtocol);
    }
    let headers = incoming(
        (answer.status(), answer.headers()),
        (&sending.api.base, &sending.url),
        &proxy,
        &token.token,
    );
    let status = answer.status();
    let body = TimedBody::new(Bytes::new(), reqwest::Body::from(answer), silence);
    let mut response = Response::new(Body::new(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

/// What stays the same when a call is sent once more.
struct Sending<'a> {
    app: &'a App,
    api: ConnectionApi<'a>,
    url: Url,
    method: Method,
    headers: HeaderMap,
}

impl Sending<'_> {
    /// Sends it, and waits until the answer begins.
    async fn send(
        &self,
        token: &SecretString,
        body: Option<reqwest::Body>,
        longest: Duration,
    ) -> Result<reqwest::Response, ProxiedCallError> {
        let headers = outgoing(&self.headers, &self.api, token)?;
        let make = |http: &reqwest::Client| {
            let request = http.request(self.method.clone(), self.url.clone()).headers(headers);
            let request = request.timeout(self.app.config.proxy_silence * WHOLE);
            match body {
                Some(body) => request.body(body),
                None => request,
            }
        };
        let sent = self.app.http_client.send_for_stream(self.api.reach, &self.url, make);
        let answer = timeout(longest, sent).await.map_err(|_| ProxiedCallError::Silent(longest))?;
        answer.map_err(ProxiedCallError::Unreachable)
    }
}

/// Reads a body as far as it is kept: each piece of it within `silence`, and all of it within the time of a whole call.
async fn read(mut body: Body, silence: Duration) -> Result<OutgoingBody, ProxiedCallError> {
    let end = Instant::now() + silence * WHOLE;
    let mut kept = Vec::new();
    loop {
        let until = end.min(Instant::now() + silence);
        let frame = timeout_at(until, body.frame()).await.map_err(|_| ProxiedCallError::Body)?;
        let Some(frame) = frame else { return Ok(OutgoingBody::Kept(kept.into())) };
        let frame = frame.map_err(|_| ProxiedCallError::Body)?;
        if let Ok(data) = frame.into_data() {
            kept.extend_from_slice(&data);
        }
        if kept.len() > LARGEST_KEPT {
            return Ok(OutgoingBody::Streamed { begun: kept.into(), rest: body });
        }
    }
}
