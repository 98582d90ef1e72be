//! Attempts, and the one step in which an attempt makes a connection.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{AttemptId, ConnectionId};
use sqlx::SqliteConnection;

use super::attempt_row::{AttemptRow, columns};
use super::row::{At, to_milliseconds};
use super::{BEGIN, Sqlite, connections, credentials};
use crate::domain::attempt::{Attempt, ChoiceScreen, ExpectedStage, Outcome, SignInMethod};
use crate::domain::connection::Connection;
use crate::domain::credential::Credential;
use crate::domain::visit::VisitId;
use crate::store::{Attempts, Replaced, StoreError};
use crate::token::TokenHash;

/// The columns of an [`AttemptRow`], followed by a condition.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.connection_id, c.business_id, a.visit_id, v.strength, a.way, a.start_token, \
             a.opener_origin, a.start_proof, a.stage, a.state, a.cookie, a.verifier, a.outcome, a.answer, a.can_choose, a.expires_at \
             FROM attempts a JOIN connections c ON c.id = a.connection_id JOIN visits v ON v.id = a.visit_id ",
            $rest
        )
    };
}

pub(super) async fn replace(
    connection: &mut SqliteConnection,
    was: ExpectedStage,
    is: &Attempt,
) -> Result<Replaced, StoreError> {
    let (state, cookie, verifier, outcome) = columns(&is.stage);
    let done = sqlx::query(
        "UPDATE attempts SET stage = ?, state = ?, cookie = ?, verifier = ?, outcome = ?, expires_at = ?
         WHERE id = ? AND stage = ? AND state IS ?",
    )
    .bind(is.stage.word())
    .bind(state)
    .bind(cookie)
    .bind(verifier)
    .bind(outcome)
    .bind(to_milliseconds(is.expires_at))
    .bind(is.id.as_str())
    .bind(was.stage)
    .bind(was.state.as_ref().map(TokenHash::as_bytes))
    .execute(connection)
    .await?;
    Ok(if done.rows_affected() == 0 { Replaced::Overtaken } else { Replaced::Yes })
}

#[async_trait]
impl Attempts for Sqlite {
    async fn add_attempt(&self, attempt: &Attempt) -> Result<(), StoreError> {
        let (way, start) = match &attempt.method {
            SignInMethod::Sandbox => ("sandbox", None),
            SignInMethod::Popup(start) => ("popup", Some(start.as_bytes())),
        };
        let (state, cookie, verifier, outcome) = columns(&attempt.stage);
        sqlx::query(
            "INSERT INTO attempts (id, connection_id, visit_id, way, start_token, opener_origin, start_proof, stage,
                                   state, cookie, verifier, outcome, answer, can_choose, expires_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(attempt.id.as_str())
        .bind(attempt.connection.as_str())
        .bind(attempt.visit.as_str())
        .bind(way)
        .bind(start)
        .bind(attempt.opener.as_ref().map(|opener| opener.origin.as_str()))
        .bind(attempt.opener.as_ref().map(|opener| opener.proof.as_bytes()))
        .bind(attempt.stage.word())
        .bind(state)
        .bind(cookie)
        .bind(verifier)
        .bind(outcome)
        .bind(attempt.answer.as_deref())
        .bind(attempt.choice_screen == ChoiceScreen::Shown)
        .bind(to_milliseconds(attempt.expires_at))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    async fn attempt(&self, id: &AttemptId) -> Result<Option<Attempt>, StoreError> {
        let row: Option<AttemptRow> =
            sqlx::query_as(select!("WHERE a.id = ?")).bind(id.as_str()).fetch_optional(&self.pool).await?;
        row.map(Attempt::try_from).transpose()
    }

    async fn newest_attempt(
        &self,
        connection: &ConnectionId,
        visit: Option<&VisitId>,
    ) -> Result<Option<Attempt>, StoreError> {
        let newest = match visit {
            None => sqlx::query_as(select!("WHERE a.connection_id = ? ORDER BY a.number DESC LIMIT 1"))
                .bind(connection.as_str()),
            // The plus sign has it look among the visit's own, and not among all that others began at the connection.
            Some(visit) => sqlx::query_as(select!(
                "WHERE +a.connection_id = ? AND a.visit_id = ? ORDER BY a.number DESC LIMIT 1"
            ))
            .bind(connection.as_str())
            .bind(visit.as_str()),
        };
        let row: Option<AttemptRow> = newest.fetch_optional(&self.pool).await?;
        row.map(Attempt::try_from).transpose()
    }

    async fn attempt_starting_with(&self, start: TokenHash) -> Result<Option<Attempt>, StoreError> {
        let row: Option<AttemptRow> = sqlx::query_as(select!("WHERE a.start_token = ?"))
            .bind(start.as_bytes())
            .fetch_optional(&self.pool)
            .await?;
        row.map(Attempt::try_from).transpose()
    }

    async fn attempt_in_state(&self, state: TokenHash) -> Result<Option<Attempt>, StoreError> {
        let row: Option<AttemptRow> = sqlx::query_as(select!("WHERE a.state = ?"))
            .bind(state.as_bytes())
            .fetch_optional(&self.pool)
            .await?;
        row.map(Attempt::try_from).transpose()
    }

    async fn replace_attempt(&self, was: ExpectedStage, is: &Attempt) -> Result<Replaced, StoreError> {
        let mut connection = self.pool.acquire().await?;
        replace(&mut connection, was, is).await
    }

    async fn connect(
        &self,
        was: ExpectedStage,
        is: &Attempt,
        connection: &Connection,
        credential: Option<&Credential>,
    ) -> Result<Replaced, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        if replace(&mut transaction, was, is).await? == Replaced::Overtaken {
            return Ok(Replaced::Overtaken);
        }
        connections::write_authorization(&mut transaction, connection).await?;
        if let Some(credential) = credential {
            credentials::put(&mut transaction, credential).await?;
        }
        transaction.commit().await?;
        Ok(Replaced::Yes)
    }

    async fn sandbox_ends(&self, visit: &VisitId) -> Result<Vec<(ConnectionId, Outcome)>, StoreError> {
        let rows: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT a.id, a.connection_id, a.outcome FROM attempts a
             WHERE a.number IN (SELECT max(number) FROM attempts
                                WHERE visit_id = ? AND (way = 'sandbox' OR told = 'status') AND stage = 'ended'
                                GROUP BY +connection_id)
             AND NOT EXISTS (SELECT 1 FROM attempts later WHERE later.connection_id = a.connection_id
                               AND later.number > a.number AND later.way = 'popup')",
        )
        .bind(visit.as_str())
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|(id, connection, word)| {
                let outcome = Outcome::from_word(&word)
                    .ok_or_else(|| At { table: "attempts", id: &id }.impossible_row("outcome", word))?;
                Ok((ConnectionId::new(connection), outcome))
            })
            .collect()
    }

    async fn drop_attempts(&self, before: Timestamp) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM attempts WHERE expires_at <= ?")
            .bind(to_milliseconds(before))
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }
}
