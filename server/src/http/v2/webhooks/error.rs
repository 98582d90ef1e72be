//! The ways in which the calls about webhooks refuse.

use axum::http::StatusCode;

use crate::domain::webhook::{EventKindError, MOST_OF_A_WIDGET};
use crate::http::body_fault::BodyFault;
use crate::http::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use crate::http::v2::list_query::ListQueryError;
use crate::http::v2::secret_key_bearer::SecretKeyError;
use crate::store::StoreError;
use crate::webhooks::address::WebhookAddressError;
use crate::webhooks::registration::LONGEST_OVERLAP_HOURS;
use crate::webhooks::secret::WebhookSecretError;

/// The longest description of a webhook, in letters.
pub(super) const LONGEST_DESCRIPTION: usize = 200;

/// Why a back end does not get what it asks for.
#[derive(Debug, thiserror::Error)]
pub(in crate::http) enum WebhookError {
    #[error(transparent)]
    Key(#[from] SecretKeyError),
    #[error(transparent)]
    Query(#[from] ListQueryError),
    #[error("the body is not the JSON of this call: {0}")]
    Body(BodyFault),
    #[error(transparent)]
    Address(#[from] WebhookAddressError),
    #[error(transparent)]
    Events(#[from] EventKindError),
    #[error("description must be one line of at most {LONGEST_DESCRIPTION} letters")]
    Description,
    #[error("overlapHours must be 0 to {LONGEST_OVERLAP_HOURS}")]
    Overlap,
    #[error(
        "the widget has {MOST_OF_A_WIDGET} webhooks, and no more are allowed: delete or change one of them"
    )]
    TooMany,
    #[error("there is no such webhook: GET /v2/webhooks lists them")]
    NoWebhook,
    #[error("the webhook has no such delivery: GET /v2/webhooks/{{webhookId}}/deliveries lists them")]
    NoDelivery,
    #[error("the secret was rotated by somebody else at this moment: ask again for another one")]
    Overtaken,
    #[error("webhooks are fired for practice by sandbox widgets alone, and this one is live")]
    NoSandbox,
    #[error("the widget has no webhook to be told: register one at POST /v2/webhooks")]
    NobodyToTell,
    #[error(transparent)]
    Secret(#[from] WebhookSecretError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ErrorResponse for WebhookError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Key(refused) => refused.status(),
            Self::Query(refused) => refused.status(),
            Self::Body(_) | Self::Address(_) | Self::Events(_) | Self::Description | Self::Overlap => {
                StatusCode::BAD_REQUEST
            }
            Self::NoSandbox => StatusCode::FORBIDDEN,
            Self::NoWebhook | Self::NoDelivery => StatusCode::NOT_FOUND,
            Self::TooMany | Self::Overtaken | Self::NobodyToTell => StatusCode::CONFLICT,
            Self::Secret(_) | Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Key(refused) => refused.message(),
            Self::Query(refused) => refused.message(),
            Self::Secret(_) | Self::Store(_) => OUR_FAULT.to_owned(),
            other => other.to_string(),
        }
    }
}

respond_with_error!(WebhookError);
