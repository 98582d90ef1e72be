//! What a customer writes into the pages once: which server, and which widget of it.

use crate::back_end::BackEnd;
use crate::origin::Origin;

/// What a customer writes into the site: where the widget comes from, and which one it is.
#[derive(Debug, Clone)]
pub struct Site {
    /// Where the widget is loaded from: the Connect server.
    pub connect: Origin,
    /// The widget's id, as `connect-server widget create` printed it.
    pub widget_id: String,
    /// The address of the success page, as it is registered for the widget.
    pub success_page: String,
    /// The way to the Connect server with a secret key; without one the widget opens its session itself.
    pub back_end: Option<BackEnd>,
}
