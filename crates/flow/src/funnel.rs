//! What a host may count: how many people open the widget, pick a service, sign in, and get where.
//!
//! Each is counted where it happens and travels with the step ([`Step::counted`](crate::Step)), beside the effects. What it
//! says is free of personal data: names of services, codes, and the length of what was searched for.

use railz_connect_contract::ServiceName;

use crate::effect::Request;
use crate::host_event::{ErrorCode, ErrorText, HostEvent};

/// Something to count. The names for hosts are in [`FunnelEvent::name`] and stay as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FunnelEvent {
    /// The services are there to be seen.
    Opened,
    /// A service was picked.
    ServiceSelected {
        /// Its id, as the server names it (`quickbooks`).
        service: ServiceName,
        /// Whether an existing connection is to be renewed.
        renewing: bool,
    },
    /// An attempt began.
    SignInStarted(ServiceName),
    /// The browser did not open the window.
    WindowBlocked(ServiceName),
    /// The window is gone, or cut off from the page.
    WindowClosed(ServiceName),
    /// The window was opened once more for the same attempt.
    WindowReopened(ServiceName),
    /// An attempt ended, or was waited for in vain.
    Outcome {
        /// What was to be connected.
        service: ServiceName,
        /// What went wrong; nothing did where there is none.
        error: Option<ErrorCode>,
    },
    /// The page was left, or the widget closed, while an attempt may have connected something and nobody could say it.
    OutcomeUnknown(ServiceName),
    /// A person left.
    Exited,
    /// A search ended in a pick, or with the list being left.
    SearchUsed {
        /// How many characters it had.
        length: usize,
    },
}

impl FunnelEvent {
    /// What begins with a request.
    pub(crate) fn of_request(request: &Request) -> Option<Self> {
        match request {
            Request::Address { service, .. } => Some(Self::SignInStarted(service.clone())),
            Request::LinkToken { .. } => Some(Self::SignInStarted(ServiceName::new(BANKS))),
            _ => None,
        }
    }

    /// What an event for the host's other callbacks means.
    pub(crate) fn of_host_event(event: &HostEvent) -> Option<Self> {
        match event {
            HostEvent::Loaded(_) => Some(Self::Opened),
            HostEvent::Exit(_) => Some(Self::Exited),
            HostEvent::Authorized { service, .. } => {
                Some(Self::Outcome { service: service.clone(), error: None })
            }
            HostEvent::Error { service: Some(service), error, .. }
                if error.text != ErrorText::HandOverStuck =>
            {
                Some(Self::Outcome { service: service.clone(), error: Some(error.code) })
            }
            HostEvent::Error { .. } => None,
        }
    }

    /// The event's name for hosts.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::ServiceSelected { .. } => "serviceSelected",
            Self::SignInStarted(_) => "signInStarted",
            Self::WindowBlocked(_) => "windowBlocked",
            Self::WindowClosed(_) => "windowClosed",
            Self::WindowReopened(_) => "windowReopened",
            Self::Outcome { .. } => "outcome",
            Self::OutcomeUnknown(_) => "outcomeUnknown",
            Self::Exited => "exited",
            Self::SearchUsed { .. } => "searchUsed",
        }
    }

    /// The service in question, where one is.
    pub fn service(&self) -> Option<&ServiceName> {
        match self {
            Self::ServiceSelected { service, .. }
            | Self::SignInStarted(service)
            | Self::WindowBlocked(service)
            | Self::WindowClosed(service)
            | Self::WindowReopened(service)
            | Self::OutcomeUnknown(service)
            | Self::Outcome { service, .. } => Some(service),
            Self::Opened | Self::Exited | Self::SearchUsed { .. } => None,
        }
    }
}

/// The service that stands for all banks.
const BANKS: &str = "plaid";

/// How an attempt ended, in one word.
pub fn outcome(error: Option<ErrorCode>) -> &'static str {
    match error {
        None => "connected",
        Some(ErrorCode::DuplicateAccount) => "duplicate",
        Some(ErrorCode::Timeout) => "timeout",
        Some(
            ErrorCode::UnauthorizedCredentials
            | ErrorCode::InsufficientPermission
            | ErrorCode::UnauthorizedClientIdKey,
        ) => "refused",
        Some(ErrorCode::Authentication | ErrorCode::BusinessNotFound | ErrorCode::General) => "failed",
    }
}
