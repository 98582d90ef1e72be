//! The sandbox: with one press, and through the form of other servers.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlSelectElement;

use crate::support::page::sleep;
use crate::support::responses::{FORM_SESSION, SANDBOX_ADDRESS, SESSION, connection};
use crate::support::{Widget, settle};

fn choose(widget: &Widget, list: &str, value: &str) {
    widget.get(list).unchecked_into::<HtmlSelectElement>().set_value(value);
}

async fn at_form() -> Widget {
    let widget = Widget::opened(FORM_SESSION, "").await;
    widget.press("[data-service=railzSandbox]").await;
    widget
}

#[wasm_bindgen_test]
async fn one_press_connects_the_sandbox() {
    let widget = Widget::opened(SESSION, "").await;
    widget.press("[data-service=railzSandbox]").await;
    widget.shows("working", "Connecting Railz Cloud Accounting", &[]);
    let address = widget.server.last_request().line();
    assert!(address.contains("serviceName=railzSandbox&integrationUuid=7d5c1f6e-"), "{address}");
    widget.server.answer("/services/url", 200, SANDBOX_ADDRESS);
    settle().await;
    let login = widget.server.last_request();
    assert_eq!(login.line(), "POST /sandbox/login/ATT-9");
    assert_eq!(login.sent.body.as_deref(), Some(r#"{"code":"user_good"}"#));
    widget.server.answer("/sandbox/login/", 201, "");
    settle().await;
    assert_eq!(widget.server.last_request().line(), "GET /widget/status");
    widget.server.answer("/widget/status", 200, &format!("[{}]", connection("active", None, "")));
    settle().await;
    widget.shows("connected", "Railz Cloud Accounting is connected", &["done"]);
}

#[wasm_bindgen_test]
async fn a_sandbox_that_cannot_be_reached_is_told_so() {
    let widget = Widget::opened(SESSION, "").await;
    widget.server.drop_connection("/services/url");
    widget.press("[data-service=railzSandbox]").await;
    widget.shows("failed", "That did not work", &["try-again", "back"]);
}

#[wasm_bindgen_test]
async fn the_form_lists_use_cases_and_providers_in_words() {
    let widget = at_form().await;
    widget.shows("sandboxForm", "Try the sandbox", &["submit", "back"]);
    assert_eq!(
        widget.texts("#use-case option"),
        [
            "Choose…",
            "Successful connection",
            "Duplicate connection",
            "Failed connection",
            "Wrong credentials",
            "Connection without data"
        ]
    );
    assert_eq!(widget.texts("#provider option"), ["Choose…", "Zoho Books", "Xero"]);
    assert_eq!(widget.texts("label[for=use-case], label[for=provider]"), ["Use case", "Service"]);
}

#[wasm_bindgen_test]
async fn a_form_with_a_gap_is_kept_as_it_is_and_says_what_is_missing() {
    let widget = at_form().await;
    choose(&widget, "#use-case", "failed_connection");
    widget.press_action("submit").await;
    widget.shows("sandboxForm", "Try the sandbox", &["submit", "back"]);
    assert_eq!(widget.texts("[role=alert]"), ["Choose a use case and a service."]);
    let chosen = widget.get("#use-case").unchecked_into::<HtmlSelectElement>().value();
    assert_eq!(chosen, "failed_connection");
    assert!(widget.server.requests_to("/services/url").is_empty());
}

#[wasm_bindgen_test]
async fn a_filled_form_is_posted_for_the_provider_without_an_integration() {
    let widget = at_form().await;
    choose(&widget, "#use-case", "data_empty");
    choose(&widget, "#provider", "7d5c1f6e-3");
    widget.server.answer("/services/url", 200, SANDBOX_ADDRESS);
    widget.press_action("submit").await;
    widget.shows("working", "Connecting Xero", &[]);
    let address = widget.server.requests_to("/services/url")[0].line();
    assert_eq!(address, "GET /services/url?serviceName=xero&redirectUrl=&canChoose=true");
    assert_eq!(widget.server.last_request().sent.body.as_deref(), Some(r#"{"code":"data_empty"}"#));
}

#[wasm_bindgen_test]
async fn back_from_the_form_is_the_list() {
    let widget = at_form().await;
    widget.press_action("back").await;
    widget.shows("picker", "Connect your accounting", &[]);
}

/// Before, the form was reached on servers without the one press only: the other outcomes could not be seen on ours.
#[wasm_bindgen_test]
async fn beside_the_one_press_the_other_outcomes_can_be_chosen() {
    let one_press = FORM_SESSION.replacen('{', r#"{"features":["sandboxOnePress"],"#, 1);
    let widget = Widget::opened(&one_press, "").await;
    assert_eq!(widget.texts("[data-action=sandbox-form]"), ["Try other outcomes of the sandbox"]);
    widget.press_action("sandbox-form").await;
    widget.shows("sandboxForm", "Try the sandbox", &["submit", "back"]);
    widget.press_action("back").await;
    assert!(widget.find("[data-service=railzSandbox]").is_some());
}

/// One lost answer used to end it: the host heard `general`, and the person read that nothing has changed.
#[wasm_bindgen_test]
async fn a_status_whose_answer_is_lost_is_asked_for_again_with_what_the_first_was_sent_with() {
    let widget = Widget::opened(SESSION, "").await;
    widget.press("[data-service=railzSandbox]").await;
    widget.server.answer("/services/url", 200, SANDBOX_ADDRESS);
    widget.server.answer("/sandbox/login/", 201, "");
    settle().await;
    widget.server.drop_connection("/widget/status");
    settle().await;
    widget.shows("working", "Connecting Railz Cloud Accounting", &[]);
    sleep(1_700).await;
    let asked = widget.server.requests_to("/widget/status");
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[0].sent.headers, asked[1].sent.headers);
    widget.server.answer("/widget/status", 200, &format!("[{}]", connection("active", None, "")));
    settle().await;
    widget.shows("connected", "Railz Cloud Accounting is connected", &["done"]);
    assert!(widget.host_calls()[1].starts_with("onSuccess authorization "), "{:?}", widget.host_calls());
}
