//! Sessions that the host's back end made, their renewal, and how a session of the page's own ends. What happens when is
//! tried in `crates/flow/tests/flow/renewal/`; here, what travels and what the host is asked.

use railz_connect::mount_with;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{PageStub, evaluate};
use crate::support::responses::{ADDRESS, SANDBOX_ADDRESS, SESSION, connection};
use crate::support::server::SentRequest;
use crate::support::widget::new_parent;
use crate::support::{Server, Widget, settle};

/// The answer of a server of ours, with this token.
fn session(token: &str, kind: &str) -> String {
    let ours = format!(r#""access_token": "{token}", "sessionKind": "{kind}""#);
    SESSION.replace(r#""access_token": "2fT6mQe0""#, &ours)
}

fn authorization(request: &SentRequest) -> Option<&str> {
    request.sent.headers.iter().find(|(name, _)| *name == "authorization").map(|(_, value)| value.as_str())
}

#[wasm_bindgen_test]
async fn a_session_token_travels_in_the_header_of_every_call_and_in_no_other_place() {
    let server = Server::default();
    server.answer("/widget/session/", 200, &session("minted-1", "minted"));
    let widget = Widget::mount(&server, r#""sessionToken":"minted-1""#);
    settle().await;
    widget.press("[data-service=railzSandbox]").await;
    assert!(server.requests().len() >= 2);
    for request in server.requests() {
        assert_eq!(authorization(&request), Some("Bearer minted-1"), "{}", request.line());
        let body = request.sent.body.clone().unwrap_or_default();
        assert!(!request.sent.url.contains("minted-1") && !body.contains("minted-1"), "{body}");
    }
}

#[wasm_bindgen_test]
async fn success_page_and_state_are_told_when_the_session_opens() {
    let widget =
        Widget::mount(&Server::default(), r#""successUrl":"https://h.example/done?a=1","state":"é \"1\"""#);
    let body = widget.server.last_request().sent.body.clone().unwrap();
    let expected = r#"{"successUrl":"https://h.example/done?a=1","state":"é \"1\"","options":{}}"#;
    assert_eq!(body, expected);
}

#[wasm_bindgen_test]
async fn the_success_page_and_state_of_the_back_end_count_where_the_page_names_none() {
    let forms = PageStub::forms();
    let ours = r#""sessionKind": "minted", "successUrl": "https://h.example/done", "state": "of the back end", "sandbox""#;
    let opened = SESSION.replace(r#""sandbox""#, ours);
    let widget = Widget::opened(&opened, r#""sessionToken":"minted-1""#).await;
    widget.server.answer("/services/url", 200, SANDBOX_ADDRESS);
    widget.server.answer("/sandbox/login/", 200, "{}");
    let entry = connection("active", None, r#","isMockData":true"#);
    widget.server.answer("/widget/status", 200, &format!("[{entry}]"));
    widget.press("[data-service=railzSandbox]").await;
    settle().await;
    let lines = forms.lines();
    assert_eq!(lines.len(), 1, "{}", widget.text());
    assert!(lines[0].starts_with("post https://h.example/done _self "), "{lines:?}");
    assert!(lines[0].ends_with("&state=of the back end"), "{lines:?}");
}

/// It used to end the sign-in.
#[wasm_bindgen_test]
async fn a_held_poll_goes_on_with_another_session_when_its_own_ran_out() {
    let _windows = PageStub::windows();
    let server = Server::default();
    server.answer("/widget/session/", 200, &session("open-1", "open"));
    let widget = Widget::mount(&server, "");
    settle().await;
    widget.press("[data-service=harbourBooks]").await;
    server.answer("/services/url", 200, ADDRESS);
    widget.press_action("continue").await;
    server.refuse("/updates/", 401, "The session is over");
    settle().await;
    let renewal = server.last_request();
    assert!(
        renewal.line().starts_with("POST /widget/session/SB_PROD_1?businessUuid=BIZ-"),
        "{}",
        renewal.line()
    );
    assert_eq!(authorization(&renewal), None);
    let body = renewal.sent.body.clone().unwrap();
    assert_eq!(body, r#"{"previousSessionToken":"open-1","options":{}}"#);
    server.answer("/widget/session/", 200, &session("open-2", "open"));
    settle().await;
    let polls = server.requests_to("/updates/");
    assert_eq!(polls.len(), 2);
    assert_eq!(polls[0].line(), polls[1].line(), "it is the same request");
    assert_eq!(authorization(&polls[1]), Some("Bearer open-2"));
    assert_eq!(widget.screen(), "waiting");
    server.answer("/updates/", 200, &connection("active", None, ""));
    settle().await;
    assert_eq!(widget.screen(), "connected");
    assert!(widget.host_calls().iter().all(|call| !call.starts_with("onError")), "{:?}", widget.host_calls());
}

/// Mounts with a `getSession` of this expression, whose session is refused at once; gives the requests that followed.
async fn after_a_refused_session(get_session: &str) -> (Server, Vec<String>) {
    evaluate("void (globalThis.asked = [])");
    let server = Server::default();
    server.refuse("/widget/session/", 401, "The session is over");
    let options = evaluate(&format!(
        "{{ widgetId: 'W', businessName: 'Acme', endpoint: 'https://connect.example', sessionToken: 'minted-1', \
         getSession: (request) => {{ globalThis.asked.push(JSON.stringify(request)); return {get_session}; }} }}"
    ));
    let parent = new_parent();
    let handle = mount_with(&parent, &options, &JsValue::UNDEFINED, server.transport()).unwrap();
    settle().await;
    settle().await;
    let asked = evaluate("globalThis.asked.join()").as_string().unwrap();
    assert_eq!(asked, r#"{"widgetId":"W","businessName":"Acme"}"#);
    let lines =
        server.requests()[1..].iter().map(|one| authorization(one).unwrap_or_default().to_owned()).collect();
    handle.unmount();
    parent.remove();
    (server, lines)
}

#[wasm_bindgen_test]
async fn get_session_gives_a_text_or_the_answer_of_the_back_end_with_or_without_a_promise() {
    for given in [
        "Promise.resolve('minted-2')",
        "'minted-2'",
        "Promise.resolve({ sessionToken: 'minted-2', expiresAt: '2026-01-01T00:00:00Z' })",
        "{ then: (resolve) => resolve('minted-2') }",
    ] {
        let (server, lines) = after_a_refused_session(given).await;
        assert_eq!(lines, ["Bearer minted-2"], "{given}");
        let body = server.last_request().sent.body.clone().unwrap();
        assert_eq!(body, r#"{"previousSessionToken":"minted-1","options":{}}"#);
    }
}

#[wasm_bindgen_test]
async fn what_is_no_token_ends_it_and_nothing_more_is_sent() {
    let console = PageStub::console("error");
    for given in [
        "undefined",
        "Promise.resolve(null)",
        "Promise.resolve('')",
        "Promise.resolve('two words')",
        "Promise.resolve('a\\nb: c')",
        "Promise.resolve('schlüssel')",
        "Promise.resolve({ token: 'minted-2' })",
        "Promise.reject(new Error('not today'))",
        "(() => { throw new Error('not today') })()",
    ] {
        let (_, lines) = after_a_refused_session(given).await;
        assert_eq!(lines, [""; 0], "{given}");
    }
    assert_eq!(console.lines().len(), 1, "what the function throws is shown: {:?}", console.lines());
}

#[wasm_bindgen_test]
async fn unmounting_ends_a_session_of_the_pages_own_once_and_outlives_the_page() {
    let server = Server::default();
    server.answer("/widget/session/", 200, &session("open-1", "open"));
    let widget = Widget::mount(&server, "");
    settle().await;
    widget.handle.unmount();
    widget.handle.unmount();
    let ended = server.requests_to("/widget/session");
    assert_eq!(ended.len(), 2);
    assert_eq!(ended[1].line(), "DELETE /widget/session");
    assert_eq!((authorization(&ended[1]), ended[1].sent.keepalive), (Some("Bearer open-1"), true));
    server.refuse("DELETE", 500, "Nobody hears of it");
    settle().await;
    assert!(widget.host_calls().iter().all(|call| !call.starts_with("onError")));
}

/// Two widgets of one token, as React's strict mode mounts them: the first one that goes leaves the other its session.
#[wasm_bindgen_test]
async fn a_session_of_the_back_end_is_never_ended_by_a_widget() {
    let server = Server::default();
    for _ in 0..2 {
        server.answer("/widget/session/", 200, &session("minted-1", "minted"));
    }
    let first = Widget::mount(&server, r#""sessionToken":"minted-1""#);
    settle().await;
    first.handle.unmount();
    let second = Widget::mount(&server, r#""sessionToken":"minted-1""#);
    settle().await;
    assert_eq!(second.screen(), "picker");
    second.handle.unmount();
    assert!(server.requests().iter().all(|one| one.line().starts_with("POST ")));
}

#[wasm_bindgen_test]
async fn a_server_of_2_23_is_not_asked_to_end_a_session() {
    let widget = Widget::at_picker("").await;
    widget.handle.unmount();
    assert_eq!(widget.server.requests().len(), 1);
}

#[wasm_bindgen_test]
async fn closing_ends_a_session_of_the_pages_own_too_also_where_the_host_unmounts_when_it_hears_of_it() {
    let server = Server::default();
    server.answer("/widget/session/", 200, &session("open-1", "open"));
    let widget = Widget::mount_in(&server, "", &evaluate("{ modal: true }"));
    settle().await;
    widget.press_action("close").await;
    settle().await;
    let lines: Vec<_> = server.requests().iter().map(|one| one.line()).collect();
    assert_eq!(lines.iter().filter(|line| *line == "DELETE /widget/session").count(), 1, "{lines:?}");
}
