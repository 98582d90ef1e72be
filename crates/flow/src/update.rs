//! The one way from a state to the next. Total and pure: whatever happens, there is an answer, and the last arm,
//! "anything else changes nothing", is a decision and not an accident.
//!
//! The arms stand under one banner a place; what they do is in the module of the same name.

mod account;
mod bank;
mod before;
mod choosing;
mod connector;
mod entering;
mod guide;
mod hand_over;
mod listening;
mod loading;
mod outcome;
mod sandbox;
mod sign_in;
mod turn;
pub(crate) mod way;

use crate::state::{AccountStep, HandingOver, Listening, Patience, SandboxStep, Visit};
use crate::ticket::Tickets;
use crate::{
    BankStep, Config, Effect, EntryStep, Event, HostEvent, JourneyStep, Parties, Place, Question, Report,
    Session, State, UserEvent, Watch, Way, journey, view,
};
use turn::Turn;

pub(crate) use connector::{file_name, is_connected};

/// A new state and what the shell is to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The new state; to be stored before any effect runs.
    pub state: State,
    /// What to do, in this order.
    pub effects: Vec<Effect>,
}

/// The first step of a widget.
pub fn start(config: &Config) -> Step {
    let mut turn = Turn::new(config, Tickets::default());
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
    let place = loading::load(&mut turn, Visit::First);
    turn.step(place)
}

/// What follows when something happens.
pub fn update(config: &Config, state: State, event: Event) -> Step {
    let before = identity(config, &state);
    // A page that just loads keeps its focus; a dialog that was opened has it.
    let leaves_focus_alone =
        !config.modal && matches!(state.place, Place::Loading { visit: Visit::First, .. });
    let mut turn = Turn::new(config, state.tickets);
    let place = next(&mut turn, state.place, event);
    let left = matches!(place, Place::Left);
    let mut step = turn.step(place);
    let after = identity(config, &step.state);
    if after != before && !leaves_focus_alone && !left && !follows_by_itself(before.0, after.0) {
        step.effects.push(Effect::FocusHeading);
    }
    step
}

/// What makes a screen another one for the person in front of it.
fn identity(config: &Config, state: &State) -> (&'static str, Option<JourneyStep>) {
    (view(config, state).content.name(), state.place.session().map(|session| session.journey.step))
}

/// The window's opening becomes the waiting for it within moments; announcing both would talk over itself.
fn follows_by_itself(before: &str, after: &str) -> bool {
    before == "opening" && after == "waiting"
}

#[expect(clippy::too_many_lines, reason = "the table of all transitions, to be read in one piece")]
fn next(turn: &mut Turn<'_>, place: Place, event: Event) -> Place {
    match (place, event) {
        // ── Everywhere ──────────────────────────────────────────────────────────────────────────────────────────
        (place, Event::User(UserEvent::Close)) if turn.config.has_close_button() => close(turn, place),
        (place, Event::Guide { ticket, steps }) => guide::arrived(place, ticket, steps),
        (place, Event::User(UserEvent::LoadGuide)) => guide::try_again(turn, place),

        // ── Loading ─────────────────────────────────────────────────────────────────────────────────────────────
        (Place::Loading { request, visit }, Event::Answered { ticket, result }) if ticket == request => {
            loading::answered(turn, visit, result)
        }

        // ── Unavailable, LoadFailed ─────────────────────────────────────────────────────────────────────────────
        (
            Place::Unavailable { visit, .. } | Place::LoadFailed { visit },
            Event::User(UserEvent::TryAgain),
        ) => loading::try_again(turn, visit),

        // ── Choosing: overview, services, summary, what needs attention ─────────────────────────────────────────
        (Place::Choosing { session, farewell }, Event::User(UserEvent::Next)) => {
            way::next(turn, session, farewell)
        }
        (Place::Choosing { session, farewell }, Event::User(UserEvent::Back)) => {
            way::back(turn, session, farewell)
        }
        (Place::Choosing { session, farewell }, Event::User(UserEvent::GoTo(step))) => {
            way::go_to(turn, session, farewell, step)
        }
        (Place::Choosing { session, farewell: None }, Event::User(UserEvent::Finish))
            if session.journey.step == JourneyStep::Summary =>
        {
            way::finish(turn, session)
        }
        (Place::Choosing { mut session, farewell }, Event::User(UserEvent::Search(query)))
            if matches!(session.journey.step, JourneyStep::Kind(_)) =>
        {
            session.journey.query = query;
            Place::Choosing { session, farewell }
        }
        (Place::Choosing { session, farewell }, Event::User(UserEvent::Pick(uuid))) => {
            match session.pick(&uuid) {
                Some(chosen) => choosing::pick(turn, session, farewell, chosen),
                None => Place::Choosing { session, farewell },
            }
        }
        (Place::Choosing { session, farewell }, Event::User(UserEvent::Renew(id))) => {
            match session.renew(&id).filter(|_| way::lists_connections(&session)) {
                Some(chosen) => choosing::pick(turn, session, farewell, chosen),
                None => Place::Choosing { session, farewell },
            }
        }
        (Place::Choosing { session, farewell: Some(farewell) }, Event::Answered { ticket, result })
            if ticket == farewell.request =>
        {
            choosing::farewell_answered(turn, session, farewell, result)
        }

        // ── Before, and back from wherever there is nothing to give up ──────────────────────────────────────────
        (Place::Before { session, chosen, .. }, Event::User(UserEvent::OpenWindow))
            if Question::of(&chosen.name).is_none() =>
        {
            before::open(turn, session, chosen)
        }
        (Place::Before { session, chosen, .. }, Event::User(UserEvent::Submit(values))) => {
            before::answer(turn, session, chosen, &values)
        }
        (
            Place::Before { session, .. }
            | Place::FillingSandboxForm { session, .. }
            | Place::ChoosingAccount { session, step: AccountStep::Choosing(_), .. }
            | Place::Ended { session, .. },
            Event::User(UserEvent::Back),
        ) => way::root(session),

        // ── FillingSandboxForm ──────────────────────────────────────────────────────────────────────────────────
        (Place::FillingSandboxForm { session, chosen, .. }, Event::User(UserEvent::Submit(values))) => {
            sandbox::submit(turn, session, chosen, &values)
        }

        // ── ConnectingSandbox ───────────────────────────────────────────────────────────────────────────────────
        (
            Place::ConnectingSandbox { session, chosen, use_case, step },
            Event::Answered { ticket, result },
        ) if ticket == sandbox::request(&step) => {
            sandbox::answered(turn, session, chosen, use_case, step, result)
        }
        (
            Place::ConnectingSandbox { session, step: step @ SandboxStep::Address(_), .. },
            Event::User(UserEvent::Back),
        ) => {
            turn.forget(sandbox::request(&step));
            way::root(session)
        }

        // ── AwaitingAddress ─────────────────────────────────────────────────────────────────────────────────────
        (
            Place::AwaitingAddress { session, chosen, window_name, window, request },
            Event::Answered { ticket, result },
        ) if ticket == request => before::answered(turn, session, chosen, window_name, window, result),
        (
            Place::AwaitingAddress { session, chosen, window_name, window, request },
            Event::WindowBlocked(ticket),
        ) => {
            let window = sign_in::blocked(window, ticket);
            Place::AwaitingAddress { session, chosen, window_name, window, request }
        }
        (
            Place::AwaitingAddress { session, chosen, window_name, window, request },
            Event::WindowClosed(ticket),
        ) => {
            let window = sign_in::closed(window, ticket);
            Place::AwaitingAddress { session, chosen, window_name, window, request }
        }
        (Place::AwaitingAddress { session, window, request, .. }, Event::User(UserEvent::Back)) => {
            turn.forget(request);
            sign_in::close_window(turn, window);
            way::root(session)
        }

        // ── AwaitingSignIn ──────────────────────────────────────────────────────────────────────────────────────
        (Place::AwaitingSignIn { session, sign_in }, Event::Answered { ticket, result })
            if listening::is_asking(sign_in.listening, ticket) =>
        {
            listening::answered(turn, session, sign_in, result)
        }
        (Place::AwaitingSignIn { session, mut sign_in }, Event::TimerFired(ticket))
            if ticket == sign_in.life && sign_in.listening != Listening::Over =>
        {
            sign_in::life_is_over(turn, &session, &mut sign_in);
            Place::AwaitingSignIn { session, sign_in }
        }
        (Place::AwaitingSignIn { session, mut sign_in }, Event::TimerFired(ticket))
            if sign_in.patience == Patience::Waiting(ticket) =>
        {
            sign_in::patience_is_over(turn, &session, &mut sign_in);
            Place::AwaitingSignIn { session, sign_in }
        }
        (Place::AwaitingSignIn { session, mut sign_in }, Event::TimerFired(ticket))
            if listening::is_resting(sign_in.listening, ticket) =>
        {
            listening::rested(turn, &session, &mut sign_in);
            Place::AwaitingSignIn { session, sign_in }
        }
        (Place::AwaitingSignIn { session, mut sign_in }, Event::PageRestored) => {
            listening::ask_now(turn, &session, &mut sign_in);
            Place::AwaitingSignIn { session, sign_in }
        }
        (Place::AwaitingSignIn { session, mut sign_in }, Event::WindowClosed(ticket)) => {
            sign_in::window_closed(turn, &session, &mut sign_in, ticket);
            Place::AwaitingSignIn { session, sign_in }
        }
        (Place::AwaitingSignIn { session, mut sign_in }, Event::WindowBlocked(ticket)) => {
            sign_in.window = sign_in::blocked(sign_in.window, ticket);
            Place::AwaitingSignIn { session, sign_in }
        }
        (Place::AwaitingSignIn { session, mut sign_in }, Event::User(UserEvent::OpenWindow))
            if sign_in.listening != Listening::Over =>
        {
            sign_in::reopen(turn, &mut sign_in);
            Place::AwaitingSignIn { session, sign_in }
        }
        (Place::AwaitingSignIn { session, mut sign_in }, Event::User(UserEvent::FollowLink)) => {
            sign_in.window = sign_in::followed(sign_in.window);
            Place::AwaitingSignIn { session, sign_in }
        }
        (Place::AwaitingSignIn { session, sign_in }, Event::User(UserEvent::Back)) => {
            sign_in::give_up(turn, session, sign_in)
        }
        (Place::AwaitingSignIn { session, sign_in }, Event::User(UserEvent::TryAgain))
            if sign_in.patience == Patience::Over =>
        {
            sign_in::abandon(turn, &sign_in);
            Place::Before { session, chosen: sign_in.chosen, problem: None }
        }

        // ── ChoosingAccount ─────────────────────────────────────────────────────────────────────────────────────
        (
            Place::ChoosingAccount { session, chosen, connection_id, step },
            Event::Answered { ticket, result },
        ) if account::is_asking(&step, ticket) => {
            account::answered(turn, session, chosen, connection_id, &step, result)
        }
        (
            Place::ChoosingAccount { session, chosen, connection_id, step: AccountStep::Choosing(accounts) },
            Event::User(UserEvent::ChooseAccount(id)),
        ) if accounts.iter().any(|account| account.id == id) => {
            account::choose(turn, session, chosen, connection_id, id)
        }
        (
            Place::ChoosingAccount {
                session,
                chosen,
                connection_id,
                step: AccountStep::Extra { account_id, guide, .. },
            },
            Event::User(UserEvent::Submit(values)),
        ) => {
            let step = account::submit(turn, (&session, &chosen, &connection_id), account_id, guide, &values);
            Place::ChoosingAccount { session, chosen, connection_id, step }
        }
        (
            Place::ChoosingAccount { session, step: AccountStep::Extra { guide, .. }, .. },
            Event::User(UserEvent::Back),
        ) => {
            guide::leave(turn, &guide);
            way::root(session)
        }
        (
            Place::ChoosingAccount { session, step: AccountStep::Extra { guide, .. }, .. },
            Event::IdleTooLong,
        ) => {
            guide::leave(turn, &guide);
            way::idle(turn, session)
        }

        // ── Entering ────────────────────────────────────────────────────────────────────────────────────────────
        (Place::Entering { session, chosen, entry }, Event::Answered { ticket, result })
            if entering::is_asking(&entry, ticket) =>
        {
            entering::answered(turn, session, chosen, entry, result)
        }
        (Place::Entering { session, chosen, mut entry }, Event::User(UserEvent::Submit(values))) => {
            if let (EntryStep::Filling { .. }, Way::Credentials(form)) = (&entry.step, chosen.way()) {
                entry.step = entering::submit(turn, &session, &chosen, form, &values);
            }
            Place::Entering { session, chosen, entry }
        }
        (Place::Entering { session, chosen, entry }, Event::User(UserEvent::Back)) => match &entry.step {
            EntryStep::Checking(_) | EntryStep::Confirming(_) => Place::Entering { session, chosen, entry },
            EntryStep::Beginning(_) | EntryStep::Filling { .. } | EntryStep::Connector(_) => {
                entering::leave(turn, &entry);
                way::root(session)
            }
        },
        (Place::Entering { session, entry, .. }, Event::IdleTooLong)
            if matches!(entry.step, EntryStep::Filling { .. }) =>
        {
            entering::leave(turn, &entry);
            way::idle(turn, session)
        }
        (Place::Entering { session, chosen, mut entry }, event) => {
            if let EntryStep::Connector(connector) = &mut entry.step {
                match (connector.watch, event) {
                    (Watch::Asking(request), Event::Answered { ticket, result }) if ticket == request => {
                        return connector::answered(turn, session, chosen, entry, result);
                    }
                    (Watch::Resting(timer), Event::TimerFired(ticket)) if ticket == timer => {
                        connector::rested(turn, &session, connector);
                    }
                    (_, Event::Copied(done)) => connector::copied(connector, done),
                    (_, Event::User(user)) => connector::pressed(turn, &session, connector, &user),
                    _ => {}
                }
            }
            Place::Entering { session, chosen, entry }
        }

        // ── LinkingBank ─────────────────────────────────────────────────────────────────────────────────────────
        (Place::LinkingBank { session, chosen, step }, Event::Answered { ticket, result })
            if bank::is_asking(&step, ticket) =>
        {
            bank::answered(turn, session, chosen, step, result)
        }
        (
            Place::LinkingBank { session, chosen, step: BankStep::Opening(link) | BankStep::Open(link) },
            Event::BankLink { ticket, news },
        ) if ticket == link => bank::news(turn, session, chosen, link, news),
        (Place::LinkingBank { session, chosen, step }, Event::User(UserEvent::Back)) => {
            bank::back(turn, session, chosen, step)
        }

        // ── Connected ───────────────────────────────────────────────────────────────────────────────────────────
        (
            Place::Connected { session, handing_over: HandingOver::NotAsked, .. },
            Event::User(UserEvent::Continue),
        ) => way::on_from_success(turn, session),
        (
            Place::Connected { session, handing_over: HandingOver::NotAsked, .. },
            Event::User(UserEvent::AddAnother),
        ) if may_add_another(&session) => loading::load(turn, Visit::Again(session)),
        (
            Place::Connected {
                session,
                chosen,
                connection,
                handing_over: HandingOver::UnderWay { timer, form },
            },
            event @ (Event::TimerFired(_) | Event::HandOverRefused),
        ) => {
            let handing_over = hand_over::still_here(turn, &session, &connection, timer, form, &event);
            Place::Connected { session, chosen, connection, handing_over }
        }
        (
            Place::Connected { session, chosen, connection, handing_over: HandingOver::Stuck { form } },
            Event::User(UserEvent::Continue),
        ) => {
            let handing_over = hand_over::submit(turn, form);
            Place::Connected { session, chosen, connection, handing_over }
        }

        // Whoever comes back from the success page has been there: the list says what is connected now.
        (
            Place::Connected { session, handing_over: HandingOver::UnderWay { timer, .. }, .. },
            Event::PageRestored,
        ) => {
            turn.forget(timer);
            loading::load(turn, Visit::Again(session))
        }

        // ── Ended ───────────────────────────────────────────────────────────────────────────────────────────────
        (Place::Ended { session, chosen, .. }, Event::User(UserEvent::TryAgain)) => {
            choosing::again(turn, session, chosen)
        }

        // ── Idle, from wherever nothing is under way ────────────────────────────────────────────────────────────
        (
            Place::Choosing { session, farewell: None }
            | Place::Before { session, .. }
            | Place::FillingSandboxForm { session, .. }
            | Place::ChoosingAccount { session, step: AccountStep::Choosing(_), .. }
            | Place::Connected { session, handing_over: HandingOver::NotAsked, .. }
            | Place::Ended { session, .. },
            Event::IdleTooLong,
        ) => way::idle(turn, session),
        (Place::Idle { session }, Event::User(UserEvent::TryAgain)) => {
            loading::load(turn, Visit::Again(session))
        }

        // ── Anything else changes nothing: stale tickets, presses that the screen no longer offers ──────────────
        (place, _) => place,
    }
}

/// Whether a second connection of the kind just connected has room.
pub(crate) fn may_add_another(session: &Session) -> bool {
    match session.journey.step {
        JourneyStep::Kind(kind) => journey::has_room_after_this(session, kind),
        JourneyStep::Attention | JourneyStep::Overview | JourneyStep::Summary => false,
    }
}

fn close(turn: &mut Turn<'_>, place: Place) -> Place {
    let leaving =
        matches!(place, Place::Left | Place::Connected { handing_over: HandingOver::UnderWay { .. }, .. });
    if leaving || !turn.config.closable() {
        return place;
    }
    let parties = place.session().map_or_else(Parties::default, Session::parties);
    turn.tell(HostEvent::Exit(parties));
    turn.effect(Effect::Unmount);
    if let Some(url) = turn.config.close_redirect_url.clone() {
        turn.effect(Effect::Navigate(url));
    }
    Place::Left
}
