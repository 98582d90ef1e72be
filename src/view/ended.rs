//! No connection was made: refused, failed, or there already.

use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::ServiceLabel;
use railz_connect_flow::state::Refusal;

use super::shared::{action, element::View, icon, screen};
use crate::text::{self, Word, fill_service, say, service_label};

const AGAIN: (Word, UserEvent) = (Word::TryAgain, UserEvent::TryAgain);

#[inline(never)]
pub(super) fn draw_refused(name: &'static str, service: &ServiceLabel, refusal: Refusal) -> View {
    let label = service_label(service);
    let (title, words) = text::refusal(refusal);
    let picture = icon::disc("notice", icon::bang());
    let is_other = refusal == Refusal::DifferentAccount;
    let again = if is_other { Word::SignInAgain } else { Word::TryAgain };
    let other = is_other
        .then(|| action::secondary("connect-other", say(Word::ConnectOther), UserEvent::ConnectOther));
    let (title, words) = (fill_service(title, &label), fill_service(words, &label));
    draw(name, picture, title, [words], (again, UserEvent::TryAgain), other)
}

#[inline(never)]
pub(super) fn draw_failed(
    name: &'static str,
    service: &ServiceLabel,
    message: Option<String>,
    unheard: bool,
) -> View {
    let words = if unheard { Word::FailedUnheardText } else { Word::FailedText };
    let words = fill_service(words, &service_label(service));
    let picture = icon::disc("bad", icon::cross());
    draw(name, picture, say(Word::FailedTitle), [words].into_iter().chain(message), AGAIN, None)
}

#[inline(never)]
pub(super) fn draw_not_loaded(name: &'static str, service: &ServiceLabel, again: UserEvent) -> View {
    let words = say(Word::NotLoadedText);
    let picture = icon::disc("bad", icon::cross());
    draw(
        name,
        picture,
        fill_service(Word::NotLoadedTitle, &service_label(service)),
        [words],
        (Word::TryAgain, again),
        None,
    )
}

#[inline(never)]
pub(super) fn draw_duplicate(name: &'static str, service: &ServiceLabel) -> View {
    let words = fill_service(Word::DuplicateText, &service_label(service));
    let picture = icon::disc("notice", icon::bang());
    draw(name, picture, say(Word::DuplicateTitle), [words], AGAIN, None)
}

fn draw(
    name: &'static str,
    picture: View,
    title: String,
    texts: impl IntoIterator<Item = String>,
    (again, event): (Word, UserEvent),
    other: Option<View>,
) -> View {
    screen::centred(name, picture, title)
        .children(texts.into_iter().map(screen::text))
        .child(action::row(
            [action::primary("try-again", say(again), event)]
                .into_iter()
                .chain(other)
                .chain([action::quiet("back", say(Word::ChooseOther), UserEvent::Back)]),
        ))
        .done()
}
