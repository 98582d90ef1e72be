//! Why no attempt begins, in words for the page or the person.

use axum::http::StatusCode;

use crate::http::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use crate::random::RandomnessError;
use crate::services::non_oauth_connection;
use crate::services::oauth::question::QuestionError;
use crate::services::quickbooks_desktop::ConnectorFileError;
use crate::services::sign_in_target::SignInTargetError;
use crate::store::StoreError;

/// Why no attempt begins.
#[derive(Debug, thiserror::Error)]
pub(in crate::http) enum ServicesUrlError {
    #[error("serviceName is missing")]
    NoName,
    #[error("serviceName is not that of a service which this widget offers")]
    NotOffered,
    #[error("the service of serviceName is not offered in this session: the customer's back end left it out")]
    NotInVisit,
    #[error(
        "what serviceName and integrationUuid name belongs to the sandbox, and this is no sandbox widget"
    )]
    SandboxOnly,
    #[error("integrationUuid is missing for the service {0:?}")]
    NoIntegration(String),
    #[error("integrationUuid is not that of the service {0:?}")]
    OtherIntegration(String),
    #[error(
        "{service} is connected, and does not tell which company that is. Only a page that {customer} opened for you can \
         connect it again: sign in there first"
    )]
    CompanyUnknown { service: String, customer: String },
    #[error(
        "the sandbox is connected, and says of nobody whose it is. Only a page that {0} opened for you can connect it again: \
         sign in there first"
    )]
    Played(String),
    #[error("connectionId and newConnection contradict each other: give one of them")]
    TwoTargets,
    #[error(transparent)]
    Target(#[from] SignInTargetError),
    #[error(transparent)]
    Answer(#[from] QuestionError),
    #[error("the business of this visit is gone")]
    NoBusiness,
    #[error(transparent)]
    Begin(#[from] non_oauth_connection::BeginError),
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ErrorResponse for ServicesUrlError {
    fn status(&self) -> StatusCode {
        match self {
            Self::NoName
            | Self::NotOffered
            | Self::NotInVisit
            | Self::SandboxOnly
            | Self::NoIntegration(_)
            | Self::OtherIntegration(_)
            | Self::TwoTargets
            // A 404 would make clients of 2.23 believe that the whole widget is not available.
            | Self::Target(SignInTargetError::NoConnection)
            | Self::Begin(
                non_oauth_connection::BeginError::Target(SignInTargetError::NoConnection) | non_oauth_connection::BeginError::InPage,
            )
            | Self::Answer(_) => StatusCode::BAD_REQUEST,
            Self::CompanyUnknown { .. } | Self::Played(_) => StatusCode::CONFLICT,
            Self::Begin(non_oauth_connection::BeginError::ConnectorFile(ConnectorFileError::TooMany)) => {
                StatusCode::CONFLICT
            }
            Self::NoBusiness => StatusCode::NOT_FOUND,
            Self::Target(SignInTargetError::Store(_))
            | Self::Begin(_)
            | Self::Randomness(_)
            | Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Begin(
                non_oauth_connection::BeginError::InPage
                | non_oauth_connection::BeginError::Target(SignInTargetError::NoConnection)
                | non_oauth_connection::BeginError::ConnectorFile(ConnectorFileError::TooMany),
            ) => self.to_string(),
            Self::Target(SignInTargetError::Store(_))
            | Self::Begin(_)
            | Self::Randomness(_)
            | Self::Store(_) => OUR_FAULT.to_owned(),
            Self::NoBusiness => railz_connect_contract::BUSINESS_NOT_FOUND.to_owned(),
            other => other.to_string(),
        }
    }
}

respond_with_error!(ServicesUrlError);
