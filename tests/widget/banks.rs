//! Banks: the script of theirs, over the page.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{Loader, PageStub, evaluate, loader};
use crate::support::responses::{BANK_SESSION, CONNECTION_ID, connection};
use crate::support::{Widget, settle, sleep};

#[wasm_bindgen(module = "/npm/on-demand/bank-link.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = "open")]
    static OPEN: JsValue;
}

/// Nothing listens there.
const NOWHERE: &str = "http://127.0.0.1:9/link.js";

const TOKEN: &str = r#"{ "linkToken": "link-1", "scriptUrl": "http://127.0.0.1:9/link.js" }"#;

fn package() -> Loader {
    let part = Object::new();
    Reflect::set(&part, &"open".into(), &OPEN.with(JsValue::clone)).unwrap();
    let parts = Object::new();
    Reflect::set(&parts, &"bank-link".into(), &part).unwrap();
    loader(&parts)
}

async fn pressed(loader: &Loader) -> Widget {
    let widget = Widget::opened_with(BANK_SESSION, "", &loader.environment()).await;
    widget.press("[data-service=plaid]").await;
    widget
}

async fn opened() -> Widget {
    let widget = pressed(&package()).await;
    widget.server.answer("/plaid/createLinkToken", 200, TOKEN);
    settle().await;
    settle().await;
    widget
}

#[wasm_bindgen_test]
async fn the_script_is_asked_for_by_the_press_and_never_before() {
    let banks = PageStub::banks();
    let loader = package();
    let widget = Widget::opened_with(BANK_SESSION, "", &loader.environment()).await;
    assert!(loader.lines().is_empty() && banks.lines().is_empty());
    widget.press("[data-service=plaid]").await;
    let request = widget.server.last_request();
    assert_eq!(request.line(), "POST /plaid/createLinkToken");
    assert_eq!(request.sent.body.as_deref(), Some(r#"{"redirectUrl":null}"#));
    widget.server.answer("/plaid/createLinkToken", 200, TOKEN);
    settle().await;
    settle().await;
    assert_eq!(loader.lines(), ["bank-link"]);
    assert_eq!(banks.lines(), ["create link-1", "open"]);
    widget.shows("bankLink", "Your bank", &["cancel"]);
}

#[wasm_bindgen_test]
async fn a_linked_bank_is_posted_and_connected() {
    let banks = PageStub::banks();
    let widget = opened().await;
    banks.say("onSuccess", &["public-1".into()]);
    settle().await;
    assert_eq!(banks.lines().last().unwrap(), "destroy", "nothing stays over the page");
    let sent = widget.server.last_request();
    assert_eq!(sent.line(), "POST /plaid/setAccessToken");
    assert_eq!(sent.sent.body.as_deref(), Some(r#"{"publicToken":"public-1"}"#));
    let answer = format!(r#"{{"name":"Fernway Bank","connectionId":"{CONNECTION_ID}"}}"#);
    widget.server.answer("/plaid/setAccessToken", 200, &answer);
    settle().await;
    let connected = connection("active", None, r#","kind":"banking""#).replace("harbourBooks", "plaid");
    widget.server.answer("/widget/status", 200, &format!("[{connected}]"));
    settle().await;
    assert_eq!(widget.screen(), "connected");
    assert!(!widget.host_calls().concat().contains("public-1"), "{:?}", widget.host_calls());
}

#[wasm_bindgen_test]
async fn a_bank_that_wants_a_sign_in_is_linked_again_under_its_connection() {
    let banks = PageStub::banks();
    let lapsed = connection("expired", Some("reauthorizationRequired"), r#","kind":"banking""#)
        .replace("harbourBooks", "plaid");
    let session =
        BANK_SESSION.replacen(r#""integrations""#, &format!(r#""connections":[{lapsed}],"integrations""#), 1);
    let widget = Widget::opened_with(&session, "", &package().environment()).await;
    widget.press_action("reauthorise").await;
    let request = widget.server.last_request().line();
    assert_eq!(request, format!("POST /plaid/createLinkToken?connectionId={CONNECTION_ID}"));
    widget.server.answer("/plaid/createLinkToken", 200, TOKEN);
    settle().await;
    settle().await;
    banks.say("onSuccess", &["public-1".into()]);
    settle().await;
    let sent = widget.server.last_request();
    assert_eq!(sent.line(), "PATCH /plaid/updateConnection");
    let body = format!(r#"{{"connectionId":"{CONNECTION_ID}"}}"#);
    assert_eq!(sent.sent.body.as_deref(), Some(body.as_str()));
}

#[wasm_bindgen_test]
async fn leaving_the_script_is_the_list_and_giving_up_is_told() {
    let banks = PageStub::banks();
    let widget = opened().await;
    banks.say("onExit", &[JsValue::NULL]);
    settle().await;
    assert_eq!(widget.screen(), "picker");
    let widget = opened().await;
    banks.say("onExit", &[evaluate(r#"{ error_code: "X", display_message: "The bank is asleep" }"#)]);
    settle().await;
    assert_eq!(widget.screen(), "failed");
    assert!(widget.text().contains("The bank is asleep"));
    assert!(widget.host_calls().concat().contains(r#""errorCode":"general""#), "{:?}", widget.host_calls());
}

#[wasm_bindgen_test]
async fn cancelling_and_unmounting_take_the_script_off_the_page() {
    let banks = PageStub::banks();
    let widget = opened().await;
    widget.press_action("cancel").await;
    assert_eq!(banks.lines().last().unwrap(), "destroy");
    assert_eq!(widget.screen(), "picker");
    let widget = opened().await;
    assert_eq!(banks.lines().last().unwrap(), "open");
    widget.handle.unmount();
    assert_eq!(banks.lines().last().unwrap(), "destroy");
}

#[wasm_bindgen_test]
async fn a_script_that_cannot_be_loaded_is_told_in_words() {
    let widget = opened().await;
    assert!(TOKEN.contains(NOWHERE));
    for _ in 0..400 {
        if widget.screen() == "notLoaded" {
            break;
        }
        sleep(50).await;
    }
    widget.shows("notLoaded", "Bank account could not be opened", &["try-again", "back"]);
    let left =
        js_sys::eval(&format!("document.querySelectorAll('script[src=\"{NOWHERE}\"]').length")).unwrap();
    assert_eq!(left.as_f64(), Some(0.0), "nothing is left on the page");
}

#[wasm_bindgen_test]
async fn a_script_of_another_scheme_is_not_run() {
    for odd in ["data:text/javascript,globalThis.ran=1", "javascript:globalThis.ran=1", "//127.0.0.1/link.js"]
    {
        let widget = pressed(&package()).await;
        widget.server.answer("/plaid/createLinkToken", 200, &TOKEN.replace(NOWHERE, odd));
        settle().await;
        settle().await;
        widget.shows("notLoaded", "Bank account could not be opened", &["try-again", "back"]);
        assert_eq!(evaluate("globalThis.ran").as_f64(), None, "{odd}");
    }
}

#[wasm_bindgen_test]
async fn a_package_without_the_module_is_told_the_same_way() {
    let widget = pressed(&loader(&evaluate("{}"))).await;
    widget.server.answer("/plaid/createLinkToken", 200, TOKEN);
    settle().await;
    settle().await;
    assert_eq!(widget.screen(), "notLoaded");
}

#[wasm_bindgen_test]
async fn the_packages_dialog_is_lifted_while_the_script_is_over_the_page() {
    // What used to happen: a modal dialog makes all that is outside of it inert, and so the frame of the banks' script.
    let banks = PageStub::banks();
    evaluate(
        "(() => { const opener = document.body.appendChild(document.createElement('button')); opener.id = 'opener'; opener.focus(); \
           const dialog = document.body.appendChild(document.createElement('dialog')); dialog.tabIndex = -1; \
           dialog.setAttribute('data-railz-connect-modal', ''); dialog.showModal(); })()",
    );
    let is_modal = || evaluate("document.querySelector('dialog').matches(':modal')").as_bool();
    for way in ["onSuccess", "onExit", "unmount"] {
        let widget = opened().await;
        assert_eq!(is_modal(), Some(false), "{way}");
        assert_eq!(evaluate("document.querySelector('dialog').open").as_bool(), Some(true), "{way}");
        match way {
            "onSuccess" => banks.say(way, &["public-1".into()]),
            "onExit" => banks.say(way, &[JsValue::NULL]),
            _ => widget.handle.unmount(),
        }
        assert_eq!(is_modal(), Some(true), "{way}");
    }
    let focus = evaluate("(document.querySelector('dialog').close(), document.activeElement.id)").as_string();
    evaluate("(document.querySelector('dialog').remove(), document.querySelector('#opener').remove())");
    assert_eq!(focus.as_deref(), Some("opener"), "where the focus comes back to");
}
