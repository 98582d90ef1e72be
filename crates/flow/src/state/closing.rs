//! The person closes the widget, and something may have been connected of which nobody has heard.

use super::last_question::LastQuestion;
use crate::session::Session;
use crate::ticket::Ticket;

/// The widget closes as soon as the server has said what became of the attempts that are unheard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The session that was open.
    pub session: Box<Session>,
    /// What is waited for.
    pub step: ClosingStep,
    /// Fires when the person has waited long enough.
    pub limit: Ticket,
}

/// What a closing widget waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosingStep {
    /// The answer to what was on its way already, and may connect something.
    Finishing(Ticket),
    /// The answer to the last question.
    Asking(LastQuestion),
}
