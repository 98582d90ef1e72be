//! The audit of calls: one layer that sees who asked, for what, from where and how it ended.
//!
//! `actions.rs` names what a route does; `note.rs` is where handlers and the extractors before them say whom it was about;
//! `client_address.rs` says from where. So a route is audited by being a route, whatever its handler says or forgets.

mod actions;
mod client_address;
mod note;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, MatchedPath, RawPathParams, Request, State};
use axum::http::{StatusCode, request::Parts};
use axum::middleware::Next;
use axum::response::Response;
use railz_connect_contract::{BusinessUuid, ConnectionId, ServiceName, WidgetId};

pub(super) use note::AuditNote;

use super::cors;
use super::error_response::{NoRefusal, RefusedFor};
use super::replayed::REPLAYED;
use crate::app::App;
use crate::audit;
use crate::domain::audit_event::{AuditAction, AuditEvent, AuditOutcome, bounded, is_id};
use crate::domain::origin::is_origin;
use crate::services::catalog::NonOAuthService;
use crate::services::oauth::builtin;
use client_address::client_address;

/// Audits a call that changes something or reads what is secret, and any other one that was refused.
pub(super) async fn layer(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let route = route(&app, &parts);
    let action = actions::action(&parts.method, &route);
    let note = AuditNote::of(describe(&app, &mut parts, action.unwrap_or(AuditAction::OtherCall)).await);
    if action.is_none() {
        note.detail(&format!("{} {route}", parts.method));
    }
    parts.extensions.insert(note.clone());

    let hang_up = HangUpGuard(action.map(|_| (app.clone(), note.clone())));
    let response = next.run(Request::from_parts(parts, body)).await;
    hang_up.was_answered();

    let has_line = action.is_some() || note.refusal().is_some() || is_refusal(&route, &response);
    if has_line && !note.is_written() {
        audit::record(&app, answered(&note, &response)).await;
    }
    response
}

/// The route's own text, without the path that the server is public at.
fn route(app: &App, parts: &Parts) -> String {
    let matched = parts.extensions.get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
    matched.strip_prefix(app.config.public_url.path()).unwrap_or(matched).to_owned()
}

/// Whether a call without an action was refused. A wrong address or method, and a file that is not there, are no refusals but
/// mistakes, which every scanner makes by the thousand: the log has them. Nor is a poll whose time is over.
fn is_refusal(route: &str, response: &Response) -> bool {
    let status = response.status();
    if matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
        return true;
    }
    let is_file = ["/widget/{file}", "/docs/{file}", "/plaid/logo/{connection}"].contains(&route);
    let is_mistake = route.is_empty() || is_file || status == StatusCode::METHOD_NOT_ALLOWED;
    status.is_client_error() && !is_mistake && response.extensions().get::<NoRefusal>().is_none()
}

/// What is known of a call before anybody answers it.
async fn describe(app: &App, parts: &mut Parts, action: AuditAction) -> AuditEvent {
    let mut event = AuditEvent::new(action, app.now());
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    event.address =
        client_address(&app.config.trusted_proxies, peer, &parts.headers).map(|ip| ip.to_string());
    event.origin =
        cors::origin(&parts.headers).filter(|origin| is_origin(origin)).map(|origin| bounded(&origin));
    let Ok(named) = RawPathParams::from_request_parts(parts, &()).await else { return event };
    for (name, value) in &named {
        match name {
            // The audit keeps the name of a widget that there is.
            "widget" => event.widget = Some(WidgetId::new(value)),
            "business" if is_id(value) => event.business = Some(BusinessUuid::new(value)),
            "connection" if is_id(value) => event.connection = Some(ConnectionId::new(value)),
            "webhook" | "delivery" | "attempt" | "link" if is_id(value) => {
                event.subject = Some(value.to_owned());
            }
            "service" if is_service(app, value) => event.subject = Some(value.to_owned()),
            // A start token is a secret, and of what is not known nothing is written.
            _ => {}
        }
    }
    event
}

/// Whether there is a service of this name, configured or not.
fn is_service(app: &App, name: &str) -> bool {
    let name = ServiceName::new(name);
    let is_configured = app.config.services.get(&name).is_some();
    is_configured || builtin::get(name.as_str()).is_some() || NonOAuthService::of(&name).is_some()
}

/// The line of a call that was answered.
fn answered(note: &AuditNote, response: &Response) -> AuditEvent {
    let status = response.status();
    let outcome = match status {
        _ if note.refusal().is_some() => AuditOutcome::Refused,
        status if status.is_server_error() => AuditOutcome::Failed,
        status if status.is_client_error() => AuditOutcome::Refused,
        _ => AuditOutcome::Done,
    };
    let is_repeated = response.headers().contains_key(&REPLAYED);
    let reason = match response.extensions().get::<RefusedFor>() {
        Some(RefusedFor(reason)) => Some(bounded(reason)),
        None if is_repeated => Some("answered as before".to_owned()),
        None => note.refusal().map(str::to_owned),
    };
    let event = note.event();
    let detail = match (event.detail, reason) {
        (Some(detail), Some(reason)) => Some(bounded(&format!("{detail}: {reason}"))),
        (detail, reason) => detail.or(reason),
    };
    AuditEvent { outcome, status: Some(status.as_u16()), detail, ..event }
}

/// Writes down that a client hung up, unless it was answered: a handler is dropped with its connection, and what it had done
/// by then stays done.
struct HangUpGuard(Option<(Arc<App>, AuditNote)>);

impl HangUpGuard {
    fn was_answered(mut self) {
        self.0 = None;
    }
}

impl Drop for HangUpGuard {
    fn drop(&mut self) {
        let Some((app, note)) = self.0.take() else { return };
        if note.is_written() {
            return;
        }
        let event = AuditEvent { outcome: AuditOutcome::Unanswered, ..note.event() };
        let finishing = app.finishing.clone();
        finishing.spawn(async move { audit::record(&app, event).await });
    }
}
