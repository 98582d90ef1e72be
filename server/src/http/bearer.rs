//! For whom a request asks: the session behind its bearer token, the visit behind the session, and the widget behind that.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode, request::Parts};

use super::audit::AuditNote;
use super::cors::{self, CorsError};
use super::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use crate::app::App;
use crate::domain::audit_event::Actor;
use crate::domain::session::Session;
use crate::domain::visit::Visit;
use crate::domain::widget::{SessionPolicy, Widget};
use crate::store::StoreError;
use crate::token::TokenHash;

/// A request of a valid session, from a page that may carry its widget.
pub(super) struct Bearer {
    pub session: Session,
    pub visit: Visit,
    pub widget: Widget,
    /// Where the call notes down whom it is about; visit and business stand there.
    pub audit: AuditNote,
}

/// Why a request is nobody's.
#[derive(Debug, thiserror::Error)]
pub(super) enum BearerError {
    #[error("no bearer token in the Authorization header")]
    Missing,
    #[error("a bearer token that is unknown or over")]
    Unknown,
    #[error(transparent)]
    Page(#[from] CorsError),
    #[error("an origin that is not that of the page which opened the session")]
    OtherPage(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ErrorResponse for BearerError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Missing | Self::Unknown => StatusCode::UNAUTHORIZED,
            Self::Page(refused) => refused.status(),
            Self::OtherPage(_) => StatusCode::FORBIDDEN,
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
            Self::OtherPage(origin) => {
                let origin = cors::shown(origin);
                format!(
                    "This session was not opened by the page {origin}: have that page open one of its own."
                )
            }
            Self::Store(_) => OUR_FAULT.to_owned(),
        }
    }
}

respond_with_error!(BearerError);

impl FromRequestParts<Arc<App>> for Bearer {
    type Rejection = BearerError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, BearerError> {
        let token = token(&parts.headers).map(TokenHash::of).ok_or(BearerError::Missing)?;
        let now = app.now();
        let (session, visit) = app.store.session(token, now).await?.ok_or(BearerError::Unknown)?;
        let widget = app.store.widget(&visit.widget).await?.ok_or(BearerError::Unknown)?;
        let Ok(audit) = AuditNote::from_request_parts(parts, app).await;
        audit.actor(Actor::Session(visit.session_kind, visit.id.clone()), &widget.id);
        audit.business(&visit.business);
        cors::check_visit(&widget, &visit, &parts.headers)?;
        let origin = cors::origin(&parts.headers);
        if visit.is_bound_elsewhere(origin.as_deref()) {
            return Err(BearerError::OtherPage(origin.unwrap_or_default()));
        }
        match session.extension(visit.session_kind, now) {
            // A widget that takes minted sessions only from now on lets the open ones come to their end.
            Some(until) if widget.sessions == SessionPolicy::Open => {
                app.store.extend_session(token, until).await?;
            }
            Some(_) | None => {}
        }
        Ok(Self { session, visit, widget, audit })
    }
}

/// The bearer token that a request brings (RFC 6750), if any.
pub(super) fn token(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .filter(|token| !token.is_empty())
}
