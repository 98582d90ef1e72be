//! What services without plain OAuth remember, and the one step in which they make a connection.

use async_trait::async_trait;
use railz_connect_contract::{BusinessUuid, ConnectionId, ServiceName, WidgetId};
use sqlx::SqliteConnection;

use super::row::{At, written};
use super::{BEGIN, Sqlite, connections, credentials};
use crate::domain::connection::{AuthorizationState, Connection};
use crate::domain::credential::Credential;
use crate::domain::special::Details;
use crate::store::{Replaced, Specials, StoreError};

#[derive(sqlx::FromRow)]
struct DetailsRow {
    connection_id: String,
    account: Option<String>,
    details: String,
    version: i64,
}

impl TryFrom<DetailsRow> for Details {
    type Error = StoreError;

    fn try_from(row: DetailsRow) -> Result<Self, StoreError> {
        let at = At { table: "special_details", id: &row.connection_id };
        let json = serde_json::from_str(&row.details)
            .map_err(|error| at.impossible("details", error.to_string()))?;
        let connection = ConnectionId::new(row.connection_id);
        Ok(Self { connection, account: row.account, json, version: row.version })
    }
}

async fn put(connection: &mut SqliteConnection, details: &Details) -> Result<Replaced, StoreError> {
    let done = sqlx::query(
        "INSERT INTO special_details (connection_id, account, details, version) SELECT ?, ?, ?, 1 WHERE ? = 0
         ON CONFLICT (connection_id) DO NOTHING",
    )
    .bind(details.connection.as_str())
    .bind(details.account.as_deref())
    .bind(details.json.to_string())
    .bind(details.version)
    .execute(&mut *connection)
    .await?;
    if done.rows_affected() == 1 {
        return Ok(Replaced::Yes);
    }
    let done = sqlx::query(
        "UPDATE special_details SET account = ?, details = ?, version = version + 1
         WHERE connection_id = ? AND version = ?",
    )
    .bind(details.account.as_deref())
    .bind(details.json.to_string())
    .bind(details.connection.as_str())
    .bind(details.version)
    .execute(connection)
    .await?;
    Ok(if done.rows_affected() == 1 { Replaced::Yes } else { Replaced::Overtaken })
}

/// Whether another business of the same widget has connected this account, perhaps just now.
async fn is_elsewhere(
    connection: &mut SqliteConnection,
    mine: &Connection,
    details: &Details,
) -> Result<bool, StoreError> {
    let (Some(account), AuthorizationState::Active { since, .. }) = (&details.account, mine.authorization)
    else {
        return Ok(false);
    };
    let found: Option<i64> = sqlx::query_scalar(
        "SELECT 1 FROM special_details d
         JOIN connections c ON c.id = d.connection_id
         JOIN businesses b ON b.id = c.business_id
         WHERE d.account = ? AND c.service = ? AND c.business_id <> ?
           AND c.standing = 'active' AND c.expires_at > ?
           AND b.widget_id = (SELECT widget_id FROM businesses WHERE id = ?) LIMIT 1",
    )
    .bind(account)
    .bind(mine.service.as_str())
    .bind(mine.business.as_str())
    .bind(written(since))
    .bind(mine.business.as_str())
    .fetch_optional(connection)
    .await?;
    Ok(found.is_some())
}

#[async_trait]
impl Specials for Sqlite {
    async fn details(&self, connection: &ConnectionId) -> Result<Option<Details>, StoreError> {
        let row: Option<DetailsRow> = sqlx::query_as(
            "SELECT connection_id, account, details, version FROM special_details WHERE connection_id = ?",
        )
        .bind(connection.as_str())
        .fetch_optional(&self.pool)
        .await?;
        row.map(Details::try_from).transpose()
    }

    async fn details_of(&self, business: &BusinessUuid) -> Result<Vec<Details>, StoreError> {
        let rows: Vec<DetailsRow> = sqlx::query_as(
            "SELECT d.connection_id, d.account, d.details, d.version
             FROM special_details d JOIN connections c ON c.id = d.connection_id WHERE c.business_id = ?",
        )
        .bind(business.as_str())
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(Details::try_from).collect()
    }

    async fn put_details(&self, details: &Details) -> Result<Replaced, StoreError> {
        let mut connection = self.pool.acquire().await?;
        put(&mut connection, details).await
    }

    async fn add_further(&self, new: &Connection) -> Result<(), StoreError> {
        let mut connection = self.pool.acquire().await?;
        connections::insert(&mut connection, new, new.id.as_str()).await?;
        Ok(())
    }

    async fn authorise(
        &self,
        is: &Connection,
        credential: Option<&Credential>,
        details: &Details,
    ) -> Result<Replaced, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        if is_elsewhere(&mut transaction, is, details).await?
            || put(&mut transaction, details).await? == Replaced::Overtaken
        {
            return Ok(Replaced::Overtaken);
        }
        connections::stand(&mut transaction, is).await?;
        if let Some(credential) = credential {
            credentials::put(&mut transaction, credential).await?;
        }
        transaction.commit().await?;
        Ok(Replaced::Yes)
    }

    async fn connected_elsewhere(
        &self,
        widget: &WidgetId,
        service: &ServiceName,
        account: &str,
        business: &BusinessUuid,
        now: jiff::Timestamp,
    ) -> Result<Option<ConnectionId>, StoreError> {
        let id: Option<String> = sqlx::query_scalar(
            "SELECT c.id FROM special_details d JOIN connections c ON c.id = d.connection_id
             JOIN businesses b ON b.id = c.business_id
             WHERE d.account = ? AND c.service = ? AND b.widget_id = ? AND c.business_id <> ?
               AND c.standing = 'active' AND c.expires_at > ? LIMIT 1",
        )
        .bind(account)
        .bind(service.as_str())
        .bind(widget.as_str())
        .bind(business.as_str())
        .bind(written(now))
        .fetch_optional(&self.pool)
        .await?;
        Ok(id.map(ConnectionId::new))
    }
    async fn is_company_held(&self, service: &ServiceName, company: &str) -> Result<bool, StoreError> {
        let found: Option<i64> = sqlx::query_scalar(
            "SELECT 1 FROM special_details d JOIN connections c ON c.id = d.connection_id
             JOIN credentials k ON k.connection_id = c.id
             WHERE c.service = ? AND json_extract(d.details, '$.company.id') = ? LIMIT 1",
        )
        .bind(service.as_str())
        .bind(company)
        .fetch_optional(&self.pool)
        .await?;
        Ok(found.is_some())
    }

    async fn waiting_over(&self, now: jiff::Timestamp) -> Result<Vec<Details>, StoreError> {
        let rows: Vec<DetailsRow> = sqlx::query_as(
            "SELECT connection_id, account, details, version FROM special_details
             WHERE json_extract(details, '$.own.waiting.until') <= ?",
        )
        .bind(written(now))
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(Details::try_from).collect()
    }
}
