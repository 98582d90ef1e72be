//! Properties over roads that nobody planned: random events, right and wrong, in random configurations.
//!
//! Each step also checks the invariants of `support/invariants.rs`: the machine answers, the host hears at most one outcome an
//! attempt (invariant 3), the token stays inside (invariant 4), what is out is what is waited for.

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, proptest};
use proptest::sample::Index;
use railz_connect_flow::Event;
use railz_connect_flow::event::{Response, UserEvent};
use railz_connect_flow::state::{Lifecycle, Stage};

use crate::support::{TestWidget, fixtures, possible_events, state_space};

/// One step of a road: what could happen next, or something about the past.
type Turn = (Index, u8);

/// How often, of 256 steps, the past comes up.
const PAST: u8 = 40;

fn walk(config: Index, turns: &[Turn]) -> TestWidget {
    let configurations = state_space::configurations();
    let mut widget = TestWidget::start(config.get(&configurations).clone());
    for (index, kind) in turns {
        let past = possible_events::stale(&widget);
        if *kind < PAST && !past.is_empty() {
            widget.dispatch_unrecorded(index.get(&past).clone());
        } else {
            let events: Vec<_> = possible_events::next_and_token_refusals(&widget)
                .into_iter()
                .filter(|event| !closes(event))
                .collect();
            widget.dispatch_unrecorded(index.get(&events).clone());
        }
    }
    widget
}

/// Closing would end nearly every road after a few steps; it is tried from every road's end instead.
fn closes(event: &Event) -> bool {
    *event == Event::User(UserEvent::Close)
}

fn is_a_way_out(widget: &TestWidget) -> bool {
    matches!(
        widget.state.lifecycle,
        Lifecycle::Open { stage: Stage::Choosing(_) | Stage::Connected(_) | Stage::Ended(_), .. }
            | Lifecycle::Unavailable { .. }
            | Lifecycle::LoadFailed { .. }
            | Lifecycle::Closed
    )
}

/// The shortest way out, in events, if there is one of at most this many.
fn way_out(widget: &TestWidget, at_most: usize) -> Option<usize> {
    let mut here = vec![widget.clone()];
    for steps in 0..=at_most {
        if here.iter().any(is_a_way_out) {
            return Some(steps);
        }
        here = here
            .iter()
            .flat_map(|one| possible_events::next(one).into_iter().map(move |event| (one, event)))
            .filter_map(|(one, event)| {
                let mut next = one.clone();
                next.dispatch_unrecorded(event).then_some(next)
            })
            .collect();
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn from_any_road_every_event_gets_an_answer(config in any::<Index>(), turns in vec(any::<Turn>(), 0..60)) {
        let end = walk(config, &turns);
        for event in possible_events::next(&end).into_iter().chain(possible_events::stale(&end)) {
            let mut widget = end.clone();
            widget.dispatch_unrecorded(event);
        }
    }

    #[test]
    fn from_any_road_the_past_changes_nothing(config in any::<Index>(), turns in vec(any::<Turn>(), 0..60)) {
        let mut end = walk(config, &turns);
        let before = end.state.clone();
        for event in possible_events::stale(&end) {
            assert!(!end.dispatch_unrecorded(event.clone()), "{event:?} at {}", end.name());
        }
        assert_eq!(end.state, before);
    }

    #[test]
    fn from_any_road_there_is_a_way_out(config in any::<Index>(), turns in vec(any::<Turn>(), 0..60)) {
        let end = walk(config, &turns);
        assert!(way_out(&end, 2).is_some(), "no way out of {}", end.name());
    }

    #[test]
    fn from_any_road_the_server_alone_can_make_it_a_success_or_an_end(
        config in any::<Index>(),
        turns in vec(any::<Turn>(), 0..60),
    ) {
        let mut end = walk(config, &turns);
        for _ in 0..4 {
            let Some(ticket) = end.requests.keys().next().copied() else { break };
            let result = match end.name() {
                "Loading" => Ok(Response::Session(Box::new(fixtures::session()))),
                "AwaitingAddress" | "ConnectingSandbox(address)" => Ok(Response::Address(fixtures::address())),
                "ConnectingSandbox(login)" => Ok(Response::Empty),
                "ConnectingSandbox(status)" => Ok(Response::Connections(vec![fixtures::active(fixtures::SANDBOX)])),
                _ => Ok(Response::Update(Some(Box::new(fixtures::active(fixtures::QUICKBOOKS))))),
            };
            end.dispatch_unrecorded(Event::Response { ticket, result });
        }
        assert!(end.requests.is_empty(), "it goes on asking at {}", end.name());
    }
}

/// Stronger than the roads: of all situations there are, from each one but the end a success can still be reached.
#[test]
fn from_every_situation_a_success_can_still_be_reached() {
    for state_space in state_space::all() {
        let mut hopeful = vec![false; state_space.situations.len()];
        let connected = |one: &TestWidget| matches!(one.state.stage(), Some(Stage::Connected(_)));
        let mut due: Vec<_> =
            (0..hopeful.len()).filter(|one| connected(&state_space.situations[*one])).collect();
        while let Some(here) = due.pop() {
            if !std::mem::replace(&mut hopeful[here], true) {
                due.extend(&state_space.reached_from[here]);
            }
        }
        for (situation, hopeful) in state_space.situations.iter().zip(hopeful) {
            let goes = situation.name().starts_with("Clos");
            assert!(hopeful || goes, "a dead end: {}", state_space::situation(situation));
        }
    }
}
