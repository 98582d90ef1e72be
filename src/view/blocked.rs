//! The browser did not open the window: a link stands in for it, which blockers let through.

use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::ServiceLabel;

use super::shared::{
    action,
    element::{View, element},
    icon, screen,
};
use crate::text::{Word, fill_service, say, service_label};

#[inline(never)]
pub(super) fn draw(name: &'static str, service: &ServiceLabel, url: String) -> View {
    let link = element("A")
        .attribute("href", url)
        .attribute("target", "_blank")
        .attribute("rel", "noopener noreferrer")
        .class("action primary")
        .attribute("data-action", "open")
        .on_click(UserEvent::FollowLink)
        .text(fill_service(Word::BlockedLink, &service_label(service)))
        .done();
    let cancel = action::quiet("cancel", say(Word::Cancel), UserEvent::Back);
    screen::centred(name, icon::disc("notice", icon::window()), say(Word::BlockedTitle))
        .child(screen::text(say(Word::BlockedText)))
        .child(action::row([link, cancel]))
        .done()
}
