//! What a host may count: how many people open the widget, pick a service, sign in, and get where.
//!
//! A pure observer beside the machine: it looks at the state and the event before a turn and at the step after it, and
//! changes nothing. What it says is free of personal data: names of services, codes, and the length of what was searched for.

use railz_connect_contract::ServiceName;

use crate::state::Window;
use crate::{
    Effect, ErrorCode, ErrorText, Event, HostEvent, JourneyStep, Place, Request, State, Step, Ticket,
    UserEvent,
};

/// Something to count. The names for hosts are in [`Funnel::name`] and stay as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Funnel {
    /// The services are there to be seen.
    Opened,
    /// A service was picked.
    ServiceSelected {
        /// Which.
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
        /// The service.
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

impl Funnel {
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
pub struct Glance {
    /// Is counted if the turn leads away from the list.
    if_left: Vec<Funnel>,
    /// Is counted in any case.
    seen: Option<Funnel>,
    list: Option<JourneyStep>,
    /// The service under way.
    service: Option<ServiceName>,
}

impl Glance {
    /// Looks at what is the case, and at what happens next.
    pub fn before(state: &State, event: &Event) -> Self {
        let place = &state.place;
        let under_way = window_of(place);
        let seen = match (event, &under_way) {
            (Event::WindowBlocked(ticket), Some((window, service))) if is_open(*window, *ticket) => {
                Some(Funnel::WindowBlocked((*service).clone()))
            }
            (Event::WindowClosed(ticket), Some((window, service))) if is_open(*window, *ticket) => {
                Some(Funnel::WindowClosed((*service).clone()))
            }
            _ => None,
        };
        Self {
            if_left: leaving_the_list(place, event),
            seen,
            list: list_of(place),
            service: under_way.map(|(_, service)| service.clone()),
        }
    }

    /// Looks at what came of it.
    pub fn after(self, step: &Step) -> Vec<Funnel> {
        let left = self.list.is_some() && self.list != list_of(&step.state.place);
        let asks = |effect: &Effect| matches!(effect, Effect::Ask { request: Request::Address { .. }, .. });
        let begins = step.effects.iter().any(asks);
        let of_effects = step.effects.iter().filter_map(|effect| match effect {
            Effect::Ask { request: Request::Address { service, .. }, .. } => {
                Some(Funnel::SignInStarted(service.clone()))
            }
            Effect::Ask { request: Request::LinkToken { .. }, .. } => {
                Some(Funnel::SignInStarted(ServiceName::new(BANKS)))
            }
            Effect::OpenWindow { .. } if !begins => self.service.clone().map(Funnel::WindowReopened),
            Effect::Tell(event) => told(event),
            _ => None,
        });
        self.if_left.into_iter().filter(|_| left).chain(self.seen).chain(of_effects).collect()
    }
}

/// The list a person stands before, by its step.
fn list_of(place: &Place) -> Option<JourneyStep> {
    match place {
        Place::Choosing { session, .. } => Some(session.journey.step),
        _ => None,
    }
}

fn leaving_the_list(place: &Place, event: &Event) -> Vec<Funnel> {
    let (Place::Choosing { session, .. }, Event::User(user)) = (place, event) else { return Vec::new() };
    let length = session.journey.query.trim().chars().count();
    let selected = match user {
        UserEvent::Pick(uuid) => {
            session.pick(uuid).map(|chosen| (session.connected(&chosen).is_some(), chosen.name))
        }
        UserEvent::Renew(id) => session.renew(id).map(|chosen| (true, chosen.name)),
        _ => None,
    };
    let search = (length > 0).then_some(Funnel::SearchUsed { length });
    let selected = selected.map(|(renewing, service)| Funnel::ServiceSelected { service, renewing });
    search.into_iter().chain(selected).collect()
}

fn window_of(place: &Place) -> Option<(Window, &ServiceName)> {
    match place {
        Place::AwaitingAddress { chosen, window, .. } => Some((*window, &chosen.name)),
        Place::AwaitingSignIn { sign_in, .. } => Some((sign_in.window, &sign_in.chosen.name)),
        _ => None,
    }
}

fn is_open(window: Window, ticket: Ticket) -> bool {
    window == Window::Open(ticket)
}

fn told(event: &HostEvent) -> Option<Funnel> {
    match event {
        HostEvent::Loaded(_) => Some(Funnel::Opened),
        HostEvent::Exit(_) => Some(Funnel::Exited),
        HostEvent::Authorized { service, .. } => {
            Some(Funnel::Outcome { service: service.clone(), error: None })
        }
        HostEvent::Error { service: Some(service), error, .. } if error.text != ErrorText::HandOverStuck => {
            Some(Funnel::Outcome { service: service.clone(), error: Some(error.code) })
        }
        HostEvent::Error { .. } => None,
    }
}
