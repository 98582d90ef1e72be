//! Banks: a token from the server, the banks' script over the page, its result to the server.

use railz_connect_contract::{
    BankResponse, Connection, ConnectionError, ConnectionId, ConnectionState, LinkTokenResponse,
};
use railz_connect_flow::{
    Answer, BankNews, Content, Effect, ErrorCode, Event, EventName, HostEvent, Request, RequestError,
    SessionResponse, Ticket, UserEvent,
};

use super::Story;
use crate::support::acts::told_authorized;
use crate::support::{Traveller, world};

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
    what_failed_is_tried_again_for_the_same_bank,
    whoever_came_from_what_needs_attention_goes_back_there,
    a_bank_that_works_can_be_signed_in_to_again,
];

fn asking() -> Traveller {
    let mut owner = Traveller::in_the_picker_of(world::plain(), world::bank_session());
    owner.pick(world::PLAID);
    owner
}

fn opening() -> Traveller {
    let mut owner = asking();
    owner.answer(Ok(Answer::LinkToken(world::link_token())));
    owner
}

fn open() -> Traveller {
    let mut owner = opening();
    say(&mut owner, BankNews::Opened);
    owner
}

fn sending() -> Traveller {
    let mut owner = open();
    say(&mut owner, BankNews::Linked(world::public_token()));
    owner
}

fn confirming() -> Traveller {
    let mut owner = sending();
    owner.answer(Ok(Answer::Bank(world::bank())));
    owner
}

fn link(owner: &Traveller) -> Ticket {
    *owner.links.first().expect("the script is open")
}

fn say(owner: &mut Traveller, news: BankNews) {
    let ticket = link(owner);
    owner.meet(Event::BankLink { ticket, news });
}

fn lapsed(state: ConnectionState) -> Traveller {
    let session = world::session_with_lapsed_bank(state);
    let mut owner = Traveller::in_the_picker_of(world::plain(), session);
    owner.press(UserEvent::Renew(world::connection_id()));
    owner
}

#[test]
fn a_bank_is_linked() {
    let mut owner = asking();
    assert!(matches!(owner.request(), Request::LinkToken { connection_id: None, .. }));
    assert_eq!(owner.screen_name(), "opening");
    owner.answer(Ok(Answer::LinkToken(world::link_token())));
    assert!(matches!(&owner.effects[..], [Effect::OpenBankLink { script_url: Some(url), token, .. }]
        if url == "https://banks.example/link.js" && token.expose() == world::SECRET));
    assert_eq!(owner.screen_name(), "opening");
    say(&mut owner, BankNews::Opened);
    assert_eq!(owner.screen_name(), "bankLink");
    say(&mut owner, BankNews::Linked(world::public_token()));
    assert!(matches!(owner.request(), Request::BankLinked { public_token, .. }
        if public_token.expose() == world::SECRET));
    owner.answer(Ok(Answer::Bank(world::bank())));
    assert!(matches!(owner.request(), Request::Status { .. }));
    let another = world::of_another(world::active(world::PLAID));
    owner.answer_connections(vec![another, world::active(world::PLAID)]);
    assert_eq!(owner.told(), [told_authorized(world::PLAID)]);
    assert!(owner.windows.is_empty(), "no window was needed");
}

#[test]
fn the_address_of_the_script_may_be_left_to_the_widget() {
    let mut owner = asking();
    let answer = LinkTokenResponse { script_url: None, ..world::link_token() };
    owner.answer(Ok(Answer::LinkToken(answer)));
    assert!(matches!(&owner.effects[..], [Effect::OpenBankLink { script_url: None, .. }]));
}

#[test]
fn a_bank_that_wants_a_sign_in_is_mended() {
    let mut owner = lapsed(ConnectionState::Expired);
    assert!(matches!(owner.request(), Request::LinkToken { connection_id: Some(id), .. }
        if *id == world::connection_id()));
    owner.answer(Ok(Answer::LinkToken(world::link_token())));
    say(&mut owner, BankNews::Linked(world::public_token()));
    assert!(matches!(owner.request(), Request::BankMended { connection_id, .. }
        if *connection_id == world::connection_id()));
    owner.answer(Ok(Answer::Bank(BankResponse::default())));
    let another = world::of_another(world::active(world::PLAID));
    owner.answer_connections(vec![another, world::active(world::PLAID)]);
    assert_eq!(owner.told(), [told_authorized(world::PLAID)], "the bank that was mended, and no other");
}

#[test]
fn a_bank_that_was_cut_off_is_linked_anew() {
    let mut owner = lapsed(ConnectionState::Disconnected);
    assert!(matches!(owner.request(), Request::LinkToken { connection_id: Some(_), .. }));
    owner.answer(Ok(Answer::LinkToken(world::link_token())));
    say(&mut owner, BankNews::Linked(world::public_token()));
    assert!(matches!(owner.request(), Request::BankLinked { .. }));
}

#[test]
fn a_script_that_cannot_be_loaded_is_told() {
    for mut owner in [opening(), open()] {
        say(&mut owner, BankNews::NotLoaded);
        assert_eq!(owner.screen_name(), "notLoaded");
        assert!(matches!(&owner.told()[..], [HostEvent::Error { event: EventName::Load, error, .. }]
            if error.code == ErrorCode::General));
        owner.press(UserEvent::TryAgain);
        assert_eq!(owner.place(), "LinkingBank(asking)");
    }
}

#[test]
fn the_person_may_leave_the_script() {
    for mut owner in [opening(), open()] {
        say(&mut owner, BankNews::Left);
        assert_eq!(owner.place(), "Choosing");
        assert!(owner.told().is_empty(), "nothing went wrong");
    }
}

#[test]
fn a_script_that_gives_up_ends_the_attempt_in_its_words() {
    for words in [None, Some("The bank is asleep".to_owned())] {
        for mut owner in [opening(), open()] {
            say(&mut owner, BankNews::Failed(words.clone()));
            assert!(matches!(owner.content(), Content::Failed { message, .. } if message == words));
            assert!(matches!(&owner.told()[..], [HostEvent::Error { event: EventName::Load, error, .. }]
                if error.code == ErrorCode::General && error.raw == words));
        }
    }
}

#[test]
fn the_person_may_go_back_until_the_bank_is_linked() {
    for mut owner in [asking(), opening(), open()] {
        owner.press(UserEvent::Back);
        assert_eq!(owner.place(), "Choosing");
        assert!(owner.links.is_empty() && owner.requests.is_empty());
    }
    for mut owner in [sending(), confirming()] {
        let before = owner.place();
        owner.press(UserEvent::Back);
        assert_eq!(owner.place(), before, "the bank is linked by now");
        assert_eq!(owner.screen_name(), "working");
    }
}

#[test]
fn news_of_an_earlier_opening_change_nothing() {
    let mut owner = open();
    let earlier = link(&owner);
    owner.press(UserEvent::Back).pick(world::PLAID);
    owner.answer(Ok(Answer::LinkToken(world::link_token())));
    let linked = BankNews::Linked(world::public_token());
    owner.meet(Event::BankLink { ticket: earlier, news: linked });
    assert_eq!(owner.place(), "LinkingBank(opening)");
}

#[test]
fn without_a_connection_id_the_newest_bank_counts() {
    let mut owner = sending();
    owner.answer(Ok(Answer::Bank(BankResponse::default())));
    let made = |id: &str, at: &str| Connection {
        connection_id: ConnectionId::new(id),
        created_at: Some(at.to_owned()),
        ..world::active(world::PLAID)
    };
    owner.answer_connections(vec![made("CON-old", "2026-01-01"), made(world::CONNECTION, "2026-02-01")]);
    assert_eq!(owner.told(), [told_authorized(world::PLAID)]);
}

#[test]
fn a_bank_may_turn_out_to_be_a_duplicate() {
    let mut owner = confirming();
    owner.answer_connections(vec![world::invalid(world::PLAID, ConnectionError::DuplicateAccount)]);
    assert_eq!(owner.screen_name(), "duplicate");
}

#[test]
fn a_status_without_the_bank_ends_the_attempt() {
    let mut owner = confirming();
    owner.answer_connections(vec![world::of_another(world::active(world::PLAID))]);
    assert_eq!(owner.screen_name(), "failed");
}

#[test]
fn an_answer_of_another_kind_at_any_step_ends_the_attempt() {
    for (owner, right) in [(asking(), "LinkToken"), (sending(), "Bank"), (confirming(), "Connections")] {
        for (name, answer) in super::answers_of_each_kind().into_iter().filter(|(name, _)| *name != right) {
            let mut owner = owner.clone();
            owner.answer(Ok(answer));
            assert_eq!(owner.place(), "Ended", "{name}");
            assert_eq!(owner.told().len(), 1);
        }
    }
}

#[test]
fn a_failure_at_any_step_ends_the_attempt() {
    let refused = RequestError::Refused { status: 409, message: "The bank asks for a sign-in".to_owned() };
    for error in [RequestError::Unreachable, RequestError::Unreadable, refused] {
        for mut owner in [asking(), sending(), confirming()] {
            owner.answer(Err(error.clone()));
            assert_eq!(owner.place(), "Ended");
            assert_eq!(owner.told().len(), 1);
        }
    }
}

#[test]
fn another_bank_can_always_be_linked() {
    let linked = vec![world::active(world::PLAID)];
    let session = SessionResponse { connections: Some(linked), ..world::bank_session() };
    let owner = Traveller::in_the_picker_of(world::plain(), session);
    let Content::Picker(picker) = owner.content() else { panic!() };
    let tile = picker.tiles.iter().find(|tile| tile.service.name.as_str() == world::PLAID).unwrap();
    assert_eq!(tile.connected, None, "the tile stands for banks that are not linked yet");
    assert_eq!(picker.connections.len(), 1);
}

#[test]
fn what_failed_is_tried_again_for_the_same_bank() {
    let mut owner = lapsed(ConnectionState::Expired);
    owner.answer(Err(RequestError::Unreachable)).press(UserEvent::TryAgain);
    assert!(matches!(owner.request(), Request::LinkToken { connection_id: Some(_), .. }));
}

#[test]
fn whoever_came_from_what_needs_attention_goes_back_there() {
    let asking = || lapsed(ConnectionState::Expired);
    let opening = || {
        let mut owner = asking();
        owner.answer(Ok(Answer::LinkToken(world::link_token())));
        owner
    };
    let open = || {
        let mut owner = opening();
        say(&mut owner, BankNews::Opened);
        owner
    };
    for mut owner in [asking(), opening(), open()] {
        owner.press(UserEvent::Back);
        assert_eq!(owner.place(), "Attention");
    }
    for mut owner in [opening(), open()] {
        say(&mut owner, BankNews::Left);
        assert_eq!(owner.place(), "Attention");
    }
}

#[test]
fn a_bank_that_works_can_be_signed_in_to_again() {
    let linked = vec![world::active(world::PLAID)];
    let session = SessionResponse { connections: Some(linked), ..world::bank_session() };
    let mut owner = Traveller::in_the_picker_of(world::plain(), session);
    owner.press(UserEvent::Renew(world::connection_id()));
    assert!(matches!(owner.request(), Request::LinkToken { connection_id: Some(_), .. }));
}
