//! What webhooks told, newest first, each event once: the same one may be delivered again.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::seen_ids::SeenIds;

/// For how long an event's id is kept: it is tried again for a day, and somebody may replay it.
const KEPT: Duration = Duration::from_hours(48);
/// How many events are shown, of all businesses together.
const MOST: usize = 500;

/// What happened, as far as this site shows it. Other fields, and events that it does not know, are passed over.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceivedEvent {
    /// `login`, `auth`, `connectionStatus`, …
    pub event: String,
    /// The event's own id, the same in each delivery.
    pub id: String,
    /// When it happened (RFC 3339).
    pub occurred_at: String,
    /// To which business.
    pub business_uuid: String,
    /// To which connection, where it was one.
    #[serde(default)]
    pub connection_id: Option<String>,
    /// The service behind that connection.
    #[serde(default)]
    pub service_name: Option<String>,
    /// The status before, of `connectionStatus`.
    #[serde(default)]
    pub old_status: Option<String>,
    /// The status from then on.
    #[serde(default)]
    pub new_status: Option<String>,
}

/// Everything that was told.
#[derive(Debug, Default)]
pub struct ReceivedWebhooks {
    seen: SeenIds,
    events: Mutex<VecDeque<ReceivedEvent>>,
}

impl ReceivedWebhooks {
    /// Takes a verified event in; one that came before changes nothing.
    pub fn take(&self, event: ReceivedEvent, now: SystemTime) {
        if !self.seen.take(&event.id, now + KEPT, now) {
            return;
        }
        let mut events = self.lock();
        events.push_front(event);
        events.truncate(MOST);
    }

    /// What was told of a business, newest first.
    pub fn of_business(&self, business_uuid: &str) -> Vec<ReceivedEvent> {
        self.lock().iter().filter(|event| event.business_uuid == business_uuid).cloned().collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<ReceivedEvent>> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
