//! The only mutable place: the state, the queue of events, and what is drawn.
//!
//! An effect may cause an event at once (a blocked window does), so events go through the queue, and effects run after
//! the new state is stored.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::rc::Rc;

use railz_connect_flow::event::{Network, UserEvent};
use railz_connect_flow::funnel::FunnelEvent;
use railz_connect_flow::screen::ThemeScope;
use railz_connect_flow::update::IDLE_AFTER_MS;
use railz_connect_flow::{Config, Effect, Event, Screen, State, Step, start, update};
use wasm_bindgen::JsValue;

use crate::browser::early_session::EarlySession;
use crate::browser::idle::{Activity, IdleWatch};
use crate::browser::module_loader::ModuleLoader;
use crate::browser::network::NetworkChange;
use crate::browser::request::Transport;
use crate::browser::shadow_root::ShadowHost;
use crate::browser::timer::Timer;
use crate::browser::{back_forward_cache, console, js_value, keyboard, network, random};
use crate::callbacks::Callbacks;
use crate::disposables::Disposables;
use crate::text::{Labels, TextContext, with_context};
use crate::view::{Drawing, Forms};
use crate::{api, effects, theme};

/// One widget of a page, from its mount until [`Runtime::stop`].
pub(crate) struct Runtime {
    pub(crate) config: Config,
    pub(crate) callbacks: Callbacks,
    pub(crate) root: ShadowHost,
    pub(crate) transport: Transport,
    /// The loader's answer to the first request.
    pub(crate) early_session: EarlySession,
    pub(crate) modules: ModuleLoader,
    pub(crate) forms: Rc<Forms>,
    pub(crate) disposables: Disposables,
    /// The host's own words.
    pub(crate) labels: Rc<Labels>,
    /// What the server gets of the host's options, as JSON.
    pub(crate) options_for_server: String,
    /// Part of the names of this widget's windows, by chance: two widgets may open theirs in the same moment.
    pub(crate) window_name_suffix: u64,
    drawing: RefCell<Option<Drawing>>,
    theme_scope: Cell<Option<ThemeScope>>,
    state: RefCell<Option<State>>,
    queue: RefCell<VecDeque<Event>>,
    /// What is drawn already, and done when `mount` has returned.
    postponed: Cell<Option<Consequences>>,
    /// Whether the widget has been on the page: a host may draw it first and put it there afterwards.
    was_on_page: Cell<bool>,
    phase: Cell<Phase>,
    /// Itself while it is leaving, when nobody else holds it.
    leaving: Cell<Option<Rc<Self>>>,
}

/// What is to be done about a step that is drawn.
struct Consequences {
    context: TextContext,
    effects: Vec<Effect>,
    counted: Vec<FunnelEvent>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Idle,
    Draining,
    /// Off the page, while the server signs what the success page receives.
    Leaving,
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
        callbacks: Callbacks,
        root: ShadowHost,
        transport: Transport,
        environment: &JsValue,
    ) -> Rc<Self> {
        let options_for_server = js_value::get(environment, "optionsForServer").as_string();
        Rc::new(Self {
            config,
            labels: Rc::new(Labels::from_environment(environment)),
            options_for_server: options_for_server.unwrap_or_else(|| "{}".to_owned()),
            callbacks,
            forms: Rc::new(Forms::new(root.as_mount_point().into())),
            root,
            transport,
            early_session: EarlySession::from_environment(environment),
            modules: ModuleLoader::from_environment(environment),
            disposables: Disposables::default(),
            window_name_suffix: random::number(),
            drawing: RefCell::new(None),
            theme_scope: Cell::new(None),
            state: RefCell::new(None),
            queue: RefCell::new(VecDeque::new()),
            postponed: Cell::new(None),
            was_on_page: Cell::new(false),
            phase: Cell::new(Phase::Idle),
            leaving: Cell::new(None),
        })
    }

    fn apply_theme(&self, theme_scope: ThemeScope) {
        if self.theme_scope.replace(Some(theme_scope)) == Some(theme_scope) {
            return;
        }
        if let Err(thrown) = theme::apply(&self.root, &self.config, theme_scope) {
            console::error_value("theme", &thrown);
        }
    }

    /// Draws the screen before this returns. What is drawn is taken out meanwhile: an element that goes may wake a listener
    /// of the host's, which may take the widget away.
    fn draw(self: &Rc<Self>, screen: Screen) {
        self.apply_theme(screen.theme_scope);
        let drawn = self.drawing.borrow_mut().take();
        let drawing = if let Some(mut drawing) = drawn {
            drawing.redraw(screen);
            drawing
        } else {
            let pressed = Rc::downgrade(self);
            Drawing::new(&self.root, screen, Rc::clone(&self.labels), Rc::clone(&self.forms), move |event| {
                if let Some(runtime) = pressed.upgrade() {
                    runtime.dispatch_user(event);
                }
            })
        };
        if !self.is_gone() {
            *self.drawing.borrow_mut() = Some(drawing);
        }
    }

    /// Begins the journey.
    pub(crate) fn start(self: &Rc<Self>) {
        let watching = Rc::downgrade(self);
        self.disposables.restored_page_watch.put(back_forward_cache::watch_restored(move || {
            if let Some(runtime) = watching.upgrade() {
                runtime.dispatch(Event::PageRestored);
            }
        }));
        let watching = Rc::downgrade(self);
        self.disposables.network_watch.put(network::watch(move |change| {
            if let Some(runtime) = watching.upgrade() {
                runtime.tell_change(change);
            }
        }));
        self.disposables.key_listeners.put(keyboard::keep_typing_inside(&self.root.as_mount_point()));
        let watching = Rc::downgrade(self);
        self.disposables.idle_watch.put(IdleWatch::new(IDLE_AFTER_MS, move |activity| {
            if let Some(runtime) = watching.upgrade() {
                match activity {
                    Activity::Touched => runtime.resume(),
                    Activity::None => runtime.idle_too_long(),
                }
            }
        }));
        let Step { state, screen, effects, .. } = start(&self.config);
        self.phase.set(Phase::Draining);
        *self.state.borrow_mut() = Some(state);
        with_context(TextContext::of(&screen, &self.labels), || self.run_effects(effects));
        let answer = self.queue.borrow_mut().pop_front();
        match answer {
            // The loader has had the session's answer already: the list is the first that is drawn. The host hears of it in
            // another task, when the loader has taken away what stood there, as where the answer comes later.
            Some(answer) => {
                self.postponed.set(self.step(answer));
                let waiting = Rc::downgrade(self);
                self.disposables.start_timer.put(Timer::new(0, move || {
                    if let Some(runtime) = waiting.upgrade() {
                        runtime.resume();
                    }
                }));
            }
            None => self.draw(screen),
        }
        if self.phase.get() == Phase::Draining {
            self.phase.set(Phase::Idle);
        }
        if network::is_offline() {
            self.tell_change(NetworkChange::Offline);
        }
    }

    #[inline(never)]
    fn tell_change(self: &Rc<Self>, change: NetworkChange) {
        self.dispatch(match change {
            NetworkChange::Online => Event::NetworkChanged(Network::Online),
            NetworkChange::Offline => Event::NetworkChanged(Network::Offline),
            NetworkChange::Seen => Event::PageSeen,
        });
    }

    /// A person did something; effects run before this returns, so that a window opens inside the press (invariant 1).
    pub(crate) fn dispatch_user(self: &Rc<Self>, event: UserEvent) {
        self.dispatch(Event::User(event));
    }

    /// Something happened.
    pub(crate) fn dispatch(self: &Rc<Self>, event: Event) {
        match self.phase.get() {
            Phase::Stopped => {}
            Phase::Leaving => self.go_on_leaving(event),
            Phase::Idle | Phase::Draining => {
                self.queue.borrow_mut().push_back(event);
                self.resume();
            }
        }
    }

    /// Does what was postponed, and then what is in the queue; nothing where that is under way, or the widget's place has been
    /// taken off the page. Then all waits: nothing more is asked and no page is left, until the place is back and a person
    /// touches the page.
    fn resume(self: &Rc<Self>) {
        if self.phase.get() != Phase::Idle || self.is_off_page() {
            return;
        }
        self.phase.set(Phase::Draining);
        if let Some(consequences) = self.postponed.take() {
            self.follow(consequences);
        }
        self.drain_queue();
    }

    fn is_off_page(&self) -> bool {
        let is_here = self.root.is_connected();
        self.was_on_page.set(is_here || self.was_on_page.get());
        self.was_on_page.get() && !is_here
    }

    /// Nobody has touched the page for long. A place that is off the page then is not coming back.
    fn idle_too_long(self: &Rc<Self>) {
        if self.is_off_page() {
            self.leave();
            // What the success page was to receive is half an hour old.
            if self.phase.get() == Phase::Leaving {
                self.end();
            }
        } else {
            self.dispatch(Event::IdleTooLong);
        }
    }

    /// Goes from the page by itself, and tells the package.
    pub(crate) fn leave(self: &Rc<Self>) {
        self.root.remove();
        self.stop();
        self.callbacks.call_gone();
    }

    /// Ends everything, once; no event counts any more. A session of the page's own ends with it, and so does no sign-in that
    /// is under way: the server knows how it ends. Only what the success page waits for is waited for still: the person is on
    /// the way there, and the session is needed until then.
    pub(crate) fn stop(self: &Rc<Self>) {
        if self.is_gone() {
            return;
        }
        self.queue.borrow_mut().clear();
        self.disposables.dispose_what_is_seen();
        drop(self.drawing.take());
        if self.state.borrow().as_ref().is_some_and(State::is_about_to_hand_over) {
            self.phase.set(Phase::Leaving);
            self.leaving.set(Some(Rc::clone(self)));
        } else {
            self.end();
        }
    }

    /// What happens after the widget was taken off the page, on the way to the success page. Nobody sees or hears of it.
    fn go_on_leaving(self: &Rc<Self>, event: Event) {
        let Some(state) = self.state.borrow_mut().take() else { return };
        let Step { state, effects, .. } = update(&self.config, state, event);
        let waits = state.is_about_to_hand_over();
        *self.state.borrow_mut() = Some(state);
        self.run_effects(effects);
        if !waits && self.phase.get() == Phase::Leaving {
            self.end();
        }
    }

    fn end(&self) {
        self.phase.set(Phase::Stopped);
        if let Some(token) = self.state.borrow().as_ref().and_then(State::session_to_end) {
            api::end_session(self, token);
        }
        self.disposables.pending.clear();
        drop(self.leaving.take());
    }

    fn is_gone(&self) -> bool {
        matches!(self.phase.get(), Phase::Leaving | Phase::Stopped)
    }

    fn drain_queue(self: &Rc<Self>) {
        while self.phase.get() == Phase::Draining {
            let Some(event) = self.queue.borrow_mut().pop_front() else {
                self.phase.set(Phase::Idle);
                return;
            };
            let Some(consequences) = self.step(event) else { return };
            self.follow(consequences);
        }
    }

    /// Draws what an event leads to. Nothing in the middle of another step.
    fn step(self: &Rc<Self>, event: Event) -> Option<Consequences> {
        let state = self.state.borrow_mut().take()?;
        let Step { state, screen, effects, counted } = update(&self.config, state, event);
        *self.state.borrow_mut() = Some(state);
        let context = TextContext::of(&screen, &self.labels);
        self.draw(screen);
        Some(Consequences { context, effects, counted })
    }

    fn follow(self: &Rc<Self>, Consequences { context, effects, counted }: Consequences) {
        with_context(context, || self.run_effects(effects));
        for one in &counted {
            self.callbacks.call_on_event(one);
        }
    }

    fn run_effects(self: &Rc<Self>, effects: Vec<Effect>) {
        for effect in effects {
            match self.phase.get() {
                Phase::Idle | Phase::Draining => effects::run(self, effect),
                // The host took the widget away in the callback just before. What leaves the page still does.
                phase => effects::run_after_stop(self, effect, phase == Phase::Leaving),
            }
        }
    }
}
