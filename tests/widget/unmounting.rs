//! Unmounting leaves nothing behind: no request, timer, listener, window or element.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{self, PageStub};
use crate::support::responses::{SESSION, connection};
use crate::support::widget::new_parent;
use crate::support::{Server, Widget, settle, sleep};

/// Longer than every timer that could still be under way.
const LONG_MS: u32 = 700;

struct LeakCheck {
    listeners: PageStub,
    timers: PageStub,
    page: String,
}

impl LeakCheck {
    fn begin() -> Self {
        Self { page: page::page_as_it_is(), listeners: PageStub::listeners(), timers: PageStub::timers() }
    }

    #[track_caller]
    fn assert_nothing_left(&self) {
        assert_eq!(self.listeners.left(), [""; 0], "listeners");
        assert_eq!(self.timers.left(), [""; 0], "timers");
        assert_eq!(page::page_as_it_is(), self.page, "elements");
    }
}

/// Unmounts, and looks again later.
async fn leave(leaks: &LeakCheck, widget: Widget) {
    widget.handle.unmount();
    assert!(widget.parent.first_element_child().is_none(), "the widget's element");
    for request in widget.server.requests_to("") {
        let is_last = widget.server.last_request().line() == request.line();
        let answered = request.is_aborted() || request.is_answered() || !is_last;
        assert!(answered, "{} is still under way", request.line());
    }
    let (fired, calls) = (leaks.timers.fired(), widget.host_calls().len());
    widget.server.answer("/updates/", 200, &connection("active", None, ""));
    sleep(LONG_MS).await;
    assert_eq!(leaks.timers.fired(), fired, "a timer fired");
    assert_eq!(widget.host_calls().len(), calls, "a callback was called");
    drop(widget);
    leaks.assert_nothing_left();
}

#[wasm_bindgen_test]
async fn unmounting_during_the_session_request_aborts_it() {
    let leaks = LeakCheck::begin();
    let widget = Widget::mount(&Server::default(), "");
    settle().await;
    let request = widget.server.last_request();
    assert!(!request.is_aborted());
    leave(&leaks, widget).await;
    assert!(request.is_aborted());
}

#[wasm_bindgen_test]
async fn unmounting_at_the_picker_leaves_nothing() {
    let leaks = LeakCheck::begin();
    let widget = Widget::at_picker(r##""closeEnabled":true,"closeRedirectUrl":"#closed""##).await;
    assert_eq!(
        leaks.listeners.left().len(),
        15,
        "the count sees the two tiles, the close button, the page shown again, four that notice a person, four that notice the network and who comes back, and three for keys"
    );
    leave(&leaks, widget).await;
}

#[wasm_bindgen_test]
async fn unmounting_while_a_screen_is_being_drawn_leaves_nothing() {
    let leaks = LeakCheck::begin();
    let widget = Widget::at_picker("").await;
    widget.get("[data-service=harbourBooks]").click();
    leave(&leaks, widget).await;
}

#[wasm_bindgen_test]
async fn unmounting_while_waiting_aborts_the_held_request_and_ends_every_timer() {
    let windows = PageStub::windows();
    let leaks = LeakCheck::begin();
    let widget = Widget::at_waiting("").await;
    let held = widget.server.last_request();
    assert!(
        leaks.timers.left().len() >= 3,
        "the timeout, the time limit and the window: {:?}",
        leaks.timers.left()
    );
    assert!(leaks.listeners.left().contains(&"Window message".to_owned()), "{:?}", leaks.listeners.left());
    for frame in page::query_all(&page::body(), "iframe") {
        frame.remove();
    }
    leave(&leaks, widget).await;
    assert!(held.is_aborted());
    drop(windows);
}

#[wasm_bindgen_test]
async fn unmounting_while_resting_between_two_requests_asks_no_more() {
    let windows = PageStub::windows();
    let widget = Widget::at_waiting("").await;
    drop(windows);
    widget.server.answer("/updates/", 200, "null");
    settle().await;
    let widget = widget;
    widget.handle.unmount();
    sleep(LONG_MS).await;
    assert_eq!(widget.server.requests_to("/updates/").len(), 1);
}

#[wasm_bindgen_test]
async fn unmounting_while_handing_over_ends_the_watch_for_the_policy() {
    let _forms = PageStub::forms();
    let leaks = LeakCheck::begin();
    let widget = Widget::ended_with(r#""successUrl":"/done""#, &connection("active", None, "")).await;
    assert!(leaks.listeners.left().iter().any(|one| one.ends_with("securitypolicyviolation")));
    leave(&leaks, widget).await;
}

#[wasm_bindgen_test]
async fn a_second_unmount_changes_nothing() {
    let widget = Widget::at_picker("").await;
    widget.handle.unmount();
    widget.handle.unmount();
    assert!(widget.parent.first_element_child().is_none());
}

#[wasm_bindgen_test]
async fn what_the_host_has_in_the_parent_stays() {
    let widget = Widget::mount(&Server::default(), "");
    let own = page::document().create_element("p").unwrap();
    widget.parent.append_child(&own).unwrap();
    let widget = widget;
    widget.handle.unmount();
    assert_eq!(widget.parent.first_element_child(), Some(own));
}

#[wasm_bindgen_test]
async fn a_hundred_mounts_and_unmounts_leave_the_page_as_it_was() {
    let leaks = LeakCheck::begin();
    for _ in 0..100 {
        let server = Server::default();
        server.answer("/widget/session/", 200, SESSION);
        let widget = Widget::mount(&server, "");
        sleep(0).await;
        assert_eq!(widget.screen(), "picker");
        drop(widget);
    }
    settle().await;
    leaks.assert_nothing_left();
}

#[wasm_bindgen_test]
async fn of_two_widgets_side_by_side_either_may_go_first() {
    for first_goes_first in [true, false] {
        let leaks = LeakCheck::begin();
        let mut first = Widget::at_picker("").await;
        let mut second = Widget::at_picker("").await;
        assert_eq!(page::query_all(&page::body(), "#railz-connect-base").len(), 1, "one id, once");
        let (goes, stays) =
            if first_goes_first { (&mut first, &mut second) } else { (&mut second, &mut first) };
        goes.handle.unmount();
        stays.press("[data-service=harbourBooks]").await;
        stays.shows("before", "Connect Harbour Books", &["continue", "back"]);
        stays.handle.unmount();
        drop((first, second));
        leaks.assert_nothing_left();
    }
}

#[wasm_bindgen_test]
async fn two_hundred_mounts_and_unmounts_take_no_more_memory_than_forty() {
    let mount_and_unmount = async |times: u32| {
        for _ in 0..times {
            let widget = Widget::mount(&Server::default(), "");
            widget.server.answer("/widget/session/", 200, SESSION);
            settle().await;
            widget.handle.unmount();
        }
        let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
        memory.buffer().unchecked_into::<js_sys::ArrayBuffer>().byte_length()
    };
    let after_forty = mount_and_unmount(40).await;
    let after_two_hundred = mount_and_unmount(160).await;
    assert_eq!(after_two_hundred, after_forty, "bytes of WebAssembly memory");
}

#[wasm_bindgen_test]
async fn a_host_may_unmount_while_it_hears_of_the_exit() {
    // What used to happen: the handle was borrowed by `close`, and whatever the host's handler did next was never done.
    let parent = new_parent();
    let options = page::evaluate(
        "{ widgetId: 'W', endpoint: 'https://connect.example', \
           onExit: () => { globalThis.handle.unmount(); globalThis.unmounted = true; } }",
    );
    let environment = page::evaluate("{ modal: true }");
    let handle = railz_connect::mount_with(&parent, &options, &environment, Server::default().transport());
    let handle = wasm_bindgen::JsValue::from(handle.expect("it mounts"));
    js_sys::Reflect::set(&js_sys::global(), &"handle".into(), &handle).expect("it is kept");
    page::evaluate("globalThis.handle.close()");
    settle().await;
    assert_eq!(page::evaluate("globalThis.unmounted").as_bool(), Some(true));
    assert!(parent.first_element_child().is_none());
    parent.remove();
}

#[wasm_bindgen_test]
async fn off_the_page_nothing_is_asked_or_told_and_back_on_it_all_goes_on() {
    // What used to happen: a widget whose place a host had thrown away went on asking, and minutes later, when the person had
    // signed in, it took the host's page to the success page.
    let forms = PageStub::forms();
    let windows = PageStub::windows();
    let widget = Widget::at_waiting(r#""successUrl":"/done""#).await;
    let come_back = || {
        page::body().append_child(&widget.parent).unwrap();
        page::evaluate("window.dispatchEvent(new Event('pointermove'))");
    };
    widget.parent.remove();
    widget.server.answer("/updates/", 200, "null");
    sleep(LONG_MS).await;
    assert_eq!(widget.server.requests_to("/updates/").len(), 1, "off the page");
    come_back();
    sleep(LONG_MS).await;
    assert_eq!(widget.server.requests_to("/updates/").len(), 2, "back on it");
    widget.parent.remove();
    widget.server.answer("/updates/", 200, &connection("active", None, ""));
    sleep(LONG_MS).await;
    assert_eq!((widget.host_calls().len(), forms.lines().len()), (1, 0), "{:?}", widget.host_calls());
    come_back();
    settle().await;
    assert_eq!((widget.host_calls().len(), forms.lines().len()), (2, 1), "{:?}", widget.host_calls());
    drop(windows);
}

#[wasm_bindgen_test]
async fn what_is_drawn_before_it_is_put_on_the_page_loads_there() {
    let parent: web_sys::HtmlElement = page::document().create_element("div").unwrap().unchecked_into();
    let options = page::evaluate("{ widgetId: 'W', endpoint: 'https://connect.example' }");
    let server = Server::default();
    server.answer("/widget/session/", 200, SESSION);
    let environment = wasm_bindgen::JsValue::UNDEFINED;
    let handle = railz_connect::mount_with(&parent, &options, &environment, server.transport()).unwrap();
    settle().await;
    let root = parent.first_element_child().and_then(|base| base.shadow_root()).unwrap();
    assert!(root.query_selector("[data-screen=picker]").unwrap().is_some());
    handle.unmount();
}
