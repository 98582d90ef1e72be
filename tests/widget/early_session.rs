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

fn read_already() -> String {
    format!("{{ ok: true, status: 200, body: {} }}", js_sys::JSON::stringify(&SESSION.into()).unwrap())
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
    let widget = Mounted::new(OPTIONS, &read_already());
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

/// Writes down what the host hears, and what stands in the widget's place meanwhile.
const LISTENING: &str = "{ widgetId: 'W', endpoint: 'https://connect.example', ...Object.fromEntries(
    ['onSuccess', 'onError', 'onExit', 'onEvent'].map((name) => [name, (event) => globalThis.heard.push(name + ' ' + event)])) }";

fn heard() -> String {
    evaluate("globalThis.heard.join()").as_string().unwrap()
}

/// The host used to hear of it in the middle of `mount`, while the loader's skeleton stood beside the list.
#[wasm_bindgen_test]
async fn the_host_hears_of_an_early_answer_when_mount_has_returned_and_its_promise_is_over() {
    let _fetched = PageStub::fetch("{}");
    let refused = ("{ ok: false, status: 500, body: '' }".to_owned(), "onError load");
    for (early, told) in [(read_already(), "onSuccess load,onEvent opened"), refused] {
        evaluate("void (globalThis.heard = [])");
        let widget = Mounted::new(LISTENING, &early);
        evaluate(
            "void (async () => { for (let turn = 0; turn < 9; turn += 1) await null; globalThis.heard.push('mounted') })()",
        );
        assert_eq!(heard(), "");
        settle().await;
        assert_eq!(heard(), format!("mounted,{told}"));
        drop(widget);
    }
}

#[wasm_bindgen_test]
async fn who_presses_before_the_host_has_heard_of_an_early_answer_finds_it_told_first() {
    let fetched = PageStub::fetch(SESSION);
    evaluate("void (globalThis.heard = [])");
    let widget = Mounted::new(LISTENING, "{ ok: false, status: 500, body: '' }");
    widget.press("try-again");
    assert_eq!((heard().as_str(), widget.shows("loading")), ("onError load", true));
    settle().await;
    assert_eq!(fetched.lines().len(), 1);
    assert_eq!(heard(), "onError load,onSuccess load,onEvent opened");
}

#[wasm_bindgen_test]
async fn who_unmounts_before_the_host_has_heard_of_an_early_answer_leaves_it_untold() {
    evaluate("void (globalThis.heard = [])");
    let timers = PageStub::timers();
    let widget = Mounted::new(LISTENING, &read_already());
    widget.handle.unmount();
    assert_eq!(timers.left(), [""; 0]);
    settle().await;
    assert_eq!(heard(), "");
}

/// What the loader does with a dialog that a person has closed meanwhile. With an answer that was there it counted as opened.
#[wasm_bindgen_test]
async fn what_is_closed_before_any_answer_tells_of_the_exit_alone() {
    evaluate("void (globalThis.heard = [])");
    let parent = new_parent();
    let fetched = PageStub::fetch("{}");
    let environment = evaluate("{ modal: true, earlySession: () => Promise.resolve(undefined) }");
    let handle = mount(&parent, &evaluate(LISTENING), &environment).expect("it mounts");
    handle.close();
    settle().await;
    assert_eq!((heard().as_str(), fetched.lines().len()), ("onExit exit,onEvent exited", 0));
    assert!(parent.first_element_child().is_none());
    parent.remove();
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
