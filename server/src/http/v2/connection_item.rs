//! A connection as it travels to a back end.

use railz_connect_contract::{
    BusinessName, BusinessUuid, ConnectionId, ConnectionState, EntityRef, ServiceAccountRef, ServiceName,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::openapi::schemas::ConnectionStatusWord;
use crate::app::App;
use crate::clock::to_rfc3339;
use crate::domain::connection::AuthorizationState;
use crate::domain::connection_list::ListedConnection;
use crate::domain::widget::Channel;
use crate::services::catalog::NonOAuthService;
use crate::services::plaid::Bank;

/// A connection with its business and its company. `connectionId` and `connectionUuid` are the same.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ConnectionItem {
    #[schema(value_type = String)]
    connection_uuid: ConnectionId,
    #[schema(value_type = String, example = "CON-9b1f3c1a-5b0e-4a53-8f0d-0e4c4f6b1a22")]
    connection_id: ConnectionId,
    #[schema(value_type = String)]
    business_uuid: BusinessUuid,
    #[schema(value_type = String)]
    business_name: BusinessName,
    #[schema(value_type = String, example = "xero")]
    service_name: ServiceName,
    #[schema(value_type = ConnectionStatusWord)]
    status: ConnectionState,
    #[schema(format = DateTime)]
    created_at: String,
    /// Since when the status is so.
    #[schema(format = DateTime)]
    updated_at: String,
    /// When the authorisation ends, unless it is given again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    expires_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    disconnect_reason: Option<String>,
    /// The bank, of banks.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    institution: Option<InstitutionItem>,
    is_mock_data: bool,
    /// The company at the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ServiceAccountRefItem>, nullable = false)]
    service_account_ref: Option<ServiceAccountRef>,
    /// The company's name, where the service tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    account_name: Option<String>,
    /// Signed in to in a session that the page opened: anybody who knows the business's name can have been that.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    open_session: bool,
    /// Nobody can tell which company this is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    company_unknown: bool,
    /// Where the company is unknown, when a sign-in last took the place of an older one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    replaced_at: Option<String>,
    /// What was asked for at the sign-in and not granted; left out where nothing is missing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    missing_scopes: Vec<String>,
}

#[derive(Serialize, ToSchema)]
struct InstitutionItem {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    logo: Option<String>,
}

/// A company at its service, and an entity within it; as [`ServiceAccountRef`] travels.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(
    dead_code,
    reason = "the document's form of a type of the contract, which knows nothing of documents"
)]
pub(super) struct ServiceAccountRefItem {
    #[schema(nullable = false)]
    id: Option<String>,
    #[schema(nullable = false)]
    entity_ref: Option<EntityRefItem>,
}

/// An entity within a company.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the document's form of a part of it")]
struct EntityRefItem {
    id: String,
}

impl ConnectionItem {
    pub(super) fn new(app: &App, listed: ListedConnection) -> Self {
        let company_unknown = listed.is_company_unknown();
        let (reason, updated_at) = (listed.reason().map(str::to_owned), listed.updated_at());
        let ListedConnection { connection, business_name, status, binding, .. } = listed;
        let expires_at = match connection.authorization {
            AuthorizationState::Active { expires_at, .. } => Some(to_rfc3339(expires_at)),
            AuthorizationState::NeverAuthorized | AuthorizationState::Disconnected { .. } => None,
        };
        let is_bank = NonOAuthService::of(&connection.service) == Some(NonOAuthService::Plaid);
        let institution =
            binding.as_ref().filter(|_| is_bank).and_then(Bank::of).map(|bank| InstitutionItem {
                logo: bank
                    .picture()
                    .map(|_| app.config.public_url.join(&format!("/plaid/logo/{}", connection.id))),
                name: bank.institution.name,
            });
        let missing_scopes =
            binding.as_ref().map(|binding| binding.missing_scopes.clone()).unwrap_or_default();
        let replaced_at = binding.as_ref().and_then(|binding| binding.replaced_at).map(to_rfc3339);
        let company = binding.and_then(|binding| binding.company);
        let account_name = company.as_ref().and_then(|company| company.name.clone());
        let service_account_ref = company.map(|company| ServiceAccountRef {
            id: Some(company.id),
            entity_ref: company.entity.map(|id| EntityRef { id }),
        });
        Self {
            open_session: connection.is_tied_by_page(),
            connection_uuid: connection.id.clone(),
            connection_id: connection.id,
            business_uuid: connection.business,
            business_name,
            service_name: connection.service,
            status,
            created_at: to_rfc3339(connection.created_at),
            updated_at: to_rfc3339(updated_at),
            expires_at,
            disconnect_reason: reason,
            institution,
            is_mock_data: connection.channel == Channel::MockData,
            service_account_ref,
            account_name,
            company_unknown,
            replaced_at,
            missing_scopes,
        }
    }
}
