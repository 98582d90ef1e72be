//! `/hosted/{link}`: the page on which this server shows the widget itself, for whoever has the link (`v2/links.rs` makes it).
//!
//! Looking changes nothing: whoever only fetches the address (a scanner of mails, a browser that reads ahead) uses nothing up.
//! The code of the link is in the address's fragment, which no server is told; the page's script sends it when a person presses
//! (`page.js`), and gets a session of the link's visit for it. The browser that came first is known again by a cookie that the
//! page gave it before (`cookie.rs`), so that an answer that got lost is asked for once more, and so that a reload or a night
//! ends nothing. What the page may: `policy.rs`; why there is none: `error.rs`; in
//! which browser: `usable_link.rs`.

mod cookie;
mod error;
mod page;
mod policy;
mod usable_link;

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::audit::AuditNote;
use super::cors;
use super::error_response::{ErrorResponse, NoRefusal, log};
use super::input::{Body, Path};
use super::integrations;
use super::popup_page::keep_private;
use crate::app::App;
use crate::clock::to_rfc3339;
use crate::domain::audit_event::Actor;
use crate::domain::session::Session;
use crate::domain::visit::SessionKind;
use crate::store::Replaced;
use crate::token::{Token, TokenHash};
use cookie::BrowserCookie;
use error::{HostedPageError, LinkUnusableError};
use usable_link::{Browser, FoundLink, check_browser, find};

/// How long a session of a link lives at most, in seconds; the page asks for another one when it ran out.
const SESSION_SECONDS: u64 = 30 * 60;

/// Shows the page; the link stays as it is.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    match make_page(&app, &id, &headers).await {
        Ok(response) => response,
        Err(error) => {
            log(error.status(), &error);
            let mut response = page::over_page(None, &error);
            response.extensions_mut().insert(NoRefusal);
            response
        }
    }
}

async fn make_page(app: &App, id: &str, headers: &HeaderMap) -> Result<Response, HostedPageError> {
    let hosted = find(app, id).await?;
    let cookie = BrowserCookie::of(app, &hosted.link);
    let brought = cookie.read(headers);
    match check_browser(app, &hosted.link, brought.as_ref().map(Token::hash)) {
        Ok(browser) => {
            let value = match brought {
                Some(value) => value,
                None => Token::generate()?,
            };
            let mut response = page::begin_page(app, &hosted, browser)?;
            cookie.set(&value, headers, &mut response);
            Ok(response)
        }
        Err(over) => {
            let error = HostedPageError::Over(over);
            log(error.status(), &error);
            let mut response = page::over_page(Some(&hosted), &error);
            response.extensions_mut().insert(NoRefusal);
            Ok(response)
        }
    }
}

/// What the page's script sends: the code, where the link was not used before.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkSessionRequest {
    code: Option<String>,
}

/// Trades the code of the link, or the cookie of the browser that did before, for a session of the link's visit.
pub(super) async fn open_session(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    audit: AuditNote,
    Body(body): Body,
) -> Result<Response, HostedPageError> {
    // Other sites' pages can make this browser send its cookie, at most.
    if !cors::is_own_page(&app.config.public_url, &headers) {
        return Err(HostedPageError::OtherPage);
    }
    let FoundLink { link, visit, widget } = find(&app, &id).await?;
    audit.actor(Actor::Unknown, &widget.id);
    audit.business(&visit.business);
    let request: LinkSessionRequest =
        serde_json::from_slice(&body).map_err(|_| HostedPageError::Unreadable)?;
    let browser = BrowserCookie::of(&app, &link).read(&headers).map(|cookie| cookie.hash());
    let known = check_browser(&app, &link, browser)?;
    let browser = browser.ok_or(HostedPageError::NoCookie)?;
    match (known, request.code) {
        (Browser::Remembered, _) => {}
        (Browser::New, Some(code)) if TokenHash::of(&code) == link.code => {}
        (Browser::New, _) => return Err(HostedPageError::WrongCode),
    }
    // A page that the operator took off the widget's since then gets nothing more.
    let offered = integrations::list_services(&app, &widget);
    visit.settings.check(&widget, &offered).map_err(|_| LinkUnusableError::Revoked)?;
    let business = app.store.business(&widget.id, &visit.business).await?;
    let business = business.ok_or(LinkUnusableError::Unknown)?;
    let now = app.now();
    let token = Token::generate()?;
    let seconds = SESSION_SECONDS.min(link.seconds_left(now));
    let session = Session::begin(token.hash(), visit.id.clone(), seconds, now);
    match app.store.take_hosted_link(&link.id, browser, &session, now).await? {
        Replaced::Yes => {}
        Replaced::Overtaken => {
            let changed = find(&app, &id).await?;
            check_browser(&app, &changed.link, Some(browser))?;
            return Err(HostedPageError::Over(LinkUnusableError::OtherBrowser));
        }
    }
    audit.actor(Actor::Session(SessionKind::Minted, visit.id), &widget.id);
    audit.detail(match known {
        Browser::New => "by a press",
        Browser::Remembered => "in the browser that opened it",
    });
    let answer = json!({
        "sessionToken": token.expose(),
        "expiresAt": to_rfc3339(session.expires_at),
        "businessName": business.name.as_str(),
    });
    Ok(keep_private(Json(answer).into_response()))
}
