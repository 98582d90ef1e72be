//! The network goes and comes.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Event;

use crate::support::page::PageStub;
use crate::support::{Widget, settle};

async fn happens(event: &str) {
    let event = Event::new(event).expect("an event");
    leptos::prelude::window().dispatch_event(&event).expect("it is sent");
    settle().await;
}

#[wasm_bindgen_test]
async fn being_offline_is_said_and_read_out_until_there_is_a_network_again() {
    let _windows = PageStub::windows();
    let widget = Widget::at_waiting("").await;
    assert_eq!(widget.texts("[role=alert]"), [""; 0]);
    happens("offline").await;
    assert_eq!(widget.texts("[role=alert]"), ["You are offline. This goes on when you are back."]);
    assert_eq!(widget.screen(), "waiting");
    let asked = widget.server.requests().len();
    happens("online").await;
    assert_eq!(widget.texts("[role=alert]"), [""; 0]);
    assert_eq!(widget.server.requests().len(), asked + 1, "the server is asked at once");
    assert!(widget.server.last_request().line().contains("/widget/"));
}

#[wasm_bindgen_test]
async fn coming_back_to_the_page_asks_at_once_and_focus_within_it_does_not() {
    let _windows = PageStub::windows();
    let widget = Widget::at_waiting("").await;
    let asked = widget.server.requests().len();
    happens("focus").await;
    assert_eq!(widget.server.requests().len(), asked + 1);
    wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(widget.get("button"))
        .focus()
        .expect("it takes it");
    settle().await;
    assert_eq!(widget.server.requests().len(), asked + 1);
}
