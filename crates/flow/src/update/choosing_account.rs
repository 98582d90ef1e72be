//! After the sign-in: which company to connect, where the person may reach several.
//!
//! The list comes with the connection, or is asked for; the choice is posted, and the status says how it ended.

use railz_connect_contract::{AccountItem, Connection, ConnectionAccounts};

use super::idle;
use super::shared::turn::Turn;
use super::shared::{guide, outcome};
use crate::effect::{Effect, Request};
use crate::event::{Event, RequestError, Response, UserEvent};
use crate::field::read;
use crate::form::FormValues;
use crate::service::SelectedService;
use crate::session::Session;
use crate::state::{AccountStep, ChoosingAccount, Stage};
use crate::ticket::Ticket;

pub(super) fn begin(
    turn: &mut Turn<'_>,
    session: &Session,
    service: Box<SelectedService>,
    connection: Connection,
) -> Stage {
    let step = match connection.accounts {
        Some(ConnectionAccounts::Choices(choices)) if !choices.0.is_empty() => AccountStep::Choosing(
            choices.0.into_iter().map(|(id, label)| AccountItem { id, label }).collect(),
        ),
        _ => AccountStep::Listing(
            turn.send(Request::Accounts { token: session.token.clone(), service: service.name.clone() }),
        ),
    };
    Stage::ChoosingAccount(ChoosingAccount { service, connection_id: connection.connection_id, step })
}

pub(super) fn update(
    turn: &mut Turn<'_>,
    session: &mut Session,
    mut stage: ChoosingAccount,
    event: Event,
) -> Stage {
    match (&mut stage.step, event) {
        (
            AccountStep::Listing(request) | AccountStep::Sending(request) | AccountStep::Confirming(request),
            Event::Response { ticket, result },
        ) if ticket == *request => return handle_response(turn, session, stage, result),
        (AccountStep::Choosing(accounts), Event::User(UserEvent::ChooseAccount(id)))
            if accounts.iter().any(|account| account.id == id) =>
        {
            choose(turn, session, &mut stage, id);
        }
        (AccountStep::Choosing(_), Event::User(UserEvent::Back)) => return Stage::root(),
        (AccountStep::Choosing(_), Event::IdleTooLong) => return idle::begin(turn, session),
        (AccountStep::Extra { .. }, Event::User(UserEvent::Submit(values))) => {
            submit(turn, session, &mut stage, &values);
        }
        (AccountStep::Extra { guide, .. }, Event::User(UserEvent::Back)) => {
            guide::cancel(turn, guide);
            return Stage::root();
        }
        (AccountStep::Extra { guide, .. }, Event::IdleTooLong) => {
            guide::cancel(turn, guide);
            return idle::begin(turn, session);
        }
        (AccountStep::Extra { guide, .. }, Event::Guide { ticket, steps }) => {
            guide::receive(guide, ticket, steps);
        }
        (AccountStep::Extra { guide, .. }, Event::User(UserEvent::LoadGuide)) => {
            guide::try_again(turn, &stage.service.name, guide);
        }
        _ => {}
    }
    Stage::ChoosingAccount(stage)
}

fn choose(turn: &mut Turn<'_>, session: &Session, stage: &mut ChoosingAccount, account_id: String) {
    stage.step = if stage.service.extra_fields().is_empty() {
        AccountStep::Sending(send(turn, session, stage, account_id, FormValues::default()))
    } else {
        let guide = guide::load(turn, &stage.service.name);
        AccountStep::Extra { account_id, problems: Vec::new(), guide }
    };
}

/// The addresses of the company's web services were filled in, or left empty.
fn submit(turn: &mut Turn<'_>, session: &Session, stage: &mut ChoosingAccount, values: &FormValues) {
    let AccountStep::Extra { account_id, problems, guide } = &mut stage.step else { return };
    match read(&stage.service.extra_fields(), values) {
        Ok(FormValues(mut addresses)) => {
            guide::cancel(turn, guide);
            addresses.retain(|(_, value)| !value.is_empty());
            let account_id = std::mem::take(account_id);
            stage.step = AccountStep::Sending(send(turn, session, stage, account_id, FormValues(addresses)));
        }
        Err(wrong) => {
            turn.effect(Effect::FocusProblem);
            *problems = wrong;
        }
    }
}

fn send(
    turn: &mut Turn<'_>,
    session: &Session,
    stage: &ChoosingAccount,
    account_id: String,
    web_services: FormValues,
) -> Ticket {
    turn.send(Request::ChooseAccount {
        token: session.token.clone(),
        service: stage.service.name.clone(),
        account_id,
        connection_id: stage.connection_id.clone(),
        web_services,
    })
}

fn handle_response(
    turn: &mut Turn<'_>,
    session: &mut Session,
    stage: ChoosingAccount,
    result: Result<Response, RequestError>,
) -> Stage {
    let ChoosingAccount { service, connection_id, step } = stage;
    let step = match (step, result) {
        (AccountStep::Listing(_), Ok(Response::Accounts(accounts))) if !accounts.is_empty() => {
            AccountStep::Choosing(accounts)
        }
        (AccountStep::Sending(_), Ok(Response::Empty)) => {
            AccountStep::Confirming(turn.send(Request::Status { token: session.token.clone() }))
        }
        (AccountStep::Confirming(_), Ok(Response::Connections(connections))) => {
            return outcome::settle_in(turn, session, service, connections, Some(connection_id), false);
        }
        (step, result) => {
            let error = result.err().unwrap_or(RequestError::Unreadable);
            let fail = match step {
                AccountStep::Confirming(_) => outcome::fail,
                _ => outcome::fail_on_the_way,
            };
            return fail(turn, session, service, Some(connection_id), &error);
        }
    };
    Stage::ChoosingAccount(ChoosingAccount { service, connection_id, step })
}
