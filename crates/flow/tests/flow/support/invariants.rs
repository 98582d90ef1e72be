//! What holds after every step of every story, walk and exploration.

use std::collections::{BTreeMap, BTreeSet};

use railz_connect_contract::ServiceName;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::guide::Guide;
use railz_connect_flow::host_event::{ErrorCode, ErrorText, EventName, HostEvent};
use railz_connect_flow::journey::JourneyStep;
use railz_connect_flow::state::{
    AccountStep, BankStep, Choosing, ChoosingAccount, Closing, ClosingStep, Connected, EntryStep,
    HandingOver, Lifecycle, LinkingBank, LongPoll, Renewal, SandboxStep, SignInTimeout, Stage, StatusPoll,
    Window,
};
use railz_connect_flow::{Effect, Event, Screen, Ticket};

use super::{TestWidget, fixtures};

/// What was the case before a step.
pub struct Before {
    pub place: &'static str,
    pub screen: &'static str,
    pub step: Option<JourneyStep>,
    pub closed: bool,
}

/// What the host heard of the attempt under way.
#[derive(Clone, Default)]
pub struct Attempt {
    /// Of each service: for how many attempts the host has heard no outcome yet.
    open: BTreeMap<String, u32>,
    /// Of each service: of how many attempts the host has heard that the session is over, and of no outcome yet.
    unsettled: BTreeMap<String, u32>,
    timeouts: u32,
    loaded: u32,
    exits: u32,
}

impl Attempt {
    /// An attempt begins. One before it that was left without an outcome may still bring one.
    fn begin(&mut self, service: &str) {
        *self.open.entry(service.to_owned()).or_default() += 1;
        self.timeouts = 0;
    }

    /// Invariant 3, and that the load and the exit are told once.
    pub fn see(&mut self, effect: &Effect) {
        match effect {
            Effect::SendRequest { request, .. } => {
                if let Some(service) = begins(request) {
                    self.begin(service);
                }
            }
            Effect::NotifyHost(event) => {
                assert_eq!(self.exits, 0, "the host is told something after the exit: {event:?}");
                match event {
                    HostEvent::Loaded(_) => self.loaded += 1,
                    HostEvent::Exit(_) => self.exits += 1,
                    HostEvent::Error { event: EventName::Timeout, service: Some(_), .. } => {
                        self.timeouts += 1;
                    }
                    HostEvent::Error { error, .. } if error.text == ErrorText::HandOverStuck => {}
                    HostEvent::Error { service: None, .. } => {}
                    HostEvent::Authorized { service, .. } => {
                        let told = take(&mut self.open, service) || take(&mut self.unsettled, service);
                        assert!(told, "two outcomes of an attempt (invariant 3): {event:?}");
                    }
                    HostEvent::Error { service: Some(service), error, .. } => {
                        let told = take(&mut self.open, service);
                        assert!(told, "two outcomes of an attempt (invariant 3): {event:?}");
                        // Whoever refuses the session says nothing of the attempt.
                        if error.code == ErrorCode::Authentication {
                            *self.unsettled.entry(service.as_str().to_owned()).or_default() += 1;
                        }
                    }
                }
                assert!(self.timeouts <= 1, "an attempt times out twice (invariant 3)");
                assert!(self.loaded <= 1, "the load is told twice");
            }
            _ => {}
        }
    }
}

fn take(attempts: &mut BTreeMap<String, u32>, service: &ServiceName) -> bool {
    let count = attempts.get_mut(service.as_str()).filter(|count| **count > 0);
    count.map(|count| *count -= 1).is_some()
}

/// The service at which a request begins an attempt.
pub fn begins(request: &Request) -> Option<&str> {
    match request {
        Request::Address { service, .. } => Some(service.as_str()),
        Request::LinkToken { .. } => Some(fixtures::PLAID),
        _ => None,
    }
}

pub fn of_the_step(
    before: &Before,
    event: &Event,
    effects: &[Effect],
    screen: &Screen,
    step: Option<JourneyStep>,
) {
    if before.closed {
        assert!(effects.is_empty(), "something follows after the widget was closed: {effects:?}");
    }
    the_window_opens_inside_the_press(event, effects);
    the_focus_moves_with_the_screen(before, effects, screen, step);
    the_host_hears_before_the_page_is_left(effects);
}

/// Invariant 1.
fn the_window_opens_inside_the_press(event: &Event, effects: &[Effect]) {
    let opens = effects.iter().position(|effect| matches!(effect, Effect::OpenWindow { .. }));
    let Some(opens) = opens else { return };
    let press = matches!(event, Event::User(UserEvent::OpenWindow | UserEvent::Submit(_)));
    assert!(press, "a window opens without a press (invariant 1)");
    let asks = effects.iter().position(|effect| matches!(effect, Effect::SendRequest { .. }));
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
        let exits = place(|effect| matches!(effect, Effect::NotifyHost(HostEvent::Exit(_))));
        assert!(exits.is_some_and(|exits| exits < navigates), "the page is left before the exit is told");
    }
    let hands_over = place(|effect| matches!(effect, Effect::HandOver(_)));
    let authorized = place(|effect| matches!(effect, Effect::NotifyHost(HostEvent::Authorized { .. })));
    if let (Some(hands_over), Some(authorized)) = (hands_over, authorized) {
        assert!(authorized < hands_over, "the connection is handed over before the host hears of it");
    }
}

/// Invariant 4: not even the text of a request shows the token when it is printed.
pub fn nothing_secret_is_said(effects: &[Effect], screen: &Screen) {
    let said = format!("{effects:?} {screen:?}");
    for secret in [fixtures::TOKEN, fixtures::MINTED, fixtures::RENEWED, fixtures::SECRET] {
        assert!(!said.contains(secret), "a secret is said (invariant 4): {said}");
    }
}

/// What is out is exactly what the state waits for; nothing dangles, nothing is waited for in vain.
pub fn hold(widget: &TestWidget) {
    let polls = widget.requests.values().filter(|one| matches!(one, Request::Updates { .. })).count();
    assert!(polls <= 1, "two polls are out");
    assert!(widget.windows.len() <= 1, "two windows are open");
    guides_and_bank_links_are_awaited(widget);
    let (requests, mut timers, windows) = waits_for(&widget.state.lifecycle);
    let (renewals, asked, limit) = the_renewal_waits_for(widget);
    assert_eq!(asked, widget.asked, "what the host is asked");
    timers.extend(limit);
    let resting = widget.state.bearer.unanswered.filter(|_| !widget.is_closed()).and_then(|one| one.rest);
    timers.extend(resting);
    let out: Tickets = widget.requests.keys().chain(widget.refused.keys()).copied().collect();
    let of_the_stage: Tickets = out.difference(&renewals).copied().collect();
    if let Some(requests) = requests {
        assert_eq!(requests, of_the_stage, "requests at {}", widget.name());
    } else {
        assert_eq!(of_the_stage.len(), 1, "the request of the final poll");
    }
    if widget.state.bearer.renewal == Renewal::NotNeeded {
        let kept = widget.refused.len();
        assert!(kept <= usize::from(resting.is_some()), "a request is kept that nobody sends once more");
    }
    assert_eq!(timers, widget.timers.keys().copied().collect(), "timers at {}", widget.name());
    assert_eq!(windows, widget.windows, "windows at {}", widget.name());
}

/// The session call of a renewal, what the host is asked, and the time that it has.
fn the_renewal_waits_for(widget: &TestWidget) -> (Tickets, Tickets, Option<Ticket>) {
    match widget.state.bearer.renewal {
        _ if widget.is_closed() => (Tickets::new(), Tickets::new(), None),
        Renewal::NotNeeded => (Tickets::new(), Tickets::new(), None),
        Renewal::AskingHost { ticket, timer } => (Tickets::new(), [ticket].into(), Some(timer)),
        Renewal::OpeningSession(request) => {
            assert!(widget.requests.contains_key(&request), "the renewal waits for nothing");
            ([request].into(), Tickets::new(), None)
        }
    }
}

/// Instructions and what the banks' script has over the page.
fn guides_and_bank_links_are_awaited(widget: &TestWidget) {
    let (mut guides, mut links) = (Tickets::new(), Tickets::new());
    match widget.state.stage() {
        Some(Stage::Entering(stage)) => guides.extend(coming(stage.guide)),
        Some(Stage::ChoosingAccount(ChoosingAccount { step: AccountStep::Extra { guide, .. }, .. })) => {
            guides.extend(coming(*guide));
        }
        Some(Stage::LinkingBank(LinkingBank {
            step: BankStep::Opening(link) | BankStep::Open(link),
            ..
        })) => {
            links.extend([*link]);
        }
        _ => {}
    }
    assert_eq!(guides, widget.guides, "instructions at {}", widget.name());
    assert_eq!(links, widget.links, "bank links at {}", widget.name());
}

fn coming(guide: Guide) -> Option<Ticket> {
    match guide {
        Guide::Loading(ticket) => Some(ticket),
        Guide::Ready | Guide::Missing => None,
    }
}

type Tickets = BTreeSet<Ticket>;

fn waits_for(lifecycle: &Lifecycle) -> (Option<Tickets>, Tickets, Tickets) {
    let (mut requests, mut timers, mut windows) = (Tickets::new(), Tickets::new(), Tickets::new());
    let stage = match lifecycle {
        Lifecycle::Loading { request, .. } => return (Some([*request].into()), timers, windows),
        Lifecycle::Open { stage, .. } => stage,
        Lifecycle::Closing(Closing { step, limit, .. }) => {
            let request = match step {
                ClosingStep::Finishing(request) => *request,
                ClosingStep::Asking(question) => question.request(),
            };
            return (Some([request].into()), [*limit].into(), windows);
        }
        Lifecycle::Unavailable { .. } | Lifecycle::LoadFailed { .. } | Lifecycle::Closed => {
            return (Some(requests), timers, windows);
        }
    };
    match stage {
        Stage::Choosing(Choosing { final_poll: Some(_) }) => return (None, timers, windows),
        Stage::ConnectingSandbox(stage) => match &stage.step {
            SandboxStep::Address(request)
            | SandboxStep::Login { request, .. }
            | SandboxStep::Status { request, .. } => requests.extend([*request]),
        },
        Stage::AwaitingAddress(stage) => {
            requests.extend([stage.request]);
            windows.extend(open(stage.window));
        }
        Stage::AwaitingSignIn(sign_in) => {
            windows.extend(open(sign_in.window));
            match sign_in.poll {
                LongPoll::Waiting(request) => requests.extend([request]),
                LongPoll::Resting(timer) => timers.extend([timer]),
                LongPoll::Ended => return (Some(requests), timers, windows),
            }
            timers.extend(sign_in.expiry);
            if let SignInTimeout::Running(timer) = sign_in.timeout {
                timers.extend([timer]);
            }
        }
        Stage::ChoosingAccount(stage) => match &stage.step {
            AccountStep::Listing(request)
            | AccountStep::Sending(request)
            | AccountStep::Confirming(request) => {
                requests.extend([*request]);
            }
            AccountStep::Choosing(_) | AccountStep::Extra { .. } => {}
        },
        Stage::Entering(stage) => match &stage.step {
            EntryStep::Beginning(request)
            | EntryStep::Checking(request)
            | EntryStep::Confirming { request, .. } => {
                requests.extend([*request]);
            }
            EntryStep::Connector(connector) => match connector.poll {
                StatusPoll::Waiting(request) => requests.extend([request]),
                StatusPoll::Resting(timer) => timers.extend([timer]),
            },
            EntryStep::Filling { .. } => {}
        },
        Stage::LinkingBank(stage) => match &stage.step {
            BankStep::Asking(request) | BankStep::Sending(request) | BankStep::Confirming { request, .. } => {
                requests.extend([*request]);
            }
            BankStep::Opening(_) | BankStep::Open(_) => {}
        },
        Stage::Connected(Connected { handing_over: HandingOver::Asking { question, timer }, .. }) => {
            requests.extend([question.request()]);
            timers.extend([*timer]);
        }
        Stage::Connected(Connected { handing_over: HandingOver::Signing { request, timer }, .. }) => {
            requests.extend([*request]);
            timers.extend([*timer]);
        }
        Stage::Connected(Connected { handing_over: HandingOver::UnderWay { timer }, .. }) => {
            timers.extend([*timer]);
        }
        Stage::Choosing(Choosing { final_poll: None })
        | Stage::BeforeSignIn(_)
        | Stage::Idle
        | Stage::FillingSandboxForm(_)
        | Stage::Connected(_)
        | Stage::Ended(_) => {}
    }
    (Some(requests), timers, windows)
}

fn open(window: Window) -> Option<Ticket> {
    match window {
        Window::Open(ticket) => Some(ticket),
        Window::Closed | Window::Blocked | Window::Unwatched => None,
    }
}
