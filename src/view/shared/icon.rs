//! The few pictures, drawn with lines. They say nothing that the words beside them do not say.

use super::drawing;
use super::element::element;
use leptos::prelude::*;

pub(crate) fn tick() -> AnyView {
    drawn("M5 12.5l4.5 4.5L19 7.5")
}

pub(crate) fn dash() -> AnyView {
    drawn("M6 12h12")
}

pub(crate) fn cross() -> AnyView {
    drawn("M6 6l12 12M18 6L6 18")
}

pub(crate) fn arrow() -> AnyView {
    drawn("M9 5l7 7-7 7")
}

pub(crate) fn bang() -> AnyView {
    drawn("M12 6v8M12 17.5v.5")
}

pub(crate) fn window() -> AnyView {
    drawn("M4 6h16v12H4zM4 10h16")
}

pub(crate) fn clock() -> AnyView {
    drawn("M12 7v5.5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18")
}

/// A picture in a disc, in the colour of how things went.
pub(crate) fn disc(tone: &'static str, picture: AnyView) -> AnyView {
    element("SPAN").class("disc").attribute("data-tone", tone).hidden().child(picture).done()
}

fn drawn(line: &'static str) -> AnyView {
    drawing::drawing("icon", "0 0 24 24", None, vec![drawing::line("", line)])
}
