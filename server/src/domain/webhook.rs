//! A webhook: the address of a customer's back end, and what it is told.
//!
//! `webhook_event.rs` has what is told, `webhook_delivery.rs` how far each telling came. The secret that signs is sealed;
//! `server/src/webhooks/` opens it.

use std::collections::BTreeSet;
use std::{fmt, str::FromStr};

use jiff::Timestamp;
use railz_connect_contract::{WidgetId, text_id};
use url::Url;

use crate::vault::Sealed;

/// The most webhooks that one widget may have: each of them gets each event.
pub const MOST_OF_A_WIDGET: usize = 20;

text_id! {
    /// A webhook, `WHK-<uuid>`.
    WebhookId
}
text_id! {
    /// What happened once, `EVT-<uuid>`: the same one for every webhook, every try and every replay.
    EventId
}
text_id! {
    /// One event for one webhook, `DLV-<uuid>`; a replay is another delivery.
    DeliveryId
}

/// What a webhook can be told. The first three are Railz's names, the others are ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// A service's sign-in page was opened.
    Login,
    /// A person authorised a connection.
    Auth,
    /// A connection became active, disconnected or expired.
    ConnectionStatus,
    /// A connection was deleted.
    ConnectionRemoved,
    /// A business was deleted, after its connections.
    BusinessRemoved,
}

impl EventKind {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 5] =
        [Self::Login, Self::Auth, Self::ConnectionStatus, Self::ConnectionRemoved, Self::BusinessRemoved];

    /// The event's name, as bodies and filters have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Auth => "auth",
            Self::ConnectionStatus => "connectionStatus",
            Self::ConnectionRemoved => "connectionRemoved",
            Self::BusinessRemoved => "businessRemoved",
        }
    }
}

impl fmt::Display for EventKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

/// A word that is no event.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no such event: there are login, auth, connectionStatus, connectionRemoved and businessRemoved"
)]
pub struct EventKindError;

impl FromStr for EventKind {
    type Err = EventKindError;

    fn from_str(word: &str) -> Result<Self, EventKindError> {
        Self::ALL.into_iter().find(|kind| kind.word() == word).ok_or(EventKindError)
    }
}

/// The events that are meant by words; all of them where none is said.
///
/// # Errors
/// [`EventKindError`] of the first word that is none.
pub fn parse_events<'a>(
    words: impl IntoIterator<Item = &'a str>,
) -> Result<BTreeSet<EventKind>, EventKindError> {
    let events: BTreeSet<_> = words.into_iter().map(str::parse).collect::<Result<_, _>>()?;
    Ok(if events.is_empty() { EventKind::ALL.into() } else { events })
}

/// A webhook as stored.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// What back ends and operators call it by.
    pub id: WebhookId,
    /// The widget whose businesses and connections it is told of.
    pub widget: WidgetId,
    /// Where deliveries are posted to.
    pub url: Url,
    /// What it is for, in the customer's words; may be empty.
    pub description: String,
    /// What it is told; never empty.
    pub events: BTreeSet<EventKind>,
    /// What signs its deliveries.
    pub secrets: WebhookSecrets,
    /// When it was registered.
    pub created_at: Timestamp,
}

/// The secrets of a webhook, sealed.
#[derive(Clone, Debug)]
pub struct WebhookSecrets {
    /// The newest one.
    pub newest: Sealed,
    /// The one before, and until when it signs too.
    pub older: Option<(Sealed, Timestamp)>,
}

impl WebhookSecrets {
    /// Those that sign at this moment, the newest first.
    pub fn signing_at(&self, now: Timestamp) -> impl Iterator<Item = &Sealed> {
        let older = self.older.iter().filter(move |(_, until)| now < *until).map(|(sealed, _)| sealed);
        std::iter::once(&self.newest).chain(older)
    }
}
