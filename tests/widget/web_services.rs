//! Business Central: further addresses behind the choice of a company.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::answers::{ADDRESS, CONNECTION_ID, SPECIAL_SESSION, connection};
use crate::support::page::Replaced;
use crate::support::{Stage, settle};

async fn at_addresses() -> Stage {
    let windows = Replaced::windows();
    let stage = Stage::opened(SPECIAL_SESSION, "").await;
    stage.press("[data-service=dynamicsBusinessCentral]").await;
    stage.server.answer("/services/url", 200, ADDRESS);
    stage.press_action("continue").await;
    let pending = connection("pending", None, r#","accounts":{"c1":"Harbour Bakery Ltd"}"#);
    stage.server.answer("/updates/", 200, &pending);
    settle().await;
    stage.press("[data-account=c1]").await;
    drop(windows);
    stage
}

#[wasm_bindgen_test]
async fn addresses_that_are_given_travel_with_the_choice() {
    let stage = at_addresses().await;
    stage.shows("webServices", "Addresses of web services", &["load-guide", "submit", "back"]);
    assert_eq!(
        stage.texts("form label"),
        ["Vendor bank account list", "Vendor bank account card"],
        "only those that are asked for"
    );
    stage.fill("vendorBankAccountCard", "https://api.example/ODataV4/card");
    stage.press_action("submit").await;
    let sent = stage.server.last();
    assert_eq!(sent.line(), "POST /dynamicsBusinessCentral/account");
    let body = format!(
        r#"{{"accountId":"c1","connectionId":"{CONNECTION_ID}","metadata":{{"webServices":{{"vendorBankAccountCard":"https://api.example/ODataV4/card"}}}}}}"#
    );
    assert_eq!(sent.outgoing.body.as_deref(), Some(body.as_str()));
}

#[wasm_bindgen_test]
async fn they_may_be_left_out_but_not_be_wrong() {
    let stage = at_addresses().await;
    stage.fill("vendorBankAccountList", "http://api.example/list");
    stage.press_action("submit").await;
    assert_eq!(stage.focused().unwrap().id(), "vendorBankAccountList");
    assert!(stage.text().contains("Enter an address that begins with https://, or leave this empty."));
    stage.fill("vendorBankAccountList", "");
    stage.press_action("submit").await;
    let body = format!(r#"{{"accountId":"c1","connectionId":"{CONNECTION_ID}"}}"#);
    assert_eq!(stage.server.last().outgoing.body.as_deref(), Some(body.as_str()));
}
