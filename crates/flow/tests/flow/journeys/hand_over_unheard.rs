//! Handing over while attempts are unheard: the server is asked first, and the host hears of it before the page is left
//! (invariant 8).

use super::Story;
use super::unheard::{active, lost};
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures};
use railz_connect_contract::{AddressResponse, Connection};
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{Response, UserEvent};
use railz_connect_flow::host_event::HostEvent;
use railz_connect_flow::journey::JourneyStep;
use railz_connect_flow::screen::{Content, Done};
use railz_connect_flow::session::SessionResponse;
use railz_connect_flow::{Config, Effect, Event};

pub const STORIES: &[Story] = &[
    the_host_hears_of_an_earlier_sign_in_before_the_page_is_left,
    a_plain_redirect_waits_for_what_is_unheard_too,
    what_was_unheard_is_handed_over_with_the_rest,
    whoever_is_refused_the_status_is_told_by_the_list_on_the_way_out,
    an_answer_that_comes_at_the_second_try_is_in_time,
    where_the_list_leads_elsewhere_the_page_goes_there,
    nothing_is_asked_where_everything_was_heard_or_no_page_follows,
    going_on_by_hand_asks_again_as_long_as_something_is_unheard,
];

/// The person gave a sign-in up, and has connected the sandbox instead.
pub(super) fn unheard(config: Config) -> TestWidget {
    unheard_in(config, fixtures::session())
}

pub(super) fn unheard_in(config: Config, session: SessionResponse) -> TestWidget {
    let mut widget = TestWidget::in_the_picker_of(config, session);
    if widget.journey_step() == Some(JourneyStep::Overview) {
        widget.press(UserEvent::Next);
    }
    widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow).answer_address(fixtures::address());
    let connection_id = sandbox().pop().map(|one| one.connection_id);
    widget.press(UserEvent::Back).pick(fixtures::SANDBOX);
    widget.answer_address(AddressResponse { connection_id, ..fixtures::address() });
    widget.answer(Ok(Response::Empty)).answer_connections(sandbox()).host_events.clear();
    widget
}

/// What was connected instead.
pub(super) fn sandbox() -> Vec<Connection> {
    vec![fixtures::of_another(fixtures::active(fixtures::SANDBOX))]
}

pub(super) fn both() -> Vec<Connection> {
    [sandbox(), active(fixtures::QUICKBOOKS)].concat()
}

/// The page was left at once: what the server knew of the sign-in before, the host heard by no callback.
#[test]
fn the_host_hears_of_an_earlier_sign_in_before_the_page_is_left() {
    let mut widget = unheard(fixtures::posting());
    assert_eq!((widget.name(), widget.handed_over()), ("Connected(asking)", None));
    assert_eq!(widget.request(), &Request::Status);
    assert!(matches!(widget.content(), Content::Connected { done: Done::HandingOver, .. }));
    widget.answer_connections(both());
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
    assert_eq!((widget.name(), widget.handed_over()), ("Connected(signing)", None));
    widget.sign();
    assert!(widget.handed_over().is_some());
    assert_eq!(widget.counted, [], "everything is known");
}

#[test]
fn a_plain_redirect_waits_for_what_is_unheard_too() {
    for (answer, told) in [(both(), vec![authorized(fixtures::QUICKBOOKS)]), (sandbox(), Vec::new())] {
        let mut widget = unheard(fixtures::redirecting());
        assert_eq!((widget.name(), widget.handed_over()), ("Connected(asking)", None));
        widget.answer_connections(answer);
        assert_eq!(widget.host_events(), told);
        assert_eq!(widget.name(), "Connected(handing over)");
        assert!(widget.handed_over().is_some());
    }
}

#[test]
fn what_was_unheard_is_handed_over_with_the_rest() {
    let of_two_kinds = || {
        let integrations = [fixtures::session().integrations, fixtures::session_of_two_kinds().integrations];
        let integrations = integrations.into_iter().flatten().flatten().collect();
        SessionResponse { integrations: Some(integrations), ..fixtures::session() }
    };
    let mut widget = unheard_in(fixtures::posting(), of_two_kinds());
    widget
        .press(UserEvent::Continue)
        .answer_session(SessionResponse { connections: Some(sandbox()), ..of_two_kinds() });
    widget.press(UserEvent::GoTo(JourneyStep::Summary)).press(UserEvent::Finish);
    assert_eq!(widget.name(), "Connected(asking)");
    widget.answer_connections(both()).sign();
    let form = widget.handed_over().unwrap();
    let ids: Vec<_> = form.fields.iter().filter(|one| one.name == "connectionId").collect();
    assert_eq!(ids.iter().map(|one| one.value.as_str()).collect::<Vec<_>>(), ["CON-another", "CON-1"]);
}

#[test]
fn whoever_is_refused_the_status_is_told_by_the_list_on_the_way_out() {
    for (status, message) in [(400, "No"), (403, "Not yours"), (404, "Not here"), (410, "Too late")] {
        let mut widget = unheard(fixtures::posting());
        widget.refuse(status, message);
        assert_eq!(widget.name(), "Connected(listing)");
        assert_eq!(widget.timers.len(), 1, "the three seconds go on");
        widget.answer_session(SessionResponse { connections: Some(both()), ..fixtures::renewed_session() });
        assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
        assert_eq!(widget.token(), Some(fixtures::RENEWED), "the session that it came with goes on");
        assert_eq!(widget.name(), "Connected(signing)");
    }
}

#[test]
fn an_answer_that_comes_at_the_second_try_is_in_time() {
    for error in lost() {
        let mut widget = unheard(fixtures::posting());
        widget.answer(Err(error)).rest_ends().answer_connections(both());
        assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
    }
}

#[test]
fn where_the_list_leads_elsewhere_the_page_goes_there() {
    let mut widget = unheard_in(
        fixtures::minted(),
        SessionResponse { success_url: Some(fixtures::SUCCESS.to_owned()), ..fixtures::minted_session() },
    );
    widget.refuse(403, "Not yours");
    let redirect_url = Some(fixtures::SUCCESS.to_owned());
    widget.answer_session(SessionResponse {
        redirect_url,
        connections: Some(both()),
        ..fixtures::minted_session()
    });
    assert_eq!(widget.name(), "Connected(handing over)");
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
}

#[test]
fn nothing_is_asked_where_everything_was_heard_or_no_page_follows() {
    assert_eq!(TestWidget::connected(fixtures::posting()).name(), "Connected(signing)");
    let staying = unheard(fixtures::plain());
    assert_eq!(staying.name(), "Connected");
    assert!(staying.requests.is_empty() && staying.timers.is_empty());
}

#[test]
fn going_on_by_hand_asks_again_as_long_as_something_is_unheard() {
    let mut widget = unheard(fixtures::posting());
    widget.answer_connections(sandbox()).sign().dispatch(Event::HandOverRefused).press(UserEvent::Continue);
    widget.answer_connections(both()).host_events.retain(|one| matches!(one, HostEvent::Authorized { .. }));
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
    widget.sign().dispatch(Event::HandOverRefused).press(UserEvent::Continue);
    assert_eq!(widget.name(), "Connected(signing)", "everything was heard");
    assert!(!widget.effects.iter().any(|one| matches!(one, Effect::HandOver(_))));
}
