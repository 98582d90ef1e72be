//! Authorisation requests that wait for a person, from the first page to the answer.

use std::time::Duration;

use super::bounded::Bounded;
use crate::{
    clock::{Clock, Moment},
    oauth::request::AuthorizationRequest,
    random::{RandomnessError, random_token},
};

/// How long a person may look at the consent page.
const REQUEST_LIFETIME: Duration = Duration::from_mins(10);
/// How long "answer late" takes.
pub const LATE_ANSWER: Duration = Duration::from_secs(5);

/// What the pages of one request say about the window that opened them, by `Cross-Origin-Opener-Policy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OpenerPolicy {
    /// No header: the window that opened this one keeps hold of it.
    #[default]
    None,
    /// `same-origin`: the browser cuts the two windows apart.
    SameOrigin,
    /// `same-origin-allow-popups`: the page keeps the windows that it opens, and is cut from the one that opened it.
    SameOriginAllowPopups,
    /// `noopener-allow-popups`: the same, from a page of its own site too.
    NoopenerAllowPopups,
}

impl OpenerPolicy {
    /// Reads the value of `Cross-Origin-Opener-Policy`; `off` is a page without one.
    pub fn read(value: &str) -> Option<Self> {
        let all = [Self::None, Self::SameOrigin, Self::SameOriginAllowPopups, Self::NoopenerAllowPopups];
        all.into_iter().find(|policy| policy.header().unwrap_or("off") == value)
    }

    /// The value of the header `Cross-Origin-Opener-Policy`, where the page has one.
    pub const fn header(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::SameOrigin => Some("same-origin"),
            Self::SameOriginAllowPopups => Some("same-origin-allow-popups"),
            Self::NoopenerAllowPopups => Some("noopener-allow-popups"),
        }
    }
}

/// How far a request has come.
#[derive(Debug, Clone)]
pub enum PendingState {
    /// The person has not chosen yet.
    Undecided,
    /// The person approved, and the answer leaves at `due`.
    ApprovedLate {
        /// When the answer leaves.
        due: Moment,
        /// The company that was chosen.
        company: String,
    },
}

/// One request and its pages.
#[derive(Debug, Clone)]
pub struct Pending {
    /// The service id it was made to.
    pub service: String,
    /// What is asked.
    pub request: AuthorizationRequest,
    /// Which header its pages carry.
    pub opener: OpenerPolicy,
    /// How far it has come.
    pub state: PendingState,
    expires: Moment,
}

/// The waiting requests, by an unguessable id that stands in the addresses of their pages.
#[derive(Debug)]
pub struct Requests(Bounded<Pending>);

impl Default for Requests {
    fn default() -> Self {
        Self(Bounded::new(500))
    }
}

impl Requests {
    /// Keeps a request and gives it an id.
    ///
    /// # Errors
    /// [`RandomnessError`] when no id can be made.
    pub fn open(
        &mut self,
        service: &str,
        request: AuthorizationRequest,
        opener: OpenerPolicy,
        clock: &Clock,
    ) -> Result<String, RandomnessError> {
        let id = random_token()?;
        let pending = Pending {
            service: service.to_owned(),
            request,
            opener,
            state: PendingState::Undecided,
            expires: clock.now().after(REQUEST_LIFETIME),
        };
        self.0.insert(id.clone(), pending);
        Ok(id)
    }

    /// The request of this id, if it was made to `service`, is unanswered and not too old.
    pub fn find(&mut self, service: &str, id: &str, now: Moment) -> Option<&mut Pending> {
        self.0.get_mut(id).filter(|pending| pending.service == service && now < pending.expires)
    }

    /// Takes a request out, since it is answered now.
    pub fn close(&mut self, id: &str) -> Option<Pending> {
        self.0.remove(id)
    }
}

impl Pending {
    /// Holds the approval back for as long as "answer late" says.
    pub fn approve_late(&mut self, company: String, now: Moment) {
        self.state = PendingState::ApprovedLate { due: now.after(LATE_ANSWER), company };
    }
}
