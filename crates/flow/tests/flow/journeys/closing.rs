//! Closing: only where the host says where to, from every place, and nothing follows.

use railz_connect_flow::event::UserEvent;
use railz_connect_flow::host_event::{HostEvent, Parties};
use railz_connect_flow::{Effect, Event, HostOptions};

use super::Story;
use crate::support::state_space::{self, StateSpace};
use crate::support::{TestWidget, fixtures, possible_events};

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
    let mut widget = TestWidget::in_the_picker(fixtures::plain());
    assert!(!widget.screen().closable);
    widget.press(UserEvent::Close);
    assert_eq!(widget.name(), "Choosing");
    assert!(widget.effects.is_empty());
}

#[test]
fn an_address_alone_is_no_close_button() {
    let options =
        HostOptions { close_redirect_url: fixtures::address_option(fixtures::CLOSED), ..fixtures::options() };
    let mut widget = TestWidget::in_the_picker(fixtures::config(&options));
    assert!(!widget.screen().closable);
    widget.press(UserEvent::Close);
    assert_eq!(widget.name(), "Choosing");
}

#[test]
fn closing_tells_the_exit_unmounts_and_leaves() {
    let mut widget = TestWidget::in_the_picker(fixtures::closable());
    assert!(widget.screen().closable);
    widget.press(UserEvent::Close);
    assert_eq!(
        widget.effects,
        [
            Effect::NotifyHost(HostEvent::Exit(fixtures::parties())),
            Effect::Unmount,
            Effect::Navigate(fixtures::CLOSED.to_owned()),
        ]
    );
}

#[test]
fn a_dialog_can_be_closed_without_an_address_and_the_page_stays() {
    let mut widget = TestWidget::in_the_picker(fixtures::modal());
    assert!(widget.screen().closable);
    widget.press(UserEvent::Close);
    assert_eq!(widget.effects, [Effect::NotifyHost(HostEvent::Exit(fixtures::parties())), Effect::Unmount]);
}

#[test]
fn a_dialog_with_a_close_address_leaves_for_it() {
    let config = fixtures::config(&HostOptions {
        modal: true,
        close_redirect_url: fixtures::address_option(fixtures::CLOSED),
        ..fixtures::options()
    });
    let mut widget = TestWidget::in_the_picker(config);
    widget.press(UserEvent::Close);
    assert_eq!(widget.effects.last(), Some(&Effect::Navigate(fixtures::CLOSED.to_owned())));
}

#[test]
fn a_dialog_takes_the_focus_to_its_first_screen() {
    for (config, moves) in [(fixtures::plain(), false), (fixtures::modal(), true)] {
        let widget = TestWidget::in_the_picker(config);
        assert_eq!(widget.effects.contains(&Effect::FocusHeading), moves);
    }
}

#[test]
fn closing_before_a_session_tells_an_exit_of_nobody() {
    let mut loading = TestWidget::start(fixtures::closable());
    let mut failed = loading.clone();
    failed.refuse(500, "Full").host_events.clear();
    let mut refused = loading.clone();
    refused.refuse(403, "No").host_events.clear();
    for widget in [&mut loading, &mut failed, &mut refused] {
        widget.press(UserEvent::Close);
        assert_eq!(widget.host_events(), [HostEvent::Exit(Parties::default())]);
    }
}

#[test]
fn a_session_that_was_open_once_is_named_in_the_exit() {
    let mut loading = TestWidget::connected(fixtures::closable());
    loading.press(UserEvent::Continue);
    let mut failed = loading.clone();
    failed.refuse(500, "Full").host_events.clear();
    let mut refused = loading.clone();
    refused.refuse(403, "No").host_events.clear();
    let mut empty = TestWidget::in_the_picker_of(fixtures::closable(), fixtures::session_without_services());
    for widget in [&mut loading, &mut failed, &mut refused, &mut empty] {
        assert!(widget.screen().sandbox);
        widget.press(UserEvent::Close);
        assert_eq!(widget.host_events(), [HostEvent::Exit(fixtures::parties())]);
    }
}

#[test]
fn closing_works_from_every_place() {
    for mut widget in
        state_space::all().iter().flat_map(StateSpace::one_a_place).filter(|one| one.screen().closable)
    {
        let from = widget.name();
        widget.host_events.clear();
        widget.press(UserEvent::Close);
        if !widget.is_closed() {
            assert_eq!(widget.host_events, [], "the exit is the last that is told, at {from}");
            widget.press(UserEvent::Close);
        }
        assert!(widget.is_closed(), "closing at {from}");
        assert!(matches!(&widget.host_events()[..], [HostEvent::Exit(_)]), "the exit is told at {from}");
    }
}

#[test]
fn nothing_follows_after_closing() {
    let mut widget = TestWidget::signing_in(fixtures::closable());
    let window = widget.window();
    widget.press(UserEvent::Close).press(UserEvent::Close);
    let before = widget.state.clone();
    for event in possible_events::stale(&widget).into_iter().chain(possible_events::next(&widget)) {
        widget.dispatch(event);
        assert!(widget.effects.is_empty());
        assert_eq!(widget.state, before);
    }
    widget.dispatch(Event::WindowClosed(window));
    assert_eq!(widget.state, before);
}
