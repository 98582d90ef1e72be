//! `/v2/businesses`: a back end makes, lists, renames and deletes its businesses.

use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use railz_connect_contract::{BusinessName, BusinessUuid, IntegrationUuid, ServiceName};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::error::ApiError;
use super::list_query::ListQuery;
use super::listed::{self, ListAnswer};
use super::openapi::schemas::{BusinessNameText, BusinessStatusWord, ErrorAnswer, PageQuery};
use super::secret_key_bearer::SecretKeyBearer;
use crate::app::App;
use crate::clock::to_rfc3339;
use crate::domain::business::{self, Business};
use crate::domain::business_list::{BusinessFilter, BusinessStatus, ListedBusiness, RenameOutcome};
use crate::domain::secret_key::Scope;
use crate::domain::webhook_metadata;
use crate::domain::widget::{Channel, Widget};
use crate::http::input::{Body, Path};
use crate::random;
use crate::services::revocation::{read_grant, revoke_deleted};
use crate::store::Added;

/// The most metadata that is kept beside a business, in bytes of JSON.
const MOST_METADATA: usize = 16 * 1024;

/// A business as it travels.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct BusinessItem {
    #[schema(value_type = String, example = "BIZ-2f0c6f5e-8d0f-4c39-9a53-2f4f6f0f7a11")]
    business_uuid: BusinessUuid,
    #[schema(value_type = String, example = "Juniper Bakery")]
    business_name: BusinessName,
    /// `new`: nothing is connected yet; `active`: a connection works; `inactive`: none does any more.
    #[schema(value_type = BusinessStatusWord)]
    status: &'static str,
    /// What the back end keeps beside it, as it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Value>>, nullable = false)]
    metadata: Option<Value>,
    #[schema(format = DateTime)]
    created_at: String,
}

impl From<ListedBusiness> for BusinessItem {
    fn from(listed: ListedBusiness) -> Self {
        let Business { id, name, created_at, .. } = listed.business;
        Self {
            business_uuid: id,
            business_name: name,
            status: listed.status.word(),
            metadata: listed.metadata,
            created_at: to_rfc3339(created_at),
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"businessName": "Juniper Bakery", "metadata": [{"customer": 42}]}))]
pub(super) struct NewBusiness {
    /// Unique within the widget.
    #[schema(value_type = BusinessNameText)]
    business_name: String,
    /// Your own, in at most 16 KiB; given back as it is.
    #[schema(value_type = Option<Vec<Value>>)]
    metadata: Option<Value>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"businessName": "Harbour"}))]
pub(super) struct NewName {
    /// Unique within the widget.
    #[schema(value_type = BusinessNameText)]
    business_name: String,
}

/// `POST /v2/businesses`
#[utoipa::path(
    post, path = "/v2/businesses", operation_id = "createBusiness", tag = "Businesses",
    summary = "Makes a business", description = "It stays until it is deleted.",
    request_body(content = NewBusiness, content_type = "application/json"),
    responses(
        (status = 201, body = BusinessItem, description = "The business"),
        (status = 409, body = ErrorAnswer, description = "There is one of this name"),
    ),
    security(("secretKey" = ["write"])),
)]
pub(super) async fn create(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Body(body): Body,
) -> Result<Response, ApiError> {
    bearer.require(Scope::Write)?;
    let new: NewBusiness = serde_json::from_slice(&body).map_err(|error| ApiError::Body(error.into()))?;
    let metadata = new.metadata.filter(|metadata| !metadata.is_null());
    if metadata.as_ref().is_some_and(|all| !all.is_array() || all.to_string().len() > MOST_METADATA) {
        return Err(ApiError::Metadata { most: MOST_METADATA });
    }
    metadata.as_ref().map_or(Ok(()), webhook_metadata::check)?;
    let business = Business {
        id: business::new_id(random::uuid()?),
        widget: bearer.widget.id,
        name: business::parse_name(&new.business_name)?,
        created_at: app.now(),
    };
    match app.store.add_lasting_business(&business, metadata.as_ref()).await? {
        Added::Taken => Err(ApiError::NameTaken),
        Added::New => {
            bearer.audit.business(&business.id);
            let made = ListedBusiness { business, status: BusinessStatus::New, metadata };
            Ok((StatusCode::CREATED, Json(BusinessItem::from(made))).into_response())
        }
    }
}

/// `GET /v2/businesses`
#[utoipa::path(
    get, path = "/v2/businesses", operation_id = "listBusinesses", tag = "Businesses",
    summary = "Lists businesses, oldest first",
    params(
        PageQuery,
        ("businessName" = Option<String>, Query, description = "Letter by letter"),
        ("businessNameOrUuid" = Option<String>, Query, description = "Either, letter by letter"),
        ("integrationUuids" = Option<Vec<String>>, Query, description = "Connected to one of these services"),
        ("status" = Option<Vec<BusinessStatusWord>>, Query, description = "One of these"),
    ),
    responses(
        (status = 200, body = ListAnswer<BusinessItem>, description = "A page of them"),
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
    let known = ["businessName", "businessNameOrUuid", "integrationUuids", "status"];
    let query = ListQuery::read(query.as_deref(), &known)?;
    let integrations = query.all("integrationUuids");
    let filter = BusinessFilter {
        name: query.one("businessName")?,
        name_or_uuid: query.one("businessNameOrUuid")?,
        services: (!integrations.is_empty()).then(|| services_of(&app, &bearer.widget, &integrations)),
        statuses: query.words("status", &BusinessStatus::ALL.map(|status| (status.word(), status)))?,
    };
    let found = app.store.list_businesses(&bearer.widget, &filter, query.page()?, app.now()).await?;
    Ok(listed::answer(found, BusinessItem::from))
}

/// The services that a widget offers under these numbers.
fn services_of(app: &App, widget: &Widget, integrations: &[&str]) -> Vec<ServiceName> {
    let sandbox = ServiceName::new(ServiceName::SANDBOX);
    let oauth = app.config.services.iter().map(|service| service.id.clone());
    let others = app.config.non_oauth.services().map(|service| ServiceName::new(service.id()));
    let is_asked_for = |service: &ServiceName| {
        let integration: IntegrationUuid = widget.integration(service, Channel::Service);
        integrations.contains(&integration.as_str())
    };
    std::iter::once(sandbox).chain(oauth).chain(others).filter(is_asked_for).collect()
}

/// `GET /v2/businesses/{businessUuid}`
#[utoipa::path(
    get, path = "/v2/businesses/{business}", operation_id = "getBusiness", tag = "Businesses",
    summary = "Shows one business", params(("business" = String, Path, description = "Its businessUuid")),
    responses(
        (status = 200, body = BusinessItem, description = "The business"),
        (status = 404, body = ErrorAnswer, description = "The key's widget has none of this businessUuid"),
    ),
    security(("secretKey" = ["read"])),
)]
pub(super) async fn get(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    bearer.require(Scope::Read)?;
    answer_with_one(&app, &bearer.widget, BusinessUuid::new(id)).await
}

async fn answer_with_one(app: &App, widget: &Widget, id: BusinessUuid) -> Result<Response, ApiError> {
    let found = app.store.listed_business(widget, &id, app.now()).await?;
    let found = found.ok_or(ApiError::NoBusiness)?;
    Ok(Json(BusinessItem::from(found)).into_response())
}

/// `PUT /v2/businesses/{businessUuid}`: another name.
#[utoipa::path(
    put, path = "/v2/businesses/{business}", operation_id = "renameBusiness", tag = "Businesses",
    summary = "Gives a business another name", params(("business" = String, Path, description = "Its businessUuid")),
    request_body(content = NewName, content_type = "application/json"),
    responses(
        (status = 200, body = BusinessItem, description = "The business as it is now"),
        (status = 404, body = ErrorAnswer, description = "The key's widget has none of this businessUuid"),
        (status = 409, body = ErrorAnswer, description = "Another one has this name"),
    ),
    security(("secretKey" = ["write"])),
)]
pub(super) async fn rename(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Path(id): Path<String>,
    Body(body): Body,
) -> Result<Response, ApiError> {
    bearer.require(Scope::Write)?;
    let new: NewName = serde_json::from_slice(&body).map_err(|error| ApiError::Body(error.into()))?;
    let name = business::parse_name(&new.business_name)?;
    let id = BusinessUuid::new(id);
    match app.store.rename_business(&bearer.widget.id, &id, &name).await? {
        RenameOutcome::Yes => answer_with_one(&app, &bearer.widget, id).await,
        RenameOutcome::Taken => Err(ApiError::NameTaken),
        RenameOutcome::Unknown => Err(ApiError::NoBusiness),
    }
}

/// `DELETE /v2/businesses/{businessUuid}`: with its connections and everything that was sealed.
#[utoipa::path(
    delete, path = "/v2/businesses/{business}", operation_id = "deleteBusiness", tag = "Businesses",
    summary = "Deletes a business with its connections", params(("business" = String, Path, description = "Its businessUuid")),
    description = "Everything that was sealed goes with it, and its services are asked to revoke the grants.",
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, body = ErrorAnswer, description = "The key's widget has none of this businessUuid"),
    ),
    security(("secretKey" = ["write"])),
)]
pub(super) async fn delete(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    bearer.require(Scope::Write)?;
    let id = BusinessUuid::new(id);
    let Some(business) = app.store.business(&bearer.widget.id, &id).await? else {
        return Err(ApiError::NoBusiness);
    };
    let mut grants = Vec::new();
    for connection in app.store.connections(&business.id).await? {
        grants.extend(read_grant(&app, &connection).await?);
    }
    app.store.delete_business(&bearer.widget.id, &id).await?;
    for grant in grants {
        revoke_deleted(&app, grant).await;
    }
    Ok(StatusCode::NO_CONTENT)
}
