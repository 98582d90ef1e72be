//! Answers in which any one value is missing, of another type or of no meaning: what was needed makes the whole answer unreadable,
//! which has a name and a screen; everything else is passed over. Nothing breaks and nothing raw is shown.

use railz_connect::read_answer;
use railz_connect_contract::{ConnectionId, ServiceName};
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::RequestError;
use railz_connect_flow::service::ConnectionTarget;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{self, PageStub, evaluate};
use crate::support::responses::{ADDRESS, SESSION, connection};
use crate::support::{Widget, settle};

const FULL_SESSION: &str = include_str!("../../crates/contract/golden/session.json");
const PENDING: &str = include_str!("../../crates/contract/golden/pending-connection.json");
const ACCOUNTS: &str = include_str!("../../crates/contract/golden/accounts.json");
const LINK_TOKEN: &str = include_str!("../../crates/contract/golden/link-token.json");

/// What stands in the place of a value; the first takes it out.
const ODD: &str =
    "[undefined, null, 7, -1, 1e300, true, '', 'of no meaning', '<b>bold</b>', [], [[]], {}, { id: {} }]";

/// The same in fewer, for what draws a widget each time.
const ODD_IN_SHORT: &str = "[undefined, '<b>bold</b>', {}]";

/// An answer with one odd value: where it stands, and the whole body.
struct OddAnswer {
    place: String,
    body: String,
}

/// All answers that differ from this one in one place.
fn odd_answers(body: &str, odd: &str) -> Vec<OddAnswer> {
    let answers = evaluate(&format!(
        "(() => {{ const found = []; const whole = {body}; const odd = {odd};
            const visit = (value, place, put) => {{
                for (const other of odd) {{ put(other); found.push([place, JSON.stringify(whole) ?? '']); }}
                put(value);
                if (value === null || typeof value !== 'object') return;
                for (const key of Object.keys(value)) {{
                    const name = Array.isArray(value) ? place + '[]' : place ? `${{place}}.${{key}}` : key;
                    visit(value[key], name, (other) => (value[key] = other));
                }}
            }};
            for (const key of Object.keys(whole)) visit(whole[key], key, (other) => (whole[key] = other));
            for (const other of odd) found.push(['', JSON.stringify(other) ?? '']);
            return found; }})()",
    ));
    let text = |value: &wasm_bindgen::JsValue| value.as_string().expect("a text");
    js_sys::Array::from(&answers)
        .iter()
        .map(|pair| js_sys::Array::from(&pair))
        .map(|pair| OddAnswer { place: text(&pair.get(0)), body: text(&pair.get(1)) })
        .collect()
}

/// The places where an odd value makes the answer unreadable; any other error is a failure of the test.
#[track_caller]
fn needed(request: &Request, body: &str) -> Vec<String> {
    assert!(read_answer(request, true, 200, body).is_ok(), "{body}");
    let mut places = Vec::new();
    for OddAnswer { place, body } in odd_answers(body, ODD) {
        match read_answer(request, true, 200, &body) {
            Ok(_) => {}
            Err(RequestError::Unreadable) => places.push(place),
            Err(error) => panic!("{place}: {error:?} in {body}"),
        }
    }
    places.sort();
    places.dedup();
    places
}

#[wasm_bindgen_test]
fn only_what_is_needed_makes_an_answer_unreadable() {
    let session = Request::Session { business_name: None, business_uuid: None, previous: None };
    assert_eq!(needed(&session, FULL_SESSION), ["", "access_token"]);
    let target = ConnectionTarget::Usual;
    let service = ServiceName::new("xero");
    let address = Request::Address { service, integration: None, answer: None, target };
    assert_eq!(needed(&address, ADDRESS), ["", "url"]);
    let connection_id = ConnectionId::new("CON-1");
    let updates = Request::Updates { connection_id, attempt_id: None, wait_ms: 0 };
    assert_eq!(needed(&updates, PENDING), ["", "connectionId", "name", "state"]);
    let service = ServiceName::new("xero");
    let accounts = Request::Accounts { service };
    assert_eq!(needed(&accounts, ACCOUNTS), ["", "accounts"]);
    assert_eq!(needed(&Request::LinkToken { connection_id: None }, LINK_TOKEN), ["", "linkToken"]);
    assert_eq!(needed(&Request::Status, &format!("[{PENDING}]")), [""], "an odd entry is left out");
}

/// No markup came to life, and nothing is shown that was meant for programs.
#[track_caller]
fn shows_only_words(widget: &Widget, answer: &OddAnswer) {
    let OddAnswer { place, body } = answer;
    assert!(widget.find("b").is_none(), "markup at {place}: {body}");
    for raw in ["undefined", "[object", "NaN", "CON-"] {
        assert!(!widget.text().contains(raw), "{raw} at {place}: {}", widget.text());
    }
}

#[wasm_bindgen_test]
async fn whatever_is_odd_in_a_session_the_widget_comes_to_a_screen() {
    for answer in odd_answers(FULL_SESSION, ODD_IN_SHORT) {
        let widget = Widget::opened(&answer.body, "").await;
        let screen = widget.screen();
        let expected = ["picker", "attention", "unavailable", "loadFailed", "sandboxForm"];
        assert!(expected.contains(&screen.as_str()), "{screen} at {}: {}", answer.place, answer.body);
        shows_only_words(&widget, &answer);
    }
}

#[wasm_bindgen_test]
async fn whatever_is_odd_in_a_connection_the_sign_in_goes_on_or_ends_in_a_screen() {
    let whole = connection(
        "active",
        None,
        r#","kind":"accounting","accountName":"Juniper","accounts":{"1":"a"},"institution":{"name":"b","metadata":{}},
        "serviceAccountRef":{"id":"1","entityRef":{"id":"2"}},"missingScopes":["one"],"replacedAt":"2026-11-03T09:00:00Z""#,
    );
    for answer in odd_answers(&whole, ODD_IN_SHORT) {
        let widget = Widget::ended_with("", &answer.body).await;
        let screen = widget.screen();
        // What is unreadable or another connection's settles nothing: the server is asked again.
        let expected = ["connected", "failed", "waiting"];
        assert!(expected.contains(&screen.as_str()), "{screen} at {}: {}", answer.place, answer.body);
        shows_only_words(&widget, &answer);
    }
}

#[wasm_bindgen_test]
async fn an_odd_address_ends_in_words_and_the_window_goes_nowhere() {
    for odd in
        ["javascript:alert(1)", "data:text/html,x", "//connect.example/x", "ftp://connect.example/x", ""]
    {
        let windows = PageStub::windows();
        page::forget_notes();
        let widget = Widget::at_before("").await;
        let body = ADDRESS.replace("https://connect.example/oauth/start/9", odd);
        widget.server.answer("/services/url", 200, &body);
        widget.press_action("continue").await;
        settle().await;
        assert_eq!(widget.screen(), "failed", "{odd}");
        assert!(page::notes().iter().all(|note| !note.contains("goes to")), "{odd}: {:?}", page::notes());
        drop(windows);
    }
}

#[wasm_bindgen_test]
async fn a_picture_of_another_scheme_is_not_asked_for() {
    // What used to happen: whatever the server named became the source of a picture.
    for odd in ["javascript:alert(1)", "data:image/svg+xml,x", "file:///logo.svg", "//books.example/logo.svg"]
    {
        let widget = Widget::opened(&SESSION.replace("https://books.example/logo.svg", odd), "").await;
        assert!(widget.find("img").is_none(), "{odd}");
        assert_eq!(widget.texts("[data-service=harbourBooks] .mark"), ["HB"], "{odd}");
    }
}
