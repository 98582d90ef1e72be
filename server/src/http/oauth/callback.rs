//! `GET /oauth/callback`: the popup comes back from the provider, and its page says in words how the sign-in ended.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use railz_connect_contract::ServiceName;
use url::form_urlencoded;

use super::cookies::PopupCookie;
use crate::app::App;
use crate::domain::attempt::{AttemptError, Outcome, Refusal};
use crate::domain::audit_event::AuditOutcome;
use crate::http::audit::AuditNote;
use crate::http::error_response::{self, RefusedFor};
use crate::http::input::Path;
use crate::http::popup_page::{Page, Tone, Window, our_fault_page};
use crate::services::oauth::callback::{CallbackError, ConnectedCompany, FinishedSignIn, handle_callback};
use crate::services::oauth::callback_query::CallbackQuery;

/// Takes the popup back, at the address that services share.
pub(in crate::http) async fn callback(
    app: State<Arc<App>>,
    query: RawQuery,
    headers: HeaderMap,
    audit: AuditNote,
) -> Response {
    take_back(app, None, query, headers, audit).await
}

/// Takes the popup back, at a service's own address.
pub(in crate::http) async fn callback_of_service(
    app: State<Arc<App>>,
    Path(service): Path<ServiceName>,
    query: RawQuery,
    headers: HeaderMap,
    audit: AuditNote,
) -> Response {
    take_back(app, Some(service), query, headers, audit).await
}

async fn take_back(
    State(app): State<Arc<App>>,
    arrived_at: Option<ServiceName>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    audit: AuditNote,
) -> Response {
    let answer = CallbackQuery { arrived_at, ..read(query.as_deref().unwrap_or_default()) };
    let transport = app.config.public_url.transport();
    // On a task of its own: a person who closes the window meanwhile does not undo what the provider has granted.
    let task = app.finishing.spawn({
        let app = app.clone();
        let cookie_of = move |attempt: &_| {
            PopupCookie::Attempt.read(transport, attempt, &headers).map(|cookie| cookie.hash())
        };
        async move {
            let handled = handle_callback(&app, answer, cookie_of).await;
            if let Ok(finished) = &handled {
                write_down(&app, &audit, finished).await;
            }
            handled
        }
    });
    match task.await {
        Ok(Ok(finished)) => {
            let mut response = ended_page(&finished).into_response();
            for cookie in [PopupCookie::Attempt, PopupCookie::StartPage] {
                cookie.remove(transport, &finished.attempt, &mut response);
            }
            response
        }
        Ok(Err(error)) => {
            let page = lost_page(&error);
            error_response::log(page.status, &error);
            let mut response = page.into_response();
            response.extensions_mut().insert(RefusedFor(error.to_string()));
            response
        }
        Err(error) => {
            tracing::error!(%error, "a callback broke");
            our_fault_page().into_response()
        }
    }
}

/// Writes the end of a sign-in into the audit, whether or not a window is still there to see it.
async fn write_down(app: &App, audit: &AuditNote, finished: &FinishedSignIn) {
    audit.service(&finished.service_id);
    audit.business(&finished.business);
    audit.connection(&finished.connection);
    audit.subject(finished.attempt.as_str());
    audit.detail(finished.outcome.word());
    let outcome = match finished.outcome {
        Outcome::Connected | Outcome::ChoiceDue => AuditOutcome::Done,
        Outcome::Refused(_) => AuditOutcome::Refused,
        Outcome::Failed(_) => AuditOutcome::Failed,
    };
    audit.write(app, outcome).await;
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
        arrived_at: None,
        query,
    }
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
        Outcome::Connected if finished.company == ConnectedCompany::Unknown => (
            Tone::Good,
            "You are connected",
            format!(
                "{service} is connected. It does not tell which company this is: if another one was connected here before, this \
                 sign-in took its place. The page you came from goes on by itself."
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
        Outcome::Refused(Refusal::ConnectedHere) => (
            Tone::Neutral,
            "Connected already",
            format!("This company of {service} is connected already. You find it on the page you came from."),
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

fn lost_page(error: &CallbackError) -> Page {
    let page = |status, title, text: &str| Page {
        status,
        tone: Tone::Bad,
        title,
        text: text.to_owned(),
        window: Window::Stays,
    };
    match error {
        CallbackError::UnknownState
        | CallbackError::OtherAddress(_)
        | CallbackError::Attempt(AttemptError::Ended) => page(
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
