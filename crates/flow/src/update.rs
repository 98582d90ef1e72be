//! From a state to the next. Total and pure: whatever happens, there is an answer, and the last arm of each
//! match, "anything else changes nothing", is a decision and not an accident.
//!
//! What happens at a stage is in `update/STAGE.rs`, whose `update` is the table of its events; what several stages do is in
//! `update/shared/`. Before there is a session: `update/loading.rs`.

mod awaiting_address;
mod awaiting_sign_in;
mod before_sign_in;
mod choosing;
mod choosing_account;
mod closing;
mod connected;
mod connecting_sandbox;
mod ended;
mod entering;
mod filling_sandbox_form;
mod idle;
mod linking_bank;
mod loading;
mod network;
mod patience;
mod renewal;
mod select;
mod shared;

use crate::config::Config;
use crate::effect::{Effect, Report};
use crate::event::{Event, Network, Response, UserEvent};
use crate::funnel::FunnelEvent;
use crate::screen::Screen;
use crate::session::Session;
use crate::state::{Bearer, Heading, Lifecycle, Load, Stage, State};
use crate::ticket::Tickets;
use crate::view::view;
use shared::turn::{Next, Turn};

pub use idle::IDLE_AFTER_MS;

/// A new state and what the shell is to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The new state; to be stored before any effect runs.
    pub state: State,
    /// What is to be drawn of it.
    pub screen: Screen,
    /// What to do, in this order.
    pub effects: Vec<Effect>,
    /// What a host may count of it.
    pub counted: Vec<FunnelEvent>,
}

/// The first step of a widget.
pub fn start(config: &Config) -> Step {
    let mut turn = Turn::new(config, Tickets::default(), Bearer::default());
    turn.bearer.token.clone_from(&config.session_token);
    if config.debug {
        let endpoint = &config.endpoint;
        turn.effect(Effect::Report(Report::Endpoint { url: endpoint.url.clone(), source: endpoint.source }));
        for name in &config.unknown_options {
            turn.effect(Effect::Report(Report::UnknownOption(name.clone())));
        }
        for (older, newer) in &config.older_options {
            turn.effect(Effect::Report(Report::OlderOption { older, newer }));
        }
    }
    let lifecycle = loading::load(&mut turn, Load::First);
    step(turn, lifecycle)
}

/// What follows when something happens.
pub fn update(config: &Config, mut state: State, event: Event) -> Step {
    let before = state.heading;
    // A page that just loads keeps its focus; a dialog that was opened has it.
    let leaves_focus_alone =
        !config.modal && matches!(state.lifecycle, Lifecycle::Loading { load: Load::First, .. });
    let mut turn = Turn::new(config, state.tickets, state.bearer);
    if !matches!(state.lifecycle, Lifecycle::Closed) {
        network::receive(&mut turn, &event);
    }
    for event in renewal::receive(&mut turn, &mut state.lifecycle, event) {
        if let Some(mut event) = patience::receive(&mut turn, event) {
            next(&mut turn, &mut state.lifecycle, &mut event);
        }
    }
    let mut step = step(turn, state.lifecycle);
    let (after, closed) = (step.state.heading, matches!(step.state.lifecycle, Lifecycle::Closed));
    if after != before && !leaves_focus_alone && !closed && !follows_by_itself(before.screen, after.screen) {
        step.effects.push(Effect::FocusHeading);
    }
    step
}

fn step(turn: Turn<'_>, lifecycle: Lifecycle) -> Step {
    let screen = view(turn.config, &lifecycle, turn.bearer.network);
    let step = lifecycle.session().map(|session| session.journey.step);
    let heading = Heading { screen: screen.content.name(), step };
    let (tickets, bearer, effects, counted) = turn.end();
    Step { state: State { tickets, lifecycle, heading, bearer }, screen, effects, counted }
}

/// The window's opening becomes the waiting for it within moments; announcing both would talk over itself.
fn follows_by_itself(before: &str, after: &str) -> bool {
    before == "opening" && after == "waiting"
}

/// What happens at a stage changes it in place, and looks at the event without taking it apart: what is moved out of one
/// has to be dropped piece by piece in each arm, which made the engine 4 KB larger.
fn next(turn: &mut Turn<'_>, lifecycle: &mut Lifecycle, event: &mut Event) {
    if matches!(event, Event::User(UserEvent::Close)) && turn.config.has_close_button() {
        return closing::begin(turn, lifecycle);
    }
    match (&mut *lifecycle, event) {
        (Lifecycle::Open { session, stage }, event) => match next_of_open(turn, session, stage, event) {
            Next::Stay => {}
            Next::Stage(next) => *stage = next,
            Next::LoadAgain => load_again(turn, lifecycle),
            Next::Close => {
                *stage = Stage::root();
                closing::begin(turn, lifecycle);
            }
        },
        (Lifecycle::Loading { request, load }, Event::Response { ticket, result }) if ticket == request => {
            let load = std::mem::replace(load, Load::First);
            let result = std::mem::replace(result, Ok(Response::Empty));
            *lifecycle = loading::handle_response(turn, load, result);
        }
        (
            Lifecycle::Unavailable { load, .. } | Lifecycle::LoadFailed { load },
            Event::User(UserEvent::TryAgain),
        ) => {
            let load = std::mem::replace(load, Load::First);
            *lifecycle = loading::try_again(turn, load);
        }
        (lifecycle @ Lifecycle::LoadFailed { .. }, Event::NetworkChanged(Network::Online)) => {
            network::load_again(turn, lifecycle);
        }
        (Lifecycle::Closing(closing), event) => {
            let is_over = closing::update(turn, closing, event);
            if is_over {
                closing::end(turn, lifecycle);
            }
        }
        _ => {}
    }
}

fn next_of_open(turn: &mut Turn<'_>, session: &mut Session, stage: &mut Stage, event: &Event) -> Next {
    match stage {
        Stage::Choosing(stage) => choosing::update(turn, session, stage, event),
        Stage::Idle => idle::update(event),
        Stage::BeforeSignIn(stage) => before_sign_in::update(turn, session, stage, event),
        Stage::AwaitingAddress(stage) => awaiting_address::update(turn, session, stage, event),
        Stage::AwaitingSignIn(sign_in) => awaiting_sign_in::update(turn, session, sign_in, event),
        Stage::ChoosingAccount(stage) => choosing_account::update(turn, session, stage, event),
        Stage::FillingSandboxForm(stage) => filling_sandbox_form::update(turn, session, stage, event),
        Stage::ConnectingSandbox(stage) => connecting_sandbox::update(turn, session, stage, event),
        Stage::Entering(stage) => entering::update(turn, session, stage, event),
        Stage::LinkingBank(stage) => linking_bank::update(turn, session, stage, event),
        Stage::Connected(stage) => connected::update(turn, session, stage, event),
        Stage::Ended(stage) => ended::update(turn, session, stage, event),
    }
}

fn load_again(turn: &mut Turn<'_>, lifecycle: &mut Lifecycle) {
    if let Lifecycle::Open { session, .. } = std::mem::replace(lifecycle, Lifecycle::Closed) {
        *lifecycle = loading::load(turn, Load::Again(session));
    }
}
