//! What needs a person comes before anything else, and is come back to.

use railz_connect_contract::{Connection, ConnectionError, ConnectionId, ConnectionState};
use railz_connect_flow::event::{Response, UserEvent};
use railz_connect_flow::screen::{Content, TroubleKind};

use super::Story;
use crate::support::{TestWidget, fixtures, possible_events};

pub const STORIES: &[Story] = &[
    what_needs_attention_comes_first,
    what_runs_out_soon_needs_attention_and_says_when,
    after_the_renewal_the_journey_begins,
    what_was_begun_from_what_needs_attention_leads_back_there,
];

#[test]
fn what_needs_attention_comes_first() {
    for (state, what) in [
        (ConnectionState::Expired, TroubleKind::Expired),
        (ConnectionState::Disconnected, TroubleKind::CutOff),
        (ConnectionState::Inactive, TroubleKind::CutOff),
    ] {
        let lapsed = Connection {
            state_since: Some("2026-11-03T08:00:00Z".to_owned()),
            ..fixtures::connection(fixtures::XERO, state)
        };
        let mut widget =
            TestWidget::in_the_picker_of(fixtures::plain(), fixtures::session_with(vec![lapsed]));
        let Content::Attention { connections, .. } = widget.content() else {
            panic!("{:?}", widget.content())
        };
        let trouble = connections[0].trouble.as_ref().unwrap();
        assert_eq!((trouble.what, trouble.when.as_deref()), (what, Some("2026-11-03T08:00:00Z")));
        assert!(widget.screen().progress.is_empty());
        widget.press(UserEvent::Renew(fixtures::connection_id()));
        assert!(matches!(widget.content(), Content::Before { renewing: true, .. }));
        widget.press(UserEvent::Back);
        assert_eq!(widget.screen_name(), "attention");
        widget.press(UserEvent::Next);
        assert_eq!(widget.screen_name(), "picker");
    }
}

#[test]
fn what_runs_out_soon_needs_attention_and_says_when() {
    let soon = Connection {
        lapses_soon: true,
        expires_at: Some("2026-11-30T08:00:00Z".to_owned()),
        ..fixtures::active(fixtures::XERO)
    };
    let wanted = Connection {
        error: Some(ConnectionError::ReauthorizationRequired),
        connection_id: ConnectionId::new("CON-2"),
        ..fixtures::connection(fixtures::QUICKBOOKS, ConnectionState::Pending)
    };
    let widget = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::session_with(vec![soon, wanted]));
    let Content::Attention { connections, .. } = widget.content() else { panic!("{:?}", widget.content()) };
    let troubles: Vec<_> =
        connections.iter().map(|one| one.trouble.as_ref().map(|trouble| trouble.what)).collect();
    assert_eq!(troubles, [Some(TroubleKind::LapsesSoon), Some(TroubleKind::CutOff)]);
}

#[test]
fn after_the_renewal_the_journey_begins() {
    let lapsed =
        || fixtures::session_with(vec![fixtures::connection(fixtures::XERO, ConnectionState::Expired)]);
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), lapsed());
    let renew = |widget: &mut TestWidget| {
        widget.press(UserEvent::Renew(fixtures::connection_id())).press(UserEvent::OpenWindow);
        widget
            .answer_address(fixtures::address())
            .news(fixtures::active(fixtures::XERO))
            .press(UserEvent::Continue);
    };
    renew(&mut widget);
    widget.answer_session(lapsed());
    assert_eq!(widget.screen_name(), "attention", "something else still needs a person");
    renew(&mut widget);
    widget.answer_session(fixtures::session_with(vec![fixtures::active(fixtures::XERO)]));
    assert_eq!(widget.screen_name(), "picker");
}

#[test]
fn what_was_begun_from_what_needs_attention_leads_back_there() {
    let lapsed =
        || fixtures::session_with(vec![fixtures::connection(fixtures::QUICKBOOKS, ConnectionState::Expired)]);
    let begun = || {
        let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), lapsed());
        widget.press(UserEvent::Renew(fixtures::connection_id())).press(UserEvent::OpenWindow);
        widget
    };
    let signing_in = || {
        let mut widget = begun();
        widget.answer_address(fixtures::address());
        widget
    };
    let mut opening = begun();
    opening.press(UserEvent::Back);
    let mut over = signing_in();
    over.attempt_expires().press(UserEvent::Back);
    let mut accounts = signing_in();
    accounts
        .news(fixtures::with_choices(fixtures::connection(fixtures::QUICKBOOKS, ConnectionState::Pending)));
    accounts.press(UserEvent::Back);
    let mut ended = signing_in();
    ended.news(fixtures::denied(fixtures::QUICKBOOKS)).press(UserEvent::Back);
    for widget in [opening, over, accounts, ended] {
        assert_eq!(widget.screen_name(), "attention");
    }
    let denied = Ok(Response::Update(Some(Box::new(fixtures::denied(fixtures::QUICKBOOKS)))));
    for result in possible_events::results().into_iter().chain([denied]) {
        let mut widget = signing_in();
        widget.press(UserEvent::Back).answer(result);
        assert!(matches!(widget.screen_name(), "attention" | "connected"), "{}", widget.screen_name());
    }
}
