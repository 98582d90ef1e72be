//! Why a back end gets no session, and no link to one.

use axum::http::StatusCode;
use railz_connect_contract::{BusinessNameError, BusinessUuid};

use super::secret_key_bearer::SecretKeyError;
use crate::access::business::FindBusinessError;
use crate::access::visits::BeginSessionError;
use crate::domain::visit_settings::SettingsError;
use crate::domain::webhook_metadata::MetadataError;
use crate::http::body_fault::BodyFault;
use crate::http::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use crate::random::RandomnessError;
use crate::store::StoreError;

/// Why no session is minted, and no link made.
#[derive(Debug, thiserror::Error)]
pub(in crate::http) enum MintError {
    /// The secret key is missing or opens nothing, lacks the scope `sessions`, or came from a page.
    #[error(transparent)]
    Key(#[from] SecretKeyError),
    /// It is no JSON, or a field of it is unknown or of another type; told without the values.
    #[error("the body is not what this call takes: {0}")]
    Body(BodyFault),
    /// One business at most can be named.
    #[error("businessName and businessUuid are both given: leave one of them out")]
    TwoBusinesses,
    /// No business may be called so.
    #[error(transparent)]
    Name(#[from] BusinessNameError),
    /// Another widget's, or deleted; only a name is made into a business.
    #[error("no business of this widget has the businessUuid that is given")]
    NoBusiness,
    /// A session, or a link, does not live so long, or so briefly.
    #[error("expiresInSeconds is {given}: give {} to {}, or leave it out for {}", .bounds.0, .bounds.1, .bounds.2)]
    Life {
        /// What the back end asked for, in seconds.
        given: u64,
        /// The shortest life, the longest, and the usual one, in seconds.
        bounds: (u64, u64, u64),
    },
    /// A session may be for a business that is made with a name of ours; nobody would know what a link is for.
    #[error("neither businessUuid nor businessName is given: a link is for one business")]
    NoBusinessNamed,
    /// Another widget's, or forgotten, a month after its time.
    #[error("the key's widget has no link of the linkId that is given")]
    NoLink,
    /// What is to be continued is another widget's, a page's, or forgotten.
    #[error(
        "no session of the visit that visitId names was minted for this widget, or it is forgotten: leave visitId out to begin \
         anew"
    )]
    NoVisit,
    /// A visit never changes its business: the one it is of, and the field that names another.
    #[error("the visit is of the business {0}, and stays so: leave {1} out, or begin anew without visitId")]
    OtherBusiness(BusinessUuid, &'static str),
    /// The visit cannot have such settings: an address, the services, `state` or `metadata`.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// An entry of `metadata` cannot travel with webhooks as it says.
    #[error(transparent)]
    Metadata(#[from] MetadataError),
    /// The system gave no random bytes for a token or an id.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// The database failed; the cause is in the log alone.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<FindBusinessError> for MintError {
    fn from(error: FindBusinessError) -> Self {
        match error {
            FindBusinessError::Unknown => Self::NoBusiness,
            FindBusinessError::Randomness(error) => Self::Randomness(error),
            FindBusinessError::Store(error) => Self::Store(error),
        }
    }
}

impl From<BeginSessionError> for MintError {
    fn from(error: BeginSessionError) -> Self {
        match error {
            BeginSessionError::Randomness(error) => Self::Randomness(error),
            BeginSessionError::Store(error) => Self::Store(error),
        }
    }
}

impl ErrorResponse for MintError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Key(refused) => refused.status(),
            Self::Body(_)
            | Self::TwoBusinesses
            | Self::NoBusinessNamed
            | Self::Name(_)
            | Self::Life { .. }
            | Self::Settings(_)
            | Self::Metadata(_) => StatusCode::BAD_REQUEST,
            Self::NoBusiness | Self::NoLink | Self::NoVisit => StatusCode::NOT_FOUND,
            Self::OtherBusiness(..) => StatusCode::CONFLICT,
            Self::Randomness(_) | Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Key(refused) => refused.message(),
            Self::Randomness(_) | Self::Store(_) => OUR_FAULT.to_owned(),
            other => other.to_string(),
        }
    }
}

respond_with_error!(MintError);
