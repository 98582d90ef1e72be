//! The card around every screen: the host's logo, the sandbox badge and the close button above, the screen, and the host's
//! links below.

use railz_connect_flow::Screen;
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::Link;

use super::shared::{
    action,
    element::{View, element},
    icon,
};
use crate::text::{LANGUAGE, Word, fill, say};

/// Draws the card; the progress bar and `screen.content` are drawn already.
pub(super) fn draw(screen: Screen, progress: Option<View>, content: View) -> View {
    let class = match (screen.header, screen.back) {
        (true, true) => "card",
        (true, false) => "card without-back",
        (false, true) => "card without-header",
        (false, false) => "card without-header without-back",
    };
    let customer = screen.voice.customer_name;
    let logo = screen.logo.map(|url| {
        element("IMG")
            .class("logo")
            .attribute("src", url)
            .attribute("alt", customer)
            .attribute("referrerpolicy", "no-referrer")
            .done()
    });
    let badge = screen.sandbox.then(|| element("SPAN").class("badge").text(say(Word::Sandbox)).done());
    let close = screen.closable.then(|| {
        action::button("close", UserEvent::Close)
            .attribute("data-action", "close")
            .attribute("aria-label", say(Word::Close))
            .child(icon::cross())
            .done()
    });
    let above: Vec<_> = [logo, badge, close].into_iter().flatten().collect();
    let bar = (!above.is_empty()).then(|| element("HEADER").class("bar").children(above).done());
    // Read out at once: what a person does now may come to nothing for a while.
    let offline = screen
        .offline
        .then(|| element("P").class("offline").attribute("role", "alert").text(say(Word::Offline)).done());
    let below: Vec<_> = [
        screen.email.as_deref().map(email_link),
        link(screen.terms, Word::TermsLink),
        link(screen.help, Word::HelpLink),
    ]
    .into_iter()
    .flatten()
    .collect();
    let links = (!below.is_empty()).then(|| element("FOOTER").class("links").children(below).done());
    element("DIV")
        .class(class)
        .attribute("lang", LANGUAGE)
        .attribute("dir", "ltr")
        .children(bar)
        .children(offline)
        .children(progress)
        .child(content)
        .children(links)
        .done()
}

/// Whom to write to, where something did not work. It opens no tab, which some mail programs would leave empty.
fn email_link(email: &str) -> View {
    let words = fill(Word::WriteTo, &[("{email}", email)]);
    element("A").attribute("href", ["mailto:", email].concat()).text(words).done()
}

fn link(link: Option<Link>, word: Word) -> Option<View> {
    let Link { url, words } = link?;
    let link = element("A").attribute("href", url).attribute("target", "_blank").attribute("rel", "noopener");
    Some(link.text(words.unwrap_or_else(|| say(word))).done())
}
