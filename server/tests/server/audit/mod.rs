//! Who did what, when, from where, to which business, with what outcome.

mod api;
mod calls;
mod in_the_log;
mod kept;
mod refusals;
mod server_itself;

use axum::body::Body;
use axum::http::{Request, header};
use connect_server::domain::audit_list::{AuditFilter, ListedAuditEvent};
use connect_server::domain::business_list::Page;

use crate::support::{Answer, TestServer};

/// Everything that stands in the audit, oldest first.
pub async fn all(server: &TestServer) -> Vec<ListedAuditEvent> {
    let page = Page { limit: 10_000, offset: 0 };
    server.app.store.list_audit_events(&AuditFilter::default(), page).await.unwrap().entries
}

/// Action, outcome and actor of each line.
pub fn told(events: &[ListedAuditEvent]) -> Vec<String> {
    events.iter().map(|event| format!("{} {} {}", event.action, event.outcome, event.actor)).collect()
}

/// A call of a back end, which has no origin.
async fn ask_with(server: &TestServer, key: &str, method: &str, path: &str, body: &str) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::AUTHORIZATION, format!("Bearer {key}"))
        .body(Body::from(body.to_owned()));
    server.send(request.unwrap()).await
}
