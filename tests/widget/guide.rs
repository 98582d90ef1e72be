//! Instructions travel when they are needed, and a screen can be used without them.

use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{self, evaluate, loader, query_all};
use crate::support::responses::{ADDRESS, CREDENTIALS_SESSION};
use crate::support::{Widget, settle};

fn guide() -> JsValue {
    evaluate(
        r#"{ "guide-oracleNetsuite": { steps: [
            { title: "Switch it on", path: ["Setup", "Company"], paragraphs: ["Tick the box.", "Save."],
              picture: { height: "80", description: "A ticked box.", shapes: [
                { part: "sheet", path: "M8 6h304v60h-304z" }, { part: "told", x: "20", y: "30", text: "The box" },
                { part: "x", href: "javascript:alert(1)" } ] } },
            { title: "Fill in the form", path: [], paragraphs: [] }
        ] } }"#,
    )
}

async fn at_form(environment: &JsValue) -> Widget {
    let widget = Widget::opened_with(CREDENTIALS_SESSION, "", environment).await;
    widget.server.answer("/services/url", 200, ADDRESS);
    widget.press("[data-service=oracleNetsuite]").await;
    settle().await;
    widget
}

#[wasm_bindgen_test]
async fn instructions_are_asked_for_when_a_screen_has_some_and_never_before() {
    let loader = loader(&guide());
    let widget = Widget::opened_with(CREDENTIALS_SESSION, "", &loader.environment()).await;
    assert!(loader.lines().is_empty());
    widget.server.answer("/services/url", 200, ADDRESS);
    widget.press("[data-service=oracleNetsuite]").await;
    settle().await;
    assert_eq!(loader.lines(), ["guide-oracleNetsuite"]);
    widget.shows("credentials", "Connect Oracle NetSuite", &["submit", "back"]);
    assert_eq!(widget.texts(".stages h3"), ["Switch it on", "Fill in the form"]);
    assert_eq!(widget.texts(".path li"), ["Setup", "Company"]);
    assert_eq!(widget.texts(".stages .text"), ["Tick the box.", "Save."]);
}

#[wasm_bindgen_test]
async fn a_picture_is_drawn_from_lines_and_words_alone() {
    let markup = page::PageStub::markup();
    let widget = at_form(&loader(&guide()).environment()).await;
    assert_eq!(markup.lines(), [""; 0], "nothing is made from markup");
    let picture = widget.get(".drawing");
    assert_eq!(picture.namespace_uri().as_deref(), Some("http://www.w3.org/2000/svg"));
    assert_eq!(picture.get_attribute("role").as_deref(), Some("img"));
    assert_eq!(picture.get_attribute("aria-label").as_deref(), Some("A ticked box."));
    assert_eq!(picture.get_attribute("viewBox").as_deref(), Some("0 0 320 80"));
    let shapes: Vec<_> =
        query_all(&widget.root(), ".drawing *").iter().map(web_sys::Element::local_name).collect();
    assert_eq!(shapes, ["path", "text", "text"]);
    assert!(!picture.outer_html().contains("javascript"), "{}", picture.outer_html());
}

/// They stood beside Sage Intacct's form, and nothing took them away.
#[wasm_bindgen_test]
async fn instructions_that_come_for_a_form_that_was_left_are_not_shown_beside_another_one() {
    let parts = evaluate(
        r#"{ "guide-oracleNetsuite": new Promise((come) => (globalThis.guideComes = come)),
             "guide-sageIntacct": { steps: [{ title: "Ask for a sender", path: [], paragraphs: [] }] } }"#,
    );
    let widget = at_form(&loader(&parts).environment()).await;
    widget.press_action("back").await;
    widget.server.answer("/services/url", 200, ADDRESS);
    widget.press("[data-service=sageIntacct]").await;
    settle().await;
    assert_eq!(widget.texts(".stages h3"), ["Ask for a sender"]);
    evaluate(r#"globalThis.guideComes({ steps: [{ title: "Switch it on", path: [], paragraphs: [] }] })"#);
    settle().await;
    widget.press_action("submit").await;
    assert_eq!(widget.texts(".stages h3"), ["Ask for a sender"], "drawn once more");
}

#[wasm_bindgen_test]
async fn instructions_that_cannot_be_had_leave_the_form_and_can_be_asked_for_again() {
    let loader = loader(&evaluate("{}"));
    let widget = at_form(&loader.environment()).await;
    widget.shows("credentials", "Connect Oracle NetSuite", &["load-guide", "submit", "back"]);
    assert!(widget.text().contains("The instructions could not be loaded."));
    widget.fill("tokenId", "typed already");
    js_sys::Object::assign(&loader.modules().into(), &guide().into());
    widget.press_action("load-guide").await;
    settle().await;
    assert_eq!(widget.texts(".stages h3").len(), 2);
    assert_eq!(widget.filled("#tokenId"), "typed already");
}

#[wasm_bindgen_test]
async fn a_part_that_holds_no_instructions_counts_as_none() {
    for part in ["{}", "null", "{ steps: 7 }", "{ steps: [] }"] {
        let parts = evaluate(&format!(r#"{{ "guide-oracleNetsuite": {part} }}"#));
        let widget = at_form(&loader(&parts).environment()).await;
        assert!(widget.find("[data-action=load-guide]").is_some(), "{part}");
    }
}

#[wasm_bindgen_test]
async fn an_engine_without_its_package_says_that_there_are_no_instructions() {
    let widget = at_form(&JsValue::UNDEFINED).await;
    assert!(widget.find("[data-action=load-guide]").is_some());
}
