//! Authorisation requests that wait for a person, from the first page to the answer.

use super::{LATE, REQUEST_LIFE, bounded::Bounded};
use crate::{
    oauth::request::AuthorizationRequest,
    world::{Moment, NoRandomness, World},
};

/// What the pages of one request say about the window that opened them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Opener {
    /// No header: the window that opened this one keeps hold of it.
    #[default]
    Kept,
    /// `Cross-Origin-Opener-Policy: same-origin`: the browser cuts the two windows apart.
    Severed,
}

/// How far a request has come.
#[derive(Debug, Clone)]
pub enum Stage {
    /// The person has not chosen yet.
    Asking,
    /// The person approved, and the answer leaves at `due`.
    Late {
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
    pub opener: Opener,
    /// How far it has come.
    pub stage: Stage,
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
    /// [`NoRandomness`] when no id can be made.
    pub fn open(
        &mut self,
        service: &str,
        request: AuthorizationRequest,
        opener: Opener,
        world: &World,
    ) -> Result<String, NoRandomness> {
        let id = world.token()?;
        let pending = Pending {
            service: service.to_owned(),
            request,
            opener,
            stage: Stage::Asking,
            expires: world.now().after(REQUEST_LIFE),
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
    pub fn hold_back(&mut self, company: String, now: Moment) {
        self.stage = Stage::Late { due: now.after(LATE), company };
    }
}
