//! The sandbox: a use case is posted instead of anybody signing in; then the status says how it ended.

use railz_connect_contract::{ConnectionId, IntegrationUuid, UseCase};

use super::outcome;
use super::turn::Turn;
use crate::state::{SandboxForm, SandboxStep};
use crate::{Answer, Chosen, FormValues, Place, Request, RequestError, Session, Ticket};

pub(super) fn submit(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    chosen: Box<Chosen>,
    values: &FormValues,
) -> Place {
    let use_case = UseCase::ALL.into_iter().find(|one| one.as_str() == values.get("use-case"));
    let provider = values.filled("provider").map(IntegrationUuid::new);
    let mock = session.mock_providers().find(|one| Some(&one.uuid) == provider.as_ref()).map(Chosen::mock);
    match (use_case, mock) {
        (Some(use_case), Some(mock)) => connect(turn, session, Box::new(mock), use_case),
        (use_case, mock) => {
            let form = SandboxForm {
                use_case,
                provider: provider.filter(|_| mock.is_some()),
                sent_incomplete: true,
            };
            Place::FillingSandboxForm { session, chosen, form }
        }
    }
}

pub(super) fn connect(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    chosen: Box<Chosen>,
    use_case: UseCase,
) -> Place {
    let request = turn.ask(Request::Address {
        token: session.token.clone(),
        service: chosen.name.clone(),
        integration: chosen.integration.clone(),
        answer: None,
    });
    Place::ConnectingSandbox { session, chosen, use_case, step: SandboxStep::Address(request) }
}

pub(super) fn request(step: &SandboxStep) -> Ticket {
    match step {
        SandboxStep::Address(request)
        | SandboxStep::Login { request, .. }
        | SandboxStep::Status { request, .. } => *request,
    }
}

pub(super) fn answered(
    turn: &mut Turn<'_>,
    session: Box<Session>,
    chosen: Box<Chosen>,
    use_case: UseCase,
    step: SandboxStep,
    result: Result<Answer, RequestError>,
) -> Place {
    let token = session.token.clone();
    let step = match (step, result) {
        (SandboxStep::Address(_), Ok(Answer::Address(address))) => SandboxStep::Login {
            request: turn.ask(Request::SandboxLogin { token, url: address.url, use_case }),
            connection_id: address.connection_id,
        },
        (SandboxStep::Login { connection_id, .. }, Ok(Answer::Taken)) => {
            SandboxStep::Status { request: turn.ask(Request::Status { token }), connection_id }
        }
        (SandboxStep::Status { connection_id, .. }, Ok(Answer::Connections(connections))) => {
            return match outcome::find(connections, connection_id.as_ref(), &chosen, true) {
                Some(connection) => outcome::settle(turn, session, chosen, Box::new(connection)),
                None => outcome::fail(turn, session, chosen, connection_id, &RequestError::Unreadable),
            };
        }
        (step, result) => {
            let error = result.err().unwrap_or(RequestError::Unreadable);
            let fail = match step {
                SandboxStep::Status { .. } => outcome::fail,
                SandboxStep::Address(_) | SandboxStep::Login { .. } => outcome::fail_on_the_way,
            };
            return fail(turn, session, chosen, connection_of(step), &error);
        }
    };
    Place::ConnectingSandbox { session, chosen, use_case, step }
}

fn connection_of(step: SandboxStep) -> Option<ConnectionId> {
    match step {
        SandboxStep::Address(_) => None,
        SandboxStep::Login { connection_id, .. } | SandboxStep::Status { connection_id, .. } => connection_id,
    }
}
