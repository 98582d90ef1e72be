//! The steps in which connections get their companies, each one transaction.
//!
//! `company_bindings.rs` and `pending_choices.rs` have the rows.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{AttemptId, BusinessUuid, ConnectionId, ServiceName};

use super::company_bindings::{self, CompanyBindingRow};
use super::pending_choices::{self, PendingChoiceRow};
use super::row::to_milliseconds;
use super::{BEGIN, Sqlite, connections, credentials};
use crate::domain::attempt::{Outcome, Refusal};
use crate::domain::company::{CompanyBinding, PendingChoice};
use crate::domain::connection::Connection;
use crate::domain::credential::Credential;
use crate::store::{BindOutcome, BindingGuard, Companies, Replaced, StoreError};

#[async_trait]
impl Companies for Sqlite {
    async fn binding(&self, connection: &ConnectionId) -> Result<Option<CompanyBinding>, StoreError> {
        let row: Option<CompanyBindingRow> =
            sqlx::query_as("SELECT * FROM company_bindings WHERE connection_id = ?")
                .bind(connection.as_str())
                .fetch_optional(&self.pool)
                .await?;
        row.map(CompanyBinding::try_from).transpose()
    }

    async fn bindings_of(&self, business: &BusinessUuid) -> Result<Vec<CompanyBinding>, StoreError> {
        let rows: Vec<CompanyBindingRow> = sqlx::query_as(
            "SELECT d.* FROM company_bindings d JOIN connections c ON c.id = d.connection_id
             WHERE c.business_id = ?",
        )
        .bind(business.as_str())
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(CompanyBinding::try_from).collect()
    }

    async fn put_binding(&self, binding: &CompanyBinding) -> Result<Replaced, StoreError> {
        let mut connection = self.pool.acquire().await?;
        company_bindings::replace(&mut connection, BindingGuard::Version, binding).await
    }

    async fn bind(
        &self,
        guard: BindingGuard<'_>,
        connection: &Connection,
        credential: Option<&Credential>,
        binding: &CompanyBinding,
    ) -> Result<BindOutcome, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        if company_bindings::is_duplicate(&mut transaction, connection, binding).await? {
            return Ok(BindOutcome::Duplicate);
        }
        if company_bindings::replace(&mut transaction, guard, binding).await? == Replaced::Overtaken {
            return Ok(BindOutcome::Overtaken);
        }
        connections::write_authorization(&mut transaction, connection).await?;
        if let Some(credential) = credential {
            credentials::put(&mut transaction, credential).await?;
        }
        pending_choices::close_of_visit(&mut transaction, connection).await?;
        transaction.commit().await?;
        Ok(BindOutcome::Bound)
    }

    async fn untie(&self, id: &ConnectionId, now: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        // First, so that what webhooks are told names the company.
        connections::untie(&mut transaction, id, now).await?;
        company_bindings::forget(&mut transaction, id).await?;
        credentials::forget(&mut transaction, id).await?;
        pending_choices::close(&mut transaction, id).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn find_connected_elsewhere(
        &self,
        mine: &Connection,
        identity: &str,
        now: Timestamp,
    ) -> Result<Option<ConnectionId>, StoreError> {
        let mut connection = self.pool.acquire().await?;
        company_bindings::find_connected_elsewhere(&mut connection, mine, identity, now).await
    }

    async fn is_company_in_use(&self, service: &ServiceName, company: &str) -> Result<bool, StoreError> {
        let found: Option<i64> = sqlx::query_scalar(
            "SELECT 1 FROM company_bindings d JOIN connections c ON c.id = d.connection_id
             JOIN credentials k ON k.connection_id = c.id
             WHERE c.service = ? AND d.company_id = ? LIMIT 1",
        )
        .bind(service.as_str())
        .bind(company)
        .fetch_optional(&self.pool)
        .await?;
        Ok(found.is_some())
    }

    async fn pending_choices_at(
        &self,
        connection: &ConnectionId,
        now: Timestamp,
    ) -> Result<Vec<PendingChoice>, StoreError> {
        let rows: Vec<PendingChoiceRow> = sqlx::query_as(
            "SELECT * FROM pending_choices WHERE connection_id = ? AND expires_at > ? ORDER BY expires_at DESC",
        )
        .bind(connection.as_str())
        .bind(to_milliseconds(now))
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(PendingChoice::try_from).collect()
    }

    async fn pending_choices_of(
        &self,
        business: &BusinessUuid,
        now: Timestamp,
    ) -> Result<Vec<PendingChoice>, StoreError> {
        let rows: Vec<PendingChoiceRow> = sqlx::query_as(
            "SELECT p.* FROM pending_choices p JOIN connections c ON c.id = p.connection_id
             WHERE c.business_id = ? AND p.expires_at > ?",
        )
        .bind(business.as_str())
        .bind(to_milliseconds(now))
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(PendingChoice::try_from).collect()
    }

    async fn offer_choice(
        &self,
        guard: BindingGuard<'_>,
        credential: Option<&Credential>,
        binding: &CompanyBinding,
        choice: &PendingChoice,
    ) -> Result<Replaced, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        if company_bindings::replace(&mut transaction, guard, binding).await? == Replaced::Overtaken {
            return Ok(Replaced::Overtaken);
        }
        if let Some(credential) = credential {
            credentials::put(&mut transaction, credential).await?;
        }
        pending_choices::put(&mut transaction, choice).await?;
        transaction.commit().await?;
        Ok(Replaced::Yes)
    }

    async fn choose(
        &self,
        choice: &PendingChoice,
        connection: &Connection,
        binding: &CompanyBinding,
    ) -> Result<BindOutcome, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        if !pending_choices::take(&mut transaction, choice).await? {
            return Ok(BindOutcome::Overtaken);
        }
        let duplicate = company_bindings::is_duplicate(&mut transaction, connection, binding).await?;
        let (outcome, bound) = if duplicate {
            pending_choices::forget_unfinished(&mut transaction, &connection.id).await?;
            (Outcome::Refused(Refusal::DuplicateAccount), BindOutcome::Duplicate)
        } else {
            // In this order, so that what webhooks are told of the authorisation names the company.
            company_bindings::overwrite(&mut transaction, binding).await?;
            connections::write_authorization(&mut transaction, connection).await?;
            (Outcome::Connected, BindOutcome::Bound)
        };
        sqlx::query("UPDATE attempts SET outcome = ?, told = 'status' WHERE id = ? AND stage = 'ended'")
            .bind(outcome.word())
            .bind(choice.attempt().map(AttemptId::as_str))
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(bound)
    }

    async fn list_expired_choices(&self, now: Timestamp) -> Result<Vec<ConnectionId>, StoreError> {
        let ids: Vec<String> =
            sqlx::query_scalar("SELECT connection_id FROM pending_choices WHERE expires_at <= ?")
                .bind(to_milliseconds(now))
                .fetch_all(&self.pool)
                .await?;
        Ok(ids.into_iter().map(ConnectionId::new).collect())
    }

    async fn drop_choices(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let dropped: Vec<(String, Option<String>)> = sqlx::query_as(
            "DELETE FROM pending_choices WHERE expires_at <= ? RETURNING connection_id, attempt_id",
        )
        .bind(to_milliseconds(now))
        .fetch_all(&mut *transaction)
        .await?;
        // Typed credentials went along with their choice; what else is remembered of the connection stays.
        for (id, _) in dropped.iter().filter(|(_, attempt)| attempt.is_some()) {
            pending_choices::forget_unfinished(&mut transaction, &ConnectionId::new(id)).await?;
        }
        transaction.commit().await?;
        Ok(u64::try_from(dropped.len()).unwrap_or(u64::MAX))
    }
}
