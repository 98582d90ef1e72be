//! What the host and its developer hear: callbacks with the keys of 2.23 (contract rule H6), reports under `debug`.

use railz_connect_contract::{Connection, EntityRef, ServiceAccountRef, ServiceName};
use railz_connect_flow::config::{EndpointSource, RawValue};
use railz_connect_flow::effect::Report;
use railz_connect_flow::host_event::{ErrorCode, EventName, HostEvent, Parties};
use railz_connect_flow::session::SessionResponse;
use railz_connect_flow::{Effect, HostOptions};

use super::Story;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    the_account_at_the_service_is_handed_on_if_it_has_an_id,
    the_service_is_named_as_the_person_chose_it,
    names_are_the_sessions_and_not_the_options,
    the_metadata_is_the_servers_echo,
    a_session_that_failed_has_null_for_metadata_and_no_names,
    the_reports_come_first_and_only_under_debug,
    older_names_and_services_that_are_not_there_are_reported_under_debug_only,
    event_names_and_codes_are_those_of_2_23,
    no_credential_reaches_the_host_invariant_4,
];

#[test]
fn the_account_at_the_service_is_handed_on_if_it_has_an_id() {
    let account = |id: Option<&str>| ServiceAccountRef {
        id: id.map(str::to_owned),
        entity_ref: Some(EntityRef { id: "ent-1".to_owned() }),
    };
    for (given, expected) in [(account(Some("acc-1")), Some(account(Some("acc-1")))), (account(None), None)] {
        let mut widget = TestWidget::signing_in(fixtures::plain());
        widget.host_events.clear();
        widget
            .news(Connection { service_account_ref: Some(given), ..fixtures::active(fixtures::QUICKBOOKS) });
        assert!(
            matches!(&widget.host_events()[..], [HostEvent::Authorized { account, .. }] if *account == expected)
        );
    }
}

#[test]
fn the_service_is_named_as_the_person_chose_it() {
    let mut widget = TestWidget::signing_in(fixtures::plain());
    widget.news(Connection {
        name: ServiceName::new("another name"),
        ..fixtures::active(fixtures::QUICKBOOKS)
    });
    assert!(
        matches!(&widget.host_events()[..], [HostEvent::Authorized { service, .. }] if service.as_str() == fixtures::QUICKBOOKS)
    );
}

/// Contract rule H6.
#[test]
fn names_are_the_sessions_and_not_the_options() {
    let options =
        HostOptions { business_name: fixtures::text("As the host spells it"), ..fixtures::options() };
    let mut widget = TestWidget::start(fixtures::config(&options));
    widget.answer_session(fixtures::session());
    let [HostEvent::Loaded(parties)] = &widget.host_events()[..] else { panic!() };
    assert_eq!(parties.business_name, Some(fixtures::session().business_name));
    assert_eq!(parties.business_uuid, Some(fixtures::session().business_uuid));
}

#[test]
fn the_metadata_is_the_servers_echo() {
    let mut widget = TestWidget::start(fixtures::plain());
    widget.answer_session(SessionResponse { metadata: None, ..fixtures::session() });
    let [HostEvent::Loaded(parties)] = &widget.host_events()[..] else { panic!() };
    assert_eq!(parties.metadata, None, "null where the server sends null");
}

#[test]
fn a_session_that_failed_has_null_for_metadata_and_no_names() {
    let mut widget = TestWidget::start(fixtures::plain());
    widget.refuse(500, "Full");
    let nobody = Parties { business_name: None, business_uuid: None, metadata: None };
    assert!(matches!(&widget.host_events()[..], [HostEvent::Error { parties, .. }] if *parties == nobody));
}

#[test]
fn the_reports_come_first_and_only_under_debug() {
    let options = HostOptions {
        debug: fixtures::text("true"),
        unknown: vec!["colour".to_owned(), "options.size".to_owned()],
        ..fixtures::options()
    };
    let widget = TestWidget::start(fixtures::config(&options));
    let url = fixtures::ENDPOINT.to_owned();
    assert_eq!(
        widget.effects[..3],
        [
            Effect::Report(Report::Endpoint { url, source: EndpointSource::Option }),
            Effect::Report(Report::UnknownOption("colour".to_owned())),
            Effect::Report(Report::UnknownOption("options.size".to_owned())),
        ]
    );
    let quiet =
        TestWidget::start(fixtures::config(&HostOptions { debug: fixtures::text("false"), ..options }));
    assert!(quiet.effects.iter().all(|effect| !matches!(effect, Effect::Report(_))));
}

#[test]
fn older_names_and_services_that_are_not_there_are_reported_under_debug_only() {
    let exclude = RawValue::List(vec!["xeroo".to_owned(), fixtures::XERO.to_owned()]);
    let more = vec![("brandColor", fixtures::text("#123456")), ("options.services.exclude", exclude)];
    let start = |debug| {
        let options = HostOptions { debug: RawValue::Bool(debug), more: more.clone(), ..fixtures::options() };
        let widget = TestWidget::start(fixtures::config(&options));
        let mut reports = reported(&widget);
        let mut opened = widget;
        opened.answer_session(fixtures::session());
        reports.extend(reported(&opened));
        reports
    };
    let older = Report::OlderOption { older: "brandColor", newer: "theme.primary.background" };
    let expected = [older, Report::NotOffered(ServiceName::new("xeroo"))];
    assert_eq!(start(true)[1..], expected);
    assert_eq!(start(false), []);
}

fn reported(widget: &TestWidget) -> Vec<Report> {
    let reports = widget.effects.iter().filter_map(|effect| match effect {
        Effect::Report(report) => Some(report.clone()),
        _ => None,
    });
    reports.collect()
}

#[test]
fn event_names_and_codes_are_those_of_2_23() {
    let events = [EventName::Load, EventName::Authorization, EventName::Timeout].map(EventName::as_str);
    assert_eq!(events, ["load", "authorization", "timeout"]);
    let codes = [
        ErrorCode::Authentication,
        ErrorCode::BusinessNotFound,
        ErrorCode::DuplicateAccount,
        ErrorCode::UnauthorizedCredentials,
        ErrorCode::InsufficientPermission,
        ErrorCode::UnauthorizedClientIdKey,
        ErrorCode::Timeout,
        ErrorCode::General,
    ];
    assert_eq!(
        codes.map(ErrorCode::as_str),
        [
            "authentication",
            "businessNotFound",
            "duplicateAccount",
            "unauthorizedCredentials",
            "insufficientPermission",
            "unauthorizedClientIdKey",
            "timeout",
            "general",
        ]
    );
}

#[test]
fn no_credential_reaches_the_host_invariant_4() {
    // Every step of every story is watched for the token (support/invariants.rs); here, that the watch would see it.
    let widget = TestWidget::signing_in(fixtures::posting());
    let printed = format!("{:?} {:?} {:?}", widget.request(), widget.state, widget.config);
    assert!(printed.contains("AccessToken(not shown)") && printed.contains("FormState(not shown)"));
    assert!(!printed.contains(fixtures::TOKEN) && !printed.contains("opaque 1"));
    let said = format!(
        "{:?}",
        HostEvent::Loaded(Parties {
            metadata: Some(railz_connect_flow::json::JsonText(fixtures::TOKEN.to_owned())),
            ..Parties::default()
        })
    );
    assert!(said.contains(fixtures::TOKEN), "a token in a text of an event would be seen");
}
