//! What is refused: by the option's name, with what came and what would be right (invariant 7).

use railz_connect_flow::config::RawValue;
use railz_connect_flow::{Config, ConfigError, HostOptions};

use super::{nothings, number, with};
use crate::support::fixtures::{self, text};

fn refusal(result: Result<Config, ConfigError>) -> (&'static str, String, &'static str) {
    let ConfigError { option, received, expected } = result.expect_err("it was accepted");
    (option, received, expected)
}

const WIDGET_ID: &str = "the id of a widget registered with the server";
const BUSINESS_NAME: &str = "2 to 40 visible characters without % [ ] \\ * | { } \"";
const TIMEOUT: &str = "a number of seconds up to 86400";

#[test]
fn a_missing_widget_id() {
    for nothing in nothings() {
        let result = Config::read(&HostOptions { widget_id: nothing, ..HostOptions::default() });
        assert_eq!(refusal(result), ("widgetId", "nothing".to_owned(), WIDGET_ID));
    }
}

#[test]
fn what_is_no_text_where_a_text_is_due() {
    type Change = fn(&mut HostOptions, RawValue);
    let options: [(&str, Change, &str); 5] = [
        ("widgetId", |options, wrong| options.widget_id = wrong, WIDGET_ID),
        ("businessName", |options, wrong| options.business_name = wrong, BUSINESS_NAME),
        (
            "businessUuid",
            |options, wrong| options.business_uuid = wrong,
            "the id of a business, such as BIZ-…",
        ),
        ("successMethod", |options, wrong| options.success_method = wrong, "\"post\" or \"get\""),
        ("state", |options, wrong| options.state = wrong, "a text that the success page receives as it is"),
    ];
    for (option, change, expected) in options {
        for (wrong, received) in [
            (RawValue::Other("an object"), "an object"),
            (RawValue::Other("a function"), "a function"),
            (number(f64::NAN), "NaN"),
            (number(f64::INFINITY), "inf"),
        ] {
            let result = with(|options| change(options, wrong));
            assert_eq!(refusal(result), (option, received.to_owned(), expected));
        }
    }
}

#[test]
fn a_business_name_of_the_wrong_length() {
    for name in ["A", "ä", &"a".repeat(41)] {
        let result = with(|options| options.business_name = text(name));
        assert_eq!(refusal(result), ("businessName", name.to_owned(), BUSINESS_NAME));
    }
    let result = with(|options| options.business_name = number(7.0));
    assert_eq!(refusal(result), ("businessName", "7".to_owned(), BUSINESS_NAME));
}

#[test]
fn a_business_name_with_a_forbidden_character() {
    for letter in "%[]\\*|{}\"".chars() {
        for name in [format!("{letter}Acme"), format!("Ac{letter}me"), format!("Acme{letter}")] {
            let result = with(|options| options.business_name = text(&name));
            assert_eq!(refusal(result), ("businessName", name, BUSINESS_NAME));
        }
    }
}

#[test]
fn a_session_timeout_that_is_no_time() {
    for (wrong, received) in [
        (text("soon"), "soon"),
        (text("-5"), "-5"),
        (text("86401"), "86401"),
        (number(-1.0), "-1"),
        (number(86_400.5), "86400.5"),
        (number(f64::NAN), "NaN"),
        (RawValue::Bool(true), "true"),
        (RawValue::Other("an object"), "an object"),
    ] {
        let result = with(|options| options.session_timeout = wrong);
        assert_eq!(refusal(result), ("options.sessionTimeout", received.to_owned(), TIMEOUT));
    }
}

#[test]
fn a_debug_that_is_neither_true_nor_false() {
    for (wrong, received) in [(text("yes"), "yes"), (RawValue::Other("an object"), "an object")] {
        let result = with(|options| options.debug = wrong);
        assert_eq!(refusal(result), ("options.debug", received.to_owned(), "true or false"));
    }
}

#[test]
fn a_success_method_that_no_form_has_with_or_without_a_success_page() {
    for success_url in
        [fixtures::address_option(fixtures::SUCCESS), railz_connect_flow::config::AddressOption::Absent]
    {
        for wrong in ["put", "DELETE", "post "] {
            let result = with(|options| {
                options.success_url = success_url.clone();
                options.success_method = text(wrong);
            });
            assert_eq!(refusal(result), ("successMethod", wrong.to_owned(), "\"post\" or \"get\""));
        }
    }
}

#[test]
fn a_success_page_and_a_redirect_together() {
    let long = format!("https://host.example/{}", "a".repeat(200));
    for redirect in ["https://host.example/next", &long] {
        let result = with(|options| {
            options.success_url = fixtures::address_option(fixtures::SUCCESS);
            options.redirect_url = fixtures::address_option(redirect);
        });
        let (option, received, expected) = refusal(result);
        assert_eq!(option, "redirectUrl");
        assert!(redirect.starts_with(received.trim_end_matches('…')) && received.chars().count() <= 81);
        assert!(expected.contains("either successUrl") && expected.contains("or redirectUrl"));
    }
}

#[test]
fn what_came_is_shown_shortened_by_characters() {
    let (_, received, _) = refusal(with(|options| options.business_name = text(&"ä".repeat(500))));
    assert_eq!(received, format!("{}…", "ä".repeat(80)));
}

#[test]
fn a_refusal_reads_as_a_sentence() {
    let error = with(|options| options.session_timeout = text("soon")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "The option options.sessionTimeout is soon, but must be a number of seconds up to 86400."
    );
}
