//! A session that the page opens by naming a business, as in 2.23. Anybody can, so it is the weaker kind.

use super::error::SessionError;
use super::page_request::{PageRequest, SessionQuery};
use crate::access::business::find_or_make;
use crate::access::visits::{self, NewSession, find_continuable};
use crate::app::App;
use crate::domain::business::{Business, BusinessLookup};
use crate::domain::session::OPEN_SECONDS;
use crate::domain::visit::{SessionKind, Visit};
use crate::domain::widget::{SessionPolicy, Widget};
use crate::http::integrations;
use crate::random;

/// Opens a session, of the visit that the token of before was of, or of a new one.
pub(super) async fn open(
    app: &App,
    widget: &Widget,
    origin: Option<String>,
    query: &SessionQuery,
    request: PageRequest,
) -> Result<(NewSession, Business), SessionError> {
    match widget.sessions {
        SessionPolicy::Open => {}
        SessionPolicy::Minted => return Err(SessionError::MintedOnly(widget.id.to_string())),
    }
    // Every browser sends it with a POST, also within one origin.
    let origin = origin.ok_or_else(|| SessionError::NoPage(widget.id.to_string()))?;
    let lookup = BusinessLookup::from_query(query.business_uuid.as_deref(), query.business_name.as_deref())?;
    request.settings.check(widget, &integrations::list_services(app, widget))?;
    let previous = match &request.previous {
        Some(token) => {
            find_continuable(app, token.expose(), &widget.id, SessionKind::Open, Some(&origin)).await?
        }
        None => None,
    };
    let business = find_business(app, widget, lookup, previous.as_ref()).await?;
    let continued = previous
        .filter(|visit| visit.business == business.id)
        .map(|visit| Visit { settings: request.settings.clone(), ..visit });
    if let Some(visit) = continued
        && let Ok(continued) = visits::continue_visit(app, visit, OPEN_SECONDS).await?
    {
        return Ok((continued, business));
    }
    let whose = (widget.id.clone(), business.id.clone());
    let visit = Visit::begin(random::uuid()?, whose, SessionKind::Open, Some(origin), app.now());
    let visit = Visit { settings: request.settings, ..visit };
    Ok((visits::begin(app, visit, OPEN_SECONDS).await?, business))
}

/// The business that the page names, or else that of the visit which it continues.
async fn find_business(
    app: &App,
    widget: &Widget,
    lookup: BusinessLookup,
    previous: Option<&Visit>,
) -> Result<Business, SessionError> {
    let lookup = match (lookup, previous) {
        (BusinessLookup::Unnamed, Some(visit)) => BusinessLookup::ByUuid(visit.business.clone()),
        (lookup, _) => lookup,
    };
    Ok(find_or_make(app, widget, lookup).await?)
}
