//! What handlers take out of a request: the service that the path names, and the query as it came.

use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
    response::{IntoResponse, Response},
};

use crate::{pages, services::Service};

/// The service in the path.
pub(super) struct ForService(pub Service);

impl<S: Send + Sync> FromRequestParts<S> for ForService {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let id =
            Path::<String>::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)?;
        Service::find(&id.0).map(Self).ok_or_else(pages::not_found)
    }
}

/// A query, undecoded.
pub(super) struct Query(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.uri.query().unwrap_or_default().to_owned()))
    }
}
