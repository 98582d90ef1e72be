//! Handing the connection to the host's success page.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::answers::{ADDRESS, SESSION, connection};
use crate::support::page::{self, Replaced, value};
use crate::support::{Stage, settle};

const FIELDS: &str = "connectionId=CON-3f1f7c0e-5a7c-4a53-8f3c-2f8f0f5b7a01&businessName=Harbour Bakery\
    &businessUuid=BIZ-0b0ad5a5-6a3a-4f43-9d8e-0b6f7d1c2a11&serviceName=harbourBooks";

async fn connected(more: &str) -> Stage {
    Stage::ended_with(more, &connection("active", None, "")).await
}

#[wasm_bindgen_test]
async fn a_success_is_posted_with_its_fields_in_order_at_the_top_level() {
    let forms = Replaced::forms();
    let stage = connected(r#""successUrl":"https://host.example/done?a=1","state":"s&=é""#).await;
    stage.shows("handingOver", "Harbour Books is connected", &[]);
    let expected = format!("post https://host.example/done?a=1 _top hidden {FIELDS}&state=s&=é");
    assert_eq!(forms.lines(), [expected]);
    assert!(page::all(&page::body(), "form").is_empty(), "the form is taken away again");
}

#[wasm_bindgen_test]
async fn without_a_state_the_form_has_no_such_field() {
    let forms = Replaced::forms();
    let _stage = connected(r#""successUrl":"https://host.example/done","successMethod":"POST""#).await;
    assert_eq!(forms.lines(), [format!("post https://host.example/done _top hidden {FIELDS}")]);
}

#[wasm_bindgen_test]
async fn by_get_the_addresss_own_query_is_kept_before_the_fields() {
    let forms = Replaced::forms();
    let more =
        r#""successUrl":"https://host.example/done?a=1&b=x%20y&a=2#part","successMethod":"get","state":"7""#;
    let _stage = connected(more).await;
    let expected = format!("get https://host.example/done#part _top hidden a=1&b=x y&a=2&{FIELDS}&state=7");
    assert_eq!(forms.lines(), [expected]);
}

#[wasm_bindgen_test]
async fn the_host_hears_of_the_success_before_the_page_is_left() {
    let _forms = Replaced::forms();
    let stage = connected(r#""successUrl":"https://host.example/done""#).await;
    assert!(stage.told()[1].starts_with("onSuccess authorization "), "{:?}", stage.told());
}

#[wasm_bindgen_test]
async fn a_redirect_is_a_plain_navigation_without_fields() {
    let forms = Replaced::forms();
    let stage = connected(r##""redirectUrl":"#landed""##).await;
    let hash = page::document().location().unwrap().hash().unwrap();
    assert_eq!(hash, "#landed");
    assert_eq!(stage.screen(), "handingOver");
    assert_eq!(forms.lines(), [""; 0]);
    assert!(stage.told()[1].starts_with("onSuccess authorization "));
    value("history.replaceState(null, '', location.pathname)");
}

#[wasm_bindgen_test]
async fn a_policy_that_forbids_the_form_leaves_a_button_that_sends_it_again() {
    let forms = Replaced::forms();
    let stage = connected(r#""successUrl":"https://host.example/done""#).await;
    page::violate_policy("form-action");
    settle().await;
    stage.shows("handOverStuck", "Harbour Books is connected", &["continue"]);
    assert!(stage.text().contains("The connection is made. Press the button to go on."));
    assert!(stage.told()[2].starts_with("onError load "), "{:?}", stage.told());
    assert!(stage.told()[2].contains(r#""errorCode":"general""#));
    stage.press_action("continue").await;
    assert_eq!(stage.screen(), "handingOver");
    assert_eq!(forms.lines().len(), 2);
    assert_eq!(forms.lines()[0], forms.lines()[1]);
}

#[wasm_bindgen_test]
async fn a_violation_of_another_directive_changes_nothing() {
    let _forms = Replaced::forms();
    let stage = connected(r#""successUrl":"https://host.example/done""#).await;
    page::violate_policy("img-src");
    settle().await;
    assert_eq!(stage.screen(), "handingOver");
}

#[wasm_bindgen_test]
async fn the_close_button_goes_while_the_page_is_being_left() {
    let _forms = Replaced::forms();
    let _windows = Replaced::windows();
    let stage =
        Stage::opened(SESSION, r##""successUrl":"/done","closeEnabled":true,"closeRedirectUrl":"#closed""##)
            .await;
    stage.press("[data-service=harbourBooks]").await;
    stage.server.answer("/services/url", 200, ADDRESS);
    stage.press_action("continue").await;
    stage.shows("waiting", "Waiting for Harbour Books", &["close", "reopen", "cancel"]);
    stage.server.answer("/updates/", 200, &connection("active", None, ""));
    settle().await;
    stage.shows("handingOver", "Harbour Books is connected", &[]);
}
