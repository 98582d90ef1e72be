//! What holds after every step of every story, walk and exploration.

use std::collections::BTreeSet;

use railz_connect_flow::{
    AccountStep, BankStep, Effect, EntryStep, ErrorText, Event, EventName, Guide, HandingOver, HostEvent,
    JourneyStep, Listening, Patience, Place, Request, SandboxStep, Screen, Ticket, UserEvent, Watch, Window,
};

use super::{Traveller, world};

/// What was the case before a step.
pub struct Before {
    pub place: &'static str,
    pub screen: &'static str,
    pub step: Option<JourneyStep>,
    pub left: bool,
}

/// What the host heard of the attempt under way.
#[derive(Clone, Default)]
pub struct Attempt {
    outcomes: u32,
    timeouts: u32,
    loaded: u32,
    exits: u32,
}

impl Attempt {
    /// Invariant 3, and that the load and the exit are told once.
    pub fn see(&mut self, effect: &Effect) {
        match effect {
            Effect::Ask { request: Request::Address { .. } | Request::LinkToken { .. }, .. } => {
                (self.outcomes, self.timeouts) = (0, 0);
            }
            Effect::Tell(event) => {
                assert_eq!(self.exits, 0, "the host is told something after the exit: {event:?}");
                match event {
                    HostEvent::Loaded(_) => self.loaded += 1,
                    HostEvent::Exit(_) => self.exits += 1,
                    HostEvent::Error { event: EventName::Timeout, service: Some(_), .. } => {
                        self.timeouts += 1;
                    }
                    HostEvent::Error { error, .. } if error.text == ErrorText::HandOverStuck => {}
                    HostEvent::Error { service: None, .. } => {}
                    HostEvent::Authorized { .. } | HostEvent::Error { .. } => self.outcomes += 1,
                }
                assert!(self.outcomes <= 1, "an attempt has two outcomes (invariant 3): {event:?}");
                assert!(self.timeouts <= 1, "an attempt times out twice (invariant 3)");
                assert!(self.loaded <= 1, "the load is told twice");
            }
            _ => {}
        }
    }
}

pub fn of_the_step(
    before: &Before,
    event: &Event,
    effects: &[Effect],
    screen: &Screen,
    step: Option<JourneyStep>,
) {
    if before.left {
        assert!(effects.is_empty(), "something follows after the widget was left: {effects:?}");
    }
    the_window_opens_inside_the_press(event, effects);
    the_focus_moves_with_the_screen(before, effects, screen, step);
    the_host_hears_before_the_page_is_left(effects);
    nothing_secret_is_said(effects, screen);
}

/// Invariant 1.
fn the_window_opens_inside_the_press(event: &Event, effects: &[Effect]) {
    let opens = effects.iter().position(|effect| matches!(effect, Effect::OpenWindow { .. }));
    let Some(opens) = opens else { return };
    let press = matches!(event, Event::User(UserEvent::OpenWindow | UserEvent::Submit(_)));
    assert!(press, "a window opens without a press (invariant 1)");
    let asks = effects.iter().position(|effect| matches!(effect, Effect::Ask { .. }));
    assert!(asks.is_none_or(|asks| opens < asks), "something is asked before the window opens (invariant 1)");
}

fn the_focus_moves_with_the_screen(
    before: &Before,
    effects: &[Effect],
    screen: &Screen,
    step: Option<JourneyStep>,
) {
    let moves = effects.iter().filter(|effect| **effect == Effect::FocusHeading).count();
    assert!(moves <= 1, "the focus moves twice");
    if moves == 1 {
        assert_eq!(effects.last(), Some(&Effect::FocusHeading), "the focus moves before the end");
        let after = (screen.content.name(), step);
        assert_ne!((before.screen, before.step), after, "the focus moves although the screen stays");
    }
}

fn the_host_hears_before_the_page_is_left(effects: &[Effect]) {
    let place = |wanted: fn(&Effect) -> bool| effects.iter().position(wanted);
    if let Some(navigates) = place(|effect| matches!(effect, Effect::Navigate(_))) {
        let exits = place(|effect| matches!(effect, Effect::Tell(HostEvent::Exit(_))));
        assert!(exits.is_some_and(|exits| exits < navigates), "the page is left before the exit is told");
    }
    let hands_over = place(|effect| matches!(effect, Effect::HandOver(_)));
    let authorized = place(|effect| matches!(effect, Effect::Tell(HostEvent::Authorized { .. })));
    if let (Some(hands_over), Some(authorized)) = (hands_over, authorized) {
        assert!(authorized < hands_over, "the connection is handed over before the host hears of it");
    }
}

/// Invariant 4: not even the text of a request shows the token when it is printed.
fn nothing_secret_is_said(effects: &[Effect], screen: &Screen) {
    let said = format!("{effects:?} {screen:?}");
    for secret in [world::TOKEN, world::SECRET] {
        assert!(!said.contains(secret), "a secret is said (invariant 4): {said}");
    }
}

/// What is out is exactly what the state waits for; nothing dangles, nothing is waited for in vain.
pub fn hold(traveller: &Traveller) {
    let polls = traveller.requests.values().filter(|one| matches!(one, Request::Updates { .. })).count();
    assert!(polls <= 1, "two polls are out");
    assert!(traveller.windows.len() <= 1, "two windows are open");
    of_the_further(traveller);
    let (requests, timers, windows) = waits_for(&traveller.state.place);
    if let Some(requests) = requests {
        assert_eq!(
            requests,
            traveller.requests.keys().copied().collect(),
            "requests at {}",
            traveller.place()
        );
    } else {
        assert_eq!(traveller.requests.len(), 1, "the farewell's request");
    }
    assert_eq!(timers, traveller.timers.keys().copied().collect(), "timers at {}", traveller.place());
    assert_eq!(windows, traveller.windows, "windows at {}", traveller.place());
}

/// Instructions and what the banks' script has over the page.
fn of_the_further(traveller: &Traveller) {
    let (mut guides, mut links) = (Tickets::new(), Tickets::new());
    match &traveller.state.place {
        Place::Entering { entry, .. } => guides.extend(coming(&entry.guide)),
        Place::ChoosingAccount { step: AccountStep::Extra { guide, .. }, .. } => guides.extend(coming(guide)),
        Place::LinkingBank { step: BankStep::Opening(link) | BankStep::Open(link), .. } => {
            links.extend([*link]);
        }
        _ => {}
    }
    assert_eq!(guides, traveller.guides, "instructions at {}", traveller.place());
    assert_eq!(links, traveller.links, "bank links at {}", traveller.place());
}

fn coming(guide: &Guide) -> Option<Ticket> {
    match guide {
        Guide::Loading(ticket) => Some(*ticket),
        Guide::Ready(_) | Guide::Missing => None,
    }
}

type Tickets = BTreeSet<Ticket>;

fn waits_for(place: &Place) -> (Option<Tickets>, Tickets, Tickets) {
    let (mut requests, mut timers, mut windows) = (Tickets::new(), Tickets::new(), Tickets::new());
    match place {
        Place::Loading { request, .. } => requests.extend([*request]),
        Place::Choosing { farewell: Some(_), .. } => return (None, timers, windows),
        Place::ConnectingSandbox { step, .. } => match step {
            SandboxStep::Address(request)
            | SandboxStep::Login { request, .. }
            | SandboxStep::Status { request, .. } => requests.extend([*request]),
        },
        Place::AwaitingAddress { request, window, .. } => {
            requests.extend([*request]);
            windows.extend(open(*window));
        }
        Place::AwaitingSignIn { sign_in, .. } => {
            windows.extend(open(sign_in.window));
            match sign_in.listening {
                Listening::Polling { request, .. } => requests.extend([request]),
                Listening::Resting { timer, .. } => timers.extend([timer]),
                Listening::Over => return (Some(requests), timers, windows),
            }
            timers.extend([sign_in.life]);
            if let Patience::Waiting(timer) = sign_in.patience {
                timers.extend([timer]);
            }
        }
        Place::ChoosingAccount { step, .. } => match step {
            AccountStep::Listing(request)
            | AccountStep::Sending(request)
            | AccountStep::Confirming(request) => {
                requests.extend([*request]);
            }
            AccountStep::Choosing(_) | AccountStep::Extra { .. } => {}
        },
        Place::Entering { entry, .. } => match &entry.step {
            EntryStep::Beginning(request) | EntryStep::Checking(request) | EntryStep::Confirming(request) => {
                requests.extend([*request]);
            }
            EntryStep::Connector(connector) => match connector.watch {
                Watch::Asking(request) => requests.extend([request]),
                Watch::Resting(timer) => timers.extend([timer]),
            },
            EntryStep::Filling { .. } => {}
        },
        Place::LinkingBank { step, .. } => match step {
            BankStep::Asking(request) | BankStep::Sending(request) | BankStep::Confirming { request, .. } => {
                requests.extend([*request]);
            }
            BankStep::Opening(_) | BankStep::Open(_) => {}
        },
        Place::Connected { handing_over: HandingOver::UnderWay { timer, .. }, .. } => timers.extend([*timer]),
        Place::Unavailable { .. }
        | Place::LoadFailed { .. }
        | Place::Choosing { farewell: None, .. }
        | Place::Before { .. }
        | Place::Idle { .. }
        | Place::FillingSandboxForm { .. }
        | Place::Connected { .. }
        | Place::Ended { .. }
        | Place::Left => {}
    }
    (Some(requests), timers, windows)
}

fn open(window: Window) -> Option<Ticket> {
    match window {
        Window::Open(ticket) => Some(ticket),
        Window::Closed | Window::Blocked | Window::Unwatched => None,
    }
}
