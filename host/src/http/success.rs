//! The success page. What arrives is checked and taken in, and answered with 303, so that a reload repeats nothing and no token
//! stays in an address. Without a secret key nothing can be checked: the page then says what the browser claims.

use std::sync::Arc;
use std::time::SystemTime;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};

use super::visitor::SignedIn;
use crate::accepted_hand_over::AcceptedHandOver;
use crate::back_end::BackEnd;
use crate::company::{find_company, find_invoices};
use crate::connections;
use crate::hand_over::{HandOverError, ReceivedFields, accept};
use crate::pages;
use crate::site::Site;

/// Where people land once their hand-over was believed.
const CONNECTED: &str = "/success/connected";

/// What came in the query.
pub async fn by_get(State(site): State<Arc<Site>>, signed_in: Option<SignedIn>, uri: Uri) -> Response {
    receive(&site, signed_in, &ReceivedFields::read("GET", uri.query().unwrap_or_default().as_bytes())).await
}

/// What came as a form.
pub async fn by_post(State(site): State<Arc<Site>>, signed_in: Option<SignedIn>, body: Bytes) -> Response {
    receive(&site, signed_in, &ReceivedFields::read("POST", &body)).await
}

async fn receive(site: &Site, signed_in: Option<SignedIn>, received: &ReceivedFields) -> Response {
    let Some(back_end) = &site.back_end else { return pages::claimed(received) };
    let Some(SignedIn { id, visitor }) = signed_in else { return pages::not_signed_in() };
    match accept(back_end, &visitor, received, SystemTime::now()).await {
        Ok(handed_over) => {
            back_end.visitors.add_hand_over(&id, handed_over);
            Redirect::to(CONNECTED).into_response()
        }
        Err(HandOverError::Empty) => pages::nothing_arrived(),
        Err(error) => pages::not_believed(&error),
    }
}

/// What this visitor connected last.
pub async fn connected(State(site): State<Arc<Site>>, signed_in: SignedIn) -> Response {
    match (&site.back_end, signed_in.visitor.handed_over) {
        (Some(back_end), Some(handed_over)) => show(back_end, &handed_over).await,
        _ => pages::nothing_arrived(),
    }
}

async fn show(back_end: &BackEnd, handed_over: &AcceptedHandOver) -> Response {
    let Some(first) = handed_over.connections.first() else { return pages::nothing_arrived() };
    let found = connections::find(&back_end.api, &handed_over.business_uuid, &first.connection_id).await;
    let connection = match found {
        Ok(Some(connection)) => connection,
        Ok(None) => return pages::not_found(),
        Err(error) => return pages::not_possible(&error),
    };
    let (company, invoices) =
        tokio::join!(find_company(&back_end.api, &connection), find_invoices(&back_end.api, &connection));
    pages::connected(handed_over, &connection, &company, &invoices)
}
