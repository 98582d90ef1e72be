//! The screens, one a file; what screens share is in `shared`. `frame` is the card around each of them.
//!
//! Everything is built element by element: the `view!` macro puts static markup in through `innerHTML`, which a page that
//! enforces Trusted Types forbids.

mod accounts;
mod attention;
mod before;
mod blocked;
mod connected;
mod ended;
mod expired;
mod forms;
mod frame;
mod idle;
mod overview;
mod picker;
mod progress;
mod sandbox_form;
mod shared;
mod summary;
mod unavailable;
mod waiting;

use std::rc::Rc;
use std::{fmt, mem};

use leptos::tachys::view::{Mountable, Render};
use railz_connect_flow::Screen;
use railz_connect_flow::event::UserEvent;
use railz_connect_flow::screen::Content;

pub(crate) use self::forms::Forms;
use self::shared::element::View;
use self::shared::event_handler::Send;
use self::shared::rendered::{Interactive, Rendered};
use crate::browser::shadow_root::ShadowHost;
use crate::text::{self, Labels, Word};

/// A drawn widget; dropping it takes its elements away.
pub(crate) struct Drawing {
    rendered: Rendered,
    labels: Rc<Labels>,
    forms: Rc<Forms>,
    send: Send,
}

impl Drawing {
    /// Draws a screen. What a person does on it goes to `send`.
    pub(crate) fn new(
        root: &ShadowHost,
        screen: Screen,
        labels: Rc<Labels>,
        forms: Rc<Forms>,
        send: impl Fn(UserEvent) + 'static,
    ) -> Self {
        let send: Send = Rc::new(send);
        let mut rendered = Interactive(draw_screen(screen, &labels, &forms), Rc::clone(&send)).build();
        rendered.mount(&root.as_mount_point(), None);
        Self { rendered, labels, forms, send }
    }

    /// Changes what differs.
    pub(crate) fn redraw(&mut self, screen: Screen) {
        Interactive(draw_screen(screen, &self.labels, &self.forms), Rc::clone(&self.send))
            .rebuild(&mut self.rendered);
    }
}

impl Drop for Drawing {
    fn drop(&mut self) {
        self.rendered.unmount();
    }
}

impl fmt::Debug for Drawing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Drawing")
    }
}

fn draw_screen(mut screen: Screen, labels: &Rc<Labels>, forms: &Forms) -> View {
    text::with_context(text::TextContext::of(&screen, labels), || {
        let progress = mem::take(&mut screen.progress);
        let progress = (!progress.is_empty()).then(|| progress::draw(progress));
        let content = draw_content(mem::replace(&mut screen.content, Content::Loading), forms);
        frame::draw(screen, progress, content)
    })
}

fn draw_content(content: Content, forms: &Forms) -> View {
    let name = content.name();
    forms.forget_missed();
    match content {
        Content::Loading => waiting::draw_loading(name),
        Content::Unavailable(cause) => unavailable::draw(name, cause),
        Content::LoadFailed => unavailable::draw_load_failed(name),
        Content::Attention { customer_name, connections } => {
            attention::draw(name, &customer_name, connections)
        }
        Content::Overview { customer_name, kinds } => overview::draw(name, &customer_name, kinds),
        Content::Picker(picker) => picker::draw(name, *picker),
        Content::Summary { kinds, finish, back } => summary::draw(name, &kinds, finish, back),
        Content::Idle => idle::draw(name),
        Content::Before { service, kind, customer_name, renewing, question } => {
            before::draw(name, &service, (kind, &customer_name), renewing, question)
        }
        Content::SandboxForm { use_cases, providers, incomplete } => {
            sandbox_form::draw(name, use_cases, providers, incomplete)
        }
        Content::Working(service) => waiting::draw_busy(
            name,
            text::fill_service(Word::WorkingTitle, &text::service_label(&service)),
            &service,
        ),
        Content::Opening(service) => waiting::draw_opening(name, &service),
        Content::Waiting { service, window } => waiting::draw(name, &service, window),
        Content::Accounts { service, accounts } => accounts::draw(name, &service, accounts),
        Content::Credentials(shown) | Content::WebServices(shown) => forms::draw_fields(name, &shown, forms),
        Content::Connector(shown) => forms::draw_connector(name, &shown, forms),
        Content::BankLink(service) => waiting::draw_bank_link(name, &service),
        Content::NotLoaded(service) => ended::draw_not_loaded(name, &service, UserEvent::TryAgain),
        Content::Blocked { service, url } => blocked::draw(name, &service, url),
        Content::Expired { service, still_listening } => expired::draw(name, &service, still_listening),
        Content::Refused { service, refusal } => ended::draw_refused(name, &service, refusal),
        Content::Failed { service, message, unheard } => ended::draw_failed(name, &service, message, unheard),
        Content::Duplicate(service) => ended::draw_duplicate(name, &service),
        Content::Connected { service, account_name, company, done, another } => {
            let what = text::company_at(&service, account_name.as_deref());
            connected::draw(name, &what, connected::doubts(&service, company), done, another)
        }
    }
}
