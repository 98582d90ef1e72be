//! The session call that the loader made before the engine was there: taken over where it is the one that the engine makes.
//! What the loader sends and when it lets go is tried in `npm/test/early-session.test.mjs`.

use railz_connect::{Handle, mount};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::support::page::{PageStub, evaluate};
use crate::support::responses::SESSION;
use crate::support::settle;
use crate::support::widget::new_parent;

/// A widget at the browser's own `fetch`, with a loader that answers `early`, an expression in JavaScript, to the question
/// what became of its call.
struct Mounted {
    handle: Handle,
    parent: HtmlElement,
}

impl Mounted {
    fn new(options: &str, early: &str) -> Self {
        evaluate("void (globalThis.asked = [])");
        let environment = format!(
            "{{ earlySession: (wanted, signal) => {{ globalThis.asked.push(wanted, signal); return {early}; }} }}"
        );
        let parent = new_parent();
        let handle = mount(&parent, &evaluate(options), &evaluate(&environment)).expect("it mounts");
        Self { handle, parent }
    }

    fn shows(&self, screen: &str) -> bool {
        let root = self.parent.first_element_child().and_then(|base| base.shadow_root()).unwrap();
        root.query_selector(&format!("[data-screen={screen}]")).unwrap().is_some()
    }

    fn press(&self, action: &str) {
        let root = self.parent.first_element_child().and_then(|base| base.shadow_root()).unwrap();
        let button = root.query_selector(&format!("[data-action={action}]")).unwrap().unwrap();
        wasm_bindgen::JsCast::unchecked_into::<HtmlElement>(button).click();
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.handle.unmount();
        self.parent.remove();
    }
}

const OPTIONS: &str = "{ widgetId: 'W', endpoint: 'https://connect.example' }";

fn answered() -> String {
    format!("Promise.resolve(new Response({}))", js_sys::JSON::stringify(&SESSION.into()).unwrap())
}

fn times_asked() -> Option<f64> {
    evaluate("globalThis.asked.length / 2").as_f64()
}

#[wasm_bindgen_test]
async fn the_answer_to_the_same_call_is_taken_over_and_nothing_is_sent() {
    let fetched = PageStub::fetch("{}");
    let widget = Mounted::new(OPTIONS, &answered());
    settle().await;
    assert!(widget.shows("picker"));
    assert_eq!(fetched.lines(), [""; 0]);
    let wanted = evaluate("globalThis.asked[0]").as_string().unwrap();
    let start = "https://connect.example/widget/session/W?businessUuid=&businessName=&include=connections,integrations\n\
        content-type: application/json\naccept: application/json\nrailz-connect-version: 13.4.0\n{\"options\":{";
    assert!(wanted.starts_with(start), "{wanted}");
}

/// The loading screen used to be drawn first, and was never to be seen.
#[wasm_bindgen_test]
async fn an_answer_that_has_been_read_already_is_drawn_before_mount_returns() {
    let fetched = PageStub::fetch("{}");
    let body = js_sys::JSON::stringify(&SESSION.into()).unwrap();
    let widget = Mounted::new(OPTIONS, &format!("{{ ok: true, status: 200, body: {body} }}"));
    assert!(widget.shows("picker"));
    settle().await;
    assert!(widget.shows("picker"));
    assert_eq!((fetched.lines().len(), times_asked()), (0, Some(1.0)));
}

#[wasm_bindgen_test]
async fn a_refusal_that_has_been_read_already_is_drawn_before_mount_returns() {
    let _fetched = PageStub::fetch("{}");
    let widget = Mounted::new(OPTIONS, "{ ok: false, status: 500, body: '' }");
    assert!(widget.shows("loadFailed"));
    widget.press("try-again");
    assert!(widget.shows("loading"), "the engine asks by itself");
}

#[wasm_bindgen_test]
async fn until_the_answer_is_there_the_loading_screen_is_drawn() {
    let widget = Mounted::new(OPTIONS, &answered());
    assert!(widget.shows("loading"));
    settle().await;
    assert!(widget.shows("picker"));
}

#[wasm_bindgen_test]
async fn where_another_call_was_made_the_engine_makes_its_own() {
    for early in ["undefined", "null", "7", "(() => { throw new Error('not today') })()"] {
        let fetched = PageStub::fetch(SESSION);
        let widget = Mounted::new(OPTIONS, early);
        settle().await;
        assert!(widget.shows("picker"), "{early}");
        assert_eq!((fetched.lines().len(), times_asked()), (1, Some(1.0)), "{early}");
    }
}

#[wasm_bindgen_test]
async fn trying_again_asks_anew() {
    let fetched = PageStub::fetch(SESSION);
    let widget = Mounted::new(OPTIONS, "Promise.reject(new TypeError('no network'))");
    settle().await;
    assert!(widget.shows("loadFailed"));
    assert_eq!(fetched.lines(), [""; 0]);
    widget.press("try-again");
    settle().await;
    assert!(widget.shows("picker"));
    assert_eq!((fetched.lines().len(), times_asked()), (1, Some(1.0)));
}

/// Invariant 6: unmounting leaves nothing behind.
#[wasm_bindgen_test]
async fn unmounting_ends_a_call_that_was_taken_over() {
    let widget = Mounted::new(OPTIONS, "new Promise(() => {})");
    settle().await;
    assert_eq!(evaluate("globalThis.asked[1].aborted").as_bool(), Some(false));
    widget.handle.unmount();
    assert_eq!(evaluate("globalThis.asked[1].aborted").as_bool(), Some(true));
}

#[wasm_bindgen_test]
fn with_a_wrong_option_nobody_asks_for_the_answer() {
    evaluate("void (globalThis.asked = [])");
    let parent = new_parent();
    let environment = evaluate("{ earlySession: () => globalThis.asked.push(1, 1) }");
    assert!(mount(&parent, &evaluate("{ widgetId: 'W', businessName: '%' }"), &environment).is_err());
    assert_eq!(times_asked(), Some(0.0));
    parent.remove();
}
