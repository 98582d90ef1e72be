//! The sandbox: a use case is posted instead of anybody signing in; then the status says how it ended.

use railz_connect_contract::{ConnectionId, UseCase};

use super::shared::turn::{Next, Turn};
use super::shared::{outcome, unheard};
use crate::effect::Request;
use crate::event::{Event, RequestError, Response, UserEvent};
use crate::service::{ConnectionTarget, SelectedService};
use crate::session::Session;
use crate::state::{ConnectingSandbox, SandboxStep, Stage};

pub(super) fn begin(turn: &mut Turn<'_>, service: Box<SelectedService>, use_case: UseCase) -> Stage {
    let request = turn.send(Request::Address {
        service: service.name.clone(),
        integration: service.integration.clone(),
        answer: None,
        target: ConnectionTarget::Usual,
    });
    let step = SandboxStep::Address(request);
    Stage::ConnectingSandbox(ConnectingSandbox { service, use_case, step })
}

pub(super) fn update(
    turn: &mut Turn<'_>,
    session: &mut Session,
    stage: &mut ConnectingSandbox,
    event: &Event,
) -> Next {
    match (event, &stage.step) {
        (Event::Response { ticket, result }, step) if *ticket == step.request() => {
            handle_response(turn, session, stage, result)
        }
        (Event::User(UserEvent::Back), SandboxStep::Address(request)) => {
            turn.cancel(*request);
            Stage::root().into()
        }
        _ => Next::Stay,
    }
}

fn handle_response(
    turn: &mut Turn<'_>,
    session: &mut Session,
    stage: &mut ConnectingSandbox,
    result: &Result<Response, RequestError>,
) -> Next {
    let service = &stage.service;
    stage.step = match (&stage.step, result) {
        (SandboxStep::Address(_), Ok(Response::Address(address))) => SandboxStep::Login {
            request: turn.send(Request::SandboxLogin { url: address.url.clone(), use_case: stage.use_case }),
            connection_id: address.connection_id.clone(),
        },
        (SandboxStep::Login { connection_id, .. }, Ok(Response::Empty)) => ask(turn, connection_id.as_ref()),
        // It may have been played all the same.
        (SandboxStep::Login { connection_id, .. }, Err(error)) if error.may_pass() => {
            ask(turn, connection_id.as_ref())
        }
        (SandboxStep::Status { connection_id, .. }, Ok(Response::Connections(connections))) => {
            let id = connection_id.as_ref();
            return outcome::settle_in(turn, session, service, connections, id).into();
        }
        (SandboxStep::Status { connection_id, .. }, result) => {
            let id = connection_id.as_ref();
            return unheard::load_list(turn, session, service, id, RequestError::of(result));
        }
        (step, result) => {
            let error = RequestError::of(result);
            return outcome::fail_on_the_way(turn, session, service, connection_of(step), error).into();
        }
    };
    Next::Stay
}

fn ask(turn: &mut Turn<'_>, connection_id: Option<&ConnectionId>) -> SandboxStep {
    SandboxStep::Status { request: turn.send(Request::Status), connection_id: connection_id.cloned() }
}

fn connection_of(step: &SandboxStep) -> Option<&ConnectionId> {
    match step {
        SandboxStep::Address(_) => None,
        SandboxStep::Login { connection_id, .. } | SandboxStep::Status { connection_id, .. } => {
            connection_id.as_ref()
        }
    }
}
