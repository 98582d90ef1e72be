//! The screens, one a file; what screens share is in `shared`. `frame` is the card around each of them.
//!
//! Everything is built element by element: the `view!` macro puts static markup in through `innerHTML`, which a page that
//! enforces Trusted Types forbids.

mod accounts;
mod attention;
mod before;
mod blocked;
mod connected;
mod connector;
mod credentials;
mod ended;
mod expired;
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

use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use leptos::mount::mount_to_renderer;
use leptos::prelude::*;
use railz_connect_flow::Screen;
use railz_connect_flow::screen::Content;

use self::shared::send::Send;
use crate::browser::shadow_root::ShadowHost;
use crate::runtime::Runtime;
use crate::text::{self, Word};

/// A drawn widget; dropping it ends its reactive root and takes its elements away.
pub(crate) struct MountedView(#[expect(dead_code, reason = "held for its drop")] Box<dyn std::any::Any>);

impl fmt::Debug for MountedView {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("MountedView")
    }
}

/// Draws the widget and keeps it drawn.
pub(crate) fn mount(root: &ShadowHost, runtime: &Rc<Runtime>) -> MountedView {
    let screen = runtime.screen();
    let labels = Arc::clone(&runtime.labels);
    let runtime = Rc::downgrade(runtime);
    let handle = mount_to_renderer(&root.as_mount_point(), move || {
        let send = UnsyncCallback::new(move |event| {
            if let Some(runtime) = runtime.upgrade() {
                runtime.dispatch_user(event);
            }
        });
        let labels = Arc::clone(&labels);
        move || draw_screen(screen.get(), &labels, send)
    });
    MountedView(Box::new(handle))
}

/// Draws one screen, on which no press does anything.
#[cfg(feature = "gallery")]
pub(crate) fn mount_still(root: &ShadowHost, screen: Screen) -> MountedView {
    let labels = text::Labels::default();
    let handle = mount_to_renderer(&root.as_mount_point(), move || {
        draw_screen(screen, &Arc::new(labels), UnsyncCallback::new(|_| {}))
    });
    MountedView(Box::new(handle))
}

fn draw_screen(screen: Screen, labels: &Arc<text::Labels>, send: Send) -> AnyView {
    text::with_context(text::TextContext::of(&screen, labels), || {
        let progress = (!screen.progress.is_empty()).then(|| progress::draw(screen.progress.clone(), send));
        let content = draw_content(screen.content.clone(), send);
        frame::draw(screen, send, progress, content)
    })
}

fn draw_content(content: Content, send: Send) -> AnyView {
    let name = content.name();
    match content {
        Content::Loading => waiting::draw_busy(name, text::say(Word::LoadingTitle), None),
        Content::Unavailable(cause) => unavailable::draw(name, cause, send),
        Content::LoadFailed => unavailable::draw_load_failed(name, send),
        Content::Attention { customer_name, connections } => {
            attention::draw(name, &customer_name, connections, send)
        }
        Content::Overview { customer_name, kinds } => overview::draw(name, &customer_name, kinds, send),
        Content::Picker(picker) => picker::draw(name, *picker, send),
        Content::Summary { kinds, finish, back } => summary::draw(name, &kinds, finish, back, send),
        Content::Idle => idle::draw(name, send),
        Content::Before { service, customer_name, renewing, question } => {
            before::draw(name, &service, &customer_name, renewing, question, send)
        }
        Content::SandboxForm { use_cases, providers, incomplete } => {
            sandbox_form::draw(name, use_cases, providers, incomplete, send)
        }
        Content::Working(service) => waiting::draw_busy(
            name,
            text::fill_service(Word::WorkingTitle, &text::service_label(&service)),
            Some(&service),
        ),
        Content::Opening(service) => waiting::draw_opening(name, &service, send),
        Content::Waiting { service, window } => waiting::draw(name, &service, window, send),
        Content::Accounts { service, accounts } => accounts::draw(name, &service, accounts, send),
        Content::Credentials(shown) => credentials::draw(name, &shown, send),
        Content::WebServices(shown) => credentials::draw_web_services(name, &shown, send),
        Content::Connector(shown) => connector::draw(name, &shown, send),
        Content::BankLink(service) => waiting::draw_bank_link(name, &service, send),
        Content::NotLoaded(service) => ended::draw_not_loaded(name, &service, send),
        Content::Blocked { service, url } => blocked::draw(name, &service, url, send),
        Content::Expired { service, still_listening } => expired::draw(name, &service, still_listening, send),
        Content::Refused { service, refusal } => ended::draw_refused(name, &service, refusal, send),
        Content::Failed { service, message } => ended::draw_failed(name, &service, message, send),
        Content::Duplicate(service) => ended::draw_duplicate(name, &service, send),
        Content::Connected { service, done, another } => connected::draw(name, &service, done, another, send),
    }
}
