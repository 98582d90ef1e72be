//! For whom a request asks: the session behind its bearer token, and the widget behind the session.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::{StatusCode, request::Parts};

use super::cors::{self, CorsError};
use super::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use crate::app::App;
use crate::domain::session::Session;
use crate::domain::widget::Widget;
use crate::store::StoreError;
use crate::token::TokenHash;

/// A request of a valid session, from a page that may carry its widget.
pub(super) struct Bearer {
    pub session: Session,
    pub widget: Widget,
}

/// Why a request is nobody's.
#[derive(Debug, thiserror::Error)]
pub(super) enum BearerError {
    #[error("no bearer token in the Authorization header")]
    Missing,
    #[error("a bearer token that is unknown or older than a day")]
    Unknown,
    #[error(transparent)]
    Page(#[from] CorsError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ErrorResponse for BearerError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Missing | Self::Unknown => StatusCode::UNAUTHORIZED,
            Self::Page(refused) => refused.status(),
            Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Missing => "The session's token is missing: send it as Authorization: Bearer.".to_owned(),
            Self::Unknown => {
                "The session is over or was never opened. Please load the page again.".to_owned()
            }
            Self::Page(refused) => refused.message(),
            Self::Store(_) => OUR_FAULT.to_owned(),
        }
    }
}

respond_with_error!(BearerError);

impl FromRequestParts<Arc<App>> for Bearer {
    type Rejection = BearerError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, BearerError> {
        let token = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, token)| scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty())
            .map(|(_, token)| TokenHash::of(token.trim()))
            .ok_or(BearerError::Missing)?;
        let session = app.store.session(token, app.now()).await?.ok_or(BearerError::Unknown)?;
        let widget = app.store.widget(&session.widget).await?.ok_or(BearerError::Unknown)?;
        cors::check(&widget, &parts.headers)?;
        Ok(Self { session, widget })
    }
}
