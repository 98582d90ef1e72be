//! Sessions that the page opens itself.

use super::session_call;
use crate::support::{TestWidget, fixtures};
use railz_connect_flow::Config;
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::Content;
use railz_connect_flow::session::SessionResponse;
use railz_connect_flow::state::UnavailableCause;

#[test]
fn opening_a_session_of_the_pages_own_is_never_renewed() {
    let mut widget = TestWidget::start(fixtures::plain());
    widget.refuse_token();
    assert_eq!(widget.content(), Content::Unavailable(UnavailableCause::NotAuthorised));
    assert!(widget.requests.is_empty());
}

#[test]
fn another_session_of_the_pages_own_goes_on_from_the_one_before() {
    let mut widget = TestWidget::connected(fixtures::plain());
    widget.press(UserEvent::Continue);
    assert_eq!(widget.request(), &session_call(Some(fixtures::TOKEN)));
    assert_eq!(widget.token(), None);

    let mut widget = TestWidget::connected(fixtures::minted());
    widget.press(UserEvent::Continue);
    assert_eq!(widget.request(), &session_call(None), "a minted one is the same again");
    assert_eq!(widget.token(), Some(fixtures::TOKEN), "by the token that the server answered");
}

#[test]
fn a_server_of_2_23_is_sent_no_field_that_it_does_not_know() {
    let session = SessionResponse { session_kind: None, ..fixtures::session() };
    let mut widget = TestWidget::in_the_picker_of(fixtures::plain(), session);
    widget.pick(fixtures::SANDBOX).refuse_token();
    assert_eq!(widget.request(), &session_call(None));
    assert_eq!(widget.state.session_to_end(), None, "nor is it asked to end a session");
}

#[test]
fn only_a_session_that_the_page_opened_is_ended_with_the_widget() {
    let token = |config: Config, session: SessionResponse| {
        let widget = TestWidget::in_the_picker_of(config, session);
        widget.state.session_to_end().map(|token| token.expose().to_owned())
    };
    assert_eq!(token(fixtures::plain(), fixtures::session()).as_deref(), Some(fixtures::TOKEN));
    assert_eq!(token(fixtures::minted(), fixtures::minted_session()), None);
    assert_eq!(TestWidget::start(fixtures::plain()).state.session_to_end(), None, "none is open yet");
    assert_eq!(TestWidget::start(fixtures::minted()).state.session_to_end(), None);

    let mut closed = TestWidget::in_the_picker(fixtures::closable());
    closed.press(UserEvent::Close);
    assert!(closed.state.session_to_end().is_some(), "a widget that a person closed ends it too");
}
