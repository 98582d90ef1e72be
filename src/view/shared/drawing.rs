//! Drawings made of lines and words (SVG).

use super::element::{Element, View, svg_element};

/// A drawing; without a description it says nothing to a screen reader.
pub(crate) fn drawing(
    class: &'static str,
    view_box: impl Into<String>,
    description: Option<String>,
    shapes: Vec<View>,
) -> View {
    let drawing = with_class("svg", class).attribute("viewBox", view_box).attribute("focusable", "false");
    let drawing = match description {
        Some(description) => drawing.attribute("role", "img").attribute("aria-label", description),
        None => drawing.hidden(),
    };
    drawing.children(shapes).done()
}

/// A line, in the words of an SVG path.
pub(crate) fn line(class: impl Into<String>, line: impl Into<String>) -> View {
    with_class("path", class).attribute("d", line).done()
}

/// Words that begin at a place.
pub(crate) fn words(class: String, (x, y): (String, String), words: String) -> View {
    with_class("text", class).attribute("x", x).attribute("y", y).text(words).done()
}

fn with_class(tag: &'static str, class: impl Into<String>) -> Element {
    let class = class.into();
    if class.is_empty() { svg_element(tag) } else { svg_element(tag).attribute("class", class) }
}
