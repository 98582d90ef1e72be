//! What is under way for a widget: requests, timers, windows. Dropping an entry ends it, so nothing can be left behind.

use std::cell::RefCell;
use std::collections::BTreeMap;

use railz_connect_flow::Ticket;

use crate::browser::policy::FormWatch;
use crate::browser::request::PendingRequest;
use crate::browser::timer::Timer;
use crate::browser::window::SignInWindow;

/// What is under way.
#[derive(Debug, Default)]
pub(crate) struct Resources {
    pending: RefCell<BTreeMap<Ticket, Pending>>,
    windows: RefCell<BTreeMap<Ticket, SignInWindow>>,
    form_watch: RefCell<Option<FormWatch>>,
    focus: RefCell<Option<Timer>>,
    exit: RefCell<Option<Timer>>,
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
        self.pending.borrow_mut().insert(ticket, pending);
    }

    /// Takes a request or timer out; false if it was forgotten before.
    pub(crate) fn done(&self, ticket: Ticket) -> bool {
        // The entry is dropped after the borrow has ended: what its drop runs may come back here.
        let entry = self.pending.borrow_mut().remove(&ticket);
        entry.is_some()
    }

    pub(crate) fn keep_window(&self, ticket: Ticket, window: SignInWindow) {
        let earlier = self.windows.borrow_mut().insert(ticket, window);
        drop(earlier);
    }

    pub(crate) fn with_window(&self, ticket: Ticket, act: impl FnOnce(&SignInWindow)) {
        if let Some(window) = self.windows.borrow().get(&ticket) {
            act(window);
        }
    }

    pub(crate) fn close_window(&self, ticket: Ticket) {
        let window = self.windows.borrow_mut().remove(&ticket);
        drop(window);
    }

    pub(crate) fn keep_form_watch(&self, watch: FormWatch) {
        let earlier = self.form_watch.replace(Some(watch));
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
        drop(self.form_watch.take());
        drop(self.focus.take());
        drop(self.exit.take());
    }
}
