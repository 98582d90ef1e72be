//! `/oauth/start/{token}`: the person who finishes a sign-in must be the one who began it.
//!
//! An address can be sent to somebody else, whose browser would then connect their books to the sender's business (the
//! cross-user session fixation of RFC 9700's update). So opening it changes nothing. Its page asks the page that opened it
//! for the proof that only the session's page has, and trades it here; where there is no such page or no answer, it says
//! whose sign-in this is and waits for a press. Either makes `state`, verifier and cookie, and the callback does not know
//! which it was.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use railz_connect_contract::StartProof;
use serde::Deserialize;
use serde_json::json;
use url::form_urlencoded;

use super::cookies::{PopupCookie, page_token};
use super::start_page::{leaving_page, start_page};
use crate::app::App;
use crate::domain::attempt::AttemptError;
use crate::http::audit::AuditNote;
use crate::http::error_response::{self, ErrorResponse, OUR_FAULT, RefusedFor, respond_with_error};
use crate::http::input::{Body, Path};
use crate::http::popup_page::{Page, Tone, Window, keep_private, our_fault_page};
use crate::random::RandomnessError;
use crate::services::oauth::authorize::{AuthorizationRedirect, AuthorizeError, StartedBy, authorize};
use crate::services::oauth::start::{StartDescription, describe_start};
use crate::token::{Token, TokenHash};

/// Why a popup stays where it is.
#[derive(Debug, thiserror::Error)]
pub(in crate::http) enum StartError {
    #[error("the press or the proof comes from no start page of this sign-in in this browser")]
    ForeignPage,
    #[error("the proof is no JSON of the start page's")]
    Unreadable,
    #[error(transparent)]
    Authorize(#[from] AuthorizeError),
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
}

impl ErrorResponse for StartError {
    fn status(&self) -> StatusCode {
        match self {
            Self::ForeignPage | Self::Authorize(AuthorizeError::WrongProof) => StatusCode::FORBIDDEN,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::Authorize(AuthorizeError::Attempt(_)) => StatusCode::GONE,
            Self::Authorize(AuthorizeError::Unknown) => StatusCode::NOT_FOUND,
            Self::Authorize(AuthorizeError::Overtaken) => StatusCode::CONFLICT,
            Self::Authorize(_) | Self::Randomness(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        if self.status().is_server_error() { OUR_FAULT.to_owned() } else { self.to_string() }
    }
}

respond_with_error!(StartError);

/// Shows the start page; the attempt stays as it is.
pub(in crate::http) async fn show(
    State(app): State<Arc<App>>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    page_or_refusal(make_page(&app, &token, &headers).await)
}

async fn make_page(app: &App, token: &str, headers: &HeaderMap) -> Result<Response, StartError> {
    let start = describe_start(app, TokenHash::of(token)).await?;
    let transport = app.config.public_url.transport();
    // One cookie for all pages of an attempt: a page that stands open does not die because it was opened once more.
    let cookie = match PopupCookie::StartPage.read(transport, &start.attempt, headers) {
        Some(cookie) => cookie,
        None => Token::generate()?,
    };
    let mut response = start_page(&start, &page_token(&cookie));
    PopupCookie::StartPage.set(transport, &start.attempt, &cookie, start.seconds_left, &mut response);
    Ok(response)
}

/// What the start page's script sends.
#[derive(Deserialize)]
struct ProofRequest {
    page: String,
    proof: StartProof,
}

/// Trades the opener's proof for the provider's address, and for the cookie that the callback must bring.
pub(in crate::http) async fn leave_by_proof(
    State(app): State<Arc<App>>,
    Path(token): Path<String>,
    headers: HeaderMap,
    audit: AuditNote,
    Body(body): Body,
) -> Result<Response, StartError> {
    let start = TokenHash::of(&token);
    let described = describe_start(&app, start).await?;
    note_start(&audit, &described, "by the proof of its page");
    let request: ProofRequest = serde_json::from_slice(&body).map_err(|_| StartError::Unreadable)?;
    check_page(&app, &described, &headers, &request.page)?;
    let proof = TokenHash::of(request.proof.expose());
    let redirect = authorize(&app, start, StartedBy::Proof(proof)).await?;
    let answer = Json(json!({ "location": redirect.location })).into_response();
    Ok(with_attempt_cookie(&app, &redirect, keep_private(answer)))
}

/// The person read whose sign-in it is, and goes on.
pub(in crate::http) async fn leave_by_press(
    State(app): State<Arc<App>>,
    Path(token): Path<String>,
    headers: HeaderMap,
    audit: AuditNote,
    Body(body): Body,
) -> Response {
    let left = async {
        let start = TokenHash::of(&token);
        let described = describe_start(&app, start).await?;
        note_start(&audit, &described, "by a press");
        let page = form_urlencoded::parse(&body).find(|(name, _)| name == "page");
        check_page(&app, &described, &headers, page.as_ref().map_or("", |(_, value)| value))?;
        let redirect = authorize(&app, start, StartedBy::Press).await?;
        // No redirect: the start page's `form-action` lets none through, and a page can cut the opener first.
        Ok(with_attempt_cookie(&app, &redirect, leaving_page(&redirect)))
    };
    page_or_refusal(left.await)
}

fn note_start(audit: &AuditNote, start: &StartDescription, how: &str) {
    audit.business(&start.business_uuid);
    audit.connection(&start.connection);
    audit.subject(start.attempt.as_str());
    audit.detail(how);
}

/// A page of ours in this very browser sent it: a form of another site has neither the cookie nor what derives from it.
fn check_page(
    app: &App,
    start: &StartDescription,
    headers: &HeaderMap,
    given: &str,
) -> Result<(), StartError> {
    let transport = app.config.public_url.transport();
    let cookie = PopupCookie::StartPage.read(transport, &start.attempt, headers);
    let due = cookie.map(|cookie| page_token(&cookie).hash());
    if due == Some(TokenHash::of(given)) { Ok(()) } else { Err(StartError::ForeignPage) }
}

fn with_attempt_cookie(app: &App, redirect: &AuthorizationRedirect, mut response: Response) -> Response {
    let transport = app.config.public_url.transport();
    let AuthorizationRedirect { attempt, cookie, seconds_left, .. } = redirect;
    PopupCookie::Attempt.set(transport, attempt, cookie, *seconds_left, &mut response);
    response
}

fn page_or_refusal(result: Result<Response, StartError>) -> Response {
    result.unwrap_or_else(|error| {
        error_response::log(error.status(), &error);
        let mut response = refusal_page(&error).into_response();
        response.extensions_mut().insert(RefusedFor(error.to_string()));
        response
    })
}

fn refusal_page(error: &StartError) -> Page {
    let (title, text) = match error {
        StartError::Authorize(AuthorizeError::Attempt(AttemptError::Expired)) => {
            ("This sign-in took too long", "Go back to the page you came from and begin again.")
        }
        StartError::Authorize(AuthorizeError::Attempt(_)) => (
            "This sign-in is over",
            "Go back to the page you came from to see how it ended, or begin again there.",
        ),
        StartError::Authorize(AuthorizeError::Unknown) => (
            "There is no sign-in here",
            "The address is wrong or too old. Go back to the page you came from and begin again.",
        ),
        StartError::Authorize(AuthorizeError::Overtaken) => {
            ("This sign-in is open in another window", "Go on there, or close that window and begin again.")
        }
        StartError::ForeignPage => (
            "This press did not come from our page",
            "Nothing was changed. If you pressed the button here yourself, allow cookies for this site, go back to the \
             page you came from and begin again.",
        ),
        _ => return our_fault_page(),
    };
    Page { status: error.status(), tone: Tone::Neutral, title, text: text.to_owned(), window: Window::Stays }
}
