//! Closing: only where the host says where to, from every place, and nothing follows.

use railz_connect_flow::{Effect, Event, HostEvent, HostOptions, Parties, Place, UserEvent};

use super::Story;
use crate::support::atlas::{self, Atlas};
use crate::support::{Traveller, ways, world};

pub const STORIES: &[Story] = &[
    without_a_close_address_there_is_no_closing,
    an_address_alone_is_no_close_button,
    closing_tells_the_exit_unmounts_and_leaves,
    a_dialog_can_be_closed_without_an_address_and_the_page_stays,
    a_dialog_with_a_close_address_leaves_for_it,
    a_dialog_takes_the_focus_to_its_first_screen,
    closing_before_a_session_tells_an_exit_of_nobody,
    a_session_that_was_open_once_is_named_in_the_exit,
    closing_works_from_every_place,
    nothing_follows_after_closing,
];

#[test]
fn without_a_close_address_there_is_no_closing() {
    let mut owner = Traveller::in_the_picker(world::plain());
    assert!(!owner.screen().closable);
    owner.press(UserEvent::Close);
    assert_eq!(owner.place(), "Choosing");
    assert!(owner.effects.is_empty());
}

#[test]
fn an_address_alone_is_no_close_button() {
    let options =
        HostOptions { close_redirect_url: world::address_option(world::CLOSED), ..world::options() };
    let mut owner = Traveller::in_the_picker(world::config(&options));
    assert!(!owner.screen().closable);
    owner.press(UserEvent::Close);
    assert_eq!(owner.place(), "Choosing");
}

#[test]
fn closing_tells_the_exit_unmounts_and_leaves() {
    let mut owner = Traveller::in_the_picker(world::closable());
    assert!(owner.screen().closable);
    owner.press(UserEvent::Close);
    assert_eq!(
        owner.effects,
        [
            Effect::Tell(HostEvent::Exit(world::parties())),
            Effect::Unmount,
            Effect::Navigate(world::CLOSED.to_owned()),
        ]
    );
}

#[test]
fn a_dialog_can_be_closed_without_an_address_and_the_page_stays() {
    let mut owner = Traveller::in_the_picker(world::modal());
    assert!(owner.screen().closable);
    owner.press(UserEvent::Close);
    assert_eq!(owner.effects, [Effect::Tell(HostEvent::Exit(world::parties())), Effect::Unmount]);
}

#[test]
fn a_dialog_with_a_close_address_leaves_for_it() {
    let config = world::config(&HostOptions {
        modal: true,
        close_redirect_url: world::address_option(world::CLOSED),
        ..world::options()
    });
    let mut owner = Traveller::in_the_picker(config);
    owner.press(UserEvent::Close);
    assert_eq!(owner.effects.last(), Some(&Effect::Navigate(world::CLOSED.to_owned())));
}

#[test]
fn a_dialog_takes_the_focus_to_its_first_screen() {
    for (config, moves) in [(world::plain(), false), (world::modal(), true)] {
        let owner = Traveller::in_the_picker(config);
        assert_eq!(owner.effects.contains(&Effect::FocusHeading), moves);
    }
}

#[test]
fn closing_before_a_session_tells_an_exit_of_nobody() {
    let mut loading = Traveller::start(world::closable());
    let mut failed = loading.clone();
    failed.refuse(500, "Full").told.clear();
    let mut refused = loading.clone();
    refused.refuse(403, "No").told.clear();
    for owner in [&mut loading, &mut failed, &mut refused] {
        owner.press(UserEvent::Close);
        assert_eq!(owner.told(), [HostEvent::Exit(Parties::default())]);
    }
}

#[test]
fn a_session_that_was_open_once_is_named_in_the_exit() {
    let mut loading = Traveller::connected(world::closable());
    loading.press(UserEvent::Continue);
    let mut failed = loading.clone();
    failed.refuse(500, "Full").told.clear();
    let mut refused = loading.clone();
    refused.refuse(403, "No").told.clear();
    let mut empty = Traveller::in_the_picker_of(world::closable(), world::session_without_services());
    for owner in [&mut loading, &mut failed, &mut refused, &mut empty] {
        assert!(owner.screen().sandbox);
        owner.press(UserEvent::Close);
        assert_eq!(owner.told(), [HostEvent::Exit(world::parties())]);
    }
}

#[test]
fn closing_works_from_every_place() {
    for mut owner in atlas::all().iter().flat_map(Atlas::one_a_place).filter(|one| one.screen().closable) {
        let from = owner.place();
        owner.told.clear();
        owner.press(UserEvent::Close);
        assert!(matches!(owner.state.place, Place::Left), "closing at {from}");
        assert!(matches!(&owner.told()[..], [HostEvent::Exit(_)]), "the exit is told at {from}");
    }
}

#[test]
fn nothing_follows_after_closing() {
    let mut owner = Traveller::signing_in(world::closable());
    let window = owner.window();
    owner.press(UserEvent::Close);
    let before = owner.state.clone();
    for event in ways::stale(&owner).into_iter().chain(ways::onward(&owner)) {
        owner.meet(event);
        assert!(owner.effects.is_empty());
        assert_eq!(owner.state, before);
    }
    owner.meet(Event::WindowClosed(window));
    assert_eq!(owner.state, before);
}
