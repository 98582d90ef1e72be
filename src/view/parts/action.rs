//! Buttons, in three weights.

use leptos::ev::click;
use leptos::html::{button, div};
use leptos::prelude::*;
use railz_connect_flow::UserEvent;

use crate::view::Send;

/// The one thing to do.
pub(crate) fn primary(action: &'static str, words: String, event: UserEvent, send: Send) -> AnyView {
    weighted("action primary", action, words, event, send)
}

/// Something else that can be done.
pub(crate) fn secondary(action: &'static str, words: String, event: UserEvent, send: Send) -> AnyView {
    weighted("action secondary", action, words, event, send)
}

/// The way back.
pub(crate) fn quiet(action: &'static str, words: String, event: UserEvent, send: Send) -> AnyView {
    weighted("action quiet", action, words, event, send)
}

/// Actions under each other, or beside each other where there is room.
pub(crate) fn row(actions: Vec<AnyView>) -> impl IntoView {
    div().class("actions").child(actions)
}

fn weighted(
    class: &'static str,
    action: &'static str,
    words: String,
    event: UserEvent,
    send: Send,
) -> AnyView {
    button()
        .r#type("button")
        .class(class)
        .attr("data-action", action)
        .on(click, move |_| send.run(event.clone()))
        .child(words)
        .into_any()
}
