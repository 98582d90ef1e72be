//! Buttons, in three weights.

use leptos::prelude::*;
use railz_connect_flow::event::UserEvent;

use super::element::{Element, element};
use super::send::Send;

/// A button that sends something; its look and its children are still to come.
pub(crate) fn button(class: &'static str, send: Send, event: UserEvent) -> Element {
    element("BUTTON").attribute("type", "button").class(class).on_click(send, event)
}

/// The one thing to do.
pub(crate) fn primary(
    action: &'static str,
    words: impl Into<String>,
    event: UserEvent,
    send: Send,
) -> AnyView {
    weighted("action primary", action, words.into(), event, send)
}

/// Something else that can be done.
pub(crate) fn secondary(
    action: &'static str,
    words: impl Into<String>,
    event: UserEvent,
    send: Send,
) -> AnyView {
    weighted("action secondary", action, words.into(), event, send)
}

/// What a person may do instead, without weight: back, cancel.
pub(crate) fn quiet(action: &'static str, words: impl Into<String>, event: UserEvent, send: Send) -> AnyView {
    weighted("action quiet", action, words.into(), event, send)
}

/// Actions under each other.
pub(crate) fn row(actions: impl IntoIterator<Item = AnyView>) -> AnyView {
    element("DIV").class("actions").children(actions).done()
}

fn weighted(
    class: &'static str,
    action: &'static str,
    words: String,
    event: UserEvent,
    send: Send,
) -> AnyView {
    button(class, send, event).attribute("data-action", action).text(words).done()
}
