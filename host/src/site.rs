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
    /// Whether a page's address may say at which server its widget is. Where the page brings a minted session a link would send
    /// that to whoever wrote it, so only programs of the same machine are asked then, for whoever tries something out there.
    pub fn accepts_endpoint(&self, endpoint: &Origin) -> bool {
        self.back_end.is_none() || (self.origin.is_loopback() && endpoint.is_loopback())
    }

    /// The address of the success page, as it is registered for the widget.
    pub fn success_page(&self) -> String {
        format!("{}/success", self.origin)
    }
}
