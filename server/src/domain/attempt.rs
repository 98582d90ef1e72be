//! An attempt: one try at signing in. It ends once, and only its own end is ever told about it.
//!
//! ```text
//! Open ──(proof or press)─▶ AtProvider ──(callback with state and cookie)──▶ Finishing ──▶ Ended
//!   │                        │    ▲
//!   │                        └────┘ popup opened again: new state, cookie and verifier, the older ones are void
//!   └──(sandbox: a use case is posted)────────────────────────────────────────────────▶ Ended
//! ```
//! The store writes a new value only over the very [`ExpectedStage`] it was made from, so that of two callbacks with
//! one state a single one gets through.

use jiff::Timestamp;
use railz_connect_contract::{AttemptId, BusinessUuid, ConnectionId};
use uuid::Uuid;

pub use super::outcome::{Failure, Outcome, Refusal};
use super::visit::{SessionKind, VisitId, Visitor};
use crate::clock::seconds_after;
use crate::token::TokenHash;
use crate::vault::Sealed;

/// How long an attempt whose callback came is given: the longest that exchanging a code and listing the companies may
/// take by configuration, and some more for storing what came. If the server falls over meanwhile, nobody waits longer
/// than this.
const LONGEST_EXCHANGE_SECONDS: u64 = 270;

/// One try at connecting a service: begun by `/services/url`, ended once, by the server.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// `ATT-<uuid>`; polls name it, and so does the popup's cookie.
    pub id: AttemptId,
    /// The connection it makes or renews.
    pub connection: ConnectionId,
    /// The business that the connection belongs to.
    pub business: BusinessUuid,
    /// The visit in which it was begun.
    pub visit: VisitId,
    /// Who said for which business that visit is.
    pub session_kind: SessionKind,
    /// How it is carried out.
    pub method: SignInMethod,
    /// The page that began it, where that can be asked; always none in the sandbox.
    pub opener: Option<Opener>,
    /// What was asked beforehand, such as the shop.
    pub answer: Option<String>,
    /// Whether its widget shows a choice of companies at a service that leaves it open.
    pub choice_screen: ChoiceScreen,
    /// How far the person and the server have come.
    pub stage: Stage,
    /// Until when its callback is accepted; once that came, when nobody need wait for its end any more.
    pub expires_at: Timestamp,
}

/// The page that a popup was opened from, which its start page asks for a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opener {
    /// Its origin, as its browser told it (RFC 6454), registered with the widget.
    pub origin: String,
    /// The hash of the proof that only this page was given.
    pub proof: TokenHash,
}

/// By what an attempt ends: a use case that is posted, or a window that comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInMethod {
    /// A use case is posted.
    Sandbox,
    /// A popup goes to the provider, by a start address whose token has this hash.
    Popup(TokenHash),
}

/// Whether the widget that began an attempt shows a choice of companies wherever a sign-in opens several. Railz Connect
/// 2.23 shows one at its held services only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChoiceScreen {
    /// At held services only.
    #[default]
    HeldServicesOnly,
    /// Wherever there are several.
    Shown,
}

/// How far an attempt is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nobody has signed in yet.
    Open,
    /// A popup is at the provider.
    AtProvider(AuthorizationRequest),
    /// The callback came; the code is being exchanged.
    Finishing,
    /// No callback is accepted any more; this is how it ended.
    Ended(Outcome),
}

/// What ties a callback to the browser that was sent to the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationRequest {
    /// The hash of OAuth's `state`.
    pub state: TokenHash,
    /// The hash of the popup's cookie.
    pub cookie: TokenHash,
    /// The PKCE verifier (RFC 7636), sealed.
    pub verifier: Sealed,
}

/// The stage that a transition began from: the store writes over this one only (an optimistic lock).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpectedStage {
    /// The stage's word, see [`Stage::word`].
    pub stage: &'static str,
    /// The hash of OAuth's `state`, while a popup is at the provider.
    pub state: Option<TokenHash>,
}

/// Why an attempt does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttemptError {
    /// It is over, or about to be.
    #[error("this sign-in is over already")]
    Ended,
    /// `expires_at` came before the callback did.
    #[error("this sign-in took too long")]
    Expired,
    /// The browser that comes back is not the one that was sent.
    #[error("this sign-in was started in another browser or window")]
    OtherBrowser,
}

impl Stage {
    /// The stage's word in the database.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::AtProvider(_) => "at_provider",
            Self::Finishing => "finishing",
            Self::Ended(_) => "ended",
        }
    }
}

/// The id of a new attempt: `ATT-` and this number.
pub fn new_id(number: Uuid) -> AttemptId {
    AttemptId::new(format!("ATT-{number}"))
}

impl Attempt {
    /// Who begins it, and signs in.
    pub fn visitor(&self) -> Visitor<'_> {
        Visitor { visit: &self.visit, session_kind: self.session_kind }
    }

    /// What must still stand in the store when this value's successor is written.
    pub fn expected_stage(&self) -> ExpectedStage {
        let state = match &self.stage {
            Stage::AtProvider(request) => Some(request.state),
            Stage::Open | Stage::Finishing | Stage::Ended(_) => None,
        };
        ExpectedStage { stage: self.stage.word(), state }
    }

    /// How it ended, if it did.
    pub fn outcome(&self) -> Option<Outcome> {
        match self.stage {
            Stage::Ended(outcome) => Some(outcome),
            Stage::Open | Stage::AtProvider(_) | Stage::Finishing => None,
        }
    }

    /// Whether a popup may still leave for the provider.
    ///
    /// # Errors
    /// [`AttemptError`] once a callback came or the time is over.
    pub fn check_may_leave(&self, now: Timestamp) -> Result<(), AttemptError> {
        match self.stage {
            Stage::Open | Stage::AtProvider(_) if self.expires_at > now => Ok(()),
            Stage::Open | Stage::AtProvider(_) => Err(AttemptError::Expired),
            Stage::Finishing | Stage::Ended(_) => Err(AttemptError::Ended),
        }
    }

    /// A popup leaves for the provider, for the first time or again; an earlier request is void from here on.
    ///
    /// # Errors
    /// As [`check_may_leave`](Self::check_may_leave).
    pub fn send_to_provider(
        self,
        request: AuthorizationRequest,
        now: Timestamp,
    ) -> Result<Self, AttemptError> {
        self.check_may_leave(now)?;
        Ok(Self { stage: Stage::AtProvider(request), ..self })
    }

    /// A browser comes back from the provider with this cookie. A wrong cookie changes nothing, so that whoever forges
    /// a callback cannot end somebody else's sign-in with it. Gives back the verifier, which leaves the attempt here.
    ///
    /// # Errors
    /// [`AttemptError`] where it is over, too late, or another browser.
    pub fn accept_callback(
        self,
        cookie: Option<TokenHash>,
        now: Timestamp,
    ) -> Result<(Self, Sealed), AttemptError> {
        match self.stage {
            Stage::AtProvider(request) if cookie != Some(request.cookie) => {
                drop(request);
                Err(AttemptError::OtherBrowser)
            }
            Stage::AtProvider(_) if self.expires_at <= now => Err(AttemptError::Expired),
            Stage::AtProvider(request) => {
                let expires_at = seconds_after(now, LONGEST_EXCHANGE_SECONDS);
                Ok((Self { stage: Stage::Finishing, expires_at, ..self }, request.verifier))
            }
            Stage::Open | Stage::Finishing | Stage::Ended(_) => Err(AttemptError::Ended),
        }
    }

    /// A use case was posted.
    ///
    /// # Errors
    /// [`AttemptError`] where one was posted before, or the time is over.
    pub fn post_use_case(self, outcome: Outcome, now: Timestamp) -> Result<Self, AttemptError> {
        match self.stage {
            Stage::Open if self.expires_at > now => Ok(self.end(outcome)),
            Stage::Open => Err(AttemptError::Expired),
            Stage::AtProvider(_) | Stage::Finishing | Stage::Ended(_) => Err(AttemptError::Ended),
        }
    }

    /// The attempt with this outcome; no stage follows.
    #[must_use]
    pub fn end(self, outcome: Outcome) -> Self {
        Self { stage: Stage::Ended(outcome), ..self }
    }
}
