//! Where a call notes down whom it is about, for the line that the layer writes when it is answered.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use railz_connect_contract::{BusinessUuid, ConnectionId, ServiceName, WidgetId};

use crate::app::App;
use crate::audit;
use crate::domain::audit_event::{Actor, AuditAction, AuditEvent, AuditOutcome, bounded, is_id};

#[derive(Debug)]
struct Line {
    event: AuditEvent,
    refused: Option<&'static str>,
    written: bool,
}

/// The line of one call, as far as it is known. Handlers take it as an extractor, or from their bearer.
#[derive(Clone, Debug)]
pub struct AuditNote(Arc<Mutex<Line>>);

impl AuditNote {
    pub(super) fn of(event: AuditEvent) -> Self {
        Self(Arc::new(Mutex::new(Line { event, refused: None, written: false })))
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who asks, and through which widget.
    pub(in crate::http) fn actor(&self, actor: Actor, widget: &WidgetId) {
        let event = &mut self.line().event;
        event.actor = actor;
        event.widget = Some(widget.clone());
    }

    /// A service sent the browser back, with the right `state` and cookie.
    pub(in crate::http) fn service(&self, service: &ServiceName) {
        self.line().event.actor = Actor::Service(service.clone());
    }

    /// To which business it is done.
    pub(in crate::http) fn business(&self, business: &BusinessUuid) {
        self.line().event.business = Some(business.clone());
    }

    /// To which connection it is done.
    pub(in crate::http) fn connection(&self, connection: &ConnectionId) {
        self.line().event.connection = is_id(connection.as_str()).then(|| connection.clone());
    }

    /// To what else it is done, by its id.
    pub(in crate::http) fn subject(&self, id: &str) {
        self.line().event.subject = is_id(id).then(|| id.to_owned());
    }

    /// What is to be said beside.
    pub(in crate::http) fn detail(&self, text: &str) {
        self.line().event.detail = Some(bounded(text));
    }

    /// Somebody was refused by an answer whose status does not say so.
    pub(in crate::http) fn refused(&self, reason: &'static str) {
        self.line().refused = Some(reason);
    }

    pub(super) fn refusal(&self) -> Option<&'static str> {
        self.line().refused
    }

    pub(super) fn event(&self) -> AuditEvent {
        self.line().event.clone()
    }

    pub(super) fn is_written(&self) -> bool {
        self.line().written
    }

    /// Writes the line now, since whoever does the work may not live to see the answer; the layer then writes none.
    pub(in crate::http) async fn write(&self, app: &App, outcome: AuditOutcome) {
        let event = {
            let mut line = self.line();
            line.written = true;
            AuditEvent { outcome, ..line.event.clone() }
        };
        audit::record(app, event).await;
    }
}

impl<S: Sync> FromRequestParts<S> for AuditNote {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let note = parts.extensions.get::<Self>().cloned();
        // Outside of the layer nobody reads it.
        Ok(note.unwrap_or_else(|| {
            Self::of(AuditEvent::new(AuditAction::OtherCall, jiff::Timestamp::UNIX_EPOCH))
        }))
    }
}
