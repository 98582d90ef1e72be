//! QuickBooks Desktop: the connector's file, its password, and the waiting for its call.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{PageStub, evaluate, query_all};
use crate::support::responses::{CONNECTOR_ADDRESS, CREDENTIALS_SESSION, connection};
use crate::support::{Widget, settle, sleep};

async fn at_connector() -> Widget {
    let widget = Widget::opened(CREDENTIALS_SESSION, "").await;
    widget.server.answer("/services/url", 200, CONNECTOR_ADDRESS);
    widget.press("[data-service=quickbooksDesktop]").await;
    widget
}

const ACTIONS: &[&str] = &["load-guide", "get-connector", "save-file", "copy", "reveal", "back"];

fn said(widget: &Widget, words: &str) -> bool {
    widget.texts("[role=status]").iter().any(|said| said == words)
}

#[wasm_bindgen_test]
async fn the_connector_calls_and_the_screen_goes_on_by_itself() {
    let widget = at_connector().await;
    widget.shows("connector", "Connect QuickBooks Desktop", ACTIONS);
    assert!(said(
        &widget,
        "Waiting for QuickBooks Web Connector. This page goes on by itself as soon as it has called."
    ));
    widget.server.answer("/widget/status", 200, "[]");
    settle().await;
    assert_eq!(widget.server.requests_to("/widget/status").len(), 1);
    let connected = connection("active", None, "").replace("harbourBooks", "quickbooksDesktop");
    widget.server.answer("/widget/status", 200, &format!("[{connected}]"));
    sleep(2_100).await;
    settle().await;
    widget.shows("connected", "QuickBooks Desktop is connected", &["done"]);
}

/// The blob with the file was revoked by a timer alone, which went with the widget.
#[wasm_bindgen_test]
async fn unmounting_takes_the_saved_file_back_invariant_6() {
    let downloads = PageStub::downloads();
    evaluate(
        "void (globalThis.revoked = [], globalThis.revoke = URL.revokeObjectURL, \
         URL.revokeObjectURL = (url) => { globalThis.revoked.push(url); globalThis.revoke.call(URL, url); })",
    );
    let widget = at_connector().await;
    widget.press_action("save-file").await;
    for _ in 0..400 {
        if !downloads.lines().is_empty() {
            break;
        }
        sleep(50).await;
    }
    let revoked = || evaluate("globalThis.revoked.length").as_f64();
    assert_eq!(revoked(), Some(0.0));
    widget.handle.unmount();
    assert_eq!(revoked(), Some(1.0));
    evaluate("void (URL.revokeObjectURL = globalThis.revoke)");
}

#[wasm_bindgen_test]
async fn the_file_is_saved_without_leaving_the_page() {
    let downloads = PageStub::downloads();
    let widget = at_connector().await;
    assert_eq!(widget.texts("[data-action=save-file]"), ["Download the connector file (Harbour-Ba.qwc)"]);
    widget.press_action("save-file").await;
    // The browser reads the file in a process of its own, which may be busy.
    for _ in 0..400 {
        if !downloads.lines().is_empty() {
            break;
        }
        sleep(50).await;
    }
    assert_eq!(downloads.lines(), ["Harbour-Ba.qwc <QBWCXML/>"]);
    assert!(said(&widget, "The download of the connector file has begun."));
    let link = widget.get("[data-action=get-connector]");
    assert_eq!(link.get_attribute("href").as_deref(), Some("https://connector.example/download"));
    assert_eq!(link.get_attribute("rel").as_deref(), Some("noopener noreferrer"));
}

#[wasm_bindgen_test]
async fn the_password_is_copied_and_that_is_said() {
    let clipboard = PageStub::clipboard(true);
    let widget = at_connector().await;
    widget.press_action("copy").await;
    assert_eq!(clipboard.lines(), ["kQ3v-81xT"]);
    assert!(said(&widget, "The password is copied."));
    assert_eq!(widget.get("#connector-password").get_attribute("type").as_deref(), Some("password"));
}

#[wasm_bindgen_test]
async fn a_password_that_cannot_be_copied_is_shown() {
    let clipboard = PageStub::clipboard(false);
    let widget = at_connector().await;
    widget.press_action("copy").await;
    drop(clipboard);
    assert_eq!(widget.get("#connector-password").get_attribute("type").as_deref(), Some("text"));
    let words = "The browser did not allow copying. The password is shown: select it and copy it by hand.";
    assert!(said(&widget, words));
}

#[wasm_bindgen_test]
async fn the_password_is_shown_and_hidden_with_the_focus_kept() {
    let widget = at_connector().await;
    assert_eq!(widget.filled("#connector-password"), "kQ3v-81xT");
    widget.get("[data-action=reveal]").focus().unwrap();
    widget.press_action("reveal").await;
    assert_eq!(widget.get("#connector-password").get_attribute("type").as_deref(), Some("text"));
    assert_eq!(widget.texts("[data-action=reveal]"), ["Hide the password"]);
    assert!(said(&widget, "The password is shown."));
    assert_eq!(widget.focused().unwrap().get_attribute("data-action").as_deref(), Some("reveal"));
    widget.press_action("reveal").await;
    assert_eq!(widget.get("#connector-password").get_attribute("type").as_deref(), Some("password"));
}

#[wasm_bindgen_test]
async fn nothing_is_asked_any_more_once_the_screen_is_left() {
    let widget = at_connector().await;
    let request = widget.server.last_request();
    widget.press_action("back").await;
    assert_eq!(widget.screen(), "picker");
    assert!(request.is_aborted());
    assert!(query_all(&widget.root(), "#connector-password").is_empty());
}
