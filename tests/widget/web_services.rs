//! Business Central: addresses of web services behind the choice of a company.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::PageStub;
use crate::support::responses::{ADDRESS, CONNECTION_ID, CREDENTIALS_SESSION, connection};
use crate::support::{Widget, settle};

async fn at_addresses() -> Widget {
    let windows = PageStub::windows();
    let widget = Widget::opened(CREDENTIALS_SESSION, "").await;
    widget.press("[data-service=dynamicsBusinessCentral]").await;
    widget.server.answer("/services/url", 200, ADDRESS);
    widget.press_action("continue").await;
    let pending = connection("pending", None, r#","accounts":{"c1":"Harbour Bakery Ltd"}"#);
    widget.server.answer("/updates/", 200, &pending);
    settle().await;
    widget.press("[data-account=c1]").await;
    drop(windows);
    widget
}

#[wasm_bindgen_test]
async fn addresses_that_are_given_travel_with_the_choice() {
    let widget = at_addresses().await;
    widget.shows("webServices", "Addresses of web services", &["load-guide", "submit", "back"]);
    assert_eq!(
        widget.texts("form label"),
        ["Vendor bank account list", "Vendor bank account card"],
        "only those that are asked for"
    );
    widget.fill("vendorBankAccountCard", "https://api.example/ODataV4/card");
    widget.press_action("submit").await;
    let sent = widget.server.last_request();
    assert_eq!(sent.line(), "POST /dynamicsBusinessCentral/account");
    let body = format!(
        r#"{{"accountId":"c1","connectionId":"{CONNECTION_ID}","metadata":{{"webServices":{{"vendorBankAccountCard":"https://api.example/ODataV4/card"}}}}}}"#
    );
    assert_eq!(sent.sent.body.as_deref(), Some(body.as_str()));
}

#[wasm_bindgen_test]
async fn they_may_be_left_out_but_not_be_wrong() {
    let widget = at_addresses().await;
    widget.fill("vendorBankAccountList", "http://api.example/list");
    widget.press_action("submit").await;
    assert_eq!(widget.focused().unwrap().id(), "vendorBankAccountList");
    assert!(widget.text().contains("Enter an address that begins with https://, or leave this empty."));
    widget.fill("vendorBankAccountList", "");
    widget.press_action("submit").await;
    let body = format!(r#"{{"accountId":"c1","connectionId":"{CONNECTION_ID}"}}"#);
    assert_eq!(widget.server.last_request().sent.body.as_deref(), Some(body.as_str()));
}
