//! The sandbox form, of servers that cannot connect the sandbox with one press.

use railz_connect_contract::{IntegrationUuid, UseCase};

use crate::service::SelectedService;

/// The person fills in the sandbox form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FillingSandboxForm {
    /// The sandbox service.
    pub service: Box<SelectedService>,
    /// What is filled in so far.
    pub form: SandboxForm,
}

/// What was chosen in the sandbox form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SandboxForm {
    /// How the sign-in is to end.
    pub use_case: Option<UseCase>,
    /// The provider that the data is to look like.
    pub provider: Option<IntegrationUuid>,
    /// Whether it was sent with something missing.
    pub sent_incomplete: bool,
}
