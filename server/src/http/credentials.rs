//! What the routes of services without plain OAuth share: who asks, and why nothing was connected, in words.

use axum::http::StatusCode;
use railz_connect_contract::{ConnectionId, ServiceName};
use serde::Deserialize;

use super::bearer::Bearer;
use super::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use crate::app::App;
use crate::domain::connection::Connection;
use crate::random::RandomnessError;
use crate::services::catalog::NonOAuthService;
use crate::services::company::{CompanyError, Requester, find_connection};
use crate::services::http_client::HttpClientError;
use crate::store::StoreError;

/// For whom something is to be connected.
pub(super) fn requester(bearer: &Bearer) -> Requester {
    let visit = &bearer.visit;
    Requester { business: visit.business.clone(), visit: visit.id.clone(), session_kind: visit.session_kind }
}

/// Checks that the visit offers a service.
///
/// # Errors
/// [`CredentialsError::NotInVisit`].
pub(super) fn require_offered(bearer: &Bearer, service: NonOAuthService) -> Result<(), CredentialsError> {
    let offers = bearer.visit.offers(&ServiceName::new(service.id()));
    if offers { Ok(()) } else { Err(CredentialsError::NotInVisit(service)) }
}

/// The query of a call with credentials. Ours: 2.23 names no connection, and means the usual one.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CredentialsQuery {
    /// The connection that `/services/url` answered with.
    pub(super) connection_id: Option<ConnectionId>,
}

/// The connection that credentials are for.
///
/// # Errors
/// [`CredentialsError::NotBegun`] where it is none that `/services/url` made for this business and service.
pub(super) async fn find_begun(
    app: &App,
    bearer: &Bearer,
    service: NonOAuthService,
    named: Option<&ConnectionId>,
) -> Result<Connection, CredentialsError> {
    let found = find_connection(app, &bearer.visit.business, service, named).await?;
    found.ok_or(CredentialsError::NotBegun(service))
}

/// Why credentials could not be tried. Wrong ones are no refusal: they are answered with `success: false`.
#[derive(Debug, thiserror::Error)]
pub(super) enum CredentialsError {
    #[error("{} is not offered by this server", .0.name())]
    NotOffered(NonOAuthService),
    #[error("{} is not offered in this session: the customer's back end left it out", .0.name())]
    NotInVisit(NonOAuthService),
    #[error("the body cannot be read: {0}")]
    Body(String),
    #[error("no connection to {} was begun: ask /services/url first", .0.name())]
    NotBegun(NonOAuthService),
    #[error("{service}: {1}", service = .0.name())]
    Unreachable(NonOAuthService, HttpClientError),
    #[error("{service} gave an answer that cannot be understood: {1}", service = .0.name())]
    Strange(NonOAuthService, String),
    #[error("nothing is to be chosen for {} (any more): begin again", .0.name())]
    NothingToChoose(NonOAuthService),
    #[error("somebody else is connecting {} just now: try again in half an hour", .0.name())]
    Held(NonOAuthService),
    /// With the words for the person, which may name the company; log and audit do not.
    #[error("the connection belongs to another company than the one that was chosen")]
    DifferentCompany(String),
    #[error("the same connection was changed at the same moment")]
    Overtaken,
    #[error(transparent)]
    Company(#[from] CompanyError),
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ErrorResponse for CredentialsError {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotOffered(_) | Self::NotInVisit(_) | Self::Body(_) => StatusCode::BAD_REQUEST,
            // A 404 would make clients of 2.23 believe that the whole widget is not available.
            Self::NotBegun(_)
            | Self::NothingToChoose(_)
            | Self::Held(_)
            | Self::DifferentCompany(_)
            | Self::Overtaken => StatusCode::CONFLICT,
            Self::Unreachable(..) | Self::Strange(..) => StatusCode::BAD_GATEWAY,
            Self::Company(_) | Self::Randomness(_) | Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Unreachable(service, HttpClientError::NotPublic(_) | HttpClientError::NotHttps) => {
                format!("This address is none of {}. Please check it.", service.name())
            }
            Self::Unreachable(service, HttpClientError::Network(_)) => {
                format!("{} did not answer in time. Please try again in a few minutes.", service.name())
            }
            Self::Unreachable(service, _) | Self::Strange(service, _) => {
                format!(
                    "{} gave an answer that could not be understood. Please try again later.",
                    service.name()
                )
            }
            Self::DifferentCompany(words) => words.clone(),
            Self::Company(_) | Self::Randomness(_) | Self::Store(_) => OUR_FAULT.to_owned(),
            other => other.to_string(),
        }
    }
}

respond_with_error!(CredentialsError);
