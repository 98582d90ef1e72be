//! What the server remembers of widgets: whom they are of, which pages carry them, and where people go from them.

use async_trait::async_trait;
use railz_connect_contract::WidgetId;

use super::{Added, Replaced, Result};
use crate::domain::origin::OriginPattern;
use crate::domain::widget::Widget;

/// How much came through a widget, and would go with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WidgetContents {
    /// Its businesses, with those that connected nothing yet.
    pub businesses: i64,
    /// The connections that were authorised at least once.
    pub connections: i64,
    /// Its secret keys, with those that ended.
    pub secret_keys: i64,
}

/// Widgets, their origins and the addresses that they accept.
#[async_trait]
pub trait Widgets {
    /// Registers a widget, unless its id is taken.
    async fn add_widget(&self, widget: &Widget) -> Result<Added>;
    /// The widget of this id.
    async fn widget(&self, id: &WidgetId) -> Result<Option<Widget>>;
    /// All widgets, oldest first.
    async fn list_widgets(&self) -> Result<Vec<Widget>>;
    /// Stores a widget, its origins and addresses over those it had, unless it is gone.
    async fn replace_widget(&self, widget: &Widget) -> Result<Replaced>;
    /// How much came through a widget.
    async fn count_contents(&self, id: &WidgetId) -> Result<WidgetContents>;
    /// Deletes a widget with all that came through it, sealed credentials included.
    async fn delete_widget(&self, id: &WidgetId) -> Result<()>;
    /// Whether any widget has one of these for an origin. How many widgets there are makes no difference to the time.
    async fn has_origin(&self, any_of: &[OriginPattern]) -> Result<bool>;
}
