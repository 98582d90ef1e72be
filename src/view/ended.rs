//! No connection was made: refused, failed, or there already.

use leptos::prelude::*;
use railz_connect_flow::{Refusal, ServiceLabel, UserEvent};

use super::Send;
use super::parts::{action, icon, screen};
use crate::text::{self, Word, about, say, service_label};

pub(super) fn refused(name: &'static str, service: &ServiceLabel, refusal: Refusal, send: Send) -> AnyView {
    let label = service_label(service);
    let (title, words) = text::refusal(refusal);
    let picture = icon::disc("notice", icon::bang());
    screen::centred(name, picture, about(title, &label), screen::text(about(words, &label)), actions(send))
}

pub(super) fn failed(
    name: &'static str,
    service: &ServiceLabel,
    message: Option<String>,
    send: Send,
) -> AnyView {
    let label = service_label(service);
    let words = screen::text(about(Word::FailedText, &label));
    let reason = message.map(screen::text);
    let picture = icon::disc("bad", icon::cross());
    screen::centred(name, picture, say(Word::FailedTitle).to_owned(), (words, reason), actions(send))
}

pub(super) fn duplicate(name: &'static str, service: &ServiceLabel, send: Send) -> AnyView {
    let words = screen::text(about(Word::DuplicateText, &service_label(service)));
    let picture = icon::disc("notice", icon::bang());
    screen::centred(name, picture, say(Word::DuplicateTitle).to_owned(), words, actions(send))
}

fn actions(send: Send) -> impl IntoView {
    action::row(vec![
        action::primary("try-again", say(Word::TryAgain).to_owned(), UserEvent::TryAgain, send),
        action::quiet("back", say(Word::ChooseOther).to_owned(), UserEvent::Back, send),
    ])
}
