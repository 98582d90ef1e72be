//! Pages may forbid markup made from text (Trusted Types) and styles in markup (a strict style policy).

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{self, PageStub};
use crate::support::responses::{FORM_SESSION, NO_UPDATES, connection};
use crate::support::{Server, Widget, settle, sleep};

#[wasm_bindgen_test]
async fn the_trap_for_markup_catches_what_it_is_there_for() {
    let trap = PageStub::markup();
    page::evaluate("document.createElement('div').innerHTML = '<p>caught</p>'");
    assert_eq!(trap.lines(), ["innerHTML <p>caught</p>"]);
}

/// Each screen is looked at by `Widget::shows` elsewhere for styles; here the whole way is walked under the trap.
#[wasm_bindgen_test]
async fn no_screen_makes_elements_from_markup_or_carries_a_style() {
    let trap = PageStub::markup();
    let _windows = PageStub::windows();
    let _forms = PageStub::forms();
    let mut seen = Vec::new();
    let server = Server::default();
    server.drop_connection("/widget/session/");
    let widget =
        Widget::mount(&server, r##""closeEnabled":true,"closeRedirectUrl":"#closed","successUrl":"/done""##);
    look(&widget, &mut seen);
    settle().await;
    look(&widget, &mut seen);
    server.answer("/widget/session/", 200, r#"{"access_token":"t","integrations":[]}"#);
    widget.press_action("try-again").await;
    look(&widget, &mut seen);
    server.answer("/widget/session/", 200, FORM_SESSION.replace("\"xero\"", "\"wave\"").as_str());
    widget.press_action("try-again").await;
    look(&widget, &mut seen);
    widget.press("[data-service=railzSandbox]").await;
    look(&widget, &mut seen);
    widget.press_action("submit").await;
    look(&widget, &mut seen);
    drop(widget);
    signing_in(&mut seen).await;
    assert_eq!(trap.lines(), [""; 0]);
    seen.sort();
    seen.dedup();
    assert_eq!(
        seen.join(" "),
        "before blocked connected duplicate expired failed handOverStuck handingOver loadFailed loading opening \
         picker refused sandboxForm unavailable waiting working"
    );
}

async fn signing_in(seen: &mut Vec<String>) {
    let widget = Widget::at_before("").await;
    look(&widget, seen);
    widget.press_action("continue").await;
    look(&widget, seen);
    let widget = Widget::at_waiting(r#""options":{"sessionTimeout":1}"#).await;
    look(&widget, seen);
    widget.server.refuse("/updates/", 404, NO_UPDATES);
    sleep(1_200).await;
    look(&widget, seen);
    let blocked = PageStub::no_windows();
    look(&Widget::at_waiting("").await, seen);
    drop(blocked);
    let widget = Widget::at_picker("").await;
    widget.press("[data-service=railzSandbox]").await;
    look(&widget, seen);
    for error in ["duplicateAccount", "insufficientPermission", "newer"] {
        look(&Widget::ended_with("", &connection("invalid", Some(error), "")).await, seen);
    }
    let active = connection("active", None, "");
    look(&Widget::ended_with("", &active).await, seen);
    let widget = Widget::ended_with(r#""successUrl":"/done""#, &active).await;
    look(&widget, seen);
    page::violate_policy("form-action");
    settle().await;
    look(&widget, seen);
}

fn look(widget: &Widget, seen: &mut Vec<String>) {
    assert_eq!(page::styled_in_markup(&widget.root()), [""; 0], "{}", widget.screen());
    seen.push(widget.screen());
}

#[wasm_bindgen_test]
async fn what_the_server_says_is_shown_as_text() {
    let session = r#"{"access_token":"t","customerName":"<img src=x>","integrations":[
        {"service":"xero","uuid":"1","displayName":"<i>Xero</i>"}]}"#;
    let widget = Widget::opened(session, "").await;
    assert_eq!(widget.texts("[data-service] .name"), ["<i>Xero</i>"]);
    assert!(widget.find("i, img").is_none());
}
