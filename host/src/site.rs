//! What a customer writes into the site once: which server, which widget of it, and what its own server has.

use crate::back_end::BackEnd;
use crate::origin::Origin;

/// What a customer writes into the site.
#[derive(Debug)]
pub struct Site {
    /// Where browsers find this site.
    pub origin: Origin,
    /// Where the widget is loaded from: the Connect server.
    pub connect: Origin,
    /// The widget's id, as `connect-server widget create` printed it.
    pub widget_id: String,
    /// What a secret key opens; without one the widget opens its session itself, and the success page can only repeat claims.
    pub back_end: Option<BackEnd>,
}

impl Site {
    /// The address of the success page, as it is registered for the widget.
    pub fn success_page(&self) -> String {
        format!("{}/success", self.origin)
    }
}
