//! One visit: what happens is drawn from a seed.

use std::collections::BTreeSet;

use railz_connect_contract::{AccessToken, ConnectionId};
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{BankLinkEvent, RequestError, UserEvent};
use railz_connect_flow::funnel::FunnelEvent;
use railz_connect_flow::host_event::HostEvent;
use railz_connect_flow::screen::Content;
use railz_connect_flow::session::SessionResponse;
use railz_connect_flow::state::Refusal;
use railz_connect_flow::{Event, Ticket};

use super::server::Server;
use crate::support::possible_events::{self, Outcome};
use crate::support::{TestWidget, fixtures};

/// Chance by a seed (`SplitMix64`), the same on every machine.
pub struct Chance(u64);

impl Chance {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap()
    }

    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        (!from.is_empty()).then(|| from[self.below(from.len())].clone())
    }
}

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
    /// The services of which `onEvent` said that nobody knows how an attempt ended.
    unknown: BTreeSet<String>,
    /// How often the server was asked for the last time.
    pub asked: usize,
    /// Whether nobody could be asked in the end.
    asked_in_vain: bool,
    /// Whether the page is another one by now.
    pub is_left: bool,
    told: bool,
}

impl Visit {
    /// Plays the visit of this seed to its end.
    pub fn play(seed: u64, told: bool) -> Self {
        let mut chance = Chance(seed);
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
            unknown: BTreeSet::new(),
            asked: 0,
            asked_in_vain: false,
            is_left: false,
            told,
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
        if self.told {
            println!("{} <- {event:?}", self.widget.name());
        }
        let asks = self.asks_for_the_last_time();
        let is_in_vain = match &event {
            // Whoever is refused the status may still have the list.
            Event::Response {
                ticket,
                result: Err(RequestError::Refused { status: 400 | 403 | 404 | 410, .. }),
            } => {
                matches!(self.widget.requests.get(ticket), Some(Request::Session { .. }))
            }
            Event::Response { result, .. } => result.is_err(),
            Event::TimerFired(timer) => matches!(self.widget.timers.get(timer), Some(3_000 | 10_000)),
            event => *event == Event::User(UserEvent::Close),
        };
        self.widget.dispatch_unrecorded(event);
        self.server.heard = self.widget.host_events.len();
        if asks && !self.asks_for_the_last_time() {
            self.asked_in_vain = is_in_vain;
            self.asked += 1;
        }
        self.unknown.extend(self.widget.counted.iter().filter_map(|one| match one {
            FunnelEvent::OutcomeUnknown(service) => Some(service.as_str().to_owned()),
            _ => None,
        }));
        self.nothing_false_is_said(seed);
        if self.widget.handed_over().is_some() {
            self.whoever_leaves_has_told_all(seed);
            // The page may also be still there, or come back.
            self.is_left = self.chance.one_in(2);
        }
    }

    /// Whether nobody is asked after this.
    fn asks_for_the_last_time(&self) -> bool {
        let name = self.widget.name();
        name.starts_with("Closing") || ["Connected(asking)", "Connected(listing)"].contains(&name)
    }

    /// Whether the host heard of a connection since it was made.
    fn is_told(&self, id: &ConnectionId, heard: usize) -> bool {
        self.widget.host_events[heard..]
            .iter()
            .any(|event| matches!(event, HostEvent::Authorized { connection_id, .. } if connection_id == id))
    }

    /// What the server knows is told in the end (invariant 8), or where nobody could be asked, `onEvent` says so.
    fn whoever_leaves_has_told_all(&self, seed: u64) {
        for (id, heard) in &self.server.made {
            let is_said_to_be_unknown =
                self.asked_in_vain && self.unknown.iter().any(|service| is_of(id, service));
            assert!(
                self.is_told(id, *heard) || is_said_to_be_unknown,
                "seed {seed}: the host never heard that {id} was connected (invariant 8)"
            );
        }
    }

    /// "Nothing has changed", or that nothing was connected, is said of no service that was connected by the attempt that it is
    /// about, or by one before it of which the host has not heard.
    fn nothing_false_is_said(&mut self, seed: u64) {
        let service = match self.widget.content() {
            Content::Failed { service, unheard: false, .. } | Content::NotLoaded(service) => service,
            Content::Refused { service, refusal: Refusal::AccessDenied | Refusal::DifferentAccount } => {
                service
            }
            Content::Expired { service, still_listening: false } => {
                self.server.give_up();
                service
            }
            _ => return,
        };
        let Some(begun) = self.widget.begun_at.get(service.name.as_str()) else { return };
        let made = self.server.made.iter().any(|(id, heard)| {
            is_of(id, service.name.as_str()) && (heard >= begun || !self.is_told(id, *heard))
        });
        assert!(!made, "seed {seed}: {} was connected, and \"nothing has changed\" is said", service.name);
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
            8 => self.something_else_happens(seed),
            _ => {
                if let Some(event) = self.press() {
                    self.dispatch(seed, event);
                }
            }
        }
        if let Some(ticket) = self.widget.asked.first().copied() {
            let token = Some(AccessToken::new(fixtures::RENEWED));
            self.dispatch(seed, Event::SessionToken { ticket, token });
        }
    }

    /// What somebody does who wants to get connected.
    fn purpose(&mut self) -> Option<UserEvent> {
        Some(match self.widget.content() {
            Content::Picker(picker) => {
                let open: Vec<_> = picker.tiles.into_iter().filter(|tile| tile.open).collect();
                UserEvent::Pick(self.chance.pick(&open)?.integration)
            }
            Content::Overview { .. } => UserEvent::Next,
            Content::Before { question: None, .. } => UserEvent::OpenWindow,
            Content::Before { .. } => UserEvent::Submit(fixtures::answer_form("juniper-bakery")),
            Content::Credentials(_) => UserEvent::Submit(fixtures::right_credentials()),
            Content::WebServices(_) => UserEvent::Submit(fixtures::credentials(&[])),
            Content::Accounts { .. } => UserEvent::ChooseAccount(fixtures::ACCOUNT.to_owned()),
            Content::LoadFailed | Content::Idle | Content::Failed { .. } => UserEvent::TryAgain,
            Content::Connected { .. } => UserEvent::Continue,
            _ => return None,
        })
    }

    /// A press.
    fn press(&mut self) -> Option<Event> {
        if self.chance.below(4) > 0 {
            return self.purpose().map(Event::User);
        }
        let presses: Vec<_> = possible_events::next(&self.widget)
            .into_iter()
            .filter(|event| {
                matches!(
                    event,
                    Event::User(_)
                        | Event::IdleTooLong
                        | Event::PageRestored
                        | Event::PageSeen
                        | Event::NetworkChanged(_)
                        | Event::HandOverRefused
                )
            })
            .collect();
        self.chance.pick(&presses)
    }

    /// Windows, the banks' script, instructions.
    fn something_else_happens(&mut self, seed: u64) {
        let others: Vec<_> = possible_events::next(&self.widget)
            .into_iter()
            .filter(|event| {
                matches!(
                    event,
                    Event::WindowOpened(_)
                        | Event::WindowBlocked(_)
                        | Event::WindowClosed(_)
                        | Event::StartPageAsked(_)
                        | Event::Guide { .. }
                        | Event::BankLink {
                            event: BankLinkEvent::Opened
                                | BankLinkEvent::LoadFailed
                                | BankLinkEvent::Linked(_),
                            ..
                        }
                )
            })
            .collect();
        if let Some(event) = self.chance.pick(&others) {
            self.dispatch(seed, event);
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
                return self.whoever_leaves_has_told_all(seed);
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

/// Whether it is a connection of this service.
fn is_of(id: &ConnectionId, service: &str) -> bool {
    let service = if service == fixtures::PLAID { "bank" } else { service };
    id.as_str().starts_with(&format!("CON-{service}"))
}
