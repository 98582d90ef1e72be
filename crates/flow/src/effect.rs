//! What the shell is asked to do, as data. Effects run after the new state is stored, in their order.

use railz_connect_contract::{
    AccessToken, AttemptId, BusinessName, BusinessUuid, ConnectionId, ConnectionToken, ConnectorPassword,
    IntegrationUuid, LinkToken, PublicToken, ServiceName, StartProof, UseCase,
};

use crate::config::{AfterSuccess, EndpointSource};
use crate::event::RequestError;
use crate::form::FormValues;
use crate::host_event::HostEvent;
use crate::question::Question;
use crate::service::ConnectionTarget;
use crate::state::Patience;
use crate::ticket::Ticket;

/// Something for the shell to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send a request to the server.
    SendRequest {
        /// Comes back with the response.
        ticket: Ticket,
        /// The bearer token to ask with; none for the call that opens a session of the page's own.
        token: Option<AccessToken>,
        /// What is asked for.
        request: Request,
    },
    /// Send a request once more that the server refused for its token (status 401), or that brought no answer. Until this or a
    /// [`Cancel`](Self::Cancel) the shell keeps such a request ([`Request::is_kept_after`]).
    RepeatRequest {
        /// The one under which it was sent first; it comes back with the response.
        ticket: Ticket,
        /// The token that the session has now.
        token: AccessToken,
    },
    /// Ask the host for a token of a session that goes on from this one (`getSession`).
    GetSession(Ticket),
    /// Cancel a request, a timer or a fetch of instructions; nothing may come of it any more.
    Cancel(Ticket),
    /// Start a timer.
    StartTimer {
        /// Comes back when it fires.
        ticket: Ticket,
        /// In how many milliseconds.
        after_ms: u32,
        /// How many milliseconds the shell adds at most, by chance: widgets that all lost one server do not come back to it in
        /// one moment.
        spread_ms: u32,
    },
    /// Open the sign-in window, at once, with a loading page of ours in it.
    OpenWindow {
        /// Comes back in the window's events.
        ticket: Ticket,
        /// Names the window: one name an attempt, so that opening it again takes the same one where it is still there.
        name: Ticket,
        /// What the loading page says is being opened.
        service: ServiceName,
        /// The server's name for it.
        display_name: Option<String>,
    },
    /// Send the window on its way, and listen to the start page that it comes to.
    SendWindow {
        /// The ticket of the [`OpenWindow`](Self::OpenWindow) that opened it.
        ticket: Ticket,
        /// Where to.
        url: String,
    },
    /// Tell the start page in the window that it was opened by this page.
    ProveStart {
        /// The ticket of the [`OpenWindow`](Self::OpenWindow) that opened it.
        ticket: Ticket,
        /// What proves it.
        proof: StartProof,
    },
    /// Close the window if it can still be reached, and stop watching and listening to it.
    CloseWindow(Ticket),
    /// Call the host back.
    NotifyHost(HostEvent),
    /// Submit the form to the success page, and listen whether the page's policy refuses it.
    HandOver(HandOverForm),
    /// Leave the page.
    Navigate(String),
    /// Move the focus to the heading of the new screen.
    FocusHeading,
    /// Move the focus to the first field that is not right.
    FocusProblem,
    /// Fetch a service's instructions.
    LoadGuide {
        /// Comes back with them.
        ticket: Ticket,
        /// The service that they are about; it names the module that is loaded.
        service: ServiceName,
    },
    /// Load the banks' script, unless it is there, and open it over the page.
    OpenBankLink {
        /// Comes back with each of its events.
        ticket: Ticket,
        /// Where the script is; the banks' own where the server does not say.
        script_url: Option<String>,
        /// What it opens with.
        token: LinkToken,
    },
    /// Take what the banks' script has put over the page away.
    CloseBankLink(Ticket),
    /// Put the connector's password into the clipboard.
    Copy(ConnectorPassword),
    /// Have the browser save a file.
    Save {
        /// The file's name.
        name: String,
        /// The file's whole content, saved as UTF-8.
        text: String,
    },
    /// Take the widget off the page.
    Unmount,
    /// Say something on the developer's console.
    Report(Report),
}

/// A request to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// `POST /widget/session/{widgetId}`; the rest comes from the configuration.
    Session {
        /// The business as known so far.
        business_name: Option<BusinessName>,
        /// The business's id as known so far.
        business_uuid: Option<BusinessUuid>,
        /// The token of the session that this one goes on from.
        previous: Option<AccessToken>,
    },
    /// `GET /services/url`
    Address {
        /// What is to be connected.
        service: ServiceName,
        /// Through which of the widget's offers; none for a provider of the sandbox form.
        integration: Option<IntegrationUuid>,
        /// What the service asked before, and the answer.
        answer: Option<(Question, String)>,
        /// Which connection it is for.
        target: ConnectionTarget,
    },
    /// `GET /widget/connection/updates/{connectionId}`
    Updates {
        /// The connection that the attempt makes or renews.
        connection_id: ConnectionId,
        /// The attempt, where the server named it.
        attempt_id: Option<AttemptId>,
        /// For how long the server may hold the request, in milliseconds; 0 asks for an answer now.
        wait_ms: u32,
    },
    /// `POST` of the use case to the address that `/services/url` gave.
    SandboxLogin {
        /// Absolute, or a path on the server.
        url: String,
        /// How it is to end.
        use_case: UseCase,
    },
    /// `GET /{service}/account`
    Accounts {
        /// The service that was signed in to.
        service: ServiceName,
    },
    /// `POST /{service}/account`
    ChooseAccount {
        /// The service that was signed in to.
        service: ServiceName,
        /// The chosen company, by its id at the service.
        account_id: String,
        /// The connection that waits for the choice.
        connection_id: ConnectionId,
        /// The web services addresses that the person filled in.
        web_services: FormValues,
    },
    /// `POST /{service}/account` with credentials.
    Credentials {
        /// The service that they are for.
        service: ServiceName,
        /// What was typed, by the names of the fields; does not print.
        values: FormValues,
    },
    /// `POST /plaid/createLinkToken`
    LinkToken {
        /// The bank that is to work again.
        connection_id: Option<ConnectionId>,
    },
    /// `POST /plaid/setAccessToken`
    SetAccessToken {
        /// What the banks' script ended with.
        public_token: PublicToken,
    },
    /// `PATCH /plaid/updateConnection`
    UpdateConnection {
        /// The bank that was signed in to again.
        connection_id: ConnectionId,
    },
    /// `GET /widget/status`
    Status,
    /// `POST /widget/connectionToken`
    ConnectionToken,
}

impl Request {
    /// With which patience it is sent: what only asks, or does nothing when it is done a second time, may be sent once more.
    pub(crate) fn patience(&self) -> Patience {
        match self {
            Self::Updates { wait_ms: 1.., .. } => Patience::Endless,
            Self::Updates { .. }
            | Self::Accounts { .. }
            | Self::ChooseAccount { .. }
            | Self::UpdateConnection { .. }
            | Self::Status => Patience::Limited,
            Self::Session { .. }
            | Self::Address { .. }
            | Self::SandboxLogin { .. }
            | Self::Credentials { .. }
            | Self::LinkToken { .. }
            | Self::SetAccessToken { .. }
            | Self::ConnectionToken => Patience::None,
        }
    }

    /// Whether the shell keeps it after this error, since a [`RepeatRequest`](Effect::RepeatRequest) or a
    /// [`Cancel`](Effect::Cancel) follows.
    pub fn is_kept_after(&self, error: &RequestError) -> bool {
        error.is_token_refused() || self.patience().outlasts(error)
    }

    /// Whether the response may settle an attempt. The shell keeps the `serviceAccountRef` of each connection in it as it
    /// came, since a host is given the whole of it and [`HostEvent::Authorized`] carries what the contract names alone.
    pub fn settles_connections(&self) -> bool {
        matches!(self, Self::Updates { .. } | Self::Status { .. })
    }
}

/// The form that takes the connection to the success page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOverForm {
    /// Where to and how.
    pub to: AfterSuccess,
    /// The fields, in their order.
    pub fields: Vec<FormField>,
    /// What the server signed of it, as the last field of this name; none where it signed nothing, or not in time.
    pub connection_token: Option<ConnectionToken>,
}

/// One field of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormField {
    /// The field's name.
    pub name: &'static str,
    /// What the success page receives under that name, not yet encoded for the form or the query.
    pub value: String,
}

/// Something for the developer's console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// Which server is spoken to, and who said so.
    Endpoint {
        /// Its base address.
        url: String,
        /// Who said so.
        source: EndpointSource,
    },
    /// An option that this widget does not know.
    UnknownOption(String),
    /// An option by an older name.
    OlderOption {
        /// What the host wrote.
        older: &'static str,
        /// The one that took its place.
        newer: &'static str,
    },
    /// A service that is left out although the widget does not have it.
    NotOffered(ServiceName),
}
