//! What the server is asked with: the session's token, which may run out at any moment, and how each request that is out
//! stands with it. What happens when it ran out is in `update/renewal.rs`.

use railz_connect_contract::{AccessToken, SessionKind};

use crate::event::{Network, RequestError};
use crate::substring;
use crate::ticket::Ticket;

/// The session's token, and the requests that were sent with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bearer {
    /// The token, in memory only; none until a session is open that the page opens itself.
    pub(crate) token: Option<AccessToken>,
    /// Who made the session; a server of 2.23 does not say.
    pub(crate) kind: Option<SessionKind>,
    /// The one before it, which may still be on its way.
    earlier: Option<AccessToken>,
    /// What is done about a token that ran out.
    pub renewal: Renewal,
    /// The request that is sent once more as long as nobody answers it; at most one such request is out.
    pub unanswered: Option<Unanswered>,
    /// Whether the server can be reached at all, as far as the browser knows.
    pub network: Network,
    requests: Vec<(Ticket, TokenUse)>,
}

/// A request that is sent once more as long as nobody answers it. What happens then is in `update/patience.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unanswered {
    pub(crate) request: Ticket,
    pub(crate) patience: Patience,
    /// How often in a row it brought no answer.
    pub failures: u32,
    /// For how long the server asked to be left alone, in milliseconds, until that is over.
    pub(crate) retry_after_ms: u32,
    /// Fires when the rest before the next try is over.
    pub rest: Option<Ticket>,
}

/// For how long a request that nobody answers is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Patience {
    /// Not at all: nobody knows what a second time would do.
    None,
    /// Some times; then whoever waits hears of it.
    Limited,
    /// As long as there is somebody who waits: a poll ends by what says something of the attempt, and by nothing else.
    Endless,
}

impl Patience {
    /// Whether a request of this patience is sent once more after this error.
    pub(crate) fn outlasts(self, error: &RequestError) -> bool {
        match self {
            Self::None => false,
            Self::Limited => error.may_pass(),
            Self::Endless => error.may_pass() || !error.settles_polls(),
        }
    }
}

/// What is done about a token that ran out. One renewal serves all requests that were refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Renewal {
    /// Nothing.
    #[default]
    NotNeeded,
    /// The host is asked for a new one.
    AskingHost {
        /// Comes back with the host's answer.
        ticket: Ticket,
        /// Fires when the host has had time enough.
        timer: Ticket,
    },
    /// The server is asked for the session that goes on from this one.
    OpeningSession(Ticket),
}

/// How a request that is out stands with the session's token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TokenUse {
    /// It was sent with the token that the session has now.
    Current,
    /// It was sent with the one before.
    Earlier,
    /// It was refused for its token, with these words, and waits for another one.
    Refused(RequestError),
    /// It was sent again, or needs no token: being refused is final.
    Last,
}

impl Bearer {
    /// The token with which a session goes on from this one, where the server knows how: one of 2.23 might refuse the field.
    pub(crate) fn previous(&self) -> Option<AccessToken> {
        self.token.clone().filter(|_| self.kind.is_some())
    }

    /// A server that answers with what it was sent would hand a token on (invariant 4).
    pub(crate) fn scrub(&self, words: &mut String) {
        for token in self.token.iter().chain(&self.earlier) {
            *words = substring::replace(words, token.expose(), "…");
        }
    }

    /// Remembers a request that is out until it is forgotten, and whether being refused for its token can be mended.
    pub(crate) fn note_sent(&mut self, ticket: Ticket, token_use: TokenUse) {
        self.requests.push((ticket, token_use));
    }

    /// Notes a request that may be sent once more.
    pub(crate) fn note_patience(&mut self, request: Ticket, patience: Patience) {
        if patience != Patience::None {
            self.unanswered =
                Some(Unanswered { request, patience, failures: 0, retry_after_ms: 0, rest: None });
        }
    }

    /// The request that may be sent once more, if it is this one.
    pub(crate) fn unanswered(&mut self, request: Ticket) -> Option<&mut Unanswered> {
        self.unanswered.as_mut().filter(|one| one.request == request)
    }

    /// The request was answered or given up.
    pub(crate) fn forget(&mut self, ticket: Ticket) {
        self.requests.retain(|(one, _)| *one != ticket);
    }

    /// How a request stands with the token, to be changed; none where it is not out any more.
    pub(crate) fn token_use(&mut self, ticket: Ticket) -> Option<&mut TokenUse> {
        self.requests.iter_mut().find(|(one, _)| *one == ticket).map(|(_, token_use)| token_use)
    }

    /// Takes out what waits for a token, with the words of its refusal.
    pub(crate) fn take_refused(&mut self) -> Vec<(Ticket, RequestError)> {
        let (mut refused, mut others) = (Vec::new(), Vec::new());
        for (ticket, token_use) in self.requests.drain(..) {
            match token_use {
                TokenUse::Refused(error) => refused.push((ticket, error)),
                token_use => others.push((ticket, token_use)),
            }
        }
        self.requests = others;
        refused
    }

    /// The renewal is over.
    pub(crate) fn forget_renewal(&mut self) {
        if let Renewal::OpeningSession(ticket) = std::mem::take(&mut self.renewal) {
            self.forget(ticket);
        }
    }

    /// The session has another token from now on.
    pub(crate) fn renew(&mut self, token: AccessToken, kind: Option<SessionKind>) {
        self.earlier = self.token.replace(token);
        self.kind = kind;
        for (_, token_use) in &mut self.requests {
            if *token_use == TokenUse::Current {
                *token_use = TokenUse::Earlier;
            }
        }
    }
}
