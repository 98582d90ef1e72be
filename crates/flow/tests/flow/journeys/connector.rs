//! QuickBooks Desktop: a file and a password go to QuickBooks Web Connector, and the status is watched until it called.

use railz_connect_contract::{AddressResponse, BusinessName, Connection, ConnectionError, ConnectionState};
use railz_connect_flow::event::{RequestError, UserEvent};
use railz_connect_flow::host_event::{EventName, HostEvent};
use railz_connect_flow::screen::{ConnectorScreen, Content};
use railz_connect_flow::session::SessionResponse;
use railz_connect_flow::state::ConnectorNotice;
use railz_connect_flow::{Effect, Event};

use super::Story;
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    the_connector_calls_and_the_screen_goes_on_by_itself,
    the_status_is_asked_every_two_seconds,
    an_offer_without_file_or_password_ends_the_entry,
    a_beginning_that_cannot_be_read_ends_the_entry,
    the_password_is_copied_and_that_is_said,
    a_password_that_cannot_be_copied_is_shown,
    the_password_is_shown_and_hidden_again,
    the_file_is_saved_under_the_beginning_of_the_name,
    a_connection_that_stood_before_is_no_news,
    a_lapsed_connection_that_works_again_is_news,
    a_duplicate_is_told,
    a_desktop_connection_that_fails_is_told_once,
    a_status_that_fails_is_asked_again_after_a_longer_rest,
    a_session_that_is_over_ends_the_entry,
    the_connector_can_be_left,
    what_is_out_of_place_changes_nothing,
    whoever_came_from_what_needs_attention_goes_back_there,
];

fn waiting_in(session: SessionResponse) -> TestWidget {
    let known = session.connections.as_ref().is_some_and(|known| !known.is_empty());
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), session);
    if known {
        widget.press(UserEvent::Renew(fixtures::connection_id()));
    } else {
        widget.pick(fixtures::DESKTOP);
    }
    widget.answer_address(fixtures::connector_address());
    widget
}

fn waiting() -> TestWidget {
    waiting_in(fixtures::credentials_session())
}

fn resting() -> TestWidget {
    let mut widget = waiting();
    widget.answer_connections(Vec::new());
    widget
}

fn rest_ends(widget: &mut TestWidget) -> u32 {
    let (timer, after_ms) = widget.timers.iter().next().map(|(timer, ms)| (*timer, *ms)).unwrap();
    widget.dispatch(Event::TimerFired(timer));
    after_ms
}

fn shown(widget: &TestWidget) -> ConnectorScreen {
    match widget.content() {
        Content::Connector(screen) => *screen,
        other => panic!("no connector: {other:?}"),
    }
}

#[test]
fn the_connector_calls_and_the_screen_goes_on_by_itself() {
    let mut widget = waiting();
    let screen = shown(&widget);
    assert_eq!(screen.url, "https://connector.example/download");
    assert_eq!(screen.password.expose(), fixtures::SECRET);
    assert!(!screen.revealed && !screen.connected && screen.note.is_none());
    widget.answer_connections(Vec::new());
    rest_ends(&mut widget);
    widget.answer_connections(vec![fixtures::active(fixtures::DESKTOP)]);
    assert_eq!(widget.host_events(), [authorized(fixtures::DESKTOP)]);
    assert_eq!(widget.screen_name(), "connected");
}

#[test]
fn the_status_is_asked_every_two_seconds() {
    let mut widget = waiting();
    for _ in 0..3 {
        widget.answer_connections(Vec::new());
        assert_eq!(rest_ends(&mut widget), 2_000);
        assert_eq!(widget.requests.len(), 1);
    }
}

#[test]
fn an_offer_without_file_or_password_ends_the_entry() {
    for address in [
        AddressResponse { config: None, ..fixtures::connector_address() },
        AddressResponse { password: None, ..fixtures::connector_address() },
        // Where people get the connector was put into a link as it came.
        AddressResponse { url: "javascript:alert(1)".to_owned(), ..fixtures::connector_address() },
        AddressResponse { url: String::new(), ..fixtures::connector_address() },
    ] {
        let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::credentials_session());
        widget.pick(fixtures::DESKTOP).answer_address(address);
        assert_eq!(widget.screen_name(), "failed");
    }
}

#[test]
fn a_beginning_that_cannot_be_read_ends_the_entry() {
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::credentials_session());
    widget.pick(fixtures::DESKTOP).answer(Err(RequestError::Unreadable));
    assert_eq!(widget.screen_name(), "failed");
}

#[test]
fn the_password_is_copied_and_that_is_said() {
    for mut widget in [waiting(), resting()] {
        widget.press(UserEvent::CopyPassword);
        assert!(
            matches!(&widget.effects[..], [Effect::Copy(password)] if password.expose() == fixtures::SECRET)
        );
        widget.dispatch(Event::Copied(true));
        assert_eq!((shown(&widget).note, shown(&widget).revealed), (Some(ConnectorNotice::Copied), false));
    }
}

#[test]
fn a_password_that_cannot_be_copied_is_shown() {
    for mut widget in [waiting(), resting()] {
        widget.press(UserEvent::CopyPassword).dispatch(Event::Copied(false));
        assert_eq!((shown(&widget).note, shown(&widget).revealed), (Some(ConnectorNotice::NotCopied), true));
    }
}

#[test]
fn the_password_is_shown_and_hidden_again() {
    for mut widget in [waiting(), resting()] {
        widget.press(UserEvent::RevealPassword);
        assert_eq!((shown(&widget).note, shown(&widget).revealed), (Some(ConnectorNotice::Revealed), true));
        widget.press(UserEvent::RevealPassword);
        assert_eq!((shown(&widget).note, shown(&widget).revealed), (Some(ConnectorNotice::Hidden), false));
    }
}

#[test]
fn the_file_is_saved_under_the_beginning_of_the_name() {
    for (name, file) in [
        ("Harbour Bakery", "Harbour-Ba.qwc"),
        ("Café", "Café.qwc"),
        ("../..", "connect.qwc"),
        ("A/B", "A-B.qwc"),
    ] {
        let session =
            SessionResponse { business_name: BusinessName::new(name), ..fixtures::credentials_session() };
        let mut widget = waiting_in(session);
        assert_eq!(shown(&widget).file_name, file);
        widget.press(UserEvent::SaveFile);
        assert_eq!(widget.effects, [Effect::Save { name: file.to_owned(), text: "<QBWCXML/>".to_owned() }]);
        assert_eq!(shown(&widget).note, Some(ConnectorNotice::Saved));
    }
    resting().press(UserEvent::SaveFile);
}

#[test]
fn a_connection_that_stood_before_is_no_news() {
    let active = || vec![fixtures::active(fixtures::DESKTOP)];
    let mut widget =
        waiting_in(SessionResponse { connections: Some(active()), ..fixtures::credentials_session() });
    assert!(shown(&widget).connected);
    widget.answer_connections(active());
    assert_eq!(widget.name(), "Entering(connector, resting)", "an older file goes on working");
    rest_ends(&mut widget);
    widget.answer_connections(vec![fixtures::connection(fixtures::DESKTOP, ConnectionState::Disconnected)]);
    assert!(!shown(&widget).connected);
    rest_ends(&mut widget);
    widget.answer_connections(active());
    assert_eq!(widget.host_events(), [authorized(fixtures::DESKTOP)]);
}

#[test]
fn a_lapsed_connection_that_works_again_is_news() {
    let lapsed = vec![fixtures::connection(fixtures::DESKTOP, ConnectionState::Disconnected)];
    let mut widget =
        waiting_in(SessionResponse { connections: Some(lapsed.clone()), ..fixtures::credentials_session() });
    widget.answer_connections(lapsed);
    rest_ends(&mut widget);
    widget.answer_connections(vec![fixtures::active(fixtures::DESKTOP)]);
    assert_eq!(widget.host_events(), [authorized(fixtures::DESKTOP)]);
}

#[test]
fn a_duplicate_is_told() {
    let duplicate: Connection = fixtures::invalid(fixtures::DESKTOP, ConnectionError::DuplicateAccount);
    let mut widget = resting();
    rest_ends(&mut widget);
    widget.answer_connections(vec![duplicate]);
    assert_eq!(widget.screen_name(), "duplicate");
}

#[test]
fn a_desktop_connection_that_fails_is_told_once() {
    let mut widget = resting();
    rest_ends(&mut widget);
    widget.answer_connections(vec![fixtures::invalid(
        fixtures::DESKTOP,
        ConnectionError::UnauthorizedCredentials,
    )]);
    assert_eq!(widget.screen_name(), "refused");
    assert!(matches!(&widget.host_events()[..], [HostEvent::Error { event: EventName::Authorization, .. }]));
}

#[test]
fn a_status_that_fails_is_asked_again_after_a_longer_rest() {
    let refused = RequestError::Refused { status: 502, message: String::new() };
    for error in [RequestError::Unreachable, RequestError::Unreadable, refused] {
        let mut widget = waiting();
        let mut rests = Vec::new();
        for _ in 0..7 {
            widget.answer(Err(error.clone()));
            rests.push(rest_ends(&mut widget));
            assert_eq!(widget.name(), "Entering(connector, asking)");
        }
        assert_eq!(
            rests,
            [1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 5_000],
            "and so on, as long as the person"
        );
    }
    for (name, answer) in super::answers_of_each_kind() {
        let mut widget = waiting();
        widget.answer(Ok(answer));
        let place = if name == "Connections" { "Connected" } else { "Entering(connector, resting)" };
        assert_eq!(widget.name(), place, "{name}");
    }
}

#[test]
fn a_session_that_is_over_ends_the_entry() {
    let mut widget = waiting();
    widget.refuse_token().refuse_token();
    assert_eq!(widget.screen_name(), "failed");
    assert_eq!(widget.host_events().len(), 1);
}

#[test]
fn the_connector_can_be_left() {
    for mut widget in [waiting(), resting()] {
        widget.press(UserEvent::Back);
        assert_eq!(widget.name(), "Choosing");
        assert!(widget.requests.is_empty() && widget.timers.is_empty() && widget.guides.is_empty());
    }
}

#[test]
fn what_is_out_of_place_changes_nothing() {
    for mut widget in [waiting(), resting()] {
        let before = widget.state.clone();
        widget.press(UserEvent::Submit(fixtures::right_credentials())).press(UserEvent::Continue);
        assert_eq!(widget.state, before);
    }
}

#[test]
fn whoever_came_from_what_needs_attention_goes_back_there() {
    let asking = || waiting_in(fixtures::session_with_desktop(ConnectionState::Disconnected));
    let resting = || {
        let mut widget = asking();
        widget.answer_connections(Vec::new());
        widget
    };
    let session = fixtures::session_with_desktop(ConnectionState::Disconnected);
    let mut beginning = TestWidget::in_the_picker_of(fixtures::plain(), session);
    beginning.press(UserEvent::Renew(fixtures::connection_id()));
    for mut widget in [beginning, asking(), resting()] {
        widget.press(UserEvent::Back);
        assert_eq!(widget.name(), "Attention");
    }
}
