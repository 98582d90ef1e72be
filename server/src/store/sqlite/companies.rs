//! Companies: what connections are tied to, and choices among several.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{AttemptId, BusinessUuid, ConnectionId};
use sqlx::SqliteConnection;

use super::row::{At, written};
use super::{BEGIN, Sqlite, attempts, connections, credentials};
use crate::domain::attempt::{Attempt, Mark, Outcome, Refusal};
use crate::domain::company::{AddressVariables, Choice, Company, Tie};
use crate::domain::connection::{AuthorizationState, Connection};
use crate::domain::credential::Credential;
use crate::store::{BindOutcome, Companies, Replaced, StoreError};

#[derive(sqlx::FromRow)]
struct TieRow {
    connection_id: String,
    company_id: Option<String>,
    company_name: Option<String>,
    company_number: Option<String>,
    place: String,
    missing_scopes: String,
}

impl TryFrom<TieRow> for Tie {
    type Error = StoreError;

    fn try_from(row: TieRow) -> Result<Self, StoreError> {
        let at = At { table: "ties", id: &row.connection_id };
        let place: AddressVariables =
            serde_json::from_str(&row.place).map_err(|error| at.impossible("place", error.to_string()))?;
        let missing_scopes = serde_json::from_str(&row.missing_scopes)
            .map_err(|error| at.impossible("missing_scopes", error.to_string()))?;
        let company = match (row.company_id, row.company_name, row.company_number) {
            (Some(id), name, number) => {
                Some(Company { id, name, number, facts: AddressVariables::default() })
            }
            (None, None, None) => None,
            (None, ..) => return Err(at.impossible("company_id", "is NULL where name or number is set")),
        };
        Ok(Self { connection: ConnectionId::new(row.connection_id), company, place, missing_scopes })
    }
}

#[derive(sqlx::FromRow)]
struct ChoiceRow {
    connection_id: String,
    attempt_id: String,
    companies: String,
    expires_at: i64,
}

impl TryFrom<ChoiceRow> for Choice {
    type Error = StoreError;

    fn try_from(row: ChoiceRow) -> Result<Self, StoreError> {
        let at = At { table: "choices", id: &row.connection_id };
        let companies = serde_json::from_str(&row.companies)
            .map_err(|error| at.impossible("companies", error.to_string()))?;
        let expires_at = at.moment("expires_at", row.expires_at)?;
        Ok(Self {
            connection: ConnectionId::new(row.connection_id),
            attempt: AttemptId::new(row.attempt_id),
            companies,
            expires_at,
        })
    }
}

/// JSON of our own making; maps of texts cannot fail.
fn json(value: &impl serde::Serialize, at: At<'_>, column: &'static str) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| at.impossible(column, error.to_string()))
}

async fn put_tie(connection: &mut SqliteConnection, tie: &Tie) -> Result<(), StoreError> {
    let id = tie.connection.as_str();
    let at = At { table: "ties", id };
    let place = json(&tie.place, at, "place")?;
    let missing_scopes = json(&tie.missing_scopes, at, "missing_scopes")?;
    sqlx::query(
        "INSERT INTO ties (connection_id, service, company_id, company_name, company_number, place, missing_scopes)
         SELECT id, service, ?, ?, ?, ?, ? FROM connections WHERE id = ?
         ON CONFLICT (connection_id) DO UPDATE SET company_id = excluded.company_id,
             company_name = excluded.company_name, company_number = excluded.company_number,
             place = excluded.place, missing_scopes = excluded.missing_scopes",
    )
    .bind(tie.company.as_ref().map(|company| &company.id))
    .bind(tie.company.as_ref().and_then(|company| company.name.as_ref()))
    .bind(tie.company.as_ref().and_then(|company| company.number.as_ref()))
    .bind(place)
    .bind(missing_scopes)
    .bind(id)
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends the choice of a connection, if one is due.
pub(super) async fn close_choice(
    connection: &mut SqliteConnection,
    id: &ConnectionId,
) -> Result<bool, StoreError> {
    let done = sqlx::query("DELETE FROM choices WHERE connection_id = ?")
        .bind(id.as_str())
        .execute(connection)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Whether another business of the same widget has this company connected.
async fn is_elsewhere(
    connection: &mut SqliteConnection,
    mine: &Connection,
    tie: &Tie,
) -> Result<bool, StoreError> {
    let (Some(company), AuthorizationState::Active { since, .. }) = (&tie.company, mine.authorization) else {
        return Ok(false);
    };
    let found: Option<i64> = sqlx::query_scalar(
        "SELECT 1 FROM ties t
         JOIN connections c ON c.id = t.connection_id
         JOIN businesses b ON b.id = c.business_id
         WHERE t.service = ? AND t.company_id = ? AND c.business_id <> ?
         AND c.channel = 'service' AND c.standing = 'active' AND c.expires_at > ?
         AND b.widget_id = (SELECT widget_id FROM businesses WHERE id = ?) LIMIT 1",
    )
    .bind(mine.service.as_str())
    .bind(&company.id)
    .bind(mine.business.as_str())
    .bind(written(since))
    .bind(mine.business.as_str())
    .fetch_optional(connection)
    .await?;
    Ok(found.is_some())
}

/// Whether the connection was tied meanwhile, to another company than this.
async fn is_tied_to_another(connection: &mut SqliteConnection, tie: &Tie) -> Result<bool, StoreError> {
    let tied: Option<Option<String>> =
        sqlx::query_scalar("SELECT company_id FROM ties WHERE connection_id = ?")
            .bind(tie.connection.as_str())
            .fetch_optional(connection)
            .await?;
    Ok(tied.flatten().is_some_and(|tied| Some(&tied) != tie.company.as_ref().map(|company| &company.id)))
}

#[async_trait]
impl Companies for Sqlite {
    async fn tie(&self, connection: &ConnectionId) -> Result<Option<Tie>, StoreError> {
        let row: Option<TieRow> = sqlx::query_as(
            "SELECT connection_id, company_id, company_name, company_number, place, missing_scopes
             FROM ties WHERE connection_id = ?",
        )
        .bind(connection.as_str())
        .fetch_optional(&self.pool)
        .await?;
        row.map(Tie::try_from).transpose()
    }

    async fn choice(&self, connection: &ConnectionId, now: Timestamp) -> Result<Option<Choice>, StoreError> {
        let row: Option<ChoiceRow> = sqlx::query_as(
            "SELECT connection_id, attempt_id, companies, expires_at FROM choices
             WHERE connection_id = ? AND expires_at > ?",
        )
        .bind(connection.as_str())
        .bind(written(now))
        .fetch_optional(&self.pool)
        .await?;
        row.map(Choice::try_from).transpose()
    }

    async fn ties_of(&self, business: &BusinessUuid) -> Result<Vec<Tie>, StoreError> {
        let rows: Vec<TieRow> = sqlx::query_as(
            "SELECT t.connection_id, t.company_id, t.company_name, t.company_number, t.place, t.missing_scopes
             FROM ties t
             JOIN connections c ON c.id = t.connection_id WHERE c.business_id = ?",
        )
        .bind(business.as_str())
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(Tie::try_from).collect()
    }

    async fn choices_of(&self, business: &BusinessUuid, now: Timestamp) -> Result<Vec<Choice>, StoreError> {
        let rows: Vec<ChoiceRow> = sqlx::query_as(
            "SELECT h.connection_id, h.attempt_id, h.companies, h.expires_at FROM choices h
             JOIN connections c ON c.id = h.connection_id WHERE c.business_id = ? AND h.expires_at > ?",
        )
        .bind(business.as_str())
        .bind(written(now))
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(Choice::try_from).collect()
    }

    async fn settle(
        &self,
        was: Mark,
        is: &Attempt,
        connection: &Connection,
        credential: &Credential,
        tie: &Tie,
    ) -> Result<BindOutcome, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        if is_elsewhere(&mut transaction, connection, tie).await? {
            return Ok(BindOutcome::Duplicate);
        }
        if is_tied_to_another(&mut transaction, tie).await?
            || attempts::replace(&mut transaction, was, is).await? == Replaced::Overtaken
        {
            return Ok(BindOutcome::Overtaken);
        }
        connections::stand(&mut transaction, connection).await?;
        credentials::put(&mut transaction, credential).await?;
        put_tie(&mut transaction, tie).await?;
        close_choice(&mut transaction, &connection.id).await?;
        transaction.commit().await?;
        Ok(BindOutcome::Yes)
    }

    async fn offer(
        &self,
        was: Mark,
        is: &Attempt,
        credential: &Credential,
        tie: &Tie,
        choice: &Choice,
    ) -> Result<Replaced, StoreError> {
        let id = choice.connection.as_str();
        let companies = json(&choice.companies, At { table: "choices", id }, "companies")?;
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        if is_tied_to_another(&mut transaction, tie).await?
            || attempts::replace(&mut transaction, was, is).await? == Replaced::Overtaken
        {
            return Ok(Replaced::Overtaken);
        }
        credentials::put(&mut transaction, credential).await?;
        put_tie(&mut transaction, tie).await?;
        sqlx::query(
            "INSERT INTO choices (connection_id, attempt_id, companies, expires_at) VALUES (?, ?, ?, ?)
             ON CONFLICT (connection_id) DO UPDATE SET attempt_id = excluded.attempt_id,
                 companies = excluded.companies, expires_at = excluded.expires_at",
        )
        .bind(id)
        .bind(choice.attempt.as_str())
        .bind(companies)
        .bind(written(choice.expires_at))
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(Replaced::Yes)
    }

    async fn choose(
        &self,
        choice: &Choice,
        connection: &Connection,
        tie: &Tie,
    ) -> Result<BindOutcome, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let done = sqlx::query("DELETE FROM choices WHERE connection_id = ? AND attempt_id = ?")
            .bind(choice.connection.as_str())
            .bind(choice.attempt.as_str())
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(BindOutcome::Overtaken);
        }
        let duplicate = is_elsewhere(&mut transaction, connection, tie).await?;
        let (outcome, settled) = if duplicate {
            forget_unproven(&mut transaction, &connection.id).await?;
            (Outcome::Refused(Refusal::DuplicateAccount), BindOutcome::Duplicate)
        } else {
            connections::stand(&mut transaction, connection).await?;
            put_tie(&mut transaction, tie).await?;
            (Outcome::Connected, BindOutcome::Yes)
        };
        sqlx::query("UPDATE attempts SET outcome = ?, told = 'status' WHERE id = ? AND stage = 'ended'")
            .bind(outcome.word())
            .bind(choice.attempt.as_str())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(settled)
    }

    async fn choices_over(&self, now: Timestamp) -> Result<Vec<ConnectionId>, StoreError> {
        let ids: Vec<String> = sqlx::query_scalar("SELECT connection_id FROM choices WHERE expires_at <= ?")
            .bind(written(now))
            .fetch_all(&self.pool)
            .await?;
        Ok(ids.into_iter().map(ConnectionId::new).collect())
    }

    async fn drop_choices(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let ids: Vec<String> =
            sqlx::query_scalar("DELETE FROM choices WHERE expires_at <= ? RETURNING connection_id")
                .bind(written(now))
                .fetch_all(&mut *transaction)
                .await?;
        for id in &ids {
            forget_unproven(&mut transaction, &ConnectionId::new(id)).await?;
        }
        transaction.commit().await?;
        Ok(u64::try_from(ids.len()).unwrap_or(u64::MAX))
    }
}

/// Forgets the credential and the place of a connection that nobody finished.
async fn forget_unproven(connection: &mut SqliteConnection, id: &ConnectionId) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM credentials WHERE connection_id IN
         (SELECT id FROM connections WHERE id = ? AND standing = 'unproven')",
        "DELETE FROM ties WHERE connection_id IN
         (SELECT id FROM connections WHERE id = ? AND standing = 'unproven')",
    ] {
        sqlx::query(statement).bind(id.as_str()).execute(&mut *connection).await?;
    }
    Ok(())
}
