//! Styles of the page that the widget stands in: resets, rules for all elements, another root size. It looks the same in all.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Widget, page};

/// What Bootstrap's reboot and Tailwind's preflight do to elements of everybody, in a few lines of our own.
const RESETS: [&str; 3] = [
    "*, ::before, ::after { box-sizing: border-box; border: 0 solid red; margin: 0; padding: 0 } \
     button, input { font: inherit; color: inherit; background: transparent } h2 { font-size: inherit } ol { list-style: none }",
    "body { margin: 0; font: 300 18px/2 serif; color: #c00; text-align: center; letter-spacing: 3px } \
     label { margin-bottom: .5rem } button { text-transform: none } .card { display: flex; background: red; word-wrap: break-word }",
    "html { font-size: 62.5% }",
];

/// Rules that hide or undo all there is, with all the weight that a page has.
const HOSTILE: [&str; 5] = [
    "div { display: none !important }",
    "* { all: unset !important }",
    "* { position: absolute !important; inset-inline-start: -9999px !important; opacity: 0 !important }",
    "div { visibility: hidden !important; clip-path: inset(50%) !important; transform: scale(0) !important }",
    "div:empty, [data-railz-connect] { display: none !important; content-visibility: hidden !important }",
];

/// How the card stands on the page, and how its first tile looks.
fn look(widget: &Widget) -> String {
    let read: js_sys::Function = page::evaluate(
        "(root) => ['.card', 'h2', '[data-service]'].map((one) => { const element = root.querySelector(one); \
           const { width, height } = element.getBoundingClientRect(); \
           const { fontSize, color, opacity, textAlign, letterSpacing } = getComputedStyle(element); \
           return [one, width, height, fontSize, color, opacity, textAlign, letterSpacing, element.checkVisibility(\
             { opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })]; }).join('\\n')",
    )
    .unchecked_into();
    read.call1(&wasm_bindgen::JsValue::NULL, &widget.root()).unwrap().as_string().unwrap()
}

/// What holds the widget is the host's, and stays where it was: a page that hides all of itself hides the widget too.
const PLACE: &str = "display:block!important;visibility:visible!important;position:static!important;opacity:1!important;\
    margin:0!important;transform:none!important;clip-path:none!important;";

async fn look_under(rules: &str) -> String {
    let widget = Widget::at_picker("").await;
    let page = [page::document().document_element().unwrap(), page::body().into()];
    for one in &page {
        one.set_attribute("style", PLACE).unwrap();
    }
    widget.parent.set_attribute("style", &format!("{PLACE}width:600px!important")).unwrap();
    let sheet = page::document().create_element("style").unwrap();
    sheet.set_text_content(Some(rules));
    page::document().head().unwrap().append_child(&sheet).unwrap();
    let looks = look(&widget);
    for one in &page {
        one.remove_attribute("style").unwrap();
    }
    sheet.remove();
    looks
}

#[wasm_bindgen_test]
async fn resets_and_another_root_size_change_nothing() {
    let plain = look_under("").await;
    assert!(plain.contains("true") && !plain.contains("false"), "{plain}");
    for rules in RESETS {
        assert_eq!(look_under(rules).await, plain, "{rules}");
    }
}

#[wasm_bindgen_test]
async fn important_rules_for_all_elements_hide_nothing() {
    // What used to happen: they hit the element that holds the shadow root, and the place stayed empty.
    let plain = look_under("").await;
    for rules in HOSTILE {
        assert_eq!(look_under(rules).await, plain, "{rules}");
    }
}

#[wasm_bindgen_test]
async fn without_light_dark_the_widget_has_its_light_colours() {
    // What used to happen: browsers from before 2024, which could run everything else, were refused.
    let widget = Widget::at_picker(r##""theme":{"primary":{"background":"#aa0000"}}"##).await;
    let colours: js_sys::Function = page::evaluate(
        "(root) => [...root.querySelectorAll('.card, .card *')].map((one) => { const style = getComputedStyle(one); \
           return [one.localName, one.className, style.color, style.backgroundColor, style.borderTopColor].join(); }).join('\\n')",
    )
    .unchecked_into();
    let forget: js_sys::Function = page::evaluate(
        "(root) => { root.adoptedStyleSheets = root.adoptedStyleSheets.map((sheet) => { const other = new CSSStyleSheet(); \
           const rules = [...sheet.cssRules].map(({ cssText }) => cssText).join('').replaceAll('light-dark(', 'unknown('); \
           other.replaceSync(rules); return other; }); }",
    )
    .unchecked_into();
    let root = widget.root();
    let read = || colours.call1(&wasm_bindgen::JsValue::NULL, &root).unwrap().as_string().unwrap();
    let light = read();
    forget.call1(&wasm_bindgen::JsValue::NULL, &root).unwrap();
    assert_eq!(read(), light);
}
