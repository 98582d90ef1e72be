//! How far a place is: the sandbox, the choice of a company, the hand-over, and why nothing was connected.

use railz_connect_contract::{AccountItem, ConnectionId, IntegrationUuid, UseCase};

use crate::{Field, Guide, HandOverForm, Refusal, Ticket};

/// The sandbox form of servers that cannot connect the sandbox with one press.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SandboxForm {
    /// The use case chosen.
    pub use_case: Option<UseCase>,
    /// The provider chosen.
    pub provider: Option<IntegrationUuid>,
    /// Whether it was sent with something missing.
    pub sent_incomplete: bool,
}

/// Which request of the sandbox is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SandboxStep {
    /// `/services/url`
    Address(Ticket),
    /// The use case.
    Login {
        /// The request.
        request: Ticket,
        /// The connection, where the server named it.
        connection_id: Option<ConnectionId>,
    },
    /// `/widget/status`
    Status {
        /// The request.
        request: Ticket,
        /// The connection, where the server named it.
        connection_id: Option<ConnectionId>,
    },
}

/// How far the choice of a company is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountStep {
    /// The list is asked for.
    Listing(Ticket),
    /// The person chooses from this list.
    Choosing(Vec<AccountItem>),
    /// The company is chosen; further addresses may be given.
    Extra {
        /// The company.
        account_id: String,
        /// The fields that are not right yet.
        problems: Vec<Field>,
        /// The instructions.
        guide: Guide,
    },
    /// The choice is on its way.
    Sending(Ticket),
    /// The choice is taken; the status will say how it ended.
    Confirming(Ticket),
}

/// How far the hand-over to the success page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandingOver {
    /// There is nothing to hand over to; the success screen stays.
    NotAsked,
    /// The page is being left.
    UnderWay {
        /// Fires if the page is still there.
        timer: Ticket,
        /// What was submitted.
        form: HandOverForm,
    },
    /// The page is still there; a button goes on by hand.
    Stuck {
        /// What will be submitted.
        form: HandOverForm,
    },
}

/// Why no connection was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The same company is connected already.
    Duplicate,
    /// It was refused.
    Refused(Refusal),
    /// What the person would have used could not be loaded.
    NotLoaded,
    /// It failed, perhaps with words of the server's.
    Failed(Option<String>),
}
