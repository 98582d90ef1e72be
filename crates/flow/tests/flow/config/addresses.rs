//! Addresses: resolved by the browser, checked here; and which server is spoken to.

use railz_connect_flow::HostOptions;
use railz_connect_flow::config::{AddressOption, AfterSuccess, EndpointSource, RawValue};

use super::{address, nothings, with};
use crate::support::fixtures::{self, address_option};

#[test]
fn a_redirect_address_stays_as_it_was_written_where_it_is_whole() {
    // Plaid and the server were told "https://host.example/" where the host had registered and written no slash.
    for (written, resolved, meant) in [
        ("https://host.example", "https://host.example/", "https://host.example"),
        (" http://HOST.example/a/../b ", "http://host.example/b", "http://HOST.example/a/../b"),
        ("done", "https://host.example/done", "https://host.example/done"),
        ("HTTPS://host.example", "https://host.example/", "https://host.example/"),
    ] {
        let config = with(|options| options.redirect_url = address(written, Some(resolved))).unwrap();
        assert_eq!(config.after_success, AfterSuccess::Redirect { url: meant.to_owned() }, "{written}");
    }
}

#[test]
fn an_address_is_taken_as_the_browser_resolved_it() {
    let table = [
        ("/done", "https://host.example/done"),
        ("done?x=1#y", "https://host.example/app/done?x=1#y"),
        ("//other.example/", "https://other.example/"),
        ("HTTPS://Host.Example", "https://host.example/"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/"),
    ];
    for (written, resolved) in table {
        let config = with(|options| {
            options.success_url = address(written, Some(resolved));
            options.close_redirect_url = address(written, Some(resolved));
        })
        .unwrap();
        assert_eq!(config.after_success, AfterSuccess::Post { url: resolved.to_owned() });
        assert_eq!(config.close_redirect_url.as_deref(), Some(resolved));
        let config = with(|options| options.redirect_url = address(written, Some(resolved))).unwrap();
        assert_eq!(config.after_success, AfterSuccess::Redirect { url: resolved.to_owned() });
    }
}

#[test]
fn an_empty_address_means_absent() {
    let mut empties =
        vec![address("", Some("https://host.example/")), address(" ", Some("https://host.example/"))];
    empties.extend(nothings().map(AddressOption::Wrong));
    for empty in empties {
        let config = with(|options| {
            options.success_url = empty.clone();
            options.redirect_url = empty.clone();
            options.close_redirect_url = empty.clone();
            options.data_endpoint = empty.clone();
            options.script_endpoint = empty.clone();
        });
        assert_eq!(config.unwrap(), fixtures::plain(), "{empty:?}");
    }
}

#[test]
fn an_address_that_is_not_http_is_refused_by_its_option() {
    type Change = fn(&mut HostOptions, AddressOption);
    let options: [(&str, Change); 6] = [
        ("successUrl", |options, wrong| options.success_url = wrong),
        ("redirectUrl", |options, wrong| options.redirect_url = wrong),
        ("closeRedirectUrl", |options, wrong| options.close_redirect_url = wrong),
        ("endpoint", |options, wrong| options.endpoint = wrong),
        ("data-endpoint", |options, wrong| {
            (options.endpoint, options.data_endpoint) = (AddressOption::Absent, wrong);
        }),
        ("endpoint", |options, wrong| {
            (options.endpoint, options.script_endpoint) = (AddressOption::Absent, wrong);
        }),
    ];
    let wrongs = [
        (address("javascript:alert(1)", Some("javascript:alert(1)")), "javascript:alert(1)"),
        (address("data:,x", Some("data:,x")), "data:,x"),
        (address("ftp://files.example/", Some("ftp://files.example/")), "ftp://files.example/"),
        (address("mailto:a@b.example", Some("mailto:a@b.example")), "mailto:a@b.example"),
        (address("http://[", None), "http://["),
        (address("httpx://host.example/", Some("httpx://host.example/")), "httpx://host.example/"),
        (AddressOption::Wrong(RawValue::Bool(true)), "true"),
        (AddressOption::Wrong(super::number(7.0)), "7"),
        (AddressOption::Wrong(RawValue::Other("an object")), "an object"),
    ];
    for (option, change) in options {
        for (wrong, received) in &wrongs {
            let error = with(|options| change(options, wrong.clone())).unwrap_err();
            assert_eq!((error.option, error.received.as_str()), (option, *received));
            assert_eq!(error.expected, "an http or https address");
        }
    }
}

#[test]
fn the_endpoint_comes_from_the_option_then_the_tag_then_the_script() {
    let sources = [
        (EndpointSource::Option, "https://option.example"),
        (EndpointSource::ScriptAttribute, "https://attribute.example"),
        (EndpointSource::ScriptOrigin, "https://script.example"),
    ];
    for (first, expected) in sources.iter().enumerate() {
        let given = |index: usize| {
            if index < first { AddressOption::Absent } else { address_option(sources[index].1) }
        };
        let config = with(|options| {
            options.endpoint = given(0);
            options.data_endpoint = given(1);
            options.script_endpoint = given(2);
        });
        let endpoint = config.unwrap().endpoint;
        assert_eq!((endpoint.source, endpoint.url.as_str()), *expected);
    }
}

/// It used to be a domain of the vendor whose package this one replaces.
#[test]
fn without_a_server_the_widget_is_refused_and_talks_to_nobody() {
    let error = with(|options| options.endpoint = AddressOption::Absent).unwrap_err();
    assert_eq!((error.option, error.received.as_str()), ("endpoint", "nothing"));
    assert_eq!(error.expected, "the address of your Connect server");
}

#[test]
fn an_endpoint_loses_its_slashes_at_the_end() {
    let table = [
        ("https://connect.example/", "https://connect.example"),
        ("https://connect.example/api/", "https://connect.example/api"),
        ("https://connect.example/api//", "https://connect.example/api"),
        ("http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
    ];
    for (given, expected) in table {
        assert_eq!(with(|options| options.endpoint = address_option(given)).unwrap().endpoint.url, expected);
    }
}

/// The path of each call was put behind the query, and the server's start page was asked instead.
#[test]
fn an_endpoint_with_query_fragment_or_user_info_is_refused_by_its_option() {
    let user_info = "an address with user info";
    for (wrong, received) in [
        ("https://connect.example/?tenant=7", "https://connect.example/?tenant=7"),
        ("https://connect.example/api?", "https://connect.example/api?"),
        ("https://connect.example/#top", "https://connect.example/#top"),
        ("https://me:secret@connect.example/", user_info),
        ("https://me@connect.example/api?b", user_info),
    ] {
        let error = with(|options| options.endpoint = address_option(wrong)).unwrap_err();
        assert_eq!((error.option, error.received.as_str()), ("endpoint", received));
        assert_eq!(error.expected, "an address without query, fragment and user info");
        let error = with(|options| {
            (options.endpoint, options.data_endpoint) = (AddressOption::Absent, address_option(wrong));
        });
        assert_eq!(error.unwrap_err().option, "data-endpoint");
    }
    let fine = with(|options| options.endpoint = address_option("https://connect.example/@acme"));
    assert_eq!(fine.unwrap().endpoint.url, "https://connect.example/@acme");
}

#[test]
fn other_addresses_keep_their_slash() {
    let config =
        with(|options| options.close_redirect_url = address_option("https://host.example/")).unwrap();
    assert_eq!(config.close_redirect_url.as_deref(), Some("https://host.example/"));
}
