//! While something is under way: the session, the sandbox, or a person at another window.

use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::{ServiceLabel, WindowWords};

use super::shared::{
    action,
    element::{View, element},
    mark, screen,
};
use crate::text::{Word, fill_service, say, service_label};

/// The session is on its way: the shape of the list, as the loader has drawn it (`npm/src/skeleton.ts`); the words are for
/// those who hear them.
pub(super) fn draw_loading(name: &'static str) -> View {
    const TILES: usize = 6;
    let tiles = (0..TILES).map(|_| element("I").done());
    screen::screen(name, "screen")
        .child(screen::heading(say(Word::LoadingTitle)))
        .child(element("DIV").class("bones").hidden().children(tiles).done())
        .done()
}

/// Something short is under way.
#[inline(never)]
pub(super) fn draw_busy(name: &'static str, title: String, service: &ServiceLabel) -> View {
    screen::centred(name, ring(service), title).done()
}

/// The window opens. The line that is read out and the places of what is still missing are there already, so that the
/// waiting that follows keeps the elements it shares with this screen, and with them the focus.
#[inline(never)]
pub(super) fn draw_opening(name: &'static str, service: &ServiceLabel) -> View {
    let title = fill_service(Word::OpeningTitle, &service_label(service));
    screen::centred(name, ring(service), title)
        .child(screen::live("status", ""))
        .child(View::Nothing)
        .child(action::row([View::Nothing, cancel()]))
        .done()
}

/// The person signs in elsewhere. The opening's section goes on.
#[inline(never)]
pub(super) fn draw(name: &'static str, service: &ServiceLabel, window: WindowWords) -> View {
    let label = service_label(service);
    let (words, hint) = match window {
        WindowWords::Open => (fill_service(Word::WaitingText, &label), say(Word::WaitingHint)),
        WindowWords::Closed => (say(Word::WaitingClosed), String::new()),
        WindowWords::Unwatched => (fill_service(Word::WaitingUnwatched, &label), say(Word::WaitingHint)),
    };
    let again = action::secondary("reopen", say(Word::OpenAgain), UserEvent::OpenWindow);
    screen::centred(name, ring(service), fill_service(Word::WaitingTitle, &label))
        .key("opening")
        .child(screen::live("status", words))
        .child(element("P").class("hint").text(hint).done())
        .child(action::row([again, cancel()]))
        .done()
}

/// The banks' script is open over the page.
#[inline(never)]
pub(super) fn draw_bank_link(name: &'static str, service: &ServiceLabel) -> View {
    screen::centred(name, ring(service), say(Word::BankTitle))
        .child(screen::live("status", say(Word::BankText)))
        .child(View::Nothing)
        .child(action::row([View::Nothing, cancel()]))
        .done()
}

fn cancel() -> View {
    action::quiet("cancel", say(Word::Cancel), UserEvent::Back)
}

fn ring(service: &ServiceLabel) -> View {
    element("DIV").class("ring large").hidden().child(mark::mark(service)).done()
}
