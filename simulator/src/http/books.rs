//! The API that an access token opens: a company's books by pages, and how a service misbehaves while it is read.
//!
//! `/{service}/api/books/{resource}?page=&limit=` has data. Below `/{service}/api/practice/` a caller picks an answer that real
//! services give at times: a token that ended, 429, a redirect, megabytes.

use std::convert::Infallible;

use axum::{
    Json,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde_json::json;

use super::{
    app::App,
    company::{AuthorizedService, bearer, find_approval, unauthorized},
    extract::Query,
    response::see_other,
};
use crate::{
    oauth::Params,
    services::{Service, books, company::Company},
};

/// The most entries of a page.
const MOST: usize = 100;

/// The most megabytes that anybody may ask for.
const MOST_MEGABYTES: usize = 64;

/// A page of the connected company's books.
pub(super) async fn page(
    State(app): State<App>,
    Path((service, resource)): Path<(String, String)>,
    query: Query,
    headers: HeaderMap,
) -> Response {
    let Some(service) = Service::find(&service) else { return StatusCode::NOT_FOUND.into_response() };
    let store = app.store();
    let Some(approval) = find_approval(&app, &store, &service, &headers) else {
        return unauthorized("Bearer error=\"invalid_token\"");
    };
    let Some(company) = Company::from_choice(&approval.person, &approval.company) else {
        return StatusCode::FORBIDDEN.into_response();
    };
    let Some(entries) = books::entries(&resource, &company) else {
        return (StatusCode::NOT_FOUND, Json(json!({"error": "no such resource"}))).into_response();
    };
    let number = |name| number(&query.0, name);
    let (page, limit) = (number("page").unwrap_or(1).max(1), number("limit").unwrap_or(10).clamp(1, MOST));
    let count = entries.len();
    let data: Vec<_> = entries.into_iter().skip((page - 1).saturating_mul(limit)).take(limit).collect();
    Json(json!({"company": company.name, "page": page, "count": count, "data": data})).into_response()
}

/// A number in a query; nothing where it is none.
fn number(query: &str, name: &'static str) -> Option<usize> {
    Params::read(query.as_bytes()).get(name).ok().flatten()?.parse().ok()
}

/// Ends the access token that it is asked with; the refresh token stays good. As where a token ends before its time.
pub(super) async fn end_token(
    State(app): State<App>,
    AuthorizedService(service): AuthorizedService,
    headers: HeaderMap,
) -> StatusCode {
    if let Some(token) = bearer(&service, &headers) {
        app.store().grants.tokens.end_access_token(token);
    }
    StatusCode::NO_CONTENT
}

/// What a service answers to somebody who asks too much.
pub(super) async fn too_many(_: AuthorizedService) -> Response {
    (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "7")], Json(json!({"error": "slow down"})))
        .into_response()
}

/// A redirect within the API, or to the place that `to` names.
pub(super) async fn redirect(AuthorizedService(service): AuthorizedService, query: Query) -> Response {
    let named = Params::read(query.0.as_bytes()).get("to").ok().flatten().map(str::to_owned);
    see_other(&named.unwrap_or_else(|| format!("/{}/api/books/invoices", service.id)))
}

/// So many megabytes, in pieces.
pub(super) async fn large(_: AuthorizedService, query: Query) -> Response {
    let pieces = number(&query.0, "megabytes").unwrap_or(8).min(MOST_MEGABYTES) * 64;
    let piece = Bytes::from(vec![b'x'; 16 * 1024]);
    let body = stream::iter((0..pieces).map(move |_| Ok::<_, Infallible>(piece.clone())));
    Body::from_stream(body).into_response()
}
