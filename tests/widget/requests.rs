//! What the widget sends: methods, paths, headers and bodies of the contract.

use railz_connect::mount;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{PageStub, evaluate};
use crate::support::responses::SESSION;
use crate::support::server::SentRequest;
use crate::support::widget::new_parent;
use crate::support::{Server, Widget, settle};

fn headers(request: &SentRequest) -> String {
    let lines: Vec<_> = request.sent.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    lines.join("\n")
}

const EVERY_TIME: &str =
    "content-type: application/json\naccept: application/json\nrailz-connect-version: 13.4.0";

#[wasm_bindgen_test]
async fn the_session_is_asked_for_without_a_token_and_with_the_hosts_own_data() {
    let server = Server::default();
    let widget = Widget::mount(&server, r#""metadata":[{"name":"é","value":1.5,"deep":{"x":null}}]"#);
    let request = widget.server.last_request();
    assert_eq!(
        request.line(),
        "POST /widget/session/SB_PROD_1?businessUuid=&businessName=&include=connections,integrations"
    );
    assert_eq!(headers(&request), EVERY_TIME);
    let body = request.sent.body.clone().unwrap();
    let start = r#"{"metadata":[{"name":"é","value":1.5,"deep":{"x":null}}],"options":{"#;
    assert!(body.starts_with(start), "{body}");
}

#[wasm_bindgen_test]
async fn without_metadata_the_key_is_not_sent() {
    for absent in ["", r#""metadata":null"#, r#""metadata":"""#] {
        let widget = Widget::mount(&Server::default(), absent);
        let body = widget.server.last_request().sent.body.clone().unwrap();
        assert!(body.starts_with(r#"{"options":{"#), "{absent}: {body}");
    }
}

/// What that is, is made and tried in the package (`npm/test/early-session.test.mjs`).
#[wasm_bindgen_test]
async fn the_server_is_told_of_the_options_what_the_package_says() {
    let given = evaluate(r#"{ optionsForServer: '{"language":"en"}' }"#);
    for (environment, body) in
        [(given, r#"{"options":{"language":"en"}}"#), (JsValue::UNDEFINED, r#"{"options":{}}"#)]
    {
        let widget = Widget::mount_in(&Server::default(), r#""language":"fr""#, &environment);
        assert_eq!(widget.server.last_request().sent.body.as_deref(), Some(body));
    }
}

#[wasm_bindgen_test]
async fn every_further_request_carries_the_bearer_token() {
    let _windows = PageStub::windows();
    let widget = Widget::at_waiting("").await;
    let request = widget.server.requests();
    assert_eq!(request.len(), 3);
    for request in &request[1..] {
        assert_eq!(headers(request), format!("{EVERY_TIME}\nauthorization: Bearer 2fT6mQe0"));
        assert!(!request.sent.url.contains("2fT6mQe0"));
        assert_eq!(request.sent.body, None);
    }
    assert_eq!(
        request[1].line(),
        "GET /services/url?serviceName=harbourBooks&integrationUuid=7d5c1f6e-0000-4000-8000-000000000003&redirectUrl=&canChoose=true"
    );
    assert_eq!(
        request[2].line(),
        "GET /widget/connection/updates/CON-3f1f7c0e-5a7c-4a53-8f3c-2f8f0f5b7a01?timeoutInMs=25000&attemptId=ATT-9"
    );
    assert_eq!(request[2].sent.timeout_ms, 54_000, "the hold and some time on top");
}

/// Invariant 5: the session token lives in memory only.
#[wasm_bindgen_test]
async fn the_token_is_kept_in_memory_and_nowhere_in_the_page() {
    let widget = Widget::at_picker("").await;
    let stored = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])";
    let stored = evaluate(stored).as_string().unwrap();
    assert!(!stored.contains("2fT6mQe0"), "{stored}");
    drop(widget);
}

#[wasm_bindgen_test]
async fn through_the_browser_a_request_takes_no_cookie_cache_or_referrer_along() {
    let fetched = PageStub::fetch(SESSION);
    let parent = new_parent();
    let options = evaluate("{ widgetId: 'W', endpoint: 'https://connect.example' }");
    let handle = mount(&parent, &options, &JsValue::UNDEFINED).unwrap();
    settle().await;
    let root = parent.first_element_child().unwrap().shadow_root().unwrap();
    assert!(root.query_selector("[data-screen=picker]").unwrap().is_some());
    handle.unmount();
    parent.remove();
    let url = "https://connect.example/widget/session/W?businessUuid=&businessName=&include=connections,integrations";
    assert_eq!(fetched.lines(), [format!("POST {url} omit no-store no-referrer 13.4.0")]);
}

#[wasm_bindgen_test]
async fn a_fetch_of_the_pages_own_may_answer_with_what_looks_like_a_response() {
    // What used to happen: `text` that gave no promise ended the engine, and "Loading" stayed for ever.
    let session = JsValue::from(SESSION);
    for (responses, screen) in [
        ("async (body) => new (frame().Response)(body)", "picker"),
        ("async (body) => ({ ok: true, status: 200, text: () => body })", "picker"),
        ("(body) => ({ ok: true, status: 200, text: async () => body })", "picker"),
        ("(body) => frame().Promise.resolve(new (frame().Response)(body))", "picker"),
        ("async () => ({ ok: true, status: 200 })", "loadFailed"),
        ("async () => ({ ok: true, status: 200, text: () => { throw 1; } })", "loadFailed"),
        ("async () => undefined", "loadFailed"),
        ("() => 7", "loadFailed"),
    ] {
        let begin = format!(
            "(body) => {{ const {{ fetch }} = window; \
             const frame = () => (window.realm ??= document.body.appendChild(document.createElement('iframe'))).contentWindow; \
             const answer = {responses}; window.fetch = () => answer(body); \
             return () => {{ window.fetch = fetch; window.realm?.remove(); delete window.realm; }}; }}"
        );
        let begin: js_sys::Function = evaluate(&begin).unchecked_into();
        let end: js_sys::Function = begin.call1(&JsValue::UNDEFINED, &session).unwrap().unchecked_into();
        let parent = new_parent();
        let options = evaluate("{ widgetId: 'W', endpoint: 'https://connect.example' }");
        let handle = mount(&parent, &options, &JsValue::UNDEFINED).unwrap();
        settle().await;
        let root = parent.first_element_child().unwrap().shadow_root().unwrap();
        let shown = root.query_selector("[data-screen]").unwrap().unwrap().get_attribute("data-screen");
        end.call0(&JsValue::UNDEFINED).unwrap();
        handle.unmount();
        parent.remove();
        assert_eq!(shown.as_deref(), Some(screen), "{responses}");
    }
}
