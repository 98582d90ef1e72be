//! `onError`: which error under which event, in the codes of Railz Connect 2.23.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::PageStub;
use crate::support::responses::{NO_UPDATES, SANDBOX_ADDRESS, SESSION, connection};
use crate::support::{Server, Widget, settle, sleep};

const BUSINESS: &str = r#""businessName":"Harbour Bakery","businessUuid":"BIZ-0b0ad5a5-6a3a-4f43-9d8e-0b6f7d1c2a11","metadata":[{"name":"plan","value":"starter","webhookLocation":["header"]}]"#;
const CONNECTION: &str =
    r#""connectionUuid":"CON-3f1f7c0e-5a7c-4a53-8f3c-2f8f0f5b7a01","serviceName":"harbourBooks""#;

/// `"errorCode":…,"errorMessage":…,"rawError":…` with the words for developers left out.
fn without_words(call: &str) -> String {
    let Some((before, after)) = call.split_once(r#""errorMessage":""#) else { return call.to_owned() };
    let (words, rest) = after.split_once('"').unwrap();
    assert!(words.len() > 20 && words.ends_with('.'), "words for developers: {words}");
    format!("{before}\"errorMessage\":…{rest}")
}

#[track_caller]
fn assert_last_call(widget: &Widget, count: usize, expected: &str) {
    let calls = widget.host_calls();
    assert_eq!(calls.len(), count, "{calls:?}");
    assert_eq!(without_words(&calls[count - 1]), expected);
    assert!(!calls[count - 1].contains("2fT6mQe0"), "the token is told");
}

#[wasm_bindgen_test]
async fn a_session_that_is_not_authorised() {
    for status in [401, 403, 404] {
        let server = Server::default();
        server.refuse("/widget/session/", status, "Origin not registered");
        let widget = Widget::mount(&server, "");
        settle().await;
        let expected = r#"onError authorization {"metadata":null,"error":{"errorCode":"authentication","errorMessage":…,"rawError":"Origin not registered"}}"#;
        assert_last_call(&widget, 1, expected);
    }
}

#[wasm_bindgen_test]
async fn a_refusal_without_a_message() {
    let server = Server::default();
    server.answer("/widget/session/", 401, r#"{"error":{"statusCode":401}}"#);
    let widget = Widget::mount(&server, "");
    settle().await;
    assert_eq!(widget.screen(), "unavailable");
    assert_last_call(
        &widget,
        1,
        r#"onError authorization {"metadata":null,"error":{"errorCode":"authentication","errorMessage":…}}"#,
    );
}

#[wasm_bindgen_test]
async fn a_business_that_is_not_known() {
    let server = Server::default();
    server.refuse("/widget/session/", 404, "BUSINESS NOT FOUND");
    let widget = Widget::mount(&server, "");
    settle().await;
    let expected = r#"onError authorization {"metadata":null,"error":{"errorCode":"businessNotFound","errorMessage":…,"rawError":"BUSINESS NOT FOUND"}}"#;
    assert_last_call(&widget, 1, expected);
}

#[wasm_bindgen_test]
async fn a_business_that_may_not_be_made_is_told_in_the_servers_words() {
    let server = Server::default();
    server.refuse("/widget/session/", 403, "Business creation blocked for Acme");
    let widget = Widget::mount(&server, "");
    settle().await;
    let expected = r#"onError authorization {"metadata":null,"error":{"errorCode":"authentication","errorMessage":"Business creation blocked for Acme","rawError":"Business creation blocked for Acme"}}"#;
    assert_eq!(widget.host_calls(), [expected]);
}

#[wasm_bindgen_test]
async fn a_server_that_fails_or_cannot_be_reached() {
    let server = Server::default();
    server.drop_connection("/widget/session/");
    let widget = Widget::mount(&server, "");
    settle().await;
    assert_last_call(
        &widget,
        1,
        r#"onError load {"metadata":null,"error":{"errorCode":"general","errorMessage":…}}"#,
    );
    server.refuse("/widget/session/", 500, "Out of order");
    widget.press_action("try-again").await;
    let expected = r#"onError load {"metadata":null,"error":{"errorCode":"general","errorMessage":…,"rawError":"Out of order"}}"#;
    assert_last_call(&widget, 2, expected);
    server.answer("/widget/session/", 200, SESSION);
    widget.press_action("try-again").await;
    assert_eq!(widget.host_calls()[2..], [format!("onSuccess load {{{BUSINESS}}}")]);
}

#[wasm_bindgen_test]
async fn errors_of_a_connection() {
    for code in
        ["duplicateAccount", "unauthorizedCredentials", "insufficientPermission", "unauthorizedClientIdKey"]
    {
        let widget = Widget::ended_with("", &connection("invalid", Some(code), "")).await;
        let expected = format!(
            r#"onError authorization {{{BUSINESS},{CONNECTION},"error":{{"errorCode":"{code}","errorMessage":…,"rawError":"{code}"}}}}"#
        );
        assert_last_call(&widget, 2, &expected);
    }
}

#[wasm_bindgen_test]
async fn a_poll_that_fails_is_told_once() {
    let _windows = PageStub::windows();
    let widget = Widget::at_waiting("").await;
    widget.server.refuse("/updates/", 502, "The exchange failed");
    settle().await;
    let expected = format!(
        r#"onError load {{{BUSINESS},{CONNECTION},"error":{{"errorCode":"general","errorMessage":…,"rawError":"The exchange failed"}}}}"#
    );
    assert_last_call(&widget, 2, &expected);
}

/// On the way to an outcome it used to be told as `general`, and the person read the server's words for developers.
#[wasm_bindgen_test]
async fn a_session_that_cannot_be_renewed_is_told_as_such_also_on_the_way() {
    let _windows = PageStub::windows();
    let widget = Widget::at_before("").await;
    widget.server.refuse("/services/url", 401, "Unauthorized");
    widget.server.refuse("/widget/session/", 401, "Unauthorized");
    widget.press_action("continue").await;
    settle().await;
    let expected = format!(
        r#"onError authorization {{{BUSINESS},"serviceName":"harbourBooks","error":{{"errorCode":"authentication","errorMessage":…,"rawError":"Unauthorized"}}}}"#
    );
    assert_last_call(&widget, 2, &expected);
    assert!(!widget.text().contains("Unauthorized"), "{}", widget.text());
}

#[wasm_bindgen_test]
async fn an_address_that_is_refused_is_a_general_failure_without_a_connection_or_the_token() {
    let _windows = PageStub::windows();
    let widget = Widget::at_before("").await;
    widget.server.refuse("/services/url", 403, "Not open for 2fT6mQe0");
    widget.press_action("continue").await;
    let expected = format!(
        r#"onError load {{{BUSINESS},"serviceName":"harbourBooks","error":{{"errorCode":"general","errorMessage":…,"rawError":"Not open for …"}}}}"#
    );
    assert_last_call(&widget, 2, &expected);
}

#[wasm_bindgen_test]
async fn a_time_out_is_told_once_and_a_late_success_still_counts() {
    let _windows = PageStub::windows();
    let widget = Widget::at_waiting(r#""options":{"sessionTimeout":1}"#).await;
    sleep(1_200).await;
    let expected = format!(
        r#"onError timeout {{{BUSINESS},{CONNECTION},"error":{{"errorCode":"timeout","errorMessage":"{NO_UPDATES}"}}}}"#
    );
    assert_eq!(widget.host_calls()[1..], [expected]);
    widget.server.answer("/updates/", 200, &connection("active", None, ""));
    settle().await;
    assert_eq!(widget.host_calls()[2..], [format!("onSuccess authorization {{{BUSINESS},{CONNECTION}}}")]);
}

#[wasm_bindgen_test]
async fn a_sandbox_login_that_fails_names_its_connection() {
    let widget = Widget::at_picker("").await;
    widget.server.answer("/services/url", 200, SANDBOX_ADDRESS);
    widget.server.refuse("/sandbox/login/", 409, "No sandbox today");
    widget.press("[data-service=railzSandbox]").await;
    let connection = CONNECTION.replace("harbourBooks", "railzSandbox");
    let expected = format!(
        r#"onError load {{{BUSINESS},{connection},"error":{{"errorCode":"general","errorMessage":…,"rawError":"No sandbox today"}}}}"#
    );
    assert_last_call(&widget, 2, &expected);
}
