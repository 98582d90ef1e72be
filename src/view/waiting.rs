//! While something is under way: the session, the sandbox, or a person at another window.

use leptos::html::{div, p, span};
use leptos::prelude::*;
use railz_connect_flow::{ServiceLabel, UserEvent, WindowWords};

use super::Send;
use super::parts::{action, mark, screen};
use crate::text::{Word, about, say, service_label};

/// Something short is under way.
pub(super) fn calm(name: &'static str, title: String, service: Option<&ServiceLabel>) -> AnyView {
    screen::centred(name, ring(service), title, (), ())
}

/// The window opens.
pub(super) fn opening(name: &'static str, service: &ServiceLabel, send: Send) -> AnyView {
    let title = about(Word::OpeningTitle, &service_label(service));
    screen::centred(name, ring(Some(service)), title, (), action::row(vec![cancel(send)]))
}

/// The person signs in elsewhere.
pub(super) fn draw(name: &'static str, service: &ServiceLabel, window: WindowWords, send: Send) -> AnyView {
    let label = service_label(service);
    let (words, hint) = match window {
        WindowWords::Open => (about(Word::WaitingText, &label), Some(say(Word::WaitingHint))),
        WindowWords::Closed => (say(Word::WaitingClosed).to_owned(), None),
        WindowWords::Unwatched => (about(Word::WaitingUnwatched, &label), Some(say(Word::WaitingHint))),
    };
    let hint = hint.map(|words| span().class("hint").child(words));
    let again = action::secondary("reopen", say(Word::OpenAgain).to_owned(), UserEvent::OpenWindow, send);
    let text = p().class("text").attr("role", "status").child(words);
    let actions = (hint, action::row(vec![again, cancel(send)]));
    screen::centred(name, ring(Some(service)), about(Word::WaitingTitle, &label), text, actions)
}

fn cancel(send: Send) -> AnyView {
    action::quiet("cancel", say(Word::Cancel).to_owned(), UserEvent::Back, send)
}

fn ring(service: Option<&ServiceLabel>) -> impl IntoView + use<> {
    div().class("ring large").attr("aria-hidden", "true").child(service.map(mark::mark))
}
