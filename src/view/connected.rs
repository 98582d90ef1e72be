//! Connected, and on the way to the host's success page if there is one.

use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::{Company, Done, ServiceLabel};

use super::shared::{action, element::View, icon, screen};
use crate::text::{Word, fill_service, say, service_label};

/// What a person is to check where the service did not say which company it is.
pub(super) fn doubts(service: &ServiceLabel, company: Company) -> Option<View> {
    let word = match company {
        Company::Known => return None,
        Company::Unknown => Word::CompanyUnknownText,
        Company::Replaced => Word::CompanyReplacedText,
    };
    Some(screen::text(fill_service(word, &service_label(service))))
}

#[inline(never)]
pub(super) fn draw(name: &'static str, what: &str, doubts: Option<View>, done: Done, another: bool) -> View {
    let title = fill_service(Word::ConnectedTitle, what);
    let another = (another && done == Done::Stay)
        .then(|| action::quiet("add-another", say(Word::AddAnother), UserEvent::AddAnother));
    let (words, button) = match done {
        Done::Stay => {
            let go_on = action::primary("done", say(Word::SuccessGoOn), UserEvent::Continue);
            (Word::ConnectedText, Some(go_on))
        }
        Done::HandingOver => (Word::HandingOverText, None),
        Done::Stuck => {
            let go_on = action::primary("continue", say(Word::SuccessGoOn), UserEvent::Continue);
            (Word::StuckText, Some(go_on))
        }
    };
    screen::centred(name, icon::disc("good", icon::tick()), title)
        .children(doubts)
        .child(screen::text(say(words)))
        .children(button.map(|button| action::row([button].into_iter().chain(another))))
        .done()
}
