//! One company behind an access token, in each service's own shape, and none that the person did not grant.
//!
//! QuickBooks and MYOB have an address for each company and answer 403 for another one; Wave and Shopify are asked in
//! GraphQL, and Wave answers 200 with nothing in it.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{
    app::App,
    company::{find_approval, unauthorized},
    extract::ForService,
};
use crate::services::{Service, company::Company};

pub(super) async fn by_address(
    State(app): State<App>,
    Path((service, company)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let Some(service) = Service::find(&service) else { return StatusCode::NOT_FOUND.into_response() };
    let store = app.store();
    let Some(approval) = find_approval(&app, &store, &service, &headers) else {
        return unauthorized("Bearer error=\"invalid_token\"");
    };
    let granted = Company::from_choice(&approval.person, &approval.company);
    match granted.filter(|granted| granted.id == company) {
        Some(company) => Json(write(&service.id, &company)).into_response(),
        None => StatusCode::FORBIDDEN.into_response(),
    }
}

pub(super) async fn by_query(
    State(app): State<App>,
    service: ForService,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Response {
    let store = app.store();
    let Some(approval) = find_approval(&app, &store, &service.0, &headers) else {
        return unauthorized("Bearer error=\"invalid_token\"");
    };
    if service.0.id == "shopify" {
        let shop = json!({
            "name": approval.company, "currencyCode": "EUR", "billingAddress": {"countryCodeV2": "IE"},
        });
        return Json(json!({"data": {"shop": shop}})).into_response();
    }
    let asked = body.pointer("/variables/id").and_then(Value::as_str);
    let granted = Company::from_choice(&approval.person, &approval.company);
    let business = granted.filter(|granted| asked == Some(granted.id.as_str())).map(|company| {
        json!({
            "id": company.id, "name": company.name, "currency": {"code": "CAD"},
            "address": {"country": {"code": "CA"}},
        })
    });
    Json(json!({"data": {"business": business}})).into_response()
}

fn write(service: &str, company: &Company) -> Value {
    match service {
        "quickbooks" => json!({"CompanyInfo": {
            "Id": "1", "CompanyName": company.name, "LegalName": format!("{} LLC", company.name), "Country": "US",
            "FiscalYearStartMonth": "January",
        }}),
        "myob" => json!({"CompanyFile": {"Id": company.id, "Name": company.name, "Country": "AU"}}),
        _ => json!({"id": company.id, "name": company.name}),
    }
}
