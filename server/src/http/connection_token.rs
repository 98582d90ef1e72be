//! `POST /widget/connectionToken`: what the widget hands to the success page beside the connectionId. Ours.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

use super::bearer::Bearer;
use super::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use crate::access::hand_over::{self, SignTokenError};
use crate::app::App;

/// The token, or nothing where nothing may be signed: in an open visit nothing was signed in to, or of a minted one's business
/// nothing is connected.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ConnectionTokenResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    connection_token: Option<String>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(super) struct IssueError(#[from] SignTokenError);

impl ErrorResponse for IssueError {
    fn status(&self) -> StatusCode {
        StatusCode::INTERNAL_SERVER_ERROR
    }

    fn message(&self) -> String {
        OUR_FAULT.to_owned()
    }
}

respond_with_error!(IssueError);

/// Signs what this visit connected; an older token of the visit is over.
pub(super) async fn issue(
    State(app): State<Arc<App>>,
    bearer: Bearer,
) -> Result<Json<ConnectionTokenResponse>, IssueError> {
    let connection_token = hand_over::sign(&app, &bearer.visit).await?;
    Ok(Json(ConnectionTokenResponse { connection_token }))
}
