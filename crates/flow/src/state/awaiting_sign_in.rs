//! A sign-in elsewhere: its window, how the server is listened to, and for how long.

use railz_connect_contract::{AttemptId, ConnectionId, StartProof};

use super::window::Window;
use crate::service::SelectedService;
use crate::ticket::Ticket;

/// A sign-in under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// What is to be connected, as it was selected.
    pub service: Box<SelectedService>,
    /// Where the window leads.
    pub url: String,
    /// What its start page is told when it asks, where the server gave it: as often as the window is opened.
    pub start_proof: Option<StartProof>,
    /// The connection it makes or renews.
    pub connection_id: ConnectionId,
    /// The attempt, where the server named it.
    pub attempt_id: Option<AttemptId>,
    /// Names the window.
    pub window_name: Ticket,
    /// What became of the sign-in window.
    pub window: Window,
    /// How the server is listened to.
    pub poll: LongPoll,
    /// Whether the waiting time is over.
    pub timeout: SignInTimeout,
    /// The timer that fires when the server accepts the end of the attempt no longer; none once it has, when one more answer of the
    /// server's is waited for.
    pub expiry: Option<Ticket>,
}

/// How the server is listened to: by requests that it holds until there is something to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LongPoll {
    /// The server holds a request.
    Waiting(Ticket),
    /// A short rest before the next request, until this timer fires.
    Resting(Ticket),
    /// The attempt has expired on the server; nothing more is asked.
    Ended,
}

/// Whether the waiting time (`options.sessionTimeout`) is over. Its end ends the waiting, not the attempt (invariant 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInTimeout {
    /// Until this timer fires.
    Running(Ticket),
    /// Over; the host was told.
    Elapsed,
}

impl SignIn {
    pub(crate) fn name(&self) -> &'static str {
        match (&self.timeout, &self.poll) {
            (_, LongPoll::Ended) => "AwaitingSignIn(over)",
            (SignInTimeout::Elapsed, _) => "AwaitingSignIn(late)",
            (SignInTimeout::Running(_), LongPoll::Waiting(_)) => "AwaitingSignIn(polling)",
            (SignInTimeout::Running(_), LongPoll::Resting(_)) => "AwaitingSignIn(resting)",
        }
    }
}
