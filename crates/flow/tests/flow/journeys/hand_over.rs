//! Handing over: the success page receives the connection, and what follows when the page will not be left.

use railz_connect_contract::{ConnectionError, ConnectionState};
use railz_connect_flow::config::AfterSuccess;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{CredentialCheck, Response, UserEvent};
use railz_connect_flow::host_event::{ErrorCode, ErrorText, EventName, HostEvent};
use railz_connect_flow::journey::JourneyStep;
use railz_connect_flow::screen::{Content, Done, Forward};
use railz_connect_flow::session::SessionResponse;
use railz_connect_flow::{Effect, Event, HostOptions};

use super::Story;
use crate::support::actions::{authorized, error_of_attempt};
use crate::support::possible_events::results;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    the_success_page_receives_the_connection_by_post,
    the_fields_go_into_the_query_where_the_host_wants_get,
    a_plain_redirect_carries_no_fields,
    without_a_state_none_is_sent,
    what_the_back_end_says_of_the_success_counts_where_the_page_says_nothing,
    an_address_of_another_scheme_in_the_session_leads_nowhere,
    with_nowhere_to_go_the_success_screen_stays,
    the_host_hears_of_the_success_before_the_page_is_left,
    a_duplicate_is_shown_and_never_handed_over,
    the_sandbox_is_handed_over_under_its_own_name,
    a_page_that_is_still_there_after_half_a_minute_is_told_and_offers_to_continue,
    a_page_that_forbids_the_form_is_told_at_once,
    continuing_by_hand_submits_the_same_form_again,
    only_the_timer_of_this_hand_over_counts,
    while_the_page_is_left_nothing_else_is_offered,
    coming_back_from_the_success_page_shows_what_is_connected_now,
    the_success_page_receives_what_the_server_signed,
    nobody_waits_for_a_signature_longer_than_three_seconds,
    a_page_has_its_half_minute_from_the_moment_in_which_the_form_is_sent,
    while_the_server_signs_nothing_else_is_offered,
    a_plain_redirect_waits_for_no_signature_wherever_it_was_connected,
    whoever_comes_back_to_one_kind_that_is_connected_can_go_on,
    without_a_success_page_or_a_connection_one_kind_leads_nowhere,
    what_a_list_tells_of_is_handed_over_as_if_it_had_been_waited_for,
    going_on_from_one_kind_leads_to_whatever_follows_a_success,
];

fn stuck() -> HostEvent {
    error_of_attempt(EventName::Load, ErrorCode::General, ErrorText::HandOverStuck, None)
}

fn fields(widget: &TestWidget) -> Vec<(&'static str, &str)> {
    let form = widget.handed_over().expect("nothing was handed over");
    form.fields.iter().map(|field| (field.name, field.value.as_str())).collect()
}

fn done(widget: &TestWidget) -> Done {
    match widget.content() {
        Content::Connected { done, .. } => done,
        other => panic!("not connected: {other:?}"),
    }
}

/// Connected in a session that was made with these.
fn connected_in(options: &HostOptions, success: Option<&str>, redirect: Option<&str>) -> TestWidget {
    let session = SessionResponse {
        success_url: success.map(str::to_owned),
        redirect_url: redirect.map(str::to_owned),
        state: Some("of the back end".to_owned()),
        ..fixtures::minted_session()
    };
    let mut widget = TestWidget::in_the_picker_of(fixtures::config(options), session);
    widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow).answer_address(fixtures::address());
    widget.news(fixtures::active(fixtures::QUICKBOOKS));
    if widget.requests.values().any(|request| *request == Request::ConnectionToken) {
        widget.sign();
    }
    widget
}

#[test]
fn what_the_back_end_says_of_the_success_counts_where_the_page_says_nothing() {
    let options = || fixtures::renewed_by_the_host(fixtures::options());
    let url = || fixtures::SUCCESS.to_owned();
    let widget = connected_in(&options(), Some(fixtures::SUCCESS), None);
    assert_eq!(widget.handed_over().unwrap().to, AfterSuccess::Post { url: url() });
    assert_eq!(fields(&widget).last(), Some(&("state", "of the back end")));

    let by_get = HostOptions { success_method: fixtures::text("get"), ..options() };
    let widget = connected_in(&by_get, Some(fixtures::SUCCESS), None);
    assert_eq!(widget.handed_over().unwrap().to, AfterSuccess::Get { url: url() });

    let widget = connected_in(&options(), None, Some(fixtures::SUCCESS));
    assert_eq!(widget.handed_over().unwrap().to, AfterSuccess::Redirect { url: url() });
    assert_eq!(fields(&widget), []);

    let of_the_page = HostOptions {
        success_url: fixtures::address_option("https://host.example/other"),
        state: fixtures::text("of the page"),
        ..options()
    };
    let widget = connected_in(&of_the_page, Some(fixtures::SUCCESS), None);
    let other = "https://host.example/other".to_owned();
    assert_eq!(widget.handed_over().unwrap().to, AfterSuccess::Post { url: other });
    assert_eq!(fields(&widget).last(), Some(&("state", "of the page")));
}

#[test]
fn an_address_of_another_scheme_in_the_session_leads_nowhere() {
    for url in ["javascript:alert(1)", "data:text/html,x", "/success"] {
        let options = fixtures::renewed_by_the_host(fixtures::options());
        for (success, redirect) in [(Some(url), None), (None, Some(url))] {
            let widget = connected_in(&options, success, redirect);
            assert_eq!(widget.handed_over(), None, "{url}");
            assert_eq!(widget.screen_name(), "connected");
        }
    }
}

#[test]
fn the_success_page_receives_the_connection_by_post() {
    let widget = TestWidget::handing_over(fixtures::posting());
    assert!(
        matches!(&widget.handed_over().unwrap().to, AfterSuccess::Post { url, .. } if url == fixtures::SUCCESS)
    );
    assert_eq!(
        fields(&widget),
        [
            ("connectionId", fixtures::CONNECTION),
            ("businessName", "Harbour Bakery"),
            ("businessUuid", "BIZ-1"),
            ("serviceName", fixtures::QUICKBOOKS),
            ("state", "opaque 1"),
        ]
    );
    assert_eq!(done(&widget), Done::HandingOver);
}

#[test]
fn the_fields_go_into_the_query_where_the_host_wants_get() {
    let options = HostOptions {
        success_url: fixtures::address_option(fixtures::SUCCESS),
        success_method: fixtures::text("get"),
        state: fixtures::text("opaque 2"),
        ..fixtures::options()
    };
    let widget = TestWidget::handing_over(fixtures::config(&options));
    assert!(
        matches!(&widget.handed_over().unwrap().to, AfterSuccess::Get { url, .. } if url == fixtures::SUCCESS)
    );
    assert_eq!(fields(&widget).first(), Some(&("connectionId", fixtures::CONNECTION)));
    assert_eq!(fields(&widget).last(), Some(&("state", "opaque 2")));
}

/// Contract rule H8.
#[test]
fn a_plain_redirect_carries_no_fields() {
    let options =
        HostOptions { redirect_url: fixtures::address_option(fixtures::SUCCESS), ..fixtures::options() };
    let widget = TestWidget::connected(fixtures::config(&options));
    let form = widget.handed_over().unwrap();
    assert_eq!(form.to, AfterSuccess::Redirect { url: fixtures::SUCCESS.to_owned() });
    assert_eq!(form.fields, []);
}

#[test]
fn without_a_state_none_is_sent() {
    let options =
        HostOptions { success_url: fixtures::address_option(fixtures::SUCCESS), ..fixtures::options() };
    let widget = TestWidget::handing_over(fixtures::config(&options));
    assert!(fields(&widget).iter().all(|(name, _)| *name != "state"));
    assert_eq!(fields(&widget).len(), 4);
}

#[test]
fn with_nowhere_to_go_the_success_screen_stays() {
    let mut widget = TestWidget::connected(fixtures::plain());
    assert_eq!(done(&widget), Done::Stay);
    assert!(widget.handed_over().is_none() && widget.timers.is_empty());
    widget.dispatch(Event::HandOverRefused);
    assert!(widget.effects.is_empty(), "somebody else's refused form is not ours");
    assert_eq!(done(&widget), Done::Stay);
}

#[test]
fn the_host_hears_of_the_success_before_the_page_is_left() {
    let mut widget = TestWidget::signing_in(fixtures::posting());
    widget.news(fixtures::active(fixtures::QUICKBOOKS));
    assert_eq!(widget.host_events(), [authorized(fixtures::QUICKBOOKS)]);
    let told = widget.effects.iter().position(|effect| matches!(effect, Effect::NotifyHost(_)));
    let asked = widget.effects.iter().position(|effect| matches!(effect, Effect::SendRequest { .. }));
    assert!(told.is_some() && told < asked, "{:?}", widget.effects);
    assert_eq!(widget.handed_over(), None);
}

#[test]
fn a_duplicate_is_shown_and_never_handed_over() {
    let mut widget = TestWidget::signing_in(fixtures::posting());
    widget.news(fixtures::invalid(fixtures::QUICKBOOKS, ConnectionError::DuplicateAccount));
    assert_eq!(widget.screen_name(), "duplicate");
    assert!(widget.handed_over().is_none() && widget.timers.is_empty());
    let mut cancelled = TestWidget::signing_in(fixtures::posting());
    cancelled.press(UserEvent::Back);
    cancelled.news(fixtures::invalid(fixtures::QUICKBOOKS, ConnectionError::DuplicateAccount));
    assert!(cancelled.handed_over().is_none());
}

#[test]
fn the_sandbox_is_handed_over_under_its_own_name() {
    let mut widget = TestWidget::in_the_picker(fixtures::posting());
    widget.pick(fixtures::SANDBOX).answer_address(fixtures::address());
    widget.answer(Ok(Response::Empty)).answer_connections(vec![fixtures::active(fixtures::SANDBOX)]).sign();
    assert_eq!(fields(&widget)[3], ("serviceName", fixtures::SANDBOX));
}

/// After five seconds a slow success page was told as an error, with a button that posted the connection twice.
#[test]
fn a_page_that_is_still_there_after_half_a_minute_is_told_and_offers_to_continue() {
    let mut widget = TestWidget::handing_over(fixtures::posting());
    widget.page_is_still_there();
    assert_eq!(widget.host_events(), [stuck()]);
    assert_eq!(done(&widget), Done::Stuck);
    assert!(widget.effects.contains(&Effect::FocusHeading));
}

#[test]
fn a_page_that_forbids_the_form_is_told_at_once() {
    let mut widget = TestWidget::handing_over(fixtures::posting());
    widget.dispatch(Event::HandOverRefused);
    assert_eq!(widget.host_events(), [stuck()]);
    assert_eq!(done(&widget), Done::Stuck);
    assert!(widget.timers.is_empty(), "the half minute is not waited for");
    widget.dispatch(Event::HandOverRefused);
    assert_eq!(widget.host_events(), [], "and it is told once");
}

#[test]
fn continuing_by_hand_submits_the_same_form_again() {
    let mut widget = TestWidget::handing_over(fixtures::posting());
    let first = widget.handed_over().cloned();
    widget.page_is_still_there().press(UserEvent::Continue).sign();
    assert_eq!(widget.handed_over().cloned(), first);
    assert_eq!(done(&widget), Done::HandingOver);
    widget.dispatch(Event::HandOverRefused);
    assert_eq!(done(&widget), Done::Stuck, "there is always a way to press again");
}

#[test]
fn only_the_timer_of_this_hand_over_counts() {
    let mut widget = TestWidget::handing_over(fixtures::posting());
    let first = *widget.timers.keys().next().unwrap();
    widget.dispatch(Event::HandOverRefused).press(UserEvent::Continue).sign().host_events.clear();
    widget.dispatch(Event::TimerFired(first));
    assert_eq!(done(&widget), Done::HandingOver);
    assert!(widget.effects.is_empty());
    widget.page_is_still_there();
    assert_eq!(done(&widget), Done::Stuck);
}

#[test]
fn while_the_page_is_left_nothing_else_is_offered() {
    let options =
        HostOptions { success_url: fixtures::address_option(fixtures::SUCCESS), ..fixtures::options() };
    let mut widget = TestWidget::handing_over(fixtures::config(&fixtures::closing(options)));
    assert!(!widget.screen().closable);
    for user in [UserEvent::Close, UserEvent::Continue, UserEvent::Back, UserEvent::TryAgain] {
        widget.press(user);
        assert_eq!(widget.name(), "Connected(handing over)");
        assert!(widget.effects.is_empty());
    }
    widget.page_is_still_there();
    assert!(widget.screen().closable, "a page that stays can be closed again");
}

/// The page came back from the browser's memory with its timer still running: five seconds later the host was told of a
/// failure that was none, and "continue" would have posted the connection again.
#[test]
fn coming_back_from_the_success_page_shows_what_is_connected_now() {
    let mut widget = TestWidget::handing_over(fixtures::posting());
    let told = widget.host_events.len();
    widget.dispatch(Event::PageRestored);
    assert_eq!(widget.name(), "Loading");
    assert!(widget.timers.is_empty(), "nothing waits for the page to be left any more");
    assert_eq!(widget.host_events.len(), told, "the host hears of nothing");

    // After the page had been still there for long it stayed at "continue", which posted once more.
    let mut late = TestWidget::handing_over(fixtures::posting());
    late.page_is_still_there().dispatch(Event::PageRestored);
    assert_eq!(late.name(), "Loading");
}

fn forward(widget: &TestWidget) -> Option<Forward> {
    widget.picker().forward
}

/// Back from the success page, after a POST that failed, or in a tab that the phone had discarded, there was no way on, and the
/// host never heard what is connected.
#[test]
fn whoever_comes_back_to_one_kind_that_is_connected_can_go_on() {
    let connected = || vec![fixtures::active(fixtures::QUICKBOOKS)];
    let mut anew = TestWidget::in_the_picker_of(fixtures::posting(), fixtures::session_with(connected()));
    let mut back = TestWidget::handing_over(fixtures::posting());
    back.dispatch(Event::PageRestored).answer_session(fixtures::session_with(connected()));
    for widget in [&mut anew, &mut back] {
        assert_eq!(forward(widget), Some(Forward::GoOn));
        widget.press(UserEvent::Next).sign();
        let [id, .., service, _] = &fields(widget)[..] else { panic!() };
        assert_eq!(
            [*id, *service],
            [("connectionId", fixtures::CONNECTION), ("serviceName", fixtures::QUICKBOOKS)]
        );
        assert_eq!(done(widget), Done::HandingOver);
        assert_eq!(widget.host_events(), [], "it is no new connection");
    }
}

#[test]
fn without_a_success_page_or_a_connection_one_kind_leads_nowhere() {
    let connected = fixtures::session_with(vec![fixtures::active(fixtures::QUICKBOOKS)]);
    let mut nowhere = TestWidget::in_the_picker_of(fixtures::plain(), connected);
    let mut nothing = TestWidget::in_the_picker(fixtures::posting());
    for widget in [&mut nowhere, &mut nothing] {
        assert_eq!(forward(widget), None);
        widget.press(UserEvent::Next);
        assert_eq!((widget.name(), widget.handed_over()), ("Choosing", None));
    }
}

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

fn redirecting() -> railz_connect_flow::Config {
    let redirect_url = fixtures::address_option(fixtures::SUCCESS);
    fixtures::config(&HostOptions { redirect_url, ..fixtures::options() })
}

#[test]
fn what_a_list_tells_of_is_handed_over_as_if_it_had_been_waited_for() {
    let lost = || Err(railz_connect_flow::event::RequestError::Unreachable);
    for config in [fixtures::posting(), redirecting()] {
        let mut choosing = TestWidget::signing_in(config);
        let pending = fixtures::connection(fixtures::QUICKBOOKS, ConnectionState::Pending);
        choosing.news(fixtures::with_choices(pending));
        choosing.press(UserEvent::ChooseAccount(fixtures::ACCOUNT.to_owned()));
        while choosing.name() != "Loading" {
            choosing.answer(lost());
            if choosing.requests.is_empty() {
                choosing.rest_ends();
            }
        }
        choosing.answer_session(fixtures::session_with(vec![fixtures::active(fixtures::QUICKBOOKS)]));
        assert_eq!(choosing.screen_name(), "handingOver");
    }
}

#[test]
fn going_on_from_one_kind_leads_to_whatever_follows_a_success() {
    for config in [fixtures::posting(), redirecting()] {
        let connected = fixtures::session_with(vec![fixtures::active(fixtures::QUICKBOOKS)]);
        let mut widget = TestWidget::in_the_picker_of(config, connected);
        widget.press(UserEvent::Next);
        assert_eq!(widget.screen_name(), "handingOver");
    }
}
