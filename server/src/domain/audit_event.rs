//! A line of the audit: who did what, when, from where, to which business, with what outcome.
//!
//! It holds ids and words, never a secret, and no name of a business or a person. What stands where an id is due is kept if it has
//! the form of one ([`is_id`]): a back end that mixes up its variables puts its key there. The rest of what a client said is cut
//! and put on one line by [`bounded`].

use std::str::FromStr;

use jiff::Timestamp;
use railz_connect_contract::{BusinessUuid, ConnectionId, ServiceName, WidgetId, text_id};
use uuid::Uuid;

pub use super::audit_action::AuditAction;
use super::company_details::is_invisible;
use super::secret_key::SecretKeyId;
use super::visit::{SessionKind, VisitId};

/// The most letters of one text in the audit.
const LONGEST: usize = 200;

/// The letters of a UUID with its hyphens; other ways to write one are no id of ours.
const UUID_LENGTH: usize = 36;

text_id! {
    /// A line of the audit by its id, `AUD-<uuid>`.
    AuditEventId
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuditOutcome {
    /// As asked.
    Done,
    /// It was refused, or the person or the service said no.
    Refused,
    /// It failed, here or at the service.
    Failed,
    /// The client hung up before the answer: what it asked for may have been done.
    Unanswered,
}

impl AuditOutcome {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Done, Self::Refused, Self::Failed, Self::Unanswered];

    /// Its word, in the database, the log and answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Unanswered => "unanswered",
        }
    }
}

/// A word that is no outcome.
#[derive(Debug, thiserror::Error)]
#[error("there are done, refused, failed and unanswered")]
pub struct UnknownOutcomeError;

impl FromStr for AuditOutcome {
    type Err = UnknownOutcomeError;

    fn from_str(word: &str) -> Result<Self, UnknownOutcomeError> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word).ok_or(UnknownOutcomeError)
    }
}

/// Who did it, as far as it was proved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Actor {
    /// Nobody known: no token, or none that counts.
    #[default]
    Unknown,
    /// A back end, by its secret key.
    SecretKey(SecretKeyId),
    /// A page, by the session of this visit.
    Session(SessionKind, VisitId),
    /// A service, whose callback brought the right `state` and cookie.
    Service(ServiceName),
    /// The operator at the command line, by the name of their account.
    Operator(String),
    /// This server by itself.
    Server,
}

impl Actor {
    /// The words of all kinds.
    pub const WORDS: [&str; 7] =
        ["unknown", "secretKey", "openSession", "mintedSession", "service", "operator", "server"];

    /// Its kind's word, in the database, the log and answers.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::SecretKey(_) => "secretKey",
            Self::Session(SessionKind::Open, _) => "openSession",
            Self::Session(SessionKind::Minted, _) => "mintedSession",
            Self::Service(_) => "service",
            Self::Operator(_) => "operator",
            Self::Server => "server",
        }
    }

    /// Which one of its kind.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Unknown | Self::Server => None,
            Self::SecretKey(key) => Some(key.as_str()),
            Self::Session(_, visit) => Some(visit.as_str()),
            Self::Service(service) => Some(service.as_str()),
            Self::Operator(account) => Some(account),
        }
    }
}

/// A line that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEvent {
    /// When.
    pub occurred_at: Timestamp,
    /// What.
    pub action: AuditAction,
    /// How it ended.
    pub outcome: AuditOutcome,
    /// The status of the answer, where there was one.
    pub status: Option<u16>,
    /// Who.
    pub actor: Actor,
    /// The widget that it went through.
    pub widget: Option<WidgetId>,
    /// The business that it was done to.
    pub business: Option<BusinessUuid>,
    /// The connection that it was done to.
    pub connection: Option<ConnectionId>,
    /// What else it was done to: the id of an attempt, a link, a key, a webhook or a delivery, or a service.
    pub subject: Option<String>,
    /// The client's address.
    pub address: Option<String>,
    /// The page's origin, as its browser told it.
    pub origin: Option<String>,
    /// What is to be said beside: why it was refused, what was changed.
    pub detail: Option<String>,
    /// How many times; more than once where only their number was kept.
    pub count: u64,
}

impl AuditEvent {
    /// Something that was done at this moment, by nobody known yet.
    pub fn new(action: AuditAction, now: Timestamp) -> Self {
        Self {
            occurred_at: now,
            action,
            outcome: AuditOutcome::Done,
            status: None,
            actor: Actor::Unknown,
            widget: None,
            business: None,
            connection: None,
            subject: None,
            address: None,
            origin: None,
            detail: None,
            count: 1,
        }
    }

    /// Whether a stranger brought it about: nobody known, or a page's own session. Of these lines the newest are kept, and of
    /// nobody else's any fewer for them.
    pub fn is_by_stranger(&self) -> bool {
        matches!(self.actor, Actor::Unknown | Actor::Session(SessionKind::Open, _))
    }

    /// Whether a stranger can bring it about as often as they like: whatever was not done, whatever nobody known or a page's own
    /// session did, and what only reads.
    pub fn is_bounded(&self) -> bool {
        self.outcome != AuditOutcome::Done || self.is_by_stranger() || self.action.only_reads()
    }
}

/// Whether a text has the form of the ids that this server makes: three capital letters, a hyphen and a UUID.
pub fn is_id(text: &str) -> bool {
    let Some((kind, number)) = text.split_once('-') else { return false };
    let is_kind = kind.len() == 3 && kind.bytes().all(|byte| byte.is_ascii_uppercase());
    is_kind && number.len() == UUID_LENGTH && Uuid::try_parse(number).is_ok()
}

/// A text as the audit keeps it: on one line, without invisible characters, and not longer than people read.
pub fn bounded(text: &str) -> String {
    let on_one_line = text.chars().map(|letter| if ends_line(letter) { ' ' } else { letter });
    on_one_line.filter(|letter| !is_invisible(*letter)).take(LONGEST).collect()
}

/// Whether a letter is a control character or ends a line for those who read Unicode by the letter.
fn ends_line(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}')
}
