//! What the server remembers of who did what.

use async_trait::async_trait;
use jiff::Timestamp;

use super::Result;
use crate::domain::audit_event::AuditEvent;
use crate::domain::audit_list::{AuditFilter, ListedAuditEvent};
use crate::domain::business_list::{ListedPage, Page};

/// The audit, which is only added to.
#[async_trait]
pub trait AuditEvents {
    /// Adds a line. Where it names a business and no widget, the widget of that business is added.
    async fn add_audit_event(&self, event: &AuditEvent) -> Result<()>;
    /// One page of the lines for which the filter holds, oldest first.
    async fn list_audit_events(
        &self,
        filter: &AuditFilter,
        page: Page,
    ) -> Result<ListedPage<ListedAuditEvent>>;
    /// The lines after this number, oldest first, `most` of them at most.
    async fn audit_events_after(&self, number: i64, most: u32) -> Result<Vec<ListedAuditEvent>>;
    /// The number of the newest line; 0 where there is none.
    async fn newest_audit_event(&self) -> Result<i64>;
    /// Forgets what was before this moment, and of what strangers can bring about all but the newest `most_by_strangers`.
    async fn drop_audit_events(&self, before: Timestamp, most_by_strangers: u32) -> Result<u64>;
}
