//! What this site knows of services: their names for people, and where their invoices are. A service that it has never heard of is
//! called by its id.

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

/// Where a service's API has its invoices, below its base.
pub fn data_path(service: &str) -> Option<&'static str> {
    match service {
        "plaid" | "oracleNetsuite" | "sageIntacct" | "quickbooksDesktop" => None,
        _ => Some("invoices"),
    }
}
