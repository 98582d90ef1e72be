//! `POST /sandbox/login/{attemptId}`: a use case is posted instead of anybody signing in.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use railz_connect_contract::{AttemptId, SandboxLogin, UseCase};
use serde_json::{Value, json};

use super::bearer::Bearer;
use super::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use super::input::{Body, Path};
use crate::access::rights::{SignInRight, may_follow, play_right};
use crate::app::App;
use crate::domain::attempt::{AttemptError, Outcome, Refusal, SignInMethod};
use crate::domain::company::CompanyBinding;
use crate::services::{company, sandbox};
use crate::store::{Replaced, StoreError};

/// Why a use case is not played.
#[derive(Debug, thiserror::Error)]
pub(super) enum SandboxError {
    #[error("this session began no such sandbox sign-in")]
    NoAttempt,
    #[error("the body is not {{\"code\": …}} with one of {}", words())]
    Body,
    #[error(transparent)]
    Attempt(#[from] AttemptError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn words() -> String {
    UseCase::ALL.map(UseCase::as_str).join(", ")
}

impl ErrorResponse for SandboxError {
    fn status(&self) -> StatusCode {
        match self {
            Self::NoAttempt => StatusCode::NOT_FOUND,
            Self::Body => StatusCode::BAD_REQUEST,
            Self::Attempt(AttemptError::Expired) => StatusCode::GONE,
            Self::Attempt(AttemptError::Ended | AttemptError::OtherBrowser) => StatusCode::CONFLICT,
            Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Store(_) => OUR_FAULT.to_owned(),
            other => other.to_string(),
        }
    }
}

respond_with_error!(SandboxError);

/// Plays a use case.
pub(super) async fn login(
    State(app): State<Arc<App>>,
    bearer: Bearer,
    Path(attempt): Path<String>,
    Body(body): Body,
) -> Result<Json<Value>, SandboxError> {
    let login: SandboxLogin = serde_json::from_slice(&body).map_err(|_| SandboxError::Body)?;
    let found = app.store.attempt(&AttemptId::new(&attempt)).await?;
    let attempt = found
        .filter(|found| found.business == bearer.visit.business && found.method == SignInMethod::Sandbox)
        .filter(|found| may_follow(bearer.visit.visitor(), found))
        .ok_or(SandboxError::NoAttempt)?;
    let connection = app.store.connection(&attempt.connection).await?;
    let connection = connection.ok_or(SandboxError::NoAttempt)?;
    bearer.audit.connection(&connection.id);
    let was = attempt.expected_stage();
    let now = app.now();
    // Whoever began before the owner may have nothing to play with any more.
    let outcome = match (Outcome::of(login.code), play_right(bearer.visit.visitor(), &connection)) {
        (Outcome::Connected, SignInRight::Nothing) => Outcome::Refused(Refusal::DifferentAccount),
        (outcome, _) => outcome,
    };
    let attempt = attempt.post_use_case(outcome, now)?;
    let replaced = match outcome {
        Outcome::Connected => {
            let binding = company::read_binding(&app, &connection.id).await?;
            let binding = CompanyBinding { service_data: sandbox::service_data(login.code), ..binding };
            if app.store.put_binding(&binding).await? == Replaced::Overtaken {
                return Err(SandboxError::Attempt(AttemptError::Ended));
            }
            app.store
                .connect(was, &attempt, &connection.authorised(Some(bearer.visit.visitor()), now, None), None)
                .await?
        }
        Outcome::ChoiceDue | Outcome::Refused(_) | Outcome::Failed(_) => {
            app.store.replace_attempt(was, &attempt).await?
        }
    };
    if replaced == Replaced::Overtaken {
        return Err(SandboxError::Attempt(AttemptError::Ended));
    }
    bearer.audit.detail(outcome.word());
    tracing::info!(attempt = %attempt.id, outcome = outcome.word(), "a sandbox sign-in ended");
    app.notifier.notify(&attempt.id);
    Ok(Json(json!({})))
}
