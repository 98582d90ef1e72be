//! Stillness: "anything else changes nothing". For each place, the events that are not in its part of the table.

use std::collections::{BTreeMap, BTreeSet};

use railz_connect_flow::Event;

use super::Story;
use crate::support::state_space::{self, StateSpace};
use crate::support::{possible_events, transitions};

pub const STORIES: &[Story] =
    &[every_place_answers_to_its_own_events_and_to_no_others, what_belongs_to_the_past_changes_nothing];

/// To which presses a place answers, besides the closing.
const PRESSES: &[(&str, &[&str])] = &[
    ("Loading", &[]),
    ("Unavailable", &["TryAgain"]),
    ("LoadFailed", &["TryAgain"]),
    ("Attention", &["Next", "Renew"]),
    ("Overview", &["GoTo", "Next"]),
    ("Summary", &["Back", "Finish", "GoTo"]),
    ("Idle", &["TryAgain"]),
    ("Choosing", &["Back", "GoTo", "Next", "OpenSandboxForm", "Pick", "Renew", "Search"]),
    ("Choosing(final poll)", &["Back", "GoTo", "Next", "OpenSandboxForm", "Pick", "Renew", "Search"]),
    ("BeforeSignIn", &["Back", "OpenWindow", "Submit"]),
    ("FillingSandboxForm", &["Back", "Submit"]),
    ("ConnectingSandbox(address)", &["Back"]),
    ("ConnectingSandbox(login)", &[]),
    ("ConnectingSandbox(status)", &[]),
    ("AwaitingAddress", &["Back"]),
    ("AwaitingSignIn(polling)", &["Back", "FollowLink", "OpenWindow"]),
    ("AwaitingSignIn(resting)", &["Back", "FollowLink", "OpenWindow"]),
    ("AwaitingSignIn(late)", &["Back", "FollowLink", "OpenWindow", "TryAgain"]),
    ("AwaitingSignIn(over)", &["Back", "FollowLink", "TryAgain"]),
    ("ChoosingAccount", &["Back", "ChooseAccount"]),
    ("ChoosingAccount(confirming)", &[]),
    ("ChoosingAccount(listing)", &[]),
    ("ChoosingAccount(sending)", &[]),
    ("ChoosingAccount(extra)", &["Back", "LoadGuide", "Submit"]),
    ("Entering", &["Back", "LoadGuide", "Submit"]),
    ("Entering(beginning)", &["Back", "LoadGuide"]),
    ("Entering(checking)", &["LoadGuide"]),
    ("Entering(confirming)", &["LoadGuide"]),
    ("Entering(connector, asking)", &["Back", "CopyPassword", "LoadGuide", "RevealPassword", "SaveFile"]),
    ("Entering(connector, resting)", &["Back", "CopyPassword", "LoadGuide", "RevealPassword", "SaveFile"]),
    ("LinkingBank(asking)", &["Back"]),
    ("LinkingBank(confirming)", &[]),
    ("LinkingBank(open)", &["Back"]),
    ("LinkingBank(opening)", &["Back"]),
    ("LinkingBank(sending)", &[]),
    ("Connected", &["AddAnother", "Continue"]),
    ("Connected(asking)", &[]),
    ("Connected(listing)", &[]),
    ("Connected(signing)", &[]),
    ("Connected(handing over)", &[]),
    ("Connected(stuck)", &["Continue"]),
    ("Ended", &["Back", "ConnectOther", "TryAgain"]),
    ("Closing(asking)", &[]),
    ("Closing(finishing)", &[]),
    ("Closing(listing)", &[]),
    ("Closed", &[]),
];

#[test]
fn every_place_answers_to_its_own_events_and_to_no_others() {
    let mut answered: BTreeMap<&str, Vec<&str>> =
        PRESSES.iter().map(|(place, _)| (*place, Vec::new())).collect();
    let mut seen = BTreeSet::new();
    for state_space in state_space::all() {
        for widget in &state_space.situations {
            seen.insert(widget.name());
            for event in possible_events::next(widget) {
                if matches!(event, Event::User(_)) && widget.clone().dispatch_unrecorded(event.clone()) {
                    answered.entry(widget.name()).or_default().push(transitions::name(&event));
                }
            }
        }
    }
    for presses in answered.values_mut() {
        presses.sort_unstable();
        presses.dedup();
        presses.retain(|press| *press != "Close");
    }
    let expected: BTreeMap<_, _> =
        PRESSES.iter().map(|(place, presses)| (*place, presses.to_vec())).collect();
    assert_eq!(answered, expected);
    assert!(seen.iter().eq(expected.keys()), "places that were seen: {seen:?}");
}

#[test]
fn what_belongs_to_the_past_changes_nothing() {
    for mut widget in state_space::all().iter().flat_map(StateSpace::one_a_place) {
        let before = widget.state.clone();
        for event in possible_events::stale(&widget) {
            widget.dispatch(event.clone());
            assert!(widget.effects.is_empty(), "{event:?} at {}", widget.name());
            assert_eq!(widget.state, before, "{event:?}");
        }
    }
}
