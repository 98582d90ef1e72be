//! The list: what the business has connected, and the services it may connect.

use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::{ExistingConnection, Forward, Picker, SearchField, Tile};

use super::shared::{
    action, connection,
    element::{View, element},
    icon, mark, screen,
};
use crate::text::{Word, fill, fill_customer, full, picker as words_of, say, service_label};

/// The id that ties the search field to its label.
const SEARCH: &str = "search";

pub(super) fn draw(name: &'static str, picker: Picker) -> View {
    let Picker {
        customer_name,
        kind,
        connections,
        tiles,
        search,
        sandbox_form,
        full: is_full,
        forward,
        back,
    } = picker;
    let (title, text, text_for_nobody) = words_of(kind);
    let has_connections = !connections.is_empty();
    let found_none = search.is_some() && tiles.is_empty();
    let full = is_full.then(|| screen::text(say(full(kind))));
    let none = found_none.then(|| screen::text(say(Word::NoneFound)));
    let tiles: Vec<_> = tiles.into_iter().map(tile).collect();
    // The services need a title of their own only where the connections stand above them.
    let title_of_services = has_connections.then_some(Word::Services);
    let services = (!tiles.is_empty()).then(|| group(title_of_services, "tiles", tiles));
    screen::screen(name, "screen")
        .child(screen::heading(say(title)))
        .child(screen::text(fill_customer(text, text_for_nobody, &customer_name)))
        .children(has_connections.then(|| rows(connections)))
        .children(full)
        .children(search.map(|search| field(&search, kind.as_str())))
        .children(none)
        .children(services)
        .children(sandbox_form.then(outcomes))
        .children(forward_and_back(forward, back))
        .done()
}

fn rows(connections: Vec<ExistingConnection>) -> View {
    let rows = connections.into_iter().map(|one| connection::row(&one)).collect();
    group(Some(Word::Connections), "rows", rows)
}

fn group(title: Option<Word>, class: &'static str, rows: Vec<View>) -> View {
    let title = title.map(|word| element("H3").text(say(word)).done());
    let list = element("UL").class(class).attribute("role", "list").children(rows).done();
    element("DIV").class("group").children(title).child(list).done()
}

/// The field, and how many services it finds; read out as it changes. Each kind of services has one of its own, which begins
/// empty.
fn field(search: &SearchField, kind: &'static str) -> View {
    let label = element("LABEL").class("unseen").attribute("for", SEARCH).text(say(Word::Search)).done();
    let input = element("INPUT")
        .attribute("id", SEARCH)
        .attribute("type", "search")
        .attribute("autocomplete", "off")
        .attribute("spellcheck", "false")
        .attribute("placeholder", say(Word::Search))
        .attribute("value", search.query.clone())
        .on_input(UserEvent::Search);
    let found = match (search.query.trim().is_empty(), search.found) {
        (true, _) => String::new(),
        (false, 1) => say(Word::SearchFoundOne),
        (false, count) => fill(Word::SearchFound, &[("{count}", &count.to_string())]),
    };
    let found = element("P").class("unseen").attribute("role", "status").text(found).done();
    element("DIV").class("field group").key(kind).child(label).child(input.done()).child(found).done()
}

/// Beside the one press that always connects: the outcomes that the sandbox can play.
fn outcomes() -> View {
    action::row([action::quiet("sandbox-form", say(Word::SandboxOutcomes), UserEvent::OpenSandboxForm)])
}

fn forward_and_back(forward: Option<Forward>, back: bool) -> Option<View> {
    let forward = forward.map(|forward| match forward {
        Forward::Next => action::primary("next", say(Word::Next), UserEvent::Next),
        Forward::GoOn => action::primary("next", say(Word::SuccessGoOn), UserEvent::Next),
        Forward::Skip => action::secondary("skip", say(Word::Skip), UserEvent::Next),
    });
    let back = back.then(|| action::quiet("back", say(Word::Back), UserEvent::Back));
    let actions: Vec<_> = forward.into_iter().chain(back).collect();
    (!actions.is_empty()).then(|| action::row(actions))
}

fn tile(tile: Tile) -> View {
    let hint = match tile.connected {
        Some(state) => Some(connection::state_pill(state)),
        None if tile.service.name.is_sandbox() => {
            Some(element("SPAN").class("hint").text(say(Word::SandboxTileHint)).done())
        }
        None => None,
    };
    let press = action::button("tile", UserEvent::Pick(tile.integration))
        .attribute("data-service", tile.service.name.as_str())
        .child(mark::mark(&tile.service))
        .child(connection::words(service_label(&tile.service), hint));
    let press = if tile.open {
        press.child(element("SPAN").class("chevron").child(icon::arrow()).done())
    } else {
        press.attribute("disabled", "")
    };
    element("LI").child(press.done()).done()
}
