//! Scripts of the page that the widget stands in: shortcuts, built-ins that they changed, ids that they use themselves.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{self, evaluate};
use crate::support::responses::{FORM_SESSION, SESSION};
use crate::support::{Server, Widget, settle};

#[wasm_bindgen_test]
async fn what_is_typed_into_a_field_is_no_shortcut_of_the_pages() {
    // What used to happen: to the page the key came from a `<div>`, and "/" or "k" in our search opened its own.
    let widget = Widget::opened(FORM_SESSION, "").await;
    widget.press("[data-service=railzSandbox]").await;
    evaluate(
        "(() => { globalThis.heard = []; globalThis.hear = (event) => heard.push(`${event.type} ${event.key}`); \
           for (const type of ['keydown', 'keypress', 'keyup']) document.addEventListener(type, hear); })()",
    );
    let field = widget.find("input, select").expect("a field");
    let press: js_sys::Function = evaluate(
        "(element) => { for (const key of ['k', '/', 'Enter', 'Escape', 'Tab']) for (const type of ['keydown', 'keyup']) \
           element.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, composed: true })); }",
    )
    .unchecked_into();
    press.call1(&wasm_bindgen::JsValue::NULL, &field).unwrap();
    let typed = evaluate("heard.splice(0).join()").as_string().unwrap();
    press.call1(&wasm_bindgen::JsValue::NULL, &widget.get("button")).unwrap();
    let pressed = evaluate("heard.splice(0).length").as_f64();
    evaluate(
        "(() => { for (const type of ['keydown', 'keypress', 'keyup']) document.removeEventListener(type, hear); \
           delete globalThis.heard; delete globalThis.hear; })()",
    );
    assert_eq!(typed, "keydown Escape,keyup Escape,keydown Tab,keyup Tab");
    assert_eq!(pressed, Some(10.0), "a button takes no text");
}

#[wasm_bindgen_test]
async fn what_a_page_adds_to_every_object_is_neither_an_option_nor_an_answer() {
    // What used to happen: the page's `redirectUrl` was taken for the host's, and its `sandbox` for the server's. Names that
    // drivers of browsers read from objects of their own (`error`, `state`) end the whole run while they are there.
    let server = Server::default();
    evaluate(
        "Object.assign(Object.prototype, { redirectUrl: 'https://elsewhere.example/', businessName: 'Everybody', \
           sandbox: true })",
    );
    server.answer("/widget/session/", 200, &SESSION.replace(r#""sandbox": true,"#, ""));
    let widget = Widget::mount(&server, r##""closeEnabled":true,"closeRedirectUrl":"#closed""##);
    settle().await;
    let (screen, badge) = (widget.screen(), widget.find(".badge").is_some());
    evaluate("['redirectUrl', 'businessName', 'sandbox'].map((name) => delete Object.prototype[name])");
    assert_eq!(
        widget.server.requests()[0].line(),
        "POST /widget/session/SB_PROD_1?businessUuid=&businessName=&include=connections,integrations"
    );
    assert_eq!((screen.as_str(), badge), ("picker", false));
}

#[wasm_bindgen_test]
async fn five_widgets_share_a_page_that_uses_their_ids_itself() {
    let own = page::document().create_element("div").unwrap();
    own.set_id("railz-connect-base");
    page::body().append_child(&own).unwrap();
    let mut widgets = Vec::new();
    for _ in 0..5 {
        widgets.push(Widget::at_picker("").await);
    }
    assert_eq!(page::query_all(&page::body(), "#railz-connect-base").len(), 1, "the page's own");
    widgets[3].press("[data-service=harbourBooks]").await;
    let screens: Vec<_> = widgets.iter().map(Widget::screen).collect();
    assert_eq!(screens, ["picker", "picker", "picker", "before", "picker"]);
    drop(widgets);
    assert!(own.is_connected() && own.child_element_count() == 0);
    own.remove();
}
