//! A session that the customer's back end minted, and the page now brings: everything in it is settled, and what the page says
//! besides must be the same.

use axum::http::HeaderMap;
use railz_connect_contract::{AccessToken, BusinessName};

use super::error::SessionError;
use super::page_request::{PageRequest, SessionQuery};
use crate::access::visits::find_continuable;
use crate::app::App;
use crate::domain::business::Business;
use crate::domain::folded_name::fold;
use crate::domain::secret_key;
use crate::domain::session::Session;
use crate::domain::visit::{SessionKind, Visit};
use crate::domain::widget::Widget;
use crate::http::cors;
use crate::store::Replaced;
use crate::token::TokenHash;

/// Finds the session of a token, and has it continue the visit of the token before.
pub(super) async fn take_up(
    app: &App,
    widget: &Widget,
    (token, headers): (&str, &HeaderMap),
    query: &SessionQuery,
    request: &PageRequest,
) -> Result<(Session, Visit, Business), SessionError> {
    if token.starts_with(secret_key::PREFIX) {
        return Err(SessionError::SecretKey);
    }
    let found = app.store.session(TokenHash::of(token), app.now()).await?;
    let (session, visit) = found.ok_or(SessionError::UnknownToken)?;
    if visit.widget != widget.id {
        return Err(SessionError::OtherWidget(widget.id.to_string()));
    }
    match visit.session_kind {
        SessionKind::Minted => {}
        SessionKind::Open => return Err(SessionError::NotMinted),
    }
    cors::check_visit(widget, &visit, headers)?;
    let origin = cors::origin(headers);
    if visit.is_bound_elsewhere(origin.as_deref()) {
        return Err(SessionError::OtherPage(origin.unwrap_or_default()));
    }
    let business = app.store.business(&widget.id, &visit.business).await?;
    let business = business.ok_or(SessionError::NoBusiness)?;
    compare(query, request, &visit, &business)?;
    let (session, visit) = match &request.previous {
        Some(previous) => continue_previous(app, session, visit, previous).await?,
        None => (session, visit),
    };
    Ok((session, visit, business))
}

/// The back end said anew what the visit is to be; what the person did in it so far stays theirs.
async fn continue_previous(
    app: &App,
    session: Session,
    visit: Visit,
    previous: &AccessToken,
) -> Result<(Session, Visit), SessionError> {
    let older = find_continuable(app, previous.expose(), &visit.widget, SessionKind::Minted, None).await?;
    let Some(older) = older.filter(|older| {
        older.business == visit.business && older.id != visit.id && older.origin == visit.origin
    }) else {
        return Ok((session, visit));
    };
    let continued = Visit { settings: visit.settings.clone(), ..older };
    let moved = Session { visit: continued.id.clone(), ..session.clone() };
    Ok(match app.store.continue_visit(&continued, &moved).await? {
        Replaced::Yes => (moved, continued),
        Replaced::Overtaken => (session, visit),
    })
}

/// Checks what the page says against what the back end said.
fn compare(
    query: &SessionQuery,
    request: &PageRequest,
    visit: &Visit,
    business: &Business,
) -> Result<(), SessionError> {
    fn agrees<T: PartialEq>(page: Option<&T>, back_end: Option<&T>) -> bool {
        page.is_none() || page == back_end
    }
    let is = |given: &Option<String>, due: &str| {
        given.as_deref().is_none_or(|given| given.is_empty() || given == due)
    };
    let is_named =
        |given: &String| given.is_empty() || fold(&BusinessName::new(given)) == fold(&business.name);
    let (page, settled) = (&request.settings, &visit.settings);
    let contradiction = [
        ("businessUuid", is(&query.business_uuid, business.id.as_str())),
        ("businessName", query.business_name.as_ref().is_none_or(is_named)),
        ("successUrl", agrees(page.success_url.as_ref(), settled.success_url.as_ref())),
        ("redirectUrl", agrees(page.redirect_url.as_ref(), settled.redirect_url.as_ref())),
        ("state", agrees(page.state.as_ref(), settled.state.as_ref())),
        ("metadata", agrees(page.metadata.as_ref(), settled.metadata.as_ref())),
    ];
    match contradiction.into_iter().find(|(_, agrees)| !agrees) {
        Some((field, _)) => Err(SessionError::Contradiction(field)),
        None => Ok(()),
    }
}
