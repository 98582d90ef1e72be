//! What the host and its developer hear: callbacks with the keys of 2.23, reports under `debug`.

use railz_connect_contract::{Connection, EntityRef, ServiceAccountRef, ServiceName};
use railz_connect_flow::{
    Effect, EndpointSource, ErrorCode, EventName, GivenValue, HostEvent, HostOptions, Parties, Report,
    SessionResponse,
};

use super::Story;
use crate::support::{Traveller, world};

pub const STORIES: &[Story] = &[
    the_account_at_the_service_is_handed_on_if_it_has_an_id,
    the_service_is_named_as_the_person_chose_it,
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
        let mut owner = Traveller::signing_in(world::plain());
        owner.told.clear();
        owner.news(Connection { service_account_ref: Some(given), ..world::active(world::QUICKBOOKS) });
        assert!(matches!(&owner.told()[..], [HostEvent::Authorized { account, .. }] if *account == expected));
    }
}

#[test]
fn the_service_is_named_as_the_person_chose_it() {
    let mut owner = Traveller::signing_in(world::plain());
    owner.news(Connection { name: ServiceName::new("another name"), ..world::active(world::QUICKBOOKS) });
    assert!(
        matches!(&owner.told()[..], [HostEvent::Authorized { service, .. }] if service.as_str() == world::QUICKBOOKS)
    );
}

#[test]
fn the_metadata_is_the_servers_echo() {
    let mut owner = Traveller::start(world::plain());
    owner.answer_session(SessionResponse { metadata: None, ..world::session() });
    let [HostEvent::Loaded(parties)] = &owner.told()[..] else { panic!() };
    assert_eq!(parties.metadata, None, "null where the server sends null");
}

#[test]
fn a_session_that_failed_has_null_for_metadata_and_no_names() {
    let mut owner = Traveller::start(world::plain());
    owner.refuse(500, "Full");
    let nobody = Parties { business_name: None, business_uuid: None, metadata: None };
    assert!(matches!(&owner.told()[..], [HostEvent::Error { parties, .. }] if *parties == nobody));
}

#[test]
fn the_reports_come_first_and_only_under_debug() {
    let options = HostOptions {
        debug: world::text("true"),
        unknown: vec!["colour".to_owned(), "options.size".to_owned()],
        ..world::options()
    };
    let owner = Traveller::start(world::config(&options));
    let url = "https://auth.railz.ai".to_owned();
    assert_eq!(
        owner.effects[..3],
        [
            Effect::Report(Report::Endpoint { url, source: EndpointSource::Default }),
            Effect::Report(Report::UnknownOption("colour".to_owned())),
            Effect::Report(Report::UnknownOption("options.size".to_owned())),
        ]
    );
    let quiet = Traveller::start(world::config(&HostOptions { debug: world::text("false"), ..options }));
    assert!(quiet.effects.iter().all(|effect| !matches!(effect, Effect::Report(_))));
}

#[test]
fn older_names_and_services_that_are_not_there_are_reported_under_debug_only() {
    let exclude = GivenValue::List(vec!["xeroo".to_owned(), world::XERO.to_owned()]);
    let more = vec![("brandColor", world::text("#123456")), ("options.services.exclude", exclude)];
    let start = |debug| {
        let options = HostOptions { debug: GivenValue::Bool(debug), more: more.clone(), ..world::options() };
        let owner = Traveller::start(world::config(&options));
        let mut reports = reported(&owner);
        let mut opened = owner;
        opened.answer_session(world::session());
        reports.extend(reported(&opened));
        reports
    };
    let older = Report::OlderOption { older: "brandColor", newer: "theme.primary.background" };
    let expected = [older, Report::NotOffered(ServiceName::new("xeroo"))];
    assert_eq!(start(true)[1..], expected);
    assert_eq!(start(false), []);
}

fn reported(owner: &Traveller) -> Vec<Report> {
    let reports = owner.effects.iter().filter_map(|effect| match effect {
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
    // Every step of every story is watched for the token (support/truths.rs); here, that the watch would see it.
    let owner = Traveller::signing_in(world::posting());
    let printed = format!("{:?} {:?} {:?}", owner.request(), owner.state, owner.config);
    assert!(printed.contains("AccessToken(not shown)") && printed.contains("FormState(not shown)"));
    assert!(!printed.contains(world::TOKEN) && !printed.contains("opaque 1"));
    let said = format!(
        "{:?}",
        HostEvent::Loaded(Parties {
            metadata: Some(railz_connect_flow::JsonText(world::TOKEN.to_owned())),
            ..Parties::default()
        })
    );
    assert!(said.contains(world::TOKEN), "a token in a text of an event would be seen");
}
