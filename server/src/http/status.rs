//! `GET /widget/status`: the business's connections, and how this visit's posts ended.
//!
//! The old client reads the end of a sandbox post or an account choice here, by service name. A refusal shows in the
//! visit it happened in and covers the connection until a later post of that visit replaces it; it is in no other
//! list. Of several banks the old client takes the first for the one that was just linked, so those that this visit
//! linked or mended come first.

use std::cmp::Reverse;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use railz_connect_contract::{self as contract, ServiceKind};

use super::bearer::Bearer;
use super::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use super::widget_connections::{ConnectionList, VisitEvents};
use crate::access::rights;
use crate::app::App;
use crate::domain::connection::{AuthorizationState, Connection};
use crate::store::StoreError;

/// Why there is no list.
#[derive(Debug, thiserror::Error)]
pub(super) enum StatusError {
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ErrorResponse for StatusError {
    fn status(&self) -> StatusCode {
        StatusCode::INTERNAL_SERVER_ERROR
    }

    fn message(&self) -> String {
        OUR_FAULT.to_owned()
    }
}

respond_with_error!(StatusError);

/// Since when a bank is linked, or was last put right in update mode.
fn bank_since(connection: &Connection) -> Option<Timestamp> {
    match connection.authorization {
        AuthorizationState::Active { since, .. } if connection.kind == ServiceKind::Banking => Some(since),
        _ => None,
    }
}

/// Lists the business's connections as this session sees them.
pub(super) async fn list(
    State(app): State<Arc<App>>,
    bearer: Bearer,
) -> Result<Json<Vec<contract::Connection>>, StatusError> {
    let events = VisitEvents::read(&app, &bearer.visit.id).await?;
    let list = ConnectionList::read(&app, &bearer.visit, &bearer.widget, app.now()).await?;
    let mut connections = app.store.connections(&bearer.visit.business).await?;
    connections.sort_by_key(|connection| {
        let own_since = bank_since(connection).filter(|_| list.is_bank_of_visit(&connection.id));
        (Reverse(own_since), rights::list_place(connection))
    });
    Ok(Json(list.entries(&app, &connections, Some(&events))))
}
