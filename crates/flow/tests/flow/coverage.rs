//! Which share of the machine's transitions the journeys take. A transition is a place, an event that changes something
//! there, and the place that follows; the state space knows all that can be reached.

use std::collections::BTreeSet;

use crate::journeys::FAMILIES;
use crate::support::state_space;
use crate::support::transitions::{self, Transition};

/// In percent. Raise it when the journeys take more; never lower it to let a change through.
const FLOOR: usize = 98;

#[test]
fn the_journeys_take_nearly_all_transitions_there_are() {
    let taken = all_journeys();
    let reachable: BTreeSet<_> =
        state_space::all().iter().flat_map(|space| &space.transitions).copied().collect();
    let missed: Vec<_> = reachable.difference(&taken).collect();
    let (all, hit) = (reachable.len(), reachable.len() - missed.len());
    let situations: usize = state_space::all().iter().map(|space| space.situations.len()).sum();
    println!(
        "{hit} of {all} reachable transitions taken ({}%), {situations} situations seen",
        hit * 100 / all
    );
    for transition in &missed {
        println!("not taken: {transition}");
    }
    assert!(hit * 100 >= all * FLOOR, "the journeys take {hit} of {all} transitions, fewer than {FLOOR}%");
    let unknown: Vec<_> = taken.difference(&reachable).map(ToString::to_string).collect();
    assert!(unknown.is_empty(), "journeys went where the state space does not lead: {unknown:#?}");
}

/// Runs every journey on this thread, whose record then holds what all of them took.
fn all_journeys() -> BTreeSet<Transition> {
    drop(transitions::take());
    for story in FAMILIES.iter().flat_map(|(_, stories, _)| *stories) {
        story();
    }
    transitions::take()
}
