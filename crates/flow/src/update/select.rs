//! Into the stage of the service that was selected, by how it is connected.

use railz_connect_contract::UseCase;

use super::shared::turn::Turn;
use super::{connecting_sandbox, entering, linking_bank};
use crate::service::{ConnectMethod, SelectedService};
use crate::session::Session;
use crate::state::{BeforeSignIn, FillingSandboxForm, SandboxForm, Stage};

pub(super) fn begin(turn: &mut Turn<'_>, session: &Session, service: Box<SelectedService>) -> Stage {
    match service.method() {
        ConnectMethod::Window => Stage::BeforeSignIn(BeforeSignIn { service, problem: None }),
        ConnectMethod::Credentials(_) | ConnectMethod::WebConnector => entering::begin(turn, service),
        ConnectMethod::Bank => linking_bank::begin(turn, service),
        ConnectMethod::Sandbox if session.sandbox_one_press => {
            connecting_sandbox::begin(turn, service, UseCase::UserGood)
        }
        ConnectMethod::Sandbox => open_sandbox_form(service),
    }
}

/// To the form with the outcomes of the sandbox.
pub(super) fn open_sandbox_form(service: Box<SelectedService>) -> Stage {
    Stage::FillingSandboxForm(FillingSandboxForm { service, form: SandboxForm::default() })
}
