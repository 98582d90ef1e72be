//! What a renewed session says of the success page counts from then on.

use super::renewed;
use crate::support::{TestWidget, fixtures};
use railz_connect_contract::AccessToken;
use railz_connect_flow::config::AfterSuccess;
use railz_connect_flow::event::{Response, UserEvent};
use railz_connect_flow::session::SessionResponse;

/// As the back end made it, with a success page and a `state` of its own.
fn minted_for(token: &str, page: &str, state: &str) -> SessionResponse {
    SessionResponse {
        access_token: AccessToken::new(token),
        success_url: Some(page.to_owned()),
        state: Some(state.to_owned()),
        ..fixtures::minted_session()
    }
}

/// The form went to the first session's page with its `state`, beside a token that the server had signed for the second's.
#[test]
fn a_renewed_session_says_where_the_connection_is_handed_over_and_with_which_state() {
    let first = minted_for(fixtures::MINTED, "https://host.example/one", "S1");
    let second = || minted_for(fixtures::RENEWED, "https://host.example/two", "S2");
    let to = AfterSuccess::Post { url: "https://host.example/two".to_owned() };
    for while_signing in [false, true] {
        let mut widget = TestWidget::in_the_picker_of(fixtures::minted(), first.clone());
        widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow);
        let renew = |widget: &mut TestWidget| {
            let token = Some(fixtures::RENEWED);
            widget.refuse_token().host_gives(token).answer(Ok(Response::Session(Box::new(second()))));
        };
        if !while_signing {
            renew(&mut widget);
        }
        widget.answer_address(fixtures::address()).news(fixtures::active(fixtures::QUICKBOOKS));
        if while_signing {
            renew(&mut widget);
        }
        assert_eq!(widget.token(), Some(fixtures::RENEWED));
        widget.sign();
        let form = widget.handed_over().unwrap();
        assert_eq!(form.to, to);
        let state = form.fields.iter().find(|field| field.name == "state");
        assert_eq!(state.map(|field| field.value.as_str()), Some("S2"));
    }
}

#[test]
fn a_renewed_session_without_a_success_page_keeps_the_person_here() {
    let first = minted_for(fixtures::MINTED, "https://host.example/one", "S1");
    let mut widget = TestWidget::in_the_picker_of(fixtures::minted(), first);
    widget.pick(fixtures::QUICKBOOKS).press(UserEvent::OpenWindow).answer_address(fixtures::address());
    widget.news(fixtures::active(fixtures::QUICKBOOKS));
    widget.refuse_token().host_gives(Some(fixtures::RENEWED)).answer(Ok(renewed()));
    widget.sign();
    assert_eq!((widget.handed_over(), widget.name()), (None, "Connected"));
}

/// The question for the signature had no ticket, and its 401 was swallowed: whoever took more than half an hour from the
/// first service to "Finish" came to the success page with nothing that it could believe.
#[test]
fn a_session_that_ran_out_before_the_hand_over_is_renewed_once_within_the_three_seconds() {
    let mut widget = TestWidget::connected(fixtures::posting());
    widget.refuse_token().answer(Ok(renewed()));
    assert_eq!(widget.token(), Some(fixtures::RENEWED));
    widget.sign();
    assert!(widget.handed_over().unwrap().connection_token.is_some());

    let mut late = TestWidget::connected(fixtures::posting());
    late.refuse_token().signing_takes_too_long();
    assert!(late.handed_over().is_some_and(|form| form.connection_token.is_none()));

    let mut twice = TestWidget::connected(fixtures::posting());
    twice.refuse_token().answer(Ok(renewed())).refuse_token();
    assert!(twice.handed_over().is_some_and(|form| form.connection_token.is_none()), "there is no loop");
}
