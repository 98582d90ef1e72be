//! What a widget under test meets: configurations, sessions, addresses, connections.

use std::sync::Arc;

use railz_connect_contract::{
    AccessToken, AccountItem, AddressResponse, AttemptId, BankResponse, BillingPlan, BusinessName,
    BusinessUuid, Connection, ConnectionAccounts, ConnectionError, ConnectionId, ConnectionState,
    ConnectorPassword, ExtraConfigurations, Feature, Integration, IntegrationUuid, LinkToken,
    LinkTokenResponse, PublicToken, RefusalReason, ServiceKind, ServiceName, UseCase,
};
use railz_connect_flow::config::{AddressOption, Components, RawAddress, RawValue, Shown};
use railz_connect_flow::form::FormValues;
use railz_connect_flow::guide::GuideStep;
use railz_connect_flow::host_event::Parties;
use railz_connect_flow::json::JsonText;
use railz_connect_flow::question::ANSWER_FIELD;
use railz_connect_flow::session::SessionResponse;
use railz_connect_flow::{Config, HostOptions};

/// The bearer token; no text that leaves the machine may contain it.
pub const TOKEN: &str = "bearer-token-that-nobody-may-see";

pub const QUICKBOOKS: &str = "quickbooks";
pub const XERO: &str = "xero";
pub const SHOPIFY: &str = "shopify";
pub const SANDBOX: &str = "railzSandbox";
pub const NETSUITE: &str = "oracleNetsuite";
pub const INTACCT: &str = "sageIntacct";
pub const DESKTOP: &str = "quickbooksDesktop";
pub const CENTRAL: &str = "dynamicsBusinessCentral";
pub const PLAID: &str = "plaid";
/// A part of each credential, password and token; no text that leaves the machine may contain it.
pub const SECRET: &str = "secret-that-nobody-may-see";
/// A service that no widget knows.
pub const HARBOUR: &str = "harbourBooks";
pub const MOCK: &str = "INT-mock-xero";
pub const CONNECTION: &str = "CON-1";
pub const ATTEMPT: &str = "ATT-1";
pub const START: &str = "https://connect.example/oauth/start/once";
pub const SUCCESS: &str = "https://host.example/success";
pub const CLOSED: &str = "https://host.example/closed";

pub fn text(text: &str) -> RawValue {
    RawValue::Text(text.to_owned())
}

pub fn address_option(url: &str) -> AddressOption {
    AddressOption::Text(RawAddress { written: url.to_owned(), resolved: Some(url.to_owned()) })
}

/// The least a host must say.
pub fn options() -> HostOptions {
    HostOptions { widget_id: text("SB_PROD_demo"), ..HostOptions::default() }
}

pub fn config(options: &HostOptions) -> Config {
    Config::read(options).expect("the options of a story are right")
}

/// Nothing follows a success.
pub fn plain() -> Config {
    config(&options())
}

/// A success page receives the connection by POST, with the host's state.
pub fn posting() -> Config {
    config(&HostOptions { success_url: address_option(SUCCESS), state: text("opaque 1"), ..options() })
}

/// The host offers a close button.
pub fn closable() -> Config {
    config(&closing(options()))
}

/// The same with a close button.
pub fn closing(options: HostOptions) -> HostOptions {
    let close = ("options.components.close", RawValue::Bool(true));
    HostOptions { close_redirect_url: address_option(CLOSED), more: vec![close], ..options }
}

/// The widget stands in a dialog of its own, and the host says nothing of closing.
pub fn modal() -> Config {
    config(&HostOptions { modal: true, ..options() })
}

/// Whose last step leads to the end without a summary.
pub fn closable_without_summary() -> Config {
    let components = Components { summary: Shown::Never, ..Components::default() };
    Config { components, ..closable() }
}

/// The integration of a service.
pub fn integration_of(service: &str) -> IntegrationUuid {
    IntegrationUuid::new(format!("INT-{service}"))
}

fn kind_of(service: &str) -> ServiceKind {
    if service == PLAID { ServiceKind::Banking } else { ServiceKind::Accounting }
}

fn integration(service: &str) -> Integration {
    Integration {
        service: ServiceName::new(service),
        service_kind: kind_of(service),
        uuid: integration_of(service),
        is_mock_data: false,
        display_name: (service == HARBOUR).then(|| "Harbour Books".to_owned()),
        logo_url: (service == HARBOUR).then(|| "https://books.example/logo.svg".to_owned()),
        extra_configurations: (service == CENTRAL).then_some(ExtraConfigurations {
            show_vendor_bank_account_steps: true,
            show_customer_bank_account_steps: true,
        }),
    }
}

fn mock() -> Integration {
    Integration { uuid: IntegrationUuid::new(MOCK), is_mock_data: true, ..integration(XERO) }
}

/// The session of a server that connects the sandbox with one press.
pub fn session() -> SessionResponse {
    SessionResponse {
        access_token: AccessToken::new(TOKEN),
        business_name: BusinessName::new("Harbour Bakery"),
        business_uuid: BusinessUuid::new("BIZ-1"),
        metadata: Some(JsonText("[1]".to_owned())),
        customer_name: "Acme Lending".to_owned(),
        email: String::new(),
        billing_plan: BillingPlan::Custom,
        sandbox: true,
        sites: false,
        connections: Some(Vec::new()),
        integrations: Some([SANDBOX, QUICKBOOKS, XERO, HARBOUR].into_iter().map(integration).collect()),
        features: vec![Feature::SandboxOnePress],
    }
}

/// The session of a server of 2.23, which has the sandbox form.
pub fn session_with_the_form() -> SessionResponse {
    let integrations = vec![integration(SANDBOX), integration(QUICKBOOKS), mock()];
    SessionResponse { integrations: Some(integrations), features: Vec::new(), ..session() }
}

/// The session of a business that has connections already.
pub fn session_with(connections: Vec<Connection>) -> SessionResponse {
    SessionResponse { connections: Some(connections), ..session() }
}

/// The session of a widget that offers accounting services without a plain window.
pub fn special_session() -> SessionResponse {
    let services = [NETSUITE, INTACCT, DESKTOP, CENTRAL];
    SessionResponse { integrations: Some(services.into_iter().map(integration).collect()), ..session() }
}

/// The session of a business that QuickBooks Desktop is known of.
pub fn session_with_desktop(state: ConnectionState) -> SessionResponse {
    let (connections, integrations) = (vec![connection(DESKTOP, state)], vec![integration(DESKTOP)]);
    SessionResponse { connections: Some(connections), integrations: Some(integrations), ..session() }
}

/// The session of a widget that offers banks.
pub fn bank_session() -> SessionResponse {
    SessionResponse { integrations: Some(vec![integration(PLAID)]), ..session() }
}

/// The same, with a bank that needs something.
pub fn session_with_lapsed_bank(state: ConnectionState) -> SessionResponse {
    SessionResponse { connections: Some(vec![connection(PLAID, state)]), ..bank_session() }
}

/// The session of a server that offers more than one kind of service.
pub fn session_of_two_kinds() -> SessionResponse {
    let shop = Integration { service_kind: ServiceKind::Commerce, ..integration(SHOPIFY) };
    SessionResponse { integrations: Some(vec![integration(QUICKBOOKS), shop]), ..session() }
}

/// The session of a widget for which nothing is set up.
pub fn session_without_services() -> SessionResponse {
    SessionResponse { integrations: Some(vec![mock()]), ..session() }
}

/// Whom the host's events speak of once a session is open.
pub fn parties() -> Parties {
    Parties {
        business_name: Some(BusinessName::new("Harbour Bakery")),
        business_uuid: Some(BusinessUuid::new("BIZ-1")),
        metadata: Some(JsonText("[1]".to_owned())),
    }
}

/// Where a sign-in begins, as our server says it.
pub fn address() -> AddressResponse {
    AddressResponse {
        url: START.to_owned(),
        connection_id: Some(connection_id()),
        business_name: BusinessName::new("Harbour Bakery"),
        attempt_id: Some(AttemptId::new(ATTEMPT)),
        expires_in_seconds: Some(1800),
        config: None,
        password: None,
    }
}

/// What `/services/url` says of QuickBooks Desktop.
pub fn connector_address() -> AddressResponse {
    AddressResponse {
        url: "https://connector.example/download".to_owned(),
        config: Some("<QBWCXML/>".to_owned()),
        password: Some(ConnectorPassword::new(SECRET)),
        ..address()
    }
}

/// A form as a person sends it.
pub fn credentials(fields: &[(&str, &str)]) -> FormValues {
    FormValues(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

/// What fits every form of credentials.
pub fn right_credentials() -> FormValues {
    credentials(&[
        ("accountId", "https://1234567.suitetalk.api.netsuite.com"),
        ("concurrency", "25"),
        ("tokenId", SECRET),
        ("tokenSecret", SECRET),
        ("companyId", "Harbour-top"),
        ("userId", "reader"),
        ("userPassword", SECRET),
    ])
}

pub fn guide() -> Arc<Vec<GuideStep>> {
    Arc::new(vec![GuideStep { title: "Open the door".to_owned(), ..GuideStep::default() }])
}

pub fn link_token() -> LinkTokenResponse {
    LinkTokenResponse {
        link_token: LinkToken::new(SECRET),
        script_url: Some("https://banks.example/link.js".to_owned()),
    }
}

pub fn public_token() -> PublicToken {
    PublicToken::new(SECRET)
}

pub fn bank() -> BankResponse {
    BankResponse { name: Some("Fernway Bank".to_owned()), connection_id: Some(connection_id()) }
}

pub fn connection_id() -> ConnectionId {
    ConnectionId::new(CONNECTION)
}

/// The connection in a state, to a service.
pub fn connection(service: &str, state: ConnectionState) -> Connection {
    Connection {
        connection_id: connection_id(),
        name: ServiceName::new(service),
        kind: kind_of(service),
        state,
        error: None,
        integration_uuid: Some(integration_of(service)),
        is_mock_data: false,
        created_at: None,
        account_number: None,
        service_account_ref: None,
        expires_at: None,
        lapses_soon: false,
        state_since: None,
        reason: None,
        accounts: None,
        institution: None,
        account_name: None,
        missing_scopes: Vec::new(),
    }
}

pub fn active(service: &str) -> Connection {
    connection(service, ConnectionState::Active)
}

pub fn invalid(service: &str, error: ConnectionError) -> Connection {
    Connection { error: Some(error), ..connection(service, ConnectionState::Invalid) }
}

/// The person said no.
pub fn denied(service: &str) -> Connection {
    Connection {
        reason: Some(RefusalReason::AccessDenied),
        ..invalid(service, ConnectionError::InsufficientPermission)
    }
}

/// The same as another connection's.
pub fn of_another(connection: Connection) -> Connection {
    Connection { connection_id: ConnectionId::new("CON-another"), ..connection }
}

pub const ACCOUNT: &str = "acc-1";

/// The companies that the sign-in found.
pub fn accounts() -> Vec<AccountItem> {
    [(ACCOUNT, "Harbour Bakery Ltd"), ("acc-2", "Harbour Cafe")]
        .map(|(id, label)| AccountItem { id: id.to_owned(), label: label.to_owned() })
        .into()
}

/// The connection with the companies in it.
pub fn with_choices(connection: Connection) -> Connection {
    let choices = accounts().into_iter().map(|account| (account.id, account.label)).collect();
    Connection { accounts: Some(ConnectionAccounts::Choices(choices)), ..connection }
}

/// The sandbox form as a person sends it.
pub fn sandbox_form(use_case: Option<UseCase>, provider: Option<&str>) -> FormValues {
    let field = |name: &str, value: Option<&str>| (name.to_owned(), value.unwrap_or_default().to_owned());
    FormValues(vec![field("use-case", use_case.map(UseCase::as_str)), field("provider", provider)])
}

/// The answer to a service's question as a person sends it.
pub fn answer_form(answer: &str) -> FormValues {
    FormValues(vec![(ANSWER_FIELD.to_owned(), answer.to_owned())])
}
