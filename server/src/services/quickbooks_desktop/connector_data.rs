//! What is kept of a connector file and of its round of calls. Passwords and tickets are kept as hashes. An older file
//! stays good until a newer one has connected its company, so that opening the form again disturbs nothing.

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::seconds_after;
use crate::domain::company::CompanyBinding;
use crate::services::company::Requester;
use crate::token::TokenHash;

/// After how many seconds without a call a round is given up.
const ROUND_SECONDS: u64 = 120;

/// What the binding's `service_data` keeps of the Web Connector.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct ConnectorData {
    /// The hash of the password that connected the company; `proved` in rows of older versions.
    #[serde(alias = "proved")]
    pub accepted: Option<String>,
    /// Passwords that nobody used yet, oldest first.
    pub offered: Vec<OfferedPassword>,
    /// Who was given the one that connected the company; `asker` in rows of older versions.
    #[serde(alias = "asker")]
    pub requester: Option<Requester>,
    /// The `FileID` that QuickBooks keeps in the connected company file: whoever tells it has that file open. Nothing until
    /// one is connected, and in rows of older versions, whose files have a number made from the connection's id.
    #[serde(default)]
    pub file_id: Option<Uuid>,
    /// The round of calls in progress.
    pub round: Option<Round>,
}

/// With which password a round began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RoundPassword {
    /// The one that connected the company: nobody signs in.
    Accepted,
    /// One that was never used to the end.
    Offered(OfferedPassword),
}

impl ConnectorData {
    /// The password of this hash; nothing where it is none, or none any more.
    pub(super) fn find_password(&self, hash: &str) -> Option<RoundPassword> {
        if self.accepted.as_deref() == Some(hash) {
            return Some(RoundPassword::Accepted);
        }
        self.offered.iter().find(|offered| offered.hash == hash).cloned().map(RoundPassword::Offered)
    }

    /// Whether a round is in progress that a newcomer with this password has to wait for. The accepted password waits for
    /// no other: anybody who knows a business's name could keep it out.
    pub(super) fn is_busy_for(&self, password: &str, now: Timestamp) -> bool {
        let mut round = self.round.iter().filter(|round| round.until > now.as_millisecond());
        round.any(|round| round.password == password || self.accepted.as_deref() != Some(password))
    }

    /// What is kept beside this binding's connection; nothing yet where nobody asked for a file.
    pub(super) fn of(binding: &CompanyBinding) -> Self {
        binding.service_data().unwrap_or_default()
    }

    /// The passwords that were offered after this one: a round with an older file does not void the file that a person
    /// has just been given.
    pub(super) fn passwords_after(&self, password: &str) -> Vec<OfferedPassword> {
        let place = self.offered.iter().position(|offered| offered.hash == password);
        self.offered.iter().skip(place.map_or(0, |place| place + 1)).cloned().collect()
    }
}

/// A password that was given out with a connector file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "StoredPassword")]
pub(super) struct OfferedPassword {
    /// Its hash.
    pub hash: String,
    /// Who was given it; not known of those that were given out before this was written down.
    pub requester: Option<Requester>,
    /// When, in milliseconds since 1970.
    pub offered_at: i64,
    /// The `FileID` in the file that it came with; not known of those that were given out before this was written down.
    pub file_id: Option<Uuid>,
}

/// A password as rows hold it: older ones have the hash alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum StoredPassword {
    Hash(String),
    Offered {
        hash: String,
        requester: Option<Requester>,
        offered_at: i64,
        #[serde(default)]
        file_id: Option<Uuid>,
    },
}

impl From<StoredPassword> for OfferedPassword {
    fn from(stored: StoredPassword) -> Self {
        match stored {
            StoredPassword::Hash(hash) => Self { hash, requester: None, offered_at: 0, file_id: None },
            StoredPassword::Offered { hash, requester, offered_at, file_id } => {
                Self { hash, requester, offered_at, file_id }
            }
        }
    }
}

/// A password or ticket as it is kept: the hash, in base64.
pub(super) fn hash(text: &str) -> String {
    STANDARD.encode(TokenHash::of(text).as_bytes())
}

/// One round of the Web Connector's calls, from `authenticate` on; it lives two minutes from the last call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Round {
    /// The hash of the ticket that the connector names with each call.
    pub ticket: String,
    /// The hash of the password with which it began.
    pub password: String,
    /// When it is given up, in milliseconds since 1970.
    pub until: i64,
    /// Whether the one request was handed out; `asked` in rows of older versions.
    #[serde(alias = "asked")]
    pub request_sent: bool,
    /// What went wrong, in words for the person at the connector.
    pub error: Option<String>,
}

impl Round {
    /// One that begins now.
    pub(super) fn begin(ticket: String, password: String, now: Timestamp) -> Self {
        Self { ticket, password, until: 0, request_sent: false, error: None }.extend(now)
    }

    /// The same, living on from here: somebody called.
    pub(super) fn extend(self, now: Timestamp) -> Self {
        Self { until: seconds_after(now, ROUND_SECONDS).as_millisecond(), ..self }
    }
}
