//! The field that searches the services.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlInputElement};

use crate::support::{Widget, settle};

/// So many services of two kinds that both lists have the field.
fn session_of_two_kinds() -> String {
    let service = |kind: &str, number: u32| {
        format!(
            r#"{{"service":"{kind}{number}","serviceKind":"{kind}","uuid":"{kind}-{number}","displayName":"{kind} {number}"}}"#
        )
    };
    let kinds = ["accounting", "commerce"].iter();
    let all: Vec<_> = kinds.flat_map(|kind| (0..12).map(move |number| service(kind, number))).collect();
    format!(
        r#"{{"access_token":"t","businessName":"Harbour Bakery","businessUuid":"BIZ-1","integrations":[{}]}}"#,
        all.join(",")
    )
}

#[wasm_bindgen_test]
async fn the_list_of_the_next_kind_begins_with_an_empty_field() {
    // What used to happen: the words stayed in the field while the next list was shown whole.
    let more = r#""options":{"components":{"overview":false}}"#;
    let widget = Widget::opened(&session_of_two_kinds(), more).await;
    widget.get("#search").unchecked_into::<HtmlInputElement>().set_value("accounting 3");
    widget.get("#search").dispatch_event(&Event::new("input").expect("an event")).expect("it is sent");
    settle().await;
    assert_eq!(widget.texts("[data-service] .name"), ["accounting 3"]);
    widget.press_action("skip").await;
    assert_eq!(widget.texts("h2"), ["Connect your sales"]);
    assert_eq!(widget.texts("[data-service] .name").len(), 12);
    assert_eq!(widget.filled("#search"), "");
}
