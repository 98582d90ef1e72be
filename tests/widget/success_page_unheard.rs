//! On the way to the success page, while nobody has heard how an earlier sign-in ended.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{PageStub, sleep};
use crate::support::responses::{SANDBOX_ADDRESS, connection};
use crate::support::{Widget, settle};

/// The person gave a sign-in up in the moment in which the server could not say how it ended, and connected the sandbox.
async fn connected_after_a_sign_in_that_was_left() -> Widget {
    let windows = PageStub::windows();
    let widget = Widget::at_waiting(r#""successUrl":"https://host.example/done""#).await;
    widget.press_action("cancel").await;
    widget.server.refuse("/updates/", 400, "Not now");
    settle().await;
    widget.press("[data-service=railzSandbox]").await;
    widget.server.answer("/services/url", 200, SANDBOX_ADDRESS);
    settle().await;
    widget.server.answer("/sandbox/login/", 201, "");
    settle().await;
    answer_status(&widget).await;
    drop(windows);
    widget
}

async fn answer_status(widget: &Widget) {
    widget.server.answer("/widget/status", 200, &format!("[{}]", connection("active", None, "")));
    settle().await;
}

fn authorizations(widget: &Widget) -> usize {
    widget.host_calls().iter().filter(|call| call.contains("authorization")).count()
}

/// The page was left at once, and the host never heard of what the server knew.
#[wasm_bindgen_test]
async fn the_host_hears_of_an_earlier_sign_in_before_the_page_is_left() {
    let forms = PageStub::forms();
    let widget = connected_after_a_sign_in_that_was_left().await;
    assert_eq!((authorizations(&widget), forms.lines().len()), (1, 0));
    widget.shows("handingOver", "Railz Cloud Accounting is connected", &[]);
    assert_eq!(widget.server.last_request().line(), "GET /widget/status");
    answer_status(&widget).await;
    assert_eq!((authorizations(&widget), forms.lines().len()), (2, 1));
}

#[wasm_bindgen_test]
async fn a_server_that_says_nothing_keeps_nobody_longer_than_three_seconds() {
    let forms = PageStub::forms();
    let widget = connected_after_a_sign_in_that_was_left().await;
    sleep(3_200).await;
    assert_eq!((authorizations(&widget), forms.lines().len()), (1, 1));
}

#[wasm_bindgen_test]
async fn a_host_that_unmounts_while_the_server_is_asked_still_sends_the_person_on() {
    let forms = PageStub::forms();
    let widget = connected_after_a_sign_in_that_was_left().await;
    widget.handle.unmount();
    settle().await;
    assert_eq!(forms.lines().len(), 0);
    answer_status(&widget).await;
    assert_eq!(forms.lines().len(), 1);
}
