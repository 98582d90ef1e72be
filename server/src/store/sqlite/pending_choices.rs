//! The rows of choices among several companies that are still open.

use railz_connect_contract::{AttemptId, ConnectionId};
use sqlx::SqliteConnection;

use super::row::{At, to_milliseconds};
use crate::domain::company::{ChoiceOrigin, PendingChoice};
use crate::domain::connection::Connection;
use crate::domain::visit::VisitId;
use crate::store::StoreError;

#[derive(sqlx::FromRow)]
pub(super) struct PendingChoiceRow {
    connection_id: String,
    attempt_id: Option<String>,
    sealed_credentials: Option<String>,
    companies: String,
    expires_at: i64,
    visit_id: Option<String>,
}

impl TryFrom<PendingChoiceRow> for PendingChoice {
    type Error = StoreError;

    fn try_from(row: PendingChoiceRow) -> Result<Self, StoreError> {
        let at = At { table: "pending_choices", id: &row.connection_id };
        let companies = at.json("companies", &row.companies)?;
        let expires_at = at.moment("expires_at", row.expires_at)?;
        let origin = match (row.attempt_id, row.sealed_credentials) {
            (Some(attempt), None) => ChoiceOrigin::SignIn(AttemptId::new(attempt)),
            (None, Some(sealed)) => ChoiceOrigin::Credentials(sealed),
            (Some(_), Some(_)) | (None, None) => {
                return Err(
                    at.impossible_row("attempt_id", "and sealed_credentials are both set or both NULL")
                );
            }
        };
        let visit = row.visit_id.map(VisitId::new);
        Ok(Self { connection: ConnectionId::new(row.connection_id), origin, visit, companies, expires_at })
    }
}

/// Writes a choice over an older one of the same connection: after typed credentials over that of the same visit, after a
/// sign-in over all.
pub(super) async fn put(connection: &mut SqliteConnection, choice: &PendingChoice) -> Result<(), StoreError> {
    let at = At { table: "pending_choices", id: choice.connection.as_str() };
    let (attempt, sealed) = match &choice.origin {
        ChoiceOrigin::SignIn(attempt) => (Some(attempt.as_str()), None),
        ChoiceOrigin::Credentials(sealed) => (None, Some(sealed.as_str())),
    };
    let visit = choice.visit.as_ref().map(VisitId::as_str);
    sqlx::query(
        "DELETE FROM pending_choices
         WHERE connection_id = ? AND (attempt_id IS NOT NULL OR visit_id IS ? OR ? IS NOT NULL)",
    )
    .bind(choice.connection.as_str())
    .bind(visit)
    .bind(attempt)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO pending_choices
             (connection_id, attempt_id, sealed_credentials, companies, expires_at, visit_id)
         VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(choice.connection.as_str())
    .bind(attempt)
    .bind(sealed)
    .bind(at.to_json("companies", &choice.companies)?)
    .bind(to_milliseconds(choice.expires_at))
    .bind(visit)
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends the choices that a new authorisation of a connection answers: that of the visit that authorised it, and whatever no
/// other visit has typed credentials for.
pub(super) async fn close_of_visit(
    connection: &mut SqliteConnection,
    authorised: &Connection,
) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM pending_choices
         WHERE connection_id = ? AND (attempt_id IS NOT NULL OR visit_id IS NULL OR visit_id = ?)",
    )
    .bind(authorised.id.as_str())
    .bind(authorised.signed_in_visit.as_ref().map(VisitId::as_str))
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends all choices of a connection.
pub(super) async fn close(connection: &mut SqliteConnection, id: &ConnectionId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM pending_choices WHERE connection_id = ?")
        .bind(id.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends the very choice that this attempt led to; false where it is over.
pub(super) async fn take(
    connection: &mut SqliteConnection,
    choice: &PendingChoice,
) -> Result<bool, StoreError> {
    let done = sqlx::query("DELETE FROM pending_choices WHERE connection_id = ? AND attempt_id = ?")
        .bind(choice.connection.as_str())
        .bind(choice.attempt().map(AttemptId::as_str))
        .execute(connection)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Forgets the tokens and the address variables of a connection that a sign-in began and nobody finished.
pub(super) async fn forget_unfinished(
    connection: &mut SqliteConnection,
    id: &ConnectionId,
) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM credentials WHERE connection_id IN
         (SELECT id FROM connections WHERE id = ? AND standing = 'unproven')",
        "DELETE FROM company_bindings WHERE connection_id IN
         (SELECT id FROM connections WHERE id = ? AND standing = 'unproven')",
    ] {
        sqlx::query(statement).bind(id.as_str()).execute(&mut *connection).await?;
    }
    Ok(())
}
