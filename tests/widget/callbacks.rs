//! `onSuccess` and `onExit`, letter by letter as Railz Connect 2.23 calls them (contract rule H6); `onError` is in
//! `on_error`.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Reflect;
use railz_connect::{Handle, mount_with};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{self, PageStub, evaluate};
use crate::support::responses::{OTHER_SERVERS_SESSION, SESSION, connection};
use crate::support::widget::new_parent;
use crate::support::{Server, Widget, settle};

const BUSINESS: &str = r#""businessName":"Harbour Bakery","businessUuid":"BIZ-0b0ad5a5-6a3a-4f43-9d8e-0b6f7d1c2a11","metadata":[{"name":"plan","value":"starter","webhookLocation":["header"]}]"#;
const CONNECTION: &str =
    r#""connectionUuid":"CON-3f1f7c0e-5a7c-4a53-8f3c-2f8f0f5b7a01","serviceName":"harbourBooks""#;

#[wasm_bindgen_test]
async fn the_host_hears_once_that_the_widget_is_usable() {
    let widget = Widget::at_picker("").await;
    assert_eq!(widget.host_calls(), [format!("onSuccess load {{{BUSINESS}}}")]);
}

#[wasm_bindgen_test]
async fn metadata_is_null_where_the_server_has_none() {
    let widget = Widget::opened(OTHER_SERVERS_SESSION, r#""metadata":[{"name":"mine"}]"#).await;
    let expected = r#"onSuccess load {"businessName":"Harbour Bakery","businessUuid":"","metadata":null}"#;
    assert_eq!(widget.host_calls(), [expected]);
}

#[wasm_bindgen_test]
async fn a_success_names_the_connection_and_the_service() {
    let widget = Widget::ended_with("", &connection("active", None, "")).await;
    assert_eq!(widget.host_calls()[1..], [format!("onSuccess authorization {{{BUSINESS},{CONNECTION}}}")]);
}

#[wasm_bindgen_test]
async fn the_account_at_the_service_is_passed_on_as_it_came() {
    let account =
        r#""serviceAccountRef":{"name":"Harbour","id":"acc-1","entityRef":{"id":"ent-1","type":{"a":[1]}}}"#;
    let widget = Widget::ended_with("", &connection("active", None, &format!(",{account}"))).await;
    let expected = format!("onSuccess authorization {{{BUSINESS},{CONNECTION},{account}}}");
    assert_eq!(widget.host_calls()[1..], [expected]);
}

#[wasm_bindgen_test]
async fn an_account_without_an_id_is_not_passed_on() {
    let account = r#","serviceAccountRef":{"entityRef":{"id":"ent-1"}}"#;
    let widget = Widget::ended_with("", &connection("active", None, account)).await;
    assert_eq!(widget.host_calls()[1..], [format!("onSuccess authorization {{{BUSINESS},{CONNECTION}}}")]);
}

#[wasm_bindgen_test]
async fn closing_tells_the_host_and_leaves_for_the_address() {
    let widget = Widget::at_picker(r##""closeEnabled":true,"closeRedirectUrl":"#closed""##).await;
    widget.press_action("close").await;
    assert_eq!(widget.host_calls()[1..], [format!("onExit exit {{{BUSINESS}}}")]);
    assert_eq!(page::document().location().unwrap().hash().unwrap(), "#closed");
    assert!(widget.parent.first_element_child().is_none(), "the widget is gone");
    evaluate("history.replaceState(null, '', location.pathname)");
}

#[wasm_bindgen_test]
async fn closing_before_the_session_is_open_knows_no_business() {
    let widget = Widget::mount(&Server::default(), r##""closeEnabled":true,"closeRedirectUrl":"#closed""##);
    widget.press_action("close").await;
    assert_eq!(widget.host_calls(), [r#"onExit exit {"metadata":null}"#]);
    assert!(widget.server.last_request().is_aborted());
    evaluate("history.replaceState(null, '', location.pathname)");
}

#[wasm_bindgen_test]
async fn a_callback_that_throws_stops_nothing_and_is_shown_on_the_console() {
    let console = PageStub::console("error");
    let server = Server::default();
    server.answer("/widget/session/", 200, SESSION);
    let options = evaluate(
        "{ widgetId: 'W', endpoint: 'https://connect.example', onSuccess() { throw new Error('the host is broken') } }",
    );
    let parent = new_parent();
    let handle = mount_with(&parent, &options, &JsValue::UNDEFINED, server.transport()).unwrap();
    settle().await;
    let root = parent.first_element_child().unwrap().shadow_root().unwrap();
    assert!(root.query_selector("[data-screen=picker]").unwrap().is_some());
    assert_eq!(console.lines().len(), 1);
    assert!(console.lines()[0].contains("\"load\" threw Error: the host is broken"), "{:?}", console.lines());
    handle.unmount();
    parent.remove();
}

#[wasm_bindgen_test]
async fn callbacks_that_are_no_functions_are_passed_over() {
    let widget = Widget::mount(&Server::default(), "");
    let server = Server::default();
    server.answer("/widget/session/", 200, SESSION);
    let options = evaluate(
        "{ widgetId: 'W', endpoint: 'https://connect.example', onSuccess: 'later', onError: null, onExit: {} }",
    );
    let handle = mount_with(&widget.parent, &options, &JsValue::UNDEFINED, server.transport()).unwrap();
    settle().await;
    handle.unmount();
}

#[wasm_bindgen_test]
async fn callbacks_are_taken_at_mount_and_called_without_a_this() {
    let server = Server::default();
    evaluate("(globalThis.heard = [])");
    let options = evaluate(
        "{ widgetId: 'W', endpoint: 'https://connect.example', onSuccess: function (event) { 'use strict'; heard.push(event, typeof this) } }",
    );
    let parent = new_parent();
    let handle = mount_with(&parent, &options, &JsValue::UNDEFINED, server.transport()).unwrap();
    Reflect::set(&options, &"onSuccess".into(), &JsValue::NULL).unwrap();
    server.answer("/widget/session/", 200, SESSION);
    settle().await;
    let heard = evaluate("JSON.stringify(globalThis.heard)");
    assert_eq!(heard.as_string().as_deref(), Some(r#"["load","undefined"]"#));
    evaluate("delete globalThis.heard");
    handle.unmount();
    parent.remove();
}

#[wasm_bindgen_test]
async fn a_host_may_unmount_within_its_own_callback() {
    let server = Server::default();
    let handle: Rc<RefCell<Option<Handle>>> = Rc::default();
    let gone = Rc::clone(&handle);
    let callback = Closure::<dyn FnMut()>::new(move || {
        if let Some(handle) = gone.take() {
            handle.unmount();
        }
    });
    let options = evaluate("{ widgetId: 'W', endpoint: 'https://connect.example' }");
    Reflect::set(&options, &"onSuccess".into(), callback.as_ref()).unwrap();
    let parent = new_parent();
    let mounted = mount_with(&parent, &options, &JsValue::UNDEFINED, server.transport()).unwrap();
    handle.replace(Some(mounted));
    server.answer("/widget/session/", 200, SESSION);
    settle().await;
    assert!(handle.borrow().is_none(), "the callback was called");
    assert!(parent.first_element_child().is_none());
    parent.remove();
}
