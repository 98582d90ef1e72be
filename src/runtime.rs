//! The only mutable place: the state, the queue of events, and the one signal that the view follows.
//!
//! An effect may cause an event at once (a blocked window does), so events go through the queue, and effects run after
//! the new state is stored.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::{ArcRwSignal, GetUntracked, Set};
use railz_connect_flow::{
    Config, Dress, Effect, Event, Glance, Screen, State, Step, UserEvent, start, update, view,
};

use crate::browser::idle::IdleWatch;
use crate::browser::part::Parts;
use crate::browser::request::Transport;
use crate::browser::shadow::ShadowHost;
use crate::browser::{chance, console, page};
use crate::host::Host;
use crate::resources::Resources;
use crate::text::{Labels, Voice, speaking};
use crate::{effects, theme};

/// After which nobody is taken to be there (section 6.4).
const IDLE_MS: u32 = 30 * 60 * 1000;

/// A running widget.
pub(crate) struct Runtime {
    pub(crate) config: Config,
    pub(crate) host: Host,
    pub(crate) root: ShadowHost,
    pub(crate) transport: Transport,
    pub(crate) parts: Parts,
    pub(crate) resources: Resources,
    /// The host's own words.
    pub(crate) labels: Arc<Labels>,
    /// What the server is told of the host's options, as JSON.
    pub(crate) told_options: String,
    /// Part of the names of this widget's windows, by chance: two widgets may open theirs in the same moment.
    pub(crate) salt: u64,
    screen: ArcRwSignal<Screen>,
    state: RefCell<Option<State>>,
    queue: RefCell<VecDeque<Event>>,
    phase: Cell<Phase>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Idle,
    Turning,
    Stopped,
}

impl fmt::Debug for Runtime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Runtime")
    }
}

impl Runtime {
    pub(crate) fn new(
        config: Config,
        told_options: String,
        host: Host,
        root: ShadowHost,
        transport: Transport,
        parts: Parts,
    ) -> Rc<Self> {
        let first = view(&config, &start(&config).state);
        Rc::new(Self {
            labels: Arc::new(Labels::new(&config.labels)),
            config,
            told_options,
            host,
            root,
            transport,
            parts,
            resources: Resources::default(),
            salt: chance::salt(),
            screen: ArcRwSignal::new(first),
            state: RefCell::new(None),
            queue: RefCell::new(VecDeque::new()),
            phase: Cell::new(Phase::Idle),
        })
    }

    /// The screen to draw, as a signal.
    pub(crate) fn screen(&self) -> ArcRwSignal<Screen> {
        self.screen.clone()
    }

    fn dress(&self, dress: Dress) {
        if let Err(thrown) = theme::apply(&self.root, &self.config, dress) {
            console::error_value("theme", &thrown);
        }
    }

    /// Begins the journey.
    pub(crate) fn start(self: &Rc<Self>) {
        self.dress(self.screen.get_untracked().dress);
        let watching = Rc::downgrade(self);
        self.resources.keep_page_watch(page::watch_restored(move || {
            if let Some(runtime) = watching.upgrade() {
                runtime.dispatch(Event::PageRestored);
            }
        }));
        let watching = Rc::downgrade(self);
        self.resources.keep_idle_watch(IdleWatch::new(IDLE_MS, move || {
            if let Some(runtime) = watching.upgrade() {
                runtime.dispatch(Event::IdleTooLong);
            }
        }));
        let step = start(&self.config);
        self.phase.set(Phase::Turning);
        self.take(step);
        self.turn();
    }

    /// A person did something; effects run before this returns, so that a window opens inside the press (invariant 1).
    pub(crate) fn user(self: &Rc<Self>, event: UserEvent) {
        self.dispatch(Event::User(event));
    }

    /// Something happened.
    pub(crate) fn dispatch(self: &Rc<Self>, event: Event) {
        if self.phase.get() == Phase::Stopped {
            return;
        }
        self.queue.borrow_mut().push_back(event);
        if self.phase.get() == Phase::Idle {
            self.phase.set(Phase::Turning);
            self.turn();
        }
    }

    /// Ends everything; no event counts any more.
    pub(crate) fn stop(&self) {
        self.phase.set(Phase::Stopped);
        self.queue.borrow_mut().clear();
        self.resources.clear();
    }

    fn turn(self: &Rc<Self>) {
        while self.phase.get() == Phase::Turning {
            let Some(event) = self.queue.borrow_mut().pop_front() else {
                self.phase.set(Phase::Idle);
                return;
            };
            let Some(state) = self.state.borrow_mut().take() else { return };
            let glance = self.host.counts().then(|| Glance::before(&state, &event));
            let step = update(&self.config, state, event);
            let counted = glance.map(|glance| glance.after(&step)).unwrap_or_default();
            self.take(step);
            for one in &counted {
                self.host.count(one);
            }
        }
    }

    fn take(self: &Rc<Self>, step: Step) {
        let screen = view(&self.config, &step.state);
        *self.state.borrow_mut() = Some(step.state);
        let voice = Voice::of(&screen, &self.labels);
        let before = self.screen.get_untracked();
        if before != screen {
            let dress = (before.dress != screen.dress).then_some(screen.dress);
            self.screen.set(screen);
            if let Some(dress) = dress {
                self.dress(dress);
            }
        }
        speaking(voice, || self.run(step.effects));
    }

    fn run(self: &Rc<Self>, effects: Vec<Effect>) {
        for effect in effects {
            if self.phase.get() == Phase::Stopped {
                // The host took the widget away in the callback just before. What leaves the page still does.
                effects::leave(&effect);
            } else {
                effects::run(self, effect);
            }
        }
    }
}
