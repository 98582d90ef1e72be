//! `POST /widget/session/{widgetId}`: a session for a page, by naming a business (`open.rs`) or by bringing what the
//! customer's back end minted (`minted.rs`). `DELETE /widget/session` ends one.

mod error;
mod minted;
mod open;
mod page_request;

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::{Extension, Json};
use jiff::Timestamp;
use railz_connect_contract::{
    self as contract, AccessToken, BillingPlan, Feature, SessionResponse, WidgetId,
};
use serde_json::Value;

use super::audit::AuditNote;
use super::bearer::{self, Bearer, BearerError};
use super::compression::RepeatsRequest;
use super::input::{Body, Path, Query};
use super::widget_connections::ConnectionList;
use super::{cors, integrations};
use crate::access::rights;
use crate::app::App;
use crate::clock::to_rfc3339;
use crate::domain::audit_event::Actor;
use crate::domain::business::Business;
use crate::domain::visit::{SessionKind, Visit};
use crate::domain::widget::{Mode, Widget};
use crate::services;
use error::SessionError;
use page_request::SessionQuery;

/// An answer, which is marked where it repeats the host's metadata.
type OpenedSession = (Option<Extension<RepeatsRequest>>, Json<SessionResponse<Value>>);

/// Opens a session for the business that the query names (contract rule C1), or takes up the one that was minted.
pub(super) async fn open(
    State(app): State<Arc<App>>,
    Path(widget): Path<String>,
    Query(query): Query<SessionQuery>,
    headers: HeaderMap,
    audit: AuditNote,
    Body(body): Body,
) -> Result<OpenedSession, SessionError> {
    let id = WidgetId::new(widget);
    let widget = app.store.widget(&id).await?.ok_or_else(|| SessionError::NoWidget(id.to_string()))?;
    let given = bearer::token(&headers);
    // Of this server's own pages the token says whether they may.
    if given.is_none() || !cors::is_own_page(&app.config.public_url, &headers) {
        cors::check(&widget, &headers)?;
    }
    let origin = cors::origin(&headers);
    let request = page_request::read(&body, &query, origin.as_deref())?;
    let (token, expires_at, visit, business) = if let Some(token) = given {
        let taken = minted::take_up(&app, &widget, (token, &headers), &query, &request).await?;
        let (session, visit, business) = taken;
        (AccessToken::new(token), session.expires_at, visit, business)
    } else {
        let (new, business) = open::open(&app, &widget, origin, &query, request).await?;
        (AccessToken::new(new.token.expose()), new.session.expires_at, new.visit, business)
    };
    audit.actor(Actor::Session(visit.session_kind, visit.id.clone()), &widget.id);
    audit.business(&business.id);
    let response = answer(&app, widget, &query, (token, expires_at), visit, business).await?;
    let mark = repeats_the_host(&response).then_some(Extension(RepeatsRequest));
    Ok((mark, Json(response)))
}

/// Whether an answer has text of the host's that may come from its page's own address, and so from a stranger.
fn repeats_the_host(response: &SessionResponse<Value>) -> bool {
    let has_query = |address: &Option<String>| address.as_ref().is_some_and(|text| text.contains(['?', '#']));
    response.metadata.is_some() || has_query(&response.success_url) || has_query(&response.redirect_url)
}

async fn answer(
    app: &Arc<App>,
    widget: Widget,
    query: &SessionQuery,
    (access_token, expires_at): (AccessToken, Timestamp),
    visit: Visit,
    business: Business,
) -> Result<SessionResponse<Value>, SessionError> {
    let connections = if query.includes("connections") {
        services::plaid::look_after(app, &business.id).await;
        // Time went on: what a bank said just now is to show.
        let now = app.now();
        let mut all = app.store.connections(&business.id).await?;
        all.sort_by_key(rights::list_place);
        let list = ConnectionList::read(app, &visit, &widget, now).await?;
        Some(list.entries(app, &all, None))
    } else {
        None
    };
    let integrations = query.includes("integrations").then(|| {
        let all = integrations::list(app, &widget).into_iter();
        all.filter(|entry| visit.offers(&entry.service)).collect()
    });
    let features = match widget.mode {
        Mode::Sandbox => vec![Feature::SandboxOnePress],
        Mode::Live => Vec::new(),
    };
    let settings = visit.settings;
    // What the page itself said need not be told to it.
    let (session_kind, [success_url, redirect_url, state]) = match visit.session_kind {
        SessionKind::Open => (contract::SessionKind::Open, [None, None, None]),
        SessionKind::Minted => {
            (contract::SessionKind::Minted, [settings.success_url, settings.redirect_url, settings.state])
        }
    };
    Ok(SessionResponse {
        access_token,
        business_name: business.name,
        business_uuid: business.id,
        metadata: settings.metadata,
        integrations,
        customer_name: widget.name,
        email: widget.email,
        billing_plan: BillingPlan::Custom,
        sandbox: widget.mode == Mode::Sandbox,
        sites: false,
        connections,
        features,
        session_kind: Some(session_kind),
        expires_at: Some(to_rfc3339(expires_at)),
        success_url,
        redirect_url,
        state,
    })
}

/// Ends the session of a page that has no more use for it. A minted one stays: the page that brought it may mount the widget
/// again with the same token. Attempts under way go on in both cases.
pub(super) async fn end(State(app): State<Arc<App>>, bearer: Bearer) -> Result<StatusCode, BearerError> {
    match bearer.visit.session_kind {
        SessionKind::Open => app.store.end_session(bearer.session.token).await?,
        SessionKind::Minted => {}
    }
    Ok(StatusCode::NO_CONTENT)
}
