//! One visit: what happens is drawn from a seed.

use std::collections::BTreeSet;

use railz_connect_contract::AccessToken;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{RequestError, UserEvent};
use railz_connect_flow::session::SessionResponse;
use railz_connect_flow::{Event, Ticket};

use super::chance::Chance;
use super::presses;
use super::server::Server;
use super::told::{self, LastQuestion, SignIn, Told};
use crate::support::possible_events::Outcome;
use crate::support::{TestWidget, fixtures};

const SESSIONS: [fn() -> SessionResponse; 4] = [
    fixtures::session,
    fixtures::credentials_session,
    fixtures::bank_session,
    fixtures::session_of_two_kinds,
];

/// A visit under way.
pub struct Visit {
    widget: TestWidget,
    pub server: Server,
    chance: Chance,
    sessions: fn() -> SessionResponse,
    /// How many requests or answers got lost.
    pub lost: usize,
    /// What was refused for its token.
    refused: BTreeSet<Ticket>,
    /// For how many more answers there is no network.
    outage: usize,
    /// What the host was told in the end.
    pub told: Told,
    /// Whether the page is another one by now.
    pub is_left: bool,
    prints: bool,
}

impl Visit {
    /// Plays the visit of this seed to its end.
    pub fn play(seed: u64, prints: bool) -> Self {
        let mut chance = Chance::of(seed);
        let configs = [
            fixtures::closable(),
            fixtures::config(&fixtures::renewed_by_the_host(closing())),
            fixtures::closing_and_posting(),
            fixtures::closing_and_redirecting(),
        ];
        let config = configs[chance.below(configs.len())].clone();
        let sessions = SESSIONS[chance.below(SESSIONS.len())];
        let mut widget = TestWidget::start(config);
        widget.looks_for_secrets = seed.is_multiple_of(64);
        let mut visit = Self {
            widget,
            server: Server::default(),
            chance,
            sessions,
            lost: 0,
            refused: BTreeSet::new(),
            outage: 0,
            told: Told::default(),
            is_left: false,
            prints,
        };
        for _ in 0..8 + visit.chance.below(60) {
            visit.step(seed);
            if visit.is_left {
                break;
            }
        }
        visit.settle(seed);
        visit
    }

    fn dispatch(&mut self, seed: u64, event: Event) {
        if self.prints {
            println!("{} <- {event:?}", self.widget.name());
        }
        let last_question = LastQuestion::of(&self.widget, &event);
        self.widget.dispatch_unrecorded(event);
        self.server.heard = self.widget.host_events.len();
        self.told.see(&self.widget, last_question);
        if told::nothing_false_is_said(&self.widget, &self.server.made, seed) == SignIn::Over {
            self.server.give_up();
        }
        if self.widget.handed_over().is_some() {
            self.told.is_all(&self.widget, &self.server.made, seed);
            // The page may also be still there, or come back.
            self.is_left = self.chance.one_in(2);
        }
    }

    fn step(&mut self, seed: u64) {
        let requests: Vec<Ticket> = self.widget.requests.keys().copied().collect();
        match self.chance.below(14) {
            0..=4 => {
                if let Some(ticket) = self.chance.pick(&requests) {
                    let result = self.answer_with_faults(ticket);
                    self.dispatch(seed, Event::Response { ticket, result });
                }
            }
            5 | 6 => {
                let timers: Vec<_> = self.widget.timers.keys().copied().collect();
                if let Some(timer) = self.chance.pick(&timers) {
                    self.dispatch(seed, Event::TimerFired(timer));
                }
            }
            // What is finished after the last question nobody hears of.
            7 if !self.widget.name().starts_with("Clos") && !self.widget.state.is_about_to_hand_over() => {
                if self.chance.one_in(5) {
                    self.server.deny_sign_in();
                } else {
                    self.server.finish_sign_in();
                }
            }
            8 => {
                if let Some(event) = presses::something_else(&self.widget, &mut self.chance) {
                    self.dispatch(seed, event);
                }
            }
            _ => {
                if let Some(event) = presses::press(&self.widget, &mut self.chance) {
                    self.dispatch(seed, event);
                }
            }
        }
        if let Some(ticket) = self.widget.asked.first().copied() {
            let token = Some(AccessToken::new(fixtures::RENEWED));
            self.dispatch(seed, Event::SessionToken { ticket, token });
        }
    }

    fn answer_with_faults(&mut self, ticket: Ticket) -> Outcome {
        let refused =
            |status, message: &str| Err(RequestError::Refused { status, message: message.to_owned() });
        let request = self.widget.requests[&ticket].clone();
        if self.outage == 0 && self.chance.one_in(30) {
            self.outage = self.chance.below(20);
        }
        let fault = if self.outage > 0 { 0 } else { self.chance.below(15) };
        self.outage = self.outage.saturating_sub(1);
        let lost = match fault {
            0 | 1 => Err(RequestError::Unreachable),
            2 => Err(RequestError::Unreadable),
            3 => refused(429, "Too much"),
            4 => refused(500, "The database is locked"),
            5 => refused(503, ""),
            // A session that nobody renews, and a second refusal, are final.
            6 if !matches!(request, Request::Session { .. }) && self.refused.insert(ticket) => {
                Err(fixtures::token_refused())
            }
            // Whoever guards the server refuses anything at times.
            7 if !matches!(request, Request::Session { .. }) => {
                // 410 is the server's own word for a sign-in that is over.
                let statuses = if matches!(request, Request::Updates { .. }) { 3 } else { 4 };
                refused([403, 404, 400, 410][self.chance.below(statuses)], "Not you")
            }
            _ => return self.server.serve(&request, self.sessions, &mut self.chance),
        };
        self.lost += 1;
        // What did not come back may have been done all the same. A token is looked at before anything is done.
        if fault < 6 && self.chance.one_in(2) {
            drop(self.server.serve(&request, self.sessions, &mut self.chance));
            // Nobody signs in at an address that nobody has.
            if matches!(request, Request::Address { .. }) {
                self.server.give_up();
            }
        }
        lost
    }

    /// The network is well again, and nobody signs in any more; then the person closes the widget, or has left the page.
    fn settle(&mut self, seed: u64) {
        self.server.give_up();
        for _ in 0..4 {
            self.answer_all(seed);
            if self.widget.is_closed() {
                return self.told.is_all(&self.widget, &self.server.made, seed);
            }
            if self.widget.name() == "Connected(handing over)" {
                return;
            }
            self.dispatch(seed, Event::User(UserEvent::Close));
        }
        panic!("seed {seed}: it does not close at {}", self.widget.name());
    }

    fn answer_all(&mut self, seed: u64) {
        for _ in 0..40 {
            if let Some(ticket) = self.widget.asked.first().copied() {
                let token = Some(AccessToken::new(fixtures::RENEWED));
                self.dispatch(seed, Event::SessionToken { ticket, token });
            }
            let rest = self.widget.state.bearer.unanswered.and_then(|one| one.rest);
            match (rest, self.widget.requests.iter().next()) {
                (Some(rest), _) if !self.widget.is_closed() => self.dispatch(seed, Event::TimerFired(rest)),
                (_, Some((ticket, request))) => {
                    let (ticket, request) = (*ticket, request.clone());
                    let result = self.server.serve(&request, self.sessions, &mut self.chance);
                    self.dispatch(seed, Event::Response { ticket, result });
                }
                _ => return,
            }
        }
    }
}

fn closing() -> railz_connect_flow::HostOptions {
    fixtures::closing(fixtures::options())
}
