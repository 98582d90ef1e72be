//! Drawings made of lines and words (SVG), with attributes as data like those of every other element.

use leptos::prelude::*;
use leptos::svg::{path, svg, text};

use super::attributes::Attributes;

/// A drawing; without a description it says nothing to a screen reader.
pub(crate) fn drawing(
    class: &'static str,
    view_box: impl Into<String>,
    description: Option<String>,
    shapes: Vec<AnyView>,
) -> AnyView {
    let mut attributes = named(class);
    attributes.set("viewBox", view_box.into());
    attributes.set("focusable", "false".to_owned());
    match description {
        Some(description) => {
            attributes.set("role", "img".to_owned());
            attributes.set("aria-label", description);
        }
        None => attributes.set("aria-hidden", "true".to_owned()),
    }
    svg().add_any_attr(attributes).child(shapes).into_any()
}

/// A line, in the words of an SVG path.
pub(crate) fn line(class: impl Into<String>, line: impl Into<String>) -> AnyView {
    let mut attributes = named(class);
    attributes.set("d", line.into());
    path().add_any_attr(attributes).into_any()
}

/// Words that begin at a place.
pub(crate) fn words(class: String, (x, y): (String, String), words: String) -> AnyView {
    let mut attributes = named(class);
    attributes.set("x", x);
    attributes.set("y", y);
    text().add_any_attr(attributes).child(vec![words.into_any()]).into_any()
}

fn named(class: impl Into<String>) -> Attributes {
    let (class, mut attributes) = (class.into(), Attributes::default());
    if !class.is_empty() {
        attributes.set("class", class);
    }
    attributes
}
