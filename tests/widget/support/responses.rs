//! Bodies of responses: the golden files of the contract, and a few more of the same kind.

/// A sandbox that connects with one press, an integration of the server's own, an active connection that cannot be renewed.
pub const CONNECTED_SESSION: &str = include_str!("../../../crates/contract/golden/session.json");
/// The same with that connection cut off, so that there is room for another one of its kind.
pub const SESSION: &str = r#"{
  "access_token": "2fT6mQe0",
  "businessName": "Harbour Bakery",
  "businessUuid": "BIZ-0b0ad5a5-6a3a-4f43-9d8e-0b6f7d1c2a11",
  "metadata": [{ "name": "plan", "value": "starter", "webhookLocation": ["header"] }],
  "customerName": "Acme Lending",
  "email": "help@acme.example",
  "billingPlan": "custom",
  "sandbox": true,
  "sites": false,
  "connections": [
    {
      "connectionId": "CON-3f1f7c0e-5a7c-4a53-8f3c-2f8f0f5b7a01",
      "name": "xero",
      "kind": "accounting",
      "state": "disconnected",
      "error": null,
      "integrationUuid": "7d5c1f6e-0000-4000-8000-000000000002",
      "isMockData": false,
      "createdAt": "2026-03-01T09:30:00Z",
      "accountNumber": "42",
      "serviceAccountRef": { "id": "acc-1", "entityRef": { "id": "ent-1" } },
      "expiresAt": "2027-03-01T09:30:00Z"
    }
  ],
  "integrations": [
    {
      "service": "railzSandbox",
      "serviceKind": "accounting",
      "uuid": "7d5c1f6e-0000-4000-8000-000000000001",
      "isMockData": false
    },
    {
      "service": "harbourBooks",
      "serviceKind": "accounting",
      "uuid": "7d5c1f6e-0000-4000-8000-000000000003",
      "isMockData": false,
      "displayName": "Harbour Books",
      "logoUrl": "https://books.example/logo.svg"
    }
  ],
  "features": ["sandboxOnePress"]
}"#;
/// A session as another server may send it.
pub const OTHER_SERVERS_SESSION: &str =
    include_str!("../../../crates/contract/golden/session-of-another-server.json");
/// Where the sign-in begins.
pub const ADDRESS: &str = include_str!("../../../crates/contract/golden/address.json");
/// The person said no.
pub const REFUSED: &str = include_str!("../../../crates/contract/golden/refused-connection.json");
/// A refusal with one message.
pub const ONE_MESSAGE: &str = include_str!("../../../crates/contract/golden/error-one-message.json");
/// A refusal with two.
pub const MANY_MESSAGES: &str = include_str!("../../../crates/contract/golden/error-many-messages.json");

/// The connection that [`ADDRESS`] names.
pub const CONNECTION_ID: &str = "CON-3f1f7c0e-5a7c-4a53-8f3c-2f8f0f5b7a01";
/// The message of a poll without updates.
pub const NO_UPDATES: &str = "Connection timeout - Updates not found";

/// A path to post the sandbox's use case to.
pub const SANDBOX_ADDRESS: &str = r#"{
  "url": "/sandbox/login/ATT-9", "connectionId": "CON-3f1f7c0e-5a7c-4a53-8f3c-2f8f0f5b7a01", "attemptId": "ATT-9"
}"#;

/// A business with a lapsed connection to a service that is still offered.
pub const RENEWABLE_SESSION: &str = r#"{
  "access_token": "2fT6mQe0", "businessName": "Harbour Bakery", "businessUuid": "BIZ-1", "metadata": null,
  "customerName": "Acme Lending", "sandbox": false,
  "connections": [
    { "connectionId": "CON-3f1f7c0e-5a7c-4a53-8f3c-2f8f0f5b7a01", "name": "zohoBooks", "state": "expired",
      "integrationUuid": "7d5c1f6e-1" }
  ],
  "integrations": [
    { "service": "zohoBooks", "uuid": "7d5c1f6e-1" }, { "service": "tideLedger", "uuid": "7d5c1f6e-2" }
  ]
}"#;

/// A sandbox of a server that cannot connect it with one press.
pub const FORM_SESSION: &str = r#"{
  "access_token": "2fT6mQe0", "businessName": "Harbour Bakery", "businessUuid": "BIZ-1", "sandbox": true,
  "integrations": [
    { "service": "railzSandbox", "uuid": "7d5c1f6e-1" },
    { "service": "zohoBooks", "uuid": "7d5c1f6e-2", "isMockData": true },
    { "service": "xero", "uuid": "7d5c1f6e-3", "isMockData": true }
  ]
}"#;

/// A server that offers the services whose credentials are typed, and QuickBooks Desktop.
pub const CREDENTIALS_SESSION: &str = r#"{
  "access_token": "2fT6mQe0", "businessName": "Harbour Bakery", "businessUuid": "BIZ-1", "sandbox": false,
  "customerName": "Acme Lending",
  "integrations": [
    { "service": "oracleNetsuite", "uuid": "7d5c1f6e-1" }, { "service": "sageIntacct", "uuid": "7d5c1f6e-2" },
    { "service": "quickbooksDesktop", "uuid": "7d5c1f6e-3" },
    { "service": "dynamicsBusinessCentral", "uuid": "7d5c1f6e-4",
      "extraConfigurations": { "showVendorBankAccountSteps": true, "showCustomerBankAccountSteps": false } }
  ]
}"#;

/// A server that offers banks.
pub const BANK_SESSION: &str = r#"{
  "access_token": "2fT6mQe0", "businessName": "Harbour Bakery", "businessUuid": "BIZ-1", "sandbox": false,
  "customerName": "Acme Lending",
  "integrations": [{ "service": "plaid", "serviceKind": "banking", "uuid": "7d5c1f6e-5" }]
}"#;

/// A connector file and its password.
pub const CONNECTOR_ADDRESS: &str = r#"{
  "url": "https://connector.example/download", "connectionId": "CON-3f1f7c0e-5a7c-4a53-8f3c-2f8f0f5b7a01",
  "config": "<QBWCXML/>", "password": "kQ3v-81xT"
}"#;

/// An entry for the connection that [`ADDRESS`] names; `more` are further JSON fields.
pub fn connection(state: &str, error: Option<&str>, more: &str) -> String {
    let error = error.map_or("null".to_owned(), |error| format!("\"{error}\""));
    format!(
        r#"{{"connectionId":"{CONNECTION_ID}","name":"harbourBooks","state":"{state}","error":{error}{more}}}"#
    )
}
