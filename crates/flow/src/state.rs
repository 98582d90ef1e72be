//! Where the journey stands. Each place carries exactly the data that is valid there.

mod sign_in;
mod steps;

use railz_connect_contract::{Connection, ConnectionId, UseCase};

use crate::ticket::Tickets;
use crate::{
    BankStep, Chosen, Entry, EntryStep, JourneyStep, Problem, Session, Ticket, UnavailableCause, Watch,
};

pub use sign_in::{Listening, Patience, SignIn, Window};
pub use steps::{AccountStep, Ending, HandingOver, SandboxForm, SandboxStep};

/// The whole state of one widget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    pub(crate) tickets: Tickets,
    /// Where the journey stands.
    pub place: Place,
}

/// Where the journey stands. What is large is boxed, so that a turn moves a few words only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The session is being opened.
    Loading {
        /// The session request.
        request: Ticket,
        /// For the first time, or again.
        visit: Visit,
    },
    /// The server will not open a session, or offers nothing.
    Unavailable {
        /// Why.
        cause: UnavailableCause,
        /// Of which visit.
        visit: Visit,
    },
    /// The session could not be opened; trying again may help.
    LoadFailed {
        /// Of which visit.
        visit: Visit,
    },
    /// The root, to which everything comes back: the screen of the step where the journey is.
    Choosing {
        /// The session.
        session: Box<Session>,
        /// A sign-in that was given up and asked about once more: a success that came just before still counts.
        farewell: Option<Farewell>,
    },
    /// The person reads where the window will lead.
    Before {
        /// The session.
        session: Box<Session>,
        /// The service.
        chosen: Box<Chosen>,
        /// What is wrong with the answer to the service's question.
        problem: Option<Problem>,
    },
    /// Nobody has touched the page for long.
    Idle {
        /// The session.
        session: Box<Session>,
    },
    /// The person fills in the sandbox form.
    FillingSandboxForm {
        /// The session.
        session: Box<Session>,
        /// The sandbox service.
        chosen: Box<Chosen>,
        /// What is filled in so far.
        form: SandboxForm,
    },
    /// The sandbox connects.
    ConnectingSandbox {
        /// The session.
        session: Box<Session>,
        /// The service that will be connected.
        chosen: Box<Chosen>,
        /// How it is to end.
        use_case: UseCase,
        /// The request under way.
        step: SandboxStep,
    },
    /// The window is open, or blocked; the address it goes to is being asked for.
    AwaitingAddress {
        /// The session.
        session: Box<Session>,
        /// The service.
        chosen: Box<Chosen>,
        /// Names the window.
        window_name: Ticket,
        /// The window.
        window: Window,
        /// The address request.
        request: Ticket,
    },
    /// The person signs in elsewhere.
    AwaitingSignIn {
        /// The session.
        session: Box<Session>,
        /// The sign-in.
        sign_in: Box<SignIn>,
    },
    /// The person signed in, and chooses which company to connect.
    ChoosingAccount {
        /// The session.
        session: Box<Session>,
        /// The service.
        chosen: Box<Chosen>,
        /// The connection that waits for the choice.
        connection_id: ConnectionId,
        /// How far the choice is.
        step: AccountStep,
    },
    /// The person enters credentials, or takes a file to another program.
    Entering {
        /// The session.
        session: Box<Session>,
        /// The service.
        chosen: Box<Chosen>,
        /// What was asked and answered.
        entry: Box<Entry>,
    },
    /// The person links a bank, over this page.
    LinkingBank {
        /// The session.
        session: Box<Session>,
        /// The banks.
        chosen: Box<Chosen>,
        /// How far it is.
        step: BankStep,
    },
    /// A connection was made or renewed.
    Connected {
        /// The session.
        session: Box<Session>,
        /// The service.
        chosen: Box<Chosen>,
        /// The connection.
        connection: Box<Connection>,
        /// How far the hand-over to the success page is.
        handing_over: HandingOver,
    },
    /// No connection was made.
    Ended {
        /// The session.
        session: Box<Session>,
        /// The service.
        chosen: Box<Chosen>,
        /// Why.
        ending: Ending,
    },
    /// The widget was closed; nothing follows.
    Left,
}

/// Which visit of the session call this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Visit {
    /// The host hears of its success. The page's focus is left where it is.
    First,
    /// A person asked for it after a failure; the host still waits to hear of a success.
    Retry,
    /// The host was told; the business stays the one it was.
    Again(Box<Session>),
}

/// A sign-in that was given up, asked about once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Farewell {
    pub(crate) request: Ticket,
    pub(crate) chosen: Box<Chosen>,
    pub(crate) connection_id: ConnectionId,
}

impl Place {
    /// The session, where one is open.
    pub fn session(&self) -> Option<&Session> {
        match self {
            Self::Loading { visit, .. } | Self::Unavailable { visit, .. } | Self::LoadFailed { visit } => {
                match visit {
                    Visit::Again(session) => Some(session),
                    Visit::First | Visit::Retry => None,
                }
            }
            Self::Choosing { session, .. }
            | Self::Before { session, .. }
            | Self::Idle { session }
            | Self::FillingSandboxForm { session, .. }
            | Self::ConnectingSandbox { session, .. }
            | Self::AwaitingAddress { session, .. }
            | Self::AwaitingSignIn { session, .. }
            | Self::ChoosingAccount { session, .. }
            | Self::Entering { session, .. }
            | Self::LinkingBank { session, .. }
            | Self::Connected { session, .. }
            | Self::Ended { session, .. } => Some(session),
            Self::Left => None,
        }
    }

    /// The place's name, for tests and diagrams.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Loading { .. } => "Loading",
            Self::Unavailable { .. } => "Unavailable",
            Self::LoadFailed { .. } => "LoadFailed",
            Self::Choosing { farewell: Some(_), .. } => "Choosing(farewell)",
            Self::Choosing { session, farewell: None } => match session.journey.step {
                JourneyStep::Attention => "Attention",
                JourneyStep::Overview => "Overview",
                JourneyStep::Kind(_) => "Choosing",
                JourneyStep::Summary => "Summary",
            },
            Self::Idle { .. } => "Idle",
            Self::Before { .. } => "Before",
            Self::FillingSandboxForm { .. } => "FillingSandboxForm",
            Self::ConnectingSandbox { step, .. } => match step {
                SandboxStep::Address(_) => "ConnectingSandbox(address)",
                SandboxStep::Login { .. } => "ConnectingSandbox(login)",
                SandboxStep::Status { .. } => "ConnectingSandbox(status)",
            },
            Self::AwaitingAddress { .. } => "AwaitingAddress",
            Self::AwaitingSignIn { sign_in, .. } => match (&sign_in.patience, &sign_in.listening) {
                (_, Listening::Over) => "AwaitingSignIn(over)",
                (Patience::Over, _) => "AwaitingSignIn(late)",
                (Patience::Waiting(_), Listening::Polling { .. }) => "AwaitingSignIn(polling)",
                (Patience::Waiting(_), Listening::Resting { .. }) => "AwaitingSignIn(resting)",
            },
            Self::ChoosingAccount { step, .. } => match step {
                AccountStep::Listing(_) => "ChoosingAccount(listing)",
                AccountStep::Choosing(_) => "ChoosingAccount",
                AccountStep::Extra { .. } => "ChoosingAccount(extra)",
                AccountStep::Sending(_) => "ChoosingAccount(sending)",
                AccountStep::Confirming(_) => "ChoosingAccount(confirming)",
            },
            Self::Entering { entry, .. } => match &entry.step {
                EntryStep::Beginning(_) => "Entering(beginning)",
                EntryStep::Filling { .. } => "Entering",
                EntryStep::Checking(_) => "Entering(checking)",
                EntryStep::Confirming(_) => "Entering(confirming)",
                EntryStep::Connector(connector) => match connector.watch {
                    Watch::Asking(_) => "Entering(connector, asking)",
                    Watch::Resting(_) => "Entering(connector, resting)",
                },
            },
            Self::LinkingBank { step, .. } => match step {
                BankStep::Asking(_) => "LinkingBank(asking)",
                BankStep::Opening(_) => "LinkingBank(opening)",
                BankStep::Open(_) => "LinkingBank(open)",
                BankStep::Sending(_) => "LinkingBank(sending)",
                BankStep::Confirming { .. } => "LinkingBank(confirming)",
            },
            Self::Connected { handing_over, .. } => match handing_over {
                HandingOver::NotAsked => "Connected",
                HandingOver::UnderWay { .. } => "Connected(handing over)",
                HandingOver::Stuck { .. } => "Connected(stuck)",
            },
            Self::Ended { .. } => "Ended",
            Self::Left => "Left",
        }
    }
}
