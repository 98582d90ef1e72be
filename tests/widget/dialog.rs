//! In a dialog of the package's: the widget can always be closed, and says when it has gone.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::answers::SESSION;
use crate::support::page::value;
use crate::support::{Server, Stage, settle};

async fn in_a_dialog(more: &str) -> Stage {
    let server = Server::default();
    server.answer("/widget/session/", 200, SESSION);
    let environment = value("{ modal: true, gone: () => { globalThis.gone = (globalThis.gone ?? 0) + 1; } }");
    value("void (globalThis.gone = 0)");
    let stage = Stage::mount_in(&server, more, &environment);
    settle().await;
    stage
}

fn gone() -> Option<f64> {
    value("globalThis.gone").as_f64()
}

#[wasm_bindgen_test]
async fn a_dialog_has_a_close_button_without_an_address_and_says_when_it_has_gone() {
    let stage = in_a_dialog("").await;
    assert_eq!(stage.actions(), ["close"]);
    assert_eq!(gone(), Some(0.0));
    stage.press_action("close").await;
    settle().await;
    assert_eq!(gone(), Some(1.0));
    assert!(stage.told().last().is_some_and(|told| told.contains("exit")), "{:?}", stage.told());
    assert!(stage.parent.first_element_child().is_none());
}

#[wasm_bindgen_test]
async fn the_package_closes_it_as_the_button_does() {
    let stage = in_a_dialog("").await;
    stage.handle.close();
    settle().await;
    assert_eq!(gone(), Some(1.0));
    stage.handle.close();
    settle().await;
    assert_eq!(gone(), Some(1.0), "once");
}

#[wasm_bindgen_test]
async fn unmounting_says_nothing_of_having_gone() {
    let mut stage = in_a_dialog("").await;
    stage.handle.unmount();
    settle().await;
    assert_eq!(gone(), Some(0.0));
    assert!(!stage.told().iter().any(|told| told.contains("exit")));
}

#[wasm_bindgen_test]
async fn a_dialog_takes_the_focus_to_its_heading() {
    let stage = in_a_dialog("").await;
    assert_eq!(stage.focused().map(|one| one.tag_name()).as_deref(), Some("H2"));
}

#[wasm_bindgen_test]
async fn a_part_of_the_page_is_not_closed_from_outside() {
    let stage = Stage::at_picker("").await;
    stage.handle.close();
    settle().await;
    assert_eq!(stage.screen(), "picker");
}
