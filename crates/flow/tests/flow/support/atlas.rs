//! The atlas: every situation the machine can come into, found breadth-first, with every passage between them.
//!
//! Two states count as the same situation when they differ only in the numbers of their tickets, so the search ends.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::OnceLock;

use railz_connect_contract::ConnectionId;
use railz_connect_flow::{
    AccountStep, AddressOption, BankStep, Chosen, Config, Entry, EntryStep, Guide, HandingOver, HostOptions,
    Listening, Patience, Place, SandboxStep, Session, Visit, Window,
};

use super::record::Passage;
use super::{Traveller, ways, world};

/// What an exploration found.
pub struct Atlas {
    pub passages: BTreeSet<Passage>,
    /// One traveller a situation.
    pub situations: Vec<Traveller>,
    /// From which situations each one is reached, by their index.
    pub reached_from: Vec<BTreeSet<usize>>,
}

/// Goes everywhere that this configuration leads.
pub fn explore(config: Config) -> Atlas {
    let first = Traveller::start(config);
    let mut known = BTreeMap::from([(situation(&first), 0)]);
    let mut atlas =
        Atlas { passages: BTreeSet::new(), situations: vec![first], reached_from: vec![BTreeSet::new()] };
    let mut due = VecDeque::from([0]);
    while let Some(here) = due.pop_front() {
        let from = atlas.situations[here].clone();
        for event in ways::onward(&from) {
            let mut traveller = from.clone();
            if !traveller.wander(event.clone()) {
                continue;
            }
            traveller.told.clear();
            atlas.passages.insert(Passage::of(from.place(), &event, traveller.place()));
            let next = atlas.situations.len();
            let there = *known.entry(situation(&traveller)).or_insert(next);
            if there == next {
                atlas.situations.push(traveller);
                atlas.reached_from.push(BTreeSet::new());
                due.push_back(there);
            }
            atlas.reached_from[there].insert(here);
        }
    }
    atlas
}

/// The configurations that between them show all that a configuration can change.
pub fn configurations() -> Vec<Config> {
    let base = || world::closing(world::options());
    let success = || world::address_option(world::SUCCESS);
    [
        base(),
        HostOptions { success_url: success(), close_redirect_url: AddressOption::Absent, ..base() },
        HostOptions { success_url: success(), ..base() },
        HostOptions { redirect_url: success(), ..base() },
        HostOptions { modal: true, ..world::options() },
    ]
    .iter()
    .map(world::config)
    .chain([world::closable_without_summary()])
    .collect()
}

/// The atlases of all configurations, made once.
pub fn all() -> &'static [Atlas] {
    static ALL: OnceLock<Vec<Atlas>> = OnceLock::new();
    ALL.get_or_init(|| configurations().into_iter().map(explore).collect())
}

impl Atlas {
    /// One traveller for each place that was found.
    pub fn one_a_place(&self) -> Vec<Traveller> {
        let mut places = BTreeSet::new();
        self.situations.iter().filter(|one| places.insert(one.place())).cloned().collect()
    }
}

/// The state without the numbers of its tickets.
pub fn situation(traveller: &Traveller) -> String {
    let place = &traveller.state.place;
    let name = place.name();
    let detail = match place {
        Place::Loading { visit, .. } | Place::LoadFailed { visit } => of_visit(visit),
        Place::Unavailable { cause, visit } => format!("{cause:?} {}", of_visit(visit)),
        Place::Choosing { session, farewell } => format!("{} {}", of_session(session), farewell.is_some()),
        Place::Before { session, chosen, problem } => {
            format!("{} {} {problem:?}", of_session(session), of_chosen(chosen))
        }
        Place::Idle { session } => of_session(session),
        Place::FillingSandboxForm { session, form, .. } => format!("{} {form:?}", of_session(session)),
        Place::ConnectingSandbox { session, chosen, use_case, step } => {
            format!("{} {} {use_case:?} {}", of_session(session), of_chosen(chosen), of_step(step))
        }
        Place::AwaitingAddress { session, chosen, window, .. } => {
            format!("{} {} {}", of_session(session), of_chosen(chosen), of_window(*window))
        }
        Place::AwaitingSignIn { session, sign_in } => format!(
            "{} {} {} {} {} {}",
            of_session(session),
            of_chosen(&sign_in.chosen),
            of_window(sign_in.window),
            of_listening(sign_in.listening),
            matches!(sign_in.patience, Patience::Over),
            sign_in.attempt_id.is_some(),
        ),
        Place::ChoosingAccount { session, chosen, step, .. } => {
            let step = match step {
                AccountStep::Choosing(accounts) => format!("{}", accounts.len()),
                AccountStep::Extra { problems, guide, .. } => {
                    format!("{} {}", problems.len(), of_guide(guide))
                }
                _ => String::new(),
            };
            format!("{} {} {step}", of_session(session), of_chosen(chosen))
        }
        Place::Entering { session, chosen, entry } => {
            format!("{} {} {}", of_session(session), of_chosen(chosen), of_entry(entry))
        }
        Place::LinkingBank { session, chosen, step } => {
            let named = matches!(step, BankStep::Confirming { connection_id: Some(_), .. });
            format!("{} {} {named}", of_session(session), of_chosen(chosen))
        }
        Place::Connected { session, chosen, handing_over, .. } => {
            let stuck = matches!(handing_over, HandingOver::Stuck { .. });
            format!("{} {} {stuck}", of_session(session), of_chosen(chosen))
        }
        Place::Ended { session, chosen, ending } => {
            format!("{} {} {ending:?}", of_session(session), of_chosen(chosen))
        }
        Place::Left => String::new(),
    };
    format!("{name} {detail}")
}

fn of_visit(visit: &Visit) -> String {
    match visit {
        Visit::First => "first".to_owned(),
        Visit::Retry => "retry".to_owned(),
        Visit::Again(session) => of_session(session),
    }
}

fn of_session(session: &Session) -> String {
    let (integrations, connections) = (
        session.integrations.iter().map(|one| one.service.as_str()).collect::<Vec<_>>().concat(),
        session.connections.len(),
    );
    let (step, made) = (session.journey.step, !session.journey.made.is_empty());
    format!("{integrations} {connections} {} {step:?} {made}", session.sandbox_one_press)
}

fn of_chosen(chosen: &Chosen) -> String {
    let need = chosen.bank.as_ref().map(|bank| bank.need);
    format!("{} {} {} {need:?}", chosen.name, chosen.integration.is_some(), chosen.answer.is_some())
}

fn of_entry(entry: &Entry) -> String {
    let step = match &entry.step {
        EntryStep::Filling { problems, trouble } => format!("{} {}", problems.len(), trouble.is_some()),
        EntryStep::Connector(connector) => {
            let seen = connector.seen.as_ref().map(|seen| (seen.state, seen.error));
            format!("{seen:?}")
        }
        EntryStep::Beginning(_) | EntryStep::Checking(_) | EntryStep::Confirming(_) => String::new(),
    };
    format!("{} {} {step}", entry.connection_id.is_some(), of_guide(&entry.guide))
}

fn of_guide(guide: &Guide) -> &'static str {
    match guide {
        Guide::Loading(_) => "loading",
        Guide::Ready(_) => "ready",
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

/// Beyond the second failure only the rest grows.
fn of_listening(listening: Listening) -> String {
    match listening {
        Listening::Polling { failures, .. } => format!("polling {}", failures.min(2)),
        Listening::Resting { failures, .. } => format!("resting {}", failures.min(2)),
        Listening::Over => "over".to_owned(),
    }
}
