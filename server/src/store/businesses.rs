//! What the server remembers of businesses, for sessions and the sweep. How back ends list and change them is `business_lists.rs`.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{BusinessName, BusinessUuid, WidgetId};

use super::{Added, Result};
use crate::domain::business::Business;

/// The businesses of each widget, found by id or by their unique name.
#[async_trait]
pub trait Businesses {
    /// Finds one of this widget by its number.
    async fn business(&self, widget: &WidgetId, id: &BusinessUuid) -> Result<Option<Business>>;
    /// The business of this number, whichever widget it came through.
    async fn find_business(&self, id: &BusinessUuid) -> Result<Option<Business>>;
    /// Finds one of this widget by its name.
    async fn find_business_by_name(&self, widget: &WidgetId, name: &BusinessName)
    -> Result<Option<Business>>;
    /// Makes one, unless its name is taken.
    async fn add_business(&self, business: &Business) -> Result<Added>;
    /// Forgets those first seen before `before` that a page made and nobody connected, whose visits have no session left,
    /// and for which at `now` nobody is signing in and no link can be used.
    async fn drop_unconnected(&self, before: Timestamp, now: Timestamp) -> Result<u64>;
}
