//! The root: the person chooses a service, or a step of the journey.

use railz_connect_contract::ConnectionId;

use crate::journey::JourneyStep;
use crate::service::SelectedService;
use crate::ticket::Ticket;

/// The root, to which everything comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choosing {
    /// Under way where a person came here by giving up a sign-in.
    pub final_poll: Option<FinalPoll>,
}

/// One last question about a sign-in that was given up: a success that came just before still counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinalPoll {
    pub(crate) request: Ticket,
    pub(crate) service: Box<SelectedService>,
    pub(crate) connection_id: ConnectionId,
}

impl Choosing {
    pub(crate) fn name(&self, step: JourneyStep) -> &'static str {
        match (&self.final_poll, step) {
            (Some(_), _) => "Choosing(final poll)",
            (None, JourneyStep::Attention) => "Attention",
            (None, JourneyStep::Overview) => "Overview",
            (None, JourneyStep::Kind(_)) => "Choosing",
            (None, JourneyStep::Summary) => "Summary",
        }
    }
}
