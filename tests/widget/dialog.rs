//! In a dialog of the package's: the widget can always be closed, and says when it has gone.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::evaluate;
use crate::support::responses::SESSION;
use crate::support::{Server, Widget, settle};

async fn in_a_dialog(more: &str) -> Widget {
    let server = Server::default();
    server.answer("/widget/session/", 200, SESSION);
    let environment =
        evaluate("{ modal: true, gone: () => { globalThis.gone = (globalThis.gone ?? 0) + 1; } }");
    evaluate("void (globalThis.gone = 0)");
    let widget = Widget::mount_in(&server, more, &environment);
    settle().await;
    widget
}

fn gone() -> Option<f64> {
    evaluate("globalThis.gone").as_f64()
}

#[wasm_bindgen_test]
async fn a_dialog_has_a_close_button_without_an_address_and_says_when_it_has_gone() {
    let widget = in_a_dialog("").await;
    assert_eq!(widget.actions(), ["close"]);
    assert_eq!(gone(), Some(0.0));
    widget.press_action("close").await;
    settle().await;
    assert_eq!(gone(), Some(1.0));
    assert!(
        widget.host_calls().last().is_some_and(|call| call.contains("exit")),
        "{:?}",
        widget.host_calls()
    );
    assert!(widget.parent.first_element_child().is_none());
}

#[wasm_bindgen_test]
async fn the_package_closes_it_as_the_button_does() {
    let widget = in_a_dialog("").await;
    widget.handle.close();
    settle().await;
    assert_eq!(gone(), Some(1.0));
    widget.handle.close();
    settle().await;
    assert_eq!(gone(), Some(1.0), "once");
}

#[wasm_bindgen_test]
async fn unmounting_says_nothing_of_having_gone() {
    let widget = in_a_dialog("").await;
    widget.handle.unmount();
    settle().await;
    assert_eq!(gone(), Some(0.0));
    assert!(!widget.host_calls().iter().any(|call| call.contains("exit")));
}

#[wasm_bindgen_test]
async fn a_dialog_takes_the_focus_to_its_heading() {
    let widget = in_a_dialog("").await;
    assert_eq!(widget.focused().map(|one| one.tag_name()).as_deref(), Some("H2"));
}

#[wasm_bindgen_test]
async fn a_part_of_the_page_is_not_closed_from_outside() {
    let widget = Widget::at_picker("").await;
    widget.handle.close();
    settle().await;
    assert_eq!(widget.screen(), "picker");
}
