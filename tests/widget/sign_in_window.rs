//! The sign-in window: opened inside the press (contract rule F3), dressed by us, told who began the sign-in when its start
//! page asks.

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{self, PageStub, evaluate};
use crate::support::responses::ADDRESS;
use crate::support::{Widget, settle};

#[wasm_bindgen_test]
async fn the_window_opens_inside_the_press_and_before_anything_is_asked() {
    let windows = PageStub::windows();
    let widget = Widget::at_before("").await;
    page::forget_notes();
    widget.get("[data-action=continue]").click();
    let name = windows.opened()[0].name();
    let notes = page::notes();
    assert_eq!(notes.len(), 2, "both have happened when the press is over: {notes:?}");
    assert_eq!(notes[0], format!("{name} opens"));
    assert!(notes[1].starts_with("asks /services/url?"), "{notes:?}");
}

#[wasm_bindgen_test]
async fn the_window_is_a_popup_without_an_address_of_its_own() {
    let windows = PageStub::windows();
    let _widget = Widget::at_waiting("").await;
    let opened = &windows.opened()[0];
    assert_eq!(opened.url(), "");
    assert!(opened.features().starts_with("popup,width=900,height=720,left="), "{}", opened.features());
    assert!(!opened.features().contains("noopener"), "it could not be watched");
}

#[wasm_bindgen_test]
async fn an_attempt_keeps_its_window_name_and_another_has_its_own() {
    let windows = PageStub::windows();
    let first = Widget::at_waiting("").await;
    first.press_action("reopen").await;
    first.press_action("cancel").await;
    first.press("[data-service=harbourBooks]").await;
    first.press_action("continue").await;
    let names: Vec<_> = windows.opened().iter().map(page::Opened::name).collect();
    assert!(names.iter().all(|name| name.starts_with("railz-connect-")), "{names:?}");
    let [opened, again, another] = &names[..] else { panic!("three windows were opened: {names:?}") };
    assert_eq!(opened, again);
    assert_ne!(opened, another);
}

#[wasm_bindgen_test]
async fn two_widgets_pressed_in_the_same_moment_open_two_windows() {
    let windows = PageStub::windows();
    let first = Widget::at_before("").await;
    let second = Widget::at_before("").await;
    evaluate("(Date.real = Date.now, Date.now = () => 1792540800000)");
    first.get("[data-action=continue]").click();
    second.get("[data-action=continue]").click();
    evaluate("(Date.now = Date.real, delete Date.real)");
    let names: Vec<_> = windows.opened().iter().map(page::Opened::name).collect();
    assert_ne!(names[0], names[1]);
}

#[wasm_bindgen_test]
async fn until_it_leaves_the_window_shows_a_page_of_ours_made_of_nodes() {
    let trap = PageStub::markup();
    let windows = PageStub::windows();
    let widget = Widget::at_before("").await;
    widget.press_action("continue").await;
    let document = windows.opened()[0].document();
    assert_eq!(document.title(), "Opening Harbour Books");
    let root = document.document_element().unwrap();
    assert_eq!(root.get_attribute("lang").as_deref(), Some("en"));
    let headings = page::query_all(&document, "main > h1");
    assert_eq!(headings[0].text_content().as_deref(), Some("Taking you to Harbour Books…"));
    let sheets = Array::from(&Reflect::get(&document, &"adoptedStyleSheets".into()).unwrap());
    assert_eq!(sheets.length(), 1, "a stylesheet of the window's own realm");
    assert_eq!(page::styled_in_markup(&document), [""; 0]);
    assert_eq!(trap.lines(), [""; 0]);
}

#[wasm_bindgen_test]
async fn the_opener_is_left_for_the_start_page_to_ask_and_to_cut() {
    // The widget used to cut it before the window left, so that nobody there could be asked who began the sign-in.
    let windows = PageStub::windows();
    let widget = Widget::at_before("").await;
    page::forget_notes();
    widget.server.answer("/services/url", 200, ADDRESS);
    widget.press_action("continue").await;
    let name = windows.opened()[0].name();
    let notes: Vec<_> = page::notes().into_iter().filter(|note| !note.starts_with("asks")).collect();
    assert_eq!(
        notes,
        [format!("{name} opens"), format!("{name} goes to https://connect.example/oauth/start/9")]
    );
}

#[wasm_bindgen_test]
async fn opened_again_it_goes_to_the_same_address_at_once() {
    let windows = PageStub::windows();
    let widget = Widget::at_waiting("").await;
    windows.opened()[0].set_closed(true);
    page::forget_notes();
    widget.get("[data-action=reopen]").click();
    let name = windows.opened()[1].name();
    assert_eq!(
        page::notes(),
        [format!("{name} opens"), format!("{name} goes to https://connect.example/oauth/start/9")]
    );
}

const SERVER: &str = "https://connect.example";
const ASKS: &str = r#"{"type":"railz-connect:start"}"#;

/// What the widget tells for one message.
fn told(source: &JsValue, origin: &str, data: &str) -> Vec<String> {
    page::forget_notes();
    page::send_message(source, origin, data);
    page::notes()
}

#[wasm_bindgen_test]
async fn a_start_page_in_the_widgets_window_is_told_the_proof_each_time_it_asks() {
    let windows = PageStub::windows();
    let _widget = Widget::at_waiting("").await;
    let window = &windows.opened()[0];
    let proof = format!(
        r#"{} at {SERVER} is told {{"type":"railz-connect:proof","proof":"t0Kq1xV7b2mJ5c8nR4yWzL9aG3dF6hPsE1uB0iN7oXk"}}"#,
        window.name()
    );
    for _ in 0..2 {
        assert_eq!(told(window, SERVER, ASKS), [proof.as_str()]);
    }
}

#[wasm_bindgen_test]
async fn a_window_of_another_origin_is_told_nothing_however_alike_it_looks() {
    let windows = PageStub::windows();
    let _widget = Widget::at_waiting("").await;
    for origin in [
        "https://app.example",
        "http://connect.example",
        "https://connect.example:444",
        "https://connect.example.evil.example",
        "https://evil-connect.example",
        "https://connect.example/",
        "https://CONNECT.example",
        "null",
        "",
    ] {
        assert_eq!(told(&windows.opened()[0], origin, ASKS), [""; 0], "{origin}");
    }
}

#[wasm_bindgen_test]
async fn a_page_of_the_servers_in_another_window_is_told_nothing() {
    let windows = PageStub::windows();
    let _widget = Widget::at_waiting("").await;
    for other in ["window", "null", "undefined", "({ closed: false })"] {
        assert_eq!(told(&page::evaluate(other), SERVER, ASKS), [""; 0], "{other}");
    }
    drop(windows);
}

#[wasm_bindgen_test]
async fn a_message_that_asks_nothing_is_told_nothing() {
    let windows = PageStub::windows();
    let _widget = Widget::at_waiting("").await;
    for data in [
        "null",
        "1",
        r#""railz-connect:start""#,
        "{}",
        r#"{"type":"railz-connect:proof"}"#,
        r#"{"type":["railz-connect:start"]}"#,
    ] {
        assert_eq!(told(&windows.opened()[0], SERVER, data), [""; 0], "{data}");
    }
}

#[wasm_bindgen_test]
async fn nobody_is_told_anything_before_the_window_was_sent_anywhere() {
    let windows = PageStub::windows();
    let widget = Widget::at_before("").await;
    widget.press_action("continue").await;
    assert_eq!(told(&windows.opened()[0], SERVER, ASKS), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_window_that_was_given_up_is_told_nothing() {
    let windows = PageStub::windows();
    let widget = Widget::at_waiting("").await;
    widget.press_action("cancel").await;
    assert_eq!(told(&windows.opened()[0], SERVER, ASKS), [""; 0]);
    widget.handle.unmount();
    assert_eq!(told(&windows.opened()[0], SERVER, ASKS), [""; 0]);
}

#[wasm_bindgen_test]
async fn each_of_two_widgets_answers_its_own_window() {
    let windows = PageStub::windows();
    let _first = Widget::at_waiting("").await;
    let _second = Widget::at_waiting("").await;
    for window in windows.opened() {
        let told = told(&window, SERVER, ASKS);
        assert!(matches!(&told[..], [only] if only.starts_with(&window.name())), "{told:?}");
    }
}

#[wasm_bindgen_test]
async fn a_window_that_has_not_left_yet_is_closed_with_the_widget() {
    let windows = PageStub::windows();
    let widget = Widget::at_before("").await;
    widget.press_action("continue").await;
    page::forget_notes();
    widget.handle.unmount();
    assert_eq!(page::notes(), [format!("{} is closed", windows.opened()[0].name())]);
}

#[wasm_bindgen_test]
async fn a_window_that_has_left_is_left_alone() {
    let _windows = PageStub::windows();
    let widget = Widget::at_waiting("").await;
    page::forget_notes();
    widget.handle.unmount();
    assert_eq!(page::notes(), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_window_that_cannot_be_written_to_is_sent_on_its_way_all_the_same() {
    let windows = PageStub::windows();
    let console = PageStub::console("error");
    let widget = Widget::at_before("").await;
    evaluate(
        "((real) => { window.open = (...given) => Object.assign(real(...given), { document: null }) })(window.open)",
    );
    widget.server.answer("/services/url", 200, ADDRESS);
    widget.press_action("continue").await;
    assert!(page::notes().last().is_some_and(|note| note.starts_with("asks /widget/connection/updates/")));
    assert!(page::notes().iter().any(|note| note.ends_with("goes to https://connect.example/oauth/start/9")));
    assert_eq!(console.lines(), [""; 0]);
    drop((windows, widget));
}

#[wasm_bindgen_test]
async fn a_browser_that_throws_instead_of_opening_counts_as_blocking() {
    let blocked = PageStub::no_windows();
    let widget = Widget::at_before("").await;
    evaluate("(window.open = () => { throw new DOMException('no', 'SecurityError') })");
    widget.server.answer("/services/url", 200, ADDRESS);
    widget.press_action("continue").await;
    assert_eq!(widget.screen(), "blocked");
    drop(blocked);
    settle().await;
}
