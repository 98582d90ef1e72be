//! The state space: every situation the machine can come into, found breadth-first, with every transition between them.
//!
//! Two states count as the same situation when they differ only in the numbers of their tickets, so the search ends.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::OnceLock;

use railz_connect_contract::ConnectionId;
use railz_connect_flow::config::{AddressOption, AfterSuccess};
use railz_connect_flow::effect::Request;
use railz_connect_flow::guide::Guide;
use railz_connect_flow::service::SelectedService;
use railz_connect_flow::session::Session;
use railz_connect_flow::state::{
    AccountStep, BankStep, Entering, EntryStep, Lifecycle, Load, LongPoll, SandboxStep, SignInTimeout, Stage,
    Unanswered, Window,
};
use railz_connect_flow::{Config, Event, HostOptions};

use super::transitions::Transition;
use super::{TestWidget, fixtures, possible_events};

/// What an exploration found.
pub struct StateSpace {
    pub transitions: BTreeSet<Transition>,
    /// One widget a situation.
    pub situations: Vec<TestWidget>,
    /// From which situations each one is reached, by their index.
    pub reached_from: Vec<BTreeSet<usize>>,
}

/// Goes everywhere that this configuration leads.
pub fn explore(config: Config) -> StateSpace {
    let first = TestWidget::start(config);
    let mut known = BTreeMap::from([(situation(&first), 0)]);
    let mut state_space = StateSpace {
        transitions: BTreeSet::new(),
        situations: vec![first],
        reached_from: vec![BTreeSet::new()],
    };
    let mut due = VecDeque::from([0]);
    while let Some(here) = due.pop_front() {
        let from = state_space.situations[here].clone();
        // A copy takes longer than a step; after a press that changes nothing it is as good as new.
        let mut spare = None;
        for event in possible_events::next(&from) {
            let mut widget = spare.take().unwrap_or_else(|| from.clone());
            if !widget.dispatch_unrecorded(event.clone()) {
                spare = matches!(event, Event::User(_)).then_some(widget);
                continue;
            }
            widget.host_events.clear();
            skip_the_middle(&mut widget);
            state_space.transitions.insert(Transition::of(from.name(), &event, widget.name()));
            let next = state_space.situations.len();
            let there = *known.entry(situation(&widget)).or_insert(next);
            if there == next {
                state_space.situations.push(widget);
                state_space.reached_from.push(BTreeSet::new());
                due.push_back(there);
            }
            state_space.reached_from[there].insert(here);
        }
    }
    state_space
}

/// Of the times that a request goes unanswered the first and the last two make a difference; those between them do not.
fn skip_the_middle(widget: &mut TestWidget) {
    if let Some(unanswered) = widget.state.bearer.unanswered.as_mut().filter(|one| one.failures == 1) {
        unanswered.failures = 5;
    }
}

/// The configurations that between them show all that a configuration can change.
pub fn configurations() -> Vec<Config> {
    let base = || fixtures::closing(fixtures::options());
    let success = || fixtures::address_option(fixtures::SUCCESS);
    [
        base(),
        HostOptions { success_url: success(), close_redirect_url: AddressOption::Absent, ..base() },
        HostOptions { success_url: success(), ..base() },
        HostOptions { redirect_url: success(), ..base() },
        HostOptions { modal: true, ..fixtures::options() },
        fixtures::renewed_by_the_host(base()),
    ]
    .iter()
    .map(fixtures::config)
    .chain([fixtures::closable_without_summary()])
    .collect()
}

/// The state spaces of all configurations, made once, side by side.
pub fn all() -> &'static [StateSpace] {
    static ALL: OnceLock<Vec<StateSpace>> = OnceLock::new();
    ALL.get_or_init(|| {
        std::thread::scope(|scope| {
            let exploring: Vec<_> =
                configurations().into_iter().map(|one| scope.spawn(|| explore(one))).collect();
            let explored = exploring.into_iter().map(std::thread::ScopedJoinHandle::join);
            explored.map(|one| one.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
        })
    })
}

impl StateSpace {
    /// One widget for each place that was found.
    pub fn one_a_place(&self) -> Vec<TestWidget> {
        let mut places = BTreeSet::new();
        self.situations.iter().filter(|one| places.insert(one.name())).cloned().collect()
    }
}

/// The state without the numbers of its tickets.
pub fn situation(widget: &TestWidget) -> String {
    let name = widget.state.name();
    let detail = match &widget.state.lifecycle {
        Lifecycle::Loading { load, .. } | Lifecycle::LoadFailed { load } => of_load(load),
        Lifecycle::Unavailable { cause, load } => format!("{cause:?} {}", of_load(load)),
        Lifecycle::Open { session, stage } => format!("{} {}", of_session(session), of_stage(stage)),
        Lifecycle::Closing(closing) => of_session(&closing.session),
        Lifecycle::Closed => String::new(),
    };
    let unheard = if notes_an_attempt_when_closed(widget) { of_earlier(widget) } else { of_unheard(widget) };
    let mut requests = widget.requests.values().chain(widget.refused.values());
    let is_held = requests.any(|one| matches!(one, Request::Updates { wait_ms: 1.., .. }));
    format!("{name} {detail} {unheard} {}", of_unanswered(widget.state.bearer.unanswered, is_held))
}

/// Closing leaves an attempt there that is unheard, whichever others are. What a stage does with other events depends on those
/// only as [`of_earlier`] says.
fn notes_an_attempt_when_closed(widget: &TestWidget) -> bool {
    let begun = [
        "(late)",
        "(resting)",
        "(over)",
        "Closing",
        "(login)",
        "(status)",
        "(sending)",
        "(confirming)",
        "(checking)",
        "(connector,",
    ];
    begun.iter().any(|one| widget.name().contains(one))
        || matches!(widget.state.stage(), Some(Stage::AwaitingSignIn(one)) if !matches!(one.window, Window::Open(_)))
}

/// Whether a success page would wait for an earlier attempt at another service, and whether the end of a sign-in in vain says
/// nothing of an earlier one at the same.
fn of_earlier(widget: &TestWidget) -> String {
    let Some((session, service)) = widget.state.session().zip(service_of(widget)) else {
        return String::new();
    };
    let mut unheard = session.journey.unheard.iter();
    if widget.name() == "AwaitingSignIn(over)" {
        return unheard.any(|one| one.service.name == service.name).to_string();
    }
    let waits = session.after_success != AfterSuccess::Stay;
    (waits && unheard.any(|one| one.service.name != service.name)).to_string()
}

fn service_of(widget: &TestWidget) -> Option<&SelectedService> {
    Some(match widget.state.stage()? {
        Stage::AwaitingSignIn(stage) => &stage.service,
        Stage::ChoosingAccount(stage) => &stage.service,
        Stage::ConnectingSandbox(stage) => &stage.service,
        Stage::Entering(stage) => &stage.service,
        Stage::LinkingBank(stage) => &stage.service,
        _ => return None,
    })
}

/// Which attempts are unheard makes no difference, as long as one is.
fn of_unheard(widget: &TestWidget) -> String {
    let unheard = widget.state.session().map(|session| &session.journey.unheard[..]).unwrap_or_default();
    format!("{} {}", unheard.is_empty(), unheard.iter().any(|one| one.awaited))
}

fn of_stage(stage: &Stage) -> String {
    match stage {
        Stage::Choosing(stage) => stage.final_poll.is_some().to_string(),
        Stage::BeforeSignIn(stage) => format!("{} {:?}", of_service(&stage.service), stage.problem),
        Stage::Idle => String::new(),
        Stage::FillingSandboxForm(stage) => format!("{:?}", stage.form),
        Stage::ConnectingSandbox(stage) => {
            format!("{} {:?} {}", of_service(&stage.service), stage.use_case, of_step(&stage.step))
        }
        Stage::AwaitingAddress(stage) => {
            format!("{} {}", of_service(&stage.service), of_window(stage.window))
        }
        Stage::AwaitingSignIn(sign_in) => format!(
            "{} {} {} {} {} {}",
            of_service(&sign_in.service),
            of_window(sign_in.window),
            of_poll(sign_in.poll),
            matches!(sign_in.timeout, SignInTimeout::Elapsed),
            sign_in.expiry.is_some(),
            matches!(sign_in.window, Window::Open(_)) && sign_in.attempt_id.is_some(),
        ),
        Stage::ChoosingAccount(stage) => {
            let step = match &stage.step {
                AccountStep::Choosing(accounts) => format!("{}", accounts.len()),
                AccountStep::Extra { problems, guide, .. } => {
                    format!("{} {}", problems.len(), of_guide(*guide))
                }
                _ => String::new(),
            };
            format!("{} {step}", of_service(&stage.service))
        }
        Stage::Entering(stage) => format!("{} {}", of_service(&stage.service), of_entry(stage)),
        Stage::LinkingBank(stage) => {
            let named = match &stage.step {
                BankStep::Confirming { connection_id, taken, .. } => (connection_id.is_some(), *taken),
                _ => (false, false),
            };
            format!("{} {named:?}", of_service(&stage.service))
        }
        Stage::Connected(stage) => of_service(&stage.service),
        Stage::Ended(stage) => format!("{} {:?}", of_service(&stage.service), stage.ending),
    }
}

fn of_load(load: &Load) -> String {
    match load {
        Load::First => "first".to_owned(),
        Load::Retry => "retry".to_owned(),
        Load::Again(session) => of_session(session),
    }
}

fn of_session(session: &Session) -> String {
    let (integrations, connections) = (
        session.integrations.iter().map(|one| one.service.as_str()).collect::<Vec<_>>().concat(),
        session.connections.len(),
    );
    let (step, made) = (session.journey.step, !session.journey.completed.is_empty());
    format!("{integrations} {connections} {} {step:?} {made}", session.sandbox_one_press)
}

fn of_service(service: &SelectedService) -> String {
    let need = service.bank.as_ref().map(|bank| bank.need);
    let (integration, answer) = (service.integration.is_some(), service.answer.is_some());
    format!("{} {integration} {answer} {need:?} {:?}", service.name, service.target)
}

fn of_entry(entry: &Entering) -> String {
    let step = match &entry.step {
        EntryStep::Filling { problems, error } => format!("{} {}", problems.len(), error.is_some()),
        EntryStep::Connector(connector) => {
            let seen = connector.seen.as_ref().map(|seen| (seen.state, seen.error));
            format!("{seen:?}")
        }
        EntryStep::Confirming { error, .. } => error.is_some().to_string(),
        EntryStep::Beginning(_) | EntryStep::Checking(_) => String::new(),
    };
    format!("{} {} {step}", entry.connection_id.is_some(), of_guide(entry.guide))
}

fn of_guide(guide: Guide) -> &'static str {
    match guide {
        Guide::Loading(_) => "loading",
        Guide::Ready => "ready",
        Guide::Missing => "missing",
    }
}

fn of_step(step: &SandboxStep) -> String {
    let named = |id: &Option<ConnectionId>| id.is_some();
    match step {
        SandboxStep::Address(_) => "address".to_owned(),
        SandboxStep::Login { connection_id, .. } => format!("login {}", named(connection_id)),
        SandboxStep::Status { connection_id, .. } => format!("status {}", named(connection_id)),
    }
}

fn of_window(window: Window) -> &'static str {
    match window {
        Window::Open(_) => "open",
        Window::Closed => "closed",
        Window::Blocked => "blocked",
        Window::Unwatched => "unwatched",
    }
}

fn of_poll(poll: LongPoll) -> &'static str {
    match poll {
        LongPoll::Waiting(_) => "polling",
        LongPoll::Resting(_) => "resting",
        LongPoll::Ended => "over",
    }
}

/// How often nobody answered, as far as it makes a difference: of a held poll, which is sent again for ever, only the rest grows.
fn of_unanswered(unanswered: Option<Unanswered>, is_held: bool) -> String {
    unanswered.map_or_else(String::new, |one| {
        let failures = if is_held { 0 } else { one.failures };
        format!("{failures} {}", one.rest.is_some())
    })
}
