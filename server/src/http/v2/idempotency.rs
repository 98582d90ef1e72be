//! `Idempotency-Key`: a back end that did not hear an answer asks again, and gets the one of before.
//!
//! Whoever repeats a POST with the same key and body within a day is answered as the first time, without anything being done
//! twice. Answers hold tokens, so they are kept sealed. What was refused did nothing and is not kept: it is tried again.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::secret_key_bearer::{SecretKeyBearer, SecretKeyError};
use crate::app::App;
use crate::clock::seconds_after;
use crate::domain::idempotent_request::{IdempotentRequest, KEPT_SECONDS, LONGEST_KEY, UNDER_WAY_SECONDS};
use crate::http::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use crate::http::input::{self, InputError};
use crate::http::replayed::REPLAYED;
use crate::store::{RequestStanding, StoreError};
use crate::token::TokenHash;
use crate::vault::{Field, SealError};

/// The header that a back end sends.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The largest answer that is kept, in bytes.
const LARGEST_ANSWER: usize = 256 * 1024;

/// An answer as it is kept, sealed.
#[derive(Serialize, Deserialize)]
struct KeptAnswer {
    status: u16,
    body: String,
}

/// Why a request with an `Idempotency-Key` is not answered.
#[derive(Debug, thiserror::Error)]
enum IdempotencyError {
    #[error("the Idempotency-Key is not 1 to {LONGEST_KEY} printable ASCII characters")]
    Key,
    #[error(
        "the Idempotency-Key was used for another body at this address: take a new one, or send what was sent before"
    )]
    OtherBody,
    #[error("the request of before with this Idempotency-Key is under way: ask again in a moment")]
    UnderWay,
    #[error(transparent)]
    SecretKey(#[from] SecretKeyError),
    #[error(transparent)]
    Input(#[from] InputError),
    #[error("an answer could not be read to be kept: {0}")]
    Answer(axum::Error),
    #[error("an answer has {0} bytes, and {LARGEST_ANSWER} at most are kept")]
    Large(usize),
    #[error("an answer that is kept is none: {0}")]
    Kept(#[from] serde_json::Error),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ErrorResponse for IdempotencyError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Key => StatusCode::BAD_REQUEST,
            Self::OtherBody | Self::UnderWay => StatusCode::CONFLICT,
            Self::SecretKey(refused) => refused.status(),
            Self::Input(refused) => refused.status(),
            Self::Answer(_) | Self::Large(_) | Self::Kept(_) | Self::Seal(_) | Self::Store(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    fn message(&self) -> String {
        match self {
            Self::SecretKey(refused) => refused.message(),
            Self::Input(refused) => refused.message(),
            Self::Answer(_) | Self::Large(_) | Self::Kept(_) | Self::Seal(_) | Self::Store(_) => {
                OUR_FAULT.to_owned()
            }
            other => other.to_string(),
        }
    }
}

respond_with_error!(IdempotencyError);

/// Answers a POST that has an `Idempotency-Key` once; everything else passes.
pub(in crate::http) async fn layer(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST || !request.headers().contains_key(IDEMPOTENCY_KEY) {
        return next.run(request).await;
    }
    match answer_once(&app, request, next).await {
        Ok(response) => response,
        Err(IdempotencyError::UnderWay) => {
            let mut response = IdempotencyError::UnderWay.into_response();
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
            response
        }
        Err(error) => error.into_response(),
    }
}

async fn answer_once(app: &Arc<App>, request: Request, next: Next) -> Result<Response, IdempotencyError> {
    let (mut parts, body) = request.into_parts();
    let bearer = SecretKeyBearer::from_request_parts(&mut parts, app).await?;
    let key = parts.headers.get(IDEMPOTENCY_KEY).map(HeaderValue::as_bytes).unwrap_or_default();
    if key.is_empty() || key.len() > LONGEST_KEY || !key.iter().all(|byte| (b' '..=b'~').contains(byte)) {
        return Err(IdempotencyError::Key);
    }
    // A key of other scopes is not answered what it could not have asked.
    let scopes: Vec<_> = bearer.key.scopes.iter().map(|scope| scope.word()).collect();
    let scopes = scopes.join(" ") + " ";
    let key = TokenHash::of_bytes(&[scopes.as_bytes(), key].concat());
    let body = input::read_body(Request::from_parts(parts.clone(), body), app).await?;
    let begun = IdempotentRequest {
        widget: bearer.widget.id,
        path: parts.uri.path().to_owned(),
        key,
        body: TokenHash::of_bytes(&body),
        expires_at: seconds_after(app.now(), UNDER_WAY_SECONDS),
    };
    match app.store.begin_request(&begun, app.now()).await? {
        RequestStanding::New => {}
        RequestStanding::UnderWay => return Err(IdempotencyError::UnderWay),
        RequestStanding::OtherBody => return Err(IdempotencyError::OtherBody),
        RequestStanding::Answered(sealed) => match app.vault.open(&begun.record(), Field::Answer, &sealed) {
            Ok(kept) => return replay(&kept),
            // The key that sealed it was taken away. Nobody can be answered as before, so it is done anew.
            Err(error) => {
                tracing::warn!(%error, "an answer that is kept cannot be opened");
                app.store.forget_request(&begun).await?;
                if !matches!(app.store.begin_request(&begun, app.now()).await?, RequestStanding::New) {
                    return Err(IdempotencyError::UnderWay);
                }
            }
        },
    }
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    if !response.status().is_success() {
        app.store.forget_request(&begun).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.map_err(IdempotencyError::Answer)?;
    // It is done, and cannot be done again: whoever hears of it now needs no repetition.
    if let Err(error) = keep(app, begun, parts.status, &body).await {
        tracing::error!(%error, "an answer is given that cannot be kept");
    }
    Ok(Response::from_parts(parts, Body::from(body)))
}

/// Keeps an answer, sealed.
async fn keep(
    app: &App,
    begun: IdempotentRequest,
    status: StatusCode,
    body: &Bytes,
) -> Result<(), IdempotencyError> {
    if body.len() > LARGEST_ANSWER {
        return Err(IdempotencyError::Large(body.len()));
    }
    let text = String::from_utf8_lossy(body).into_owned();
    let kept: SecretString =
        serde_json::to_string(&KeptAnswer { status: status.as_u16(), body: text })?.into();
    let sealed = app.vault.seal(&begun.record(), Field::Answer, &kept)?;
    let answered = IdempotentRequest { expires_at: seconds_after(app.now(), KEPT_SECONDS), ..begun };
    Ok(app.store.finish_request(&answered, &sealed).await?)
}

fn replay(kept: &SecretString) -> Result<Response, IdempotencyError> {
    let kept: KeptAnswer = serde_json::from_str(kept.expose_secret())?;
    let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (REPLAYED, HeaderValue::from_static("true")),
    ];
    Ok((status, headers, kept.body).into_response())
}
