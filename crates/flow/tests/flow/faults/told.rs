//! What the host and the person were told of what the server knows: all of it in the end, and nothing false on the way
//! (invariant 8).

use std::collections::BTreeSet;

use railz_connect_contract::ConnectionId;
use railz_connect_flow::Event;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{RequestError, UserEvent};
use railz_connect_flow::funnel::FunnelEvent;
use railz_connect_flow::host_event::HostEvent;
use railz_connect_flow::screen::Content;
use railz_connect_flow::state::Refusal;

use crate::support::{TestWidget, fixtures};

/// A connection that was made, with how much the host had heard by then.
type Made = (ConnectionId, usize);

/// What was said of attempts of which nobody could say how they ended.
#[derive(Default)]
pub struct Told {
    /// The services of which `onEvent` said it.
    unknown: BTreeSet<String>,
    /// How often the server was asked for the last time.
    pub asked: usize,
    /// Whether the last time was in vain.
    asked_in_vain: bool,
}

/// What an event means to the last question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastQuestion {
    /// Nobody asks it.
    None,
    /// If it is over now it was answered.
    Answered,
    /// If it is over now it was asked in vain.
    InVain,
}

impl LastQuestion {
    pub fn of(widget: &TestWidget, event: &Event) -> Self {
        let is_in_vain = match event {
            // Whoever is refused the status may still have the list.
            Event::Response {
                ticket,
                result: Err(RequestError::Refused { status: 400 | 403 | 404 | 410, .. }),
            } => matches!(widget.requests.get(ticket), Some(Request::Session { .. })),
            Event::Response { result, .. } => result.is_err(),
            Event::TimerFired(timer) => matches!(widget.timers.get(timer), Some(3_000 | 10_000)),
            event => *event == Event::User(UserEvent::Close),
        };
        match (is_asked(widget), is_in_vain) {
            (false, _) => Self::None,
            (true, false) => Self::Answered,
            (true, true) => Self::InVain,
        }
    }
}

/// Whether nobody is asked after this.
fn is_asked(widget: &TestWidget) -> bool {
    let name = widget.name();
    name.starts_with("Closing") || ["Connected(asking)", "Connected(listing)"].contains(&name)
}

impl Told {
    /// After a step.
    pub fn see(&mut self, widget: &TestWidget, question: LastQuestion) {
        if question != LastQuestion::None && !is_asked(widget) {
            self.asked_in_vain = question == LastQuestion::InVain;
            self.asked += 1;
        }
        self.unknown.extend(widget.counted.iter().filter_map(|one| match one {
            FunnelEvent::OutcomeUnknown(service) => Some(service.as_str().to_owned()),
            _ => None,
        }));
    }

    /// Whoever leaves has told all that the server knows, or where nobody could be asked, `onEvent` says so.
    pub fn is_all(&self, widget: &TestWidget, made: &[Made], seed: u64) {
        for one @ (id, _) in made {
            let is_said_to_be_unknown =
                self.asked_in_vain && self.unknown.iter().any(|service| is_of(id, service));
            assert!(
                is_told(widget, one) || is_said_to_be_unknown,
                "seed {seed}: the host never heard that {id} was connected (invariant 8)"
            );
        }
    }
}

/// Whether the host heard of a connection since it was made.
fn is_told(widget: &TestWidget, (id, heard): &Made) -> bool {
    widget.host_events[*heard..]
        .iter()
        .any(|event| matches!(event, HostEvent::Authorized { connection_id, .. } if connection_id == id))
}

/// Whether the screen says of the sign-in that nobody can finish it any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// It says so.
    Over,
    /// It says nothing of the kind.
    Open,
}

/// "Nothing has changed", or that nothing was connected, is said of no service that was connected by the attempt that it is
/// about, or by one before it of which the host has not heard.
pub fn nothing_false_is_said(widget: &TestWidget, made: &[Made], seed: u64) -> SignIn {
    let (service, sign_in) = match widget.content() {
        Content::Failed { service, unheard: false, .. }
        | Content::NotLoaded(service)
        | Content::Refused { service, refusal: Refusal::AccessDenied | Refusal::DifferentAccount } => {
            (service, SignIn::Open)
        }
        Content::Expired { service, still_listening: false } => (service, SignIn::Over),
        _ => return SignIn::Open,
    };
    let name = service.name.as_str();
    let begun = widget.begun_at.get(name).copied().unwrap_or(usize::MAX);
    let is_false = |one: &&Made| is_of(&one.0, name) && (one.1 >= begun || !is_told(widget, one));
    let found = made.iter().find(is_false);
    assert!(found.is_none(), "seed {seed}: {name} was connected, and \"nothing has changed\" is said");
    sign_in
}

/// Whether it is a connection of this service.
fn is_of(id: &ConnectionId, service: &str) -> bool {
    let service = if service == fixtures::PLAID { "bank" } else { service };
    id.as_str().starts_with(&format!("CON-{service}"))
}
