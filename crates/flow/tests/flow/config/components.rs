//! The switches, lists and links of contract rules H1 to H4 with their older names: what they become, and what is refused by name.

use railz_connect_contract::{ServiceKind, ServiceName};
use railz_connect_flow::config::{Components, HostLink, RawValue, Shown};
use railz_connect_flow::{Config, ConfigError, HostOptions};

use super::{number, with};
use crate::support::fixtures::{self, text};

fn components(given: &[(&'static str, RawValue)]) -> Result<Components, ConfigError> {
    with(|options| options.more = given.to_vec()).map(|config| config.components)
}

fn list(texts: &[&str]) -> RawValue {
    RawValue::List(texts.iter().map(|text| (*text).to_owned()).collect())
}

/// A switch by its path, how it is read, and what it is when nobody touches it.
type Switch = (&'static str, fn(&Components) -> bool, bool);

const SWITCHES: [Switch; 12] = [
    ("options.components.search", |components| components.search, true),
    ("options.components.close", |components| components.close, false),
    ("options.components.sandbox", |components| components.sandbox, true),
    ("options.components.watermark", |components| components.watermark, true),
    ("options.components.terms", |components| components.terms.wanted, true),
    ("options.components.header", |components| components.header, true),
    ("options.components.helpLink", |components| components.help.wanted, true),
    ("options.components.progressBar", |components| components.progress_bar, true),
    ("options.components.navigableProgressBar", |components| components.navigable_progress_bar, true),
    ("options.components.back", |components| components.back, true),
    ("serviceFilterEnabled", |components| components.search, true),
    ("headerEnabled", |components| components.header, true),
];

#[test]
fn each_switch_turns_its_own_part_on_and_off() {
    for (path, read, default) in SWITCHES {
        assert_eq!(read(&Components::default()), default, "{path}");
        for (given, expected) in [
            (RawValue::Bool(true), true),
            (RawValue::Bool(false), false),
            (text("false"), false),
            (number(1.0), true),
            (text(""), default),
        ] {
            let components = components(&[(path, given)]).unwrap();
            assert_eq!(read(&components), expected, "{path}");
        }
    }
}

#[test]
fn a_switch_that_is_neither_true_nor_false_is_refused_by_its_path() {
    let more = ["overview", "summary", "accountingRequired", "bankingRequired", "commerceRequired"]
        .map(|name| format!("options.components.{name}"));
    let paths = SWITCHES.iter().map(|(path, ..)| (*path).to_owned()).chain(more);
    for path in paths.chain(["closeEnabled".to_owned(), "removeRailzWatermark".to_owned()]) {
        let known =
            railz_connect_flow::config::MORE_OPTIONS.iter().find(|one| **one == path).expect("it is listed");
        let error = components(&[(known, text("perhaps"))]).unwrap_err();
        assert_eq!(
            (error.option, error.received.as_str(), error.expected),
            (*known, "perhaps", "true or false")
        );
    }
}

#[test]
fn the_newer_name_wins_over_the_older_one() {
    let older = [("closeEnabled", RawValue::Bool(true)), ("removeRailzWatermark", RawValue::Bool(true))];
    let read = components(&older).unwrap();
    assert!(read.close && !read.watermark);
    let both = [
        ("options.components.close", RawValue::Bool(false)),
        ("options.components.watermark", RawValue::Bool(true)),
    ];
    let read = components(&[older.to_vec(), both.to_vec()].concat()).unwrap();
    assert!(!read.close && read.watermark);
}

#[test]
fn overview_and_summary_are_shown_where_useful_unless_the_host_says() {
    let read = |given| {
        let paths = ["options.components.overview", "options.components.summary"];
        let components = components(&paths.map(|path| (path, RawValue::clone(&given)))).unwrap();
        assert_eq!(components.overview, components.summary);
        components.overview
    };
    assert_eq!(read(RawValue::Absent), Shown::WhereUseful);
    assert_eq!(read(RawValue::Bool(true)), Shown::Always);
    assert_eq!(read(RawValue::Bool(false)), Shown::Never);
}

#[test]
fn kinds_are_required_by_their_switch_or_in_the_list() {
    let both = [
        ("options.components.bankingRequired", RawValue::Bool(true)),
        ("options.kinds.hideSkip", list(&["commerce", "telepathy", "banking"])),
    ];
    assert_eq!(components(&both).unwrap().required, [ServiceKind::Banking, ServiceKind::Commerce]);
    let one = [("options.components.accountingRequired", RawValue::Bool(true))];
    assert_eq!(components(&one).unwrap().required, [ServiceKind::Accounting]);
    assert_eq!(components(&[]).unwrap().required, []);
}

#[test]
fn lists_are_taken_and_anything_else_is_refused_by_name() {
    let config = with(|options| {
        options.more =
            vec![("options.services.exclude", list(&["xero", "plaid"])), ("countryCodes", list(&["CA"]))];
    })
    .unwrap();
    assert_eq!(config.excluded_services, [ServiceName::new("xero"), ServiceName::new("plaid")]);
    assert_eq!(config.country_codes, ["CA"]);
    for path in ["options.services.exclude", "options.kinds.hideSkip", "countryCodes"] {
        for (wrong, received) in [
            (text("xero"), "xero"),
            (RawValue::Bool(true), "true"),
            (RawValue::Other("an array"), "an array"),
            (RawValue::Other("an object"), "an object"),
        ] {
            let error = with(|options| options.more = vec![(path, wrong)]).unwrap_err();
            assert_eq!((error.option, error.received.as_str()), (path, received));
            assert!(error.expected.starts_with("a list of "), "{error}");
        }
    }
}

#[test]
fn a_list_where_a_text_a_number_or_a_switch_is_due_is_refused_as_an_array() {
    let refused = [
        with(|options| options.business_name = list(&["a"])),
        with(|options| options.session_timeout = list(&["a"])),
        with(|options| options.debug = list(&["a"])),
    ];
    for result in refused {
        assert_eq!(result.unwrap_err().received, "an array");
    }
}

fn linked(options: &HostOptions) -> Result<Config, ConfigError> {
    Config::read(options)
}

#[test]
fn a_link_leads_where_its_title_says_and_wears_its_body() {
    let options = HostOptions {
        more: vec![
            ("options.components.termsTitle", text("https://host.example/terms")),
            ("options.components.termsBody", text("Our terms")),
            ("options.components.helpLinkTitle", text("help.example/connect")),
        ],
        ..fixtures::options()
    };
    let components = linked(&options).unwrap().components;
    let link = |target: &str, words: Option<&str>| HostLink {
        wanted: true,
        target: Some(target.to_owned()),
        words: words.map(str::to_owned),
    };
    assert_eq!(components.terms, link("https://host.example/terms", Some("Our terms")));
    assert_eq!(components.help, link("https://help.example/connect", None));
}

#[test]
fn a_link_may_be_named_by_the_key_of_a_label_and_falls_back_to_its_own() {
    let labels: Vec<(String, String)> = [
        ("terms.link", "/terms"),
        ("helpLink.linkLocation", "https://help.example"),
        ("helpLink.linkText", "Ask us"),
    ]
    .map(|(key, words)| (key.to_owned(), words.to_owned()))
    .into();
    let more = vec![
        ("options.components.helpLinkTitle", text("helpLink.linkLocation")),
        ("options.components.helpLinkBody", text("helpLink.linkText")),
    ];
    let options = HostOptions { labels: labels.clone(), more, ..fixtures::options() };
    let components = linked(&options).unwrap().components;
    assert_eq!(components.terms.target.as_deref(), Some("/terms"));
    assert_eq!(components.help.target.as_deref(), Some("https://help.example"));
    assert_eq!(components.help.words.as_deref(), Some("Ask us"));
    let hidden = HostOptions { labels, terms_hidden: true, ..fixtures::options() };
    assert_eq!(linked(&hidden).unwrap().components.terms.target, None);
}

#[test]
fn a_link_that_would_run_in_the_page_is_refused_by_name() {
    for path in ["options.components.termsTitle", "options.components.helpLinkTitle"] {
        for wrong in ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "mailto:a@b.example"]
        {
            let error = with(|options| options.more = vec![(path, text(wrong))]).unwrap_err();
            assert_eq!((error.option, error.received.as_str()), (path, wrong));
        }
    }
}

#[test]
fn a_theme_keeps_what_is_a_text_and_passes_over_the_rest() {
    let config = with(|options| {
        options.more = vec![
            ("theme.primary.background", text(" #123456 ")),
            ("theme.fontFamily", number(7.0)),
            ("brandColor", text("abcdef")),
            ("language", text("fr")),
        ];
    })
    .unwrap();
    assert_eq!(config.theme.get("theme.primary.background"), Some("#123456"));
    assert_eq!(config.theme.get("theme.fontFamily"), None);
    assert_eq!(config.theme.0.len(), 2);
}
