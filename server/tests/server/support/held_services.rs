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
    vec![
        one_list("freshbooks", freshbooks(), ["1001", "1002"]),
        one_list("sageBusinessCloud", sage_business_cloud(), ["s-1", "s-2"]),
        one_list("zohoBooks", zoho_books(), ["z1", "z2"]),
        one_list("myob", myob(), ["m-1", "m-2"]),
        one_list("square", square(), ["L1", "L2"]),
        one_list(
            "dynamics365Finance",
            dynamics_365_finance(),
            ["https://acme.operations.dynamics.com/USMF", "https://acme.operations.dynamics.com/DEMF"],
        ),
        business_central(),
    ]
}

/// A service that lists all companies at one address.
fn one_list(service: &'static str, companies: Value, ids: [&'static str; 2]) -> HeldService {
    (service, "accounts_url = \"@/lists/companies\"", vec![("companies", companies)], ids)
}

fn freshbooks() -> Value {
    json!({"response": {"business_memberships": [
        {"business": {"id": 1001, "name": "Juniper Bakery", "account_id": "aB1"}},
        {"business": {"id": 1002, "name": "Finch Joinery", "account_id": null}},
    ]}})
}

fn sage_business_cloud() -> Value {
    json!({"$items": [
        {"id": "s-1", "displayed_as": "Juniper Bakery"},
        {"id": "s-2", "displayed_as": "", "name": "Finch Joinery"},
    ]})
}

fn zoho_books() -> Value {
    json!({"code": 0, "organizations": [
        {"organization_id": "z1", "name": "Juniper Bakery"},
        {"organization_id": "z2", "name": "Finch Joinery"},
    ]})
}

fn myob() -> Value {
    json!([{"Id": "m-1", "Name": "Juniper Bakery"}, {"Id": "m-2", "Name": "Finch Joinery"}])
}

fn square() -> Value {
    json!({"locations": [{"id": "L1", "name": "Juniper Bakery"}, {"id": "L2", "name": "Finch Joinery"}]})
}

fn dynamics_365_finance() -> Value {
    json!({"value": [
        {"LegalEntityId": "USMF", "Name": "Juniper Bakery"},
        {"LegalEntityId": "DEMF", "Name": "Finch Joinery"},
    ]})
}

/// It lists companies by environment.
fn business_central() -> HeldService {
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
    )
}
