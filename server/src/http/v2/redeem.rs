//! `POST /v2/connections/redeem`: the customer's back end takes in what its success page received, once.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use railz_connect_contract::{BusinessName, BusinessUuid};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::openapi::schemas::{ClaimedConnectionItem, ErrorAnswer};
use super::secret_key_bearer::{SecretKeyBearer, SecretKeyError};
use crate::access::connection_token::{ClaimedConnection, ConnectionTokenError};
use crate::access::hand_over;
use crate::app::App;
use crate::domain::secret_key::Scope;
use crate::domain::visit::VisitId;
use crate::http::body_fault::BodyFault;
use crate::http::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use crate::http::input::Body;
use crate::store::StoreError;

/// What the success page received.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"connectionToken": "eyJhbGciOiJFZERTQSIsInR5cCI6ImNvbm5lY3Rpb24rand0In0.e30.c2ln"}))]
pub(in crate::http) struct RedeemRequest {
    /// A compact JWS, as the success page received it.
    connection_token: String,
}

/// What was connected, and for whom.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::http) struct RedeemedToken {
    #[schema(value_type = String)]
    visit_id: VisitId,
    #[schema(value_type = String)]
    business_uuid: BusinessUuid,
    #[schema(value_type = String)]
    business_name: BusinessName,
    /// What the host gave; check it against your visitor.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    state: Option<String>,
    #[schema(value_type = Vec<ClaimedConnectionItem>)]
    connections: Vec<ClaimedConnection>,
}

/// Why a token is not redeemed.
#[derive(Debug, thiserror::Error)]
pub(in crate::http) enum RedeemError {
    #[error(transparent)]
    Key(#[from] SecretKeyError),
    #[error("the body is not {{\"connectionToken\": \"…\"}}: {0}")]
    Body(BodyFault),
    #[error(transparent)]
    Redeem(#[from] hand_over::RedeemError),
    #[error("the business of the connectionToken was deleted")]
    NoBusiness,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ErrorResponse for RedeemError {
    fn status(&self) -> StatusCode {
        use hand_over::RedeemError as Redeem;
        match self {
            Self::Key(refused) => refused.status(),
            Self::Redeem(Redeem::Token(ConnectionTokenError::Audience)) => StatusCode::FORBIDDEN,
            Self::Body(_) | Self::Redeem(Redeem::Token(_)) => StatusCode::BAD_REQUEST,
            Self::Redeem(Redeem::Over) => StatusCode::CONFLICT,
            Self::NoBusiness => StatusCode::NOT_FOUND,
            Self::Redeem(Redeem::SigningKey(_) | Redeem::Store(_)) | Self::Store(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    fn message(&self) -> String {
        use hand_over::RedeemError as Redeem;
        match self {
            Self::Key(refused) => refused.message(),
            Self::Redeem(Redeem::SigningKey(_) | Redeem::Store(_)) | Self::Store(_) => OUR_FAULT.to_owned(),
            other => other.to_string(),
        }
    }
}

respond_with_error!(RedeemError);

/// Redeems a token of the key's own widget.
#[utoipa::path(
    post, path = "/v2/connections/redeem", operation_id = "redeemConnectionToken", tag = "Connections",
    summary = "Takes in what the success page received, once",
    request_body(content = RedeemRequest, content_type = "application/json"),
    responses(
        (status = 200, body = RedeemedToken, description = "What was connected, and for whom"),
        (status = 404, body = ErrorAnswer, description = "The business was deleted"),
        (status = 409, body = ErrorAnswer, description = "It was redeemed already, or a newer one took its place"),
    ),
    security(("secretKey" = ["read"])),
)]
pub(in crate::http) async fn redeem(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Body(body): Body,
) -> Result<Json<RedeemedToken>, RedeemError> {
    bearer.require(Scope::Read)?;
    let request: RedeemRequest =
        serde_json::from_slice(&body).map_err(|error| RedeemError::Body(error.into()))?;
    let (visit_id, claims) = hand_over::redeem(&app, &bearer.widget, &request.connection_token).await?;
    bearer.audit.business(&claims.business_uuid);
    bearer.audit.subject(visit_id.as_str());
    let business = app.store.business(&bearer.widget.id, &claims.business_uuid).await?;
    let business = business.ok_or(RedeemError::NoBusiness)?;
    tracing::info!(key = %bearer.key.id, visit = %visit_id, business = %business.id, "a connectionToken was redeemed");
    Ok(Json(RedeemedToken {
        visit_id,
        business_uuid: business.id,
        business_name: business.name,
        state: claims.state,
        connections: claims.connections,
    }))
}
