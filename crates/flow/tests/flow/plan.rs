//! What counts of the host's adjustments on which plan, and what of its looks a screen says.

use railz_connect_contract::{BillingPlan, ConnectionState, ServiceName};
use railz_connect_flow::config::RawValue;
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::{Content, Link, ThemeScope};
use railz_connect_flow::session::SessionResponse;
use railz_connect_flow::{HostOptions, Screen};

use crate::support::TestWidget;
use crate::support::fixtures::{self, text};

/// The screen after the session of this plan was opened.
fn screen(more: Vec<(&'static str, RawValue)>, plan: BillingPlan, sites: bool) -> Screen {
    let config = fixtures::config(&HostOptions { more, ..fixtures::options() });
    let session = SessionResponse { billing_plan: plan, sites, ..fixtures::session() };
    TestWidget::in_the_picker_of(config, session).screen()
}

const PLANS: [BillingPlan; 4] =
    [BillingPlan::Free, BillingPlan::PayAsYouGo, BillingPlan::Custom, BillingPlan::Unknown];

#[test]
fn words_looks_and_names_count_as_the_plan_has_it() {
    let more = || {
        vec![
            ("theme.logo.url", text("https://host.example/logo.svg")),
            ("options.content.companyName", text("Harbour Finance")),
        ]
    };
    let expected = [
        (false, ThemeScope::None, false, "Acme Lending"),
        (false, ThemeScope::Colours, false, "Harbour Finance"),
        (true, ThemeScope::Full, true, "Harbour Finance"),
        (true, ThemeScope::Full, true, "Harbour Finance"),
    ];
    for (plan, (labels, dress, logo, company)) in PLANS.into_iter().zip(expected) {
        let screen = screen(more(), plan, false);
        assert_eq!(
            (screen.voice.labels, screen.theme_scope, screen.logo.is_some()),
            (labels, dress, logo),
            "{plan:?}"
        );
        assert_eq!(screen.voice.customer_name, company, "{plan:?}");
    }
    let before =
        TestWidget::start(fixtures::config(&HostOptions { more: more(), ..fixtures::options() })).screen();
    assert!(
        before.voice.labels && before.theme_scope == ThemeScope::Full,
        "before there is a session, everything counts"
    );
}

#[test]
fn a_page_of_the_servers_own_has_no_logo_and_no_badge_and_keeps_the_font() {
    let logo = || vec![("theme.logo.url", text("https://host.example/logo.svg"))];
    let own = screen(logo(), BillingPlan::PayAsYouGo, true);
    assert_eq!((own.logo, own.sandbox, own.theme_scope), (None, false, ThemeScope::Full));
    let unmarked = [logo(), vec![("removeRailzWatermark", RawValue::Bool(true))]].concat();
    assert_eq!(screen(unmarked, BillingPlan::Custom, false).logo, None);
}

#[test]
fn links_can_be_left_out_on_the_full_plan_only_and_need_an_address() {
    let off = || {
        vec![
            ("options.components.terms", RawValue::Bool(false)),
            ("options.components.termsTitle", text("https://host.example/terms")),
            ("options.components.helpLink", RawValue::Bool(false)),
        ]
    };
    let terms = Some(Link { url: "https://host.example/terms".to_owned(), words: None });
    for plan in PLANS {
        let full = matches!(plan, BillingPlan::Custom | BillingPlan::Unknown);
        let screen = screen(off(), plan, false);
        assert_eq!(screen.terms, terms.clone().filter(|_| !full), "{plan:?}");
        assert_eq!(screen.help, None, "without an address there is no link");
    }
}

#[test]
fn the_terms_do_not_stand_under_the_summary() {
    let more = vec![("options.components.termsTitle", text("https://host.example/terms"))];
    let config = fixtures::config(&HostOptions { more, ..fixtures::options() });
    let mut widget = TestWidget::in_the_picker_of(config, fixtures::session_of_two_kinds());
    while !matches!(widget.content(), Content::Summary { .. }) {
        assert!(widget.screen().terms.is_some());
        widget.press(UserEvent::Next);
    }
    assert_eq!(widget.screen().terms, None);
}

#[test]
fn a_service_that_is_left_out_is_offered_only_while_it_is_connected() {
    let exclude = RawValue::List(vec![fixtures::XERO.to_owned()]);
    let config = fixtures::config(&HostOptions {
        more: vec![("options.services.exclude", exclude)],
        ..fixtures::options()
    });
    for (state, offered) in
        [(None, false), (Some(ConnectionState::Active), true), (Some(ConnectionState::Expired), false)]
    {
        let connections =
            state.map(|state| fixtures::connection(fixtures::XERO, state)).into_iter().collect();
        let widget = TestWidget::in_the_picker_of(config.clone(), fixtures::session_with(connections));
        let session = widget.state.session().expect("a session is open");
        let found = session.integrations.iter().any(|one| one.service == ServiceName::new(fixtures::XERO));
        assert_eq!(found, offered, "{state:?}");
    }
}

#[test]
fn leaving_out_every_service_leaves_nothing_to_connect() {
    let all = [fixtures::SANDBOX, fixtures::QUICKBOOKS, fixtures::XERO, fixtures::HARBOUR].map(str::to_owned);
    let more = vec![("options.services.exclude", RawValue::List(all.into()))];
    let config = fixtures::config(&HostOptions { more, ..fixtures::options() });
    let widget = TestWidget::in_the_picker_of(config, fixtures::session());
    assert_eq!(widget.screen().content.name(), "unavailable");
}
