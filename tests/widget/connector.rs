//! QuickBooks Desktop: the connector's file, its password, and the waiting for its call.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::answers::{CONNECTOR_ADDRESS, SPECIAL_SESSION, connection};
use crate::support::page::{Replaced, all};
use crate::support::{Stage, settle, sleep};

async fn at_connector() -> Stage {
    let stage = Stage::opened(SPECIAL_SESSION, "").await;
    stage.server.answer("/services/url", 200, CONNECTOR_ADDRESS);
    stage.press("[data-service=quickbooksDesktop]").await;
    stage
}

const ACTIONS: &[&str] = &["load-guide", "get-connector", "save-file", "copy", "reveal", "back"];

fn said(stage: &Stage, words: &str) -> bool {
    stage.texts("[role=status]").iter().any(|said| said == words)
}

#[wasm_bindgen_test]
async fn the_connector_calls_and_the_screen_goes_on_by_itself() {
    let stage = at_connector().await;
    stage.shows("connector", "Connect QuickBooks Desktop", ACTIONS);
    assert!(said(
        &stage,
        "Waiting for QuickBooks Web Connector. This page goes on by itself as soon as it has called."
    ));
    stage.server.answer("/widget/status", 200, "[]");
    settle().await;
    assert_eq!(stage.server.asked_for("/widget/status").len(), 1);
    let connected = connection("active", None, "").replace("harbourBooks", "quickbooksDesktop");
    stage.server.answer("/widget/status", 200, &format!("[{connected}]"));
    sleep(2_100).await;
    settle().await;
    stage.shows("connected", "QuickBooks Desktop is connected", &["done"]);
}

#[wasm_bindgen_test]
async fn the_file_is_saved_without_leaving_the_page() {
    let downloads = Replaced::downloads();
    let stage = at_connector().await;
    assert_eq!(stage.texts("[data-action=save-file]"), ["Download the connector file (Harbour-Ba.qwc)"]);
    stage.press_action("save-file").await;
    // The browser reads the file in a process of its own, which may be busy.
    for _ in 0..400 {
        if !downloads.lines().is_empty() {
            break;
        }
        sleep(50).await;
    }
    assert_eq!(downloads.lines(), ["Harbour-Ba.qwc <QBWCXML/>"]);
    assert!(said(&stage, "The download of the connector file has begun."));
    let link = stage.get("[data-action=get-connector]");
    assert_eq!(link.get_attribute("href").as_deref(), Some("https://connector.example/download"));
    assert_eq!(link.get_attribute("rel").as_deref(), Some("noopener noreferrer"));
}

#[wasm_bindgen_test]
async fn the_password_is_copied_and_that_is_said() {
    let clipboard = Replaced::clipboard(true);
    let stage = at_connector().await;
    stage.press_action("copy").await;
    assert_eq!(clipboard.lines(), ["kQ3v-81xT"]);
    assert!(said(&stage, "The password is copied."));
    assert_eq!(stage.get("#connector-password").get_attribute("type").as_deref(), Some("password"));
}

#[wasm_bindgen_test]
async fn a_password_that_cannot_be_copied_is_shown() {
    let clipboard = Replaced::clipboard(false);
    let stage = at_connector().await;
    stage.press_action("copy").await;
    drop(clipboard);
    assert_eq!(stage.get("#connector-password").get_attribute("type").as_deref(), Some("text"));
    let words = "The browser did not allow copying. The password is shown: select it and copy it by hand.";
    assert!(said(&stage, words));
}

#[wasm_bindgen_test]
async fn the_password_is_shown_and_hidden_with_the_focus_kept() {
    let stage = at_connector().await;
    assert_eq!(stage.filled("#connector-password"), "kQ3v-81xT");
    stage.get("[data-action=reveal]").focus().unwrap();
    stage.press_action("reveal").await;
    assert_eq!(stage.get("#connector-password").get_attribute("type").as_deref(), Some("text"));
    assert_eq!(stage.texts("[data-action=reveal]"), ["Hide the password"]);
    assert!(said(&stage, "The password is shown."));
    assert_eq!(stage.focused().unwrap().get_attribute("data-action").as_deref(), Some("reveal"));
    stage.press_action("reveal").await;
    assert_eq!(stage.get("#connector-password").get_attribute("type").as_deref(), Some("password"));
}

#[wasm_bindgen_test]
async fn nothing_is_asked_any_more_once_the_screen_is_left() {
    let stage = at_connector().await;
    let asked = stage.server.last();
    stage.press_action("back").await;
    assert_eq!(stage.screen(), "picker");
    assert!(asked.is_aborted());
    assert!(all(&stage.root(), "#connector-password").is_empty());
}
