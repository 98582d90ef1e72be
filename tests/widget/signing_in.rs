//! While a person signs in elsewhere: before the window opens, while it is open, without it, and when it takes too long.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::answers::{NO_NEWS, RENEWABLE_SESSION, connection};
use crate::support::page::{self, Replaced};
use crate::support::{Stage, settle, sleep};

const WAITING: &str = "Waiting for Harbour Books";
/// A little longer than the widget takes to notice that a window is gone.
const WINDOW_IS_NOTICED_MS: u32 = 600;

#[wasm_bindgen_test]
async fn before_the_window_opens_the_person_reads_where_it_leads() {
    let stage = Stage::at_before("").await;
    stage.shows("before", "Connect Harbour Books", &["continue", "back"]);
    assert_eq!(stage.texts("[data-action]"), ["Continue to Harbour Books", "Back"]);
    assert_eq!(stage.texts("li").len(), 4);
    assert!(stage.text().contains("share your accounting data with Acme Lending."));
    stage.press_action("back").await;
    stage.shows("picker", "Connect your accounting", &[]);
}

#[wasm_bindgen_test]
async fn renewing_says_that_it_is_renewing() {
    let stage = Stage::opened(RENEWABLE_SESSION, "").await;
    stage.press_action("reauthorise").await;
    stage.shows("before", "Reconnect Zoho Books", &["continue", "back"]);
}

#[wasm_bindgen_test]
async fn while_the_address_is_asked_for_the_window_is_said_to_open() {
    let _windows = Replaced::windows();
    let stage = Stage::at_before("").await;
    stage.press_action("continue").await;
    stage.shows("opening", "Opening Harbour Books", &["cancel"]);
    stage.press_action("cancel").await;
    stage.shows("picker", "Connect your accounting", &[]);
    assert!(stage.server.last().is_aborted());
}

#[wasm_bindgen_test]
async fn an_open_window_is_waited_for() {
    let _windows = Replaced::windows();
    let stage = Stage::at_waiting("").await;
    stage.shows("waiting", WAITING, &["reopen", "cancel"]);
    assert_eq!(
        stage.texts("[role=status]"),
        ["Finish signing in to Harbour Books in the window that opened. This page goes on by itself."]
    );
    assert_eq!(stage.texts(".hint"), ["Can’t see the window?"]);
}

#[wasm_bindgen_test]
async fn a_closed_window_changes_the_words_and_asks_the_server_and_settles_nothing() {
    let windows = Replaced::windows();
    let stage = Stage::at_waiting("").await;
    let held = stage.server.last();
    assert!(held.line().contains("timeoutInMs=25000&attemptId=ATT-9"), "{}", held.line());
    windows.opened()[0].set_closed(true);
    sleep(WINDOW_IS_NOTICED_MS).await;
    stage.shows("waiting", WAITING, &["reopen", "cancel"]);
    assert_eq!(stage.texts("[role=status]"), ["Window closed? Open it again, or cancel."]);
    assert!(held.is_aborted());
    assert!(stage.server.last().line().contains("timeoutInMs=0&attemptId=ATT-9"));
    stage.server.answer("/updates/", 200, &connection("active", None, ""));
    settle().await;
    assert_eq!(stage.screen(), "connected");
}

#[wasm_bindgen_test]
async fn news_that_say_nothing_yet_are_asked_for_again_after_a_rest() {
    let _windows = Replaced::windows();
    let stage = Stage::at_waiting("").await;
    stage.server.answer("/updates/", 200, "null");
    settle().await;
    stage.server.refuse("/updates/", 404, NO_NEWS);
    assert_eq!(stage.server.asked_for("/updates/").len(), 1, "it rests");
    sleep(1_200).await;
    assert_eq!(stage.server.asked_for("/updates/").len(), 3);
    stage.shows("waiting", WAITING, &["reopen", "cancel"]);
}

#[wasm_bindgen_test]
async fn a_blocked_window_leaves_a_link_to_press() {
    let _blocked = Replaced::no_windows();
    let stage = Stage::at_waiting("").await;
    stage.shows("blocked", "Your browser blocked the window", &["open", "cancel"]);
    let link = stage.get("a[data-action=open]");
    assert_eq!(link.text_content().as_deref(), Some("Open Harbour Books"));
    assert_eq!(link.get_attribute("href").as_deref(), Some("https://connect.example/oauth/start/9"));
    assert_eq!(link.get_attribute("target").as_deref(), Some("_blank"));
    assert_eq!(link.get_attribute("rel").as_deref(), Some("noopener noreferrer"));
}

#[wasm_bindgen_test]
async fn who_follows_the_link_is_waited_for_without_a_window_to_watch() {
    let _blocked = Replaced::no_windows();
    let _links = Replaced::links();
    let stage = Stage::at_waiting("").await;
    stage.press_action("open").await;
    stage.shows("waiting", WAITING, &["reopen", "cancel"]);
    assert_eq!(
        stage.texts("[role=status]"),
        ["Finish signing in to Harbour Books in the other tab. This page goes on by itself."]
    );
    stage.server.answer("/updates/", 200, &connection("active", None, ""));
    settle().await;
    assert_eq!(stage.screen(), "connected");
}

#[wasm_bindgen_test]
async fn when_the_waiting_time_is_over_the_sign_in_may_still_be_finished() {
    let _windows = Replaced::windows();
    let stage = Stage::at_waiting(r#""options":{"sessionTimeout":1}"#).await;
    sleep(1_200).await;
    stage.shows("expired", "This is taking longer than usual", &["reopen", "cancel"]);
    assert!(stage.texts("[role=status]")[0].starts_with("We have not heard from Harbour Books yet."));
    stage.server.answer("/updates/", 200, &connection("active", None, ""));
    settle().await;
    assert_eq!(stage.screen(), "connected");
}

#[wasm_bindgen_test]
async fn when_the_servers_time_is_over_too_there_is_only_another_try() {
    let _windows = Replaced::windows();
    let stage = Stage::at_waiting("").await;
    stage.server.refuse("/updates/", 410, "This sign-in is over.");
    settle().await;
    stage.shows("expired", "This is taking longer than usual", &["try-again", "cancel"]);
    assert_eq!(
        stage.texts("[role=status]"),
        ["The sign-in at Harbour Books was not finished in time. Nothing was connected."]
    );
    stage.press_action("try-again").await;
    stage.shows("before", "Connect Harbour Books", &["continue", "back"]);
}

#[wasm_bindgen_test]
async fn who_cancels_just_after_signing_in_is_connected_all_the_same() {
    let _windows = Replaced::windows();
    let stage = Stage::at_waiting("").await;
    stage.press_action("cancel").await;
    stage.shows("picker", "Connect your accounting", &[]);
    assert!(stage.server.last().line().contains("timeoutInMs=0"));
    stage.server.answer("/updates/", 200, &connection("active", None, ""));
    settle().await;
    assert_eq!(stage.screen(), "connected");
}

#[wasm_bindgen_test]
async fn an_address_that_is_refused_ends_the_attempt_with_the_servers_words() {
    page::forget_notes();
    let windows = Replaced::windows();
    let stage = Stage::at_before("").await;
    stage.server.refuse("/services/url", 502, "Harbour Books is under repair.");
    stage.press_action("continue").await;
    stage.shows("failed", "That did not work", &["try-again", "back"]);
    assert!(stage.text().contains("Harbour Books is under repair."));
    let name = windows.opened()[0].name();
    assert!(page::notes().contains(&format!("{name} is closed")), "{:?}", page::notes());
}
