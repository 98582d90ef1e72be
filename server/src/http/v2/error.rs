//! The ways in which the back end's API refuses.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use railz_connect_contract::BusinessNameError;

use super::list_query::ListQueryError;
use super::secret_key_bearer::SecretKeyError;
use crate::domain::webhook_metadata::MetadataError;
use crate::http::body_fault::BodyFault;
use crate::http::error_response::{ErrorResponse, OUR_FAULT, refuse};
use crate::random::RandomnessError;
use crate::services::oauth::access_token::AccessTokenError;
use crate::store::StoreError;

/// Why a back end does not get what it asks for. What belongs to another widget is not there, and no answer tells the two
/// apart.
#[derive(Debug, thiserror::Error)]
pub(super) enum ApiError {
    #[error(transparent)]
    Key(#[from] SecretKeyError),
    #[error(transparent)]
    Query(#[from] ListQueryError),
    #[error("the body is not the JSON of this call: {0}")]
    Body(BodyFault),
    #[error("{0}")]
    Name(#[from] BusinessNameError),
    #[error("metadata must be a list, of at most {most} bytes")]
    Metadata { most: usize },
    #[error(transparent)]
    Placement(#[from] MetadataError),
    #[error("the key's widget has no such business")]
    NoBusiness,
    #[error("the key's widget has no such connection")]
    NoConnection,
    #[error("connection {0} waits for the choice of a company")]
    NeverAuthorized(String),
    #[error("connection {0} waits for the choice of a company, so which one it is nobody knows")]
    CompanyPending(String),
    #[error("a bank's connection stands for that bank alone and cannot be untied")]
    BankNotUntied,
    #[error("connection {connection} is {status}, so it has no access token")]
    NotActive { connection: String, status: &'static str },
    #[error("connection {connection} is to {service}, which has no access tokens")]
    NoAccessTokens { connection: String, service: String },
    #[error("connection {0} has an access token that ends now, and its service gave no other one")]
    NotRenewed(String),
    #[error(transparent)]
    AccessToken(AccessTokenError),
    #[error("the key's widget has a business of this name already")]
    NameTaken,
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ErrorResponse for ApiError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Key(refused) => refused.status(),
            Self::Query(refused) => refused.status(),
            Self::Body(_) | Self::Name(_) | Self::Metadata { .. } | Self::Placement(_) => {
                StatusCode::BAD_REQUEST
            }
            Self::NoBusiness | Self::NoConnection => StatusCode::NOT_FOUND,
            Self::NameTaken
            | Self::NeverAuthorized(_)
            | Self::CompanyPending(_)
            | Self::BankNotUntied
            | Self::NotActive { .. }
            | Self::NoAccessTokens { .. } => StatusCode::CONFLICT,
            Self::NotRenewed(_) => StatusCode::BAD_GATEWAY,
            Self::AccessToken(_) | Self::Randomness(_) | Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Key(refused) => refused.message(),
            Self::Query(refused) => refused.message(),
            Self::Body(_) | Self::Name(_) | Self::Metadata { .. } | Self::Placement(_) => self.to_string(),
            Self::NoBusiness => "There is no such business. Check its businessUuid.".to_owned(),
            Self::NoConnection => "There is no such connection. Check its connectionId.".to_owned(),
            Self::NeverAuthorized(_) => {
                "This connection is pending: nobody has chosen a company yet, so there is nothing to disconnect or untie. It \
                 can be deleted."
                    .to_owned()
            }
            Self::CompanyPending(_) => {
                "This connection is pending: nobody has chosen a company yet. The widget offers the choice.".to_owned()
            }
            Self::BankNotUntied => {
                "Each bank has a connection of its own, which is for no other bank. Disconnect or delete it.".to_owned()
            }
            Self::NotActive { status, .. } => format!(
                "This connection is {status}, so there is no access token. Its business must sign in at the service again."
            ),
            Self::NoAccessTokens { service, .. } => {
                format!("{service} is not connected by OAuth, so there is no access token.")
            }
            Self::NotRenewed(_) => {
                "The service did not give a new access token. Please try again in a few seconds.".to_owned()
            }
            Self::NameTaken => {
                "There is a business of this businessName already. Names are unique within a widget.".to_owned()
            }
            Self::AccessToken(_) | Self::Randomness(_) | Self::Store(_) => OUR_FAULT.to_owned(),
        }
    }
}

/// After how many seconds a service that failed may be asked again.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("10");

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = refuse(&self);
        if matches!(self, Self::NotRenewed(_)) {
            response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
        }
        response
    }
}
