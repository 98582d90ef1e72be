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

use super::{App, ForService, Query, company::behind, company::unauthorized};
use crate::{
    oauth::Params,
    services::{
        company::Company,
        habits::{self, Whose},
    },
    store::grants::Approval,
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
    let Some(approval) = behind(&app, &store, &service.0, &headers) else {
        return unauthorized("Bearer error=\"invalid_token\"");
    };
    if service.0.id == "dynamicsBusinessCentral" {
        let environments = ENVIRONMENTS.map(|name| json!({"name": name, "type": name, "countryCode": "US"}));
        return Json(json!({ "value": environments })).into_response();
    }
    let params = Params::read(query.0.as_bytes());
    let other_event = params.get("authEventId").ok().flatten().is_some_and(|event| event != approval.event);
    companies(&service.0.id, approval, other_event)
}

pub(super) async fn of_environment(
    State(app): State<App>,
    Path((service, environment)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let Some(service) = crate::services::Service::find(&service) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let store = app.store();
    match behind(&app, &store, &service, &headers) {
        None => unauthorized("Bearer error=\"invalid_token\""),
        Some(_) if !ENVIRONMENTS.contains(&environment.as_str()) => StatusCode::NOT_FOUND.into_response(),
        Some(approval) => companies(&service.id, approval, environment != ENVIRONMENTS[0]),
    }
}

fn companies(service: &str, approval: &Approval, none: bool) -> Response {
    let Some(list) = habits::of(service).list else { return StatusCode::NOT_FOUND.into_response() };
    let companies = match list.whose {
        _ if none => Vec::new(),
        Whose::Persons => Company::all(&approval.person, &approval.company),
        Whose::Granted => Company::picked(&approval.person, &approval.company).into_iter().collect(),
    };
    Json((list.shape)(&companies)).into_response()
}
