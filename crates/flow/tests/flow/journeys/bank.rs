//! Banks: a token from the server, the banks' script over the page, its result to the server.

use railz_connect_contract::{
    BankResponse, Connection, ConnectionError, ConnectionId, ConnectionState, LinkTokenResponse,
};
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{BankLinkEvent, RequestError, Response, UserEvent};
use railz_connect_flow::host_event::{ErrorCode, EventName, HostEvent};
use railz_connect_flow::screen::Content;
use railz_connect_flow::session::SessionResponse;
use railz_connect_flow::{Effect, Event, Ticket};

use super::Story;
use crate::support::actions::authorized;
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    a_bank_is_linked,
    the_address_of_the_script_may_be_left_to_the_widget,
    a_bank_that_wants_a_sign_in_is_mended,
    a_bank_that_was_cut_off_is_linked_anew,
    a_script_that_cannot_be_loaded_is_told,
    the_person_may_leave_the_script,
    a_script_that_gives_up_ends_the_attempt_in_its_words,
    the_person_may_go_back_until_the_bank_is_linked,
    news_of_an_earlier_opening_change_nothing,
    without_a_connection_id_the_newest_bank_counts,
    a_bank_may_turn_out_to_be_a_duplicate,
    a_status_without_the_bank_ends_the_attempt,
    an_answer_of_another_kind_at_any_step_ends_the_attempt,
    a_failure_at_any_step_ends_the_attempt,
    another_bank_can_always_be_linked,
    whoever_goes_on_from_the_last_bank_is_handed_over,
    what_failed_is_tried_again_for_the_same_bank,
    whoever_came_from_what_needs_attention_goes_back_there,
    a_bank_that_works_can_be_signed_in_to_again,
];

fn asking() -> TestWidget {
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), fixtures::bank_session());
    widget.pick(fixtures::PLAID);
    widget
}

fn opening() -> TestWidget {
    let mut widget = asking();
    widget.answer(Ok(Response::LinkToken(fixtures::link_token())));
    widget
}

fn open() -> TestWidget {
    let mut widget = opening();
    say(&mut widget, BankLinkEvent::Opened);
    widget
}

fn sending() -> TestWidget {
    let mut widget = open();
    say(&mut widget, BankLinkEvent::Linked(fixtures::public_token()));
    widget
}

fn confirming() -> TestWidget {
    let mut widget = sending();
    widget.answer(Ok(Response::Bank(fixtures::bank())));
    widget
}

fn link(widget: &TestWidget) -> Ticket {
    *widget.links.first().expect("the script is open")
}

fn say(widget: &mut TestWidget, event: BankLinkEvent) {
    let ticket = link(widget);
    widget.dispatch(Event::BankLink { ticket, event });
}

fn lapsed(state: ConnectionState) -> TestWidget {
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
fn a_script_that_cannot_be_loaded_is_told() {
    for mut widget in [opening(), open()] {
        say(&mut widget, BankLinkEvent::LoadFailed);
        assert_eq!(widget.screen_name(), "notLoaded");
        assert!(matches!(&widget.host_events()[..], [HostEvent::Error { event: EventName::Load, error, .. }]
            if error.code == ErrorCode::General));
        widget.press(UserEvent::TryAgain);
        assert_eq!(widget.name(), "LinkingBank(asking)");
    }
}

#[test]
fn the_person_may_leave_the_script() {
    for mut widget in [opening(), open()] {
        say(&mut widget, BankLinkEvent::Exited);
        assert_eq!(widget.name(), "Choosing");
        assert!(widget.host_events().is_empty(), "nothing went wrong");
    }
}

#[test]
fn a_script_that_gives_up_ends_the_attempt_in_its_words() {
    for words in [None, Some("The bank is asleep".to_owned())] {
        for mut widget in [opening(), open()] {
            say(&mut widget, BankLinkEvent::Failed(words.clone()));
            assert!(matches!(widget.content(), Content::Failed { message, .. } if message == words));
            assert!(
                matches!(&widget.host_events()[..], [HostEvent::Error { event: EventName::Load, error, .. }]
                if error.code == ErrorCode::General && error.raw == words)
            );
        }
    }
}

#[test]
fn the_person_may_go_back_until_the_bank_is_linked() {
    for mut widget in [asking(), opening(), open()] {
        widget.press(UserEvent::Back);
        assert_eq!(widget.name(), "Choosing");
        assert!(widget.links.is_empty() && widget.requests.is_empty());
    }
    for mut widget in [sending(), confirming()] {
        let before = widget.name();
        widget.press(UserEvent::Back);
        assert_eq!(widget.name(), before, "the bank is linked by now");
        assert_eq!(widget.screen_name(), "working");
    }
}

#[test]
fn news_of_an_earlier_opening_change_nothing() {
    let mut widget = open();
    let earlier = link(&widget);
    widget.press(UserEvent::Back).pick(fixtures::PLAID);
    widget.answer(Ok(Response::LinkToken(fixtures::link_token())));
    let linked = BankLinkEvent::Linked(fixtures::public_token());
    widget.dispatch(Event::BankLink { ticket: earlier, event: linked });
    assert_eq!(widget.name(), "LinkingBank(opening)");
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
fn a_bank_may_turn_out_to_be_a_duplicate() {
    let mut widget = confirming();
    widget.answer_connections(vec![fixtures::invalid(fixtures::PLAID, ConnectionError::DuplicateAccount)]);
    assert_eq!(widget.screen_name(), "duplicate");
}

#[test]
fn a_status_without_the_bank_ends_the_attempt() {
    let mut widget = confirming();
    widget.answer_connections(vec![fixtures::of_another(fixtures::active(fixtures::PLAID))]);
    assert_eq!(widget.screen_name(), "failed");
}

#[test]
fn an_answer_of_another_kind_at_any_step_ends_the_attempt() {
    for (widget, right) in [(asking(), "LinkToken"), (sending(), "Bank"), (confirming(), "Connections")] {
        for (name, answer) in super::answers_of_each_kind().into_iter().filter(|(name, _)| *name != right) {
            let mut widget = widget.clone();
            widget.answer(Ok(answer)).list_says_no();
            assert_eq!(widget.name(), "Ended", "{name}");
            assert_eq!(widget.host_events().len(), 1);
        }
    }
}

#[test]
fn a_failure_at_any_step_ends_the_attempt() {
    let refused = RequestError::Refused { status: 409, message: "The bank asks for a sign-in".to_owned() };
    for mut widget in [asking(), sending(), confirming()] {
        widget.answer(Err(refused.clone())).list_says_no();
        assert_eq!(widget.name(), "Ended");
        assert_eq!(widget.host_events().len(), 1);
    }
    for error in [RequestError::Unreachable, RequestError::Unreadable] {
        let mut widget = asking();
        widget.answer(Err(error));
        assert_eq!(widget.name(), "Ended", "nothing was linked yet");
        assert_eq!(widget.host_events().len(), 1);
    }
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
fn what_failed_is_tried_again_for_the_same_bank() {
    let mut widget = lapsed(ConnectionState::Expired);
    widget.answer(Err(RequestError::Unreachable)).press(UserEvent::TryAgain);
    assert!(matches!(widget.request(), Request::LinkToken { connection_id: Some(_), .. }));
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
