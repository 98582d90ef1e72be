//! One turn of the machine: the configuration it may read, the tickets it may take, the effects it collects, and
//! what of it a host may count.

use railz_connect_contract::AccessToken;

use crate::config::Config;
use crate::effect::{Effect, Request};
use crate::funnel::FunnelEvent;
use crate::host_event::HostEvent;
use crate::session::Session;
use crate::state::{Bearer, Stage, TokenUse};
use crate::ticket::{Ticket, Tickets};

/// Where a move leads.
pub(in crate::update) enum Next {
    /// Nowhere; what the move changed of its stage is changed in place.
    Stay,
    /// To a stage of the same session.
    Stage(Stage),
    /// To the session call, so that the list says what is connected now.
    LoadAgain,
    /// To the end, where the widget can be closed, or else to the root.
    Close,
}

impl From<Stage> for Next {
    fn from(stage: Stage) -> Self {
        Self::Stage(stage)
    }
}

pub(in crate::update) struct Turn<'a> {
    pub(in crate::update) config: &'a Config,
    pub(in crate::update) bearer: Bearer,
    /// Whether the request that is answered in this turn was sent before without an answer: what that did no refusal says.
    pub(in crate::update) was_lost_before: bool,
    tickets: Tickets,
    effects: Vec<Effect>,
    counted: Vec<FunnelEvent>,
}

impl<'a> Turn<'a> {
    pub(in crate::update) fn new(config: &'a Config, tickets: Tickets, bearer: Bearer) -> Self {
        Self { config, bearer, was_lost_before: false, tickets, effects: Vec::new(), counted: Vec::new() }
    }

    pub(in crate::update) fn end(self) -> (Tickets, Bearer, Vec<Effect>, Vec<FunnelEvent>) {
        (self.tickets, self.bearer, self.effects, self.counted)
    }

    pub(in crate::update) fn count(&mut self, event: FunnelEvent) {
        self.counted.push(event);
    }

    pub(in crate::update) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Counts the search that ends with the list being left, if there was one.
    pub(in crate::update) fn count_search(&mut self, session: &Session) {
        let length = session.journey.query.trim().chars().count();
        if length > 0 {
            self.count(FunnelEvent::SearchUsed { length });
        }
    }

    pub(in crate::update) fn ticket(&mut self) -> Ticket {
        self.tickets.next()
    }

    /// Asks with the session's token.
    pub(in crate::update) fn send(&mut self, request: Request) -> Ticket {
        let token = self.bearer.token.clone();
        self.send_with(token, TokenUse::Current, request)
    }

    pub(in crate::update) fn send_with(
        &mut self,
        token: Option<AccessToken>,
        token_use: TokenUse,
        request: Request,
    ) -> Ticket {
        self.counted.extend(FunnelEvent::of_request(&request));
        let ticket = self.tickets.next();
        self.bearer.note_sent(ticket, token_use);
        self.bearer.note_patience(ticket, request.patience());
        self.effects.push(Effect::SendRequest { ticket, token, request });
        ticket
    }

    pub(in crate::update) fn start_timer(&mut self, after_ms: u32) -> Ticket {
        self.start_timer_about(after_ms, 0)
    }

    /// Starts a timer to which the shell adds up to `spread_ms` by chance.
    pub(in crate::update) fn start_timer_about(&mut self, after_ms: u32, spread_ms: u32) -> Ticket {
        let ticket = self.tickets.next();
        self.effects.push(Effect::StartTimer { ticket, after_ms, spread_ms });
        ticket
    }

    pub(in crate::update) fn cancel(&mut self, ticket: Ticket) {
        self.bearer.forget(ticket);
        self.effects.push(Effect::Cancel(ticket));
        if let Some(unanswered) = self.bearer.unanswered.take_if(|one| one.request == ticket)
            && let Some(rest) = unanswered.rest
        {
            self.effects.push(Effect::Cancel(rest));
        }
    }

    pub(in crate::update) fn notify_host(&mut self, event: HostEvent) {
        self.counted.extend(FunnelEvent::of_host_event(&event));
        self.effects.push(Effect::NotifyHost(event));
    }
}
