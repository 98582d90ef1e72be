//! What the server remembers of businesses, as back ends ask for it.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{BusinessName, BusinessUuid, WidgetId};
use serde_json::Value;

use super::{Added, Result};
use crate::domain::business::Business;
use crate::domain::business_list::{BusinessFilter, ListedBusiness, ListedPage, Page, RenameOutcome};
use crate::domain::widget::Widget;

/// The businesses of one widget, with what became of them. What a live widget does not list (the sandbox) does not count.
#[async_trait]
pub trait BusinessLists {
    /// Makes a business that stays until it is deleted, unless its name is taken.
    async fn add_lasting_business(&self, business: &Business, metadata: Option<&Value>) -> Result<Added>;
    /// One page of the businesses of a widget, oldest first.
    async fn list_businesses(
        &self,
        widget: &Widget,
        filter: &BusinessFilter,
        page: Page,
        now: Timestamp,
    ) -> Result<ListedPage<ListedBusiness>>;
    /// One business of a widget.
    async fn listed_business(
        &self,
        widget: &Widget,
        id: &BusinessUuid,
        now: Timestamp,
    ) -> Result<Option<ListedBusiness>>;
    /// Gives a business of a widget another name.
    async fn rename_business(
        &self,
        widget: &WidgetId,
        id: &BusinessUuid,
        name: &BusinessName,
    ) -> Result<RenameOutcome>;
    /// Deletes a business of a widget with its connections and everything sealed; false where there is none.
    async fn delete_business(&self, widget: &WidgetId, id: &BusinessUuid) -> Result<bool>;
}
