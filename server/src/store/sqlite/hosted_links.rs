//! Links to the page on which this server shows the widget itself. `connected_at` is written by triggers on connections
//! (`0023_hosted_links.sql`).

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{BusinessUuid, WidgetId};

use super::row::{At, to_milliseconds};
use super::visit_row::VisitRow;
use super::{BEGIN, Sqlite, sessions, visits};
use crate::domain::hosted_link::{GRACE_SECONDS, HostedLink, HostedLinkId};
use crate::domain::session::Session;
use crate::domain::visit::Visit;
use crate::store::{HostedLinks, Replaced, StoreError};
use crate::token::TokenHash;

const GRACE_MILLISECONDS: i64 = GRACE_SECONDS.cast_signed() * 1000;

#[derive(sqlx::FromRow)]
struct HostedLinkRow {
    link_id: String,
    code: Vec<u8>,
    browser: Option<Vec<u8>>,
    made_at: i64,
    expires_at: i64,
    revoked_at: Option<i64>,
    connected_at: Option<i64>,
    #[sqlx(flatten)]
    visit: VisitRow,
}

impl TryFrom<HostedLinkRow> for (HostedLink, Visit) {
    type Error = StoreError;

    fn try_from(row: HostedLinkRow) -> Result<Self, StoreError> {
        let visit = Visit::try_from(row.visit)?;
        let at = At { table: "hosted_links", id: &row.link_id };
        let link = HostedLink {
            visit: visit.id.clone(),
            code: at.bytes("code", row.code)?,
            browser: row.browser.map(|browser| at.bytes("browser", browser)).transpose()?,
            created_at: at.moment("created_at", row.made_at)?,
            expires_at: at.moment("expires_at", row.expires_at)?,
            revoked_at: row.revoked_at.map(|moment| at.moment("revoked_at", moment)).transpose()?,
            connected_at: row.connected_at.map(|moment| at.moment("connected_at", moment)).transpose()?,
            id: HostedLinkId::new(row.link_id.as_str()),
        };
        Ok((link, visit))
    }
}

#[async_trait]
impl HostedLinks for Sqlite {
    async fn add_hosted_link(&self, visit: &Visit, link: &HostedLink) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        visits::insert(&mut transaction, visit).await?;
        sqlx::query(
            "INSERT INTO hosted_links (id, visit_id, code, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(link.id.as_str())
        .bind(link.visit.as_str())
        .bind(link.code.as_bytes())
        .bind(to_milliseconds(link.created_at))
        .bind(to_milliseconds(link.expires_at))
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn hosted_link(&self, id: &HostedLinkId) -> Result<Option<(HostedLink, Visit)>, StoreError> {
        let row: Option<HostedLinkRow> = sqlx::query_as(
            "SELECT l.id AS link_id, l.code, l.browser, l.created_at AS made_at, l.expires_at, l.revoked_at, l.connected_at,
                    v.id, v.widget_id, v.business_id, v.strength, v.origin, v.success_url, v.redirect_url, v.state,
                    v.services, v.metadata, v.created_at
             FROM hosted_links l JOIN visits v ON v.id = l.visit_id WHERE l.id = ?",
        )
        .bind(id.as_str())
        .fetch_optional(&self.pool)
        .await?;
        row.map(TryInto::try_into).transpose()
    }

    async fn take_hosted_link(
        &self,
        id: &HostedLinkId,
        browser: TokenHash,
        session: &Session,
        now: Timestamp,
    ) -> Result<Replaced, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let done = sqlx::query(
            "UPDATE hosted_links SET browser = ? WHERE id = ? AND coalesce(browser, ?) = ?
             AND revoked_at IS NULL AND expires_at > ? AND (connected_at IS NULL OR (browser = ? AND connected_at > ?))",
        )
        .bind(browser.as_bytes())
        .bind(id.as_str())
        .bind(browser.as_bytes())
        .bind(browser.as_bytes())
        .bind(to_milliseconds(now))
        .bind(browser.as_bytes())
        .bind(to_milliseconds(now) - GRACE_MILLISECONDS)
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(Replaced::Overtaken);
        }
        sessions::put(&mut transaction, session).await?;
        transaction.commit().await?;
        Ok(Replaced::Yes)
    }

    async fn revoke_hosted_link(
        &self,
        widget: &WidgetId,
        id: &HostedLinkId,
        now: Timestamp,
    ) -> Result<Option<BusinessUuid>, StoreError> {
        let mut transaction = self.pool.begin_with(BEGIN).await?;
        let found: Option<(String, String)> = sqlx::query_as(
            "SELECT v.id, v.business_id FROM hosted_links l JOIN visits v ON v.id = l.visit_id
             WHERE l.id = ? AND v.widget_id = ?",
        )
        .bind(id.as_str())
        .bind(widget.as_str())
        .fetch_optional(&mut *transaction)
        .await?;
        let Some((visit, business)) = found else { return Ok(None) };
        sqlx::query("UPDATE hosted_links SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL")
            .bind(to_milliseconds(now))
            .bind(id.as_str())
            .execute(&mut *transaction)
            .await?;
        sqlx::query("DELETE FROM sessions WHERE visit_id = ?").bind(visit).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(Some(BusinessUuid::new(business)))
    }

    async fn drop_hosted_links(&self, before: Timestamp) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM hosted_links WHERE expires_at <= ?")
            .bind(to_milliseconds(before))
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected())
    }
}
