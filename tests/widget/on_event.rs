//! `onEvent`: what a host may count, beside the callbacks.

use railz_connect::mount_with;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{PageStub, evaluate};
use crate::support::responses::{ADDRESS, SESSION, connection};
use crate::support::widget::new_parent;
use crate::support::{Server, settle};

async fn press(parent: &web_sys::HtmlElement, selector: &str) {
    let root = parent.first_element_child().unwrap().shadow_root().unwrap();
    let found = root.query_selector(selector).unwrap().unwrap_or_else(|| panic!("no {selector}"));
    wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(found).click();
    settle().await;
}

/// A sign-in from the list to its end; gives what `onEvent` heard, between what the other callbacks heard.
async fn sign_in(entry: &str, on_event: &str) -> String {
    let _windows = PageStub::windows();
    let server = Server::default();
    server.answer("/widget/session/", 200, SESSION);
    evaluate("(globalThis.heard = [])");
    let options = evaluate(&format!(
        "{{ widgetId: 'W', endpoint: 'https://connect.example', onEvent: {on_event}, \
         onSuccess: (event) => heard.push(event), onError: (event) => heard.push(event) }}"
    ));
    let parent = new_parent();
    let handle = mount_with(&parent, &options, &JsValue::UNDEFINED, server.transport()).unwrap();
    settle().await;
    press(&parent, "[data-service=harbourBooks]").await;
    server.answer("/services/url", 200, ADDRESS);
    press(&parent, "[data-action=continue]").await;
    server.answer("/updates/", 200, entry);
    settle().await;
    handle.unmount();
    parent.remove();
    evaluate("JSON.stringify(globalThis.heard)").as_string().unwrap()
}

const LISTEN: &str = "(name, data) => heard.push([name, data])";

#[wasm_bindgen_test]
async fn a_sign_in_is_told_by_name_with_its_service_and_its_outcome_after_the_callbacks() {
    let service = r#""serviceName":"harbourBooks""#;
    let begun = format!(
        r#"["load",["opened",{{}}],["serviceSelected",{{{service},"reconnect":false}}],["signInStarted",{{{service}}}]"#
    );
    assert_eq!(
        sign_in(&connection("active", None, ""), LISTEN).await,
        format!(r#"{begun},"authorization",["outcome",{{{service},"outcome":"connected"}}]]"#)
    );
    assert_eq!(
        sign_in(&connection("invalid", Some("duplicateAccount"), ""), LISTEN).await,
        format!(
            r#"{begun},"authorization",["outcome",{{{service},"outcome":"duplicate","errorCode":"duplicateAccount"}}]]"#
        )
    );
}

#[wasm_bindgen_test]
async fn an_onevent_that_throws_hurts_nothing() {
    let console = PageStub::console("error");
    let heard =
        sign_in(&connection("active", None, ""), "() => { throw new Error('counting is broken') }").await;
    assert_eq!(heard, r#"["load","authorization"]"#);
    assert!(console.lines().iter().all(|line| line.contains("counting is broken")), "{:?}", console.lines());
    assert_eq!(console.lines().len(), 4, "once an event");
}
