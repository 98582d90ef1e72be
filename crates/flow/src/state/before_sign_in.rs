//! Before the window opens: the person reads where it will lead, and answers what the service asks.

use crate::question::AnswerError;
use crate::service::SelectedService;

/// The person reads where the window will lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeforeSignIn {
    /// What is to be connected, as it was selected.
    pub service: Box<SelectedService>,
    /// What is wrong with the answer to the service's question.
    pub problem: Option<AnswerError>,
}
