//! Unmounting leaves nothing behind: no request, timer, listener, window or element.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::answers::{SESSION, connection};
use crate::support::page::{self, Replaced};
use crate::support::{Server, Stage, settle, sleep};

/// Longer than every timer that could still be under way.
const LONG_MS: u32 = 700;

struct Watch {
    listeners: Replaced,
    timers: Replaced,
    page: String,
}

impl Watch {
    fn begin() -> Self {
        Self { page: page::page_as_it_is(), listeners: Replaced::listeners(), timers: Replaced::timers() }
    }

    #[track_caller]
    fn nothing_is_left(&self) {
        assert_eq!(self.listeners.left(), [""; 0], "listeners");
        assert_eq!(self.timers.left(), [""; 0], "timers");
        assert_eq!(page::page_as_it_is(), self.page, "elements");
    }
}

/// Unmounts, and looks again later.
async fn leave(watch: &Watch, mut stage: Stage) {
    stage.handle.unmount();
    assert!(stage.parent.first_element_child().is_none(), "the widget's element");
    for asked in stage.server.asked_for("") {
        let answered = asked.is_aborted() || stage.server.last().line() != asked.line();
        assert!(answered, "{} is still under way", asked.line());
    }
    let (fired, told) = (watch.timers.fired(), stage.told().len());
    stage.server.answer("/updates/", 200, &connection("active", None, ""));
    sleep(LONG_MS).await;
    assert_eq!(watch.timers.fired(), fired, "a timer fired");
    assert_eq!(stage.told().len(), told, "the host was told something");
    drop(stage);
    watch.nothing_is_left();
}

#[wasm_bindgen_test]
async fn unmounting_during_the_session_request_aborts_it() {
    let watch = Watch::begin();
    let stage = Stage::mount(&Server::default(), "");
    settle().await;
    let asked = stage.server.last();
    assert!(!asked.is_aborted());
    leave(&watch, stage).await;
    assert!(asked.is_aborted());
}

#[wasm_bindgen_test]
async fn unmounting_at_the_picker_leaves_nothing() {
    let watch = Watch::begin();
    let stage = Stage::at_picker(r##""closeEnabled":true,"closeRedirectUrl":"#closed""##).await;
    assert_eq!(
        watch.listeners.left().len(),
        8,
        "the count sees the two tiles, the close button, the page shown again, and four that notice a person"
    );
    leave(&watch, stage).await;
}

#[wasm_bindgen_test]
async fn unmounting_while_a_screen_is_being_drawn_leaves_nothing() {
    let watch = Watch::begin();
    let stage = Stage::at_picker("").await;
    stage.get("[data-service=harbourBooks]").click();
    leave(&watch, stage).await;
}

#[wasm_bindgen_test]
async fn unmounting_while_waiting_aborts_the_held_request_and_ends_every_timer() {
    let windows = Replaced::windows();
    let watch = Watch::begin();
    let stage = Stage::at_waiting("").await;
    let held = stage.server.last();
    assert!(watch.timers.left().len() >= 3, "patience, life and the window: {:?}", watch.timers.left());
    for frame in page::all(&page::body(), "iframe") {
        frame.remove();
    }
    leave(&watch, stage).await;
    assert!(held.is_aborted());
    drop(windows);
}

#[wasm_bindgen_test]
async fn unmounting_while_resting_between_two_requests_asks_no_more() {
    let windows = Replaced::windows();
    let stage = Stage::at_waiting("").await;
    drop(windows);
    stage.server.answer("/updates/", 200, "null");
    settle().await;
    let mut stage = stage;
    stage.handle.unmount();
    sleep(LONG_MS).await;
    assert_eq!(stage.server.asked_for("/updates/").len(), 1);
}

#[wasm_bindgen_test]
async fn unmounting_while_handing_over_ends_the_watch_for_the_policy() {
    let _forms = Replaced::forms();
    let watch = Watch::begin();
    let stage = Stage::ended_with(r#""successUrl":"/done""#, &connection("active", None, "")).await;
    assert!(watch.listeners.left().iter().any(|one| one.ends_with("securitypolicyviolation")));
    leave(&watch, stage).await;
}

#[wasm_bindgen_test]
async fn a_second_unmount_changes_nothing() {
    let mut stage = Stage::at_picker("").await;
    stage.handle.unmount();
    stage.handle.unmount();
    assert!(stage.parent.first_element_child().is_none());
}

#[wasm_bindgen_test]
async fn what_the_host_has_in_the_parent_stays() {
    let stage = Stage::mount(&Server::default(), "");
    let own = page::document().create_element("p").unwrap();
    stage.parent.append_child(&own).unwrap();
    let mut stage = stage;
    stage.handle.unmount();
    assert_eq!(stage.parent.first_element_child(), Some(own));
}

#[wasm_bindgen_test]
async fn a_hundred_mounts_and_unmounts_leave_the_page_as_it_was() {
    let watch = Watch::begin();
    for _ in 0..100 {
        let server = Server::default();
        server.answer("/widget/session/", 200, SESSION);
        let stage = Stage::mount(&server, "");
        sleep(0).await;
        assert_eq!(stage.screen(), "picker");
        drop(stage);
    }
    settle().await;
    watch.nothing_is_left();
}

#[wasm_bindgen_test]
async fn of_two_widgets_side_by_side_either_may_go_first() {
    for first_goes_first in [true, false] {
        let watch = Watch::begin();
        let mut first = Stage::at_picker("").await;
        let mut second = Stage::at_picker("").await;
        assert_eq!(page::all(&page::body(), "#railz-connect-base").len(), 1, "one id, once");
        let (goes, stays) =
            if first_goes_first { (&mut first, &mut second) } else { (&mut second, &mut first) };
        goes.handle.unmount();
        stays.press("[data-service=harbourBooks]").await;
        stays.shows("before", "Connect Harbour Books", &["continue", "back"]);
        stays.handle.unmount();
        drop((first, second));
        watch.nothing_is_left();
    }
}
