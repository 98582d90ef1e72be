//! The page around a widget under test: what a browser would show or do is replaced by stubs, and what is left on the page
//! is counted. The Rust side of `page.js`, where each stub is.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Node};

#[wasm_bindgen(module = "/tests/widget/support/page.js")]
extern "C" {
    /// Waits, whatever the test does to the page's timers.
    pub async fn sleep(ms: u32);
    pub fn note(text: &str);
    pub fn notes() -> Vec<String>;
    #[wasm_bindgen(js_name = "forgetNotes")]
    pub fn forget_notes();
    #[wasm_bindgen(js_name = "violatePolicy")]
    pub fn violate_policy(directive: &str);
    #[wasm_bindgen(js_name = "sendMessage")]
    pub fn send_message(source: &JsValue, origin: &str, data: &str);
    #[wasm_bindgen(js_name = "styledInMarkup")]
    pub fn styled_in_markup(root: &Node) -> Vec<String>;
    /// What an expression in JavaScript comes to.
    pub fn evaluate(expression: &str) -> JsValue;
    #[wasm_bindgen(js_name = "pageAsItIs")]
    pub fn page_as_it_is() -> String;
    #[wasm_bindgen(js_name = "queryAll")]
    pub fn query_all(root: &Node, selector: &str) -> Vec<Element>;

    #[wasm_bindgen(js_name = "hostOptions")]
    pub fn host_options(json: &str) -> HostOptions;
    pub type HostOptions;
    #[wasm_bindgen(method, getter)]
    pub fn options(this: &HostOptions) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = "hostCalls")]
    pub fn host_calls(this: &HostOptions) -> Vec<String>;

    type JsStub;
    #[wasm_bindgen(method, getter)]
    fn lines(this: &JsStub) -> Vec<String>;
    #[wasm_bindgen(method)]
    fn names(this: &JsStub) -> Vec<String>;
    #[wasm_bindgen(method)]
    fn fired(this: &JsStub) -> u32;
    #[wasm_bindgen(method, getter)]
    fn opened(this: &JsStub) -> Vec<Opened>;
    #[wasm_bindgen(method)]
    fn stop(this: &JsStub);
    #[wasm_bindgen(js_name = "listenToConsole")]
    fn listen_to_console(level: &str) -> JsStub;
    #[wasm_bindgen(js_name = "listenForFocus")]
    fn listen_for_focus(root: &Node) -> JsStub;
    #[wasm_bindgen(js_name = "answerFetch")]
    fn answer_fetch(body: &str) -> JsStub;
    #[wasm_bindgen(js_name = "holdForms")]
    fn hold_forms() -> JsStub;
    #[wasm_bindgen(js_name = "holdLinks")]
    fn hold_links() -> JsStub;
    #[wasm_bindgen(js_name = "blockWindows")]
    fn block_windows() -> JsStub;
    #[wasm_bindgen(js_name = "openWindows")]
    fn open_windows() -> JsStub;
    #[wasm_bindgen(js_name = "countListeners")]
    fn count_listeners() -> JsStub;
    #[wasm_bindgen(js_name = "countTimers")]
    fn count_timers() -> JsStub;
    #[wasm_bindgen(js_name = "trapMarkup")]
    fn trap_markup() -> JsStub;
    #[wasm_bindgen(js_name = "stubPlaid")]
    fn stub_plaid() -> JsStub;
    #[wasm_bindgen(method, variadic)]
    fn say(this: &JsStub, name: &str, details: &JsValue);
    fn clipboard(allowed: bool) -> JsStub;
    #[wasm_bindgen(js_name = "holdDownloads")]
    fn hold_downloads() -> JsStub;

    /// The loader of the package, with modules of the test's own.
    pub fn loader(modules: &JsValue) -> Loader;
    pub type Loader;
    #[wasm_bindgen(method, getter)]
    pub fn environment(this: &Loader) -> JsValue;
    #[wasm_bindgen(method, getter)]
    pub fn modules(this: &Loader) -> JsValue;
    #[wasm_bindgen(method, getter)]
    pub fn lines(this: &Loader) -> Vec<String>;

    /// A window that the widget opened.
    pub type Opened;
    #[wasm_bindgen(method, getter)]
    pub fn name(this: &Opened) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn url(this: &Opened) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn features(this: &Opened) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn document(this: &Opened) -> Document;
    #[wasm_bindgen(method, setter, js_name = "closed")]
    pub fn set_closed(this: &Opened, closed: bool);
}

/// Something of the page that is replaced, or listened to, until this is dropped.
pub struct PageStub(JsStub);

impl PageStub {
    /// The console of one level.
    pub fn console(level: &str) -> Self {
        Self(listen_to_console(level))
    }

    /// The words of what takes the focus within `root` are written down.
    pub fn focus(root: &Node) -> Self {
        Self(listen_for_focus(root))
    }

    /// The browser's `fetch` answers everything with this body.
    pub fn fetch(body: &str) -> Self {
        Self(answer_fetch(body))
    }

    /// Forms are written down and not sent.
    pub fn forms() -> Self {
        Self(hold_forms())
    }

    /// Links lead nowhere.
    pub fn links() -> Self {
        Self(hold_links())
    }

    /// No window opens.
    pub fn no_windows() -> Self {
        Self(block_windows())
    }

    /// Windows open within this page.
    pub fn windows() -> Self {
        Self(open_windows())
    }

    /// Listeners are counted.
    pub fn listeners() -> Self {
        Self(count_listeners())
    }

    /// Timers are counted.
    pub fn timers() -> Self {
        Self(count_timers())
    }

    /// Elements made from markup are written down.
    pub fn markup() -> Self {
        Self(trap_markup())
    }

    /// The banks' script is there already.
    pub fn banks() -> Self {
        Self(stub_plaid())
    }

    /// A clipboard that may be written to, or may not.
    pub fn clipboard(allowed: bool) -> Self {
        Self(clipboard(allowed))
    }

    /// Downloads are written down and not saved.
    pub fn downloads() -> Self {
        Self(hold_downloads())
    }

    /// The banks' script calls what it was given, with these details.
    pub fn say(&self, name: &str, details: &[JsValue]) {
        self.0.say(name, &details.iter().collect::<js_sys::Array>());
    }

    /// What was written down.
    pub fn lines(&self) -> Vec<String> {
        self.0.lines()
    }

    /// What is counted now, by name.
    pub fn left(&self) -> Vec<String> {
        self.0.names()
    }

    /// How often a timer has fired.
    pub fn fired(&self) -> u32 {
        self.0.fired()
    }

    /// The windows that were opened.
    pub fn opened(&self) -> Vec<Opened> {
        self.0.opened()
    }
}

impl Drop for PageStub {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// Waits until everything that follows at once has followed: answers, drawing, focus.
pub async fn settle() {
    sleep(0).await;
    sleep(10).await;
}

/// The page's body.
pub fn body() -> web_sys::HtmlElement {
    document().body().unwrap()
}

/// The document of the page that the tests run in.
pub fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}
