//! What can happen: a person acts, a response comes, a timer fires, a window opens or goes.

use railz_connect_contract::{
    AccessToken, AccountItem, AddressResponse, BankResponse, Connection, ConnectionId, ConnectionToken,
    IntegrationUuid, LinkTokenResponse, PublicToken,
};

use crate::form::FormValues;
use crate::guide::GuideAnswer;
use crate::journey::JourneyStep;
use crate::session::SessionResponse;
use crate::ticket::Ticket;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A person acted.
    User(UserEvent),
    /// A request was answered, or failed.
    Response {
        /// The ticket of the [`SendRequest`](crate::Effect::SendRequest) that it belongs to; an old one is ignored.
        ticket: Ticket,
        /// The server's response as the shell read it, or why none can be used.
        result: Result<Response, RequestError>,
    },
    /// The answer that comes next says after how long to ask again (`Retry-After`).
    RetryAfter {
        /// The ticket of the request that it answers.
        ticket: Ticket,
        /// After how many milliseconds.
        after_ms: u32,
    },
    /// The host was asked for a token, and gave one or none.
    SessionToken {
        /// The ticket of the [`GetSession`](crate::Effect::GetSession) that asked for it.
        ticket: Ticket,
        /// The token, if what the host gave is one.
        token: Option<AccessToken>,
    },
    /// A timer's time is over.
    TimerFired(Ticket),
    /// The browser opened the window.
    WindowOpened(Ticket),
    /// The browser did not open the window.
    WindowBlocked(Ticket),
    /// The window is gone, or cut off from this page; the two cannot be told apart.
    WindowClosed(Ticket),
    /// The start page in the window asks whether it was opened by this page. The shell has checked that it is this window,
    /// and of the origin that the window was sent to.
    StartPageAsked(Ticket),
    /// Nobody has touched the page for half an hour.
    IdleTooLong,
    /// The page's policy refused the form to the success page.
    HandOverRefused,
    /// Instructions arrived, or could not be had.
    Guide {
        /// The ticket of the [`LoadGuide`](crate::Effect::LoadGuide) that asked for them.
        ticket: Ticket,
        /// What came.
        answer: GuideAnswer,
    },
    /// How a form is drawn is here now: the screen stays what it is, and is drawn again.
    FormLoaded,
    /// The banks' script has something to say.
    BankLink {
        /// Which opening of it.
        ticket: Ticket,
        /// What it says.
        event: BankLinkEvent,
    },
    /// Whether the password is in the clipboard now.
    Copied(bool),
    /// The page is shown again as it was when it was left, from the browser's memory (`pageshow` with `persisted`).
    PageRestored,
    /// Somebody looks at the page again: it is shown or has the focus after it was not or had not (`visibilitychange`,
    /// `focus`). A machine that slept comes back so too.
    PageSeen,
    /// The browser has a network again, or none any more (`online`, `offline`). It may be wrong: it knows of the machine's own
    /// connection only.
    NetworkChanged(Network),
}

/// What the browser says of the machine's connection (`navigator.onLine`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Network {
    /// There is one.
    #[default]
    Online,
    /// There is none.
    Offline,
}

/// What a person does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserEvent {
    /// Goes on to the next step: from the overview, past a kind, from what needs attention to everything else.
    Next,
    /// Presses a step of the progress bar.
    GoTo(JourneyStep),
    /// Ends the journey at its summary.
    Finish,
    /// Connects another one of the same kind after a success.
    AddAnother,
    /// Types into the search field.
    Search(String),
    /// Presses a service's tile.
    Pick(IntegrationUuid),
    /// Goes to the form with the other outcomes of the sandbox.
    OpenSandboxForm,
    /// Presses "reconnect" on an existing connection.
    Renew(ConnectionId),
    /// Agrees to go to the service; the window opens in this press.
    OpenWindow,
    /// Follows the link that stands in for a blocked window.
    FollowLink,
    /// Goes back, or stops waiting.
    Back,
    /// Tries again what failed.
    TryAgain,
    /// Connects the other company that was signed in to beside the one before, by signing in to it once more.
    ConnectOther,
    /// Chooses the company to connect, by its id.
    ChooseAccount(String),
    /// Sends the form of the screen.
    Submit(FormValues),
    /// Has the connector's password copied.
    CopyPassword,
    /// Has the connector's password shown, or hidden again.
    RevealPassword,
    /// Has the connector's file saved.
    SaveFile,
    /// Asks again for instructions that could not be had.
    LoadGuide,
    /// Goes on to the success page by hand, or back to the list after a success.
    Continue,
    /// Closes the widget.
    Close,
}

/// What the banks' script (Plaid Link) reports while it is open over the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BankLinkEvent {
    /// The script is loaded, and its dialog stands over the page.
    Opened,
    /// It could not be loaded.
    LoadFailed,
    /// A bank was linked, or signed in to again.
    Linked(PublicToken),
    /// The person left it.
    Exited,
    /// It gave up, perhaps with words for people.
    Failed(Option<String>),
}

/// What a request brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// The session as the server opened it.
    Session(Box<SessionResponse>),
    /// Where the sign-in begins.
    Address(AddressResponse),
    /// What happened to the attempt: nothing yet, or this.
    Update(Option<Box<Connection>>),
    /// The companies that the sign-in found.
    Accounts(Vec<AccountItem>),
    /// The business's connections.
    Connections(Vec<Connection>),
    /// Whether the service accepted the credentials that were sent.
    Credentials(CredentialCheck),
    /// What the banks' script opens with.
    LinkToken(LinkTokenResponse),
    /// The bank that was linked.
    Bank(BankResponse),
    /// What the server signed for the success page; nothing where there was nothing to sign.
    ConnectionToken(Option<ConnectionToken>),
    /// A success that says nothing more.
    Empty,
}

/// Whether the service accepted the credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialCheck {
    /// The service let the credentials in.
    Accepted {
        /// The connection, where the server names it.
        connection_id: Option<ConnectionId>,
        /// What there is to choose from; mostly nothing.
        entities: Vec<AccountItem>,
    },
    /// It did not, perhaps with what would be right.
    Rejected(Option<String>),
}

/// Why a request brought no response that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestError {
    /// No server was reached, or it did not answer in time.
    Unreachable,
    /// Something answered that does not speak the contract, such as a proxy's error page.
    Unreadable,
    /// The server refused, in its own words.
    Refused {
        /// The `statusCode` in the body.
        status: u16,
        /// The first message in the body.
        message: String,
    },
}

impl RequestError {
    /// Why a result is of no use where another kind of response was due.
    pub(crate) fn of(result: &Result<Response, Self>) -> &Self {
        result.as_ref().err().unwrap_or(&Self::Unreadable)
    }

    /// The error a host is told of, by the contract's reading of `statusCode`.
    pub(crate) fn is_not_authorised(&self) -> bool {
        matches!(self, Self::Refused { status: 401 | 403 | 404, .. })
    }

    /// Whether the server does not accept the token any more.
    pub fn is_token_refused(&self) -> bool {
        matches!(self, Self::Refused { status: 401, .. })
    }

    /// Whether what was asked for goes against what is the case by now.
    pub(crate) fn is_conflict(&self) -> bool {
        matches!(self, Self::Refused { status: 409, .. })
    }

    /// Whether asking again some time later may help. A 502 with words says how an attempt ended.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable | Self::Unreadable => true,
            Self::Refused { status: 502, .. } => self.words().is_none(),
            Self::Refused { status, .. } => *status == 429 || *status >= 500,
        }
    }

    /// Whether an answer to a poll says something of the attempt or of the session, as its status has it.
    pub(crate) fn settles_polls(&self) -> bool {
        matches!(self, Self::Refused { status: 401 | 403 | 404 | 410 | 502, .. })
    }

    /// The server's own words, if it said any.
    pub(crate) fn message(&self) -> Option<&str> {
        match self {
            Self::Refused { message, .. } if !message.is_empty() => Some(message),
            _ => None,
        }
    }

    /// The server's own words where a person can read them: see [`is_for_people`].
    pub(crate) fn words(&self) -> Option<&str> {
        self.message().filter(|message| is_for_people(message))
    }
}

/// Whether a message is a sentence. A code (`INTERNAL_ERROR`) or the name of a status ("Unauthorized", "Bad Gateway") is for
/// developers: they are one word, or each of their words begins with a capital letter.
pub(crate) fn is_for_people(message: &str) -> bool {
    !message.is_ascii()
        || message.as_bytes().windows(2).any(|pair| pair[0] == b' ' && pair[1].is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::is_for_people;

    /// Before, `INTERNAL_ERROR` and "Unauthorized" stood on the screen as they came.
    #[test]
    fn a_code_or_the_name_of_a_status_is_not_for_people_and_a_sentence_is() {
        for code in [
            "INTERNAL_ERROR",
            "Unauthorized",
            "Bad Gateway",
            "Internal Server Error",
            "invalid_grant",
            "E 1042",
            "",
        ] {
            assert!(!is_for_people(code), "{code}");
        }
        for sentence in ["The bank is asleep", "Out of paper", "Сервис не отвечает", "サービスは応答しません"]
        {
            assert!(is_for_people(sentence), "{sentence}");
        }
    }
}
