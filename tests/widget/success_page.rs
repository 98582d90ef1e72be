//! Handing the connection to the host's success page.

use js_sys::Reflect;
use railz_connect::mount_with;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::support::page::{self, PageStub, evaluate, sleep};
use crate::support::responses::{ADDRESS, SESSION, connection};
use crate::support::widget::new_parent;
use crate::support::{Server, Widget, settle};

const FIELDS: &str = "connectionId=CON-3f1f7c0e-5a7c-4a53-8f3c-2f8f0f5b7a01&businessName=Harbour Bakery\
    &businessUuid=BIZ-0b0ad5a5-6a3a-4f43-9d8e-0b6f7d1c2a11&serviceName=harbourBooks";

async fn connected(more: &str) -> Widget {
    Widget::ended_with(more, &connection("active", None, "")).await
}

/// As `connected`, with a server that was told before how to answer the hand-over.
async fn connected_to(more: &str, prepare: impl FnOnce(&Server)) -> Widget {
    let windows = PageStub::windows();
    let widget = Widget::at_waiting(more).await;
    prepare(&widget.server);
    widget.server.answer("/updates/", 200, &connection("active", None, ""));
    settle().await;
    drop(windows);
    widget
}

#[wasm_bindgen_test]
async fn a_success_is_posted_with_its_fields_in_order_and_leaves_the_pages_own_frame() {
    // It used to leave the page around a host's frame, where `redirectUrl` leaves the frame.
    let forms = PageStub::forms();
    let widget = connected(r#""successUrl":"https://host.example/done?a=1","state":"s&=é""#).await;
    widget.shows("handingOver", "Harbour Books is connected", &[]);
    let expected = format!("post https://host.example/done?a=1 _self hidden {FIELDS}&state=s&=é");
    assert_eq!(forms.lines(), [expected]);
    assert!(page::query_all(&page::body(), "form").is_empty(), "the form is taken away again");
}

#[wasm_bindgen_test]
async fn the_success_page_receives_what_the_server_signed() {
    // It used to receive ids alone, which any browser can send.
    let forms = PageStub::forms();
    let widget = connected_to(r#""successUrl":"https://host.example/done","state":"7""#, |server| {
        server.answer("/widget/connectionToken", 200, r#"{"connectionToken":"a.b.c"}"#);
    })
    .await;
    let expected =
        format!("post https://host.example/done _self hidden {FIELDS}&state=7&connectionToken=a.b.c");
    assert_eq!(forms.lines(), [expected]);
    let asked = widget.server.requests_to("/widget/connectionToken");
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].line(), "POST /widget/connectionToken");
    assert!(asked[0].sent.headers.iter().any(|(name, value)| *name == "authorization" && !value.is_empty()));
}

#[wasm_bindgen_test]
async fn a_success_page_waits_for_the_signature_and_goes_on_without_where_none_comes() {
    let forms = PageStub::forms();
    let widget = connected_to(r#""successUrl":"https://host.example/done""#, |server| {
        server.hold("/widget/connectionToken");
    })
    .await;
    assert_eq!(forms.lines(), [""; 0]);
    sleep(3_200).await;
    assert_eq!(forms.lines(), [format!("post https://host.example/done _self hidden {FIELDS}")]);
    // A signature that comes after all sends nothing a second time.
    widget.server.answer("/widget/connectionToken", 200, r#"{"connectionToken":"a.b.c"}"#);
    settle().await;
    assert_eq!(forms.lines().len(), 1);
}

#[wasm_bindgen_test]
async fn a_host_that_unmounts_while_the_signature_is_awaited_still_sends_the_person_on() {
    let forms = PageStub::forms();
    let widget = connected_to(r#""successUrl":"https://host.example/done""#, |server| {
        server.hold("/widget/connectionToken");
    })
    .await;
    widget.handle.unmount();
    widget.server.answer("/widget/connectionToken", 200, r#"{"connectionToken":"a.b.c"}"#);
    settle().await;
    let expected = format!("post https://host.example/done _self hidden {FIELDS}&connectionToken=a.b.c");
    assert_eq!(forms.lines(), [expected]);
}

/// The form used to go without a signature, since the token was asked for in the effect after the callback.
#[wasm_bindgen_test]
async fn a_host_that_unmounts_as_it_hears_of_the_success_still_sends_what_is_signed() {
    let (forms, _windows, server) = (PageStub::forms(), PageStub::windows(), Server::default());
    let options = evaluate(
        "{ widgetId: 'W', endpoint: 'https://connect.example', successUrl: 'https://host.example/done', \
           onSuccess: (event) => { if (event === 'authorization') globalThis.handle.unmount(); } }",
    );
    let parent = new_parent();
    let handle = mount_with(&parent, &options, &JsValue::UNDEFINED, server.transport()).unwrap();
    Reflect::set(&js_sys::global(), &"handle".into(), &handle.into()).unwrap();
    server.answer("/widget/session/", 200, SESSION);
    settle().await;
    for press in ["[data-service=harbourBooks]", "[data-action=continue]"] {
        let root = parent.first_element_child().and_then(|base| base.shadow_root()).unwrap();
        root.query_selector(press).unwrap().unwrap().unchecked_into::<HtmlElement>().click();
        settle().await;
    }
    server.answer("/services/url", 200, ADDRESS);
    settle().await;
    server.hold("/widget/connectionToken");
    server.answer("/updates/", 200, &connection("active", None, ""));
    settle().await;
    assert!(parent.first_element_child().is_none(), "it is off the page");
    assert_eq!(forms.lines(), [""; 0], "what is signed is waited for");
    server.answer("/widget/connectionToken", 200, r#"{"connectionToken":"a.b.c"}"#);
    settle().await;
    let expected = format!("post https://host.example/done _self hidden {FIELDS}&connectionToken=a.b.c");
    assert_eq!(forms.lines(), [expected]);
    parent.remove();
}

/// The session used to be ended in the same moment, while what is signed was on its way with its token.
#[wasm_bindgen_test]
async fn a_session_of_the_pages_own_ends_after_what_the_success_page_receives_is_signed() {
    let forms = PageStub::forms();
    let ends = |widget: &Widget| {
        widget.server.requests().iter().filter(|one| one.line() == "DELETE /widget/session").count()
    };
    for signed in [true, false] {
        let _windows = PageStub::windows();
        let own = SESSION.replacen('{', r#"{"sessionKind":"open","#, 1);
        let widget = Widget::opened(&own, r#""successUrl":"https://host.example/done""#).await;
        widget.press("[data-service=harbourBooks]").await;
        widget.server.answer("/services/url", 200, ADDRESS);
        widget.press_action("continue").await;
        widget.server.hold("/widget/connectionToken");
        widget.server.answer("/updates/", 200, &connection("active", None, ""));
        settle().await;
        widget.handle.unmount();
        settle().await;
        assert_eq!((forms.lines().len(), ends(&widget)), (usize::from(!signed), 0));
        if signed {
            widget.server.answer("/widget/connectionToken", 200, r#"{"connectionToken":"a.b.c"}"#);
            settle().await;
        } else {
            sleep(3_200).await;
        }
        assert_eq!(ends(&widget), 1);
    }
    assert_eq!(forms.lines().len(), 2, "and where nothing is signed the page goes on all the same");
}

/// The five seconds and the listening used to begin before the three for the signature.
#[wasm_bindgen_test]
async fn another_form_that_a_policy_refuses_meanwhile_is_not_ours() {
    let forms = PageStub::forms();
    let widget = connected_to(r#""successUrl":"https://host.example/done""#, |server| {
        server.hold("/widget/connectionToken");
    })
    .await;
    page::violate_policy("form-action");
    settle().await;
    assert_eq!(widget.screen(), "handingOver");
    widget.server.answer("/widget/connectionToken", 200, r#"{"connectionToken":"a.b.c"}"#);
    settle().await;
    assert_eq!(forms.lines().len(), 1);
    assert!(widget.host_calls().iter().all(|call| !call.starts_with("onError")), "{:?}", widget.host_calls());
}

#[wasm_bindgen_test]
async fn without_a_state_the_form_has_no_such_field() {
    let forms = PageStub::forms();
    let _widget = connected(r#""successUrl":"https://host.example/done","successMethod":"POST""#).await;
    assert_eq!(forms.lines(), [format!("post https://host.example/done _self hidden {FIELDS}")]);
}

#[wasm_bindgen_test]
async fn by_get_the_addresss_own_query_is_kept_before_the_fields() {
    let forms = PageStub::forms();
    let more =
        r#""successUrl":"https://host.example/done?a=1&b=x%20y&a=2#part","successMethod":"get","state":"7""#;
    let _widget = connected(more).await;
    let expected = format!("get https://host.example/done#part _self hidden a=1&b=x y&a=2&{FIELDS}&state=7");
    assert_eq!(forms.lines(), [expected]);
}

#[wasm_bindgen_test]
async fn the_host_hears_of_the_success_before_the_page_is_left() {
    let _forms = PageStub::forms();
    let widget = connected(r#""successUrl":"https://host.example/done""#).await;
    assert!(widget.host_calls()[1].starts_with("onSuccess authorization "), "{:?}", widget.host_calls());
}

/// Contract rule H8.
#[wasm_bindgen_test]
async fn a_redirect_is_a_plain_navigation_without_fields() {
    let forms = PageStub::forms();
    let widget = connected(r##""redirectUrl":"#landed""##).await;
    let hash = page::document().location().unwrap().hash().unwrap();
    assert_eq!(hash, "#landed");
    assert_eq!(widget.screen(), "handingOver");
    assert_eq!(forms.lines(), [""; 0]);
    assert!(widget.host_calls()[1].starts_with("onSuccess authorization "));
    evaluate("history.replaceState(null, '', location.pathname)");
}

#[wasm_bindgen_test]
async fn a_policy_that_forbids_the_form_leaves_a_button_that_sends_it_again() {
    let forms = PageStub::forms();
    let widget = connected(r#""successUrl":"https://host.example/done""#).await;
    page::violate_policy("form-action");
    settle().await;
    widget.shows("handOverStuck", "Harbour Books is connected", &["continue"]);
    assert!(widget.text().contains("The connection is made. Press the button to go on."));
    assert!(widget.host_calls()[2].starts_with("onError load "), "{:?}", widget.host_calls());
    assert!(widget.host_calls()[2].contains(r#""errorCode":"general""#));
    widget.press_action("continue").await;
    assert_eq!(widget.screen(), "handingOver");
    assert_eq!(forms.lines().len(), 2);
    assert_eq!(forms.lines()[0], forms.lines()[1]);
}

#[wasm_bindgen_test]
async fn a_violation_of_another_directive_changes_nothing() {
    let _forms = PageStub::forms();
    let widget = connected(r#""successUrl":"https://host.example/done""#).await;
    page::violate_policy("img-src");
    settle().await;
    assert_eq!(widget.screen(), "handingOver");
}

#[wasm_bindgen_test]
async fn the_close_button_goes_while_the_page_is_being_left() {
    let _forms = PageStub::forms();
    let _windows = PageStub::windows();
    let widget =
        Widget::opened(SESSION, r##""successUrl":"/done","closeEnabled":true,"closeRedirectUrl":"#closed""##)
            .await;
    widget.press("[data-service=harbourBooks]").await;
    widget.server.answer("/services/url", 200, ADDRESS);
    widget.press_action("continue").await;
    widget.shows("waiting", "Waiting for Harbour Books", &["close", "reopen", "cancel"]);
    widget.server.answer("/updates/", 200, &connection("active", None, ""));
    settle().await;
    widget.shows("handingOver", "Harbour Books is connected", &[]);
}
