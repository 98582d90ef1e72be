//! What the success page receives is signed by the server first, for which nobody waits long.

use super::Story;
use super::hand_over::{done, fields};
use crate::support::possible_events::results;
use crate::support::{TestWidget, fixtures};
use railz_connect_contract::ConnectionState;
use railz_connect_flow::Event;
use railz_connect_flow::event::{CredentialCheck, Response, UserEvent};
use railz_connect_flow::journey::JourneyStep;
use railz_connect_flow::screen::Done;
use railz_connect_flow::session::SessionResponse;

pub const STORIES: &[Story] = &[
    the_success_page_receives_what_the_server_signed,
    nobody_waits_for_a_signature_longer_than_three_seconds,
    a_page_has_its_half_minute_from_the_moment_in_which_the_form_is_sent,
    while_the_server_signs_nothing_else_is_offered,
    a_plain_redirect_waits_for_no_signature_wherever_it_was_connected,
];

#[test]
fn the_success_page_receives_what_the_server_signed() {
    let widget = TestWidget::handing_over(fixtures::posting());
    assert_eq!(widget.handed_over().unwrap().connection_token, Some(fixtures::connection_token()));
    for unsigned in results().into_iter().chain([Ok(Response::ConnectionToken(None))]) {
        let mut widget = TestWidget::connected(fixtures::posting());
        widget.answer(unsigned);
        assert_eq!(widget.handed_over().unwrap().connection_token, None);
        assert!(fields(&widget).contains(&("connectionId", fixtures::CONNECTION)));
    }
}

#[test]
fn nobody_waits_for_a_signature_longer_than_three_seconds() {
    let mut widget = TestWidget::connected(fixtures::posting());
    assert_eq!((widget.handed_over(), done(&widget)), (None, Done::HandingOver));
    widget.signing_takes_too_long();
    assert_eq!(widget.handed_over().unwrap().connection_token, None);
    assert!(widget.requests.is_empty(), "what comes later is nobody's");
}

/// They began with the question for the signature, so that a slow one left the page two of them.
#[test]
fn a_page_has_its_half_minute_from_the_moment_in_which_the_form_is_sent() {
    let mut widget = TestWidget::connected(fixtures::posting());
    assert_eq!(widget.timers.values().copied().collect::<Vec<_>>(), [3_000]);
    widget.signing_takes_too_long();
    assert_eq!(widget.timers.values().copied().collect::<Vec<_>>(), [30_000]);
}

#[test]
fn while_the_server_signs_nothing_else_is_offered() {
    let mut widget = TestWidget::connected(fixtures::posting());
    for event in [
        Event::HandOverRefused,
        Event::PageRestored,
        Event::IdleTooLong,
        Event::User(UserEvent::Close),
        Event::User(UserEvent::Continue),
        Event::User(UserEvent::Back),
    ] {
        widget.dispatch(event);
        assert_eq!(widget.name(), "Connected(signing)");
        assert!(widget.effects.is_empty());
    }
}

#[test]
fn a_plain_redirect_waits_for_no_signature_wherever_it_was_connected() {
    let signing_in = || TestWidget::signing_in(fixtures::redirecting());
    let picker = |session| TestWidget::in_the_picker_of(fixtures::redirecting(), session);
    let status = |widget: &mut TestWidget, service| {
        widget.answer_connections(vec![fixtures::active(service)]);
    };
    let leaves = |widget: &TestWidget| assert_eq!(widget.name(), "Connected(handing over)");

    let mut late = TestWidget::late(fixtures::redirecting());
    leaves(late.news(fixtures::active(fixtures::QUICKBOOKS)));
    leaves(late.dispatch(Event::HandOverRefused).press(UserEvent::Continue));

    let mut cancelled = signing_in();
    leaves(cancelled.press(UserEvent::Back).news(fixtures::active(fixtures::QUICKBOOKS)));

    let mut company = signing_in();
    let pending = fixtures::connection(fixtures::QUICKBOOKS, ConnectionState::Pending);
    company.news(fixtures::with_choices(pending));
    company.press(UserEvent::ChooseAccount(fixtures::ACCOUNT.to_owned())).answer(Ok(Response::Empty));
    status(&mut company, fixtures::QUICKBOOKS);
    leaves(&company);

    let mut sandbox = picker(fixtures::session());
    sandbox.pick(fixtures::SANDBOX).answer_address(fixtures::address()).answer(Ok(Response::Empty));
    status(&mut sandbox, fixtures::SANDBOX);
    leaves(&sandbox);

    let mut typed = picker(fixtures::credentials_session());
    typed.pick(fixtures::NETSUITE).answer_address(fixtures::address());
    let accepted = CredentialCheck::Accepted { connection_id: None, entities: Vec::new() };
    typed.press(UserEvent::Submit(fixtures::right_credentials())).answer(Ok(Response::Credentials(accepted)));
    status(&mut typed, fixtures::NETSUITE);
    leaves(&typed);

    let mut connector = picker(fixtures::credentials_session());
    connector.pick(fixtures::DESKTOP).answer_address(fixtures::connector_address());
    status(&mut connector, fixtures::DESKTOP);
    leaves(&connector);

    let connected = vec![fixtures::active(fixtures::QUICKBOOKS)];
    let mut several =
        picker(SessionResponse { connections: Some(connected), ..fixtures::session_of_two_kinds() });
    leaves(several.press(UserEvent::GoTo(JourneyStep::Summary)).press(UserEvent::Finish));
}
