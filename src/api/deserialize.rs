//! Deserializing the contract's answers property by property. Serde's derived readers of these types, through
//! serde-wasm-bindgen, cost the engine many kilobytes more. The golden files hold both to one meaning.
//!
//! What a value needs must be there and of its type, or the value is unreadable; everything else may be missing. An
//! entry of a list that is unreadable is left out, so that one odd entry does not hide the others.

use railz_connect_contract::{
    AccessToken, AccountItem, AddressResponse, AttemptId, BankAccount, BillingPlan, BusinessName,
    BusinessUuid, Connection, ConnectionAccounts, ConnectionError, ConnectionId, ConnectionState,
    ConnectorPassword, EntityRef, ExtraConfigurations, Feature, Institution, InstitutionMetadata,
    Integration, IntegrationUuid, RefusalReason, ServiceAccountRef, ServiceKind, ServiceName, SessionKind,
    StartProof,
};
use railz_connect_flow::json::JsonText;
use railz_connect_flow::session::SessionResponse;
use wasm_bindgen::JsValue;

use crate::browser::{js_value, json};

pub(super) fn session(from: &JsValue) -> Option<SessionResponse> {
    Some(SessionResponse {
        access_token: AccessToken::new(text(from, "access_token")?),
        business_name: BusinessName::new(text(from, "businessName").unwrap_or_default()),
        business_uuid: BusinessUuid::new(text(from, "businessUuid").unwrap_or_default()),
        metadata: value(from, "metadata").and_then(|value| json::stringify(&value)).map(JsonText),
        customer_name: text(from, "customerName").unwrap_or_default(),
        email: text(from, "email").unwrap_or_default(),
        billing_plan: name(from, "billingPlan", BillingPlan::from_name).unwrap_or_default(),
        sandbox: boolean(from, "sandbox"),
        sites: boolean(from, "sites"),
        connections: value(from, "connections").map(|list| all(&list, connection)),
        integrations: value(from, "integrations").map(|list| all(&list, integration)),
        features: all(&js_value::get(from, "features"), |feature| {
            feature.as_string().map(|name| Feature::from_name(&name))
        }),
        expires_at: text(from, "expiresAt"),
        success_url: text(from, "successUrl"),
        redirect_url: text(from, "redirectUrl"),
        state: text(from, "state"),
        session_kind: name(from, "sessionKind", SessionKind::from_name),
    })
}

fn integration(from: &JsValue) -> Option<Integration> {
    Some(Integration {
        service: ServiceName::new(text(from, "service")?),
        service_kind: name(from, "serviceKind", ServiceKind::from_name).unwrap_or_default(),
        uuid: IntegrationUuid::new(text(from, "uuid")?),
        is_mock_data: boolean(from, "isMockData"),
        display_name: text(from, "displayName"),
        logo_url: text(from, "logoUrl"),
        extra_configurations: value(from, "extraConfigurations").map(|asked| ExtraConfigurations {
            show_vendor_bank_account_steps: boolean(&asked, "showVendorBankAccountSteps"),
            show_customer_bank_account_steps: boolean(&asked, "showCustomerBankAccountSteps"),
        }),
    })
}

#[inline(never)]
pub(super) fn connection(from: &JsValue) -> Option<Connection> {
    Some(Connection {
        connection_id: ConnectionId::new(text(from, "connectionId")?),
        name: ServiceName::new(text(from, "name")?),
        kind: name(from, "kind", ServiceKind::from_name).unwrap_or_default(),
        state: name(from, "state", ConnectionState::from_name)?,
        error: name(from, "error", ConnectionError::from_name),
        integration_uuid: text(from, "integrationUuid").map(IntegrationUuid::new),
        is_mock_data: boolean(from, "isMockData"),
        created_at: text(from, "createdAt"),
        account_number: text(from, "accountNumber"),
        service_account_ref: value(from, "serviceAccountRef").map(|account| ServiceAccountRef {
            id: text(&account, "id"),
            entity_ref: text(&js_value::get(&account, "entityRef"), "id").map(|id| EntityRef { id }),
        }),
        expires_at: text(from, "expiresAt"),
        lapses_soon: boolean(from, "lapsesSoon"),
        state_since: text(from, "stateSince"),
        reason: name(from, "reason", RefusalReason::from_name),
        accounts: value(from, "accounts").map(|accounts| connection_accounts(&accounts)),
        institution: value(from, "institution").and_then(|bank| institution(&bank)),
        account_name: text(from, "accountName"),
        company_unknown: boolean(from, "companyUnknown"),
        replaced_at: text(from, "replacedAt"),
        missing_scopes: all(&js_value::get(from, "missingScopes"), JsValue::as_string),
    })
}

fn connection_accounts(from: &JsValue) -> ConnectionAccounts {
    if js_value::is_array(from) {
        return ConnectionAccounts::Bank(all(from, |account| {
            Some(BankAccount { mask: text(account, "mask") })
        }));
    }
    ConnectionAccounts::Choices(labels(from).collect())
}

/// A company, or an entity of one.
pub(super) fn account(from: &JsValue) -> Option<AccountItem> {
    Some(AccountItem { id: text(from, "id")?, label: text(from, "label")? })
}

/// The entries of an object that gives each id its label.
pub(super) fn labels(from: &JsValue) -> impl Iterator<Item = (String, String)> {
    js_value::keys(from).into_iter().filter_map(|id| text(from, &id).map(|label| (id, label)))
}

fn institution(from: &JsValue) -> Option<Institution> {
    Some(Institution {
        name: text(from, "name")?,
        url: text(from, "url"),
        metadata: InstitutionMetadata { logo: text(&js_value::get(from, "metadata"), "logo") },
    })
}

#[inline(never)]
pub(super) fn address(from: &JsValue) -> Option<AddressResponse> {
    Some(AddressResponse {
        url: text(from, "url")?,
        connection_id: text(from, "connectionId").map(ConnectionId::new),
        business_name: BusinessName::new(text(from, "businessName").unwrap_or_default()),
        attempt_id: text(from, "attemptId").map(AttemptId::new),
        expires_in_seconds: integer(from, "expiresInSeconds"),
        start_proof: text(from, "startProof").map(StartProof::new),
        config: text(from, "config"),
        password: text(from, "password").map(ConnectorPassword::new),
    })
}

/// A refusal's `statusCode` (0 where there is none) and its first message.
pub(super) fn refusal(from: &JsValue) -> Option<(u16, String)> {
    let error = value(from, "error").filter(JsValue::is_object)?;
    let status =
        integer(&error, "statusCode").and_then(|status| u16::try_from(status).ok()).unwrap_or_default();
    let message = js_value::get(&error, "message");
    let first = if js_value::is_array(&message) { js_value::get(&message, "0") } else { message };
    Some((status, first.as_string().unwrap_or_default()))
}

/// The entries of an array that can be read; none of what is no array.
pub(super) fn all<T>(from: &JsValue, read: impl Fn(&JsValue) -> Option<T>) -> Vec<T> {
    js_value::items(from).filter_map(|entry| read(&entry)).collect()
}

/// A property that is a text; none where it is missing or something else.
pub(super) fn text(from: &JsValue, name: &str) -> Option<String> {
    js_value::get(from, name).as_string()
}

/// A property that is one of a list of names.
fn name<T>(from: &JsValue, property: &str, from_name: impl Fn(&str) -> T) -> Option<T> {
    text(from, property).map(|name| from_name(&name))
}

fn boolean(from: &JsValue, name: &str) -> bool {
    js_value::get(from, name).as_bool().unwrap_or_default()
}

/// A value that is neither missing nor `null`.
pub(super) fn value(from: &JsValue, name: &str) -> Option<JsValue> {
    Some(js_value::get(from, name)).filter(|value| !value.is_undefined() && !value.is_null())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is checked just before"
)]
fn integer(from: &JsValue, name: &str) -> Option<u32> {
    let number = js_value::get(from, name).as_f64()?;
    (0.0..=f64::from(u32::MAX)).contains(&number).then_some(number as u32)
}
