//! What is to be drawn, without a word for people: the shell's text module has the words.

mod choosing;
mod forms;
mod frame;
mod service_label;

use railz_connect_contract::{AccountItem, Connection, ServiceKind, UseCase};

use crate::state::{Refusal, UnavailableCause};

pub use choosing::{
    ExistingConnection, Finish, Forward, Picker, SearchField, SummaryKind, Tile, Trouble, TroubleKind,
};
pub use forms::{ConnectorScreen, FieldsScreen, FormChoice, QuestionField};
pub use frame::{Link, ProgressStep, ThemeScope, Voice};
pub use service_label::ServiceLabel;

/// Everything that is drawn at one time: what the screen is about, and what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each says of one part whether it is there")]
pub struct Screen {
    /// Whether to say that this is a sandbox.
    pub sandbox: bool,
    /// Whether there is a close button.
    pub closable: bool,
    /// Who is spoken of, and in whose words.
    pub voice: Voice,
    /// How much of the host's theme counts.
    pub theme_scope: ThemeScope,
    /// The address of the host's logo.
    pub logo: Option<String>,
    /// The link to the host's terms.
    pub terms: Option<Link>,
    /// The link to the host's help.
    pub help: Option<Link>,
    /// Whom a person may write to, on the screens where something did not work.
    pub email: Option<String>,
    /// Whether the title stands on the first screens; a screen reader finds it in any case.
    pub header: bool,
    /// Whether there is a way back where there is another way on.
    pub back: bool,
    /// The progress bar; empty where there is none.
    pub progress: Vec<ProgressStep>,
    /// Whether to say that there is no network.
    pub offline: bool,
    /// What the screen is about.
    pub content: Content,
}

/// What a screen is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The session is being opened.
    Loading,
    /// Nothing can be connected.
    Unavailable(UnavailableCause),
    /// The session could not be opened; there is a "try again".
    LoadFailed,
    /// Connections that need a person.
    Attention {
        /// Who asks for the connection; may be empty.
        customer_name: String,
        /// Those that can be renewed here, each with what is wrong.
        connections: Vec<ExistingConnection>,
    },
    /// What there is to connect.
    Overview {
        /// Who asks for the connection; may be empty.
        customer_name: String,
        /// The kinds of services.
        kinds: Vec<ServiceKind>,
    },
    /// The list of services and connections.
    Picker(Box<Picker>),
    /// What was connected.
    Summary {
        /// The connections of each kind that the widget offers, in the order of the journey.
        kinds: Vec<SummaryKind>,
        /// What the end leads to.
        finish: Option<Finish>,
        /// Whether there is a way back.
        back: bool,
    },
    /// Nobody has touched the page for long.
    Idle,
    /// Where the window will lead, before it opens.
    Before {
        /// The service that the screen is about.
        service: ServiceLabel,
        /// What the service is for: books, a bank or a shop.
        kind: ServiceKind,
        /// Who asks for the connection; may be empty.
        customer_name: String,
        /// Whether an existing connection is renewed.
        renewing: bool,
        /// What the service asks before.
        question: Option<QuestionField>,
    },
    /// The sandbox form.
    SandboxForm {
        /// The use cases to choose from.
        use_cases: Vec<FormChoice<UseCase>>,
        /// The providers to choose from.
        providers: Vec<FormChoice<Tile>>,
        /// Whether a choice is missing.
        incomplete: bool,
    },
    /// The sandbox connects.
    Working(ServiceLabel),
    /// The window opens.
    Opening(ServiceLabel),
    /// The person signs in elsewhere.
    Waiting {
        /// The service that the screen is about.
        service: ServiceLabel,
        /// What is known of the window.
        window: WindowWords,
    },
    /// Which company to connect.
    Accounts {
        /// The service that the screen is about.
        service: ServiceLabel,
        /// What there is to choose from, in the service's order.
        accounts: Vec<AccountItem>,
    },
    /// Credentials are filled in.
    Credentials(Box<FieldsScreen>),
    /// The addresses of web services may be filled in.
    WebServices(Box<FieldsScreen>),
    /// A file is taken to QuickBooks Web Connector.
    Connector(Box<ConnectorScreen>),
    /// The banks' script is open over the page.
    BankLink(ServiceLabel),
    /// What the person would have used could not be loaded.
    NotLoaded(ServiceLabel),
    /// The browser did not open the window.
    Blocked {
        /// The service that the screen is about.
        service: ServiceLabel,
        /// What the link leads to.
        url: String,
    },
    /// The waiting time is over.
    Expired {
        /// The service that the screen is about.
        service: ServiceLabel,
        /// Whether the sign-in can still be finished.
        still_listening: bool,
    },
    /// The connection was refused.
    Refused {
        /// The service that the screen is about.
        service: ServiceLabel,
        /// The reason that the server gave; each has words of its own.
        refusal: Refusal,
    },
    /// Something failed.
    Failed {
        /// The service that the screen is about.
        service: ServiceLabel,
        /// The server's words, if it said any.
        message: Option<String>,
        /// Whether it may be connected all the same, since nobody has heard how an attempt at it ended.
        unheard: bool,
    },
    /// The same company is connected already.
    Duplicate(ServiceLabel),
    /// A connection was made or renewed.
    Connected {
        /// The service that the screen is about.
        service: ServiceLabel,
        /// The connected company's name, where the server told one.
        account_name: Option<String>,
        /// Whether it can be told which company it is.
        company: Company,
        /// What follows.
        done: Done,
        /// Whether another one of the kind can be connected.
        another: bool,
    },
}

/// What is known of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WindowWords {
    /// It is open.
    Open,
    /// It is gone, or cut off from this page.
    Closed,
    /// It was opened by the link and cannot be watched.
    Unwatched,
}

/// Whether it can be told which company was connected (`companyUnknown` and `replacedAt` of the contract).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Company {
    /// The service said which one it is.
    Known,
    /// It did not; the person is to check.
    Unknown,
    /// It did not, and there was a sign-in before, whose place was taken.
    Replaced,
}

impl Company {
    pub(crate) fn of(connection: &Connection) -> Self {
        match (connection.company_unknown, &connection.replaced_at) {
            (false, _) => Self::Known,
            (true, None) => Self::Unknown,
            (true, Some(_)) => Self::Replaced,
        }
    }
}

/// What follows a success.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Done {
    /// The screen stays.
    Stay,
    /// The page is being left.
    HandingOver,
    /// The page could not be left; a button goes on by hand.
    Stuck,
}

impl Content {
    /// Whether something did not work that whoever runs the page may know more of.
    pub(crate) fn is_trouble(&self) -> bool {
        matches!(
            self,
            Self::Unavailable(_)
                | Self::LoadFailed
                | Self::NotLoaded(_)
                | Self::Refused { .. }
                | Self::Failed { .. }
                | Self::Duplicate(_)
        )
    }

    /// The names of all screens. A test holds it against the screens that can be reached, and the gallery has a sample of
    /// each.
    pub const NAMES: &[&str] = &[
        "loading",
        "unavailable",
        "loadFailed",
        "attention",
        "overview",
        "picker",
        "summary",
        "idle",
        "before",
        "sandboxForm",
        "working",
        "opening",
        "waiting",
        "accounts",
        "credentials",
        "webServices",
        "connector",
        "bankLink",
        "notLoaded",
        "blocked",
        "expired",
        "refused",
        "failed",
        "duplicate",
        "connected",
        "handingOver",
        "handOverStuck",
    ];

    /// The screen's name in the page, `data-screen`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Unavailable(_) => "unavailable",
            Self::LoadFailed => "loadFailed",
            Self::Attention { .. } => "attention",
            Self::Overview { .. } => "overview",
            Self::Picker(_) => "picker",
            Self::Summary { .. } => "summary",
            Self::Idle => "idle",
            Self::Before { .. } => "before",
            Self::SandboxForm { .. } => "sandboxForm",
            Self::Working(_) => "working",
            Self::Opening(_) => "opening",
            Self::Waiting { .. } => "waiting",
            Self::Accounts { .. } => "accounts",
            Self::Credentials(_) => "credentials",
            Self::WebServices(_) => "webServices",
            Self::Connector(_) => "connector",
            Self::BankLink(_) => "bankLink",
            Self::NotLoaded(_) => "notLoaded",
            Self::Blocked { .. } => "blocked",
            Self::Expired { .. } => "expired",
            Self::Refused { .. } => "refused",
            Self::Failed { .. } => "failed",
            Self::Duplicate(_) => "duplicate",
            Self::Connected { done: Done::Stay, .. } => "connected",
            Self::Connected { done: Done::HandingOver, .. } => "handingOver",
            Self::Connected { done: Done::Stuck, .. } => "handOverStuck",
        }
    }
}
