//! `/v2/connections`: a back end lists its connections, disconnects and deletes them.

use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use railz_connect_contract::ConnectionId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::connection_item::ConnectionItem;
use super::connection_status::STATUSES;
use super::error::ApiError;
use super::list_query::ListQuery;
use super::listed::{self, ListAnswer};
use super::openapi::schemas::{ConnectionStatusWord, ErrorAnswer, PageQuery};
use super::secret_key_bearer::SecretKeyBearer;
use crate::app::App;
use crate::domain::business_list::Page;
use crate::domain::connection::AuthorizationState;
use crate::domain::connection_list::{ConnectionFilter, DisconnectOutcome, ListedConnection};
use crate::domain::secret_key::Scope;
use crate::http::input::{Body, Path};
use crate::services::catalog::NonOAuthService;
use crate::services::company;
use crate::services::revocation::{Grant, read_grant, revoke_deleted, revoke_grant};
use crate::services::revocation_outcome::RevocationOutcome;

/// The filters of the list.
const FILTERS: [&str; 9] = [
    "businessName",
    "businessUuid",
    "serviceName",
    "institutionName",
    "connectionUuid",
    "connectionId",
    "status",
    "serviceAccountRef.id",
    "serviceAccountRef.entityRef.id",
];

/// `GET /v2/connections`
#[utoipa::path(
    get, path = "/v2/connections", operation_id = "listConnections", tag = "Connections",
    summary = "Lists connections, oldest first",
    params(
        PageQuery,
        ("businessName" = Option<String>, Query, description = "Of the business of this name, letter by letter"),
        ("businessUuid" = Option<String>, Query, description = "Of this business"),
        ("serviceName" = Option<String>, Query, description = "To this service"),
        ("institutionName" = Option<String>, Query, description = "To the bank of this name"),
        ("connectionUuid" = Option<String>, Query, description = "The one of this id"),
        ("connectionId" = Option<String>, Query, description = "The one of this id"),
        ("status" = Option<Vec<ConnectionStatusWord>>, Query, description = "One of these"),
        ("serviceAccountRef.id" = Option<String>, Query, description = "To this company"),
        ("serviceAccountRef.entityRef.id" = Option<String>, Query, description = "To this entity of a company"),
    ),
    responses(
        (status = 200, body = ListAnswer<ConnectionItem>, description = "A page of them"),
        (status = 204, description = "There is none"),
    ),
    security(("secretKey" = ["read"])),
)]
pub(super) async fn list(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    bearer.require(Scope::Read)?;
    let query = ListQuery::read(query.as_deref(), &FILTERS)?;
    let id = query.one("connectionUuid")?.or(query.one("connectionId")?);
    let filter = ConnectionFilter {
        id: id.map(ConnectionId::new),
        business_uuid: query.one("businessUuid")?,
        business_name: query.one("businessName")?,
        service: query.one("serviceName")?,
        institution_name: query.one("institutionName")?,
        account_id: query.one("serviceAccountRef.id")?,
        entity_id: query.one("serviceAccountRef.entityRef.id")?,
        statuses: query.words("status", &STATUSES)?,
    };
    let found = app.store.list_connections(&bearer.widget, &filter, query.page()?, app.now()).await?;
    Ok(listed::answer(found, |listed| ConnectionItem::new(&app, listed)))
}

/// The connection of this id, where it is one of the key's widget. Its business is noted for the audit here, so that no
/// handler of one connection forgets it.
pub(super) async fn find(
    app: &App,
    bearer: &SecretKeyBearer,
    id: &str,
) -> Result<ListedConnection, ApiError> {
    let filter = ConnectionFilter { id: Some(ConnectionId::new(id)), ..ConnectionFilter::default() };
    let page = Page { limit: 1, offset: 0 };
    let found = app.store.list_connections(&bearer.widget, &filter, page, app.now()).await?;
    let found = found.entries.into_iter().next().ok_or(ApiError::NoConnection)?;
    bearer.audit.business(&found.connection.business);
    Ok(found)
}

/// `GET /v2/connections/{connectionId}`
#[utoipa::path(
    get, path = "/v2/connections/{connection}", operation_id = "getConnection", tag = "Connections",
    summary = "Shows one connection", params(("connection" = String, Path, description = "Its connectionId")),
    responses(
        (status = 200, body = ConnectionItem, description = "The connection"),
        (status = 404, body = ErrorAnswer, description = "The key's widget has none of this connectionId"),
    ),
    security(("secretKey" = ["read"])),
)]
pub(super) async fn get(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    bearer.require(Scope::Read)?;
    let found = find(&app, &bearer, &id).await?;
    Ok(Json(ConnectionItem::new(&app, found)).into_response())
}

/// Which connection is disconnected.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"connectionId": "CON-9b1f3c1a-5b0e-4a53-8f0d-0e4c4f6b1a22"}))]
pub(super) struct DisconnectRequest {
    connection_id: String,
}

/// A connection that was disconnected or untied, and whether its service was asked to revoke the grant.
#[derive(Serialize, ToSchema)]
pub(super) struct DisconnectedItem {
    #[serde(flatten)]
    connection: ConnectionItem,
    /// `requested`, `notOffered` or `withheld`.
    revocation: &'static str,
}

/// `PUT /v2/connections/disconnect`
#[utoipa::path(
    put, path = "/v2/connections/disconnect", operation_id = "disconnectConnection", tag = "Connections",
    summary = "Ends the authorisation of a connection",
    description = "Its tokens are forgotten here, and its service is asked to revoke the grant. The widget offers to connect it again.",
    request_body(content = DisconnectRequest, content_type = "application/json"),
    responses(
        (status = 200, body = DisconnectedItem, description = "The connection as it is now"),
        (status = 404, body = ErrorAnswer, description = "The key's widget has none of this connectionId"),
        (status = 409, body = ErrorAnswer, description = "It waits for the choice of a company"),
    ),
    security(("secretKey" = ["write"])),
)]
pub(super) async fn disconnect(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Body(body): Body,
) -> Result<Response, ApiError> {
    bearer.require(Scope::Write)?;
    let DisconnectRequest { connection_id } =
        serde_json::from_slice(&body).map_err(|error| ApiError::Body(error.into()))?;
    bearer.audit.connection(&ConnectionId::new(&connection_id));
    let found = find(&app, &bearer, &connection_id).await?;
    let grant = read_grant(&app, &found.connection).await?;
    if app.store.disconnect_at_wish(&found.connection.id, app.now()).await?
        == DisconnectOutcome::NeverAuthorized
    {
        return Err(ApiError::NeverAuthorized(connection_id));
    }
    tracing::info!(connection = connection_id, key = %bearer.key.id, "a back end disconnected a connection");
    answer_ended(&app, &bearer, &connection_id, grant).await
}

/// Asks the service to revoke the grant of a connection that has just ended, and answers with the connection.
async fn answer_ended(
    app: &Arc<App>,
    bearer: &SecretKeyBearer,
    id: &str,
    grant: Option<Grant>,
) -> Result<Response, ApiError> {
    let revocation = match grant {
        Some(grant) => revoke_grant(app, grant).await?,
        None => RevocationOutcome::NotOffered,
    };
    let connection = ConnectionItem::new(app, find(app, bearer, id).await?);
    Ok(Json(DisconnectedItem { connection, revocation: revocation.word() }).into_response())
}

/// `POST /v2/connections/{connectionId}/untie`: the next sign-in may bring another company. What is untied already stays so.
#[utoipa::path(
    post, path = "/v2/connections/{connection}/untie", operation_id = "untieConnection", tag = "Connections",
    summary = "Takes its company from a connection",
    description = "It is disconnected, and the next sign-in may bring another company.",
    params(("connection" = String, Path, description = "Its connectionId")),
    responses(
        (status = 200, body = DisconnectedItem, description = "The connection as it is now"),
        (status = 404, body = ErrorAnswer, description = "The key's widget has none of this connectionId"),
        (status = 409, body = ErrorAnswer, description = "It is a bank's, or waits for the choice of a company"),
    ),
    security(("secretKey" = ["write"])),
)]
pub(super) async fn untie(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    bearer.require(Scope::Write)?;
    let found = find(&app, &bearer, &id).await?;
    if NonOAuthService::of(&found.connection.service) == Some(NonOAuthService::Plaid) {
        return Err(ApiError::BankNotUntied);
    }
    if found.connection.authorization == AuthorizationState::NeverAuthorized {
        return Err(ApiError::NeverAuthorized(id));
    }
    let grant = read_grant(&app, &found.connection).await?;
    company::untie(&app, found.connection).await?;
    tracing::info!(connection = id, key = %bearer.key.id, "a back end untied a connection from its company");
    answer_ended(&app, &bearer, &id, grant).await
}

/// `DELETE /v2/connections/{connectionId}`: with everything that was sealed.
#[utoipa::path(
    delete, path = "/v2/connections/{connection}", operation_id = "deleteConnection", tag = "Connections",
    summary = "Deletes a connection with everything that was sealed",
    params(("connection" = String, Path, description = "Its connectionId")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, body = ErrorAnswer, description = "The key's widget has none of this connectionId"),
    ),
    security(("secretKey" = ["write"])),
)]
pub(super) async fn delete(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    bearer.require(Scope::Write)?;
    let found = find(&app, &bearer, &id).await?;
    let grant = read_grant(&app, &found.connection).await?;
    app.store.delete_connection(&found.connection.id).await?;
    if let Some(grant) = grant {
        revoke_deleted(&app, grant).await;
    }
    tracing::info!(connection = id, key = %bearer.key.id, "a back end deleted a connection");
    Ok(StatusCode::NO_CONTENT)
}
