//! `GET /widget/connection/updates/{connectionId}?timeoutInMs=N[&attemptId=…]`: waits for the end of one attempt.
//!
//! The answer is about that attempt only, so that an older active connection can't pass for the new one. It is woken the
//! moment a callback has finished and reads the database now and then in any case. Without `attemptId` (clients of 2.23)
//! it is about the newest attempt at the connection that the visit may follow (`access/rights.rs`). So many polls are held at
//! once (`held_polls.rs`); what is beyond hears soon that nothing has happened yet, and asks again.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use railz_connect_contract::{self as contract, AttemptId, CONNECTION_TIMEOUT, ConnectionId};
use serde::Deserialize;
use tokio::time::{Instant, sleep_until};

use super::bearer::Bearer;
use super::error_response::{ErrorResponse, NoRefusal, OUR_FAULT, refuse};
use super::input::{Path, Query};
use super::widget_connections::ConnectionList;
use crate::access::rights::{followed_visit, may_follow};
use crate::app::App;
use crate::domain::attempt::{Attempt, Outcome};
use crate::domain::connection::Connection;
use crate::store::StoreError;

/// The longest that a request is held.
const LONGEST: Duration = Duration::from_mins(10);

/// How long a request is held that does not say; what clients of 2.23 wait.
const USUAL: Duration = Duration::from_mins(2);

/// How long a request without a place is held that names no attempt: clients of 2.23 ask again in the same moment. Our widget
/// names it, and rests by itself.
const WITHOUT_A_PLACE: Duration = Duration::from_secs(1);

/// The query of a poll.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UpdatesQuery {
    /// Browsers send fractions: 1.1 seconds are 1100.0000000000002 milliseconds there.
    timeout_in_ms: Option<f64>,
    attempt_id: Option<String>,
}

/// Why a poll is answered with an error.
#[derive(Debug, thiserror::Error)]
pub(super) enum UpdatesError {
    #[error("timeoutInMs is not a number of milliseconds, such as 120000")]
    Wait,
    #[error("nothing happened to {0} in the time asked for")]
    Timeout(AttemptId),
    #[error("this business has no such connection")]
    NoConnection,
    #[error("this visit began no such attempt at this connection")]
    NoAttempt,
    #[error("the time of attempt {0} is over")]
    Over(AttemptId),
    #[error("attempt {attempt} failed: {message}")]
    Failed { attempt: AttemptId, message: String },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ErrorResponse for UpdatesError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Wait => StatusCode::BAD_REQUEST,
            Self::Timeout(_) | Self::NoConnection | Self::NoAttempt => StatusCode::NOT_FOUND,
            Self::Over(_) => StatusCode::GONE,
            Self::Failed { .. } => StatusCode::BAD_GATEWAY,
            Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Timeout(_) => CONNECTION_TIMEOUT.to_owned(),
            Self::Over(_) => "The sign-in took too long. Please begin again.".to_owned(),
            Self::Failed { message, .. } => message.clone(),
            Self::Wait | Self::NoConnection | Self::NoAttempt => self.to_string(),
            Self::Store(_) => OUR_FAULT.to_owned(),
        }
    }
}

impl IntoResponse for UpdatesError {
    fn into_response(self) -> Response {
        let mut response = refuse(&self);
        if matches!(self, Self::Timeout(_) | Self::Over(_)) {
            response.extensions_mut().insert(NoRefusal);
        }
        response
    }
}

/// What the answer to a poll would say now.
enum Progress {
    NothingYet,
    Entry(Box<contract::Connection>),
    Failed(String),
    Over,
}

type UpdatesResponse = Json<Option<contract::Connection>>;

/// Answers as soon as the attempt has ended, or with the timeout (contract rules P1 to P4).
pub(super) async fn wait(
    State(app): State<Arc<App>>,
    bearer: Bearer,
    Path(connection): Path<String>,
    Query(query): Query<UpdatesQuery>,
) -> Result<UpdatesResponse, UpdatesError> {
    let hold = query.timeout_in_ms.map_or(Ok(USUAL), hold)?;
    // Listening begins before the first look, so that nothing can happen unheard in between.
    let mut listener = app.notifier.listen();
    let attempt_id = query.attempt_id.filter(|id| !id.is_empty());
    let Some(attempt) = find(&app, &bearer, connection, attempt_id.as_deref()).await? else {
        return if hold.is_zero() { Ok(Json(None)) } else { Err(UpdatesError::Over(AttemptId::default())) };
    };
    let place = if hold.is_zero() { None } else { app.held_polls.take(&bearer.visit.id) };
    let deadline = Instant::now()
        + match (&place, &attempt_id) {
            (Some(_), _) => hold,
            (None, Some(_)) => Duration::ZERO,
            (None, None) => hold.min(WITHOUT_A_PLACE),
        };
    loop {
        let (attempt, connection) = read(&app, &attempt).await?;
        let now = app.now();
        match progress(&app, &bearer, &attempt, &connection, now).await? {
            Progress::Entry(entry) => return Ok(Json(Some(*entry))),
            // Clients of 2.23 ask to be answered at once after "go back", and take any error there for a second failure.
            Progress::Failed(_) | Progress::Over if hold.is_zero() && attempt_id.is_none() => {
                return Ok(Json(None));
            }
            Progress::Failed(message) => return Err(UpdatesError::Failed { attempt: attempt.id, message }),
            Progress::Over => return Err(UpdatesError::Over(attempt.id)),
            Progress::NothingYet if hold.is_zero() => return Ok(Json(None)),
            Progress::NothingYet if Instant::now() >= deadline => {
                return Err(UpdatesError::Timeout(attempt.id));
            }
            Progress::NothingYet => {}
        }
        let next = deadline.min(Instant::now() + app.timing.reread_interval).min(end_of_life(&attempt, now));
        tokio::select! {
            () = listener.wait_for(&attempt.id) => {}
            () = sleep_until(next) => {}
            // The server ends: the client is told to ask again, and finds the next server.
            () = app.ending.cancelled() => return Err(UpdatesError::Timeout(attempt.id)),
        }
    }
}

/// How long a request waits; not at all where the number is zero or less (contract rule P2).
fn hold(milliseconds: f64) -> Result<Duration, UpdatesError> {
    let finite = milliseconds.is_finite().then_some(milliseconds).ok_or(UpdatesError::Wait)?;
    Ok(Duration::from_secs_f64((finite / 1000.0).clamp(0.0, LONGEST.as_secs_f64())))
}

/// When the attempt's time is over, on the timer's scale.
fn end_of_life(attempt: &Attempt, now: Timestamp) -> Instant {
    let left = attempt.expires_at.as_millisecond() - now.as_millisecond();
    Instant::now() + Duration::from_millis(u64::try_from(left).unwrap_or(0).max(1))
}

/// The attempt asked for, else the newest one, if any is still remembered.
async fn find(
    app: &App,
    bearer: &Bearer,
    connection: String,
    attempt: Option<&str>,
) -> Result<Option<Attempt>, UpdatesError> {
    let id = ConnectionId::new(&connection);
    let found = app.store.connection(&id).await?;
    if found.is_none_or(|found| found.business != bearer.visit.business) {
        return Err(UpdatesError::NoConnection);
    }
    let visitor = bearer.visit.visitor();
    let Some(attempt) = attempt else {
        return Ok(app.store.newest_attempt(&id, followed_visit(visitor)).await?);
    };
    let found = app.store.attempt(&AttemptId::new(attempt)).await?;
    let found = found.filter(|found| found.connection == id && may_follow(visitor, found));
    found.map(Some).ok_or(UpdatesError::NoAttempt)
}

/// The attempt and its connection as they are now.
async fn read(app: &App, attempt: &Attempt) -> Result<(Attempt, Connection), UpdatesError> {
    let now = app.store.attempt(&attempt.id).await?;
    let connection = app.store.connection(&attempt.connection).await?;
    now.zip(connection).ok_or_else(|| UpdatesError::Over(attempt.id.clone()))
}

async fn progress(
    app: &App,
    bearer: &Bearer,
    attempt: &Attempt,
    connection: &Connection,
    now: Timestamp,
) -> Result<Progress, StoreError> {
    Ok(match attempt.outcome() {
        Some(outcome @ (Outcome::ChoiceDue | Outcome::Connected)) => {
            // Only what ends a poll asks for companies and choices: most reads find that nothing has happened.
            let list = ConnectionList::read(app, &bearer.visit, &bearer.widget, now).await?;
            let entry = match outcome {
                Outcome::ChoiceDue => list.own_pending_entry(connection),
                _ => list.entry(connection),
            };
            entry.map_or(Progress::Over, |entry| Progress::Entry(Box::new(entry)))
        }
        Some(Outcome::Refused(refusal)) => {
            Progress::Entry(Box::new(connection.refused_entry(&bearer.widget, refusal)))
        }
        Some(Outcome::Failed(failure)) => {
            Progress::Failed(failure.message(&app.config.services.display_name(&connection.service)))
        }
        None if attempt.expires_at <= now => Progress::Over,
        None => Progress::NothingYet,
    })
}
