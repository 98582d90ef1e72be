//! A bank: the server makes a link token, the banks' script opens with it over the page, and its result goes to the server.
//!
//! The script is loaded in no other journey. One that cannot be loaded ends in a screen that says so.

use railz_connect_contract::ConnectionId;

use super::shared::turn::{Next, Turn};
use super::shared::{outcome, unheard};
use crate::bank::BankNeed;
use crate::effect::{Effect, Request};
use crate::event::{BankLinkEvent, Event, RequestError, Response, UserEvent};
use crate::service::SelectedService;
use crate::session::Session;
use crate::state::{BankStep, LinkingBank, Stage};
use crate::ticket::Ticket;

pub(super) fn begin(turn: &mut Turn<'_>, service: Box<SelectedService>) -> Stage {
    let connection_id = known(&service).cloned();
    let request = turn.send(Request::LinkToken { connection_id });
    Stage::LinkingBank(LinkingBank { service, step: BankStep::Asking(request) })
}

fn known(service: &SelectedService) -> Option<&ConnectionId> {
    service.bank.as_ref().map(|bank| &bank.connection_id)
}

pub(super) fn update(
    turn: &mut Turn<'_>,
    session: &mut Session,
    stage: &mut LinkingBank,
    event: &Event,
) -> Next {
    match (&stage.step, event) {
        (
            BankStep::Asking(request) | BankStep::Sending(request) | BankStep::Confirming { request, .. },
            Event::Response { ticket, result },
        ) if ticket == request => handle_response(turn, session, stage, result),
        (BankStep::Opening(link) | BankStep::Open(link), Event::BankLink { ticket, event })
            if ticket == link =>
        {
            handle_link_event(turn, session, stage, *ticket, event)
        }
        (BankStep::Asking(request), Event::User(UserEvent::Back)) => {
            turn.cancel(*request);
            Stage::root().into()
        }
        (BankStep::Opening(link) | BankStep::Open(link), Event::User(UserEvent::Back)) => {
            turn.effect(Effect::CloseBankLink(*link));
            Stage::root().into()
        }
        // What the script ended with already is waited for, since the bank is linked by then.
        _ => Next::Stay,
    }
}

/// What the script says, while it is listened to.
fn handle_link_event(
    turn: &mut Turn<'_>,
    session: &Session,
    stage: &mut LinkingBank,
    link: Ticket,
    event: &BankLinkEvent,
) -> Next {
    let service = &stage.service;
    stage.step = match event {
        BankLinkEvent::Opened => BankStep::Open(link),
        BankLinkEvent::LoadFailed => return outcome::end_as_not_loaded(turn, session, service).into(),
        BankLinkEvent::Exited => return Stage::root().into(),
        BankLinkEvent::Failed(message) => {
            let error = RequestError::Refused { status: 0, message: message.clone().unwrap_or_default() };
            return outcome::fail(turn, session, service, known(service), &error).into();
        }
        BankLinkEvent::Linked(public_token) => BankStep::Sending(turn.send(match &service.bank {
            Some(bank) if bank.need == BankNeed::SignIn => {
                Request::UpdateConnection { connection_id: bank.connection_id.clone() }
            }
            _ => Request::SetAccessToken { public_token: public_token.clone() },
        })),
    };
    Next::Stay
}

fn handle_response(
    turn: &mut Turn<'_>,
    session: &mut Session,
    stage: &mut LinkingBank,
    result: &Result<Response, RequestError>,
) -> Next {
    let service = &stage.service;
    stage.step = match (&stage.step, result) {
        (BankStep::Asking(_), Ok(Response::LinkToken(answer))) => {
            let ticket = turn.ticket();
            let (script_url, token) = (answer.script_url.clone(), answer.link_token.clone());
            turn.effect(Effect::OpenBankLink { ticket, script_url, token });
            BankStep::Opening(ticket)
        }
        (BankStep::Sending(_), Ok(Response::Bank(bank))) => {
            let request = turn.send(Request::Status);
            let connection_id = bank.connection_id.as_ref().or(known(service)).cloned();
            BankStep::Confirming { request, connection_id, taken: true }
        }
        // It may have been taken all the same. What is linked anew may have another id than before.
        (BankStep::Sending(_), Err(error)) if error.may_pass() || turn.was_lost_before => {
            let mended = service.bank.as_ref().filter(|bank| bank.need == BankNeed::SignIn);
            let connection_id = mended.map(|bank| bank.connection_id.clone());
            BankStep::Confirming { request: turn.send(Request::Status), connection_id, taken: false }
        }
        (BankStep::Confirming { connection_id, taken, .. }, Ok(Response::Connections(connections))) => {
            let id = connection_id.as_ref();
            let news = unheard::find_news(connections, &session.connections);
            let connections = if *taken { connections } else { &news };
            return outcome::settle_in(turn, session, service, connections, id).into();
        }
        (BankStep::Confirming { connection_id, .. }, result) => {
            let id = connection_id.as_ref();
            return unheard::load_list(turn, session, service, id, RequestError::of(result));
        }
        (_, result) => {
            let error = RequestError::of(result);
            return outcome::fail_on_the_way(turn, session, service, known(service), error).into();
        }
    };
    Next::Stay
}
