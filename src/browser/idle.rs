//! Whether anybody is there: the time since a person last touched the page.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use leptos::prelude::window;

use super::event_listener::EventListener;
use super::timer::Timer;

/// What counts as touching the page.
const ACTIVITY_EVENTS: [&str; 4] = ["pointerdown", "pointermove", "keydown", "scroll"];

/// Watches until it is dropped.
pub(crate) struct IdleWatch(#[expect(dead_code, reason = "held for its drop")] Vec<EventListener>);

impl IdleWatch {
    /// Calls `touched` each time that somebody touches the page, and `idle` each time that nobody did for so many milliseconds.
    pub(crate) fn new(
        after_ms: u32,
        touched: impl Fn() + Clone + 'static,
        idle: impl Fn() + Clone + 'static,
    ) -> Self {
        let timer = Rc::new(RefCell::new(None));
        let wait = move || {
            let idle = idle.clone();
            // The old timer is dropped, and so cleared, by the new one.
            drop(timer.replace(Some(Timer::new(after_ms, idle))));
        };
        wait();
        Self(
            ACTIVITY_EVENTS
                .map(|touch| {
                    let (wait, touched) = (wait.clone(), touched.clone());
                    EventListener::new(&window(), touch, move |_| {
                        wait();
                        touched();
                    })
                })
                .into(),
        )
    }
}

impl fmt::Debug for IdleWatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("IdleWatch")
    }
}
