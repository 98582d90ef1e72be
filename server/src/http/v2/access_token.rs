//! `GET /v2/connections/{connectionId}/access-token`: what a back end calls the service with.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use railz_connect_contract::{ConnectionId, ConnectionState, EntityRef, ServiceAccountRef, ServiceName};
use secrecy::ExposeSecret;
use serde::Serialize;
use utoipa::ToSchema;

use super::connection_item::ServiceAccountRefItem;
use super::connections::find;
use super::error::ApiError;
use super::openapi::schemas::ErrorAnswer;
use super::secret_key_bearer::SecretKeyBearer;
use crate::app::App;
use crate::clock::to_rfc3339;
use crate::domain::connection_list::ListedConnection;
use crate::domain::secret_key::Scope;
use crate::http::input::Path;
use crate::services::catalog::NonOAuthService;
use crate::services::oauth::access_token::current;
use crate::services::oauth::connection_api::connection_api;

/// An access token as it travels, to a back end alone.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct AccessTokenItem {
    #[schema(value_type = String)]
    connection_id: ConnectionId,
    #[schema(value_type = String)]
    service_name: ServiceName,
    /// What the service is called with.
    access_token: String,
    /// When it ends, where the service says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    expires_at: Option<String>,
    /// The company at the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ServiceAccountRefItem>, nullable = false)]
    service_account_ref: Option<ServiceAccountRef>,
    /// Nobody can tell which company it is: the service has no way to say it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    company_unknown: bool,
    /// Where the service's API begins for this connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    api_base_url: Option<String>,
}

/// The access token of a connection.
#[utoipa::path(
    get, path = "/v2/connections/{connection}/access-token", operation_id = "readAccessToken", tag = "Connections",
    summary = "Gives what the service is called with",
    description = "It has five minutes left or was renewed just now. Ask anew for each piece of work instead of keeping it.",
    params(("connection" = String, Path, description = "Its connectionId")),
    responses(
        (status = 200, body = AccessTokenItem, description = "The access token"),
        (status = 404, body = ErrorAnswer, description = "The key's widget has none of this connectionId"),
        (status = 409, body = ErrorAnswer, description = "It is not active, or its service has no access tokens"),
        (status = 502, body = ErrorAnswer, description = "The service gave no new one; ask again later",
         headers(("Retry-After" = u32, description = "After how many seconds"))),
    ),
    security(("secretKey" = ["tokens"])),
)]
pub(super) async fn get(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    bearer.require(Scope::Tokens)?;
    let found = find(&app, &bearer, &id).await?;
    require_oauth(&app, &found)?;
    require_active(&found)?;
    let Some(token) = current(&app, &found.connection.id).await.map_err(ApiError::AccessToken)? else {
        // The service may have ended the authorisation just now, when a new token was asked for.
        require_active(&find(&app, &bearer, &id).await?)?;
        return Err(ApiError::NotRenewed(id));
    };
    tracing::info!(connection = id, key = %bearer.key.id, "handed an access token to a back end");
    let service = app.config.services.get(&found.connection.service);
    let api = service
        .and_then(|service| connection_api(&app, service, found.binding.as_ref()).ok())
        .map(|api| api.base);
    let company_unknown = found.is_company_unknown();
    let company = found.binding.and_then(|binding| binding.company);
    let item = AccessTokenItem {
        connection_id: found.connection.id,
        service_name: found.connection.service,
        access_token: token.token.expose_secret().to_owned(),
        expires_at: token.expires_at.map(to_rfc3339),
        service_account_ref: company.map(|company| ServiceAccountRef {
            id: Some(company.id),
            entity_ref: company.entity.map(|id| EntityRef { id }),
        }),
        company_unknown,
        api_base_url: api.map(|base| base.as_str().trim_end_matches('/').to_owned()),
    };
    Ok(Json(item).into_response())
}

/// Refuses connections that no OAuth service gave a token for: the sandbox, and services that are connected otherwise.
pub(super) fn require_oauth(app: &App, found: &ListedConnection) -> Result<(), ApiError> {
    let connection = &found.connection;
    if !connection.is_sandbox() && NonOAuthService::of(&connection.service).is_none() {
        return Ok(());
    }
    let service = if connection.is_sandbox() {
        "The sandbox".to_owned()
    } else {
        app.config.services.display_name(&connection.service)
    };
    Err(ApiError::NoAccessTokens { connection: connection.id.to_string(), service })
}

/// Refuses connections that do not work, by their status.
pub(super) fn require_active(found: &ListedConnection) -> Result<(), ApiError> {
    let status = match found.status {
        ConnectionState::Active => return Ok(()),
        ConnectionState::Pending => "pending",
        ConnectionState::Expired => "expired",
        ConnectionState::Disconnected
        | ConnectionState::Inactive
        | ConnectionState::Invalid
        | ConnectionState::Unknown => "disconnected",
    };
    Err(ApiError::NotActive { connection: found.connection.id.to_string(), status })
}
