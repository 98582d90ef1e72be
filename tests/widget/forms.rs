//! The forms of rare services travel when they are needed. Until they come the screen before stays, and where they cannot
//! be had, that is said.

use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{Loader, PageStub, evaluate, loader, sleep};
use crate::support::responses::{ADDRESS, CREDENTIALS_SESSION};
use crate::support::{Widget, settle};

/// A module that draws as the package's does, and less.
const FORMS: &str = r#"{ forms: { draw: ({ service, back, fields }, root) => [
    ["H2", { id: "heading", tabindex: "-1" }, `Connect ${service}`],
    ["P", { onclick: "alert(1)", style: "color: red", class: "text" }, `${root instanceof ShadowRoot}: ${fields}`],
    ["SCRIPT", {}, "alert(1)"],
    null,
    ["FORM", {}, ["BUTTON", { type: "submit", "data-action": "submit" }, "Connect"],
        ["BUTTON", { type: "button", "data-action": "back" }, back]],
] } }"#;

fn travelling(modules: &str) -> (Loader, JsValue) {
    let loader = loader(&evaluate(modules));
    let environment = loader.environment();
    js_sys::Reflect::set(&environment, &"formsTravel".into(), &JsValue::TRUE).unwrap();
    (loader, environment)
}

async fn at_netsuite(environment: &JsValue, more: &str) -> Widget {
    let widget = Widget::opened_with(CREDENTIALS_SESSION, more, environment).await;
    widget.server.answer("/services/url", 200, ADDRESS);
    widget.press("[data-service=oracleNetsuite]").await;
    settle().await;
    widget
}

fn focused(widget: &Widget) -> Option<String> {
    widget.focused().and_then(|element| element.text_content())
}

#[wasm_bindgen_test]
async fn a_form_is_asked_for_with_the_press_and_drawn_as_what_is_known_and_no_more() {
    let (loader, environment) = travelling(FORMS);
    let widget = at_netsuite(&environment, "").await;
    assert_eq!(loader.lines(), ["forms", "guide-oracleNetsuite"]);
    widget.shows("credentials", "Connect Oracle NetSuite", &["submit", "back"]);
    assert_eq!(widget.texts("P"), ["true: accountId concurrency tokenId tokenSecret"]);
    assert!(widget.find("script").is_none());
    assert_eq!(widget.get("P").get_attribute("onclick"), None);
    assert_eq!(widget.get("P").get_attribute("style"), None);
    widget.press_action("back").await;
    widget.press("[data-service=sageIntacct]").await;
    settle().await;
    assert_eq!(
        loader.lines(),
        ["forms", "guide-oracleNetsuite", "guide-sageIntacct"],
        "a form that is here is not asked for again"
    );
}

#[wasm_bindgen_test]
async fn until_a_form_comes_the_screen_before_it_stays_and_then_its_heading_has_the_focus() {
    let modules =
        format!("{{ forms: new Promise((come) => (globalThis.formsCome = () => come(({FORMS}).forms))) }}");
    let (_, environment) = travelling(&modules);
    let widget = at_netsuite(&environment, "").await;
    widget.shows("opening", "Opening Oracle NetSuite", &["cancel"]);
    evaluate("globalThis.formsCome()");
    settle().await;
    widget.shows("credentials", "Connect Oracle NetSuite", &["submit", "back"]);
    settle().await;
    assert_eq!(focused(&widget).as_deref(), Some("Connect Oracle NetSuite"));
}

#[wasm_bindgen_test]
async fn a_form_that_comes_when_the_person_has_gone_back_changes_nothing() {
    let modules =
        format!("{{ forms: new Promise((come) => (globalThis.formsCome = () => come(({FORMS}).forms))) }}");
    let (_, environment) = travelling(&modules);
    let widget = at_netsuite(&environment, "").await;
    widget.press_action("cancel").await;
    assert_eq!(widget.screen(), "picker");
    let tile = widget.get("[data-service=sageIntacct]");
    tile.focus().unwrap();
    evaluate("globalThis.formsCome()");
    sleep(30).await;
    assert_eq!(widget.screen(), "picker");
    assert_eq!(widget.focused(), Some(tile.into()), "the focus stays where the person is");
}

#[wasm_bindgen_test]
async fn a_form_that_cannot_be_had_is_told_and_asked_for_again() {
    let (loader, environment) = travelling("{}");
    let widget = at_netsuite(&environment, "").await;
    widget.shows("notLoaded", "Oracle NetSuite could not be opened", &["try-again", "back"]);
    sleep(30).await;
    assert_eq!(focused(&widget).as_deref(), Some("Oracle NetSuite could not be opened"));
    js_sys::Object::assign(&loader.modules().into(), &evaluate(FORMS).into());
    widget.press_action("try-again").await;
    settle().await;
    widget.shows("credentials", "Connect Oracle NetSuite", &["submit", "back"]);
    sleep(30).await;
    assert_eq!(focused(&widget).as_deref(), Some("Connect Oracle NetSuite"));
}

#[wasm_bindgen_test]
async fn a_module_that_is_no_form_counts_as_none_and_leaves_a_way_back() {
    for module in ["{}", "null", "{ draw: 7 }"] {
        let (_, environment) = travelling(&format!("{{ forms: {module} }}"));
        let widget = at_netsuite(&environment, "").await;
        widget.press_action("back").await;
        assert_eq!(widget.screen(), "picker", "{module}");
    }
}

/// There was an empty screen, without a heading or a way back, and nothing on the console.
#[wasm_bindgen_test]
async fn a_module_that_throws_or_draws_nothing_is_told_and_leaves_a_way_back() {
    for draw in ["() => { throw new Error('of another release') }", "() => []", "() => 7"] {
        let console = PageStub::console("error");
        let (_, environment) = travelling(&format!("{{ forms: {{ draw: {draw} }} }}"));
        let widget = at_netsuite(&environment, "").await;
        widget.shows("notLoaded", "Oracle NetSuite could not be opened", &["try-again", "back"]);
        assert_eq!(console.lines().join(" ").contains("of another release"), draw.contains("throw"));
        widget.press_action("back").await;
        assert_eq!(widget.screen(), "picker", "{draw}");
    }
}

#[wasm_bindgen_test]
async fn a_forms_buttons_have_the_hosts_words() {
    let labels = r#""options":{"content":{"header":{"back":"To the list"},"error":{"button":"Once more"}}}"#;
    let widget = at_netsuite(&JsValue::UNDEFINED, labels).await;
    assert_eq!(widget.texts("[data-action=back]"), ["To the list"]);
    assert_eq!(widget.texts("[data-action=load-guide]"), ["Once more"]);
}

/// What is on the form alone used to be ours whatever the host said; it is on its plan as all other words.
#[wasm_bindgen_test]
async fn a_form_and_its_instructions_have_the_hosts_words_where_its_plan_has_them() {
    let labels = r#""options":{"content":{
        "credentials":{"title":"{{serviceName}} of {{businessName}}","tokenId":{"label":"The token"}},
        "guide":{"title":"How to"}}}"#;
    for (plan, title, label, guide) in [
        ("custom", "Oracle NetSuite of Harbour Bakery", "The token", "How to"),
        ("free", "Connect Oracle NetSuite", "Token ID", "Step by step"),
    ] {
        let session = CREDENTIALS_SESSION.replacen('{', &format!(r#"{{"billingPlan":"{plan}","#), 1);
        let widget = Widget::opened(&session, labels).await;
        widget.server.answer("/services/url", 200, ADDRESS);
        widget.press("[data-service=oracleNetsuite]").await;
        settle().await;
        assert_eq!(widget.texts("h2"), [title]);
        assert_eq!(widget.texts("label[for=tokenId]"), [label]);
        assert_eq!(widget.texts("summary"), [guide]);
    }
}
