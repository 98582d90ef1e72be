//! What is under way for a widget and has to end with it: requests, timers, windows, listeners. Each ends when it is dropped,
//! so nothing can be left behind (invariant 6).

use std::cell::RefCell;

use railz_connect_flow::Ticket;
use railz_connect_flow::effect::Request;

use crate::browser::bank_link::BankLink;
use crate::browser::event_listener::EventListener;
use crate::browser::idle::IdleWatch;
use crate::browser::request::PendingRequest;
use crate::browser::timer::Timer;
use crate::browser::window::SignInWindow;

/// Everything of one widget that is under way.
#[derive(Debug, Default)]
pub(crate) struct Disposables {
    pub(crate) pending: ByTicket<Pending>,
    pub(crate) windows: ByTicket<SignInWindow>,
    pub(crate) bank_links: ByTicket<BankLink>,
    pub(crate) blocked_form_watch: Slot<EventListener>,
    pub(crate) restored_page_watch: Slot<EventListener>,
    pub(crate) network_watch: Slot<Vec<EventListener>>,
    pub(crate) idle_watch: Slot<IdleWatch>,
    pub(crate) key_listeners: Slot<Vec<EventListener>>,
    pub(crate) start_timer: Slot<Timer>,
    pub(crate) focus_timer: Slot<Timer>,
    pub(crate) unmount_timer: Slot<Timer>,
    pub(crate) download_timer: Slot<Timer>,
}

impl Disposables {
    /// Ends everything but requests and timers.
    pub(crate) fn dispose_what_is_seen(&self) {
        self.windows.clear();
        self.bank_links.clear();
        self.blocked_form_watch.put(None);
        self.restored_page_watch.put(None);
        self.network_watch.put(None);
        self.idle_watch.put(None);
        self.key_listeners.put(None);
        self.start_timer.put(None);
        self.focus_timer.put(None);
        self.unmount_timer.put(None);
        self.download_timer.put(None);
    }
}

/// A request or a timer.
#[derive(Debug)]
pub(crate) enum Pending {
    /// Held for its drop, which aborts the request.
    Request(#[expect(dead_code, reason = "held for its drop")] PendingRequest),
    /// Refused for its token or not answered, and kept until it is sent once more or given up.
    Kept(Box<Request>),
    /// The host's answer is waited for, which nobody can take back.
    HostAnswer,
    /// Held for its drop, which clears the timer.
    Timer(#[expect(dead_code, reason = "held for its drop")] Timer),
}

/// Several of a kind, each under the ticket that the flow gave it. A handful at most, so that a list finds faster than a map
/// and costs fewer bytes.
#[derive(Debug)]
pub(crate) struct ByTicket<T>(RefCell<Vec<(Ticket, T)>>);

impl<T> Default for ByTicket<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T> ByTicket<T> {
    pub(crate) fn insert(&self, ticket: Ticket, entry: T) {
        self.0.borrow_mut().push((ticket, entry));
    }

    /// What `read` says of the entry; nothing if it has ended before.
    pub(crate) fn with<R>(&self, ticket: Ticket, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.0.borrow().iter().find(|(one, _)| *one == ticket).map(|(_, entry)| read(entry))
    }

    /// Ends the entry; false if it has ended before.
    pub(crate) fn remove(&self, ticket: Ticket) -> bool {
        // The entry is dropped after the borrow has ended: what its drop runs may come back here.
        let entry = self.take(ticket);
        entry.is_some()
    }

    /// Takes the entry out; nothing if it has ended before.
    pub(crate) fn take(&self, ticket: Ticket) -> Option<T> {
        let mut entries = self.0.borrow_mut();
        let place = entries.iter().position(|(one, _)| *one == ticket)?;
        Some(entries.swap_remove(place).1)
    }

    pub(crate) fn clear(&self) {
        drop(self.0.take());
    }
}

/// A place for one: whoever takes it ends the one before.
#[derive(Debug)]
pub(crate) struct Slot<T>(RefCell<Option<T>>);

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T> Slot<T> {
    pub(crate) fn put(&self, one: impl Into<Option<T>>) {
        let before = self.0.replace(one.into());
        drop(before);
    }
}
