//! What a customer of this site has connected: all of it, one of it with its company and its data, and its end.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::visitor::SignedIn;
use crate::back_end::BackEnd;
use crate::company::{find_company, find_invoices};
use crate::connections::{self, Connection, ConnectionId};
use crate::pages;
use crate::site::Site;

/// All connections of whoever is signed in, and what webhooks told.
pub async fn list(State(site): State<Arc<Site>>, signed_in: SignedIn) -> Response {
    let Some(back_end) = &site.back_end else { return pages::not_found() };
    let visitor = &signed_in.visitor;
    let Some(business) = &visitor.business_uuid else { return pages::not_signed_in() };
    match connections::list(&back_end.api, business).await {
        Ok(listed) => {
            pages::connections(&visitor.business, &listed, &back_end.webhooks.of_business(business))
        }
        Err(error) => pages::not_possible(&error),
    }
}

/// One of them.
pub async fn one(State(site): State<Arc<Site>>, signed_in: SignedIn, Path(id): Path<String>) -> Response {
    let (back_end, connection) = match find(&site, &signed_in, &id).await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let (company, invoices) =
        tokio::join!(find_company(&back_end.api, &connection), find_invoices(&back_end.api, &connection));
    let mut told = back_end.webhooks.of_business(&connection.business_uuid);
    told.retain(|event| event.connection_id.as_deref() == Some(connection.id.as_str()));
    pages::company_page(&connection, &company, &invoices, &told)
}

/// Ends one of them; the answer is its page again.
pub async fn disconnect(
    State(site): State<Arc<Site>>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Response {
    let (back_end, connection) = match find(&site, &signed_in, &id).await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    match connections::disconnect(&back_end.api, &connection).await {
        Ok(ended) => {
            tracing::info!("{} is {}", ended.id.as_str(), ended.status);
            Redirect::to(&format!("/connections/{}", ended.id.as_str())).into_response()
        }
        Err(error) => pages::not_possible(&error),
    }
}

/// A connection of whoever is signed in. Another's is answered as what is not there.
async fn find<'a>(
    site: &'a Site,
    signed_in: &SignedIn,
    id: &str,
) -> Result<(&'a BackEnd, Connection), Response> {
    let back_end = site.back_end.as_ref().ok_or_else(pages::not_found)?;
    let id = ConnectionId::parse(id).ok_or_else(pages::not_found)?;
    let business = signed_in.visitor.business_uuid.as_deref().ok_or_else(pages::not_found)?;
    let found = connections::find(&back_end.api, business, &id).await;
    let found = found.map_err(|error| pages::not_possible(&error))?.ok_or_else(pages::not_found)?;
    Ok((back_end, found))
}
