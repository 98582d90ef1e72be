//! Buttons, in three weights.

use railz_connect_flow::event::UserEvent;

use super::element::{Element, View, element};

/// A button that sends something; its look and its children are still to come.
pub(crate) fn button(class: &'static str, event: UserEvent) -> Element {
    element("BUTTON").attribute("type", "button").class(class).on_click(event)
}

/// The one thing to do.
pub(crate) fn primary(action: &'static str, words: impl Into<String>, event: UserEvent) -> View {
    weighted("action primary", action, words.into(), event)
}

/// Something else that can be done.
pub(crate) fn secondary(action: &'static str, words: impl Into<String>, event: UserEvent) -> View {
    weighted("action secondary", action, words.into(), event)
}

/// What a person may do instead, without weight: back, cancel.
pub(crate) fn quiet(action: &'static str, words: impl Into<String>, event: UserEvent) -> View {
    weighted("action quiet", action, words.into(), event)
}

/// Actions under each other.
pub(crate) fn row(actions: impl IntoIterator<Item = View>) -> View {
    element("DIV").class("actions").children(actions).done()
}

fn weighted(class: &'static str, action: &'static str, words: String, event: UserEvent) -> View {
    button(class, event).attribute("data-action", action).text(words).done()
}
