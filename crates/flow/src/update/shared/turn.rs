//! One turn of the machine: the configuration it may read, the tickets it may take, the effects it collects.

use crate::config::Config;
use crate::effect::{Effect, Request};
use crate::host_event::HostEvent;
use crate::state::Stage;
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
    tickets: Tickets,
    effects: Vec<Effect>,
}

impl<'a> Turn<'a> {
    pub(in crate::update) fn new(config: &'a Config, tickets: Tickets) -> Self {
        Self { config, tickets, effects: Vec::new() }
    }

    pub(in crate::update) fn end(self) -> (Tickets, Vec<Effect>) {
        (self.tickets, self.effects)
    }

    pub(in crate::update) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    pub(in crate::update) fn ticket(&mut self) -> Ticket {
        self.tickets.next()
    }

    pub(in crate::update) fn send(&mut self, request: Request) -> Ticket {
        let ticket = self.tickets.next();
        self.effects.push(Effect::SendRequest { ticket, request });
        ticket
    }

    pub(in crate::update) fn start_timer(&mut self, after_ms: u32) -> Ticket {
        let ticket = self.tickets.next();
        self.effects.push(Effect::StartTimer { ticket, after_ms });
        ticket
    }

    pub(in crate::update) fn cancel(&mut self, ticket: Ticket) {
        self.effects.push(Effect::Cancel(ticket));
    }

    pub(in crate::update) fn notify_host(&mut self, event: HostEvent) {
        self.effects.push(Effect::NotifyHost(event));
    }
}
