//! A connection as a row: its service, where it stands, and how it is renewed.

use railz_connect_contract::ConnectionState;
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::{ExistingConnection, Trouble, TroubleKind};

use super::{
    action,
    element::{View, element},
    mark,
};
use crate::browser::date;
use crate::text::{self, LANGUAGE, Word, fill, fill_service, say, service_label};

/// A connection's row.
pub(crate) fn row(connection: &ExistingConnection) -> View {
    let service = service_label(&connection.service);
    let reconnect = connection.renewable.then(|| {
        let event = UserEvent::Renew(connection.connection_id.clone());
        action::button("action secondary small", event)
            .attribute("data-action", "reauthorise")
            .attribute("aria-label", fill_service(Word::ReconnectService, &service))
            .text(say(Word::Reconnect))
            .done()
    });
    let account = connection.account_name.clone().map(|name| element("SPAN").class("hint").text(name).done());
    let state = match &connection.trouble {
        Some(trouble) => pill(tone(trouble), trouble_words(trouble)),
        None => state_pill(connection.state),
    };
    element("LI")
        .class("row")
        .attribute("data-connection", connection.connection_id.as_str())
        .attribute("data-state", state_name(connection.state))
        .child(mark::mark(&connection.service))
        .child(words(service, account.into_iter().chain([state])))
        .children(reconnect)
        .done()
}

/// A name, and what stands below it.
pub(crate) fn words(name: String, below: impl IntoIterator<Item = View>) -> View {
    let name = element("SPAN").class("name").text(name).done();
    element("SPAN").class("words").child(name).children(below).done()
}

/// Where a connection stands, as a pill.
pub(crate) fn state_pill(state: ConnectionState) -> View {
    pill(state_name(state), say(text::state(state)))
}

fn pill(tone: &'static str, words: String) -> View {
    element("SPAN").class("pill").attribute("data-state", tone).text(words).done()
}

fn tone(trouble: &Trouble) -> &'static str {
    match trouble.what {
        TroubleKind::Expired | TroubleKind::CutOff => "lapsed",
        TroubleKind::LapsesSoon => "open",
    }
}

fn trouble_words(trouble: &Trouble) -> String {
    let date = trouble.when.as_deref().and_then(|when| date::format(when, LANGUAGE));
    let (dated, undated) = match trouble.what {
        TroubleKind::Expired => (Word::ExpiredSince, Word::StateExpired),
        TroubleKind::CutOff => (Word::CutOffSince, Word::CutOff),
        TroubleKind::LapsesSoon => (Word::LapsesOn, Word::LapsesSoon),
    };
    date.map_or_else(|| say(undated), |date| fill(dated, &[("{date}", &date)]))
}

fn state_name(state: ConnectionState) -> &'static str {
    match state {
        ConnectionState::Active => "active",
        ConnectionState::Inactive | ConnectionState::Disconnected | ConnectionState::Expired => "lapsed",
        ConnectionState::Pending | ConnectionState::Invalid | ConnectionState::Unknown => "open",
    }
}
