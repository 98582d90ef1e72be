//! Properties over roads that nobody planned: random events, right and wrong, in random configurations.
//!
//! Each step also checks the truths of `support/truths.rs`: the machine answers, the host hears at most one outcome an
//! attempt (invariant 3), the token stays inside (invariant 4), what is out is what is waited for.

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, proptest};
use proptest::sample::Index;
use railz_connect_flow::{Answer, Event, Place, UserEvent};

use crate::support::{Traveller, atlas, ways, world};

/// One step of a road: what the world could bring next, or something about the past.
type Turn = (Index, u8);

/// How often, of 256 steps, the past comes up.
const PAST: u8 = 40;

fn walk(config: Index, turns: &[Turn]) -> Traveller {
    let configurations = atlas::configurations();
    let mut traveller = Traveller::start(config.get(&configurations).clone());
    for (index, kind) in turns {
        let past = ways::stale(&traveller);
        if *kind < PAST && !past.is_empty() {
            traveller.wander(index.get(&past).clone());
        } else {
            let events: Vec<_> =
                ways::onward(&traveller).into_iter().filter(|event| !closes(event)).collect();
            traveller.wander(index.get(&events).clone());
        }
    }
    traveller
}

/// Closing would end nearly every road after a few steps; it is tried from every road's end instead.
fn closes(event: &Event) -> bool {
    *event == Event::User(UserEvent::Close)
}

fn is_a_way_out(traveller: &Traveller) -> bool {
    matches!(
        traveller.state.place,
        Place::Choosing { .. }
            | Place::Connected { .. }
            | Place::Ended { .. }
            | Place::Unavailable { .. }
            | Place::LoadFailed { .. }
            | Place::Left
    )
}

/// The shortest way out, in events, if there is one of at most this many.
fn way_out(traveller: &Traveller, at_most: usize) -> Option<usize> {
    let mut here = vec![traveller.clone()];
    for steps in 0..=at_most {
        if here.iter().any(is_a_way_out) {
            return Some(steps);
        }
        here = here
            .iter()
            .flat_map(|one| ways::onward(one).into_iter().map(move |event| (one, event)))
            .filter_map(|(one, event)| {
                let mut next = one.clone();
                next.wander(event).then_some(next)
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
        for event in ways::onward(&end).into_iter().chain(ways::stale(&end)) {
            let mut traveller = end.clone();
            traveller.wander(event);
        }
    }

    #[test]
    fn from_any_road_the_past_changes_nothing(config in any::<Index>(), turns in vec(any::<Turn>(), 0..60)) {
        let mut end = walk(config, &turns);
        let before = end.state.clone();
        for event in ways::stale(&end) {
            assert!(!end.wander(event.clone()), "{event:?} at {}", end.place());
        }
        assert_eq!(end.state, before);
    }

    #[test]
    fn from_any_road_there_is_a_way_out(config in any::<Index>(), turns in vec(any::<Turn>(), 0..60)) {
        let end = walk(config, &turns);
        assert!(way_out(&end, 2).is_some(), "no way out of {}", end.place());
    }

    #[test]
    fn from_any_road_the_server_alone_can_make_it_a_success_or_an_end(
        config in any::<Index>(),
        turns in vec(any::<Turn>(), 0..60),
    ) {
        let mut end = walk(config, &turns);
        for _ in 0..4 {
            let Some(ticket) = end.requests.keys().next().copied() else { break };
            let result = match end.place() {
                "Loading" => Ok(Answer::Session(Box::new(world::session()))),
                "AwaitingAddress" | "ConnectingSandbox(address)" => Ok(Answer::Address(world::address())),
                "ConnectingSandbox(login)" => Ok(Answer::Taken),
                "ConnectingSandbox(status)" => Ok(Answer::Connections(vec![world::active(world::SANDBOX)])),
                _ => Ok(Answer::News(Some(Box::new(world::active(world::QUICKBOOKS))))),
            };
            end.wander(Event::Answered { ticket, result });
        }
        assert!(end.requests.is_empty(), "it goes on asking at {}", end.place());
    }
}

/// Stronger than the roads: of all situations there are, from each one but the end a success can still be reached.
#[test]
fn from_every_situation_a_success_can_still_be_reached() {
    for atlas in atlas::all() {
        let mut hopeful = vec![false; atlas.situations.len()];
        let connected = |one: &Traveller| matches!(one.state.place, Place::Connected { .. });
        let mut due: Vec<_> = (0..hopeful.len()).filter(|one| connected(&atlas.situations[*one])).collect();
        while let Some(here) = due.pop() {
            if !std::mem::replace(&mut hopeful[here], true) {
                due.extend(&atlas.reached_from[here]);
            }
        }
        for (situation, hopeful) in atlas.situations.iter().zip(hopeful) {
            assert!(hopeful || situation.has_left(), "a dead end: {}", atlas::situation(situation));
        }
    }
}
