//! After the sign-in: which company to connect, where the person may reach several.
//!
//! The list comes with the connection, or is asked for; the choice is posted, and the status says how it ended.

use railz_connect_contract::{AccountItem, Connection, ConnectionAccounts};

use super::idle;
use super::shared::turn::{Next, Turn};
use super::shared::{guide, outcome, unheard};
use crate::effect::{Effect, Request};
use crate::event::{Event, RequestError, Response, UserEvent};
use crate::field::read;
use crate::form::FormValues;
use crate::service::SelectedService;
use crate::session::Session;
use crate::state::{AccountStep, ChoosingAccount, Stage};
use crate::ticket::Ticket;

pub(super) fn begin(turn: &mut Turn<'_>, service: &SelectedService, connection: &Connection) -> Stage {
    let step = match &connection.accounts {
        Some(ConnectionAccounts::Choices(choices)) if !choices.0.is_empty() => {
            let account =
                |(id, label): &(String, String)| AccountItem { id: id.clone(), label: label.clone() };
            AccountStep::Choosing(choices.0.iter().map(account).collect())
        }
        _ => AccountStep::Listing(turn.send(Request::Accounts { service: service.name.clone() })),
    };
    Stage::ChoosingAccount(ChoosingAccount {
        service: Box::new(service.clone()),
        connection_id: connection.connection_id.clone(),
        step,
    })
}

pub(super) fn update(
    turn: &mut Turn<'_>,
    session: &mut Session,
    stage: &mut ChoosingAccount,
    event: &Event,
) -> Next {
    match (&mut stage.step, event) {
        (
            AccountStep::Listing(request) | AccountStep::Sending(request) | AccountStep::Confirming(request),
            Event::Response { ticket, result },
        ) if ticket == request => return handle_response(turn, session, stage, result),
        (AccountStep::Choosing(accounts), Event::User(UserEvent::ChooseAccount(id)))
            if accounts.iter().any(|account| account.id == *id) =>
        {
            choose(turn, stage, id);
        }
        (AccountStep::Choosing(_), Event::User(UserEvent::Back)) => return Stage::root().into(),
        (AccountStep::Choosing(_), Event::IdleTooLong) => return idle::begin(turn, session).into(),
        (AccountStep::Extra { .. }, Event::User(UserEvent::Submit(values))) => {
            submit(turn, stage, values);
        }
        (AccountStep::Extra { guide, .. }, Event::User(UserEvent::Back)) => {
            guide::cancel(turn, *guide);
            return Stage::root().into();
        }
        (AccountStep::Extra { guide, .. }, Event::IdleTooLong) => {
            guide::cancel(turn, *guide);
            return idle::begin(turn, session).into();
        }
        (AccountStep::Extra { guide, .. }, Event::Guide { ticket, answer }) => {
            guide::receive(guide, *ticket, *answer);
        }
        (AccountStep::Extra { guide, .. }, Event::User(UserEvent::LoadGuide)) => {
            guide::try_again(turn, &stage.service.name, guide);
        }
        _ => {}
    }
    Next::Stay
}

fn choose(turn: &mut Turn<'_>, stage: &mut ChoosingAccount, account_id: &str) {
    stage.step = if stage.service.extra_fields().is_empty() {
        AccountStep::Sending(send(turn, stage, account_id, FormValues::default()))
    } else {
        let guide = guide::load(turn, &stage.service.name);
        AccountStep::Extra { account_id: account_id.to_owned(), problems: Vec::new(), guide }
    };
}

/// The addresses of the company's web services were filled in, or left empty.
fn submit(turn: &mut Turn<'_>, stage: &mut ChoosingAccount, values: &FormValues) {
    let AccountStep::Extra { account_id, problems, guide } = &mut stage.step else { return };
    match read(&stage.service.extra_fields(), values) {
        Ok(FormValues(mut addresses)) => {
            guide::cancel(turn, *guide);
            addresses.retain(|(_, value)| !value.is_empty());
            let account_id = account_id.clone();
            stage.step = AccountStep::Sending(send(turn, stage, &account_id, FormValues(addresses)));
        }
        Err(wrong) => {
            turn.effect(Effect::FocusProblem);
            *problems = wrong;
        }
    }
}

fn send(turn: &mut Turn<'_>, stage: &ChoosingAccount, account_id: &str, web_services: FormValues) -> Ticket {
    turn.send(Request::ChooseAccount {
        service: stage.service.name.clone(),
        account_id: account_id.to_owned(),
        connection_id: stage.connection_id.clone(),
        web_services,
    })
}

fn handle_response(
    turn: &mut Turn<'_>,
    session: &mut Session,
    stage: &mut ChoosingAccount,
    result: &Result<Response, RequestError>,
) -> Next {
    let id = Some(&stage.connection_id);
    stage.step = match (&stage.step, result) {
        (AccountStep::Listing(_), Ok(Response::Accounts(accounts))) if !accounts.is_empty() => {
            AccountStep::Choosing(accounts.clone())
        }
        (AccountStep::Sending(_), Ok(Response::Empty)) => AccountStep::Confirming(turn.send(Request::Status)),
        // The choice may have been taken all the same: one that is over is refused with 409.
        (AccountStep::Sending(_), Err(error))
            if error.may_pass() || error.is_conflict() || turn.was_lost_before =>
        {
            AccountStep::Confirming(turn.send(Request::Status))
        }
        (AccountStep::Confirming(_), Ok(Response::Connections(connections))) => {
            return outcome::settle_in(turn, session, &stage.service, connections, id).into();
        }
        (AccountStep::Confirming(_), result) => {
            return unheard::load_list(turn, session, &stage.service, id, RequestError::of(result));
        }
        (_, result) => {
            let error = RequestError::of(result);
            return outcome::fail_on_the_way(turn, session, &stage.service, id, error).into();
        }
    };
    Next::Stay
}
