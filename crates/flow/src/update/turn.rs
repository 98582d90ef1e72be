//! One turn of the machine: the configuration it may read, the tickets it may take, the effects it collects.

use crate::ticket::Tickets;
use crate::{Config, Effect, HostEvent, Place, Request, State, Step, Ticket};

pub(super) struct Turn<'a> {
    pub(super) config: &'a Config,
    tickets: Tickets,
    effects: Vec<Effect>,
}

impl<'a> Turn<'a> {
    pub(super) fn new(config: &'a Config, tickets: Tickets) -> Self {
        Self { config, tickets, effects: Vec::new() }
    }

    pub(super) fn step(self, place: Place) -> Step {
        Step { state: State { tickets: self.tickets, place }, effects: self.effects }
    }

    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    pub(super) fn ticket(&mut self) -> Ticket {
        self.tickets.next()
    }

    pub(super) fn ask(&mut self, request: Request) -> Ticket {
        let ticket = self.tickets.next();
        self.effects.push(Effect::Ask { ticket, request });
        ticket
    }

    pub(super) fn timer(&mut self, after_ms: u32) -> Ticket {
        let ticket = self.tickets.next();
        self.effects.push(Effect::StartTimer { ticket, after_ms });
        ticket
    }

    pub(super) fn forget(&mut self, ticket: Ticket) {
        self.effects.push(Effect::Forget(ticket));
    }

    pub(super) fn tell(&mut self, event: HostEvent) {
        self.effects.push(Effect::Tell(event));
    }
}
