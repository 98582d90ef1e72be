//! A session that ran out is renewed wherever the person stands, once a request, and nobody starts over.

use std::collections::BTreeSet;

use railz_connect_contract::AccessToken;
use railz_connect_flow::config::AfterSuccess;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{Event, RequestError, Response, UserEvent};
use railz_connect_flow::host_event::{ErrorCode, EventName, HostEvent};
use railz_connect_flow::screen::Content;
use railz_connect_flow::session::SessionResponse;
use railz_connect_flow::state::{Renewal, UnavailableCause};
use railz_connect_flow::{Config, Effect, HostOptions, Ticket};

use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures, possible_events, state_space};

fn refusal_of_the_attempt(widget: &mut TestWidget) -> (EventName, ErrorCode) {
    match &widget.host_events()[..] {
        [HostEvent::Error { event, error, .. }] => (*event, error.code),
        other => panic!("{other:?}"),
    }
}

fn session_call(previous: Option<&str>) -> Request {
    let of = fixtures::parties();
    Request::Session {
        business_name: of.business_name,
        business_uuid: of.business_uuid,
        previous: previous.map(AccessToken::new),
    }
}

fn renewed() -> Response {
    Response::Session(Box::new(fixtures::renewed_session()))
}

/// Answers the session call of the renewal that is under way.
fn renew(widget: &mut TestWidget) {
    let Renewal::OpeningSession(ticket) = widget.state.bearer.renewal else { panic!("nobody renews") };
    widget.dispatch_unrecorded(Event::Response { ticket, result: Ok(renewed()) });
}

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
fn the_host_is_asked_for_a_token_where_its_back_end_made_the_session() {
    let mut widget = TestWidget::start(fixtures::minted());
    assert_eq!(widget.token(), Some(fixtures::MINTED));
    widget.answer_session(fixtures::minted_session()).host_events.clear();
    widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow);
    assert_eq!(widget.token(), Some(fixtures::MINTED));
    widget.answer_address(fixtures::address());
    let poll = widget.request().clone();
    widget.refuse_token();
    assert!(widget.requests.is_empty(), "nothing is asked before the host has answered");
    widget.host_gives(Some(fixtures::RENEWED));
    // The back end need not say whose visit goes on: the server is told by the token before.
    assert_eq!(widget.request(), &session_call(Some(fixtures::MINTED)));
    assert_eq!(widget.token(), Some(fixtures::RENEWED));
    assert!(widget.state.bearer.renewal != Renewal::NotNeeded);
    widget.answer(Ok(renewed()));
    assert_eq!((widget.request(), widget.token()), (&poll, Some(fixtures::RENEWED)));
    assert!(widget.timers.values().all(|after| *after != 29_000), "the host's time is no longer counted");
    assert_eq!(widget.host_events(), []);
    assert_eq!(widget.screen_name(), "waiting");
}

/// As the back end made it, with a success page and a `state` of its own.
fn minted_for(token: &str, page: &str, state: &str) -> SessionResponse {
    SessionResponse {
        access_token: AccessToken::new(token),
        success_url: Some(page.to_owned()),
        state: Some(state.to_owned()),
        ..fixtures::minted_session()
    }
}

/// The form went to the first session's page with its `state`, beside a token that the server had signed for the second's.
#[test]
fn a_renewed_session_says_where_the_connection_is_handed_over_and_with_which_state() {
    let first = minted_for(fixtures::MINTED, "https://host.example/one", "S1");
    let second = || minted_for(fixtures::RENEWED, "https://host.example/two", "S2");
    let to = AfterSuccess::Post { url: "https://host.example/two".to_owned() };
    for while_signing in [false, true] {
        let mut widget = TestWidget::in_the_picker_of(fixtures::minted(), first.clone());
        widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow);
        let renew = |widget: &mut TestWidget| {
            let token = Some(fixtures::RENEWED);
            widget.refuse_token().host_gives(token).answer(Ok(Response::Session(Box::new(second()))));
        };
        if !while_signing {
            renew(&mut widget);
        }
        widget.answer_address(fixtures::address()).news(fixtures::active(fixtures::QUICKBOOKS));
        if while_signing {
            renew(&mut widget);
        }
        assert_eq!(widget.token(), Some(fixtures::RENEWED));
        widget.sign();
        let form = widget.handed_over().unwrap();
        assert_eq!(form.to, to);
        let state = form.fields.iter().find(|field| field.name == "state");
        assert_eq!(state.map(|field| field.value.as_str()), Some("S2"));
    }
}

#[test]
fn a_renewed_session_without_a_success_page_keeps_the_person_here() {
    let first = minted_for(fixtures::MINTED, "https://host.example/one", "S1");
    let mut widget = TestWidget::in_the_picker_of(fixtures::minted(), first);
    widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow).answer_address(fixtures::address());
    widget.news(fixtures::active(fixtures::QUICKBOOKS));
    widget.refuse_token().host_gives(Some(fixtures::RENEWED)).answer(Ok(renewed()));
    widget.sign();
    assert_eq!((widget.handed_over(), widget.name()), (None, "Connected"));
}

/// The question for the signature had no ticket, and its 401 was swallowed: whoever took more than half an hour from the
/// first service to "Finish" came to the success page with nothing that it could believe.
#[test]
fn a_session_that_ran_out_before_the_hand_over_is_renewed_once_within_the_three_seconds() {
    let mut widget = TestWidget::connected(fixtures::posting());
    widget.refuse_token().answer(Ok(renewed()));
    assert_eq!(widget.token(), Some(fixtures::RENEWED));
    widget.sign();
    assert!(widget.handed_over().unwrap().connection_token.is_some());

    let mut late = TestWidget::connected(fixtures::posting());
    late.refuse_token().signing_takes_too_long();
    assert!(late.handed_over().is_some_and(|form| form.connection_token.is_none()));

    let mut twice = TestWidget::connected(fixtures::posting());
    twice.refuse_token().answer(Ok(renewed())).refuse_token();
    assert!(twice.handed_over().is_some_and(|form| form.connection_token.is_none()), "there is no loop");
}

/// What the host heard as `rawError`.
fn raw_error(widget: &mut TestWidget) -> String {
    match &widget.host_events()[..] {
        [HostEvent::Error { error, .. }] => error.raw.clone().unwrap_or_default(),
        other => panic!("{other:?}"),
    }
}

/// Only an attempt's own errors were gone through, and only for the token that counts now: a session call that repeated
/// `previousSessionToken` brought it to `onError` (invariant 4).
#[test]
fn no_token_that_a_server_repeats_reaches_the_host() {
    for status in [400, 403, 500] {
        let mut first = TestWidget::start(fixtures::minted());
        first.refuse(status, &format!("token {} is wrong", fixtures::MINTED));
        assert_eq!(raw_error(&mut first), "token … is wrong");

        let mut again = TestWidget::connected(fixtures::plain());
        again.press(UserEvent::Continue);
        assert_eq!(again.request(), &session_call(Some(fixtures::TOKEN)));
        again.refuse(status, &format!("previousSessionToken {} is wrong", fixtures::TOKEN));
        assert_eq!(raw_error(&mut again), "previousSessionToken … is wrong");
    }
    // One token before: the answer to what was sent before the renewal.
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.refuse_token().press(UserEvent::Back);
    let Renewal::OpeningSession(renewal) = widget.state.bearer.renewal else { panic!() };
    let poll = *widget.requests.keys().find(|ticket| **ticket != renewal).unwrap();
    widget.dispatch(Event::Response { ticket: renewal, result: Ok(renewed()) });
    widget.pick(fixtures::XERO).press(UserEvent::OpenWindow);
    assert!(!widget.requests.contains_key(&poll));
    widget.refuse(500, &format!("{} and {}", fixtures::TOKEN, fixtures::RENEWED));
    assert_eq!(raw_error(&mut widget), "… and …");
}

#[test]
fn a_second_refusal_of_the_same_request_is_final() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.refuse_token().answer(Ok(renewed())).refuse_token();
    assert_eq!(refusal_of_the_attempt(&mut widget), (EventName::Authorization, ErrorCode::Authentication));
    assert!(widget.requests.is_empty() && widget.refused.is_empty(), "there is no loop");
    // "This session is over" is for developers; a person used to read such words of the server.
    let shown = widget.content();
    assert!(matches!(shown, Content::Failed { message: None, unheard: true, .. }), "{shown:?}");
}

#[test]
fn without_get_session_a_minted_session_that_ran_out_is_told_as_authentication() {
    let options = HostOptions { session_token: fixtures::text(fixtures::MINTED), ..fixtures::options() };
    let config = || fixtures::config(&options);
    let mut waiting = TestWidget::signing_in(config());
    waiting.refuse_token();
    assert_eq!(refusal_of_the_attempt(&mut waiting), (EventName::Authorization, ErrorCode::Authentication));

    // On the way to an outcome, such as here, it used to be `general`.
    let mut asking = TestWidget::in_the_picker(config());
    asking.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow).refuse_token();
    assert_eq!(refusal_of_the_attempt(&mut asking), (EventName::Authorization, ErrorCode::Authentication));

    let mut loading = TestWidget::start(config());
    loading.refuse_token();
    assert_eq!(refusal_of_the_attempt(&mut loading), (EventName::Authorization, ErrorCode::Authentication));
    assert_eq!(loading.content(), Content::Unavailable(UnavailableCause::NotAuthorised));
}

#[test]
fn a_host_that_gives_no_token_ends_it() {
    let mut widget = TestWidget::signing_in(fixtures::minted());
    widget.refuse_token().host_gives(None);
    assert_eq!(refusal_of_the_attempt(&mut widget), (EventName::Authorization, ErrorCode::Authentication));
    assert!(widget.requests.is_empty());
}

#[test]
fn a_host_that_never_answers_has_29_seconds() {
    let mut widget = TestWidget::signing_in(fixtures::minted());
    widget.refuse_token();
    let limit = *widget.timers.iter().find(|(_, after)| **after == 29_000).unwrap().0;
    let asked = *widget.asked.first().unwrap();
    widget.dispatch(Event::TimerFired(limit));
    assert_eq!(refusal_of_the_attempt(&mut widget), (EventName::Authorization, ErrorCode::Authentication));
    widget.dispatch(Event::SessionToken { ticket: asked, token: Some(AccessToken::new(fixtures::RENEWED)) });
    assert!(widget.requests.is_empty(), "it comes too late");
}

#[test]
fn a_server_that_cannot_be_asked_just_now_is_asked_again_with_the_polls_patience() {
    let refused = |status| RequestError::Refused { status, message: "Busy".to_owned() };
    for error in [RequestError::Unreachable, RequestError::Unreadable, refused(429), refused(503)] {
        let mut widget = TestWidget::signing_in(fixtures::plain());
        widget.refuse_token().answer(Err(error.clone()));
        assert_eq!(widget.rests_for(), 1_000, "{error:?}");
        widget.rest_ends().refuse_token().answer(Ok(renewed())).news(fixtures::active(fixtures::QUICKBOOKS));
        assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)], "{error:?}");
    }
}

#[test]
fn a_renewal_that_is_refused_ends_it_without_asking_again() {
    for status in [400, 401, 403, 404] {
        for config in [fixtures::plain(), fixtures::minted()] {
            let mut widget = TestWidget::signing_in(config);
            widget.refuse_token();
            if !widget.asked.is_empty() {
                widget.host_gives(Some(fixtures::RENEWED));
            }
            widget.refuse(status, "No");
            let told = refusal_of_the_attempt(&mut widget);
            assert_eq!(told, (EventName::Authorization, ErrorCode::Authentication), "{status}");
            assert!(widget.requests.is_empty(), "{status}");
        }
    }
}

#[test]
fn a_minted_session_that_ran_out_before_it_was_opened_is_renewed_first() {
    let mut widget = TestWidget::start(fixtures::minted());
    widget.refuse_token().host_gives(Some(fixtures::RENEWED));
    let previous = Some(AccessToken::new(fixtures::MINTED));
    assert_eq!(widget.request(), &Request::Session { business_name: None, business_uuid: None, previous });
    assert_eq!(widget.content(), Content::Loading);
    widget.answer(Ok(renewed()));
    assert_eq!(widget.host_events(), [HostEvent::Loaded(fixtures::parties())]);
    assert_eq!(widget.screen_name(), "picker");
    assert!(widget.requests.is_empty(), "the answer of the renewal is the session");
    widget.pick(fixtures::SANDBOX);
    assert_eq!(widget.token(), Some(fixtures::RENEWED));
}

#[test]
fn opening_a_session_of_the_pages_own_is_never_renewed() {
    let mut widget = TestWidget::start(fixtures::plain());
    widget.refuse_token();
    assert_eq!(widget.content(), Content::Unavailable(UnavailableCause::NotAuthorised));
    assert!(widget.requests.is_empty());
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
fn the_host_is_not_heard_when_it_was_not_asked() {
    let mut widget = TestWidget::signing_in(fixtures::minted());
    widget.refuse_token();
    let asked = *widget.asked.first().unwrap();
    widget.host_gives(Some(fixtures::RENEWED)).answer(Ok(renewed()));
    let before = widget.state.clone();
    widget.dispatch(Event::SessionToken { ticket: asked, token: Some(AccessToken::new("another")) });
    assert_eq!(widget.state, before);
}

#[test]
fn trying_again_after_the_end_renews_anew() {
    let mut widget = TestWidget::signing_in(fixtures::minted());
    widget.refuse_token().host_gives(None).host_events.clear();
    widget.press(UserEvent::TryAgain);
    assert_eq!(widget.name(), "Loading", "the list says whether it was connected meanwhile");
    widget.refuse_token().host_gives(Some(fixtures::RENEWED)).answer(Ok(renewed()));
    widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow);
    widget.answer_address(fixtures::address()).news(fixtures::active(fixtures::QUICKBOOKS));
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
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
fn another_session_of_the_pages_own_goes_on_from_the_one_before() {
    let mut widget = TestWidget::connected(fixtures::plain());
    widget.press(UserEvent::Continue);
    assert_eq!(widget.request(), &session_call(Some(fixtures::TOKEN)));
    assert_eq!(widget.token(), None);

    let mut widget = TestWidget::connected(fixtures::minted());
    widget.press(UserEvent::Continue);
    assert_eq!(widget.request(), &session_call(None), "a minted one is the same again");
    assert_eq!(widget.token(), Some(fixtures::TOKEN), "by the token that the server answered");
}

#[test]
fn a_server_of_2_23_is_sent_no_field_that_it_does_not_know() {
    let session = SessionResponse { session_kind: None, ..fixtures::session() };
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), session);
    widget.pick(fixtures::SANDBOX).refuse_token();
    assert_eq!(widget.request(), &session_call(None));
    assert_eq!(widget.state.session_to_end(), None, "nor is it asked to end a session");
}

#[test]
fn only_a_session_that_the_page_opened_is_ended_with_the_widget() {
    let token = |config: Config, session: SessionResponse| {
        let widget = TestWidget::in_the_picker_of(config, session);
        widget.state.session_to_end().map(|token| token.expose().to_owned())
    };
    assert_eq!(token(fixtures::plain(), fixtures::session()).as_deref(), Some(fixtures::TOKEN));
    assert_eq!(token(fixtures::minted(), fixtures::minted_session()), None);
    assert_eq!(TestWidget::start(fixtures::plain()).state.session_to_end(), None, "none is open yet");
    assert_eq!(TestWidget::start(fixtures::minted()).state.session_to_end(), None);

    let mut closed = TestWidget::in_the_picker(fixtures::closable());
    closed.press(UserEvent::Close);
    assert!(closed.state.session_to_end().is_some(), "a widget that a person closed ends it too");
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
