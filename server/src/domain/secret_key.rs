//! A secret key: by which a customer's back end proves itself, for one widget and for what its scopes allow.
//!
//! The key's text is shown once and stored as a hash; see `http/v2/secret_key_bearer.rs` for how requests bring it.

use std::collections::BTreeSet;
use std::{fmt, str::FromStr};

use jiff::Timestamp;
use railz_connect_contract::{WidgetId, text_id};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::clock::seconds_after;
use crate::random::{self, RandomnessError};
use crate::token::TokenHash;

/// What the text of every secret key begins with, so that people and scanners of repositories know one when they see it.
pub const PREFIX: &str = "rck_";

/// A key's last use is written down at most once in so many seconds.
const USE_NOTED_EVERY_SECONDS: u64 = 60;

/// A secret key as the back end holds it: `rck_` and 256 random bits. It does not print.
#[derive(Clone, Debug)]
pub struct SecretKeyText(SecretString);

impl SecretKeyText {
    /// A new one.
    ///
    /// # Errors
    /// [`RandomnessError`] where the operating system has none to give.
    pub fn generate() -> Result<Self, RandomnessError> {
        Ok(Self(format!("{PREFIX}{}", random::text()?).into()))
    }

    /// The text, for the one line of the command that made it.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// What the database keeps of it.
    pub fn hash(&self) -> TokenHash {
        TokenHash::of(self.expose())
    }
}

text_id! {
    /// A key by its name for operators, `KEY-<uuid>`; opens nothing.
    SecretKeyId
}

impl SecretKeyId {
    /// The id of a new key: `KEY-` and this number.
    pub fn from_number(number: Uuid) -> Self {
        Self(format!("KEY-{number}"))
    }
}

/// What a secret key may be used for: [`Scope::meaning`] says what each opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// `sessions`
    Sessions,
    /// `read`
    Read,
    /// `write`
    Write,
    /// `tokens`
    Tokens,
}

impl Scope {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Sessions, Self::Read, Self::Write, Self::Tokens];

    /// The scope's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sessions => "sessions",
            Self::Read => "read",
            Self::Write => "write",
            Self::Tokens => "tokens",
        }
    }

    /// What it opens, in the words of `key create --help` and of `server/README.md` (a test compares the two).
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Sessions => "opening sessions for people",
            Self::Read => {
                "businesses, connections, companies, webhooks and events, and redeeming connectionTokens"
            }
            Self::Write => {
                "making, renaming, disconnecting and deleting businesses and connections, registering webhooks"
            }
            Self::Tokens => "getting services' access tokens, and calling services in a connection's name",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

/// A word that is no scope.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no scope: there are sessions, read, write and tokens")]
pub struct ScopeError(pub String);

impl FromStr for Scope {
    type Err = ScopeError;

    fn from_str(word: &str) -> Result<Self, ScopeError> {
        Self::ALL.into_iter().find(|scope| scope.word() == word).ok_or_else(|| ScopeError(word.to_owned()))
    }
}

/// A secret key as stored; its text is with the back end alone.
#[derive(Clone, Debug)]
pub struct SecretKey {
    /// What operators call it by.
    pub id: SecretKeyId,
    /// The widget whose businesses and connections it opens.
    pub widget: WidgetId,
    /// What it is for, in the operator's words.
    pub name: String,
    /// What it may be used for.
    pub scopes: BTreeSet<Scope>,
    /// The hash of its text, by which requests find it.
    pub hash: TokenHash,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to the minute; none where it never was.
    pub last_used_at: Option<Timestamp>,
    /// From this moment on it is refused; none while nobody revoked or rotated it.
    pub expires_at: Option<Timestamp>,
}

impl SecretKey {
    /// Whether requests that bring it are accepted at this moment.
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|expires_at| now < expires_at)
    }

    /// Whether a use at this moment is to be written down: not with every request, since each would be a write.
    pub fn use_is_due(&self, now: Timestamp) -> bool {
        self.last_used_at.is_none_or(|last| now >= seconds_after(last, USE_NOTED_EVERY_SECONDS))
    }
}
