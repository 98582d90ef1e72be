//! What is accepted, and what it becomes.

use railz_connect_contract::{BusinessName, BusinessUuid, WidgetId};
use railz_connect_flow::config::{
    AfterSuccess, Components, Endpoint, EndpointSource, FormState, MORE_OPTIONS, RawValue, SuccessMethod,
    Theme, holds_known_options, is_known_option,
};
use railz_connect_flow::json::JsonText;
use railz_connect_flow::{Config, HostOptions};

use super::{nothings, number, with};
use crate::support::fixtures::{self, text};

#[test]
fn a_widget_id_and_a_server_are_enough() {
    let endpoint = fixtures::address_option("https://connect.example");
    let config =
        Config::read(&HostOptions { widget_id: text("W1"), endpoint, ..HostOptions::default() }).unwrap();
    assert_eq!(
        config,
        Config {
            widget_id: WidgetId::new("W1"),
            business_name: None,
            business_uuid: None,
            session_token: None,
            renews_session: false,
            after_success: AfterSuccess::Stay,
            success_method: SuccessMethod::Post,
            state: None,
            close_redirect_url: None,
            modal: false,
            metadata: None,
            endpoint: Endpoint { url: "https://connect.example".to_owned(), source: EndpointSource::Option },
            session_timeout_ms: 120_000,
            excluded_services: Vec::new(),
            components: Components::default(),
            theme: Theme::default(),
            company_name: None,
            country_codes: Vec::new(),
            debug: false,
            unknown_options: Vec::new(),
            older_options: Vec::new(),
        }
    );
}

#[test]
fn an_empty_text_means_absent() {
    for nothing in nothings() {
        let config = with(|options| {
            options.business_name = nothing.clone();
            options.business_uuid = nothing.clone();
            options.success_method = nothing.clone();
            options.session_token = nothing.clone();
            options.state = nothing.clone();
            options.session_timeout = nothing.clone();
            options.debug = nothing.clone();
        });
        assert_eq!(config.unwrap(), fixtures::plain());
    }
}

#[test]
fn an_empty_state_is_not_sent() {
    for nothing in nothings() {
        let config = with(|options| {
            options.success_url = fixtures::address_option(fixtures::SUCCESS);
            options.state = nothing;
        });
        assert_eq!(config.unwrap().state, None);
    }
}

#[test]
fn numbers_and_truths_become_texts_where_a_text_is_due() {
    let table = [
        (text("7"), "7"),
        (number(7.0), "7"),
        (number(7.5), "7.5"),
        (RawValue::Bool(true), "true"),
        (RawValue::Bool(false), "false"),
    ];
    for (given, expected) in table {
        let config = with(|options| {
            options.widget_id = given.clone();
            options.business_uuid = given.clone();
            options.success_url = fixtures::address_option(fixtures::SUCCESS);
            options.state = given.clone();
        })
        .unwrap();
        assert_eq!(config.widget_id.as_str(), expected);
        assert_eq!(config.business_uuid, Some(BusinessUuid::new(expected)));
        assert_eq!(config.state, Some(FormState(expected.to_owned())));
        assert_eq!(config.after_success, AfterSuccess::Post { url: fixtures::SUCCESS.to_owned() });
    }
}

#[test]
fn business_names_of_2_to_40_characters_pass() {
    let forty = "ä".repeat(40);
    for name in ["Ab", "Smith & Sons, Ltd.", "日本", "O'Neill #1", "a_b-c/d", forty.as_str()] {
        let config = with(|options| options.business_name = text(name)).unwrap();
        assert_eq!(config.business_name, Some(BusinessName::new(name)));
    }
    let config = with(|options| options.business_name = number(4711.0)).unwrap();
    assert_eq!(config.business_name, Some(BusinessName::new("4711")));
}

#[test]
fn the_session_timeout_is_in_seconds_and_0_means_the_default() {
    let table = [
        (text("120"), 120_000),
        (text(" 90 "), 90_000),
        (text("0"), 120_000),
        (text("  "), 120_000),
        (text("86400"), 86_400_000),
        (number(0.0), 120_000),
        (number(-0.0), 120_000),
        (number(1.0), 1_000),
        (number(0.2), 1_000),
        (number(59.5), 60_000),
        (number(86_400.0), 86_400_000),
    ];
    for (given, expected) in table {
        let config = with(|options| options.session_timeout = given.clone());
        assert_eq!(config.unwrap().session_timeout_ms, expected, "{given:?}");
    }
}

#[test]
fn debug_takes_what_reads_as_true_or_false() {
    let table = [
        (RawValue::Bool(true), true),
        (RawValue::Bool(false), false),
        (number(1.0), true),
        (number(0.0), false),
        (text("true"), true),
        (text(" false "), false),
        (text(" "), false),
    ];
    for (given, expected) in table {
        assert_eq!(with(|options| options.debug = given.clone()).unwrap().debug, expected, "{given:?}");
    }
}

#[test]
fn the_success_method_is_post_or_get_in_any_case_of_letters() {
    let method = |given: RawValue| {
        with(|options| {
            options.success_url = fixtures::address_option(fixtures::SUCCESS);
            options.success_method = given;
        })
        .unwrap()
        .after_success
    };
    for post in [RawValue::Absent, text("post"), text("POST"), text("Post")] {
        assert!(matches!(method(post), AfterSuccess::Post { .. }));
    }
    for get in [text("get"), text("GET")] {
        assert!(matches!(method(get), AfterSuccess::Get { .. }));
    }
}

#[test]
fn metadata_and_unknown_options_are_carried_as_they_came() {
    let metadata = JsonText("[{\"name\":\"plan\"}]".to_owned());
    let config = with(|options| {
        options.metadata = Some(metadata.clone());
        options.unknown = vec!["colour".to_owned()];
    })
    .unwrap();
    assert_eq!(config.metadata, Some(metadata));
    assert_eq!(config.unknown_options, ["colour"]);
}

#[test]
fn every_option_is_known_by_its_path() {
    for option in
        ["parentElement", "widgetId", "onEvent", "options.sessionTimeout", "options.components.search"]
    {
        assert!(is_known_option(option), "{option}");
    }
    for option in ["widgetID", "options", "theme", "search", "options.components.serch", "options.content.x"]
    {
        assert!(!is_known_option(option), "{option}");
    }
    for holder in ["options", "theme", "theme.primary", "options.components"] {
        assert!(holds_known_options(holder), "{holder}");
    }
    assert!(!holds_known_options("opt") && !holds_known_options("metadata"));
    let mut names = MORE_OPTIONS.to_vec();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), MORE_OPTIONS.len(), "no option is listed twice");
}

#[test]
fn the_state_of_the_host_does_not_print() {
    let config = with(|options| {
        options.success_url = fixtures::address_option(fixtures::SUCCESS);
        options.state = text("a secret of the host's");
    });
    assert!(!format!("{config:?}").contains("a secret"), "{config:?}");
}
