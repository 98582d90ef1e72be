//! Oracle NetSuite and Sage Intacct: a form below instructions.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::answers::{ADDRESS, CONNECTION_ID, SPECIAL_SESSION, connection};
use crate::support::page::all;
use crate::support::{Stage, settle};

async fn at_form(service: &str) -> Stage {
    let stage = Stage::opened(SPECIAL_SESSION, "").await;
    stage.server.answer("/services/url", 200, ADDRESS);
    stage.press(&format!("[data-service={service}]")).await;
    stage
}

fn fill_in_netsuite(stage: &Stage) {
    stage.fill("accountId", "1234567.suitetalk.api.netsuite.com");
    stage.fill("concurrency", "25");
    stage.fill("tokenId", " token ");
    stage.fill("tokenSecret", "secret");
}

#[wasm_bindgen_test]
async fn a_token_of_netsuite_is_posted_and_connected() {
    let stage = at_form("oracleNetsuite").await;
    stage.shows("credentials", "Connect Oracle NetSuite", &["load-guide", "submit", "back"]);
    let address = stage.server.asked_for("/services/url")[0].line();
    assert!(address.contains("serviceName=oracleNetsuite&integrationUuid=7d5c1f6e-1"), "{address}");
    fill_in_netsuite(&stage);
    stage.press_action("submit").await;
    let sent = stage.server.last();
    assert_eq!(sent.line(), "POST /oracleNetsuite/account");
    assert_eq!(
        sent.outgoing.body.as_deref(),
        Some(concat!(
            r#"{"accountId":"https://1234567.suitetalk.api.netsuite.com","concurrency":25,"#,
            r#""tokenId":"token","tokenSecret":"secret"}"#
        ))
    );
    stage.server.answer("/oracleNetsuite/account", 200, r#"{"success":true}"#);
    settle().await;
    assert_eq!(stage.server.last().line(), "GET /widget/status");
    let connected = connection("active", None, "").replace("harbourBooks", "oracleNetsuite");
    stage.server.answer("/widget/status", 200, &format!("[{connected}]"));
    settle().await;
    stage.shows("connected", "Oracle NetSuite is connected", &["done"]);
}

#[wasm_bindgen_test]
async fn each_field_has_a_label_and_what_helps_to_fill_it_in() {
    let stage = at_form("oracleNetsuite").await;
    for input in all(&stage.root(), "form input") {
        let id = input.id();
        assert!(!stage.texts(&format!("label[for={id}]"))[0].is_empty(), "{id}");
        for described in input.get_attribute("aria-describedby").unwrap_or_default().split_whitespace() {
            assert!(!stage.texts(&format!("#{described}"))[0].is_empty(), "{described}");
        }
        assert_eq!(input.get_attribute("autocomplete").as_deref(), Some("off"), "{id}");
    }
    assert_eq!(stage.get("[name=tokenSecret]").get_attribute("type").as_deref(), Some("password"));
    assert_eq!(stage.get("[name=tokenId]").get_attribute("type").as_deref(), Some("text"));
}

#[wasm_bindgen_test]
async fn what_is_not_right_says_what_would_be_and_takes_the_focus() {
    let stage = at_form("oracleNetsuite").await;
    stage.fill("accountId", "https://1234567.suitetalk.api.netsuite.com");
    stage.fill("concurrency", "200");
    stage.get("[data-action=submit]").focus().unwrap();
    stage.press_action("submit").await;
    assert_eq!(
        stage.texts(".problem").into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>(),
        [
            "Enter a whole number from 1 to 140.",
            "Enter the token ID that NetSuite showed with the new access token.",
            "Enter the token secret that NetSuite showed with the new access token."
        ]
    );
    assert_eq!(stage.focused().unwrap().id(), "concurrency");
    let described = stage.get("#concurrency").get_attribute("aria-describedby").unwrap();
    assert!(described.contains("concurrency-problem"), "{described}");
    assert_eq!(stage.filled("#accountId"), "https://1234567.suitetalk.api.netsuite.com", "it is kept");
    assert_eq!(stage.filled("#concurrency"), "200");
    assert!(stage.server.asked_for("/account").is_empty());
}

#[wasm_bindgen_test]
async fn while_credentials_are_tried_the_form_keeps_them_and_its_focus() {
    let stage = at_form("oracleNetsuite").await;
    fill_in_netsuite(&stage);
    stage.get("[data-action=submit]").focus().unwrap();
    stage.press_action("submit").await;
    assert_eq!(stage.get("[data-action=submit]").get_attribute("aria-disabled").as_deref(), Some("true"));
    assert!(stage.texts("form [role=status]").contains(&"Checking with Oracle NetSuite…".to_owned()));
    assert_eq!(stage.filled("#tokenSecret"), "secret");
    stage.press_action("submit").await;
    assert_eq!(stage.server.asked_for("/account").len(), 1, "nothing is posted twice");
    let refused = r#"{"success":false,"message":"NetSuite does not accept this token."}"#;
    stage.server.answer("/account", 200, refused);
    settle().await;
    stage.shows("credentials", "Connect Oracle NetSuite", &["load-guide", "submit", "back"]);
    assert!(stage.texts("form [role=alert]").contains(&"NetSuite does not accept this token.".to_owned()));
    assert_eq!(stage.filled("#tokenSecret"), "secret", "nothing that was typed is lost");
    assert_eq!(stage.focused().unwrap().get_attribute("data-action").as_deref(), Some("submit"));
    assert_eq!(stage.get("[data-action=submit]").get_attribute("aria-disabled"), None);
}

#[wasm_bindgen_test]
async fn a_server_out_of_reach_is_told_beside_the_form() {
    let stage = at_form("oracleNetsuite").await;
    fill_in_netsuite(&stage);
    stage.press_action("submit").await;
    stage.server.is_gone("/account");
    settle().await;
    let words = "We could not check this with Oracle NetSuite. Nothing is lost; try again in a moment.";
    assert!(stage.texts("form [role=alert]").contains(&words.to_owned()));
}

#[wasm_bindgen_test]
async fn an_entity_of_intacct_is_chosen() {
    let stage = at_form("sageIntacct").await;
    stage.shows("credentials", "Connect Sage Intacct", &["load-guide", "submit", "back"]);
    stage.fill("companyId", "Harbour");
    stage.fill("userId", "reader");
    stage.fill("userPassword", " pass word ");
    stage.press_action("submit").await;
    assert_eq!(
        stage.server.last().outgoing.body.as_deref(),
        Some(r#"{"companyId":"Harbour","userId":"reader","userPassword":" pass word "}"#)
    );
    let entities = r#"[{"id":"100","label":"Harbour North"},{"id":"200","label":"Harbour South"}]"#;
    let answer = format!(r#"{{"success":true,"connectionId":"{CONNECTION_ID}","subsidiaries":{entities}}}"#);
    stage.server.answer("/sageIntacct/account", 200, &answer);
    settle().await;
    stage.shows("accounts", "Which entity?", &["back"]);
    stage.press("[data-account='200']").await;
    let choice = stage.server.last();
    assert_eq!(choice.line(), "POST /sageIntacct/account/subsidiary");
    let body = format!(r#"{{"accountId":"200","connectionId":"{CONNECTION_ID}"}}"#);
    assert_eq!(choice.outgoing.body.as_deref(), Some(body.as_str()));
    stage.server.answer("/subsidiary", 201, "{}");
    settle().await;
    let connected = connection("active", None, "").replace("harbourBooks", "sageIntacct");
    stage.server.answer("/widget/status", 200, &format!("[{connected}]"));
    settle().await;
    stage.shows("connected", "Sage Intacct is connected", &["done"]);
}

#[wasm_bindgen_test]
async fn no_credential_reaches_the_page_or_its_callbacks() {
    let stage = at_form("oracleNetsuite").await;
    fill_in_netsuite(&stage);
    stage.press_action("submit").await;
    stage.server.refuse("/account", 401, "No session");
    settle().await;
    assert!(!stage.told().concat().contains("secret"), "{:?}", stage.told());
    assert!(!stage.root().host().inner_html().contains("secret"));
}

#[wasm_bindgen_test]
async fn back_from_the_form_is_the_list() {
    let stage = at_form("oracleNetsuite").await;
    stage.press_action("back").await;
    assert_eq!(stage.screen(), "picker");
}
