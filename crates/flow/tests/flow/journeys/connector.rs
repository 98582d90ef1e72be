//! QuickBooks Desktop: a file and a password go to QuickBooks Web Connector, and the status is watched until it called.

use railz_connect_contract::{AddressResponse, BusinessName, Connection, ConnectionError, ConnectionState};
use railz_connect_flow::{
    ConnectorScreen, Content, Effect, Event, EventName, HostEvent, Note, RequestError, SessionResponse,
    UserEvent,
};

use super::Story;
use crate::support::acts::told_authorized;
use crate::support::{Traveller, world};

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

fn waiting_in(session: SessionResponse) -> Traveller {
    let known = session.connections.as_ref().is_some_and(|known| !known.is_empty());
    let mut owner = Traveller::in_the_picker_of(world::plain(), session);
    if known {
        owner.press(UserEvent::Renew(world::connection_id()));
    } else {
        owner.pick(world::DESKTOP);
    }
    owner.answer_address(world::connector_address());
    owner
}

fn waiting() -> Traveller {
    waiting_in(world::special_session())
}

fn resting() -> Traveller {
    let mut owner = waiting();
    owner.answer_connections(Vec::new());
    owner
}

fn rest_ends(owner: &mut Traveller) -> u32 {
    let (timer, after_ms) = owner.timers.iter().next().map(|(timer, ms)| (*timer, *ms)).unwrap();
    owner.meet(Event::TimerFired(timer));
    after_ms
}

fn shown(owner: &Traveller) -> ConnectorScreen {
    match owner.content() {
        Content::Connector(screen) => *screen,
        other => panic!("no connector: {other:?}"),
    }
}

#[test]
fn the_connector_calls_and_the_screen_goes_on_by_itself() {
    let mut owner = waiting();
    let screen = shown(&owner);
    assert_eq!(screen.url, "https://connector.example/download");
    assert_eq!(screen.password.expose(), world::SECRET);
    assert!(!screen.revealed && !screen.connected && screen.note.is_none());
    owner.answer_connections(Vec::new());
    rest_ends(&mut owner);
    owner.answer_connections(vec![world::active(world::DESKTOP)]);
    assert_eq!(owner.told(), [told_authorized(world::DESKTOP)]);
    assert_eq!(owner.screen_name(), "connected");
}

#[test]
fn the_status_is_asked_every_two_seconds() {
    let mut owner = waiting();
    for _ in 0..3 {
        owner.answer_connections(Vec::new());
        assert_eq!(rest_ends(&mut owner), 2_000);
        assert_eq!(owner.requests.len(), 1);
    }
}

#[test]
fn an_offer_without_file_or_password_ends_the_entry() {
    for address in [
        AddressResponse { config: None, ..world::connector_address() },
        AddressResponse { password: None, ..world::connector_address() },
    ] {
        let mut owner = Traveller::in_the_picker_of(world::plain(), world::special_session());
        owner.pick(world::DESKTOP).answer_address(address);
        assert_eq!(owner.screen_name(), "failed");
    }
}

#[test]
fn a_beginning_that_cannot_be_read_ends_the_entry() {
    let mut owner = Traveller::in_the_picker_of(world::plain(), world::special_session());
    owner.pick(world::DESKTOP).answer(Err(RequestError::Unreadable));
    assert_eq!(owner.screen_name(), "failed");
}

#[test]
fn the_password_is_copied_and_that_is_said() {
    for mut owner in [waiting(), resting()] {
        owner.press(UserEvent::CopyPassword);
        assert!(matches!(&owner.effects[..], [Effect::Copy(password)] if password.expose() == world::SECRET));
        owner.meet(Event::Copied(true));
        assert_eq!((shown(&owner).note, shown(&owner).revealed), (Some(Note::Copied), false));
    }
}

#[test]
fn a_password_that_cannot_be_copied_is_shown() {
    for mut owner in [waiting(), resting()] {
        owner.press(UserEvent::CopyPassword).meet(Event::Copied(false));
        assert_eq!((shown(&owner).note, shown(&owner).revealed), (Some(Note::NotCopied), true));
    }
}

#[test]
fn the_password_is_shown_and_hidden_again() {
    for mut owner in [waiting(), resting()] {
        owner.press(UserEvent::RevealPassword);
        assert_eq!((shown(&owner).note, shown(&owner).revealed), (Some(Note::Revealed), true));
        owner.press(UserEvent::RevealPassword);
        assert_eq!((shown(&owner).note, shown(&owner).revealed), (Some(Note::Hidden), false));
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
        let session = SessionResponse { business_name: BusinessName::new(name), ..world::special_session() };
        let mut owner = waiting_in(session);
        assert_eq!(shown(&owner).file_name, file);
        owner.press(UserEvent::SaveFile);
        assert_eq!(owner.effects, [Effect::Save { name: file.to_owned(), text: "<QBWCXML/>".to_owned() }]);
        assert_eq!(shown(&owner).note, Some(Note::Saved));
    }
    resting().press(UserEvent::SaveFile);
}

#[test]
fn a_connection_that_stood_before_is_no_news() {
    let active = || vec![world::active(world::DESKTOP)];
    let mut owner = waiting_in(SessionResponse { connections: Some(active()), ..world::special_session() });
    assert!(shown(&owner).connected);
    owner.answer_connections(active());
    assert_eq!(owner.place(), "Entering(connector, resting)", "an older file goes on working");
    rest_ends(&mut owner);
    owner.answer_connections(vec![world::connection(world::DESKTOP, ConnectionState::Disconnected)]);
    assert!(!shown(&owner).connected);
    rest_ends(&mut owner);
    owner.answer_connections(active());
    assert_eq!(owner.told(), [told_authorized(world::DESKTOP)]);
}

#[test]
fn a_lapsed_connection_that_works_again_is_news() {
    let lapsed = vec![world::connection(world::DESKTOP, ConnectionState::Disconnected)];
    let mut owner =
        waiting_in(SessionResponse { connections: Some(lapsed.clone()), ..world::special_session() });
    owner.answer_connections(lapsed);
    rest_ends(&mut owner);
    owner.answer_connections(vec![world::active(world::DESKTOP)]);
    assert_eq!(owner.told(), [told_authorized(world::DESKTOP)]);
}

#[test]
fn a_duplicate_is_told() {
    let duplicate: Connection = world::invalid(world::DESKTOP, ConnectionError::DuplicateAccount);
    let mut owner = resting();
    rest_ends(&mut owner);
    owner.answer_connections(vec![duplicate]);
    assert_eq!(owner.screen_name(), "duplicate");
}

#[test]
fn a_desktop_connection_that_fails_is_told_once() {
    let mut owner = resting();
    rest_ends(&mut owner);
    owner.answer_connections(vec![world::invalid(world::DESKTOP, ConnectionError::UnauthorizedCredentials)]);
    assert_eq!(owner.screen_name(), "refused");
    assert!(matches!(&owner.told()[..], [HostEvent::Error { event: EventName::Authorization, .. }]));
}

#[test]
fn a_status_that_fails_is_asked_again_after_a_longer_rest() {
    let refused = RequestError::Refused { status: 502, message: String::new() };
    for error in [RequestError::Unreachable, RequestError::Unreadable, refused] {
        let mut owner = waiting();
        owner.answer(Err(error));
        assert_eq!(rest_ends(&mut owner), 5_000);
        assert_eq!(owner.place(), "Entering(connector, asking)");
    }
    for (name, answer) in super::answers_of_each_kind() {
        let mut owner = waiting();
        owner.answer(Ok(answer));
        let place = if name == "Connections" { "Connected" } else { "Entering(connector, resting)" };
        assert_eq!(owner.place(), place, "{name}");
    }
}

#[test]
fn a_session_that_is_over_ends_the_entry() {
    let mut owner = waiting();
    owner.refuse(401, "No session");
    assert_eq!(owner.screen_name(), "failed");
    assert_eq!(owner.told().len(), 1);
}

#[test]
fn the_connector_can_be_left() {
    for mut owner in [waiting(), resting()] {
        owner.press(UserEvent::Back);
        assert_eq!(owner.place(), "Choosing");
        assert!(owner.requests.is_empty() && owner.timers.is_empty() && owner.guides.is_empty());
    }
}

#[test]
fn what_is_out_of_place_changes_nothing() {
    for mut owner in [waiting(), resting()] {
        let before = owner.state.clone();
        owner.press(UserEvent::Submit(world::right_credentials())).press(UserEvent::Continue);
        assert_eq!(owner.state, before);
    }
}

#[test]
fn whoever_came_from_what_needs_attention_goes_back_there() {
    let asking = || waiting_in(world::session_with_desktop(ConnectionState::Disconnected));
    let resting = || {
        let mut owner = asking();
        owner.answer_connections(Vec::new());
        owner
    };
    let session = world::session_with_desktop(ConnectionState::Disconnected);
    let mut beginning = Traveller::in_the_picker_of(world::plain(), session);
    beginning.press(UserEvent::Renew(world::connection_id()));
    for mut owner in [beginning, asking(), resting()] {
        owner.press(UserEvent::Back);
        assert_eq!(owner.place(), "Attention");
    }
}
