//! The sandbox: a use case is posted instead of anybody signing in; then the status says how it ended.

use railz_connect_contract::{ConnectionId, UseCase};

use super::shared::outcome;
use super::shared::turn::Turn;
use crate::effect::Request;
use crate::event::{Event, RequestError, Response, UserEvent};
use crate::service::SelectedService;
use crate::session::Session;
use crate::state::{ConnectingSandbox, SandboxStep, Stage};

pub(super) fn begin(
    turn: &mut Turn<'_>,
    session: &Session,
    service: Box<SelectedService>,
    use_case: UseCase,
) -> Stage {
    let request = turn.send(Request::Address {
        token: session.token.clone(),
        service: service.name.clone(),
        integration: service.integration.clone(),
        answer: None,
    });
    let step = SandboxStep::Address(request);
    Stage::ConnectingSandbox(ConnectingSandbox { service, use_case, step })
}

pub(super) fn update(
    turn: &mut Turn<'_>,
    session: &mut Session,
    stage: ConnectingSandbox,
    event: Event,
) -> Stage {
    match (event, &stage.step) {
        (Event::Response { ticket, result }, step) if ticket == step.request() => {
            handle_response(turn, session, stage, result)
        }
        (Event::User(UserEvent::Back), SandboxStep::Address(request)) => {
            turn.cancel(*request);
            Stage::root()
        }
        _ => Stage::ConnectingSandbox(stage),
    }
}

fn handle_response(
    turn: &mut Turn<'_>,
    session: &mut Session,
    stage: ConnectingSandbox,
    result: Result<Response, RequestError>,
) -> Stage {
    let ConnectingSandbox { service, use_case, step } = stage;
    let token = session.token.clone();
    let step = match (step, result) {
        (SandboxStep::Address(_), Ok(Response::Address(address))) => SandboxStep::Login {
            request: turn.send(Request::SandboxLogin { token, url: address.url, use_case }),
            connection_id: address.connection_id,
        },
        (SandboxStep::Login { connection_id, .. }, Ok(Response::Empty)) => {
            SandboxStep::Status { request: turn.send(Request::Status { token }), connection_id }
        }
        (SandboxStep::Status { connection_id, .. }, Ok(Response::Connections(connections))) => {
            return outcome::settle_in(turn, session, service, connections, connection_id, true);
        }
        (step, result) => {
            let error = result.err().unwrap_or(RequestError::Unreadable);
            let fail = match step {
                SandboxStep::Status { .. } => outcome::fail,
                SandboxStep::Address(_) | SandboxStep::Login { .. } => outcome::fail_on_the_way,
            };
            return fail(turn, session, service, connection_of(step), &error);
        }
    };
    Stage::ConnectingSandbox(ConnectingSandbox { service, use_case, step })
}

fn connection_of(step: SandboxStep) -> Option<ConnectionId> {
    match step {
        SandboxStep::Address(_) => None,
        SandboxStep::Login { connection_id, .. } | SandboxStep::Status { connection_id, .. } => connection_id,
    }
}
