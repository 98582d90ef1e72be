//! Credentials: the connection is begun, the form is filled in and tried as often as it takes, the status says how it
//! ended. The host hears of the end alone; a slip of the keyboard is between the person and the form.
//!
//! What follows instead for QuickBooks Desktop is in `entering/web_connector.rs`.

mod web_connector;

use railz_connect_contract::{AccountItem, Connection};

use super::idle;
use super::shared::turn::{Next, Turn};
use super::shared::{guide, outcome, unheard};
use crate::effect::{Effect, Request};
use crate::event::{CredentialCheck, Event, RequestError, Response, UserEvent, is_for_people};
use crate::field::read;
use crate::form::FormValues;
use crate::service::{ConnectMethod, ConnectionTarget, SelectedService};
use crate::session::Session;
use crate::state::{AccountStep, ChoosingAccount, CredentialsError, Entering, EntryStep, Stage};

pub(super) fn begin(turn: &mut Turn<'_>, service: Box<SelectedService>) -> Stage {
    let guide = guide::load(turn, &service.name);
    let request = turn.send(Request::Address {
        service: service.name.clone(),
        integration: service.integration.clone(),
        answer: None,
        target: ConnectionTarget::Usual,
    });
    let step = EntryStep::Beginning(request);
    Stage::Entering(Box::new(Entering { service, guide, connection_id: None, step }))
}

pub(super) fn update(
    turn: &mut Turn<'_>,
    session: &mut Session,
    stage: &mut Entering,
    event: &Event,
) -> Next {
    match (&stage.step, event) {
        (_, Event::Guide { ticket, answer }) => guide::receive(&mut stage.guide, *ticket, *answer),
        (_, Event::User(UserEvent::LoadGuide)) => {
            guide::try_again(turn, &stage.service.name, &mut stage.guide);
        }
        (
            EntryStep::Beginning(request)
            | EntryStep::Checking(request)
            | EntryStep::Confirming { request, .. },
            Event::Response { ticket, result },
        ) if ticket == request => return handle_response(turn, session, stage, result),
        (EntryStep::Filling { .. }, Event::User(UserEvent::Submit(values))) => {
            submit(turn, stage, values);
        }
        // What is being tried is waited for: it may make a connection.
        (EntryStep::Checking(_) | EntryStep::Confirming { .. }, Event::User(UserEvent::Back)) => {}
        (_, Event::User(UserEvent::Back)) => {
            leave(turn, session, stage);
            return Stage::root().into();
        }
        (EntryStep::Filling { .. }, Event::IdleTooLong) => {
            leave(turn, session, stage);
            return idle::begin(turn, session).into();
        }
        (EntryStep::Connector(_), event) => return web_connector::update(turn, session, stage, event),
        _ => {}
    }
    Next::Stay
}

fn submit(turn: &mut Turn<'_>, stage: &mut Entering, values: &FormValues) {
    let ConnectMethod::Credentials(form) = stage.service.method() else { return };
    stage.step = match read(form.fields(), values) {
        Ok(values) => {
            let service = stage.service.name.clone();
            EntryStep::Checking(turn.send(Request::Credentials { service, values }))
        }
        Err(problems) => {
            turn.effect(Effect::FocusProblem);
            EntryStep::Filling { problems, error: None }
        }
    };
}

/// Nothing of this entry may come any more.
fn leave(turn: &mut Turn<'_>, session: &mut Session, stage: &Entering) {
    guide::cancel(turn, stage.guide);
    match &stage.step {
        EntryStep::Beginning(request) => turn.cancel(*request),
        EntryStep::Connector(connector) => {
            web_connector::stop(turn, connector);
            unheard::leave(session, &stage.service, stage.connection_id.as_ref());
        }
        EntryStep::Filling { .. } | EntryStep::Checking(_) | EntryStep::Confirming { .. } => {}
    }
}

fn handle_response(
    turn: &mut Turn<'_>,
    session: &mut Session,
    stage: &mut Entering,
    result: &Result<Response, RequestError>,
) -> Next {
    stage.step = match (&stage.step, result) {
        (EntryStep::Beginning(_), result) => match handle_address(turn, session, stage, result) {
            Ok(step) => step,
            Err(error) => {
                guide::cancel(turn, stage.guide);
                return outcome::fail_on_the_way(turn, session, &stage.service, None, error).into();
            }
        },
        (EntryStep::Checking(_), Ok(Response::Credentials(check))) => match check {
            CredentialCheck::Accepted { connection_id, entities } => {
                if connection_id.is_some() {
                    stage.connection_id.clone_from(connection_id);
                }
                if !entities.is_empty() {
                    guide::cancel(turn, stage.guide);
                    return choose_entity(turn, session, stage, entities).into();
                }
                EntryStep::Confirming { request: turn.send(Request::Status), error: None }
            }
            CredentialCheck::Rejected(message) => {
                let said = message.clone().filter(|message| is_for_people(message));
                fill_in(Some(said.map_or(CredentialsError::Rejected, CredentialsError::Message)))
            }
        },
        (EntryStep::Checking(_), Err(error)) if !error.is_not_authorised() => {
            let said = error.words().map(|words| CredentialsError::Message(words.to_owned()));
            let said = Some(said.unwrap_or(CredentialsError::Unreachable));
            // They may have been right all the same.
            if error.may_pass() {
                EntryStep::Confirming { request: turn.send(Request::Status), error: said }
            } else {
                fill_in(said)
            }
        }
        (EntryStep::Confirming { error: Some(said), .. }, Ok(Response::Connections(connections)))
            if find_news(session, stage, connections).is_none() =>
        {
            fill_in(Some(said.clone()))
        }
        (step, result) => {
            guide::cancel(turn, stage.guide);
            let (service, id) = (&stage.service, stage.connection_id.as_ref());
            let stage = match (step, result) {
                (EntryStep::Confirming { .. }, Ok(Response::Connections(connections))) => {
                    outcome::settle_in(turn, session, service, connections, id)
                }
                (EntryStep::Confirming { .. }, result) => {
                    return unheard::load_list(turn, session, service, id, RequestError::of(result));
                }
                _ => outcome::fail(turn, session, service, id, RequestError::of(result)),
            };
            return stage.into();
        }
    };
    Next::Stay
}

/// What credentials that nobody answered have led to.
fn find_news(session: &Session, stage: &Entering, connections: &[Connection]) -> Option<Connection> {
    let news = unheard::find_news(connections, &session.connections);
    let found = outcome::find(&news, stage.connection_id.as_ref(), &stage.service);
    found.filter(|found| outcome::is_decided(found)).cloned()
}

/// What follows the answer to `/services/url`. For credentials it says nothing that is needed: other servers say nothing at
/// all.
fn handle_address<'a>(
    turn: &mut Turn<'_>,
    session: &Session,
    stage: &mut Entering,
    result: &'a Result<Response, RequestError>,
) -> Result<EntryStep, &'a RequestError> {
    let address = match result {
        Ok(Response::Address(address)) => Some(address),
        Err(RequestError::Unreadable) => None,
        result => return Err(RequestError::of(result)),
    };
    stage.connection_id = address.and_then(|address| address.connection_id.clone());
    match (stage.service.method(), address) {
        (ConnectMethod::WebConnector, Some(address)) => {
            let connector = web_connector::begin(turn, session, stage, address);
            Ok(EntryStep::Connector(Box::new(connector.ok_or(&RequestError::Unreadable)?)))
        }
        (ConnectMethod::WebConnector, None) => Err(&RequestError::Unreadable),
        _ => Ok(fill_in(None)),
    }
}

fn fill_in(error: Option<CredentialsError>) -> EntryStep {
    EntryStep::Filling { problems: Vec::new(), error }
}

fn choose_entity(
    turn: &mut Turn<'_>,
    session: &Session,
    stage: &Entering,
    entities: &[AccountItem],
) -> Stage {
    let Some(connection_id) = stage.connection_id.clone() else {
        return outcome::fail(turn, session, &stage.service, None, &RequestError::Unreadable);
    };
    let step = AccountStep::Choosing(entities.to_vec());
    Stage::ChoosingAccount(ChoosingAccount { service: stage.service.clone(), connection_id, step })
}
