//! A widget: one customer's registration, with the origins of the pages that may carry it.

use std::str::FromStr;

use jiff::Timestamp;
use railz_connect_contract::{IntegrationUuid, ServiceName, WidgetId};
use uuid::Uuid;

use super::origin::OriginPattern;
use super::registered_address::{self, AddressError, RegisteredAddress};

/// The namespace of integration ids (a random UUID made once), so that they are the same after every restart.
const INTEGRATIONS: Uuid = Uuid::from_u128(0x6f0c_0f0a_2f6b_4d0e_9d1a_7c54_0f5b_9f11);

/// A widget as the operator registered it with `connect-server widget create`.
#[derive(Clone, Debug)]
pub struct Widget {
    /// What the host page passes as `widgetId`.
    pub id: WidgetId,
    /// Who asks for the connection, in words for people.
    pub name: String,
    /// Whom to write to for help; empty where nobody was named.
    pub email: String,
    /// Whether it plays or works.
    pub mode: Mode,
    /// The pages that may carry it.
    pub origins: Vec<OriginPattern>,
    /// Who opens its sessions.
    pub sessions: SessionPolicy,
    /// Where people may be sent when they are done; where none is registered, anywhere on its origins.
    pub success_addresses: Vec<RegisteredAddress>,
    /// When it was registered.
    pub created_at: Timestamp,
}

/// Whether a widget plays or works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Lists and accepts the sandbox beside the configured services.
    Sandbox,
    /// Real services only: the sandbox is neither listed nor accepted.
    Live,
}

/// Who opens a widget's sessions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SessionPolicy {
    /// The page, by naming widget and business, as in 2.23; or the customer's back end.
    #[default]
    Open,
    /// The customer's back end alone, with a secret key.
    Minted,
}

impl SessionPolicy {
    /// The policy's word on the command line and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Minted => "minted",
        }
    }
}

/// A word that says of no sessions who opens them.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is neither \"open\" (pages open sessions by naming a business) nor \"minted\" (your back end does)"
)]
pub struct SessionPolicyError(pub String);

impl FromStr for SessionPolicy {
    type Err = SessionPolicyError;

    fn from_str(word: &str) -> Result<Self, SessionPolicyError> {
        [Self::Open, Self::Minted]
            .into_iter()
            .find(|policy| policy.word() == word)
            .ok_or_else(|| SessionPolicyError(word.to_owned()))
    }
}

/// Whether a service or sandbox data stands behind a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// The service itself, or the sandbox service under its own name.
    Service,
    /// Sandbox data that wears a service's name.
    MockData,
}

impl Widget {
    /// Whether a page of this origin may carry the widget.
    pub fn welcomes(&self, origin: &str) -> bool {
        self.origins.iter().any(|pattern| pattern.matches(origin))
    }

    /// Checks that people of this widget may be sent to an address: it is or lies below a registered one or, where none
    /// is registered, is anywhere on one of the widget's origins.
    ///
    /// # Errors
    /// [`AddressError`], with what would be right.
    pub fn accepts_address(&self, address: &str) -> Result<(), AddressError> {
        let url = registered_address::read(address)?;
        let accepted = if self.success_addresses.is_empty() {
            registered_address::is_site(&url) && self.welcomes(&url.origin().ascii_serialization())
        } else {
            self.success_addresses.iter().any(|registered| registered.matches(&url))
        };
        if accepted { Ok(()) } else { Err(AddressError::NotRegistered(registered_address::shown(&url))) }
    }

    /// The id of a service as this widget offers it (a UUID of version 5).
    pub fn integration(&self, service: &ServiceName, channel: Channel) -> IntegrationUuid {
        let path = match channel {
            Channel::Service => format!("{}/{service}", self.id),
            Channel::MockData => format!("{}/mock/{service}", self.id),
        };
        IntegrationUuid::new(Uuid::new_v5(&INTEGRATIONS, path.as_bytes()).to_string())
    }
}

/// Why a widget id is not one.
#[derive(Debug, thiserror::Error)]
pub enum WidgetIdError {
    /// Wrong letters or length.
    #[error("a widget id has 1 to 64 letters, digits, '_' or '-', which {0:?} has not")]
    Letters(String),
    /// The prefix says sandbox, the registration does not.
    #[error(
        "ids beginning with {prefix} are sandbox widgets: add --sandbox, or choose another id than {id:?}"
    )]
    SandboxPrefix {
        /// What the ids of sandbox widgets begin with, and no others may.
        prefix: &'static str,
        /// The id that the operator chose.
        id: String,
    },
}

/// The prefix that ids of sandbox widgets carry.
pub const SANDBOX_PREFIX: &str = "SB_PROD_";

/// Takes an id that an operator chose.
///
/// # Errors
/// [`WidgetIdError`], with what would be right.
pub fn parse_id(id: &str, mode: Mode) -> Result<WidgetId, WidgetIdError> {
    let good = (1..=64).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if !good {
        return Err(WidgetIdError::Letters(id.to_owned()));
    }
    if mode == Mode::Live && id.starts_with(SANDBOX_PREFIX) {
        return Err(WidgetIdError::SandboxPrefix { prefix: SANDBOX_PREFIX, id: id.to_owned() });
    }
    Ok(WidgetId::new(id))
}

/// An id for a widget whose operator chose none.
pub fn new_id(number: Uuid, mode: Mode) -> WidgetId {
    match mode {
        Mode::Sandbox => WidgetId::new(format!("{SANDBOX_PREFIX}{number}")),
        Mode::Live => WidgetId::new(format!("PROD_{number}")),
    }
}
