//! The names of the screens: those that are listed are those that can be reached.

use std::collections::BTreeSet;

use railz_connect_flow::screen::Content;

use crate::support::state_space;

#[test]
fn every_screen_that_can_be_reached_is_listed_and_every_listed_one_can_be_reached() {
    let reached: BTreeSet<_> = state_space::all()
        .iter()
        .flat_map(|state_space| &state_space.situations)
        .map(|widget| widget.screen().content.name())
        .collect();
    let listed: BTreeSet<_> = Content::NAMES.iter().copied().collect();
    assert_eq!(reached, listed);
}
