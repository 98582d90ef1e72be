//! One match from effects as data to the browser. What comes back comes back as an event.

use std::rc::Rc;

use railz_connect_flow::{Effect, Event, Report, Ticket};

use crate::browser::timer::Timer;
use crate::browser::window::{Opening, SignInWindow};
use crate::browser::{clipboard, console, download, focus, form, policy};
use crate::resources::Pending;
use crate::runtime::Runtime;
use crate::{api, parts, text};

/// Does what the step asked for.
pub(crate) fn run(runtime: &Rc<Runtime>, effect: Effect) {
    match effect {
        Effect::Ask { ticket, request } => api::ask(runtime, ticket, request),
        Effect::Forget(ticket) => {
            runtime.resources.done(ticket);
        }
        Effect::StartTimer { ticket, after_ms } => start_timer(runtime, ticket, after_ms),
        Effect::OpenWindow { ticket, name, service, display_name } => {
            let service = text::service_name(&service, display_name.as_deref());
            open_window(runtime, ticket, name, &service);
        }
        Effect::SendWindow { ticket, url } => {
            runtime.resources.with_window(ticket, |window| window.send_to(&url));
        }
        Effect::CloseWindow(ticket) => runtime.resources.close_window(ticket),
        Effect::Tell(event) => runtime.host.tell(&event),
        Effect::HandOver(hand_over) => {
            let watching = Rc::downgrade(runtime);
            runtime.resources.keep_form_watch(policy::watch_forms(move || {
                if let Some(runtime) = watching.upgrade() {
                    runtime.dispatch(Event::HandOverRefused);
                }
            }));
            form::submit(&hand_over);
        }
        Effect::Navigate(url) => form::navigate(&url),
        Effect::FocusHeading => runtime.resources.keep_focus(focus::heading_soon(runtime.root.clone())),
        Effect::FocusProblem => runtime.resources.keep_focus(focus::problem_soon(runtime.root.clone())),
        Effect::LoadGuide { ticket, service } => parts::load_guide(runtime, ticket, &service),
        Effect::OpenBankLink { ticket, script_url, token } => {
            parts::open_bank_link(runtime, ticket, script_url, token.expose().to_owned());
        }
        Effect::CloseBankLink(ticket) => {
            runtime.resources.close_link(ticket);
        }
        Effect::Copy(password) => {
            let waiting = Rc::downgrade(runtime);
            clipboard::copy(password.expose(), move |done| {
                if let Some(runtime) = waiting.upgrade() {
                    runtime.dispatch(Event::Copied(done));
                }
            });
        }
        Effect::Save { name, text } => runtime.resources.keep_download(download::save(&name, &text)),
        Effect::Unmount => take_away(runtime),
        Effect::Report(Report::Endpoint { url, source }) => {
            console::info(&text::report_endpoint(&url, source));
        }
        Effect::Report(Report::UnknownOption(name)) => console::warn(&text::report_unknown_option(&name)),
        Effect::Report(Report::OlderOption { older, newer }) => {
            console::warn(&text::report_older_option(older, newer));
        }
        Effect::Report(Report::NotOffered(service)) => {
            console::warn(&text::report_not_offered(service.as_str()));
        }
    }
}

/// Does it if it leaves the page, and nothing else: a host that unmounts when it hears of a success or an exit still sends
/// the person on, as 2.23 does.
pub(crate) fn leave(effect: &Effect) {
    match effect {
        Effect::HandOver(hand_over) => form::submit(hand_over),
        Effect::Navigate(url) => form::navigate(url),
        _ => {}
    }
}

fn start_timer(runtime: &Rc<Runtime>, ticket: Ticket, after_ms: u32) {
    let waiting = Rc::downgrade(runtime);
    let timer = Timer::new(after_ms, move || {
        if let Some(runtime) = waiting.upgrade()
            && runtime.resources.done(ticket)
        {
            runtime.dispatch(Event::TimerFired(ticket));
        }
    });
    runtime.resources.keep(ticket, Pending::Timer(timer));
}

fn open_window(runtime: &Rc<Runtime>, ticket: Ticket, name: Ticket, service: &str) {
    let watching = Rc::downgrade(runtime);
    let opening = Opening {
        name: format!("railz-connect-{}-{}", runtime.salt, name.number()),
        title: text::window_title(service),
        message: text::window_message(service),
    };
    let opened = SignInWindow::open(&opening, move || {
        if let Some(runtime) = watching.upgrade() {
            runtime.dispatch(Event::WindowClosed(ticket));
        }
    });
    match opened {
        Some(window) => {
            runtime.resources.keep_window(ticket, window);
            runtime.dispatch(Event::WindowOpened(ticket));
        }
        None => runtime.dispatch(Event::WindowBlocked(ticket)),
    }
}

/// The widget goes after the press that asked for it has been dealt with, since it may stand in the middle of it.
fn take_away(runtime: &Rc<Runtime>) {
    let going = Rc::downgrade(runtime);
    runtime.resources.keep_exit(Timer::new(0, move || {
        if let Some(runtime) = going.upgrade() {
            runtime.root.remove();
            runtime.stop();
            runtime.host.gone();
        }
    }));
}
