//! What a customer writes into the pages once: which server, and which widget of it.

use crate::origin::Origin;

/// What a customer writes into the site: where the widget comes from, and which one it is.
#[derive(Debug, Clone)]
pub struct Site {
    /// Where the widget is loaded from: the Connect server.
    pub connect: Origin,
    /// The widget's id, as `connect-server widget create` printed it.
    pub widget_id: String,
}
