//! The seven held services: how each lists companies, with two to choose from.

use serde_json::{Value, json};

use super::ServerOptions;

/// A service, what its configuration adds, its lists by path in its own shape, and the ids of two companies.
pub type HeldService = (&'static str, &'static str, Vec<(&'static str, Value)>, [&'static str; 2]);

/// A server with these, with more by OAuth and with the three that are connected without a window of ours.
pub fn all_services() -> ServerOptions {
    let non_oauth = r#"
        [services.oracleNetsuite]
        client_id = "practice"
        client_secret = "practice-secret"
        [services.sageIntacct]
        sender_id = "practice"
        sender_password = "practice-secret"
        [services.quickbooksDesktop]
    "#;
    let mut services: Vec<_> =
        held_services().into_iter().map(|(service, extra, ..)| (service, extra)).collect();
    services.extend([("quickbooks", ""), ("wave", ""), ("shopify", "")]);
    ServerOptions { services, non_oauth: non_oauth.to_owned(), ..ServerOptions::default() }
}

/// Each held service.
pub fn held_services() -> Vec<HeldService> {
    let list = "accounts_url = \"@/lists/companies\"";
    vec![
        (
            "freshbooks",
            list,
            vec![(
                "companies",
                json!({"response": {"business_memberships": [
                    {"business": {"id": 1001, "name": "Juniper Bakery", "account_id": "aB1"}},
                    {"business": {"id": 1002, "name": "Finch Joinery", "account_id": null}},
                ]}}),
            )],
            ["1001", "1002"],
        ),
        (
            "sageBusinessCloud",
            list,
            vec![(
                "companies",
                json!({"$items": [
                    {"id": "s-1", "displayed_as": "Juniper Bakery"},
                    {"id": "s-2", "displayed_as": "", "name": "Finch Joinery"},
                ]}),
            )],
            ["s-1", "s-2"],
        ),
        (
            "zohoBooks",
            list,
            vec![(
                "companies",
                json!({"code": 0, "organizations": [
                    {"organization_id": "z1", "name": "Juniper Bakery"},
                    {"organization_id": "z2", "name": "Finch Joinery"},
                ]}),
            )],
            ["z1", "z2"],
        ),
        (
            "myob",
            list,
            vec![(
                "companies",
                json!([{"Id": "m-1", "Name": "Juniper Bakery"}, {"Id": "m-2", "Name": "Finch Joinery"}]),
            )],
            ["m-1", "m-2"],
        ),
        (
            "square",
            list,
            vec![(
                "companies",
                json!({"locations": [{"id": "L1", "name": "Juniper Bakery"}, {"id": "L2", "name": "Finch Joinery"}]}),
            )],
            ["L1", "L2"],
        ),
        (
            "dynamics365Finance",
            list,
            vec![(
                "companies",
                json!({"value": [
                    {"LegalEntityId": "USMF", "Name": "Juniper Bakery"},
                    {"LegalEntityId": "DEMF", "Name": "Finch Joinery"},
                ]}),
            )],
            ["https://acme.operations.dynamics.com/USMF", "https://acme.operations.dynamics.com/DEMF"],
        ),
        (
            "dynamicsBusinessCentral",
            "accounts_url = \"@/lists/environments\"\ncompanies_url = \"@/lists/{environment}/companies\"\n\
             vendor_bank_account_steps = true",
            vec![
                ("environments", json!({"value": [{"name": "Production"}, {"name": "Sandbox"}]})),
                ("Production/companies", json!({"value": [{"id": "c-1", "displayName": "Juniper Bakery"}]})),
                ("Sandbox/companies", json!({"value": [{"id": "c-1", "name": "Finch Joinery"}]})),
            ],
            ["Production/c-1", "Sandbox/c-1"],
        ),
    ]
}
