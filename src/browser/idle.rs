//! Whether anybody is there: the time since a person last touched the page.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use leptos::prelude::window;

use super::event_listener::EventListener;
use super::timer::Timer;

/// What counts as touching the page.
const ACTIVITY_EVENTS: [&str; 4] = ["pointerdown", "pointermove", "keydown", "scroll"];

/// What is told of the person.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Activity {
    /// The page was touched.
    Touched,
    /// Nobody has touched it for so long.
    None,
}

/// Watches until it is dropped.
pub(crate) struct IdleWatch(#[expect(dead_code, reason = "held for its drop")] Vec<EventListener>);

impl IdleWatch {
    /// Tells each time that somebody touches the page, and each time that nobody did for so many milliseconds.
    pub(crate) fn new(after_ms: u32, tell: impl Fn(Activity) + Clone + 'static) -> Self {
        let timer = Rc::new(RefCell::new(None));
        let touched = move || {
            let idle = tell.clone();
            // The old timer is dropped, and so cleared, by the new one.
            drop(timer.replace(Some(Timer::new(after_ms, move || idle(Activity::None)))));
            tell(Activity::Touched);
        };
        touched();
        let mut listeners = Vec::new();
        for event in ACTIVITY_EVENTS {
            let touched = touched.clone();
            listeners.push(EventListener::new(&window(), event, move |_| touched()));
        }
        Self(listeners)
    }
}

impl fmt::Debug for IdleWatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("IdleWatch")
    }
}
