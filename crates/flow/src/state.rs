//! Where the widget stands: what became of the session, and while one is open the stage of it.
//!
//! A stage carries exactly the data that is valid there, in `state/STAGE.rs`. What happens at it is in `update/STAGE.rs`,
//! what is drawn of it in `view/STAGE.rs` or, where that is a line, in `view.rs`. All stages and arrows:
//! `docs/state-diagram.md`.

mod awaiting_address;
mod awaiting_sign_in;
mod bearer;
mod before_sign_in;
mod choosing;
mod choosing_account;
mod closing;
mod connected;
mod connecting_sandbox;
mod ended;
mod entering;
mod filling_sandbox_form;
mod last_question;
mod linking_bank;
mod loading;
mod web_connector;
mod window;

use railz_connect_contract::{AccessToken, SessionKind};

use crate::journey::JourneyStep;
use crate::session::Session;
use crate::ticket::{Ticket, Tickets};

pub use awaiting_address::AwaitingAddress;
pub use awaiting_sign_in::{LongPoll, SignIn, SignInTimeout};
pub use bearer::{Bearer, Renewal, Unanswered};
pub(crate) use bearer::{Patience, TokenUse};
pub use before_sign_in::BeforeSignIn;
pub use choosing::{Choosing, FinalPoll};
pub use choosing_account::{AccountStep, ChoosingAccount};
pub use closing::{Closing, ClosingStep};
pub use connected::{Connected, HandingOver};
pub use connecting_sandbox::{ConnectingSandbox, SandboxStep};
pub use ended::{Ended, Ending, Refusal};
pub use entering::{CredentialsError, Entering, EntryStep};
pub use filling_sandbox_form::{FillingSandboxForm, SandboxForm};
pub use last_question::LastQuestion;
pub use linking_bank::{BankStep, LinkingBank};
pub use loading::{Load, UnavailableCause};
pub(crate) use web_connector::file_name;
pub use web_connector::{ConnectorNotice, StatusPoll, WebConnector};
pub use window::Window;

/// The whole state of one widget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    pub(crate) tickets: Tickets,
    /// What became of the session.
    pub lifecycle: Lifecycle,
    pub(crate) heading: Heading,
    /// What the server is asked with.
    pub bearer: Bearer,
}

/// What makes a screen another one for the person in front of it. Kept, so that a screen is made once a turn and not to be
/// compared with the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    /// The screen's name.
    pub(crate) screen: &'static str,
    /// The step of the journey, while there is one.
    pub(crate) step: Option<JourneyStep>,
}

/// What became of the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lifecycle {
    /// It is being opened.
    Loading {
        /// The session request.
        request: Ticket,
        /// For the first time, or again.
        load: Load,
    },
    /// The server will not open one, or offers nothing.
    Unavailable {
        /// Whether the widget is not authorised, the business is unknown, or there is no service to connect.
        cause: UnavailableCause,
        /// Of which load.
        load: Load,
    },
    /// It could not be opened; trying again may help.
    LoadFailed {
        /// Of which load.
        load: Load,
    },
    /// It is open.
    Open {
        /// What the server opened, with the journey through it.
        session: Box<Session>,
        /// How far a person is with it.
        stage: Stage,
    },
    /// The person closes it, and hears no more of it; the server is asked once more.
    Closing(Closing),
    /// The widget was closed; nothing follows.
    Closed,
}

/// How far a person is with an open session. What is large is boxed, so that a turn moves a few words only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The root, to which everything comes back: the screen of the step where the journey is.
    Choosing(Choosing),
    /// Nobody has touched the page for long.
    Idle,
    /// The person reads where the window will lead.
    BeforeSignIn(BeforeSignIn),
    /// The window is open, or blocked; the address it goes to is being asked for.
    AwaitingAddress(AwaitingAddress),
    /// The person signs in elsewhere.
    AwaitingSignIn(Box<SignIn>),
    /// The person signed in, and chooses which company to connect.
    ChoosingAccount(ChoosingAccount),
    /// The person fills in the sandbox form.
    FillingSandboxForm(FillingSandboxForm),
    /// The use case was sent, and the sandbox makes a connection of it.
    ConnectingSandbox(ConnectingSandbox),
    /// The person enters credentials, or takes a file to another program.
    Entering(Box<Entering>),
    /// The person links a bank, over this page.
    LinkingBank(LinkingBank),
    /// A connection was made or renewed.
    Connected(Connected),
    /// No connection was made.
    Ended(Ended),
}

impl Stage {
    /// The root of the step where the journey is.
    pub(crate) fn root() -> Self {
        Self::Choosing(Choosing { final_poll: None })
    }

    fn name(&self, session: &Session) -> &'static str {
        match self {
            Self::Choosing(stage) => stage.name(session.journey.step),
            Self::Idle => "Idle",
            Self::BeforeSignIn(_) => "BeforeSignIn",
            Self::AwaitingAddress(_) => "AwaitingAddress",
            Self::AwaitingSignIn(sign_in) => sign_in.name(),
            Self::ChoosingAccount(stage) => stage.step.name(),
            Self::FillingSandboxForm(_) => "FillingSandboxForm",
            Self::ConnectingSandbox(stage) => stage.step.name(),
            Self::Entering(stage) => stage.step.name(),
            Self::LinkingBank(stage) => stage.step.name(),
            Self::Connected(stage) => stage.handing_over.name(),
            Self::Ended(_) => "Ended",
        }
    }
}

impl Lifecycle {
    pub(crate) fn session(&self) -> Option<&Session> {
        match self {
            Self::Loading { load, .. } | Self::Unavailable { load, .. } | Self::LoadFailed { load } => {
                load.session()
            }
            Self::Open { session, .. } | Self::Closing(Closing { session, .. }) => Some(session),
            Self::Closed => None,
        }
    }

    /// Whether the person is on the way out of this page already.
    pub(crate) fn is_leaving(&self) -> bool {
        match self {
            Self::Open { stage: Stage::Connected(stage), .. } => {
                !matches!(stage.handing_over, HandingOver::NotNeeded | HandingOver::Stuck)
            }
            Self::Closed => true,
            _ => false,
        }
    }
}

impl State {
    /// The session, where one is open or was open before.
    pub fn session(&self) -> Option<&Session> {
        self.lifecycle.session()
    }

    /// The token of the session that is to be ended when the widget goes: one that the page opened itself. Whoever else was
    /// given a minted one may go on with it.
    pub fn session_to_end(&self) -> Option<&AccessToken> {
        self.bearer.token.as_ref().filter(|_| self.bearer.kind == Some(SessionKind::Open))
    }

    /// Whether the page is left as soon as the server has said what the success page waits for, or has taken too long.
    pub fn is_about_to_hand_over(&self) -> bool {
        self.lifecycle.is_leaving()
            && matches!(self.stage(), Some(Stage::Connected(stage)) if !stage.handing_over.is_under_way())
    }

    /// The stage of an open session.
    pub fn stage(&self) -> Option<&Stage> {
        match &self.lifecycle {
            Lifecycle::Open { stage, .. } => Some(stage),
            _ => None,
        }
    }

    /// The name of where the widget stands, with the step of the stage, for tests and diagrams.
    pub fn name(&self) -> &'static str {
        match &self.lifecycle {
            Lifecycle::Loading { .. } => "Loading",
            Lifecycle::Unavailable { .. } => "Unavailable",
            Lifecycle::LoadFailed { .. } => "LoadFailed",
            Lifecycle::Open { session, stage } => stage.name(session),
            Lifecycle::Closing(closing) => match closing.step {
                ClosingStep::Finishing(_) => "Closing(finishing)",
                ClosingStep::Asking(LastQuestion::Status(_)) => "Closing(asking)",
                ClosingStep::Asking(LastQuestion::List(_)) => "Closing(listing)",
            },
            Lifecycle::Closed => "Closed",
        }
    }
}
