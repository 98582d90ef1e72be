//! `POST /v2/connections/redeem`: the customer's back end takes in what its success page received, once.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use railz_connect_contract::{BusinessName, BusinessUuid};
use serde::{Deserialize, Serialize};

use super::secret_key_bearer::{SecretKeyBearer, SecretKeyError};
use crate::access::connection_token::{ClaimedConnection, ConnectionTokenError};
use crate::access::hand_over;
use crate::app::App;
use crate::domain::secret_key::Scope;
use crate::domain::visit::VisitId;
use crate::http::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use crate::http::input::Body;
use crate::store::StoreError;

/// What the success page received.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RedeemRequest {
    connection_token: String,
}

/// What was connected, and for whom.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::http) struct RedeemedToken {
    visit_id: VisitId,
    business_uuid: BusinessUuid,
    business_name: BusinessName,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    connections: Vec<ClaimedConnection>,
}

/// Why a token is not redeemed.
#[derive(Debug, thiserror::Error)]
pub(in crate::http) enum RedeemError {
    #[error(transparent)]
    Key(#[from] SecretKeyError),
    #[error("the body is not {{\"connectionToken\": \"…\"}}: {0}")]
    Body(serde_json::Error),
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
pub(in crate::http) async fn redeem(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Body(body): Body,
) -> Result<Json<RedeemedToken>, RedeemError> {
    bearer.require(Scope::Read)?;
    let request: RedeemRequest = serde_json::from_slice(&body).map_err(RedeemError::Body)?;
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
