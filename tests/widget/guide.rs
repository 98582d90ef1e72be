//! Instructions travel when they are needed, and a screen can be used without them.

use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::answers::{ADDRESS, SPECIAL_SESSION};
use crate::support::page::{self, all, loader, value};
use crate::support::{Stage, settle};

fn guide() -> JsValue {
    value(
        r#"{ "guide-oracleNetsuite": { steps: [
            { title: "Switch it on", path: ["Setup", "Company"], paragraphs: ["Tick the box.", "Save."],
              picture: { height: "80", description: "A ticked box.", shapes: [
                { part: "sheet", path: "M8 6h304v60h-304z" }, { part: "told", x: "20", y: "30", text: "The box" },
                { part: "x", href: "javascript:alert(1)" } ] } },
            { title: "Fill in the form", path: [], paragraphs: [] }
        ] } }"#,
    )
}

async fn at_form(environment: &JsValue) -> Stage {
    let stage = Stage::opened_with(SPECIAL_SESSION, "", environment).await;
    stage.server.answer("/services/url", 200, ADDRESS);
    stage.press("[data-service=oracleNetsuite]").await;
    settle().await;
    stage
}

#[wasm_bindgen_test]
async fn instructions_are_asked_for_when_a_screen_has_some_and_never_before() {
    let loader = loader(&guide());
    let stage = Stage::opened_with(SPECIAL_SESSION, "", &loader.environment()).await;
    assert!(loader.lines().is_empty());
    stage.server.answer("/services/url", 200, ADDRESS);
    stage.press("[data-service=oracleNetsuite]").await;
    settle().await;
    assert_eq!(loader.lines(), ["guide-oracleNetsuite"]);
    stage.shows("credentials", "Connect Oracle NetSuite", &["submit", "back"]);
    assert_eq!(stage.texts(".stages h3"), ["Switch it on", "Fill in the form"]);
    assert_eq!(stage.texts(".path li"), ["Setup", "Company"]);
    assert_eq!(stage.texts(".stages .text"), ["Tick the box.", "Save."]);
}

#[wasm_bindgen_test]
async fn a_picture_is_drawn_from_lines_and_words_alone() {
    let markup = page::Replaced::markup();
    let stage = at_form(&loader(&guide()).environment()).await;
    assert_eq!(markup.lines(), [""; 0], "nothing is made from markup");
    let picture = stage.get(".drawing");
    assert_eq!(picture.namespace_uri().as_deref(), Some("http://www.w3.org/2000/svg"));
    assert_eq!(picture.get_attribute("role").as_deref(), Some("img"));
    assert_eq!(picture.get_attribute("aria-label").as_deref(), Some("A ticked box."));
    assert_eq!(picture.get_attribute("viewBox").as_deref(), Some("0 0 320 80"));
    let shapes: Vec<_> = all(&stage.root(), ".drawing *").iter().map(web_sys::Element::local_name).collect();
    assert_eq!(shapes, ["path", "text", "text"]);
    assert!(!picture.outer_html().contains("javascript"), "{}", picture.outer_html());
}

#[wasm_bindgen_test]
async fn instructions_that_cannot_be_had_leave_the_form_and_can_be_asked_for_again() {
    let loader = loader(&value("{}"));
    let stage = at_form(&loader.environment()).await;
    stage.shows("credentials", "Connect Oracle NetSuite", &["load-guide", "submit", "back"]);
    assert!(stage.text().contains("The instructions could not be loaded."));
    stage.fill("tokenId", "typed already");
    js_sys::Object::assign(&loader.parts().into(), &guide().into());
    stage.press_action("load-guide").await;
    settle().await;
    assert_eq!(stage.texts(".stages h3").len(), 2);
    assert_eq!(stage.filled("#tokenId"), "typed already");
}

#[wasm_bindgen_test]
async fn a_part_that_holds_no_instructions_counts_as_none() {
    for part in ["{}", "null", "{ steps: 7 }", "{ steps: [] }"] {
        let parts = value(&format!(r#"{{ "guide-oracleNetsuite": {part} }}"#));
        let stage = at_form(&loader(&parts).environment()).await;
        assert!(stage.find("[data-action=load-guide]").is_some(), "{part}");
    }
}

#[wasm_bindgen_test]
async fn an_engine_without_its_package_says_that_there_are_no_instructions() {
    let stage = at_form(&JsValue::UNDEFINED).await;
    assert!(stage.find("[data-action=load-guide]").is_some());
}
