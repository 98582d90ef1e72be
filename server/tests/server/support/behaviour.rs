//! How a provider behaves: well, or badly in one of many ways.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use futures_util::stream;
use serde_json::json;
use tokio::time::sleep;

/// What an answer that drips would say in the end.
const DRIP: &str = r#"{"access_token":"access-drip","token_type":"bearer","expires_in":1800,"refresh_token":"refresh-drip"}"#;

/// How an endpoint behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    Good,
    Refuses,
    RefusesWith200,
    /// No, in other words than OAuth's.
    RefusesOddly,
    Html,
    /// A proxy's error page.
    HtmlError,
    NoToken,
    Huge,
    Hangs,
    /// Takes the request, begins an answer and hangs up.
    HangsUp,
    /// An answer without anything in it.
    Empty,
    /// A good answer, a byte at a time.
    Drips,
    /// Good, but only after a while.
    Slow,
    Redirects,
    /// To itself, without end.
    RedirectsInALoop,
    LifetimeAsText,
    /// The access token lives so many seconds.
    Lives(u64),
    /// Nobody says how long the access token lives.
    NoLifetime,
    NoRefreshToken,
    EmptyRefreshToken,
}

impl Behaviour {
    /// The answer of an endpoint that behaves badly whatever it is asked; `None` where it answers as asked.
    pub async fn answer(self) -> Option<Response> {
        let refused = Json(json!({"error": "invalid_grant", "error_description": "secret-leak"}));
        Some(match self {
            Self::Refuses => (StatusCode::BAD_REQUEST, refused).into_response(),
            Self::RefusesWith200 => refused.into_response(),
            Self::RefusesOddly => {
                (StatusCode::BAD_REQUEST, Json(json!({"errors": ["secret-leak"]}))).into_response()
            }
            Self::Html => Html("<h1>Down for repair: secret-leak</h1>").into_response(),
            Self::HtmlError => {
                (StatusCode::SERVICE_UNAVAILABLE, Html("<h1>secret-leak</h1>")).into_response()
            }
            Self::NoToken => Json(json!({"token_type": "bearer"})).into_response(),
            Self::Huge => "x".repeat(10_000_000).into_response(),
            Self::Empty => ().into_response(),
            Self::Redirects => Redirect::temporary("/elsewhere").into_response(),
            Self::RedirectsInALoop => Redirect::temporary("").into_response(),
            Self::HangsUp => {
                let pieces = [Ok("{"), Err(io::Error::other("gone"))];
                Body::from_stream(stream::iter(pieces)).into_response()
            }
            Self::Drips => {
                let bytes = stream::unfold(DRIP.bytes(), |mut left| async move {
                    sleep(Duration::from_millis(300)).await;
                    left.next().map(|byte| (Ok::<_, Infallible>(vec![byte]), left))
                });
                Body::from_stream(bytes).into_response()
            }
            Self::Hangs => {
                sleep(Duration::from_mins(1)).await;
                return None;
            }
            Self::Slow => {
                sleep(Duration::from_millis(400)).await;
                return None;
            }
            Self::Good
            | Self::LifetimeAsText
            | Self::Lives(_)
            | Self::NoLifetime
            | Self::NoRefreshToken
            | Self::EmptyRefreshToken => return None,
        })
    }
}
