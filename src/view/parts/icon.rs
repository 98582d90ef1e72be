//! The few pictures, drawn with lines. They say nothing that the words beside them do not say.

use leptos::html::span;
use leptos::prelude::*;
use leptos::svg::{path, svg};

pub(crate) fn tick() -> impl IntoView {
    drawn("M5 12.5l4.5 4.5L19 7.5")
}

pub(crate) fn cross() -> impl IntoView {
    drawn("M6 6l12 12M18 6L6 18")
}

pub(crate) fn arrow() -> impl IntoView {
    drawn("M9 5l7 7-7 7")
}

pub(crate) fn bang() -> impl IntoView {
    drawn("M12 6v8M12 17.5v.5")
}

pub(crate) fn window() -> impl IntoView {
    drawn("M4 6h16v12H4zM4 10h16")
}

pub(crate) fn clock() -> impl IntoView {
    drawn("M12 7v5.5l3.5 2")
}

/// A picture in a disc, in the colour of how things went.
pub(crate) fn disc(tone: &'static str, picture: impl IntoView + 'static) -> AnyView {
    span().class("disc").attr("data-tone", tone).attr("aria-hidden", "true").child(picture).into_any()
}

fn drawn(line: &'static str) -> impl IntoView {
    svg()
        .attr("class", "icon")
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .child(path().attr("d", line))
}
