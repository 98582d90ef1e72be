//! The provider's API that tells of one company: 403 for one that a token does not open, as QuickBooks and MYOB answer,
//! and nothing with status 200 where it is asked in GraphQL, as Wave does.

use std::sync::{Arc, Mutex};

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::behaviour::Behaviour;
use super::provider::{Desk, Provider};

/// What the API knows, and what it was asked.
pub struct CompanyDesk {
    pub(super) behaviour: Behaviour,
    /// The companies that tokens open; all where nobody said.
    pub(super) opened: Option<Vec<String>>,
    pub(super) told: Option<Value>,
    pub(super) asked: Vec<String>,
}

impl Default for CompanyDesk {
    fn default() -> Self {
        Self { behaviour: Behaviour::Good, opened: None, told: None, asked: Vec::new() }
    }
}

impl CompanyDesk {
    fn opens(&self, company: &str) -> bool {
        self.opened.as_ref().is_none_or(|opened| opened.iter().any(|one| one == company))
    }
}

impl Provider {
    /// From here on the tokens open these companies, and for any other one the API answers 403, as real ones do.
    pub fn opens(&self, companies: &[&str]) {
        let companies = companies.iter().map(ToString::to_string).collect();
        self.desk.lock().unwrap().companies.opened = Some(companies);
    }

    /// How the API behaves that tells of one company.
    pub fn companies_behave(&self, behaviour: Behaviour) {
        self.desk.lock().unwrap().companies.behaviour = behaviour;
    }

    /// What the API tells of a company in place of the usual.
    pub fn tells_of_companies(&self, answer: Value) {
        self.desk.lock().unwrap().companies.told = Some(answer);
    }

    /// The companies that were asked for one by one, oldest first.
    pub fn companies_asked(&self) -> Vec<String> {
        self.desk.lock().unwrap().companies.asked.clone()
    }
}

impl Desk {
    /// Whether a request brings an access token that was given here.
    pub(super) fn gave(&self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let bearer = text("authorization").and_then(|value| value.split_once(' ')).map(|(_, token)| token);
        let token = bearer.or_else(|| text("x-shopify-access-token")).unwrap_or_default();
        token.starts_with("access-") || self.extra["access_token"] == token
    }
}

/// One company by its address, in the shapes of QuickBooks and MYOB, and plainly.
pub(super) async fn by_address(
    State(desk): State<Arc<Mutex<Desk>>>,
    Path(company): Path<String>,
    headers: HeaderMap,
) -> Response {
    // As in the lists of `held_services.rs`.
    let file = if company.ends_with('2') { "Finch Joinery" } else { "Juniper Bakery" };
    let answer = json!({
        "id": company, "name": "Juniper Bakery",
        "CompanyInfo": {
            "Id": "1", "CompanyName": "Juniper Bakery", "LegalName": "Juniper Bakery Ltd", "Country": "US",
            "FiscalYearStartMonth": "April",
        },
        "CompanyFile": { "Id": company, "Name": file, "Country": "AU" },
    });
    let refused = StatusCode::FORBIDDEN.into_response();
    tell(&desk, &headers, company, answer, refused).await
}

/// One company by a query of GraphQL, in the shapes of Wave and Shopify.
pub(super) async fn by_query(
    State(desk): State<Arc<Mutex<Desk>>>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Response {
    let company = body["variables"]["id"].as_str().unwrap().to_owned();
    let answer = json!({ "data": {
        "business": {
            "id": company, "name": "Juniper Bakery", "currency": { "code": "CAD" },
            "address": { "country": { "code": "CA" } },
        },
        "shop": {
            "name": "Juniper Bakery", "currencyCode": "EUR", "billingAddress": { "countryCodeV2": "DE" },
        },
    } });
    let refused = Json(json!({ "data": { "business": null }, "errors": [{ "message": "secret-leak" }] }));
    tell(&desk, &headers, company, answer, refused.into_response()).await
}

async fn tell(
    desk: &Mutex<Desk>,
    headers: &HeaderMap,
    company: String,
    answer: Value,
    refused: Response,
) -> Response {
    let behaviour = desk.lock().unwrap().companies.behaviour;
    let bad = behaviour.answer().await;
    let mut desk = desk.lock().unwrap();
    desk.companies.asked.push(company.clone());
    match bad {
        _ if !desk.gave(headers) => StatusCode::UNAUTHORIZED.into_response(),
        _ if !desk.companies.opens(&company) => refused,
        Some(bad) => bad,
        None => Json(desk.companies.told.clone().unwrap_or(answer)).into_response(),
    }
}
