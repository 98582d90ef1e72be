//! `GET /widget/status`: the business's connections, and how this session's posts ended.
//!
//! The old client reads the end of a sandbox post or an account choice here, by service name. A refusal shows for the session it happened in
//! and covers the connection until a later post of that session replaces it; it is in no other list. Of several banks the
//! old client takes the first for the one that was just linked, so they come newest first.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use railz_connect_contract::{self as contract, ServiceKind};

use super::bearer::Bearer;
use super::companies::Companies;
use super::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use crate::app::App;
use crate::domain::attempt::Outcome;
use crate::domain::connection::{AuthorizationState, Connection};
use crate::domain::widget::{Mode, Widget};
use crate::services;
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

/// How a list of this widget shows a connection; nothing for what it does not list.
pub(super) fn listed(
    connection: &Connection,
    widget: &Widget,
    now: Timestamp,
) -> Option<contract::Connection> {
    let sandbox = connection.is_sandbox();
    if sandbox && widget.mode == Mode::Live { None } else { connection.listed(widget, now) }
}

/// Since when a bank is linked, or mended.
fn bank_since(connection: &Connection) -> Option<Timestamp> {
    match connection.authorization {
        AuthorizationState::Active { since, .. } if connection.kind == ServiceKind::Banking => Some(since),
        _ => None,
    }
}

/// Lists.
pub(super) async fn list(
    State(app): State<Arc<App>>,
    bearer: Bearer,
) -> Result<Json<Vec<contract::Connection>>, StatusError> {
    let widget = &bearer.widget;
    let ends: HashMap<_, _> = app.store.sandbox_ends(bearer.session.token).await?.into_iter().collect();
    let now = app.now();
    let companies = Companies::of(&app, &bearer.session.business, now).await?;
    let mut connections = app.store.connections(&bearer.session.business).await?;
    connections.sort_by_key(|connection| Reverse(bank_since(connection)));
    let shown = connections.iter().filter_map(|connection| match ends.get(&connection.id) {
        Some(Outcome::Refused(refusal)) => Some(connection.refused(widget, *refusal)),
        Some(Outcome::Connected | Outcome::ChoiceDue | Outcome::Failed(_)) | None => {
            companies.listed(connection, widget, now)
        }
    });
    let mut shown = shown.collect();
    let session = Some(bearer.session.token);
    services::listing::dress(&app, &bearer.session.business, session, widget, &connections, &mut shown)
        .await?;
    Ok(Json(shown))
}
