//! Credentials: the connection is begun, the form is filled in and tried as often as it takes, the status says how it
//! ended. The host hears of the end alone; a slip of the keyboard is between the person and the form.

use super::turn::Turn;
use super::{connector, guide, outcome};
use crate::entry::read;
use crate::state::AccountStep;
use crate::{
    Answer, Checked, Chosen, CredentialForm, Effect, Entry, EntryStep, FormValues, Place, Request,
    RequestError, Session, Setback, Ticket, Way,
};

pub(super) fn begin(turn: &mut Turn<'_>, session: Box<Session>, chosen: Box<Chosen>) -> Place {
    let guide = guide::load(turn, &chosen.name);
    let request = turn.ask(Request::Address {
        token: session.token.clone(),
        service: chosen.name.clone(),
        integration: chosen.integration.clone(),
        answer: None,
    });
    let entry = Entry { guide, connection_id: None, step: EntryStep::Beginning(request) };
    Place::Entering { session, chosen, entry: Box::new(entry) }
}

pub(super) fn is_asking(entry: &Entry, ticket: Ticket) -> bool {
    match &entry.step {
        EntryStep::Beginning(request) | EntryStep::Checking(request) | EntryStep::Confirming(request) => {
            *request == ticket
        }
        EntryStep::Filling { .. } | EntryStep::Connector(_) => false,
    }
}

pub(super) fn submit(
    turn: &mut Turn<'_>,
    session: &Session,
    chosen: &Chosen,
    form: CredentialForm,
    values: &FormValues,
) -> EntryStep {
    match read(form.fields(), values) {
        Ok(values) => {
            let (token, service) = (session.token.clone(), chosen.name.clone());
            EntryStep::Checking(turn.ask(Request::Credentials { token, service, values }))
        }
        Err(problems) => {
            turn.effect(Effect::FocusProblem);
            EntryStep::Filling { problems, trouble: None }
        }
    }
}

/// Nothing of this entry may come any more. What is being tried is waited for: it may make a connection.
pub(super) fn leave(turn: &mut Turn<'_>, entry: &Entry) {
    guide::leave(turn, &entry.guide);
    match &entry.step {
        EntryStep::Beginning(request) => turn.forget(*request),
        EntryStep::Connector(connector) => connector::leave(turn, connector),
        EntryStep::Filling { .. } | EntryStep::Checking(_) | EntryStep::Confirming(_) => {}
    }
}

pub(super) fn answered(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    chosen: Box<Chosen>,
    mut entry: Box<Entry>,
    result: Result<Answer, RequestError>,
) -> Place {
    match (&entry.step, result) {
        (EntryStep::Beginning(_), result) => {
            if let Err(error) = begun(turn, &session, &chosen, &mut entry, result) {
                guide::leave(turn, &entry.guide);
                return outcome::fail_on_the_way(turn, session, chosen, None, &error);
            }
        }
        (EntryStep::Checking(_), Ok(Answer::Checked(Checked::Right { connection_id, entities }))) => {
            entry.connection_id = connection_id.or(entry.connection_id);
            if entities.is_empty() {
                entry.step =
                    EntryStep::Confirming(turn.ask(Request::Status { token: session.token.clone() }));
            } else {
                let Some(connection_id) = entry.connection_id.clone() else {
                    return fail(turn, session, chosen, &entry, &RequestError::Unreadable);
                };
                guide::leave(turn, &entry.guide);
                let step = AccountStep::Choosing(entities);
                return Place::ChoosingAccount { session, chosen, connection_id, step };
            }
        }
        (EntryStep::Checking(_), Ok(Answer::Checked(Checked::Wrong(message)))) => {
            entry.step = filling(Some(message.map_or(Setback::Refused, Setback::Said)));
        }
        (EntryStep::Checking(_), Err(error)) if !error.is_not_authorised() => {
            let said = error.message().map(|message| Setback::Said(message.to_owned()));
            entry.step = filling(Some(said.unwrap_or(Setback::Unreachable)));
        }
        (EntryStep::Confirming(_), Ok(Answer::Connections(connections))) => {
            let found = outcome::find(connections, entry.connection_id.as_ref(), &chosen, false);
            let Some(connection) = found else {
                return fail(turn, session, chosen, &entry, &RequestError::Unreadable);
            };
            guide::leave(turn, &entry.guide);
            return outcome::settle(turn, session, chosen, Box::new(connection));
        }
        (_, result) => {
            let error = result.err().unwrap_or(RequestError::Unreadable);
            return fail(turn, session, chosen, &entry, &error);
        }
    }
    Place::Entering { session, chosen, entry }
}

/// The answer to `/services/url`. For credentials it says nothing that is needed: other servers say nothing at all.
fn begun(
    turn: &mut Turn<'_>,
    session: &Session,
    chosen: &Chosen,
    entry: &mut Entry,
    result: Result<Answer, RequestError>,
) -> Result<(), RequestError> {
    let address = match result {
        Ok(Answer::Address(address)) => Some(address),
        Err(RequestError::Unreadable) => None,
        Ok(_) => return Err(RequestError::Unreadable),
        Err(error) => return Err(error),
    };
    entry.connection_id = address.as_ref().and_then(|address| address.connection_id.clone());
    entry.step = match (chosen.way(), address) {
        (Way::Connector, Some(address)) => {
            let id = entry.connection_id.as_ref();
            let begun = connector::begin(turn, session, chosen, id, address);
            EntryStep::Connector(Box::new(begun.ok_or(RequestError::Unreadable)?))
        }
        (Way::Connector, None) => return Err(RequestError::Unreadable),
        _ => filling(None),
    };
    Ok(())
}

fn filling(trouble: Option<Setback>) -> EntryStep {
    EntryStep::Filling { problems: Vec::new(), trouble }
}

pub(super) fn fail(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    chosen: Box<Chosen>,
    entry: &Entry,
    error: &RequestError,
) -> Place {
    guide::leave(turn, &entry.guide);
    outcome::fail(turn, session, chosen, entry.connection_id.clone(), error)
}
