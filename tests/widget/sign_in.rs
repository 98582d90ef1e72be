//! While a person signs in elsewhere: before the window opens, while it is open, without it, and when it takes too long.

use js_sys::Date;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{self, PageStub};
use crate::support::responses::{NO_UPDATES, RENEWABLE_SESSION, connection};
use crate::support::{Widget, settle, sleep};

const WAITING: &str = "Waiting for Harbour Books";
/// A little longer than the widget takes to notice that a window is gone.
const WINDOW_IS_NOTICED_MS: u32 = 600;

#[wasm_bindgen_test]
async fn before_the_window_opens_the_person_reads_where_it_leads() {
    let widget = Widget::at_before("").await;
    widget.shows("before", "Connect Harbour Books", &["continue", "back"]);
    assert_eq!(widget.texts("[data-action]"), ["Continue to Harbour Books", "Back"]);
    assert_eq!(widget.texts("li").len(), 4);
    assert!(widget.text().contains("share your accounting data with Acme Lending."));
    widget.press_action("back").await;
    widget.shows("picker", "Connect your accounting", &[]);
}

#[wasm_bindgen_test]
async fn renewing_says_that_it_is_renewing() {
    let widget = Widget::opened(RENEWABLE_SESSION, "").await;
    widget.press_action("reauthorise").await;
    widget.shows("before", "Reconnect Zoho Books", &["continue", "back"]);
}

#[wasm_bindgen_test]
async fn while_the_address_is_asked_for_the_window_is_said_to_open() {
    let _windows = PageStub::windows();
    let widget = Widget::at_before("").await;
    widget.press_action("continue").await;
    widget.shows("opening", "Opening Harbour Books", &["cancel"]);
    widget.press_action("cancel").await;
    widget.shows("picker", "Connect your accounting", &[]);
    assert!(widget.server.last_request().is_aborted());
}

#[wasm_bindgen_test]
async fn an_open_window_is_waited_for() {
    let _windows = PageStub::windows();
    let widget = Widget::at_waiting("").await;
    widget.shows("waiting", WAITING, &["reopen", "cancel"]);
    assert_eq!(
        widget.texts("[role=status]"),
        ["Finish signing in to Harbour Books in the window that opened. This page goes on by itself."]
    );
    assert_eq!(widget.texts(".hint"), ["Can’t see the window?"]);
}

#[wasm_bindgen_test]
async fn a_closed_window_changes_the_words_and_asks_the_server_and_settles_nothing() {
    let windows = PageStub::windows();
    let widget = Widget::at_waiting("").await;
    let held = widget.server.last_request();
    assert!(held.line().contains("timeoutInMs=25000&attemptId=ATT-9"), "{}", held.line());
    windows.opened()[0].set_closed(true);
    sleep(WINDOW_IS_NOTICED_MS).await;
    widget.shows("waiting", WAITING, &["reopen", "cancel"]);
    assert_eq!(widget.texts("[role=status]"), ["Window closed? Open it again, or cancel."]);
    assert!(held.is_aborted());
    assert!(widget.server.last_request().line().contains("timeoutInMs=0&attemptId=ATT-9"));
    widget.server.answer("/updates/", 200, &connection("active", None, ""));
    settle().await;
    assert_eq!(widget.screen(), "connected");
}

#[wasm_bindgen_test]
async fn updates_that_say_nothing_yet_are_asked_for_again_after_a_rest() {
    let _windows = PageStub::windows();
    let widget = Widget::at_waiting("").await;
    let answered_at = Date::now();
    widget.server.answer("/updates/", 200, "null");
    assert_rest_before_poll(&widget, 2, answered_at).await;
    let answered_at = Date::now();
    widget.server.refuse("/updates/", 404, NO_UPDATES);
    assert_rest_before_poll(&widget, 3, answered_at).await;
    widget.shows("waiting", WAITING, &["reopen", "cancel"]);
}

/// Waits for poll `number`, which must come after a rest of half a second, and not after the longer one of a failure.
///
/// The test used to sleep for 1200 ms, once, and count three polls; on a busy machine there were fewer. Now each poll
/// waits for the test to answer it, the rest is measured from below, and the sleeps, longer together than a rest, fall
/// due after its timer however late they are.
async fn assert_rest_before_poll(widget: &Widget, number: usize, answered_at: f64) {
    for _ in 0..16 {
        if widget.server.requests_to("/updates/").len() >= number {
            break;
        }
        sleep(50).await;
    }
    let rested_ms = Date::now() - answered_at;
    assert_eq!(widget.server.requests_to("/updates/").len(), number);
    assert!(rested_ms >= 450.0, "it rested for {rested_ms} ms only");
}

#[wasm_bindgen_test]
async fn a_blocked_window_leaves_a_link_to_press() {
    let _blocked = PageStub::no_windows();
    let widget = Widget::at_waiting("").await;
    widget.shows("blocked", "Your browser blocked the window", &["open", "cancel"]);
    let link = widget.get("a[data-action=open]");
    assert_eq!(link.text_content().as_deref(), Some("Open Harbour Books"));
    assert_eq!(link.get_attribute("href").as_deref(), Some("https://connect.example/oauth/start/9"));
    assert_eq!(link.get_attribute("target").as_deref(), Some("_blank"));
    assert_eq!(link.get_attribute("rel").as_deref(), Some("noopener noreferrer"));
}

#[wasm_bindgen_test]
async fn who_follows_the_link_is_waited_for_without_a_window_to_watch() {
    let _blocked = PageStub::no_windows();
    let _links = PageStub::links();
    let widget = Widget::at_waiting("").await;
    widget.press_action("open").await;
    widget.shows("waiting", WAITING, &["reopen", "cancel"]);
    assert_eq!(
        widget.texts("[role=status]"),
        ["Finish signing in to Harbour Books in the other tab. This page goes on by itself."]
    );
    widget.server.answer("/updates/", 200, &connection("active", None, ""));
    settle().await;
    assert_eq!(widget.screen(), "connected");
}

#[wasm_bindgen_test]
async fn when_the_waiting_time_is_over_the_sign_in_may_still_be_finished() {
    let _windows = PageStub::windows();
    let widget = Widget::at_waiting(r#""options":{"sessionTimeout":1}"#).await;
    sleep(1_200).await;
    widget.shows("expired", "This is taking longer than usual", &["reopen", "cancel"]);
    assert!(widget.texts("[role=status]")[0].starts_with("We have not heard from Harbour Books yet."));
    widget.server.answer("/updates/", 200, &connection("active", None, ""));
    settle().await;
    assert_eq!(widget.screen(), "connected");
}

#[wasm_bindgen_test]
async fn when_the_servers_time_is_over_too_there_is_only_another_try() {
    let _windows = PageStub::windows();
    let widget = Widget::at_waiting("").await;
    widget.server.refuse("/updates/", 410, "This sign-in is over.");
    settle().await;
    widget.shows("expired", "This is taking longer than usual", &["try-again", "cancel"]);
    assert_eq!(
        widget.texts("[role=status]"),
        ["The sign-in at Harbour Books was not finished in time. Nothing was connected."]
    );
    widget.press_action("try-again").await;
    widget.shows("before", "Connect Harbour Books", &["continue", "back"]);
}

#[wasm_bindgen_test]
async fn who_cancels_just_after_signing_in_is_connected_all_the_same() {
    let _windows = PageStub::windows();
    let widget = Widget::at_waiting("").await;
    widget.press_action("cancel").await;
    widget.shows("picker", "Connect your accounting", &[]);
    assert!(widget.server.last_request().line().contains("timeoutInMs=0"));
    widget.server.answer("/updates/", 200, &connection("active", None, ""));
    settle().await;
    assert_eq!(widget.screen(), "connected");
}

#[wasm_bindgen_test]
async fn an_address_that_is_refused_ends_the_attempt_with_the_servers_words() {
    page::forget_notes();
    let windows = PageStub::windows();
    let widget = Widget::at_before("").await;
    widget.server.refuse("/services/url", 502, "Harbour Books is under repair.");
    widget.press_action("continue").await;
    widget.shows("failed", "That did not work", &["try-again", "back"]);
    assert!(widget.text().contains("Harbour Books is under repair."));
    let name = windows.opened()[0].name();
    assert!(page::notes().contains(&format!("{name} is closed")), "{:?}", page::notes());
}
