//! What needs a person comes before anything else, and is come back to.

use railz_connect_contract::{Connection, ConnectionError, ConnectionId, ConnectionState};
use railz_connect_flow::{Answer, Content, TroubleKind, UserEvent};

use super::Story;
use crate::support::{Traveller, ways, world};

pub const STORIES: &[Story] = &[
    what_needs_attention_comes_first,
    what_runs_out_soon_needs_attention_and_says_when,
    after_the_renewal_the_journey_begins,
    what_was_begun_from_what_needs_attention_leads_back_there,
];

#[test]
fn what_needs_attention_comes_first() {
    for (state, what) in [
        (ConnectionState::Expired, TroubleKind::Expired),
        (ConnectionState::Disconnected, TroubleKind::CutOff),
        (ConnectionState::Inactive, TroubleKind::CutOff),
    ] {
        let lapsed = Connection {
            state_since: Some("2026-11-03T08:00:00Z".to_owned()),
            ..world::connection(world::XERO, state)
        };
        let mut owner = Traveller::in_the_picker_of(world::plain(), world::session_with(vec![lapsed]));
        let Content::Attention { connections, .. } = owner.content() else { panic!("{:?}", owner.content()) };
        let trouble = connections[0].trouble.as_ref().unwrap();
        assert_eq!((trouble.what, trouble.when.as_deref()), (what, Some("2026-11-03T08:00:00Z")));
        assert!(owner.screen().progress.is_empty());
        owner.press(UserEvent::Renew(world::connection_id()));
        assert!(matches!(owner.content(), Content::Before { renewing: true, .. }));
        owner.press(UserEvent::Back);
        assert_eq!(owner.screen_name(), "attention");
        owner.press(UserEvent::Next);
        assert_eq!(owner.screen_name(), "picker");
    }
}

#[test]
fn what_runs_out_soon_needs_attention_and_says_when() {
    let soon = Connection {
        lapses_soon: true,
        expires_at: Some("2026-11-30T08:00:00Z".to_owned()),
        ..world::active(world::XERO)
    };
    let wanted = Connection {
        error: Some(ConnectionError::ReauthorizationRequired),
        connection_id: ConnectionId::new("CON-2"),
        ..world::connection(world::QUICKBOOKS, ConnectionState::Pending)
    };
    let owner = Traveller::in_the_picker_of(world::plain(), world::session_with(vec![soon, wanted]));
    let Content::Attention { connections, .. } = owner.content() else { panic!("{:?}", owner.content()) };
    let troubles: Vec<_> =
        connections.iter().map(|one| one.trouble.as_ref().map(|trouble| trouble.what)).collect();
    assert_eq!(troubles, [Some(TroubleKind::LapsesSoon), Some(TroubleKind::CutOff)]);
}

#[test]
fn after_the_renewal_the_journey_begins() {
    let lapsed = || world::session_with(vec![world::connection(world::XERO, ConnectionState::Expired)]);
    let mut owner = Traveller::in_the_picker_of(world::plain(), lapsed());
    let renew = |owner: &mut Traveller| {
        owner.press(UserEvent::Renew(world::connection_id())).press(UserEvent::OpenWindow);
        owner.answer_address(world::address()).news(world::active(world::XERO)).press(UserEvent::Continue);
    };
    renew(&mut owner);
    owner.answer_session(lapsed());
    assert_eq!(owner.screen_name(), "attention", "something else still needs a person");
    renew(&mut owner);
    owner.answer_session(world::session_with(vec![world::active(world::XERO)]));
    assert_eq!(owner.screen_name(), "picker");
}

#[test]
fn what_was_begun_from_what_needs_attention_leads_back_there() {
    let lapsed = || world::session_with(vec![world::connection(world::QUICKBOOKS, ConnectionState::Expired)]);
    let begun = || {
        let mut owner = Traveller::in_the_picker_of(world::plain(), lapsed());
        owner.press(UserEvent::Renew(world::connection_id())).press(UserEvent::OpenWindow);
        owner
    };
    let signing_in = || {
        let mut owner = begun();
        owner.answer_address(world::address());
        owner
    };
    let mut opening = begun();
    opening.press(UserEvent::Back);
    let mut over = signing_in();
    over.life_ends().press(UserEvent::Back);
    let mut accounts = signing_in();
    accounts.news(world::with_choices(world::connection(world::QUICKBOOKS, ConnectionState::Pending)));
    accounts.press(UserEvent::Back);
    let mut ended = signing_in();
    ended.news(world::denied(world::QUICKBOOKS)).press(UserEvent::Back);
    for owner in [opening, over, accounts, ended] {
        assert_eq!(owner.screen_name(), "attention");
    }
    let denied = Ok(Answer::News(Some(Box::new(world::denied(world::QUICKBOOKS)))));
    for result in ways::results().into_iter().chain([denied]) {
        let mut owner = signing_in();
        owner.press(UserEvent::Back).answer(result);
        assert!(matches!(owner.screen_name(), "attention" | "connected"), "{}", owner.screen_name());
    }
}
