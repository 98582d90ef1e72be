//! Which connection of a business a sign-in is for: the one that it has at the service, one by its id, or a further one.
//!
//! A business has one connection a service, unless a person asks for another company beside it. Asked for by
//! `/services/url`; what the sign-in may make of the connection says `access/rights.rs`.

use railz_connect_contract::ConnectionId;

use crate::access::rights::may_choose;
use crate::app::App;
use crate::domain::connection::{Connection, Tie};
use crate::domain::visit::{SessionKind, Visit, Visitor};
use crate::store::StoreError;

/// For which connection a page asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInTarget {
    /// The business's own at the service; a new one where there is none. All that 2.23 knows.
    Usual,
    /// This one.
    Existing(ConnectionId),
    /// A further one beside those that there are, for another company.
    Further,
}

/// Why there is no such connection.
#[derive(Debug, thiserror::Error)]
pub enum SignInTargetError {
    /// Another business's, another service's, or none at all.
    #[error("connectionId is no connection of this business to this service")]
    NoConnection,
    /// The connection could not be read or added.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Finds the connection that is meant, or adds this new one.
///
/// # Errors
/// [`SignInTargetError`].
pub async fn find_target(
    app: &App,
    visit: &Visit,
    target: SignInTarget,
    new: Connection,
) -> Result<Connection, SignInTargetError> {
    match target {
        SignInTarget::Existing(id) => {
            let found = app.store.connection(&id).await?;
            let found = found.filter(|found| is_beside(found, &new));
            found.ok_or(SignInTargetError::NoConnection)
        }
        SignInTarget::Further => find_further(app, visit, new).await,
        SignInTarget::Usual => {
            let usual = app.store.connection_like(new.clone()).await?;
            // A sign-in does not take the place of one whose choice is another visit's to make.
            if is_anothers_choice(app, visit.visitor(), &usual.id).await? {
                find_further(app, visit, new).await
            } else {
                Ok(usual)
            }
        }
    }
}

/// Whether two connections are to the same service, for the same business.
fn is_beside(one: &Connection, other: &Connection) -> bool {
    one.business == other.business && one.service == other.service && one.channel == other.channel
}

/// One that stands for no company yet and waits for nobody's choice, or else the new one.
async fn find_further(app: &App, visit: &Visit, new: Connection) -> Result<Connection, SignInTargetError> {
    let choices = app.store.pending_choices_of(&visit.business, app.now()).await?;
    let is_free = |found: &Connection| {
        let mut due = choices.iter().filter(|choice| choice.connection == found.id);
        found.tie == Tie::Untied
            && is_beside(found, &new)
            && due.all(|choice| may_choose(visit.visitor(), choice))
    };
    let all = app.store.connections(&visit.business).await?;
    if let Some(free) = all.into_iter().find(is_free) {
        return Ok(free);
    }
    app.store.add_connection(&new).await?;
    Ok(new)
}

/// Whether a choice is due for a connection that this visitor may not make.
///
/// # Errors
/// [`StoreError`].
pub async fn is_anothers_choice(
    app: &App,
    visitor: Visitor<'_>,
    connection: &ConnectionId,
) -> Result<bool, StoreError> {
    let due = app.store.pending_choices_at(connection, app.now()).await?;
    Ok(due.iter().any(|choice| !may_choose(visitor, choice)))
}

/// Whether a choice is due for a connection in a minted visit, and this one is a page's.
///
/// # Errors
/// [`StoreError`].
pub async fn is_held(app: &App, visit: &Visit, connection: &Connection) -> Result<bool, StoreError> {
    let due = app.store.pending_choices_at(&connection.id, app.now()).await?;
    for choice in due.iter().filter(|choice| !may_choose(visit.visitor(), choice)) {
        let Some(chooser) = &choice.visit else { continue };
        let chooser = app.store.visit(&visit.widget, chooser).await?;
        if chooser.is_some_and(|chooser| chooser.session_kind == SessionKind::Minted) {
            return Ok(true);
        }
    }
    Ok(false)
}
