//! `GET /v2/connections/{connectionId}/company` and `GET /v2/businesses/info`: what the service told of the company.
//!
//! It was asked with the token when the company was connected; nobody waits for the service here. Where a service has no way
//! to say which company it is, that is said in place of it.

use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use railz_connect_contract::{
    BusinessName, BusinessUuid, ConnectionId, ConnectionState, EntityRef, ServiceAccountRef, ServiceName,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::connection_item::ServiceAccountRefItem;
use super::connections::find;
use super::error::ApiError;
use super::list_query::ListQuery;
use super::listed::{self, ListAnswer};
use super::openapi::schemas::{ErrorAnswer, PageQuery};
use super::secret_key_bearer::SecretKeyBearer;
use crate::app::App;
use crate::clock::to_rfc3339;
use crate::domain::company_details::CompanyDetails;
use crate::domain::connection_list::{ConnectionFilter, ListedConnection};
use crate::domain::secret_key::Scope;
use crate::http::input::Path;
use crate::services::sandbox;

/// A company as it travels to a back end.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CompanyItem {
    #[schema(value_type = String)]
    connection_id: ConnectionId,
    #[schema(value_type = String)]
    service_name: ServiceName,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ServiceAccountRefItem>, nullable = false)]
    service_account_ref: Option<ServiceAccountRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    account_number: Option<String>,
    #[serde(flatten)]
    details: DetailsItem,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    company_unknown: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    replaced_at: Option<String>,
    /// Whether it is the sandbox's, which does not exist.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    sandbox: bool,
}

/// What a service told of a company beside its name; left out what it did not tell.
#[derive(Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DetailsItem {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    legal_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    fiscal_year_start_month: Option<u8>,
}

impl From<CompanyDetails> for DetailsItem {
    fn from(details: CompanyDetails) -> Self {
        let CompanyDetails { legal_name, country, currency, fiscal_year_start_month } = details;
        Self { legal_name, country, currency, fiscal_year_start_month }
    }
}

impl CompanyItem {
    fn new(listed: ListedConnection) -> Self {
        let company_unknown = listed.is_company_unknown();
        let replaced_at = listed.binding.as_ref().and_then(|binding| binding.replaced_at).map(to_rfc3339);
        let sandbox = listed.connection.is_sandbox();
        let company = if sandbox {
            Some(sandbox::company())
        } else {
            listed.binding.and_then(|binding| binding.company)
        };
        let (name, account_number) = company
            .as_ref()
            .map(|company| (company.name.clone(), company.number.clone()))
            .unwrap_or_default();
        let details = company.as_ref().map(|company| company.details.clone()).unwrap_or_default();
        Self {
            connection_id: listed.connection.id,
            service_name: listed.connection.service,
            service_account_ref: company.map(|company| ServiceAccountRef {
                id: Some(company.id),
                entity_ref: company.entity.map(|id| EntityRef { id }),
            }),
            name,
            account_number,
            details: details.into(),
            company_unknown,
            replaced_at,
            sandbox,
        }
    }
}

/// The company of a connection.
#[utoipa::path(
    get, path = "/v2/connections/{connection}/company", operation_id = "getCompany", tag = "Connections",
    summary = "Shows what the service told of the company",
    params(("connection" = String, Path, description = "Its connectionId")),
    responses(
        (status = 200, body = CompanyItem, description = "The company, as far as its service tells of it"),
        (status = 404, body = ErrorAnswer, description = "The key's widget has none of this connectionId"),
        (status = 409, body = ErrorAnswer, description = "It waits for the choice of a company"),
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
    if found.status == ConnectionState::Pending {
        return Err(ApiError::CompanyPending(id));
    }
    Ok(Json(CompanyItem::new(found)).into_response())
}

/// A company in the words of Railz's list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct InfoItem {
    #[schema(value_type = String)]
    business_uuid: BusinessUuid,
    #[schema(value_type = String)]
    business_name: BusinessName,
    #[schema(value_type = String)]
    connection_uuid: ConnectionId,
    #[schema(value_type = String)]
    service_name: ServiceName,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    account_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    legal_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    base_currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    fiscal_year_start_month: Option<u8>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    company_unknown: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    sandbox: bool,
}

impl From<ListedConnection> for InfoItem {
    fn from(listed: ListedConnection) -> Self {
        let (business_uuid, business_name) =
            (listed.connection.business.clone(), listed.business_name.clone());
        let CompanyItem { connection_id, service_name, name, details, company_unknown, sandbox, .. } =
            CompanyItem::new(listed);
        Self {
            business_uuid,
            business_name,
            connection_uuid: connection_id,
            service_name,
            account_name: name,
            legal_name: details.legal_name,
            country: details.country,
            base_currency: details.currency,
            fiscal_year_start_month: details.fiscal_year_start_month,
            company_unknown,
            sandbox,
        }
    }
}

/// The companies behind a business's connections.
#[utoipa::path(
    get, path = "/v2/businesses/info", operation_id = "listCompanies", tag = "Businesses",
    summary = "Lists the companies behind connections, oldest first",
    params(
        PageQuery,
        ("businessName" = Option<String>, Query, description = "Of the business of this name, letter by letter"),
        ("businessUuid" = Option<String>, Query, description = "Of this business"),
        ("connectionUuid" = Option<String>, Query, description = "Of the connection of this id"),
        ("serviceName" = Option<String>, Query, description = "At this service"),
    ),
    responses(
        (status = 200, body = ListAnswer<InfoItem>, description = "A page of them"),
        (status = 204, description = "There is none"),
    ),
    security(("secretKey" = ["read"])),
)]
pub(super) async fn info(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    bearer.require(Scope::Read)?;
    let known = ["businessName", "businessUuid", "connectionUuid", "serviceName"];
    let query = ListQuery::read(query.as_deref(), &known)?;
    let filter = ConnectionFilter {
        id: query.one("connectionUuid")?.map(ConnectionId::new),
        business_uuid: query.one("businessUuid")?,
        business_name: query.one("businessName")?,
        service: query.one("serviceName")?,
        // Which company a pending one is, nobody has said yet.
        statuses: vec![ConnectionState::Active, ConnectionState::Expired, ConnectionState::Disconnected],
        ..ConnectionFilter::default()
    };
    let found = app.store.list_connections(&bearer.widget, &filter, query.page()?, app.now()).await?;
    Ok(listed::answer(found, InfoItem::from))
}
