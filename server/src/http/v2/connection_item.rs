//! A connection as it travels to a back end.

use railz_connect_contract::{
    BusinessName, BusinessUuid, ConnectionId, ConnectionState, EntityRef, ServiceAccountRef, ServiceName,
};
use serde::Serialize;

use crate::app::App;
use crate::clock::to_rfc3339;
use crate::domain::connection::AuthorizationState;
use crate::domain::connection_list::ListedConnection;
use crate::domain::widget::Channel;
use crate::services::catalog::NonOAuthService;
use crate::services::plaid::Bank;

/// A connection with its business and its company. `connectionId` and `connectionUuid` are the same.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ConnectionItem {
    connection_uuid: ConnectionId,
    connection_id: ConnectionId,
    business_uuid: BusinessUuid,
    business_name: BusinessName,
    service_name: ServiceName,
    status: ConnectionState,
    created_at: String,
    updated_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disconnect_reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    institution: Option<InstitutionItem>,
    is_mock_data: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_account_ref: Option<ServiceAccountRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_name: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    open_session: bool,
    #[serde(skip_serializing_if = "is_false")]
    company_unknown: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced_at: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing_scopes: Vec<String>,
}

#[derive(Serialize)]
struct InstitutionItem {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
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
