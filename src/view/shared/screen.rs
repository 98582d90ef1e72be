//! The skeleton of a screen: a section named after its heading, which takes the focus when the screen is new.

use super::element::{Element, View, element};

/// The id that ties a section to its heading; ids are the shadow root's own.
const HEADING: &str = "heading";

/// A screen of a name; its children are still to come. The next screen is another element, heading and all: focusing a heading
/// that has the focus already does nothing, and a screen reader would not hear what it says now.
pub(crate) fn screen(name: &'static str, class: &'static str) -> Element {
    element("SECTION")
        .key(name)
        .class(class)
        .attribute("data-screen", name)
        .attribute("aria-labelledby", HEADING)
}

/// A screen that says one thing in its middle: a picture, a heading, and what follows.
pub(crate) fn centred(name: &'static str, picture: View, title: impl Into<String>) -> Element {
    screen(name, "screen centred").child(picture).child(heading(title))
}

/// The screen's heading.
pub(crate) fn heading(title: impl Into<String>) -> View {
    element("H2").attribute("id", HEADING).attribute("tabindex", "-1").text(title).done()
}

/// A paragraph that stands there with the screen; [`live`] is for words that change.
pub(crate) fn text(words: impl Into<String>) -> View {
    element("P").class("text").text(words).done()
}

/// A paragraph that is read out when it changes (`status`) or at once (`alert`).
pub(crate) fn live(role: &'static str, words: impl Into<String>) -> View {
    element("P").class("text").attribute("role", role).text(words).done()
}
