//! The list: what the business has connected, and the services it may connect.

use leptos::ev::click;
use leptos::html::{button, div, h3, li, p, span, ul};
use leptos::prelude::*;
use railz_connect_contract::ConnectionState;
use railz_connect_flow::{ExistingConnection, Tile, UserEvent};

use super::Send;
use super::parts::{icon, mark, screen};
use crate::text::{self, Word, about, fill, say, service_label};

pub(super) fn draw(
    name: &'static str,
    customer: &str,
    connections: Vec<ExistingConnection>,
    tiles: Vec<Tile>,
    send: Send,
) -> AnyView {
    let lead = if customer.is_empty() {
        say(Word::PickerTextNobody).to_owned()
    } else {
        fill(Word::PickerText, &[("{customer}", customer)])
    };
    let connected = (!connections.is_empty()).then(|| {
        let rows: Vec<_> = connections.into_iter().map(|one| connection(&one, send)).collect();
        div()
            .class("group")
            .child((h3().child(say(Word::Connections)), ul().class("rows").attr("role", "list").child(rows)))
    });
    // The second heading is only needed where the first group is there.
    let title = connected.is_some().then(|| h3().child(say(Word::Services)));
    let tiles: Vec<_> = tiles.into_iter().map(|one| tile(one, send)).collect();
    let services = div().class("group").child((title, ul().class("tiles").attr("role", "list").child(tiles)));
    screen::plain(
        name,
        "screen",
        (
            screen::heading(say(Word::PickerTitle).to_owned()),
            p().class("text").child(lead),
            connected,
            services,
        ),
    )
}

fn tile(tile: Tile, send: Send) -> AnyView {
    let name = service_label(&tile.service);
    let hint = match tile.connected {
        Some(state) => Some(state_pill(state).into_any()),
        None if tile.service.name.is_sandbox() => {
            Some(span().class("hint").child(say(Word::SandboxTileHint)).into_any())
        }
        None => None,
    };
    let service = tile.service.name.as_str().to_owned();
    let words = span().class("words").child((span().class("name").child(name), hint));
    let press = button()
        .r#type("button")
        .class("tile")
        .attr("data-service", service)
        .on(click, move |_| send.run(UserEvent::Pick(tile.integration.clone())))
        .child((mark::mark(&tile.service), words, span().class("chevron").child(icon::arrow())));
    li().child(press).into_any()
}

fn connection(connection: &ExistingConnection, send: Send) -> AnyView {
    let name = service_label(&connection.service);
    let id = connection.connection_id.clone();
    let reconnect = connection.renewable.then(|| {
        button()
            .r#type("button")
            .class("action secondary small")
            .attr("data-action", "reauthorise")
            .attr("aria-label", about(Word::ReconnectService, &name))
            .on(click, move |_| send.run(UserEvent::Renew(id.clone())))
            .child(say(Word::Reconnect))
    });
    let words =
        span().class("words").child((span().class("name").child(name.clone()), state_pill(connection.state)));
    li().class("row")
        .attr("data-connection", connection.connection_id.as_str().to_owned())
        .attr("data-state", state_name(connection.state))
        .child((mark::mark(&connection.service), words, reconnect))
        .into_any()
}

fn state_pill(state: ConnectionState) -> impl IntoView {
    span().class("pill").attr("data-state", state_name(state)).child(say(text::state(state)))
}

fn state_name(state: ConnectionState) -> &'static str {
    match state {
        ConnectionState::Active => "active",
        ConnectionState::Inactive | ConnectionState::Disconnected | ConnectionState::Expired => "lapsed",
        ConnectionState::Pending | ConnectionState::Invalid | ConnectionState::Unknown => "open",
    }
}
