//! The companies behind an access token, in each service's own shape (RFC 6750 for the token).
//!
//! `/{service}/api/accounts` is the list; Business Central has environments there and companies one step below.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{
    app::App,
    company::find_approval,
    company::unauthorized,
    extract::{ForService, Query},
};
use crate::{
    oauth::Params,
    services::{company::Company, profile::ListedCompanies, profiles},
    store::approval::Approval,
};

/// The environments that Business Central lists, the companies of the second being none.
const ENVIRONMENTS: [&str; 2] = ["Production", "Sandbox"];

pub(super) async fn list(
    State(app): State<App>,
    service: ForService,
    query: Query,
    headers: HeaderMap,
) -> Response {
    let store = app.store();
    let Some(approval) = find_approval(&app, &store, &service.0, &headers) else {
        return unauthorized("Bearer error=\"invalid_token\"");
    };
    if service.0.id == "dynamicsBusinessCentral" {
        let environments = ENVIRONMENTS.map(|name| json!({"name": name, "type": name, "countryCode": "US"}));
        return Json(json!({ "value": environments })).into_response();
    }
    let params = Params::read(query.0.as_bytes());
    let other_event = params.get("authEventId").ok().flatten().is_some_and(|event| event != approval.event);
    answer_companies(&service.0.id, approval, other_event)
}

pub(super) async fn list_of_environment(
    State(app): State<App>,
    Path((service, environment)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let Some(service) = crate::services::Service::find(&service) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let store = app.store();
    match find_approval(&app, &store, &service, &headers) {
        None => unauthorized("Bearer error=\"invalid_token\""),
        Some(_) if !ENVIRONMENTS.contains(&environment.as_str()) => StatusCode::NOT_FOUND.into_response(),
        Some(approval) => answer_companies(&service.id, approval, environment != ENVIRONMENTS[0]),
    }
}

fn answer_companies(service: &str, approval: &Approval, none: bool) -> Response {
    let Some(list) = profiles::find(service).list else { return StatusCode::NOT_FOUND.into_response() };
    let companies = match list.companies {
        _ if none => Vec::new(),
        ListedCompanies::AllOfPerson => Company::all(&approval.person, &approval.company),
        ListedCompanies::GrantedOnly => {
            Company::from_choice(&approval.person, &approval.company).into_iter().collect()
        }
    };
    Json((list.write)(&companies)).into_response()
}
