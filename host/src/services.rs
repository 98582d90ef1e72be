//! What this site knows of services: their names for people, and where their invoices are. A service that it has never heard of is
//! called by its id.

use crate::connections::Connection;

/// A service's name for people.
pub fn label(service: &str) -> &str {
    match service {
        "quickbooks" => "QuickBooks Online",
        "quickbooksDesktop" => "QuickBooks Desktop",
        "xero" => "Xero",
        "freshbooks" => "FreshBooks",
        "sageBusinessCloud" => "Sage Business Cloud",
        "sageIntacct" => "Sage Intacct",
        "zohoBooks" => "Zoho Books",
        "wave" => "Wave",
        "myob" => "MYOB",
        "oracleNetsuite" => "Oracle NetSuite",
        "dynamicsBusinessCentral" => "Dynamics 365 Business Central",
        "dynamics365Finance" => "Dynamics 365 Finance",
        "shopify" => "Shopify",
        "square" => "Square",
        "plaid" => "your bank",
        "railzSandbox" => "the sandbox",
        "harbourBooks" => "Harbour Books",
        other => other,
    }
}

/// Where a service's API has its invoices, below its address. At the practice provider all services have the same API; a real
/// site has each one's own path here, as its documentation names it (`api.xro/2.0/Invoices` at Xero).
pub fn invoices_path(connection: &Connection) -> Option<&'static str> {
    match connection.service_name.as_str() {
        // The Connect server's own data, which sandbox connections to any service have.
        "railzSandbox" => Some("invoices?limit=8"),
        _ if connection.is_mock_data => Some("invoices?limit=8"),
        "plaid" | "oracleNetsuite" | "sageIntacct" | "quickbooksDesktop" => None,
        _ => Some("books/invoices?limit=8"),
    }
}
