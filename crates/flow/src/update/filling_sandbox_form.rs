//! The sandbox form, until both of its choices are made.

use railz_connect_contract::{IntegrationUuid, UseCase};

use super::shared::turn::{Next, Turn};
use super::{connecting_sandbox, idle};
use crate::event::{Event, UserEvent};
use crate::form::FormValues;
use crate::service::SelectedService;
use crate::session::Session;
use crate::state::{FillingSandboxForm, SandboxForm, Stage};

pub(super) fn update(
    turn: &mut Turn<'_>,
    session: &Session,
    stage: &mut FillingSandboxForm,
    event: &Event,
) -> Next {
    match event {
        Event::User(UserEvent::Submit(values)) => submit(turn, session, stage, values),
        Event::User(UserEvent::Back) => Stage::root().into(),
        Event::IdleTooLong => idle::begin(turn, session).into(),
        _ => Next::Stay,
    }
}

fn submit(
    turn: &mut Turn<'_>,
    session: &Session,
    stage: &mut FillingSandboxForm,
    values: &FormValues,
) -> Next {
    let use_case = UseCase::ALL.into_iter().find(|one| one.as_str() == values.get("use-case"));
    let provider = values.filled("provider").map(IntegrationUuid::new);
    let mock = session
        .mock_providers()
        .find(|one| Some(&one.uuid) == provider.as_ref())
        .map(SelectedService::of_mock_provider);
    match (use_case, mock) {
        (Some(use_case), Some(mock)) => connecting_sandbox::begin(turn, Box::new(mock), use_case).into(),
        (use_case, mock) => {
            let provider = provider.filter(|_| mock.is_some());
            stage.form = SandboxForm { use_case, provider, sent_incomplete: true };
            Next::Stay
        }
    }
}
