//! Credentials: the connection is begun, the form is filled in and tried as often as it takes, the status says how it
//! ended. The host hears of the end alone; a slip of the keyboard is between the person and the form.
//!
//! What follows instead for QuickBooks Desktop is in `entering/web_connector.rs`.

mod web_connector;

use railz_connect_contract::{AccountItem, ConnectionId};

use super::idle;
use super::shared::turn::Turn;
use super::shared::{guide, outcome};
use crate::effect::{Effect, Request};
use crate::event::{CredentialCheck, Event, RequestError, Response, UserEvent};
use crate::field::read;
use crate::form::FormValues;
use crate::service::{ConnectMethod, SelectedService};
use crate::session::Session;
use crate::state::{AccountStep, ChoosingAccount, CredentialsError, Entering, EntryStep, Stage};

pub(super) fn begin(turn: &mut Turn<'_>, session: &Session, service: Box<SelectedService>) -> Stage {
    let guide = guide::load(turn, &service.name);
    let request = turn.send(Request::Address {
        token: session.token.clone(),
        service: service.name.clone(),
        integration: service.integration.clone(),
        answer: None,
    });
    let step = EntryStep::Beginning(request);
    Stage::Entering(Box::new(Entering { service, guide, connection_id: None, step }))
}

pub(super) fn update(
    turn: &mut Turn<'_>,
    session: &mut Session,
    mut stage: Box<Entering>,
    event: Event,
) -> Stage {
    match (&mut stage.step, event) {
        (_, Event::Guide { ticket, steps }) => guide::receive(&mut stage.guide, ticket, steps),
        (_, Event::User(UserEvent::LoadGuide)) => {
            guide::try_again(turn, &stage.service.name, &mut stage.guide);
        }
        (
            EntryStep::Beginning(request) | EntryStep::Checking(request) | EntryStep::Confirming(request),
            Event::Response { ticket, result },
        ) if ticket == *request => return handle_response(turn, session, stage, result),
        (EntryStep::Filling { .. }, Event::User(UserEvent::Submit(values))) => {
            submit(turn, session, &mut stage, &values);
        }
        // What is being tried is waited for: it may make a connection.
        (EntryStep::Checking(_) | EntryStep::Confirming(_), Event::User(UserEvent::Back)) => {}
        (_, Event::User(UserEvent::Back)) => {
            leave(turn, &stage);
            return Stage::root();
        }
        (EntryStep::Filling { .. }, Event::IdleTooLong) => {
            leave(turn, &stage);
            return idle::begin(turn, session);
        }
        (EntryStep::Connector(_), event) => return web_connector::update(turn, session, stage, event),
        _ => {}
    }
    Stage::Entering(stage)
}

fn submit(turn: &mut Turn<'_>, session: &Session, stage: &mut Entering, values: &FormValues) {
    let ConnectMethod::Credentials(form) = stage.service.method() else { return };
    stage.step = match read(form.fields(), values) {
        Ok(values) => {
            let (token, service) = (session.token.clone(), stage.service.name.clone());
            EntryStep::Checking(turn.send(Request::Credentials { token, service, values }))
        }
        Err(problems) => {
            turn.effect(Effect::FocusProblem);
            EntryStep::Filling { problems, error: None }
        }
    };
}

/// Nothing of this entry may come any more.
fn leave(turn: &mut Turn<'_>, stage: &Entering) {
    guide::cancel(turn, &stage.guide);
    match &stage.step {
        EntryStep::Beginning(request) => turn.cancel(*request),
        EntryStep::Connector(connector) => web_connector::stop(turn, connector),
        EntryStep::Filling { .. } | EntryStep::Checking(_) | EntryStep::Confirming(_) => {}
    }
}

fn handle_response(
    turn: &mut Turn<'_>,
    session: &mut Session,
    mut stage: Box<Entering>,
    result: Result<Response, RequestError>,
) -> Stage {
    stage.step = match (&stage.step, result) {
        (EntryStep::Beginning(_), result) => match handle_address(turn, session, &mut stage, result) {
            Ok(step) => step,
            Err(error) => {
                guide::cancel(turn, &stage.guide);
                return outcome::fail_on_the_way(turn, session, stage.service, None, &error);
            }
        },
        (EntryStep::Checking(_), Ok(Response::Credentials(check))) => match check {
            CredentialCheck::Accepted { connection_id, entities } => {
                stage.connection_id = connection_id.or(stage.connection_id.take());
                if !entities.is_empty() {
                    guide::cancel(turn, &stage.guide);
                    let Entering { service, connection_id, .. } = *stage;
                    return choose_entity(turn, session, service, connection_id, entities);
                }
                EntryStep::Confirming(turn.send(Request::Status { token: session.token.clone() }))
            }
            CredentialCheck::Rejected(message) => {
                fill_in(Some(message.map_or(CredentialsError::Rejected, CredentialsError::Message)))
            }
        },
        (EntryStep::Checking(_), Err(error)) if !error.is_not_authorised() => {
            let said = error.message().map(|message| CredentialsError::Message(message.to_owned()));
            fill_in(Some(said.unwrap_or(CredentialsError::Unreachable)))
        }
        (EntryStep::Confirming(_), Ok(Response::Connections(connections))) => {
            guide::cancel(turn, &stage.guide);
            let Entering { service, connection_id, .. } = *stage;
            return outcome::settle_in(turn, session, service, connections, connection_id, false);
        }
        (_, result) => {
            guide::cancel(turn, &stage.guide);
            let error = result.err().unwrap_or(RequestError::Unreadable);
            return outcome::fail(turn, session, stage.service, stage.connection_id, &error);
        }
    };
    Stage::Entering(stage)
}

/// What follows the answer to `/services/url`. For credentials it says nothing that is needed: other servers say nothing at
/// all.
fn handle_address(
    turn: &mut Turn<'_>,
    session: &Session,
    stage: &mut Entering,
    result: Result<Response, RequestError>,
) -> Result<EntryStep, RequestError> {
    let address = match result {
        Ok(Response::Address(address)) => Some(address),
        Err(RequestError::Unreadable) => None,
        Ok(_) => return Err(RequestError::Unreadable),
        Err(error) => return Err(error),
    };
    stage.connection_id = address.as_ref().and_then(|address| address.connection_id.clone());
    match (stage.service.method(), address) {
        (ConnectMethod::WebConnector, Some(address)) => {
            let connector = web_connector::begin(turn, session, stage, address);
            Ok(EntryStep::Connector(Box::new(connector.ok_or(RequestError::Unreadable)?)))
        }
        (ConnectMethod::WebConnector, None) => Err(RequestError::Unreadable),
        _ => Ok(fill_in(None)),
    }
}

fn fill_in(error: Option<CredentialsError>) -> EntryStep {
    EntryStep::Filling { problems: Vec::new(), error }
}

fn choose_entity(
    turn: &mut Turn<'_>,
    session: &Session,
    service: Box<SelectedService>,
    connection_id: Option<ConnectionId>,
    entities: Vec<AccountItem>,
) -> Stage {
    let Some(connection_id) = connection_id else {
        return outcome::fail(turn, session, service, None, &RequestError::Unreadable);
    };
    let step = AccountStep::Choosing(entities);
    Stage::ChoosingAccount(ChoosingAccount { service, connection_id, step })
}
