//! `/v2/businesses`: a back end makes, lists, renames and deletes its businesses.

use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use railz_connect_contract::{BusinessName, BusinessUuid, IntegrationUuid, ServiceName};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::ApiError;
use super::list_query::ListQuery;
use super::listed;
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
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BusinessItem {
    business_uuid: BusinessUuid,
    business_name: BusinessName,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<Value>,
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

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewBusiness {
    business_name: String,
    metadata: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewName {
    business_name: String,
}

/// `POST /v2/businesses`
pub(super) async fn create(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Body(body): Body,
) -> Result<Response, ApiError> {
    bearer.require(Scope::Write)?;
    let new: NewBusiness = serde_json::from_slice(&body).map_err(ApiError::Body)?;
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
    let found = found.ok_or_else(|| ApiError::NoBusiness(id.to_string()))?;
    Ok(Json(BusinessItem::from(found)).into_response())
}

/// `PUT /v2/businesses/{businessUuid}`: another name.
pub(super) async fn rename(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Path(id): Path<String>,
    Body(body): Body,
) -> Result<Response, ApiError> {
    bearer.require(Scope::Write)?;
    let new: NewName = serde_json::from_slice(&body).map_err(ApiError::Body)?;
    let name = business::parse_name(&new.business_name)?;
    let id = BusinessUuid::new(id);
    match app.store.rename_business(&bearer.widget.id, &id, &name).await? {
        RenameOutcome::Yes => answer_with_one(&app, &bearer.widget, id).await,
        RenameOutcome::Taken => Err(ApiError::NameTaken),
        RenameOutcome::Unknown => Err(ApiError::NoBusiness(id.to_string())),
    }
}

/// `DELETE /v2/businesses/{businessUuid}`: with its connections and everything that was sealed.
pub(super) async fn delete(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    bearer.require(Scope::Write)?;
    let id = BusinessUuid::new(id);
    let Some(business) = app.store.business(&bearer.widget.id, &id).await? else {
        return Err(ApiError::NoBusiness(id.to_string()));
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
