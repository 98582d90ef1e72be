//! After the sign-in: which company to connect, where the person may reach several.
//!
//! The list comes with the connection, or is asked for; the choice is posted, and the status says how it ended.

use railz_connect_contract::{AccountItem, Connection, ConnectionAccounts, ConnectionId};

use super::turn::Turn;
use super::{guide, outcome};
use crate::entry::read;
use crate::state::AccountStep;
use crate::{Answer, Chosen, Effect, FormValues, Guide, Place, Request, RequestError, Session, Ticket};

pub(super) fn begin(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    chosen: Box<Chosen>,
    connection: Connection,
) -> Place {
    let step = match connection.accounts {
        Some(ConnectionAccounts::Choices(choices)) if !choices.is_empty() => {
            AccountStep::Choosing(choices.into_iter().map(|(id, label)| AccountItem { id, label }).collect())
        }
        _ => AccountStep::Listing(
            turn.ask(Request::Accounts { token: session.token.clone(), service: chosen.name.clone() }),
        ),
    };
    Place::ChoosingAccount { session, chosen, connection_id: connection.connection_id, step }
}

pub(super) fn choose(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    chosen: Box<Chosen>,
    connection_id: ConnectionId,
    account_id: String,
) -> Place {
    let step = if chosen.further_fields().is_empty() {
        AccountStep::Sending(send(turn, &session, &chosen, &connection_id, account_id, FormValues::default()))
    } else {
        AccountStep::Extra { account_id, problems: Vec::new(), guide: guide::load(turn, &chosen.name) }
    };
    Place::ChoosingAccount { session, chosen, connection_id, step }
}

/// The further addresses were filled in, or left empty.
pub(super) fn submit(
    turn: &mut Turn<'_>,
    (session, chosen, connection_id): (&Session, &Chosen, &ConnectionId),
    account_id: String,
    guide: Guide,
    values: &FormValues,
) -> AccountStep {
    match read(&chosen.further_fields(), values) {
        Ok(FormValues(mut given)) => {
            guide::leave(turn, &guide);
            given.retain(|(_, value)| !value.is_empty());
            AccountStep::Sending(send(turn, session, chosen, connection_id, account_id, FormValues(given)))
        }
        Err(problems) => {
            turn.effect(Effect::FocusProblem);
            AccountStep::Extra { account_id, problems, guide }
        }
    }
}

fn send(
    turn: &mut Turn<'_>,
    session: &Session,
    chosen: &Chosen,
    connection_id: &ConnectionId,
    account_id: String,
    web_services: FormValues,
) -> Ticket {
    turn.ask(Request::ChooseAccount {
        token: session.token.clone(),
        service: chosen.name.clone(),
        account_id,
        connection_id: connection_id.clone(),
        web_services,
    })
}

pub(super) fn is_asking(step: &AccountStep, ticket: Ticket) -> bool {
    match step {
        AccountStep::Listing(request) | AccountStep::Sending(request) | AccountStep::Confirming(request) => {
            *request == ticket
        }
        AccountStep::Choosing(_) | AccountStep::Extra { .. } => false,
    }
}

pub(super) fn answered(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    chosen: Box<Chosen>,
    connection_id: ConnectionId,
    step: &AccountStep,
    result: Result<Answer, RequestError>,
) -> Place {
    let step = match (step, result) {
        (AccountStep::Listing(_), Ok(Answer::Accounts(accounts))) if !accounts.is_empty() => {
            AccountStep::Choosing(accounts)
        }
        (AccountStep::Sending(_), Ok(Answer::Taken)) => {
            AccountStep::Confirming(turn.ask(Request::Status { token: session.token.clone() }))
        }
        (AccountStep::Confirming(_), Ok(Answer::Connections(connections))) => {
            return match connections.into_iter().find(|one| one.connection_id == connection_id) {
                Some(connection) => outcome::settle(turn, session, chosen, Box::new(connection)),
                None => outcome::fail(turn, session, chosen, Some(connection_id), &RequestError::Unreadable),
            };
        }
        (_, result) => {
            let error = result.err().unwrap_or(RequestError::Unreadable);
            let fail = match step {
                AccountStep::Confirming(_) => outcome::fail,
                _ => outcome::fail_on_the_way,
            };
            return fail(turn, session, chosen, Some(connection_id), &error);
        }
    };
    Place::ChoosingAccount { session, chosen, connection_id, step }
}
