//! `GET` and `POST /{service}/account`: the companies that a sign-in found, and the one that was chosen (contract
//! rules C6 to C9).
//!
//! For all services with a choice of company alike; only the shape of the list differs. Whose a choice is says
//! `access/rights.rs`: to anybody else none is due.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use railz_connect_contract::{
    AccountChoice, AccountItem, AccountList, AccountsResponse, ConnectionId, ServiceName,
};
use serde_json::{Value, json};

use super::bearer::Bearer;
use super::body_fault::BodyFault;
use super::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use super::input::{Body, Path};
use crate::access::rights::may_choose;
use crate::app::App;
use crate::domain::company::PendingChoice;
use crate::domain::connection::Connection;
use crate::services::oauth::choose::{ChooseError, choose};
use crate::services::oauth::profile::{CompanyChoice, ListShape};
use crate::store::StoreError;

/// Why there is nothing to choose, or nothing was chosen.
#[derive(Debug, thiserror::Error)]
pub(super) enum AccountError {
    #[error("there is no choice of an account at this service")]
    NotHeld,
    #[error("no account of {0} is to be chosen; sign in there first")]
    NotDue(String),
    #[error("the body is not {{\"accountId\": \"…\", \"connectionId\": \"…\"}}: {0}")]
    Body(BodyFault),
    #[error("this business has no such connection to this service")]
    NoConnection,
    #[error(transparent)]
    ChooseError(#[from] ChooseError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ErrorResponse for AccountError {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotHeld | Self::NoConnection => StatusCode::NOT_FOUND,
            Self::NotDue(_) | Self::ChooseError(ChooseError::NotDue) => StatusCode::CONFLICT,
            Self::Body(_)
            | Self::ChooseError(ChooseError::NotListed(..) | ChooseError::ForeignAddress(_)) => {
                StatusCode::BAD_REQUEST
            }
            Self::Store(_) | Self::ChooseError(ChooseError::Store(_)) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Store(_) | Self::ChooseError(ChooseError::Store(_)) => OUR_FAULT.to_owned(),
            other => other.to_string(),
        }
    }
}

respond_with_error!(AccountError);

/// Who decides among several companies of this service; nobody where it is not configured.
fn company_choice(app: &App, service: &ServiceName) -> CompanyChoice {
    app.config.services.get(service).map(|service| service.profile.company_choice).unwrap_or_default()
}

/// The shape in which this service's companies are listed (contract rules C6 to C8).
fn shape(app: &App, service: &ServiceName) -> Result<ListShape, AccountError> {
    match company_choice(app, service) {
        CompanyChoice::ByPerson(shape) | CompanyChoice::ByPersonIfSeveral(shape) => Ok(shape),
        CompanyChoice::FirstGranted => Err(AccountError::NotHeld),
    }
}

/// Lists the companies of the choice that is due.
pub(super) async fn list(
    State(app): State<Arc<App>>,
    bearer: Bearer,
    Path(service): Path<ServiceName>,
) -> Result<Json<AccountsResponse>, AccountError> {
    let shape = shape(&app, &service)?;
    let of_business = app.store.connections(&bearer.visit.business).await?;
    let mine = |choice: &PendingChoice| {
        let of_service = of_business.iter().filter(|connection| is_of(connection, &service));
        may_choose(bearer.visit.visitor(), choice)
            && of_service.into_iter().any(|connection| connection.id == choice.connection)
    };
    let choices = app.store.pending_choices_of(&bearer.visit.business, app.now()).await?;
    let choice = choices.into_iter().find(mine);
    let choice = match (choice, company_choice(&app, &service)) {
        (Some(choice), _) => choice,
        // No held service by the contract: there is such a path only while there is something to choose.
        (None, CompanyChoice::ByPersonIfSeveral(_)) => {
            return Err(AccountError::NotHeld);
        }
        (None, _) => return Err(AccountError::NotDue(app.config.services.display_name(&service))),
    };
    Ok(Json(AccountsResponse {
        connection_id: choice.connection.clone(),
        accounts: shape_list(shape, &choice),
    }))
}

fn is_of(connection: &Connection, service: &ServiceName) -> bool {
    &connection.service == service && !connection.is_sandbox()
}

fn shape_list(shape: ListShape, choice: &PendingChoice) -> AccountList {
    let pairs = choice.companies.iter().map(|company| (company.id.clone(), company.label().to_owned()));
    match shape {
        ListShape::ById => AccountList::ById(pairs.collect()),
        ListShape::Items => {
            AccountList::Items { items: pairs.map(|(id, label)| AccountItem { id, label }).collect() }
        }
    }
}

/// Chooses. A company that another business has connected is answered with 201 too: the status then tells of it, as the
/// contract wants it.
pub(super) async fn choice(
    State(app): State<Arc<App>>,
    bearer: Bearer,
    Path(service): Path<ServiceName>,
    Body(body): Body,
) -> Result<(StatusCode, Json<Value>), AccountError> {
    shape(&app, &service)?;
    let choice: AccountChoice<Value> =
        serde_json::from_slice(&body).map_err(|error| AccountError::Body(error.into()))?;
    let id: ConnectionId = choice.connection_id;
    bearer.audit.connection(&id);
    let found = app.store.connection(&id).await?;
    let connection = found
        .filter(|found| found.business == bearer.visit.business && is_of(found, &service))
        .ok_or(AccountError::NoConnection)?;
    let visitor = bearer.visit.visitor();
    choose(&app, visitor, connection, &choice.account_id, choice.metadata.as_ref()).await?;
    Ok((StatusCode::CREATED, Json(json!({ "connectionId": id }))))
}
