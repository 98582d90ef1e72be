//! For which back end a request asks: the secret key that it brings, and the widget of that key.
//!
//! A session's token is no secret key and opens nothing here, and a secret key opens nothing of `http/bearer.rs`.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::ORIGIN;
use axum::http::{StatusCode, request::Parts};

use crate::app::App;
use crate::domain::audit_event::Actor;
use crate::domain::secret_key::{PREFIX, Scope, SecretKey};
use crate::domain::widget::Widget;
use crate::http::audit::AuditNote;
use crate::http::bearer;
use crate::http::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use crate::store::StoreError;
use crate::token::TokenHash;

/// A request of a back end with a valid secret key.
pub struct SecretKeyBearer {
    /// The key, whose scopes say what may be done with it.
    pub key: SecretKey,
    /// The widget whose things it opens, and no others.
    pub widget: Widget,
    /// Where the call notes down whom it is about; the key stands there.
    pub audit: AuditNote,
}

/// Why a request is of no back end, or may not do what it asks.
#[derive(Debug, thiserror::Error)]
pub enum SecretKeyError {
    /// The request has no key, or none that is a bearer token.
    #[error("no secret key in the Authorization header")]
    Missing,
    /// What it has is another kind of token, such as a session's.
    #[error("a bearer token that is no secret key")]
    OtherToken,
    /// A key that was never made, was revoked, or whose overlap is over.
    #[error("a secret key that is unknown or was revoked")]
    Unknown,
    /// The key came from a page, where everybody can read it.
    #[error("a secret key in a request of the page that Origin names")]
    FromPage,
    /// The key is good, but not for this.
    #[error("the secret key {key} lacks the scope {scope}")]
    Scope {
        /// The key's id.
        key: String,
        /// What it would need.
        scope: Scope,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ErrorResponse for SecretKeyError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Missing | Self::OtherToken | Self::Unknown => StatusCode::UNAUTHORIZED,
            Self::FromPage | Self::Scope { .. } => StatusCode::FORBIDDEN,
            Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Missing => {
                "The secret key is missing: send it as Authorization: Bearer, from your back end.".to_owned()
            }
            Self::OtherToken => {
                format!("This is no secret key: send one, which begins with {PREFIX}, from your back end.")
            }
            Self::Unknown => {
                "The secret key is unknown or was revoked. Make one with connect-server key create.".to_owned()
            }
            Self::FromPage => {
                "A secret key never belongs in a page: whoever opens the page can read it. Revoke it, and ask from \
                 your back end, without an Origin header."
                    .to_owned()
            }
            Self::Scope { scope, .. } => {
                format!("The secret key lacks the scope {scope}. Make one that has it with connect-server key create.")
            }
            Self::Store(_) => OUR_FAULT.to_owned(),
        }
    }
}

respond_with_error!(SecretKeyError);

impl SecretKeyBearer {
    /// Checks that the key may be used for this.
    ///
    /// # Errors
    /// [`SecretKeyError::Scope`], which names the scope that lacks.
    pub fn require(&self, scope: Scope) -> Result<(), SecretKeyError> {
        if self.key.scopes.contains(&scope) {
            Ok(())
        } else {
            Err(SecretKeyError::Scope { key: self.key.id.to_string(), scope })
        }
    }
}

impl FromRequestParts<Arc<App>> for SecretKeyBearer {
    type Rejection = SecretKeyError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, SecretKeyError> {
        let text = bearer::token(&parts.headers).ok_or(SecretKeyError::Missing)?;
        if !text.starts_with(PREFIX) {
            return Err(SecretKeyError::OtherToken);
        }
        if parts.headers.contains_key(ORIGIN) {
            return Err(SecretKeyError::FromPage);
        }
        let now = app.now();
        let key =
            app.store.find_secret_key(TokenHash::of(text), now).await?.ok_or(SecretKeyError::Unknown)?;
        let widget = app.store.widget(&key.widget).await?.ok_or(SecretKeyError::Unknown)?;
        if key.use_is_due(now) {
            // A use that cannot be written down is no reason to refuse whoever has the key.
            if let Err(error) = app.store.note_secret_key_use(&key.id, now).await {
                tracing::warn!(key = %key.id, %error, "the use of a secret key could not be written down");
            }
        }
        let Ok(audit) = AuditNote::from_request_parts(parts, app).await;
        audit.actor(Actor::SecretKey(key.id.clone()), &widget.id);
        Ok(Self { key, widget, audit })
    }
}
