//! Banks: a token from the server, the banks' script over the page, its result to the server.

use super::Story;
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures};
use railz_connect_contract::{BankResponse, Connection, ConnectionId, ConnectionState, LinkTokenResponse};
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{BankLinkEvent, Response, UserEvent};
use railz_connect_flow::screen::Content;
use railz_connect_flow::session::SessionResponse;
use railz_connect_flow::{Effect, Event, Ticket};

pub const STORIES: &[Story] = &[
    a_bank_is_linked,
    the_address_of_the_script_may_be_left_to_the_widget,
    a_bank_that_wants_a_sign_in_is_mended,
    a_bank_that_was_cut_off_is_linked_anew,
    without_a_connection_id_the_newest_bank_counts,
    another_bank_can_always_be_linked,
    whoever_came_from_what_needs_attention_goes_back_there,
    a_bank_that_works_can_be_signed_in_to_again,
    whoever_goes_on_from_the_last_bank_is_handed_over,
];

pub(super) fn asking() -> TestWidget {
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::bank_session());
    widget.pick(fixtures::PLAID);
    widget
}

pub(super) fn opening() -> TestWidget {
    let mut widget = asking();
    widget.answer(Ok(Response::LinkToken(fixtures::link_token())));
    widget
}

pub(super) fn open() -> TestWidget {
    let mut widget = opening();
    say(&mut widget, BankLinkEvent::Opened);
    widget
}

pub(super) fn sending() -> TestWidget {
    let mut widget = open();
    say(&mut widget, BankLinkEvent::Linked(fixtures::public_token()));
    widget
}

pub(super) fn confirming() -> TestWidget {
    let mut widget = sending();
    widget.answer(Ok(Response::Bank(fixtures::bank())));
    widget
}

pub(super) fn link(widget: &TestWidget) -> Ticket {
    *widget.links.first().expect("the script is open")
}

pub(super) fn say(widget: &mut TestWidget, event: BankLinkEvent) {
    let ticket = link(widget);
    widget.dispatch(Event::BankLink { ticket, event });
}

pub(super) fn lapsed(state: ConnectionState) -> TestWidget {
    let session = fixtures::session_with_lapsed_bank(state);
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), session);
    widget.press(UserEvent::Renew(fixtures::connection_id()));
    widget
}

#[test]
fn a_bank_is_linked() {
    let mut widget = asking();
    assert!(matches!(widget.request(), Request::LinkToken { connection_id: None, .. }));
    assert_eq!(widget.screen_name(), "opening");
    widget.answer(Ok(Response::LinkToken(fixtures::link_token())));
    assert!(matches!(&widget.effects[..], [Effect::OpenBankLink { script_url: Some(url), token, .. }]
        if url == "https://banks.example/link.js" && token.expose() == fixtures::SECRET));
    assert_eq!(widget.screen_name(), "opening");
    say(&mut widget, BankLinkEvent::Opened);
    assert_eq!(widget.screen_name(), "bankLink");
    say(&mut widget, BankLinkEvent::Linked(fixtures::public_token()));
    assert!(matches!(widget.request(), Request::SetAccessToken { public_token, .. }
        if public_token.expose() == fixtures::SECRET));
    widget.answer(Ok(Response::Bank(fixtures::bank())));
    assert!(matches!(widget.request(), Request::Status));
    let another = fixtures::of_another(fixtures::active(fixtures::PLAID));
    widget.answer_connections(vec![another, fixtures::active(fixtures::PLAID)]);
    assert_eq!(widget.host_events(), [authorized(fixtures::PLAID)]);
    assert!(widget.windows.is_empty(), "no window was needed");
}

#[test]
fn the_address_of_the_script_may_be_left_to_the_widget() {
    let mut widget = asking();
    let answer = LinkTokenResponse { script_url: None, ..fixtures::link_token() };
    widget.answer(Ok(Response::LinkToken(answer)));
    assert!(matches!(&widget.effects[..], [Effect::OpenBankLink { script_url: None, .. }]));
}

#[test]
fn a_bank_that_wants_a_sign_in_is_mended() {
    let mut widget = lapsed(ConnectionState::Expired);
    assert!(matches!(widget.request(), Request::LinkToken { connection_id: Some(id), .. }
        if *id == fixtures::connection_id()));
    widget.answer(Ok(Response::LinkToken(fixtures::link_token())));
    say(&mut widget, BankLinkEvent::Linked(fixtures::public_token()));
    assert!(matches!(widget.request(), Request::UpdateConnection { connection_id, .. }
        if *connection_id == fixtures::connection_id()));
    widget.answer(Ok(Response::Bank(BankResponse::default())));
    let another = fixtures::of_another(fixtures::active(fixtures::PLAID));
    widget.answer_connections(vec![another, fixtures::active(fixtures::PLAID)]);
    assert_eq!(widget.host_events(), [authorized(fixtures::PLAID)], "the bank that was mended, and no other");
}

#[test]
fn a_bank_that_was_cut_off_is_linked_anew() {
    let mut widget = lapsed(ConnectionState::Disconnected);
    assert!(matches!(widget.request(), Request::LinkToken { connection_id: Some(_), .. }));
    widget.answer(Ok(Response::LinkToken(fixtures::link_token())));
    say(&mut widget, BankLinkEvent::Linked(fixtures::public_token()));
    assert!(matches!(widget.request(), Request::SetAccessToken { .. }));
}

#[test]
fn without_a_connection_id_the_newest_bank_counts() {
    let mut widget = sending();
    widget.answer(Ok(Response::Bank(BankResponse::default())));
    let made = |id: &str, at: &str| Connection {
        connection_id: ConnectionId::new(id),
        created_at: Some(at.to_owned()),
        ..fixtures::active(fixtures::PLAID)
    };
    widget.answer_connections(vec![made("CON-old", "2026-01-01"), made(fixtures::CONNECTION, "2026-02-01")]);
    assert_eq!(widget.host_events(), [authorized(fixtures::PLAID)]);
}

#[test]
fn another_bank_can_always_be_linked() {
    let linked = vec![fixtures::active(fixtures::PLAID)];
    let session = SessionResponse { connections: Some(linked), ..fixtures::bank_session() };
    let widget = TestWidget::in_the_picker_of(fixtures::plain(), session);
    let Content::Picker(picker) = widget.content() else { panic!() };
    let tile = picker.tiles.iter().find(|tile| tile.service.name.as_str() == fixtures::PLAID).unwrap();
    assert_eq!(tile.connected, None, "the tile stands for banks that are not linked yet");
    assert_eq!(picker.connections.len(), 1);
}

#[test]
fn whoever_came_from_what_needs_attention_goes_back_there() {
    let asking = || lapsed(ConnectionState::Expired);
    let opening = || {
        let mut widget = asking();
        widget.answer(Ok(Response::LinkToken(fixtures::link_token())));
        widget
    };
    let open = || {
        let mut widget = opening();
        say(&mut widget, BankLinkEvent::Opened);
        widget
    };
    for mut widget in [asking(), opening(), open()] {
        widget.press(UserEvent::Back);
        assert_eq!(widget.name(), "Attention");
    }
    for mut widget in [opening(), open()] {
        say(&mut widget, BankLinkEvent::Exited);
        assert_eq!(widget.name(), "Attention");
    }
}

#[test]
fn a_bank_that_works_can_be_signed_in_to_again() {
    let linked = vec![fixtures::active(fixtures::PLAID)];
    let session = SessionResponse { connections: Some(linked), ..fixtures::bank_session() };
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), session);
    widget.press(UserEvent::Renew(fixtures::connection_id()));
    assert!(matches!(widget.request(), Request::LinkToken { connection_id: Some(_), .. }));
}

#[test]
fn whoever_goes_on_from_the_last_bank_is_handed_over() {
    for (config, place) in
        [(fixtures::posting(), "Connected(signing)"), (fixtures::redirecting(), "Connected(handing over)")]
    {
        let mut widget = TestWidget::in_the_picker_of(config, fixtures::bank_session());
        widget.pick(fixtures::PLAID).answer(Ok(Response::LinkToken(fixtures::link_token())));
        say(&mut widget, BankLinkEvent::Opened);
        say(&mut widget, BankLinkEvent::Linked(fixtures::public_token()));
        widget.answer(Ok(Response::Bank(fixtures::bank())));
        widget.answer_connections(vec![fixtures::active(fixtures::PLAID)]);
        assert_eq!(widget.name(), "Connected", "another bank may follow");
        widget.press(UserEvent::Continue);
        assert_eq!(widget.name(), place);
    }
}
