//! A traveller: a machine under way, with the shell's side of the bargain kept beside it.
//!
//! It remembers which requests, timers and windows are out, as the real shell does, and checks after every step the
//! truths that always hold (`truths.rs`). What a story can do with it is in `acts.rs`.

use std::collections::{BTreeMap, BTreeSet};

use railz_connect_flow::{
    BankNews, Config, Effect, Event, HostEvent, JourneyStep, Place, Request, Screen, State, Step, Ticket,
    start, update, view,
};

use super::{record, truths};

/// A machine under way.
#[derive(Clone)]
pub struct Traveller {
    pub config: Config,
    pub state: State,
    /// The effects of the last step.
    pub effects: Vec<Effect>,
    /// Requests without an answer.
    pub requests: BTreeMap<Ticket, Request>,
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
    pub told: Vec<HostEvent>,
    /// What the host heard of the attempt under way.
    pub attempt: truths::Attempt,
}

impl Traveller {
    pub fn start(config: Config) -> Self {
        let Step { state, effects } = start(&config);
        let mut traveller = Self {
            config,
            state,
            effects: Vec::new(),
            requests: BTreeMap::new(),
            timers: BTreeMap::new(),
            windows: BTreeSet::new(),
            guides: BTreeSet::new(),
            links: BTreeSet::new(),
            issued: Vec::new(),
            told: Vec::new(),
            attempt: truths::Attempt::default(),
        };
        traveller.run(effects);
        truths::hold(&traveller);
        traveller
    }

    /// One event goes in.
    pub fn meet(&mut self, event: Event) -> &mut Self {
        self.step(event, true);
        self
    }

    /// One event goes in, without the traveller's page in the record.
    pub fn wander(&mut self, event: Event) -> bool {
        self.step(event, false)
    }

    fn step(&mut self, event: Event, recorded: bool) -> bool {
        let before = self.clone_outline();
        self.forget_what_is_past(&event);
        let met = event.clone();
        let Step { state, effects } = update(&self.config, self.state.clone(), event);
        let changed = state != self.state || !effects.is_empty();
        self.state = state;
        truths::of_the_step(&before, &met, &effects, &self.screen(), self.step_of_the_way());
        self.run(effects);
        truths::hold(self);
        if changed && recorded {
            record::write(record::Passage::of(before.place, &met, self.place()));
        }
        changed
    }

    fn clone_outline(&self) -> truths::Before {
        truths::Before {
            place: self.place(),
            screen: self.screen().content.name(),
            step: self.step_of_the_way(),
            left: self.has_left(),
        }
    }

    /// As in the shell: an answered request, a fired timer and a gone window are out no longer.
    fn forget_what_is_past(&mut self, event: &Event) {
        match event {
            Event::Answered { ticket, .. } => drop(self.requests.remove(ticket)),
            Event::TimerFired(ticket) => drop(self.timers.remove(ticket)),
            Event::WindowClosed(ticket) | Event::WindowBlocked(ticket) => {
                self.windows.remove(ticket);
            }
            Event::Guide { ticket, .. } => {
                self.guides.remove(ticket);
            }
            Event::BankLink { ticket, news } if *news != BankNews::Opened => {
                self.links.remove(ticket);
            }
            Event::User(_)
            | Event::WindowOpened(_)
            | Event::HandOverRefused
            | Event::BankLink { .. }
            | Event::Copied(_)
            | Event::IdleTooLong
            | Event::PageRestored => {}
        }
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in &effects {
            self.attempt.see(effect);
            match effect {
                Effect::Ask { ticket, request } => {
                    self.issue(*ticket);
                    self.requests.insert(*ticket, request.clone());
                }
                Effect::StartTimer { ticket, after_ms } => {
                    self.issue(*ticket);
                    self.timers.insert(*ticket, *after_ms);
                }
                Effect::OpenWindow { ticket, .. } => {
                    self.issue(*ticket);
                    self.windows.insert(*ticket);
                }
                Effect::SendWindow { ticket, .. } => {
                    assert!(self.windows.contains(ticket), "a window that is not open is sent somewhere");
                }
                Effect::Forget(ticket) => {
                    assert!(self.issued.contains(ticket), "a ticket is forgotten that was never given out");
                    self.requests.remove(ticket);
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
                Effect::Tell(event) => self.told.push(event.clone()),
                Effect::Unmount => {
                    self.requests.clear();
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

    pub fn place(&self) -> &'static str {
        self.state.place.name()
    }

    pub fn step_of_the_way(&self) -> Option<JourneyStep> {
        self.state.place.session().map(|session| session.journey.step)
    }

    pub fn has_left(&self) -> bool {
        matches!(self.state.place, Place::Left)
    }

    pub fn screen(&self) -> Screen {
        view(&self.config, &self.state)
    }

    /// What the host has heard since the last look, and forgets having looked at.
    pub fn told(&mut self) -> Vec<HostEvent> {
        std::mem::take(&mut self.told)
    }

    /// The one request that is out.
    pub fn request(&self) -> &Request {
        let mut all = self.requests.values();
        let one = all.next().expect("no request is out");
        assert!(all.next().is_none(), "more than one request is out");
        one
    }
}
