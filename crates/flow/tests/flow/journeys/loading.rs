//! Loading: how a session is opened, how it fails, and what trying again does.

use railz_connect_contract::{BUSINESS_NOT_FOUND, BusinessName, BusinessUuid, IntegrationUuid, ServiceName};
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{RequestError, Response, UserEvent};
use railz_connect_flow::host_event::{ErrorCode, ErrorText, EventName, HostError, HostEvent};
use railz_connect_flow::screen::{Content, Picker};
use railz_connect_flow::state::UnavailableCause;
use railz_connect_flow::{Effect, HostOptions};

use super::Story;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    the_session_is_asked_for_with_the_business_the_host_gave,
    an_open_session_shows_the_picker_and_is_told_once,
    the_focus_stays_with_the_page_when_the_widget_first_appears,
    a_refused_widget_is_unavailable_and_told_as_not_authorised,
    an_unknown_business_is_told_by_its_own_code,
    a_blocked_business_creation_is_told_in_the_servers_words,
    any_other_failure_offers_to_try_again,
    an_answer_of_another_kind_counts_as_a_failure,
    trying_again_really_loads_again_and_then_tells_the_load,
    trying_again_after_a_refusal_loads_again_too,
    a_widget_without_services_says_so_and_loads_again_on_demand,
    a_service_that_no_widget_knows_is_shown_with_the_name_the_server_sends,
    mock_providers_are_never_shown_as_tiles,
];

fn told_of_load(event: EventName, code: ErrorCode, text: ErrorText, raw: Option<&str>) -> HostEvent {
    let error = HostError { code, text, raw: raw.map(str::to_owned) };
    HostEvent::Error {
        event,
        parties: railz_connect_flow::host_event::Parties::default(),
        connection_id: None,
        service: None,
        error,
    }
}

#[test]
fn the_session_is_asked_for_with_the_business_the_host_gave() {
    let options = HostOptions {
        business_name: fixtures::text("Harbour Bakery"),
        business_uuid: fixtures::text("BIZ-1"),
        ..fixtures::options()
    };
    let widget = TestWidget::start(fixtures::config(&options));
    assert_eq!(
        widget.request(),
        &Request::Session {
            business_name: Some(BusinessName::new("Harbour Bakery")),
            business_uuid: Some(BusinessUuid::new("BIZ-1")),
            previous: None,
        }
    );
    assert_eq!(widget.content(), Content::Loading);
}

#[test]
fn an_open_session_shows_the_picker_and_is_told_once() {
    let mut widget = TestWidget::start(fixtures::plain());
    widget.answer_session(fixtures::session());
    assert_eq!(widget.host_events(), [HostEvent::Loaded(fixtures::parties())]);
    assert_eq!(widget.screen_name(), "picker");
    assert!(widget.screen().sandbox, "the banner says that it is a sandbox");
}

#[test]
fn the_focus_stays_with_the_page_when_the_widget_first_appears() {
    let mut widget = TestWidget::start(fixtures::plain());
    widget.answer_session(fixtures::session());
    assert!(!widget.effects.contains(&Effect::FocusHeading), "nobody asked for the widget yet");

    let mut widget = TestWidget::start(fixtures::plain());
    widget.answer(Err(RequestError::Unreachable));
    assert!(!widget.effects.contains(&Effect::FocusHeading), "nor for its failure");
    widget.press(UserEvent::TryAgain).answer_session(fixtures::session());
    assert!(widget.effects.contains(&Effect::FocusHeading), "but for the retry somebody did");
}

#[test]
fn a_refused_widget_is_unavailable_and_told_as_not_authorised() {
    for status in [401, 403, 404] {
        let mut widget = TestWidget::start(fixtures::plain());
        widget.refuse(status, "No such widget");
        let code = ErrorCode::Authentication;
        let told = told_of_load(EventName::Authorization, code, ErrorText::OfCode, Some("No such widget"));
        assert_eq!(widget.host_events(), [told]);
        assert_eq!(widget.content(), Content::Unavailable(UnavailableCause::NotAuthorised));
    }
}

#[test]
fn an_unknown_business_is_told_by_its_own_code() {
    let mut widget = TestWidget::start(fixtures::plain());
    widget.refuse(404, BUSINESS_NOT_FOUND);
    let code = ErrorCode::BusinessNotFound;
    let told = told_of_load(EventName::Authorization, code, ErrorText::OfCode, Some(BUSINESS_NOT_FOUND));
    assert_eq!(widget.host_events(), [told]);
    assert_eq!(widget.content(), Content::Unavailable(UnavailableCause::BusinessNotFound));
}

#[test]
fn a_blocked_business_creation_is_told_in_the_servers_words() {
    const WORDS: &str = "Business creation blocked: ask Acme";
    let mut widget = TestWidget::start(fixtures::plain());
    widget.refuse(403, WORDS);
    let text = ErrorText::Server(WORDS.to_owned());
    let told = told_of_load(EventName::Authorization, ErrorCode::Authentication, text, Some(WORDS));
    assert_eq!(widget.host_events(), [told]);
    assert_eq!(widget.content(), Content::Unavailable(UnavailableCause::NotAuthorised));
}

#[test]
fn any_other_failure_offers_to_try_again() {
    let failures = [
        (RequestError::Unreachable, None),
        (RequestError::Unreadable, None),
        (RequestError::Refused { status: 500, message: "Out of paper".to_owned() }, Some("Out of paper")),
        (RequestError::Refused { status: 503, message: String::new() }, None),
    ];
    for (error, raw) in failures {
        let mut widget = TestWidget::start(fixtures::plain());
        widget.answer(Err(error));
        let told = told_of_load(EventName::Load, ErrorCode::General, ErrorText::OfCode, raw);
        assert_eq!(widget.host_events(), [told]);
        assert_eq!(widget.content(), Content::LoadFailed);
    }
}

#[test]
fn an_answer_of_another_kind_counts_as_a_failure() {
    for answer in [
        Response::Empty,
        Response::Update(None),
        Response::Update(Some(Box::new(fixtures::active(fixtures::XERO)))),
        Response::Connections(Vec::new()),
        Response::Accounts(fixtures::accounts()),
        Response::Address(fixtures::address()),
    ] {
        let mut widget = TestWidget::start(fixtures::plain());
        widget.answer(Ok(answer));
        assert_eq!(widget.name(), "LoadFailed");
    }
}

#[test]
fn trying_again_really_loads_again_and_then_tells_the_load() {
    let mut widget = TestWidget::start(fixtures::plain());
    let first = widget.request().clone();
    widget.answer(Err(RequestError::Unreachable)).host_events.clear();
    widget.press(UserEvent::TryAgain);
    assert_eq!(widget.request(), &first, "the same question, with everything in it");
    assert_eq!(widget.content(), Content::Loading);
    widget.answer_session(fixtures::session());
    assert_eq!(widget.host_events(), [HostEvent::Loaded(fixtures::parties())]);
    assert_eq!(widget.screen_name(), "picker");
}

#[test]
fn trying_again_after_a_refusal_loads_again_too() {
    let mut widget = TestWidget::start(fixtures::plain());
    widget
        .refuse(403, "Not yet")
        .press(UserEvent::TryAgain)
        .refuse(403, "Not yet")
        .press(UserEvent::TryAgain);
    widget.host_events.clear();
    widget.answer_session(fixtures::session());
    assert_eq!(widget.host_events(), [HostEvent::Loaded(fixtures::parties())]);
}

#[test]
fn a_widget_without_services_says_so_and_loads_again_on_demand() {
    let mut widget = TestWidget::start(fixtures::plain());
    widget.answer_session(fixtures::session_without_services());
    assert_eq!(widget.host_events(), [HostEvent::Loaded(fixtures::parties())]);
    assert_eq!(widget.content(), Content::Unavailable(UnavailableCause::NoServices));
    widget.press(UserEvent::TryAgain).answer_session(fixtures::session_without_services());
    assert_eq!(widget.content(), Content::Unavailable(UnavailableCause::NoServices));
    widget.press(UserEvent::TryAgain).answer_session(fixtures::session());
    assert_eq!(widget.host_events(), [], "the load was told at the first session");
    assert_eq!(widget.screen_name(), "picker");
}

#[test]
fn a_service_that_no_widget_knows_is_shown_with_the_name_the_server_sends() {
    let mut widget = TestWidget::in_the_picker(fixtures::plain());
    let Picker { tiles, .. } = widget.picker();
    let tile = tiles.iter().find(|tile| tile.service.name == ServiceName::new(fixtures::HARBOUR)).unwrap();
    assert_eq!(tile.service.display_name.as_deref(), Some("Harbour Books"));
    assert_eq!(tile.service.logo_url.as_deref(), Some("https://books.example/logo.svg"));
    widget.pick(fixtures::HARBOUR);
    assert_eq!(widget.screen_name(), "before", "it is connected like any other");
    widget.press(UserEvent::OpenWindow);
    assert!(
        matches!(&widget.effects[0], Effect::OpenWindow { service, display_name: Some(name), .. }
            if service.as_str() == fixtures::HARBOUR && name == "Harbour Books"),
        "{:?}",
        widget.effects
    );
}

#[test]
fn mock_providers_are_never_shown_as_tiles() {
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::session_with_the_form());
    let Picker { tiles, customer_name, .. } = widget.picker();
    let tiles: Vec<_> = tiles.iter().map(|tile| tile.integration.as_str()).collect();
    assert_eq!(tiles, ["INT-railzSandbox", "INT-quickbooks"]);
    assert_eq!(customer_name, "Acme Lending");
    widget.press(UserEvent::Pick(IntegrationUuid::new(fixtures::MOCK)));
    assert_eq!(widget.screen_name(), "picker", "nor picked as such");
}
