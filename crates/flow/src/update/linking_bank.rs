//! A bank: the server makes a link token, the banks' script opens with it over the page, and its result goes to the server.
//!
//! The script is loaded in no other journey. One that cannot be loaded ends in a screen that says so.

use railz_connect_contract::ConnectionId;

use super::shared::outcome;
use super::shared::turn::Turn;
use crate::bank::BankNeed;
use crate::effect::{Effect, Request};
use crate::event::{BankLinkEvent, Event, RequestError, Response, UserEvent};
use crate::service::SelectedService;
use crate::session::Session;
use crate::state::{BankStep, LinkingBank, Stage};
use crate::ticket::Ticket;

pub(super) fn begin(turn: &mut Turn<'_>, session: &Session, service: Box<SelectedService>) -> Stage {
    let connection_id = known(&service);
    let request = turn.send(Request::LinkToken { token: session.token.clone(), connection_id });
    Stage::LinkingBank(LinkingBank { service, step: BankStep::Asking(request) })
}

fn known(service: &SelectedService) -> Option<ConnectionId> {
    service.bank.as_ref().map(|bank| bank.connection_id.clone())
}

pub(super) fn update(turn: &mut Turn<'_>, session: &mut Session, stage: LinkingBank, event: Event) -> Stage {
    match (&stage.step, event) {
        (
            BankStep::Asking(request) | BankStep::Sending(request) | BankStep::Confirming { request, .. },
            Event::Response { ticket, result },
        ) if ticket == *request => handle_response(turn, session, stage, result),
        (BankStep::Opening(link) | BankStep::Open(link), Event::BankLink { ticket, event })
            if ticket == *link =>
        {
            handle_link_event(turn, session, stage, ticket, event)
        }
        (BankStep::Asking(request), Event::User(UserEvent::Back)) => {
            turn.cancel(*request);
            Stage::root()
        }
        (BankStep::Opening(link) | BankStep::Open(link), Event::User(UserEvent::Back)) => {
            turn.effect(Effect::CloseBankLink(*link));
            Stage::root()
        }
        // What the script ended with already is waited for, since the bank is linked by then.
        _ => Stage::LinkingBank(stage),
    }
}

/// What the script says, while it is listened to.
fn handle_link_event(
    turn: &mut Turn<'_>,
    session: &Session,
    mut stage: LinkingBank,
    link: Ticket,
    event: BankLinkEvent,
) -> Stage {
    stage.step = match event {
        BankLinkEvent::Opened => BankStep::Open(link),
        BankLinkEvent::LoadFailed => return outcome::end_as_not_loaded(turn, session, stage.service),
        BankLinkEvent::Exited => return Stage::root(),
        BankLinkEvent::Failed(message) => {
            let error = RequestError::Refused { status: 0, message: message.unwrap_or_default() };
            let id = known(&stage.service);
            return outcome::fail(turn, session, stage.service, id, &error);
        }
        BankLinkEvent::Linked(public_token) => {
            let token = session.token.clone();
            BankStep::Sending(turn.send(match &stage.service.bank {
                Some(bank) if bank.need == BankNeed::SignIn => {
                    Request::UpdateConnection { token, connection_id: bank.connection_id.clone() }
                }
                _ => Request::SetAccessToken { token, public_token },
            }))
        }
    };
    Stage::LinkingBank(stage)
}

fn handle_response(
    turn: &mut Turn<'_>,
    session: &mut Session,
    stage: LinkingBank,
    result: Result<Response, RequestError>,
) -> Stage {
    let LinkingBank { service, step } = stage;
    let step = match (step, result) {
        (BankStep::Asking(_), Ok(Response::LinkToken(answer))) => {
            let ticket = turn.ticket();
            let (script_url, token) = (answer.script_url, answer.link_token);
            turn.effect(Effect::OpenBankLink { ticket, script_url, token });
            BankStep::Opening(ticket)
        }
        (BankStep::Sending(_), Ok(Response::Bank(bank))) => {
            let request = turn.send(Request::Status { token: session.token.clone() });
            BankStep::Confirming { request, connection_id: bank.connection_id.or_else(|| known(&service)) }
        }
        (BankStep::Confirming { connection_id, .. }, Ok(Response::Connections(connections))) => {
            return outcome::settle_in(turn, session, service, connections, connection_id, false);
        }
        (step, result) => {
            let error = result.err().unwrap_or(RequestError::Unreadable);
            if let BankStep::Confirming { connection_id, .. } = step {
                return outcome::fail(turn, session, service, connection_id, &error);
            }
            let id = known(&service);
            return outcome::fail_on_the_way(turn, session, service, id, &error);
        }
    };
    Stage::LinkingBank(LinkingBank { service, step })
}
