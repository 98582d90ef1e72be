//! `GET /oauth/start/{token}` and `GET /oauth/callback`: what happens inside the popup.
//!
//! The popup is bound to the attempt by a cookie of a name of its own, first-party on this server's origin. `Lax` lets it
//! come along when the provider sends the browser back. On loopback http the `__Host-` prefix and `Secure` are left out,
//! because `WebKit` drops such cookies there.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use railz_connect_contract::AttemptId;
use url::form_urlencoded;

use super::error_response;
use super::input::Path;
use super::popup_page::{Page, Tone, Window, keep_private};
use crate::app::App;
use crate::config::Transport;
use crate::domain::attempt::{AttemptError, Outcome, Refusal};
use crate::services::oauth::authorize::{AuthorizeError, authorize};
use crate::services::oauth::callback::{CallbackError, FinishedSignIn, handle_callback};
use crate::services::oauth::callback_query::CallbackQuery;
use crate::token::TokenHash;

/// Sends the popup to the provider.
pub(super) async fn start(State(app): State<Arc<App>>, Path(token): Path<String>) -> Response {
    match authorize(&app, TokenHash::of(&token)).await {
        Ok(redirect) => {
            let cookie = cookie(&app, &redirect.attempt, redirect.cookie.expose().to_owned())
                .max_age(Duration::seconds(redirect.seconds_left))
                .build();
            let headers =
                (HeaderValue::from_str(&redirect.location), HeaderValue::from_str(&cookie.to_string()));
            let (Ok(location), Ok(cookie)) = headers else {
                tracing::error!(attempt = %redirect.attempt, "the provider's address is no header value");
                return our_fault_response();
            };
            let mut response = StatusCode::FOUND.into_response();
            response.headers_mut().insert(LOCATION, location);
            response.headers_mut().insert(SET_COOKIE, cookie);
            keep_private(response)
        }
        Err(error) => {
            let page = no_redirect_page(&error);
            error_response::log(page.status, &error);
            page.into_response()
        }
    }
}

/// Takes the popup back.
pub(super) async fn callback(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let answer = read(query.as_deref().unwrap_or_default());
    // On a task of its own: a person who closes the window meanwhile does not undo what the provider has granted.
    let task = app.finishing.spawn({
        let app = app.clone();
        async move { handle_callback(&app, answer, |attempt| cookie_of(&app, attempt, &headers)).await }
    });
    match task.await {
        Ok(Ok(finished)) => {
            let gone = cookie(&app, &finished.attempt, String::new()).removal().build();
            let mut response = ended_page(&finished).into_response();
            if let Ok(gone) = HeaderValue::from_str(&gone.to_string()) {
                response.headers_mut().insert(SET_COOKIE, gone);
            }
            response
        }
        Ok(Err(error)) => {
            let page = lost_page(&error);
            error_response::log(page.status, &error);
            page.into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a callback broke");
            our_fault_response()
        }
    }
}

/// Reads what the provider put into the query. One that names anything of OAuth twice belongs to no sign-in.
fn read(query: &str) -> CallbackQuery {
    let query: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let all = |key: &str| query.iter().filter(|(name, _)| name == key).collect::<Vec<_>>();
    let clear = ["state", "code", "error", "iss"].into_iter().all(|key| all(key).len() < 2);
    let first = |key| all(key).first().map(|(_, value)| value.clone());
    CallbackQuery {
        state: first("state").filter(|_| clear).unwrap_or_default(),
        code: first("code").filter(|code| !code.is_empty()).map(Into::into),
        error: first("error"),
        issuer: first("iss"),
        query,
    }
}

fn cookie_name(app: &App, attempt: &AttemptId) -> String {
    match app.config.public_url.transport() {
        Transport::Https => format!("__Host-connect-{attempt}"),
        Transport::LoopbackHttp => format!("connect-{attempt}"),
    }
}

fn cookie(app: &App, attempt: &AttemptId, value: String) -> cookie::CookieBuilder<'static> {
    Cookie::build((cookie_name(app, attempt), value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.config.public_url.transport() == Transport::Https)
}

fn cookie_of(app: &App, attempt: &AttemptId, headers: &HeaderMap) -> Option<TokenHash> {
    let name = cookie_name(app, attempt);
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name)
        .map(|cookie| TokenHash::of(cookie.value()))
}

fn ended_page(finished: &FinishedSignIn) -> Page {
    let service = &finished.service;
    let (tone, title, text, window) = match finished.outcome {
        Outcome::Connected if !finished.missing_scopes.is_empty() => (
            Tone::Good,
            "You are connected",
            format!(
                "{service} is connected, but shares less than was asked for. The page you came from goes on by itself."
            ),
            Window::Closes,
        ),
        Outcome::Connected => (
            Tone::Good,
            "You are connected",
            format!("{service} is connected. The page you came from goes on by itself."),
            Window::Closes,
        ),
        Outcome::Refused(Refusal::AccessDenied) => (
            Tone::Neutral,
            "Access was not granted",
            format!("{service} was told not to share anything, so nothing was connected."),
            Window::Closes,
        ),
        Outcome::ChoiceDue => (
            Tone::Good,
            "You are signed in",
            format!("Now choose on the page you came from which company of {service} to connect."),
            Window::Closes,
        ),
        Outcome::Refused(Refusal::DifferentAccount) => (
            Tone::Neutral,
            "This is another company",
            format!(
                "Another company of {service} is connected here, and stays connected. Sign in to that one to renew it."
            ),
            Window::Closes,
        ),
        Outcome::Refused(Refusal::DuplicateAccount) => (
            Tone::Neutral,
            "Connected already",
            format!("This company of {service} is connected already, elsewhere with the same customer."),
            Window::Closes,
        ),
        Outcome::Refused(_) => (
            Tone::Neutral,
            "Not connected",
            format!("{service} did not allow the connection."),
            Window::Closes,
        ),
        Outcome::Failed(failure) => {
            (Tone::Bad, "That did not work", failure.message(service), Window::Closes)
        }
    };
    Page { status: StatusCode::OK, tone, title, text, window }
}

fn no_redirect_page(error: &AuthorizeError) -> Page {
    let page = |status, title, text: &str| Page {
        status,
        tone: Tone::Neutral,
        title,
        text: text.to_owned(),
        window: Window::Stays,
    };
    match error {
        AuthorizeError::Attempt(AttemptError::Expired) => page(
            StatusCode::GONE,
            "This sign-in took too long",
            "Go back to the page you came from and begin again.",
        ),
        AuthorizeError::Attempt(_) => page(
            StatusCode::GONE,
            "This sign-in is over",
            "Go back to the page you came from to see how it ended, or begin again there.",
        ),
        AuthorizeError::Unknown => page(
            StatusCode::NOT_FOUND,
            "There is no sign-in here",
            "The address is wrong or too old. Go back to the page you came from and begin again.",
        ),
        AuthorizeError::Overtaken => page(
            StatusCode::CONFLICT,
            "This sign-in is open in another window",
            "Go on there, or close that window and begin again.",
        ),
        AuthorizeError::NoService(_)
        | AuthorizeError::Address(_)
        | AuthorizeError::Store(_)
        | AuthorizeError::Randomness(_)
        | AuthorizeError::Seal(_) => our_fault_page(),
    }
}

fn lost_page(error: &CallbackError) -> Page {
    let page = |status, title, text: &str| Page {
        status,
        tone: Tone::Bad,
        title,
        text: text.to_owned(),
        window: Window::Stays,
    };
    match error {
        CallbackError::UnknownState | CallbackError::Attempt(AttemptError::Ended) => page(
            StatusCode::BAD_REQUEST,
            "This sign-in is not waiting for an answer",
            "It is over already, or was begun again in another window. Nothing was changed.",
        ),
        CallbackError::Attempt(AttemptError::OtherBrowser) => page(
            StatusCode::BAD_REQUEST,
            "This sign-in began somewhere else",
            "It can be finished only in the browser window in which it was begun. Nothing was changed. \
             If that was this one, allow cookies for this site and begin again.",
        ),
        CallbackError::Attempt(AttemptError::Expired) => page(
            StatusCode::GONE,
            "This sign-in took too long",
            "Nothing was changed. Go back to the page you came from and begin again.",
        ),
        CallbackError::NoService(_) | CallbackError::Store(_) => our_fault_page(),
    }
}

fn our_fault_page() -> Page {
    Page {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        tone: Tone::Bad,
        title: "That did not work",
        text: error_response::OUR_FAULT.to_owned(),
        window: Window::Stays,
    }
}

fn our_fault_response() -> Response {
    our_fault_page().into_response()
}
