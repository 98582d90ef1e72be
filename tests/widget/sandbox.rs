//! The sandbox: with one press, and through the form of other servers.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlSelectElement;

use crate::support::answers::{FORM_SESSION, SANDBOX_ADDRESS, SESSION, connection};
use crate::support::{Stage, settle};

fn choose(stage: &Stage, list: &str, value: &str) {
    stage.get(list).unchecked_into::<HtmlSelectElement>().set_value(value);
}

async fn at_form() -> Stage {
    let stage = Stage::opened(FORM_SESSION, "").await;
    stage.press("[data-service=railzSandbox]").await;
    stage
}

#[wasm_bindgen_test]
async fn one_press_connects_the_sandbox() {
    let stage = Stage::opened(SESSION, "").await;
    stage.press("[data-service=railzSandbox]").await;
    stage.shows("working", "Connecting Railz Cloud Accounting", &[]);
    let address = stage.server.last().line();
    assert!(address.contains("serviceName=railzSandbox&integrationUuid=7d5c1f6e-"), "{address}");
    stage.server.answer("/services/url", 200, SANDBOX_ADDRESS);
    settle().await;
    let login = stage.server.last();
    assert_eq!(login.line(), "POST /sandbox/login/ATT-9");
    assert_eq!(login.outgoing.body.as_deref(), Some(r#"{"code":"user_good"}"#));
    stage.server.answer("/sandbox/login/", 201, "");
    settle().await;
    assert_eq!(stage.server.last().line(), "GET /widget/status");
    stage.server.answer("/widget/status", 200, &format!("[{}]", connection("active", None, "")));
    settle().await;
    stage.shows("connected", "Railz Cloud Accounting is connected", &["done"]);
}

#[wasm_bindgen_test]
async fn a_sandbox_that_cannot_be_reached_is_told_so() {
    let stage = Stage::opened(SESSION, "").await;
    stage.server.is_gone("/services/url");
    stage.press("[data-service=railzSandbox]").await;
    stage.shows("failed", "That did not work", &["try-again", "back"]);
}

#[wasm_bindgen_test]
async fn the_form_lists_use_cases_and_providers_in_words() {
    let stage = at_form().await;
    stage.shows("sandboxForm", "Try the sandbox", &["submit", "back"]);
    assert_eq!(
        stage.texts("#use-case option"),
        [
            "Choose…",
            "Successful connection",
            "Duplicate connection",
            "Failed connection",
            "Wrong credentials",
            "Connection without data"
        ]
    );
    assert_eq!(stage.texts("#provider option"), ["Choose…", "Zoho Books", "Xero"]);
    assert_eq!(stage.texts("label[for=use-case], label[for=provider]"), ["Use case", "Service"]);
}

#[wasm_bindgen_test]
async fn a_form_with_a_gap_is_kept_as_it_is_and_says_what_is_missing() {
    let stage = at_form().await;
    choose(&stage, "#use-case", "failed_connection");
    stage.press_action("submit").await;
    stage.shows("sandboxForm", "Try the sandbox", &["submit", "back"]);
    assert_eq!(stage.texts("[role=alert]"), ["Choose a use case and a service."]);
    let chosen = stage.get("#use-case").unchecked_into::<HtmlSelectElement>().value();
    assert_eq!(chosen, "failed_connection");
    assert!(stage.server.asked_for("/services/url").is_empty());
}

#[wasm_bindgen_test]
async fn a_filled_form_is_posted_for_the_provider_without_an_integration() {
    let stage = at_form().await;
    choose(&stage, "#use-case", "data_empty");
    choose(&stage, "#provider", "7d5c1f6e-3");
    stage.server.answer("/services/url", 200, SANDBOX_ADDRESS);
    stage.press_action("submit").await;
    stage.shows("working", "Connecting Xero", &[]);
    let address = stage.server.asked_for("/services/url")[0].line();
    assert_eq!(address, "GET /services/url?serviceName=xero&redirectUrl=");
    assert_eq!(stage.server.last().outgoing.body.as_deref(), Some(r#"{"code":"data_empty"}"#));
}

#[wasm_bindgen_test]
async fn back_from_the_form_is_the_list() {
    let stage = at_form().await;
    stage.press_action("back").await;
    stage.shows("picker", "Connect your accounting", &[]);
}
