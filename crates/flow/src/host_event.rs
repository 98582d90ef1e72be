//! What the host hears, in the names of Railz Connect 2.23: three callbacks, four event names, eight error codes.
//! The fourth callback, `onEvent`, is counted in `funnel.rs`.

use railz_connect_contract::{BusinessName, BusinessUuid, ConnectionId, ServiceAccountRef, ServiceName};

use crate::json::JsonText;

/// One call of a host's callback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostEvent {
    /// `onSuccess("load", …)`: the widget is usable.
    Loaded(Parties),
    /// `onSuccess("authorization", …)`: a connection was made or renewed.
    Authorized {
        /// The session's business, and the host's own data.
        parties: Parties,
        /// The one that was made or renewed.
        connection_id: ConnectionId,
        /// The id of the service that was connected.
        service: ServiceName,
        /// The account at the service, where it has an id.
        account: Option<ServiceAccountRef>,
    },
    /// `onError(…)`.
    Error {
        /// Which of the three event names.
        event: EventName,
        /// Whose; empty when no session came about.
        parties: Parties,
        /// The connection in question, if there is one.
        connection_id: Option<ConnectionId>,
        /// The service in question, if there is one.
        service: Option<ServiceName>,
        /// What is wrong.
        error: HostError,
    },
    /// `onExit("exit", …)`.
    Exit(Parties),
}

/// Who an event speaks of. Before a session came about there is no business, and the keys are absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    /// The business's name as the session says it.
    pub business_name: Option<BusinessName>,
    /// The business's id as the session says it.
    pub business_uuid: Option<BusinessUuid>,
    /// The host's own data as the server echoed it; `None` is `null`, and the key is always there.
    pub metadata: Option<JsonText>,
}

/// The first argument of a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventName {
    /// `load`: up to the first screen.
    Load,
    /// `authorization`: of one service.
    Authorization,
    /// `timeout`: nobody finished the sign-in in time; a success may still follow.
    Timeout,
}

impl EventName {
    /// The word the host sees.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Authorization => "authorization",
            Self::Timeout => "timeout",
        }
    }
}

/// What is wrong, for the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostError {
    /// What `errorCode` says.
    pub code: ErrorCode,
    /// What `errorMessage` says.
    pub text: ErrorText,
    /// `rawError`: the server's message. Never a header, a token or a response body.
    pub raw: Option<String>,
}

/// Where the words of an error come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorText {
    /// The widget's own words for the code.
    OfCode,
    /// The server's words.
    Server(String),
    /// The success page could not be reached by the hand-over.
    HandOverStuck,
}

/// `errorCode`: what a host may decide by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// The session, or the widget itself, is not authorised.
    Authentication,
    /// No business with the given id.
    BusinessNotFound,
    /// The same company is connected already.
    DuplicateAccount,
    /// The service refused the person's credentials.
    UnauthorizedCredentials,
    /// The person may not, or did not want to, grant the access.
    InsufficientPermission,
    /// The service refused the application's own credentials.
    UnauthorizedClientIdKey,
    /// The waiting time is over.
    Timeout,
    /// Everything else.
    General,
}

impl ErrorCode {
    /// The word the host sees.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Authentication => "authentication",
            Self::BusinessNotFound => "businessNotFound",
            Self::DuplicateAccount => "duplicateAccount",
            Self::UnauthorizedCredentials => "unauthorizedCredentials",
            Self::InsufficientPermission => "insufficientPermission",
            Self::UnauthorizedClientIdKey => "unauthorizedClientIdKey",
            Self::Timeout => "timeout",
            Self::General => "general",
        }
    }
}
