//! What is under way for a widget: requests, timers, windows. Dropping an entry ends it, so nothing can be left behind.

use std::cell::RefCell;

use railz_connect_flow::Ticket;

use crate::browser::bank_link::BankLink;
use crate::browser::idle::IdleWatch;
use crate::browser::listener::Listener;
use crate::browser::request::PendingRequest;
use crate::browser::timer::Timer;
use crate::browser::window::SignInWindow;

/// A handful at most, so that a list finds faster than a map and costs fewer bytes.
type Kept<T> = RefCell<Vec<(Ticket, T)>>;

/// What is under way.
#[derive(Debug, Default)]
pub(crate) struct Resources {
    pending: Kept<Pending>,
    windows: Kept<SignInWindow>,
    links: Kept<BankLink>,
    form_watch: RefCell<Option<Listener>>,
    page_watch: RefCell<Option<Listener>>,
    idle_watch: RefCell<Option<IdleWatch>>,
    focus: RefCell<Option<Timer>>,
    exit: RefCell<Option<Timer>>,
    download: RefCell<Option<Timer>>,
}

/// A request or a timer.
#[derive(Debug)]
pub(crate) enum Pending {
    /// Held for its drop, which aborts the request.
    Request(#[expect(dead_code, reason = "held for its drop")] PendingRequest),
    /// Held for its drop, which clears the timer.
    Timer(#[expect(dead_code, reason = "held for its drop")] Timer),
}

impl Resources {
    pub(crate) fn keep(&self, ticket: Ticket, pending: Pending) {
        self.pending.borrow_mut().push((ticket, pending));
    }

    /// Takes a request or timer out; false if it was forgotten before.
    pub(crate) fn done(&self, ticket: Ticket) -> bool {
        // The entry is dropped after the borrow has ended: what its drop runs may come back here.
        let entry = take(&self.pending, ticket);
        entry.is_some()
    }

    pub(crate) fn keep_window(&self, ticket: Ticket, window: SignInWindow) {
        self.windows.borrow_mut().push((ticket, window));
    }

    pub(crate) fn with_window(&self, ticket: Ticket, act: impl FnOnce(&SignInWindow)) {
        if let Some((_, window)) = self.windows.borrow().iter().find(|(kept, _)| *kept == ticket) {
            act(window);
        }
    }

    pub(crate) fn close_window(&self, ticket: Ticket) {
        drop(take(&self.windows, ticket));
    }

    pub(crate) fn keep_link(&self, ticket: Ticket, link: BankLink) {
        self.links.borrow_mut().push((ticket, link));
    }

    /// What `act` says of a bank link; nothing if it was closed before.
    pub(crate) fn with_link(&self, ticket: Ticket, act: impl FnOnce(&BankLink) -> bool) -> Option<bool> {
        self.links.borrow().iter().find(|(kept, _)| *kept == ticket).map(|(_, link)| act(link))
    }

    /// Takes what the banks' script has over the page away; false if it was closed before.
    pub(crate) fn close_link(&self, ticket: Ticket) -> bool {
        let entry = take(&self.links, ticket);
        entry.is_some()
    }

    pub(crate) fn keep_download(&self, blob: Option<Timer>) {
        let earlier = self.download.replace(blob);
        drop(earlier);
    }

    pub(crate) fn keep_form_watch(&self, watch: Listener) {
        let earlier = self.form_watch.replace(Some(watch));
        drop(earlier);
    }

    pub(crate) fn keep_idle_watch(&self, watch: IdleWatch) {
        let earlier = self.idle_watch.replace(Some(watch));
        drop(earlier);
    }

    pub(crate) fn keep_page_watch(&self, watch: Listener) {
        let earlier = self.page_watch.replace(Some(watch));
        drop(earlier);
    }

    pub(crate) fn keep_focus(&self, timer: Timer) {
        let earlier = self.focus.replace(Some(timer));
        drop(earlier);
    }

    pub(crate) fn keep_exit(&self, timer: Timer) {
        let earlier = self.exit.replace(Some(timer));
        drop(earlier);
    }

    /// Ends everything.
    pub(crate) fn clear(&self) {
        drop(self.pending.take());
        drop(self.windows.take());
        drop(self.links.take());
        drop(self.form_watch.take());
        drop(self.page_watch.take());
        drop(self.idle_watch.take());
        drop(self.focus.take());
        drop(self.exit.take());
        drop(self.download.take());
    }
}

fn take<T>(kept: &Kept<T>, ticket: Ticket) -> Option<T> {
    let mut kept = kept.borrow_mut();
    let place = kept.iter().position(|(one, _)| *one == ticket)?;
    Some(kept.swap_remove(place).1)
}
