//! Handing over: what the success page receives, by which method, and what is never handed over.

use super::Story;
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures};
use railz_connect_contract::ConnectionError;
use railz_connect_flow::config::AfterSuccess;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{Response, UserEvent};
use railz_connect_flow::screen::{Content, Done};
use railz_connect_flow::session::SessionResponse;
use railz_connect_flow::{Effect, Event, HostOptions};

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
];

pub(super) fn fields(widget: &TestWidget) -> Vec<(&'static str, &str)> {
    let form = widget.handed_over().expect("nothing was handed over");
    form.fields.iter().map(|field| (field.name, field.value.as_str())).collect()
}

pub(super) fn done(widget: &TestWidget) -> Done {
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
