//! What a host may count: how many people open the widget, pick a service, sign in, and get where.
//!
//! A pure observer beside the machine: it looks at the state and the event before a turn and at the step after it, and
//! changes nothing. What it says is free of personal data: names of services, codes, and the length of what was searched for.

use railz_connect_contract::ServiceName;

use crate::effect::{Effect, Request};
use crate::event::{Event, UserEvent};
use crate::host_event::{ErrorCode, ErrorText, HostEvent};
use crate::journey::JourneyStep;
use crate::state::{Lifecycle, Stage, State, Window};
use crate::steps;
use crate::ticket::Ticket;
use crate::update::Step;

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
    /// A person left.
    Exited,
    /// A search ended in a pick, or with the list being left.
    SearchUsed {
        /// How many characters it had.
        length: usize,
    },
}

impl FunnelEvent {
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

/// What was the case before a turn, as far as it is counted.
#[derive(Clone, Debug)]
pub struct FunnelSnapshot {
    /// Is counted if the turn leads away from the list.
    if_left: Vec<FunnelEvent>,
    /// Is counted in any case.
    seen: Option<FunnelEvent>,
    list: Option<JourneyStep>,
    /// The service under way.
    service: Option<ServiceName>,
}

impl FunnelSnapshot {
    /// Takes down what is the case, and what happens next.
    pub fn take(state: &State, event: &Event) -> Self {
        let under_way = state.stage().and_then(window_of);
        let seen = match (event, &under_way) {
            (Event::WindowBlocked(ticket), Some((window, service))) if is_open(*window, *ticket) => {
                Some(FunnelEvent::WindowBlocked((*service).clone()))
            }
            (Event::WindowClosed(ticket), Some((window, service))) if is_open(*window, *ticket) => {
                Some(FunnelEvent::WindowClosed((*service).clone()))
            }
            _ => None,
        };
        Self {
            if_left: leaving_the_list(state, event),
            seen,
            list: list_of(state),
            service: under_way.map(|(_, service)| service.clone()),
        }
    }

    /// What is to be counted of what came of it.
    pub fn compare(self, step: &Step) -> Vec<FunnelEvent> {
        let left = self.list.is_some() && self.list != list_of(&step.state);
        let asks =
            |effect: &Effect| matches!(effect, Effect::SendRequest { request: Request::Address { .. }, .. });
        let begins = step.effects.iter().any(asks);
        let of_effects = step.effects.iter().filter_map(|effect| match effect {
            Effect::SendRequest { request: Request::Address { service, .. }, .. } => {
                Some(FunnelEvent::SignInStarted(service.clone()))
            }
            Effect::SendRequest { request: Request::LinkToken { .. }, .. } => {
                Some(FunnelEvent::SignInStarted(ServiceName::new(BANKS)))
            }
            Effect::OpenWindow { .. } if !begins => self.service.clone().map(FunnelEvent::WindowReopened),
            Effect::NotifyHost(event) => count(event),
            _ => None,
        });
        self.if_left.into_iter().filter(|_| left).chain(self.seen).chain(of_effects).collect()
    }
}

/// The list a person stands before, by its step.
fn list_of(state: &State) -> Option<JourneyStep> {
    match &state.lifecycle {
        Lifecycle::Open { session, stage: Stage::Choosing(_) } => Some(session.journey.step),
        _ => None,
    }
}

fn leaving_the_list(state: &State, event: &Event) -> Vec<FunnelEvent> {
    let (Lifecycle::Open { session, stage: Stage::Choosing(_) }, Event::User(user)) =
        (&state.lifecycle, event)
    else {
        return Vec::new();
    };
    let length = session.journey.query.trim().chars().count();
    let selected = match user {
        UserEvent::Pick(uuid) => {
            steps::pick(session, uuid).map(|service| (session.connected(&service).is_some(), service.name))
        }
        UserEvent::Renew(id) => session.renew(id).map(|service| (true, service.name)),
        _ => None,
    };
    let search = (length > 0).then_some(FunnelEvent::SearchUsed { length });
    let selected = selected.map(|(renewing, service)| FunnelEvent::ServiceSelected { service, renewing });
    search.into_iter().chain(selected).collect()
}

fn window_of(stage: &Stage) -> Option<(Window, &ServiceName)> {
    match stage {
        Stage::AwaitingAddress(stage) => Some((stage.window, &stage.service.name)),
        Stage::AwaitingSignIn(sign_in) => Some((sign_in.window, &sign_in.service.name)),
        _ => None,
    }
}

fn is_open(window: Window, ticket: Ticket) -> bool {
    window == Window::Open(ticket)
}

fn count(event: &HostEvent) -> Option<FunnelEvent> {
    match event {
        HostEvent::Loaded(_) => Some(FunnelEvent::Opened),
        HostEvent::Exit(_) => Some(FunnelEvent::Exited),
        HostEvent::Authorized { service, .. } => {
            Some(FunnelEvent::Outcome { service: service.clone(), error: None })
        }
        HostEvent::Error { service: Some(service), error, .. } if error.text != ErrorText::HandOverStuck => {
            Some(FunnelEvent::Outcome { service: service.clone(), error: Some(error.code) })
        }
        HostEvent::Error { .. } => None,
    }
}
