//! Every screen that there is, by its sample: made as every screen has to be, and nothing in it that no person should read.

use railz_connect::{gallery_draw, gallery_missing, gallery_names};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{self, query_all};
use crate::support::widget::new_parent;

/// Identifiers and words of the contract, as samples have them.
const RAW: &[&str] = &[
    "CON-",
    "INT-",
    "harbourBooks",
    "railzSandbox",
    "quickbooks",
    "oracleNetsuite",
    "undefined",
    "null",
    "{",
    "}",
];

#[wasm_bindgen_test]
fn every_screen_has_a_sample() {
    assert_eq!(gallery_missing(), [""; 0]);
}

#[wasm_bindgen_test]
fn every_screen_has_one_heading_named_buttons_labelled_fields_and_no_raw_identifier() {
    for (number, name) in gallery_names().into_iter().enumerate() {
        let parent = new_parent();
        let mut sample = gallery_draw(&parent, number).unwrap();
        let root = parent.first_element_child().and_then(|base| base.shadow_root()).unwrap();
        let sections = query_all(&root, "section[data-screen]");
        let [section] = &sections[..] else { panic!("{name}: {} screens", sections.len()) };
        assert!(name.starts_with(&section.get_attribute("data-screen").unwrap()), "{name}");
        let headings = query_all(&root, "h2");
        let [heading] = &headings[..] else { panic!("{name}: {} headings", headings.len()) };
        assert_eq!(section.get_attribute("aria-labelledby"), Some(heading.id()), "{name}");
        assert_eq!(heading.get_attribute("tabindex").as_deref(), Some("-1"), "{name}");
        assert_eq!(page::styled_in_markup(&root), [""; 0], "{name}: style in the markup");
        for pressed in query_all(&root, "button, a, summary") {
            let named = pressed.get_attribute("aria-label").or_else(|| pressed.text_content());
            assert!(named.is_some_and(|words| words.trim().len() > 1), "{name}: a button without a name");
        }
        for field in query_all(&root, "input, select") {
            let label = format!("label[for='{}']", field.id());
            assert_eq!(query_all(&root, &label).len(), 1, "{name}: a field without a label");
        }
        let text = root.text_content().unwrap_or_default();
        for raw in RAW {
            assert!(!text.contains(raw), "{name} shows {raw}: {text}");
        }
        sample.remove();
        assert!(parent.first_element_child().is_none(), "{name} is still there");
        parent.remove();
    }
}
