//! Visits begin and are continued, each time with a new token.

use railz_connect_contract::WidgetId;

use crate::app::App;
use crate::clock::seconds_before;
use crate::domain::session::{CONTINUABLE_SECONDS, Session};
use crate::domain::visit::{SessionKind, Visit};
use crate::random::RandomnessError;
use crate::store::{Replaced, StoreError};
use crate::token::{Token, TokenHash};

/// A session that was just begun: the one time that its token is there to be handed out.
pub struct NewSession {
    /// The bearer token, for the answer alone.
    pub token: Token,
    /// What is stored of it.
    pub session: Session,
    /// The visit that it is of.
    pub visit: Visit,
}

/// Why no session begins, through our own fault.
#[derive(Debug, thiserror::Error)]
pub enum BeginSessionError {
    /// No random bytes for the token.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Begins a visit with a first session of so many seconds.
///
/// # Errors
/// [`BeginSessionError`].
pub async fn begin(app: &App, visit: Visit, seconds: u64) -> Result<NewSession, BeginSessionError> {
    let token = Token::generate()?;
    let session = Session::begin(token.hash(), visit.id.clone(), seconds, app.now());
    app.store.begin_visit(&visit, &session).await?;
    Ok(NewSession { token, session, visit })
}

/// Continues a visit, with the settings that this value has and a further session of so many seconds. Gives the visit back
/// where it is gone.
///
/// # Errors
/// [`BeginSessionError`].
pub async fn continue_visit(
    app: &App,
    visit: Visit,
    seconds: u64,
) -> Result<Result<NewSession, Visit>, BeginSessionError> {
    let token = Token::generate()?;
    let session = Session::begin(token.hash(), visit.id.clone(), seconds, app.now());
    Ok(match app.store.continue_visit(&visit, &session).await? {
        Replaced::Yes => Ok(NewSession { token, session, visit }),
        Replaced::Overtaken => Err(visit),
    })
}

/// The visit that whoever brings an older token may continue: one of the same widget and kind of session, opened from the same page,
/// whose session is over for a day at most. Any other token is answered with nothing, and nothing is said about it.
///
/// # Errors
/// [`StoreError`].
pub async fn find_continuable(
    app: &App,
    token: &str,
    widget: &WidgetId,
    session_kind: SessionKind,
    origin: Option<&str>,
) -> Result<Option<Visit>, StoreError> {
    let since = seconds_before(app.now(), CONTINUABLE_SECONDS);
    let found = app.store.session(TokenHash::of(token), since).await?;
    let may_continue = |visit: &Visit| {
        &visit.widget == widget && visit.session_kind == session_kind && !visit.is_bound_elsewhere(origin)
    };
    Ok(found.map(|(_, visit)| visit).filter(may_continue))
}
