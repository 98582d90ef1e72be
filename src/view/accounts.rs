//! Which company to connect, where the sign-in found several.

use railz_connect_contract::AccountItem;
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::ServiceLabel;

use super::shared::{
    action,
    element::{View, element},
    icon, screen,
};
use crate::text::{Word, fill_service, say, service_label};

#[inline(never)]
pub(super) fn draw(name: &'static str, service: &ServiceLabel, accounts: Vec<AccountItem>) -> View {
    let rows = accounts.into_iter().map(|account| {
        let label = element("SPAN").class("name").text(account.label).done();
        let press = action::button("tile", UserEvent::ChooseAccount(account.id.clone()))
            .attribute("data-account", account.id)
            .child(element("SPAN").class("words").child(label).done())
            .child(element("SPAN").class("chevron").child(icon::arrow()).done());
        element("LI").child(press.done()).done()
    });
    let (title, lead) = if service.name.as_str() == "sageIntacct" {
        (Word::EntityTitle, Word::EntityText)
    } else {
        (Word::AccountsTitle, Word::AccountsText)
    };
    screen::screen(name, "screen")
        .child(screen::heading(say(title)))
        .child(screen::text(fill_service(lead, &service_label(service))))
        .child(element("UL").class("tiles group").attribute("role", "list").children(rows).done())
        .child(action::row([action::quiet("back", say(Word::BackToList), UserEvent::Back)]))
        .done()
}
