//! Oracle NetSuite and Sage Intacct: a form below instructions.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::query_all;
use crate::support::responses::{ADDRESS, CONNECTION_ID, CREDENTIALS_SESSION, connection};
use crate::support::{Widget, settle};

async fn at_form(service: &str) -> Widget {
    let widget = Widget::opened(CREDENTIALS_SESSION, "").await;
    widget.server.answer("/services/url", 200, ADDRESS);
    widget.press(&format!("[data-service={service}]")).await;
    widget
}

fn fill_in_netsuite(widget: &Widget) {
    widget.fill("accountId", "1234567.suitetalk.api.netsuite.com");
    widget.fill("concurrency", "25");
    widget.fill("tokenId", " token ");
    widget.fill("tokenSecret", "secret");
}

#[wasm_bindgen_test]
async fn a_token_of_netsuite_is_posted_and_connected() {
    let widget = at_form("oracleNetsuite").await;
    widget.shows("credentials", "Connect Oracle NetSuite", &["load-guide", "submit", "back"]);
    let address = widget.server.requests_to("/services/url")[0].line();
    assert!(address.contains("serviceName=oracleNetsuite&integrationUuid=7d5c1f6e-1"), "{address}");
    fill_in_netsuite(&widget);
    widget.press_action("submit").await;
    let sent = widget.server.last_request();
    assert_eq!(sent.line(), "POST /oracleNetsuite/account");
    assert_eq!(
        sent.sent.body.as_deref(),
        Some(concat!(
            r#"{"accountId":"https://1234567.suitetalk.api.netsuite.com","concurrency":25,"#,
            r#""tokenId":"token","tokenSecret":"secret"}"#
        ))
    );
    widget.server.answer("/oracleNetsuite/account", 200, r#"{"success":true}"#);
    settle().await;
    assert_eq!(widget.server.last_request().line(), "GET /widget/status");
    let connected = connection("active", None, "").replace("harbourBooks", "oracleNetsuite");
    widget.server.answer("/widget/status", 200, &format!("[{connected}]"));
    settle().await;
    widget.shows("connected", "Oracle NetSuite is connected", &["done"]);
}

#[wasm_bindgen_test]
async fn each_field_has_a_label_and_what_helps_to_fill_it_in() {
    let widget = at_form("oracleNetsuite").await;
    for input in query_all(&widget.root(), "form input") {
        let id = input.id();
        assert!(!widget.texts(&format!("label[for={id}]"))[0].is_empty(), "{id}");
        for described in input.get_attribute("aria-describedby").unwrap_or_default().split_whitespace() {
            assert!(!widget.texts(&format!("#{described}"))[0].is_empty(), "{described}");
        }
        assert_eq!(input.get_attribute("autocomplete").as_deref(), Some("off"), "{id}");
    }
    assert_eq!(widget.get("[name=tokenSecret]").get_attribute("type").as_deref(), Some("password"));
    assert_eq!(widget.get("[name=tokenId]").get_attribute("type").as_deref(), Some("text"));
}

#[wasm_bindgen_test]
async fn what_is_not_right_says_what_would_be_and_takes_the_focus() {
    let widget = at_form("oracleNetsuite").await;
    widget.fill("accountId", "https://1234567.suitetalk.api.netsuite.com");
    widget.fill("concurrency", "200");
    widget.get("[data-action=submit]").focus().unwrap();
    widget.press_action("submit").await;
    assert_eq!(
        widget.texts(".problem").into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>(),
        [
            "Enter a whole number from 1 to 140.",
            "Enter the token ID that NetSuite showed with the new access token.",
            "Enter the token secret that NetSuite showed with the new access token."
        ]
    );
    assert_eq!(widget.focused().unwrap().id(), "concurrency");
    let described = widget.get("#concurrency").get_attribute("aria-describedby").unwrap();
    assert!(described.contains("concurrency-problem"), "{described}");
    assert_eq!(widget.filled("#accountId"), "https://1234567.suitetalk.api.netsuite.com", "it is kept");
    assert_eq!(widget.filled("#concurrency"), "200");
    assert!(widget.server.requests_to("/account").is_empty());
}

#[wasm_bindgen_test]
async fn while_credentials_are_tried_the_form_keeps_them_and_its_focus() {
    let widget = at_form("oracleNetsuite").await;
    fill_in_netsuite(&widget);
    widget.get("[data-action=submit]").focus().unwrap();
    widget.press_action("submit").await;
    assert_eq!(widget.get("[data-action=submit]").get_attribute("aria-disabled").as_deref(), Some("true"));
    assert!(widget.texts("form [role=status]").contains(&"Checking with Oracle NetSuite…".to_owned()));
    assert_eq!(widget.filled("#tokenSecret"), "secret");
    widget.press_action("submit").await;
    assert_eq!(widget.server.requests_to("/account").len(), 1, "nothing is posted twice");
    let refused = r#"{"success":false,"message":"NetSuite does not accept this token."}"#;
    widget.server.answer("/account", 200, refused);
    settle().await;
    widget.shows("credentials", "Connect Oracle NetSuite", &["load-guide", "submit", "back"]);
    assert!(widget.texts("form [role=alert]").contains(&"NetSuite does not accept this token.".to_owned()));
    assert_eq!(widget.filled("#tokenSecret"), "secret", "nothing that was typed is lost");
    assert_eq!(widget.focused().unwrap().get_attribute("data-action").as_deref(), Some("submit"));
    assert_eq!(widget.get("[data-action=submit]").get_attribute("aria-disabled"), None);
}

#[wasm_bindgen_test]
async fn a_server_out_of_reach_is_told_beside_the_form() {
    let widget = at_form("oracleNetsuite").await;
    fill_in_netsuite(&widget);
    widget.press_action("submit").await;
    widget.server.drop_connection("/account");
    settle().await;
    assert_eq!(widget.screen(), "credentials", "they may have been right all the same: the status is asked");
    widget.server.answer("/widget/status", 200, "[]");
    settle().await;
    let words = "We could not check this with Oracle NetSuite. Nothing is lost; try again in a moment.";
    assert!(widget.texts("form [role=alert]").contains(&words.to_owned()));
}

#[wasm_bindgen_test]
async fn an_entity_of_intacct_is_chosen() {
    let widget = at_form("sageIntacct").await;
    widget.shows("credentials", "Connect Sage Intacct", &["load-guide", "submit", "back"]);
    widget.fill("companyId", "Harbour");
    widget.fill("userId", "reader");
    widget.fill("userPassword", " pass word ");
    widget.press_action("submit").await;
    assert_eq!(
        widget.server.last_request().sent.body.as_deref(),
        Some(r#"{"companyId":"Harbour","userId":"reader","userPassword":" pass word "}"#)
    );
    let entities = r#"[{"id":"100","label":"Harbour North"},{"id":"200","label":"Harbour South"}]"#;
    let answer = format!(r#"{{"success":true,"connectionId":"{CONNECTION_ID}","subsidiaries":{entities}}}"#);
    widget.server.answer("/sageIntacct/account", 200, &answer);
    settle().await;
    widget.shows("accounts", "Which entity?", &["back"]);
    widget.press("[data-account='200']").await;
    let choice = widget.server.last_request();
    assert_eq!(choice.line(), "POST /sageIntacct/account/subsidiary");
    let body = format!(r#"{{"accountId":"200","connectionId":"{CONNECTION_ID}"}}"#);
    assert_eq!(choice.sent.body.as_deref(), Some(body.as_str()));
    widget.server.answer("/subsidiary", 201, "{}");
    settle().await;
    let connected = connection("active", None, "").replace("harbourBooks", "sageIntacct");
    widget.server.answer("/widget/status", 200, &format!("[{connected}]"));
    settle().await;
    widget.shows("connected", "Sage Intacct is connected", &["done"]);
}

#[wasm_bindgen_test]
async fn no_credential_reaches_the_page_or_its_callbacks() {
    let widget = at_form("oracleNetsuite").await;
    fill_in_netsuite(&widget);
    widget.press_action("submit").await;
    widget.server.refuse("/account", 401, "No session");
    settle().await;
    assert!(!widget.host_calls().concat().contains("secret"), "{:?}", widget.host_calls());
    assert!(!widget.root().host().inner_html().contains("secret"));
}

#[wasm_bindgen_test]
async fn back_from_the_form_is_the_list() {
    let widget = at_form("oracleNetsuite").await;
    widget.press_action("back").await;
    assert_eq!(widget.screen(), "picker");
}
