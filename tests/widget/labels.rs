//! The host's own words: `options.content`.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{PageStub, evaluate};
use crate::support::responses::{SANDBOX_ADDRESS, SESSION, connection};
use crate::support::{Widget, settle};

fn session_on(plan: &str) -> String {
    SESSION.replace(r#""billingPlan": "custom""#, &format!(r#""billingPlan": "{plan}""#))
}

const CONTENT: &str = r#""options":{"content":{
    "step":{"accounting":{"title":"Books for {{businessName}}","subTitle":"{{companyName}} & <b>you</b> {{serviceName}}press {{button}}"}},
    "interactiveLoadingPage":{"title":"Over to {{serviceName}}, says {{customerName}}"},
    "error":{"title":""}}}"#;

#[wasm_bindgen_test]
async fn a_hosts_words_stand_in_for_ours_with_their_fields_filled() {
    let _windows = PageStub::windows();
    let widget = Widget::at_waiting(CONTENT).await;
    assert_eq!(widget.texts("h2"), ["Over to Harbour Books, says Acme Lending"]);
    widget.press_action("cancel").await;
    assert_eq!(widget.texts("h2"), ["Books for Harbour Bakery"]);
}

#[wasm_bindgen_test]
async fn a_hosts_words_are_text_and_what_nobody_knows_is_left_out() {
    let widget = Widget::at_picker(CONTENT).await;
    assert_eq!(widget.texts("h2 + .text"), ["Acme Lending & <b>you</b> press Next"]);
    assert!(widget.find("b").is_none());
}

#[wasm_bindgen_test]
async fn a_plan_without_words_of_its_own_keeps_ours_but_may_keep_the_companys_name() {
    let more =
        r#""options":{"content":{"companyName":"Harbour Finance","step":{"accounting":{"title":"Mine"}}}}"#;
    for (plan, title, company) in [
        ("custom", "Mine", "Harbour Finance"),
        ("payAsYouGo", "Connect your accounting", "Harbour Finance"),
        ("free", "Connect your accounting", "Acme Lending"),
    ] {
        let session = session_on(plan);
        assert!(session.contains(plan), "the golden session names its plan");
        let widget = Widget::opened(&session, more).await;
        assert_eq!(widget.texts("h2"), [title], "{plan}");
        assert!(widget.text().contains(company), "{plan}: {}", widget.text());
    }
}

#[wasm_bindgen_test]
async fn each_widget_of_a_page_has_words_of_its_own() {
    let with =
        |title: &str| format!(r#""options":{{"content":{{"step":{{"accounting":{{"title":"{title}"}}}}}}}}"#);
    let first = Widget::at_picker(&with("First")).await;
    let plain = Widget::at_picker("").await;
    let second = Widget::at_picker(&with("Second")).await;
    first.press("[data-service=harbourBooks]").await;
    first.press_action("back").await;
    assert_eq!(first.texts("h2"), ["First"]);
    assert_eq!(plain.texts("h2"), ["Connect your accounting"]);
    assert_eq!(second.texts("h2"), ["Second"]);
}

#[wasm_bindgen_test]
async fn a_key_that_no_word_has_is_named_under_debug() {
    let warnings = PageStub::console("warn");
    let content = r#""content":{"step":{"accounting":{"title":"Mine","tilte":"Mine"}},"RC_OLD":"x"}"#;
    Widget::at_picker(&format!(r#""options":{{{content}}}"#)).await;
    assert_eq!(warnings.lines(), [""; 0]);
    Widget::at_picker(&format!(r#""options":{{"debug":true,{content}}}"#)).await;
    let warned = |key| format!("railz-connect: the option options.content.{key} is not known");
    assert_eq!(warnings.lines(), ["step.accounting.tilte", "RC_OLD"].map(warned));
}

/// What the loader says where the module that reads the words could not be had.
#[wasm_bindgen_test]
async fn where_a_hosts_words_could_not_be_had_the_widget_has_its_own_and_its_developers_are_told() {
    let warnings = PageStub::console("warn");
    let environment = evaluate(r#"({ labels: "missing" })"#);
    let more = CONTENT.replace(r#""content""#, r#""debug":true,"content""#);
    let widget = Widget::opened_with(SESSION, &more, &environment).await;
    assert_eq!(widget.texts("h2"), ["Connect your accounting"]);
    let told = "railz-connect: the words of options.content could not be loaded; the widget's own stand in their place";
    assert_eq!(warnings.lines(), [told]);
}

#[wasm_bindgen_test]
async fn a_host_that_gives_its_name_and_no_words_needs_no_module_of_words() {
    let warnings = PageStub::console("warn");
    let environment = evaluate("({ labels: undefined })");
    let more = r#""options":{"debug":true,"content":{"companyName":"Harbour Finance"}}"#;
    let widget = Widget::opened_with(SESSION, more, &environment).await;
    assert!(widget.text().contains("Harbour Finance"), "{}", widget.text());
    assert_eq!(warnings.lines(), [""; 0]);
}

#[wasm_bindgen_test]
async fn words_of_another_make_change_nothing() {
    for labels in
        ["{}", "{ find: 7, unknown: 7 }", "{ find() { throw 1 } }", "{ find: () => ({}), unknown: [1] }"]
    {
        let environment = evaluate(&format!("({{ labels: {labels} }})"));
        let widget = Widget::opened_with(SESSION, CONTENT, &environment).await;
        assert_eq!(widget.texts("h2"), ["Connect your accounting"], "{labels}");
    }
}

/// Before, the key changed the way back from the choice of a company, and the button after a success had no key.
#[wasm_bindgen_test]
async fn the_button_after_a_success_has_the_hosts_words_and_other_texts_may_name_it() {
    let content =
        r#""options":{"content":{"success":{"button":"Onwards","subTitle":"Done: press {{button}}"}}}"#;
    let widget = Widget::opened(SESSION, content).await;
    widget.press("[data-service=railzSandbox]").await;
    widget.server.answer("/services/url", 200, SANDBOX_ADDRESS);
    settle().await;
    widget.server.answer("/sandbox/login/", 201, "");
    settle().await;
    widget.server.answer("/widget/status", 200, &format!("[{}]", connection("active", None, "")));
    settle().await;
    assert_eq!(widget.texts("[data-action=done]"), ["Onwards"]);
    assert_eq!(widget.texts(".text"), ["Done: press Onwards"]);
}
