//! No connection was made, and why.

use crate::service::SelectedService;

/// No connection was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// What was to be connected; "try again" begins with it.
    pub service: Box<SelectedService>,
    /// Says whether it was refused, failed or is there already; the screen follows from it.
    pub ending: Ending,
}

/// Why no connection was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The same company is connected already, under another business.
    Duplicate,
    /// It was refused.
    Refused(Refusal),
    /// What the person would have used could not be loaded.
    NotLoaded,
    /// It failed, perhaps with words of the server's.
    Failed(Option<String>),
}

/// Why a connection was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The person said no at the service.
    AccessDenied,
    /// The company signed in to is not the one that the connection stands for.
    DifferentAccount,
    /// The business has the company connected already, by another connection of its own.
    ConnectedHere,
    /// The person may not grant the access.
    InsufficientPermission,
    /// The service refused the person's credentials.
    UnauthorizedCredentials,
    /// The service refused the application's own credentials.
    UnauthorizedClientIdKey,
}
