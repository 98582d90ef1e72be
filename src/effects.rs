//! One match from effects as data to the browser. What comes back comes back as an event.

mod bank_link;
mod get_session;
mod guide;

use std::rc::Rc;

use railz_connect_flow::effect::Report;
use railz_connect_flow::{Effect, Event, Ticket};

use crate::browser::timer::Timer;
use crate::browser::window::{NewWindow, SignInWindow};
use crate::browser::{clipboard, console, content_security_policy, download, focus, navigation, random};
use crate::disposables::Pending;
use crate::runtime::Runtime;
use crate::{api, text};

/// Does what the step asked for.
pub(crate) fn run(runtime: &Rc<Runtime>, effect: Effect) {
    let disposables = &runtime.disposables;
    match effect {
        Effect::SendRequest { ticket, token, request } => api::send(runtime, ticket, token.as_ref(), request),
        Effect::RepeatRequest { ticket, token } => api::repeat(runtime, ticket, &token),
        Effect::GetSession(ticket) => get_session::ask(runtime, ticket),
        Effect::Cancel(ticket) => {
            disposables.pending.remove(ticket);
        }
        Effect::StartTimer { ticket, after_ms, spread_ms } => {
            start_timer(runtime, ticket, after_ms + random::below(spread_ms));
        }
        Effect::OpenWindow { ticket, name, service, display_name } => {
            let service = text::service_name(&service, display_name.as_deref());
            open_window(runtime, ticket, name, &service);
        }
        Effect::SendWindow { ticket, url } => send_window(runtime, ticket, &url),
        Effect::ProveStart { ticket, proof } => {
            disposables.windows.with(ticket, |window| window.prove(&proof));
        }
        Effect::CloseWindow(ticket) => {
            disposables.windows.remove(ticket);
        }
        Effect::NotifyHost(event) => runtime.callbacks.call(&event),
        Effect::HandOver(form) => {
            let watching = Rc::downgrade(runtime);
            let watch = content_security_policy::watch_blocked_forms(move || {
                if let Some(runtime) = watching.upgrade() {
                    runtime.dispatch(Event::HandOverRefused);
                }
            });
            disposables.blocked_form_watch.put(watch);
            navigation::submit_form(&form);
        }
        Effect::Navigate(url) => navigation::navigate(&url),
        Effect::FocusHeading => {
            disposables.focus_timer.put(focus::heading_soon(runtime.root.clone()));
        }
        Effect::FocusProblem => {
            disposables.focus_timer.put(focus::problem_soon(runtime.root.clone()));
        }
        Effect::LoadGuide { ticket, service } => guide::load(runtime, ticket, &service),
        Effect::OpenBankLink { ticket, script_url, token } => {
            bank_link::open(runtime, ticket, script_url, token.expose().to_owned());
        }
        Effect::CloseBankLink(ticket) => {
            disposables.bank_links.remove(ticket);
        }
        Effect::Copy(password) => {
            let waiting = Rc::downgrade(runtime);
            clipboard::copy(password.expose(), move |done| {
                if let Some(runtime) = waiting.upgrade() {
                    runtime.dispatch(Event::Copied(done));
                }
            });
        }
        Effect::Save { name, text } => disposables.download_timer.put(download::save(&name, &text)),
        Effect::Unmount => unmount_soon(runtime),
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

/// Does it if it leaves the page: a host that unmounts when it hears of a success or an exit still sends the person on, as
/// 2.23 does. What the success page waits for is still asked while the runtime is `leaving`. Nothing else.
pub(crate) fn run_after_stop(runtime: &Rc<Runtime>, effect: Effect, leaving: bool) {
    match effect {
        Effect::HandOver(form) => navigation::submit_form(&form),
        Effect::Navigate(url) => navigation::navigate(&url),
        Effect::SendRequest { .. }
        | Effect::RepeatRequest { .. }
        | Effect::StartTimer { .. }
        | Effect::Cancel(_)
            if leaving =>
        {
            run(runtime, effect);
        }
        _ => {}
    }
}

fn start_timer(runtime: &Rc<Runtime>, ticket: Ticket, after_ms: u32) {
    let waiting = Rc::downgrade(runtime);
    let timer = Timer::new(after_ms, move || {
        if let Some(runtime) = waiting.upgrade()
            && runtime.disposables.pending.remove(ticket)
        {
            runtime.dispatch(Event::TimerFired(ticket));
        }
    });
    runtime.disposables.pending.insert(ticket, Pending::Timer(timer));
}

#[inline(never)]
fn open_window(runtime: &Rc<Runtime>, ticket: Ticket, name: Ticket, service: &str) {
    let watching = Rc::downgrade(runtime);
    let new = NewWindow {
        name: format!("railz-connect-{}-{}", runtime.window_name_suffix, name.number()),
        title: text::window_title(service),
        message: text::window_message(service),
    };
    let opened = SignInWindow::open(&new, move || {
        if let Some(runtime) = watching.upgrade() {
            runtime.dispatch(Event::WindowClosed(ticket));
        }
    });
    match opened {
        Some(window) => {
            runtime.disposables.windows.insert(ticket, window);
            runtime.dispatch(Event::WindowOpened(ticket));
        }
        None => runtime.dispatch(Event::WindowBlocked(ticket)),
    }
}

#[inline(never)]
fn send_window(runtime: &Rc<Runtime>, ticket: Ticket, url: &str) {
    let listening = Rc::downgrade(runtime);
    let asked = move || {
        if let Some(runtime) = listening.upgrade() {
            runtime.dispatch(Event::StartPageAsked(ticket));
        }
    };
    runtime.disposables.windows.with(ticket, |window| window.send_to(url, asked));
}

/// The widget goes after the press that asked for it has been dealt with, since it may stand in the middle of it.
#[inline(never)]
fn unmount_soon(runtime: &Rc<Runtime>) {
    let going = Rc::downgrade(runtime);
    runtime.disposables.unmount_timer.put(Timer::new(0, move || {
        if let Some(runtime) = going.upgrade() {
            runtime.leave();
        }
    }));
}
