//! Drawings made of lines (SVG).

use super::element::{View, svg_element};

/// A drawing of one line, in the words of an SVG path; it says nothing to a screen reader.
pub(crate) fn drawing(class: &'static str, view_box: &'static str, line: &'static str) -> View {
    let line = svg_element("path").attribute("d", line).done();
    svg_element("svg")
        .attribute("class", class)
        .attribute("viewBox", view_box)
        .attribute("focusable", "false")
        .hidden()
        .child(line)
        .done()
}
