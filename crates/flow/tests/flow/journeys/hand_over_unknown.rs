//! Handing over while attempts are unheard, and nobody can be asked: the page is left all the same, and `onEvent` says so.

use super::Story;
use super::hand_over_unheard::{unheard, unheard_in};
use super::unheard::lost;
use crate::support::possible_events::results;
use crate::support::{TestWidget, fixtures};
use railz_connect_contract::ServiceName;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::funnel::FunnelEvent;
use railz_connect_flow::state::{Connected, HandingOver, Stage};
use railz_connect_flow::{Config, Event};

pub const STORIES: &[Story] = &[
    a_server_that_cannot_be_heard_holds_the_page_for_three_seconds,
    a_session_that_is_over_is_not_asked_for_a_list,
    while_the_server_is_asked_nothing_else_is_offered,
    whatever_is_answered_the_page_is_left,
];

fn unknown() -> FunnelEvent {
    FunnelEvent::OutcomeUnknown(ServiceName::new(fixtures::QUICKBOOKS))
}

/// Three seconds later nobody has answered.
fn asking_takes_too_long(widget: &mut TestWidget) {
    let Some(Stage::Connected(Connected { handing_over: HandingOver::Asking { timer, .. }, .. })) =
        widget.state.stage()
    else {
        panic!("nothing is asked at {}", widget.name())
    };
    let timer = *timer;
    assert_eq!(widget.timers[&timer], 3_000, "the page waits for three seconds");
    widget.dispatch(Event::TimerFired(timer));
}

#[test]
fn a_server_that_cannot_be_heard_holds_the_page_for_three_seconds() {
    for error in lost() {
        let mut silent = unheard(fixtures::posting());
        asking_takes_too_long(&mut silent);
        let mut failing = unheard(fixtures::posting());
        asking_takes_too_long(failing.answer(Err(error.clone())));
        let mut listing = unheard(fixtures::posting());
        asking_takes_too_long(listing.refuse(403, "Not yours"));
        let mut without_list = unheard(fixtures::posting());
        without_list.refuse(403, "Not yours").answer(Err(error.clone()));
        let mut never = unheard(fixtures::posting());
        never.never_answered(&error);
        for widget in [silent, failing, listing, without_list, never] {
            assert_eq!(widget.counted, [unknown()]);
            assert_eq!(widget.name(), "Connected(signing)");
            assert_eq!(widget.timers.len(), 1, "nothing of it is left");
            assert_eq!(widget.request(), &Request::ConnectionToken);
        }
    }
}

#[test]
fn a_session_that_is_over_is_not_asked_for_a_list() {
    let config = Config { renews_session: false, ..fixtures::minted() };
    let mut widget = unheard_in(
        Config { after_success: fixtures::posting().after_success, ..config },
        fixtures::minted_session(),
    );
    widget.refuse_token();
    assert_eq!((widget.name(), &widget.counted[..]), ("Connected(signing)", &[unknown()][..]));
}

#[test]
fn while_the_server_is_asked_nothing_else_is_offered() {
    let mut widget = unheard(fixtures::closing_and_posting());
    for listing in [false, true] {
        if listing {
            widget.refuse(404, "Not here");
        }
        let name = widget.name();
        assert!(!widget.screen().closable);
        for event in [
            Event::HandOverRefused,
            Event::PageRestored,
            Event::IdleTooLong,
            Event::User(UserEvent::Close),
            Event::User(UserEvent::Continue),
            Event::User(UserEvent::Back),
        ] {
            widget.dispatch(event);
            assert_eq!(widget.name(), name);
            assert!(widget.effects.is_empty());
        }
    }
}

#[test]
fn whatever_is_answered_the_page_is_left() {
    for config in [fixtures::posting(), fixtures::redirecting()] {
        for listing in [false, true] {
            let asking = || {
                let mut widget = unheard(config.clone());
                if listing {
                    widget.refuse(404, "Not here");
                }
                widget
            };
            for result in results() {
                let mut widget = asking();
                widget.answer(result);
                if ["Connected(asking)", "Connected(listing)"].contains(&widget.name()) {
                    asking_takes_too_long(&mut widget);
                }
                assert!(is_gone_on(&widget), "at {}", widget.name());
            }
            for error in lost() {
                assert!(is_gone_on(asking().never_answered(&error)));
            }
            asking_takes_too_long(&mut asking());
        }
    }
}

fn is_gone_on(widget: &TestWidget) -> bool {
    ["Connected(signing)", "Connected(handing over)"].contains(&widget.name())
}
