//! Where the focus is, and what is read out without it.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

use crate::support::page::{self, PageStub};
use crate::support::responses::{ADDRESS, connection};
use crate::support::{Server, Widget, settle, sleep};

fn focus(element: &Element) {
    element.unchecked_ref::<HtmlElement>().focus().unwrap();
}

#[wasm_bindgen_test]
async fn a_new_screen_takes_the_focus_to_its_heading() {
    let widget = Widget::at_before("").await;
    assert_eq!(widget.focused().map(|one| one.id()).as_deref(), Some("heading"));
    widget.press_action("back").await;
    assert_eq!(widget.focused().map(|one| one.id()).as_deref(), Some("heading"));
}

#[wasm_bindgen_test]
async fn the_first_screens_leave_the_focus_where_it_is() {
    let widget = Widget::at_picker("").await;
    assert!(widget.focused().is_none());
    let server = Server::default();
    server.drop_connection("/widget/session/");
    let failed = Widget::mount(&server, "");
    settle().await;
    assert!(failed.focused().is_none());
}

#[wasm_bindgen_test]
async fn a_focus_in_another_part_of_the_page_is_left_there() {
    let _windows = PageStub::windows();
    let widget = Widget::at_waiting("").await;
    let elsewhere = page::document().create_element("input").unwrap();
    page::body().append_child(&elsewhere).unwrap();
    focus(&elsewhere);
    widget.server.refuse("/updates/", 502, "The bank is closed today");
    settle().await;
    assert_eq!(widget.screen(), "failed");
    assert_eq!(page::document().active_element(), Some(elsewhere.clone()));
    elsewhere.remove();
}

#[wasm_bindgen_test]
async fn an_outcome_that_comes_by_itself_is_heard() {
    // What used to happen: it was written into the heading that had the focus already, and no screen reader said a word.
    for (answer, screen, title) in [
        (connection("active", None, ""), "connected", "Harbour Books is connected"),
        (connection("invalid", Some("duplicateAccount"), ""), "duplicate", "Already connected"),
    ] {
        let _windows = PageStub::windows();
        let widget = Widget::at_waiting("").await;
        assert_eq!(widget.focused().map(|one| one.id()).as_deref(), Some("heading"));
        let heard = PageStub::focus(&widget.root());
        widget.server.answer("/updates/", 200, &answer);
        settle().await;
        assert_eq!(widget.screen(), screen);
        assert_eq!(heard.lines(), [title]);
    }
}

#[wasm_bindgen_test]
async fn from_the_opening_to_the_waiting_the_focus_stays_on_the_heading() {
    let _windows = PageStub::windows();
    let widget = Widget::at_before("").await;
    widget.press_action("continue").await;
    assert_eq!(widget.screen(), "opening");
    assert_eq!(widget.focused().map(|one| one.id()).as_deref(), Some("heading"));
    let heard = PageStub::focus(&widget.root());
    widget.server.answer("/services/url", 200, ADDRESS);
    settle().await;
    assert_eq!(widget.screen(), "waiting");
    assert_eq!(widget.focused().map(|one| one.id()).as_deref(), Some("heading"));
    assert_eq!(heard.lines(), [""; 0], "announcing both would talk over itself");
}

#[wasm_bindgen_test]
async fn who_stands_on_cancel_still_does_when_the_opening_becomes_the_waiting() {
    let _windows = PageStub::windows();
    let widget = Widget::at_before("").await;
    widget.press_action("continue").await;
    let cancel = widget.get("[data-action=cancel]");
    let line = widget.get("[role=status]");
    focus(&cancel);
    widget.server.answer("/services/url", 200, ADDRESS);
    settle().await;
    assert_eq!(widget.screen(), "waiting");
    assert_eq!(widget.focused().as_ref(), Some(cancel.as_ref()));
    assert_eq!(cancel.get_attribute("data-action").as_deref(), Some("cancel"));
    assert_eq!(widget.get("[role=status]"), line, "a new line would not be read out");
}

#[wasm_bindgen_test]
async fn while_the_words_change_the_line_that_is_read_out_and_the_focus_stay_the_same_elements() {
    let windows = PageStub::windows();
    let widget = Widget::at_waiting("").await;
    let line = widget.get("[role=status]");
    let button = widget.get("[data-action=reopen]");
    focus(&button);
    windows.opened()[0].set_closed(true);
    sleep(600).await;
    assert_eq!(line.text_content().as_deref(), Some("Window closed? Open it again, or cancel."));
    assert_eq!(widget.get("[role=status]"), line);
    assert_eq!(widget.focused().as_ref(), Some(button.as_ref()));
}
