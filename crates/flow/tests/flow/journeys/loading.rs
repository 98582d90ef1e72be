//! Loading: how a session is opened, how it fails, and what trying again does.

use railz_connect_contract::{BUSINESS_NOT_FOUND, BusinessName, BusinessUuid, IntegrationUuid, ServiceName};
use railz_connect_flow::{
    Answer, Content, Effect, ErrorCode, ErrorText, EventName, HostError, HostEvent, HostOptions, Picker,
    Request, RequestError, UnavailableCause, UserEvent,
};

use super::Story;
use crate::support::{Traveller, world};

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
        parties: railz_connect_flow::Parties::default(),
        connection_id: None,
        service: None,
        error,
    }
}

#[test]
fn the_session_is_asked_for_with_the_business_the_host_gave() {
    let options = HostOptions {
        business_name: world::text("Harbour Bakery"),
        business_uuid: world::text("BIZ-1"),
        ..world::options()
    };
    let owner = Traveller::start(world::config(&options));
    assert_eq!(
        owner.request(),
        &Request::Session {
            business_name: Some(BusinessName::new("Harbour Bakery")),
            business_uuid: Some(BusinessUuid::new("BIZ-1")),
        }
    );
    assert_eq!(owner.content(), Content::Loading);
}

#[test]
fn an_open_session_shows_the_picker_and_is_told_once() {
    let mut owner = Traveller::start(world::plain());
    owner.answer_session(world::session());
    assert_eq!(owner.told(), [HostEvent::Loaded(world::parties())]);
    assert_eq!(owner.screen_name(), "picker");
    assert!(owner.screen().sandbox, "the banner says that it is a sandbox");
}

#[test]
fn the_focus_stays_with_the_page_when_the_widget_first_appears() {
    let mut owner = Traveller::start(world::plain());
    owner.answer_session(world::session());
    assert!(!owner.effects.contains(&Effect::FocusHeading), "nobody asked for the widget yet");

    let mut owner = Traveller::start(world::plain());
    owner.answer(Err(RequestError::Unreachable));
    assert!(!owner.effects.contains(&Effect::FocusHeading), "nor for its failure");
    owner.press(UserEvent::TryAgain).answer_session(world::session());
    assert!(owner.effects.contains(&Effect::FocusHeading), "but for the retry somebody did");
}

#[test]
fn a_refused_widget_is_unavailable_and_told_as_not_authorised() {
    for status in [401, 403, 404] {
        let mut owner = Traveller::start(world::plain());
        owner.refuse(status, "No such widget");
        let code = ErrorCode::Authentication;
        let told = told_of_load(EventName::Authorization, code, ErrorText::OfCode, Some("No such widget"));
        assert_eq!(owner.told(), [told]);
        assert_eq!(owner.content(), Content::Unavailable(UnavailableCause::NotAuthorised));
    }
}

#[test]
fn an_unknown_business_is_told_by_its_own_code() {
    let mut owner = Traveller::start(world::plain());
    owner.refuse(404, BUSINESS_NOT_FOUND);
    let code = ErrorCode::BusinessNotFound;
    let told = told_of_load(EventName::Authorization, code, ErrorText::OfCode, Some(BUSINESS_NOT_FOUND));
    assert_eq!(owner.told(), [told]);
    assert_eq!(owner.content(), Content::Unavailable(UnavailableCause::BusinessNotFound));
}

#[test]
fn a_blocked_business_creation_is_told_in_the_servers_words() {
    const WORDS: &str = "Business creation blocked: ask Acme";
    let mut owner = Traveller::start(world::plain());
    owner.refuse(403, WORDS);
    let text = ErrorText::Server(WORDS.to_owned());
    let told = told_of_load(EventName::Authorization, ErrorCode::Authentication, text, Some(WORDS));
    assert_eq!(owner.told(), [told]);
    assert_eq!(owner.content(), Content::Unavailable(UnavailableCause::NotAuthorised));
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
        let mut owner = Traveller::start(world::plain());
        owner.answer(Err(error));
        let told = told_of_load(EventName::Load, ErrorCode::General, ErrorText::OfCode, raw);
        assert_eq!(owner.told(), [told]);
        assert_eq!(owner.content(), Content::LoadFailed);
    }
}

#[test]
fn an_answer_of_another_kind_counts_as_a_failure() {
    for answer in [
        Answer::Taken,
        Answer::News(None),
        Answer::News(Some(Box::new(world::active(world::XERO)))),
        Answer::Connections(Vec::new()),
        Answer::Accounts(world::accounts()),
        Answer::Address(world::address()),
    ] {
        let mut owner = Traveller::start(world::plain());
        owner.answer(Ok(answer));
        assert_eq!(owner.place(), "LoadFailed");
    }
}

#[test]
fn trying_again_really_loads_again_and_then_tells_the_load() {
    let mut owner = Traveller::start(world::plain());
    let first = owner.request().clone();
    owner.answer(Err(RequestError::Unreachable)).told.clear();
    owner.press(UserEvent::TryAgain);
    assert_eq!(owner.request(), &first, "the same question, with everything in it");
    assert_eq!(owner.content(), Content::Loading);
    owner.answer_session(world::session());
    assert_eq!(owner.told(), [HostEvent::Loaded(world::parties())]);
    assert_eq!(owner.screen_name(), "picker");
}

#[test]
fn trying_again_after_a_refusal_loads_again_too() {
    let mut owner = Traveller::start(world::plain());
    owner.refuse(403, "Not yet").press(UserEvent::TryAgain).refuse(403, "Not yet").press(UserEvent::TryAgain);
    owner.told.clear();
    owner.answer_session(world::session());
    assert_eq!(owner.told(), [HostEvent::Loaded(world::parties())]);
}

#[test]
fn a_widget_without_services_says_so_and_loads_again_on_demand() {
    let mut owner = Traveller::start(world::plain());
    owner.answer_session(world::session_without_services());
    assert_eq!(owner.told(), [HostEvent::Loaded(world::parties())]);
    assert_eq!(owner.content(), Content::Unavailable(UnavailableCause::NoServices));
    owner.press(UserEvent::TryAgain).answer_session(world::session_without_services());
    assert_eq!(owner.content(), Content::Unavailable(UnavailableCause::NoServices));
    owner.press(UserEvent::TryAgain).answer_session(world::session());
    assert_eq!(owner.told(), [], "the load was told at the first session");
    assert_eq!(owner.screen_name(), "picker");
}

#[test]
fn a_service_that_no_widget_knows_is_shown_with_the_name_the_server_sends() {
    let mut owner = Traveller::in_the_picker(world::plain());
    let Picker { tiles, .. } = owner.picker();
    let tile = tiles.iter().find(|tile| tile.service.name == ServiceName::new(world::HARBOUR)).unwrap();
    assert_eq!(tile.service.display_name.as_deref(), Some("Harbour Books"));
    assert_eq!(tile.service.logo_url.as_deref(), Some("https://books.example/logo.svg"));
    owner.pick(world::HARBOUR);
    assert_eq!(owner.screen_name(), "before", "it is connected like any other");
    owner.press(UserEvent::OpenWindow);
    assert!(
        matches!(&owner.effects[0], Effect::OpenWindow { service, display_name: Some(name), .. }
            if service.as_str() == world::HARBOUR && name == "Harbour Books"),
        "{:?}",
        owner.effects
    );
}

#[test]
fn mock_providers_are_never_shown_as_tiles() {
    let mut owner = Traveller::in_the_picker_of(world::plain(), world::session_with_the_form());
    let Picker { tiles, customer_name, .. } = owner.picker();
    let tiles: Vec<_> = tiles.iter().map(|tile| tile.integration.as_str()).collect();
    assert_eq!(tiles, ["INT-railzSandbox", "INT-quickbooks"]);
    assert_eq!(customer_name, "Acme Lending");
    owner.press(UserEvent::Pick(IntegrationUuid::new(world::MOCK)));
    assert_eq!(owner.screen_name(), "picker", "nor picked as such");
}
