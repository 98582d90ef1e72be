//! Wherever the person stands when the session runs out.

use super::{renewed, session_call};
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures, possible_events, state_space};
use railz_connect_contract::AccessToken;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{Event, UserEvent};
use railz_connect_flow::host_event::HostEvent;
use railz_connect_flow::state::Renewal;
use railz_connect_flow::{Effect, Ticket};
use std::collections::BTreeSet;

/// Every situation of the state space in which a request is out, with that request, but for the session call itself. Presses and answers that come while the
/// token is renewed are tried at each place once: a token may run out in any situation, but what follows depends on the place.
fn situations_with_a_request() -> impl Iterator<Item = (TestWidget, Ticket)> {
    let all = state_space::all().iter().flat_map(|space| &space.situations);
    all.flat_map(|one| one.requests.iter().map(move |(ticket, request)| (one, ticket, request)))
        .filter(|(_, _, request)| !matches!(request, Request::Session { .. }))
        .map(|(one, ticket, _)| (one.clone(), *ticket))
}

fn token_is_refused(widget: &mut TestWidget, ticket: Ticket) {
    widget.dispatch_unrecorded(Event::Response { ticket, result: Err(fixtures::token_refused()) });
}

/// The host, where it is asked, gives a token.
fn host_answers(widget: &mut TestWidget) {
    if let Some(ticket) = widget.asked.first().copied() {
        let token = Some(AccessToken::new(fixtures::RENEWED));
        widget.dispatch_unrecorded(Event::SessionToken { ticket, token });
    }
}

/// Answers the session call of the renewal that is under way.
fn renew(widget: &mut TestWidget) {
    let Renewal::OpeningSession(ticket) = widget.state.bearer.renewal else { panic!("nobody renews") };
    widget.dispatch_unrecorded(Event::Response { ticket, result: Ok(renewed()) });
}

#[test]
fn wherever_a_request_is_refused_for_its_token_the_person_stays_and_it_is_sent_once_more() {
    let mut places = BTreeSet::new();
    for (mut widget, ticket) in situations_with_a_request() {
        let (place, screen, request) = (widget.name(), widget.screen(), widget.requests[&ticket].clone());
        token_is_refused(&mut widget, ticket);
        host_answers(&mut widget);
        renew(&mut widget);
        assert_eq!((widget.name(), widget.screen()), (place, screen));
        assert_eq!(widget.host_events, [], "the host hears nothing at {place}");
        assert_eq!(widget.requests[&ticket], request, "at {place}");
        let token = widget.tokens[&ticket].as_ref().map(AccessToken::expose);
        assert_eq!(token, Some(fixtures::RENEWED), "at {place}");

        token_is_refused(&mut widget, ticket);
        assert!(!widget.requests.contains_key(&ticket), "it is sent a third time at {place}");
        assert_eq!(widget.state.bearer.renewal, Renewal::NotNeeded, "at {place}");
        places.insert(place);
    }
    assert!(places.len() > 15, "{places:?}");
}

/// What a person, a timer or another answer does meanwhile is tried everywhere; `support/invariants.rs` holds after each step.
#[test]
fn whatever_happens_during_a_renewal_nothing_is_left_waiting() {
    let mut seen = BTreeSet::new();
    for (start, ticket) in situations_with_a_request() {
        let minted = start.config.session_token.is_some();
        if !seen.insert((start.name(), minted, start.screen().content.name())) {
            continue;
        }
        let mut renewing = start.clone();
        token_is_refused(&mut renewing, ticket);
        for event in possible_events::next_and_token_refusals(&renewing) {
            let mut widget = renewing.clone();
            widget.dispatch_unrecorded(event);
            host_answers(&mut widget);
            if let Renewal::OpeningSession(ticket) = widget.state.bearer.renewal {
                widget.dispatch_unrecorded(Event::Response { ticket, result: Ok(renewed()) });
            }
            let rests = widget.state.bearer.unanswered.is_some_and(|one| one.rest.is_some());
            assert!(widget.refused.is_empty() || rests || widget.is_closed(), "at {}", start.name());
        }
    }
}

#[test]
fn a_sign_in_survives_a_session_that_ran_out_and_used_to_end_with_a_general_error() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    let poll = widget.request().clone();
    widget.refuse_token();
    assert_eq!(widget.request(), &session_call(Some(fixtures::TOKEN)), "the held poll waits");
    assert_eq!(widget.token(), None, "the page opens its session itself");
    assert_eq!(widget.screen_name(), "waiting");
    widget.answer(Ok(renewed()));
    assert_eq!((widget.request(), widget.token()), (&poll, Some(fixtures::RENEWED)));
    widget.news(fixtures::active(fixtures::QUICKBOOKS));
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
}

#[test]
fn back_during_a_renewal_asks_once_more_with_the_renewed_token() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.refuse_token();
    let renewal = widget.request_ticket();
    widget.press(UserEvent::Back);
    let final_poll = *widget.requests.keys().find(|ticket| **ticket != renewal).unwrap();
    widget.dispatch(Event::Response { ticket: final_poll, result: Err(fixtures::token_refused()) });
    assert_eq!(widget.request_ticket(), renewal, "one renewal serves both");
    widget.answer(Ok(renewed()));
    assert_eq!((widget.request_ticket(), widget.token()), (final_poll, Some(fixtures::RENEWED)));
    widget.news(fixtures::active(fixtures::QUICKBOOKS));
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
}

#[test]
fn a_request_that_was_under_way_during_a_renewal_is_repeated_without_another_one() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.refuse_token().press(UserEvent::Back);
    let Renewal::OpeningSession(renewal) = widget.state.bearer.renewal else { panic!() };
    widget.dispatch(Event::Response { ticket: renewal, result: Ok(renewed()) });
    let final_poll = widget.request_ticket();
    assert_eq!(widget.token(), Some(fixtures::TOKEN), "it was sent with the token before");
    widget.refuse_token();
    assert_eq!((widget.request_ticket(), widget.token()), (final_poll, Some(fixtures::RENEWED)));
    assert_eq!(widget.state.bearer.renewal, Renewal::NotNeeded);
}

#[test]
fn closing_during_a_renewal_ends_everything() {
    for config in [
        fixtures::closable(),
        fixtures::config(&fixtures::renewed_by_the_host(fixtures::closing(fixtures::options()))),
    ] {
        let mut widget = TestWidget::signing_in(config);
        widget.refuse_token().press(UserEvent::Close);
        assert_eq!(widget.name(), "Closing(asking)", "a sign-in that was under way is asked about");
        widget.press(UserEvent::Close);
        assert!(widget.is_closed());
        assert!(widget.effects.contains(&Effect::Unmount));
    }
}

#[test]
fn a_session_that_runs_out_before_the_list_comes_is_renewed_while_closing() {
    let options = fixtures::renewed_by_the_host(fixtures::closing(fixtures::options()));
    let mut widget = TestWidget::signing_in(fixtures::config(&options));
    widget
        .press(UserEvent::Close)
        .refuse(403, "Not yours")
        .refuse_token()
        .host_gives(Some(fixtures::RENEWED));
    widget.answer_session(fixtures::renewed_session());
    assert_eq!((widget.name(), widget.token()), ("Closing(listing)", Some(fixtures::RENEWED)));
    widget.answer_session(fixtures::session_with(vec![fixtures::active(fixtures::QUICKBOOKS)]));
    let exit = HostEvent::Exit(fixtures::parties());
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS), exit]);
}
