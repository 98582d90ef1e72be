//! QuickBooks Desktop: instructions, the connector's file, its password, and the waiting for its call.

use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::ConnectorScreen;
use railz_connect_flow::state::ConnectorNotice;

use super::shared::{
    action,
    element::{View, element},
    guide, screen,
};
use crate::text::{Word, fill, fill_service, say, service_label};

const PASSWORD: &str = "connector-password";

pub(super) fn draw(name: &'static str, shown: &ConnectorScreen) -> View {
    let label = service_label(&shown.service);
    let link = element("A")
        .attribute("href", shown.url.clone())
        .attribute("target", "_blank")
        .attribute("rel", "noopener noreferrer")
        .attribute("data-action", "get-connector")
        .class("action secondary")
        .text(say(Word::ConnectorGet))
        .done();
    let save = fill(Word::ConnectorSave, &[("{file}", &shown.file_name)]);
    let downloads = element("DIV")
        .class("actions beside")
        .child(link)
        .child(action::secondary("save-file", save, UserEvent::SaveFile))
        .done();
    let note = shown.note.map_or_else(String::new, |note| {
        say(match note {
            ConnectorNotice::Copied => Word::NoteCopied,
            ConnectorNotice::NotCopied => Word::NoteNotCopied,
            ConnectorNotice::Saved => Word::NoteSaved,
            ConnectorNotice::Revealed => Word::NoteRevealed,
            ConnectorNotice::Hidden => Word::NoteHidden,
        })
    });
    let waiting = if shown.connected { Word::ConnectorConnected } else { Word::ConnectorWaiting };
    screen::screen(name, "screen")
        .child(screen::heading(fill_service(Word::BeforeTitle, &label)))
        .child(screen::text(say(Word::ConnectorText)))
        .child(guide::draw(&shown.guide))
        .child(downloads)
        .child(password(shown))
        .child(screen::live("status", note))
        .child(
            element("DIV")
                .class("waiting")
                .child(element("SPAN").class("beat").hidden().done())
                .child(screen::live("status", say(waiting)))
                .done(),
        )
        .child(action::row([action::quiet("back", say(Word::Back), UserEvent::Back)]))
        .done()
}

fn password(shown: &ConnectorScreen) -> View {
    let (kind, reveal) =
        if shown.revealed { ("text", Word::PasswordHide) } else { ("password", Word::PasswordShow) };
    let field = element("INPUT")
        .attribute("id", PASSWORD)
        .attribute("type", kind)
        .attribute("readonly", "")
        .attribute("autocomplete", "off")
        .attribute("spellcheck", "false")
        .attribute("value", shown.password.expose())
        .done();
    let buttons = element("DIV")
        .class("actions beside")
        .child(action::secondary("copy", say(Word::PasswordCopy), UserEvent::CopyPassword))
        .child(action::secondary("reveal", say(reveal), UserEvent::RevealPassword))
        .done();
    element("DIV")
        .class("field")
        .child(element("LABEL").attribute("for", PASSWORD).text(say(Word::PasswordLabel)).done())
        .child(field)
        .child(buttons)
        .done()
}
