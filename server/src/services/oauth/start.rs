//! What a start address would connect, for the page that is opened there. Looking changes nothing: whoever only fetches
//! the address (a scanner, a browser that reads ahead) neither begins a sign-in nor voids one under way.

use railz_connect_contract::{AttemptId, BusinessUuid, ConnectionId};

use super::authorize::{AuthorizeError, find_attempt};
use crate::app::App;
use crate::token::TokenHash;

/// A sign-in that may begin, in the words that tell a person whose it is.
#[derive(Debug)]
pub struct StartDescription {
    /// The attempt; names the page's cookie.
    pub attempt: AttemptId,
    /// The connection that it is at.
    pub connection: ConnectionId,
    /// The business that it is for.
    pub business_uuid: BusinessUuid,
    /// Who asks for the connection.
    pub customer: String,
    /// The origin of the page that began it, where that is known; it alone is asked for the proof.
    pub origin: Option<String>,
    /// The site that the person is told: the page that began it, or else the one that opened the session. Of a minted session
    /// whose page did not say where it is there is none.
    pub site: Option<String>,
    /// Whose books are to be connected.
    pub business: String,
    /// Where the person is to sign in.
    pub service: String,
    /// For how many more seconds it may begin.
    pub seconds_left: i64,
}

/// Describes the sign-in that begins with this start token.
///
/// # Errors
/// [`AuthorizeError`] where none does any more.
pub async fn describe_start(app: &App, start: TokenHash) -> Result<StartDescription, AuthorizeError> {
    let (attempt, service) = find_attempt(app, start).await?;
    let now = app.now();
    attempt.check_may_leave(now)?;
    let business = app.store.find_business(&attempt.business).await?.ok_or(AuthorizeError::Unknown)?;
    let widget = app.store.widget(&business.widget).await?.ok_or(AuthorizeError::Unknown)?;
    let visit = app.store.visit(&widget.id, &attempt.visit).await?;
    let origin = attempt.opener.map(|opener| opener.origin);
    let site = origin.clone().or_else(|| visit.and_then(|visit| visit.origin));
    Ok(StartDescription {
        attempt: attempt.id,
        connection: attempt.connection,
        business_uuid: business.id,
        customer: widget.name,
        origin,
        site,
        business: business.name.as_str().to_owned(),
        service: service.name.clone(),
        seconds_left: attempt.expires_at.as_second() - now.as_second(),
    })
}
