//! A delivery: one event for one webhook, tried until it arrives or a day is over.

use jiff::Timestamp;

use super::webhook::{DeliveryId, EventId, EventKind, Webhook};
use super::webhook_event::WebhookEvent;
use crate::clock::seconds_after;

/// For how many seconds a delivery is tried.
const TRIED_FOR_SECONDS: u64 = 24 * 60 * 60;

/// How long the first pause between two tries is, and the longest, in seconds; each pause is twice the one before.
const FIRST_PAUSE_SECONDS: u64 = 10;
const LONGEST_PAUSE_SECONDS: u64 = 60 * 60;

/// How far a delivery came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// It waits for its turn, or for its next try.
    Pending,
    /// The back end took it.
    Delivered,
    /// The back end did not take it for a whole day.
    Failed,
}

impl DeliveryState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Delivered, Self::Failed];

    /// The state's word, in the database and in answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    /// The state of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// A delivery as back ends see it.
#[derive(Clone, Debug)]
pub struct WebhookDelivery {
    /// `DLV-<uuid>`.
    pub id: DeliveryId,
    /// What is delivered.
    pub event: EventId,
    /// What kind of event that is.
    pub kind: EventKind,
    /// How far it came.
    pub state: DeliveryState,
    /// How often it was tried.
    pub tries: u32,
    /// When it began to wait.
    pub queued_at: Timestamp,
    /// When it is tried next, at the earliest; none once it is over.
    pub due_at: Option<Timestamp>,
    /// When it was tried last.
    pub tried_at: Option<Timestamp>,
    /// What came of the last try, in a few words; never the body of an answer.
    pub result: Option<String>,
}

/// A delivery that this process alone may try, until its claim is over.
#[derive(Clone, Debug)]
pub struct ClaimedDelivery {
    /// The row.
    pub number: i64,
    /// How often it was tried, this time included; who claims it later counts on.
    pub tries: u32,
    /// When it began to wait.
    pub queued_at: Timestamp,
    /// To whom.
    pub webhook: Webhook,
    /// What.
    pub event: WebhookEvent,
}

/// Where a delivery stands after a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterTry {
    /// The back end took it.
    Delivered,
    /// It is tried again at this moment.
    Again(Timestamp),
    /// Its day is over.
    Failed,
}

impl ClaimedDelivery {
    /// What comes after a try that failed at this moment. `jitter` shortens the pause by up to a half (255 by half), so that
    /// those that failed together do not come back together.
    pub fn after_failure(&self, now: Timestamp, jitter: u8) -> AfterTry {
        let end = seconds_after(self.queued_at, TRIED_FOR_SECONDS);
        if now >= end {
            return AfterTry::Failed;
        }
        let doubled = FIRST_PAUSE_SECONDS.saturating_mul(1 << self.tries.saturating_sub(1).min(16));
        let whole = doubled.min(LONGEST_PAUSE_SECONDS);
        let pause = whole - whole * u64::from(jitter) / 510;
        AfterTry::Again(seconds_after(now, pause).min(end))
    }
}
