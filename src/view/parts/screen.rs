//! The skeleton of a screen: a section named after its heading, which takes the focus when the screen is new.

use leptos::html::{h2, p, section};
use leptos::prelude::*;

/// The id that ties a section to its heading; ids are the shadow root's own.
const HEADING: &str = "heading";

/// A screen that says one thing in its middle: a picture, a heading, a text, and what can be done.
pub(crate) fn centred(
    name: &'static str,
    picture: impl IntoView + 'static,
    title: String,
    text: impl IntoView + 'static,
    actions: impl IntoView + 'static,
) -> AnyView {
    plain(name, "screen centred", (picture, heading(title), text, actions))
}

/// Any screen.
pub(crate) fn plain(name: &'static str, class: &'static str, children: impl IntoView + 'static) -> AnyView {
    section()
        .class(class)
        .attr("data-screen", name)
        .attr("aria-labelledby", HEADING)
        .child(children.into_any())
        .into_any()
}

/// The screen's heading.
pub(crate) fn heading(title: String) -> impl IntoView {
    h2().id(HEADING).attr("tabindex", "-1").child(title)
}

/// A paragraph.
pub(crate) fn text(words: String) -> impl IntoView {
    p().class("text").child(words)
}
