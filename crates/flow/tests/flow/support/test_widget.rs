//! A widget under test: a machine under way, with the shell's part kept beside it.
//!
//! It remembers which requests, timers and windows are out, as the real shell does, and checks after every step the
//! invariants that always hold (`invariants.rs`). What a story can do with it is in `actions.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use railz_connect_contract::AccessToken;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::BankLinkEvent;
use railz_connect_flow::funnel::FunnelEvent;
use railz_connect_flow::host_event::HostEvent;
use railz_connect_flow::journey::JourneyStep;
use railz_connect_flow::state::Lifecycle;
use railz_connect_flow::{Config, Effect, Event, Screen, State, Step, Ticket, start, update, view};

use super::{invariants, transitions};

/// A machine under way.
#[derive(Clone)]
pub struct TestWidget {
    pub config: Arc<Config>,
    pub state: State,
    /// The effects of the last step.
    pub effects: Vec<Effect>,
    /// Requests without an answer.
    pub requests: BTreeMap<Ticket, Request>,
    /// The token that each of them was sent with last.
    pub tokens: BTreeMap<Ticket, Option<AccessToken>>,
    /// Requests that were refused for their token, or brought no answer, and are kept until they are repeated or cancelled.
    pub refused: BTreeMap<Ticket, Request>,
    /// The host's answers that are waited for.
    pub asked: BTreeSet<Ticket>,
    /// Timers that run, with their milliseconds.
    pub timers: BTreeMap<Ticket, u32>,
    /// Windows that are open and watched.
    pub windows: BTreeSet<Ticket>,
    /// Instructions that are on their way.
    pub guides: BTreeSet<Ticket>,
    /// What the banks' script has over the page.
    pub links: BTreeSet<Ticket>,
    /// Every ticket ever seen.
    pub issued: Vec<Ticket>,
    /// All that the host has heard.
    pub host_events: Vec<HostEvent>,
    /// What the last step counted.
    pub counted: Vec<FunnelEvent>,
    /// What the host heard of the attempt under way.
    pub attempt: invariants::Attempt,
    /// How much the host had heard when the last attempt at each service began.
    pub begun_at: BTreeMap<String, usize>,
    /// Whether all that is said is read for secrets, which takes most of a step's time.
    pub looks_for_secrets: bool,
}

impl TestWidget {
    pub fn start(config: Config) -> Self {
        let Step { state, effects, .. } = start(&config);
        let mut widget = Self {
            config: Arc::new(config),
            state,
            effects: Vec::new(),
            requests: BTreeMap::new(),
            tokens: BTreeMap::new(),
            refused: BTreeMap::new(),
            asked: BTreeSet::new(),
            timers: BTreeMap::new(),
            windows: BTreeSet::new(),
            guides: BTreeSet::new(),
            links: BTreeSet::new(),
            issued: Vec::new(),
            host_events: Vec::new(),
            counted: Vec::new(),
            attempt: invariants::Attempt::default(),
            begun_at: BTreeMap::new(),
            looks_for_secrets: true,
        };
        widget.run(effects);
        invariants::hold(&widget);
        widget
    }

    /// One event goes in.
    pub fn dispatch(&mut self, event: Event) -> &mut Self {
        self.step(event, true);
        self
    }

    /// One event goes in; the transition is not recorded. Says whether anything changed.
    pub fn dispatch_unrecorded(&mut self, event: Event) -> bool {
        self.step(event, false)
    }

    fn step(&mut self, event: Event, recorded: bool) -> bool {
        let before = self.clone_outline();
        self.forget_what_is_past(&event);
        let met = event.clone();
        let Step { state, effects, counted, .. } = update(&self.config, self.state.clone(), event);
        self.counted = counted;
        let changed = state != self.state || !effects.is_empty();
        self.state = state;
        invariants::of_the_step(&before, &met, &effects, &self.screen(), self.journey_step());
        // What does not change says nothing that was not read before.
        if self.looks_for_secrets && changed {
            invariants::nothing_secret_is_said(&effects, &self.screen());
        }
        self.run(effects);
        invariants::hold(self);
        // That there is no network is no place, and would double them all.
        let network_alone = matches!(met, Event::NetworkChanged(_)) && self.effects.is_empty();
        if changed && recorded && !network_alone {
            transitions::write(transitions::Transition::of(before.place, &met, self.name()));
        }
        changed
    }

    fn clone_outline(&self) -> invariants::Before {
        invariants::Before {
            place: self.name(),
            screen: self.screen().content.name(),
            step: self.journey_step(),
            closed: self.is_closed(),
        }
    }

    /// As in the shell: an answered request, a fired timer and a gone window are out no longer.
    fn forget_what_is_past(&mut self, event: &Event) {
        match event {
            Event::Response { ticket, result } => {
                let request = self.requests.remove(ticket);
                let kept = request.filter(|one| result.as_ref().is_err_and(|error| one.is_kept_after(error)));
                self.refused.extend(kept.map(|request| (*ticket, request)));
            }
            Event::SessionToken { ticket, .. } => {
                self.asked.remove(ticket);
            }
            Event::TimerFired(ticket) => drop(self.timers.remove(ticket)),
            Event::WindowClosed(ticket) | Event::WindowBlocked(ticket) => {
                self.windows.remove(ticket);
            }
            Event::Guide { ticket, .. } => {
                self.guides.remove(ticket);
            }
            Event::BankLink { ticket, event } if *event != BankLinkEvent::Opened => {
                self.links.remove(ticket);
            }
            Event::User(_)
            | Event::RetryAfter { .. }
            | Event::WindowOpened(_)
            | Event::StartPageAsked(_)
            | Event::HandOverRefused
            | Event::BankLink { .. }
            | Event::Copied(_)
            | Event::IdleTooLong
            | Event::FormLoaded
            | Event::PageRestored
            | Event::PageSeen
            | Event::NetworkChanged(_) => {}
        }
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in &effects {
            self.attempt.see(effect);
            match effect {
                Effect::SendRequest { ticket, token, request } => {
                    self.issue(*ticket);
                    if let Some(service) = invariants::begins(request) {
                        self.begun_at.insert(service.to_owned(), self.host_events.len());
                    }
                    self.requests.insert(*ticket, request.clone());
                    self.tokens.insert(*ticket, token.clone());
                }
                Effect::RepeatRequest { ticket, token } => {
                    let request = self.refused.remove(ticket).expect("what is repeated was refused before");
                    self.requests.insert(*ticket, request);
                    self.tokens.insert(*ticket, Some(token.clone()));
                }
                Effect::GetSession(ticket) => {
                    self.issue(*ticket);
                    self.asked.insert(*ticket);
                }
                Effect::StartTimer { ticket, after_ms, spread_ms } => {
                    self.issue(*ticket);
                    assert!(spread_ms <= after_ms, "chance decides more than the machine");
                    self.timers.insert(*ticket, *after_ms);
                }
                Effect::OpenWindow { ticket, .. } => {
                    self.issue(*ticket);
                    self.windows.insert(*ticket);
                }
                Effect::SendWindow { ticket, .. } => {
                    assert!(self.windows.contains(ticket), "a window that is not open is sent somewhere");
                }
                Effect::ProveStart { ticket, .. } => {
                    assert!(self.windows.contains(ticket), "a window that is not open is told the proof");
                }
                Effect::Cancel(ticket) => {
                    assert!(self.issued.contains(ticket), "a ticket is forgotten that was never given out");
                    self.requests.remove(ticket);
                    self.refused.remove(ticket);
                    self.asked.remove(ticket);
                    self.timers.remove(ticket);
                    self.guides.remove(ticket);
                }
                Effect::LoadGuide { ticket, .. } => {
                    self.issue(*ticket);
                    self.guides.insert(*ticket);
                }
                Effect::OpenBankLink { ticket, .. } => {
                    self.issue(*ticket);
                    self.links.insert(*ticket);
                }
                Effect::CloseBankLink(ticket) => {
                    assert!(self.links.remove(ticket), "a bank link is closed that is not open");
                }
                Effect::CloseWindow(ticket) => {
                    assert!(self.windows.remove(ticket), "a window is closed that is not open");
                }
                Effect::NotifyHost(event) => self.host_events.push(event.clone()),
                Effect::Unmount => {
                    self.requests.clear();
                    self.refused.clear();
                    self.asked.clear();
                    self.timers.clear();
                    self.windows.clear();
                    self.guides.clear();
                    self.links.clear();
                }
                Effect::HandOver(_)
                | Effect::Navigate(_)
                | Effect::FocusHeading
                | Effect::FocusProblem
                | Effect::Copy(_)
                | Effect::Save { .. }
                | Effect::Report(_) => {}
            }
        }
        self.effects = effects;
    }

    fn issue(&mut self, ticket: Ticket) {
        assert!(!self.issued.contains(&ticket), "{ticket:?} is given out twice");
        self.issued.push(ticket);
    }

    pub fn name(&self) -> &'static str {
        self.state.name()
    }

    pub fn journey_step(&self) -> Option<JourneyStep> {
        self.state.session().map(|session| session.journey.step)
    }

    pub fn is_closed(&self) -> bool {
        matches!(self.state.lifecycle, Lifecycle::Closed)
    }

    pub fn screen(&self) -> Screen {
        view(&self.config, &self.state.lifecycle, self.state.bearer.network)
    }

    /// What the host has heard since the last look, and forgets having looked at.
    pub fn host_events(&mut self) -> Vec<HostEvent> {
        std::mem::take(&mut self.host_events)
    }

    /// The one request that is out.
    pub fn request(&self) -> &Request {
        let mut all = self.requests.values();
        let one = all.next().expect("no request is out");
        assert!(all.next().is_none(), "more than one request is out");
        one
    }
}
