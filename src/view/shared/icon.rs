//! The few pictures, drawn with lines. They say nothing that the words beside them do not say.

use super::drawing;
use super::element::{View, element};

pub(crate) fn tick() -> View {
    drawn("M5 12.5l4.5 4.5L19 7.5")
}

pub(crate) fn dash() -> View {
    drawn("M6 12h12")
}

pub(crate) fn cross() -> View {
    drawn("M6 6l12 12M18 6L6 18")
}

pub(crate) fn arrow() -> View {
    drawn("M9 5l7 7-7 7")
}

pub(crate) fn bang() -> View {
    drawn("M12 6v8M12 17.5v.5")
}

pub(crate) fn window() -> View {
    drawn("M4 6h16v12H4zM4 10h16")
}

pub(crate) fn clock() -> View {
    drawn("M12 7v5.5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18")
}

/// A picture in a disc, in the colour of how things went.
pub(crate) fn disc(tone: &'static str, picture: View) -> View {
    element("SPAN").class("disc").attribute("data-tone", tone).hidden().child(picture).done()
}

fn drawn(line: &'static str) -> View {
    drawing::drawing("icon", "0 0 24 24", line)
}
