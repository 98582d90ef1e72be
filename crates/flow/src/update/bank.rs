//! A bank: the server makes a token, the banks' script opens with it over the page, and its result goes to the server.
//!
//! The script is loaded in no other journey. One that cannot be loaded is told in words.

use railz_connect_contract::ConnectionId;

use super::turn::Turn;
use super::{outcome, way};
use crate::{
    Answer, BankNeed, BankNews, BankStep, Chosen, Effect, Place, Request, RequestError, Session, Ticket,
};

pub(super) fn begin(turn: &mut Turn<'_>, session: Box<Session>, chosen: Box<Chosen>) -> Place {
    let connection_id = known(&chosen);
    let request = turn.ask(Request::LinkToken { token: session.token.clone(), connection_id });
    Place::LinkingBank { session, chosen, step: BankStep::Asking(request) }
}

fn known(chosen: &Chosen) -> Option<ConnectionId> {
    chosen.bank.as_ref().map(|bank| bank.connection_id.clone())
}

pub(super) fn is_asking(step: &BankStep, ticket: Ticket) -> bool {
    match step {
        BankStep::Asking(request) | BankStep::Sending(request) | BankStep::Confirming { request, .. } => {
            *request == ticket
        }
        BankStep::Opening(_) | BankStep::Open(_) => false,
    }
}

/// The person goes back; what the script ended with already is waited for, since the bank is linked by then.
pub(super) fn back(turn: &mut Turn<'_>, session: Box<Session>, chosen: Box<Chosen>, step: BankStep) -> Place {
    match step {
        BankStep::Asking(request) => turn.forget(request),
        BankStep::Opening(link) | BankStep::Open(link) => turn.effect(Effect::CloseBankLink(link)),
        step @ (BankStep::Sending(_) | BankStep::Confirming { .. }) => {
            return Place::LinkingBank { session, chosen, step };
        }
    }
    way::root(session)
}

/// What the script says, while it is listened to.
pub(super) fn news(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    chosen: Box<Chosen>,
    link: Ticket,
    news: BankNews,
) -> Place {
    let request = match news {
        BankNews::Opened => {
            return Place::LinkingBank { session, chosen, step: BankStep::Open(link) };
        }
        BankNews::NotLoaded => return outcome::not_loaded(turn, session, chosen),
        BankNews::Left => return way::root(session),
        BankNews::Failed(message) => {
            let error = RequestError::Refused { status: 0, message: message.unwrap_or_default() };
            let id = known(&chosen);
            return outcome::fail(turn, session, chosen, id, &error);
        }
        BankNews::Linked(public_token) => {
            let token = session.token.clone();
            match &chosen.bank {
                Some(bank) if bank.need == BankNeed::SignIn => {
                    Request::BankMended { token, connection_id: bank.connection_id.clone() }
                }
                _ => Request::BankLinked { token, public_token },
            }
        }
    };
    let step = BankStep::Sending(turn.ask(request));
    Place::LinkingBank { session, chosen, step }
}

pub(super) fn answered(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    chosen: Box<Chosen>,
    step: BankStep,
    result: Result<Answer, RequestError>,
) -> Place {
    let step = match (step, result) {
        (BankStep::Asking(_), Ok(Answer::LinkToken(answer))) => {
            let ticket = turn.ticket();
            let (script_url, token) = (answer.script_url, answer.link_token);
            turn.effect(Effect::OpenBankLink { ticket, script_url, token });
            BankStep::Opening(ticket)
        }
        (BankStep::Sending(_), Ok(Answer::Bank(bank))) => {
            let request = turn.ask(Request::Status { token: session.token.clone() });
            BankStep::Confirming { request, connection_id: bank.connection_id.or_else(|| known(&chosen)) }
        }
        (BankStep::Confirming { connection_id, .. }, Ok(Answer::Connections(connections))) => {
            return match outcome::find(connections, connection_id.as_ref(), &chosen, false) {
                Some(connection) => outcome::settle(turn, session, chosen, Box::new(connection)),
                None => outcome::fail(turn, session, chosen, connection_id, &RequestError::Unreadable),
            };
        }
        (step, result) => {
            let error = result.err().unwrap_or(RequestError::Unreadable);
            if let BankStep::Confirming { connection_id, .. } = step {
                return outcome::fail(turn, session, chosen, connection_id, &error);
            }
            let id = known(&chosen);
            return outcome::fail_on_the_way(turn, session, chosen, id, &error);
        }
    };
    Place::LinkingBank { session, chosen, step }
}
