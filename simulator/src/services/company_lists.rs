//! Each service's own shape of a list of companies, as its reference shows it.

use serde_json::{Value, json};

use super::company::Company;

fn each(companies: &[Company], item: impl Fn(&Company) -> Value) -> Value {
    companies.iter().map(item).collect()
}

/// Xero's connections: an array.
pub(super) fn write_xero(companies: &[Company]) -> Value {
    each(companies, |company| {
        json!({
            "id": format!("connection-{}", company.id), "tenantId": company.id,
            "tenantName": company.name, "tenantType": "ORGANISATION",
        })
    })
}

/// The memberships of FreshBooks' identity, whose ids are numbers.
pub(super) fn write_freshbooks(companies: &[Company]) -> Value {
    let memberships = each(companies, |company| {
        let number: u64 = company.id.parse().unwrap_or_default();
        json!({"role": "owner", "business": {
            "id": number, "name": company.name, "account_id": format!("aC{number}"),
        }})
    });
    json!({"response": {"business_memberships": memberships}})
}

/// The businesses of Sage, in its paged form.
pub(super) fn write_sage(companies: &[Company]) -> Value {
    let items = each(companies, |company| json!({"id": company.id, "displayed_as": company.name}));
    json!({"$total": companies.len(), "$page": 1, "$items": items})
}

/// The organisations of Zoho Books.
pub(super) fn write_zoho(companies: &[Company]) -> Value {
    let organisations =
        each(companies, |company| json!({"organization_id": company.id, "name": company.name}));
    json!({"code": 0, "message": "success", "organizations": organisations})
}

/// The company files of MYOB: an array.
pub(super) fn write_myob(companies: &[Company]) -> Value {
    each(companies, |company| json!({"Id": company.id, "Name": company.name}))
}

/// The companies of Business Central and the legal entities of Finance in one, in the form of `OData`.
pub(super) fn write_dynamics(companies: &[Company]) -> Value {
    let value = each(companies, |company| {
        json!({
            "id": company.id, "name": company.name, "displayName": company.name,
            "LegalEntityId": company.id, "Name": company.name,
        })
    });
    json!({ "value": value })
}

/// The locations of Square.
pub(super) fn write_square(companies: &[Company]) -> Value {
    let locations =
        each(companies, |company| json!({"id": company.id, "name": company.name, "status": "ACTIVE"}));
    json!({ "locations": locations })
}

/// A list for services that nothing is known of.
pub(super) fn write_plain(companies: &[Company]) -> Value {
    let companies = each(companies, |company| json!({"id": company.id, "name": company.name}));
    json!({ "companies": companies })
}
