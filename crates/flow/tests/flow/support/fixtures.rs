//! What a widget under test meets: configurations, sessions, addresses, connections.

mod configurations;
mod connections;
mod forms;

use railz_connect_contract::{
    AccessToken, AddressResponse, AttemptId, BankResponse, BillingPlan, BusinessName, BusinessUuid,
    Connection, ConnectionState, ConnectionToken, ConnectorPassword, ExtraConfigurations, Feature,
    Integration, IntegrationUuid, LinkToken, LinkTokenResponse, PublicToken, ServiceKind, ServiceName,
    SessionKind, StartProof,
};
use railz_connect_flow::event::RequestError;
use railz_connect_flow::host_event::Parties;
use railz_connect_flow::json::JsonText;
use railz_connect_flow::session::SessionResponse;

pub use configurations::{
    address_option, closable, closable_without_summary, closing, closing_and_posting,
    closing_and_redirecting, config, minted, modal, options, plain, posting, redirecting,
    renewed_by_the_host, text,
};
pub use connections::{
    ACCOUNT, accounts, active, connection, connection_id, denied, different_company, invalid, of_another,
    with_choices,
};
pub use forms::{answer_form, credentials, right_credentials, sandbox_form};

/// The bearer token; no text that leaves the machine may contain it.
pub const TOKEN: &str = "bearer-token-that-nobody-may-see";

/// The token of a session that the host's back end made.
pub const MINTED: &str = "minted-token-that-nobody-may-see";
/// The token after a renewal.
pub const RENEWED: &str = "renewed-token-that-nobody-may-see";
pub const ENDPOINT: &str = "https://connect.example";

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
        expires_at: None,
        success_url: None,
        redirect_url: None,
        state: None,
        session_kind: Some(SessionKind::Open),
    }
}

/// The session that the host's back end made.
pub fn minted_session() -> SessionResponse {
    SessionResponse {
        access_token: AccessToken::new(MINTED),
        session_kind: Some(SessionKind::Minted),
        ..session()
    }
}

/// What the server says of a token that it does not accept any more.
pub fn token_refused() -> RequestError {
    RequestError::Refused { status: 401, message: "This session is over".to_owned() }
}

/// The same business with another token.
pub fn renewed_session() -> SessionResponse {
    SessionResponse { access_token: AccessToken::new(RENEWED), ..session() }
}

/// The session of a server of 2.23, which has the sandbox form.
pub fn session_with_the_form() -> SessionResponse {
    let integrations = vec![integration(SANDBOX), integration(QUICKBOOKS), mock()];
    SessionResponse {
        integrations: Some(integrations),
        features: Vec::new(),
        session_kind: None,
        ..session()
    }
}

/// The session of a server that connects the sandbox with one press, and plays its other outcomes through a service.
pub fn session_with_outcomes() -> SessionResponse {
    let integrations = vec![integration(SANDBOX), integration(QUICKBOOKS), mock()];
    SessionResponse { integrations: Some(integrations), ..session() }
}

/// The session of a business that has connections already.
pub fn session_with(connections: Vec<Connection>) -> SessionResponse {
    SessionResponse { connections: Some(connections), ..session() }
}

/// The session of a widget that offers accounting services without a plain window.
pub fn credentials_session() -> SessionResponse {
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
        start_proof: Some(StartProof::new(SECRET)),
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
        start_proof: None,
        ..address()
    }
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

pub fn connection_token() -> ConnectionToken {
    ConnectionToken::new(SECRET)
}

pub fn bank() -> BankResponse {
    BankResponse { name: Some("Fernway Bank".to_owned()), connection_id: Some(connection_id()) }
}
