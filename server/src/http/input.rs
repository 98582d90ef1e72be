//! Takes a request apart; what cannot be read is refused in the one error body, as everything else is.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::refusal::{Refusal, answers};

/// A part of the path.
pub(super) struct Path<T>(pub T);

/// The query.
pub(super) struct Query<T>(pub T);

/// The body.
pub(super) struct Body(pub Bytes);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Unreadable;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Unreadable> {
        let axum::extract::Path(value) = axum::extract::Path::from_request_parts(parts, state).await?;
        Ok(Self(value))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Unreadable;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Unreadable> {
        let axum::extract::Query(value) = axum::extract::Query::from_request_parts(parts, state).await?;
        Ok(Self(value))
    }
}

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Unreadable;

    async fn from_request(request: Request, state: &S) -> Result<Self, Unreadable> {
        Ok(Self(Bytes::from_request(request, state).await?))
    }
}

/// Why a request cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreadable {
    #[error("the path: {}", .0.body_text())]
    Path(#[from] PathRejection),
    #[error("the query: {}", .0.body_text())]
    Query(#[from] QueryRejection),
    #[error("the body: {}", .0.body_text())]
    Body(#[from] BytesRejection),
}

impl Refusal for Unreadable {
    fn status(&self) -> StatusCode {
        match self {
            Self::Path(rejection) => rejection.status(),
            Self::Query(rejection) => rejection.status(),
            Self::Body(rejection) => rejection.status(),
        }
    }

    fn message(&self) -> String {
        format!("This request cannot be read: {self}")
    }
}

answers!(Unreadable);
