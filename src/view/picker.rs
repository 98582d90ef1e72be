//! The list: what the business has connected, and the services it may connect.

use leptos::prelude::*;
use railz_connect_contract::ConnectionState;
use railz_connect_flow::{ExistingConnection, Tile, UserEvent};

use super::Send;
use super::parts::{action, element::element, icon, mark, screen};
use crate::text::{self, Word, about, fill, say, service_label};

pub(super) fn draw(
    name: &'static str,
    customer: &str,
    connections: Vec<ExistingConnection>,
    tiles: Vec<Tile>,
    send: Send,
) -> AnyView {
    let lead = if customer.is_empty() {
        say(Word::PickerTextNobody)
    } else {
        fill(Word::PickerText, &[("{customer}", customer)])
    };
    let group = |title: Option<Word>, class, rows: Vec<AnyView>| {
        let title = title.map(|word| element("H3").text(say(word)).done());
        let list = element("UL").class(class).attribute("role", "list").children(rows).done();
        element("DIV").class("group").children(title).child(list).done()
    };
    let rows: Vec<_> = connections.into_iter().map(|one| connection(&one, send)).collect();
    let tiles = tiles.into_iter().map(|one| tile(one, send)).collect();
    // The services need a title of their own only where the connections stand above them.
    let title = (!rows.is_empty()).then_some(Word::Services);
    let connected = (!rows.is_empty()).then(|| group(Some(Word::Connections), "rows", rows));
    screen::screen(name, "screen")
        .child(screen::heading(say(Word::PickerTitle)))
        .child(screen::text(lead))
        .children(connected)
        .child(group(title, "tiles", tiles))
        .done()
}

fn tile(tile: Tile, send: Send) -> AnyView {
    let hint = match tile.connected {
        Some(state) => Some(state_pill(state)),
        None if tile.service.name.is_sandbox() => {
            Some(element("SPAN").class("hint").text(say(Word::SandboxTileHint)).done())
        }
        None => None,
    };
    let press = action::button("tile", send, UserEvent::Pick(tile.integration))
        .attribute("data-service", tile.service.name.as_str())
        .child(mark::mark(&tile.service))
        .child(words(service_label(&tile.service), hint))
        .child(element("SPAN").class("chevron").child(icon::arrow()).done());
    element("LI").child(press.done()).done()
}

fn connection(connection: &ExistingConnection, send: Send) -> AnyView {
    let name = service_label(&connection.service);
    let reconnect = connection.renewable.then(|| {
        let event = UserEvent::Renew(connection.connection_id.clone());
        action::button("action secondary small", send, event)
            .attribute("data-action", "reauthorise")
            .attribute("aria-label", about(Word::ReconnectService, &name))
            .text(say(Word::Reconnect))
            .done()
    });
    element("LI")
        .class("row")
        .attribute("data-connection", connection.connection_id.as_str())
        .attribute("data-state", state_name(connection.state))
        .child(mark::mark(&connection.service))
        .child(words(name.clone(), Some(state_pill(connection.state))))
        .children(reconnect)
        .done()
}

fn words(name: String, below: Option<AnyView>) -> AnyView {
    let name = element("SPAN").class("name").text(name).done();
    element("SPAN").class("words").child(name).children(below).done()
}

fn state_pill(state: ConnectionState) -> AnyView {
    element("SPAN")
        .class("pill")
        .attribute("data-state", state_name(state))
        .text(say(text::state(state)))
        .done()
}

fn state_name(state: ConnectionState) -> &'static str {
    match state {
        ConnectionState::Active => "active",
        ConnectionState::Inactive | ConnectionState::Disconnected | ConnectionState::Expired => "lapsed",
        ConnectionState::Pending | ConnectionState::Invalid | ConnectionState::Unknown => "open",
    }
}
