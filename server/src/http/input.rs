//! Takes a request apart; what cannot be read is refused in the one error body, as everything else is.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use super::error_response::{ErrorResponse, respond_with_error};
use crate::app::App;

/// A part of the path; an unreadable one is answered as [`InputError`].
pub(super) struct Path<T>(pub T);

/// The query; an unreadable one is answered as [`InputError`].
pub(super) struct Query<T>(pub T);

/// The whole body, which has to come in within the time that the operator allows (`[requests]`).
pub(super) struct Body(pub Bytes);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = InputError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, InputError> {
        let axum::extract::Path(value) = axum::extract::Path::from_request_parts(parts, state).await?;
        Ok(Self(value))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = InputError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, InputError> {
        let axum::extract::Query(value) = axum::extract::Query::from_request_parts(parts, state).await?;
        Ok(Self(value))
    }
}

impl FromRequest<Arc<App>> for Body {
    type Rejection = InputError;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, InputError> {
        Ok(Self(read_body(request, app).await?))
    }
}

/// The whole body of a request that a layer reads.
pub(super) async fn read_body(request: Request, app: &App) -> Result<Bytes, InputError> {
    read_within(app.config.requests.body_timeout, request).await
}

async fn read_within(longest: Duration, request: Request) -> Result<Bytes, InputError> {
    Ok(timeout(longest, Bytes::from_request(request, &())).await.map_err(|_| InputError::Slow)??)
}

/// Why a request cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum InputError {
    #[error("the path: {}", .0.body_text())]
    Path(#[from] PathRejection),
    #[error("the query: {}", .0.body_text())]
    Query(#[from] QueryRejection),
    #[error("the body: {}", .0.body_text())]
    Body(#[from] BytesRejection),
    #[error("the body did not come in time")]
    Slow,
}

impl ErrorResponse for InputError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Path(rejection) => rejection.status(),
            Self::Query(rejection) => rejection.status(),
            Self::Body(rejection) => rejection.status(),
            // Never 408: browsers send such a request again by themselves.
            Self::Slow => StatusCode::BAD_REQUEST,
        }
    }

    fn message(&self) -> String {
        format!("This request cannot be read: {self}")
    }
}

respond_with_error!(InputError);

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use futures_util::stream;

    use super::*;

    #[tokio::test]
    async fn a_body_that_does_not_end_is_not_waited_for_without_end() {
        // It used to hold its request for as long as the client pleased.
        let begun = stream::once(async { Ok::<_, std::convert::Infallible>("{") });
        let endless = futures_util::StreamExt::chain(begun, stream::pending());
        let request = Request::new(Body::from_stream(endless));
        let slow = timeout(Duration::from_secs(10), read_within(Duration::from_millis(20), request)).await;
        let slow = slow.unwrap().unwrap_err();
        assert_eq!(
            slow.status(),
            StatusCode::BAD_REQUEST,
            "never 408, which browsers send again by themselves"
        );
        assert!(slow.message().contains("did not come in time"), "{}", slow.message());
    }

    #[tokio::test]
    async fn a_body_that_comes_is_read() {
        let request = Request::new(Body::from("{}"));
        assert_eq!(read_within(Duration::from_secs(10), request).await.unwrap().as_ref(), b"{}");
    }
}
