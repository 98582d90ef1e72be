//! What a customer writes into the site once: which server, which widget of it, and what its own server has.

use url::Url;

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

    /// Whether an address, as a page of this site would write it, is of this site: a link of anybody's may have it.
    pub fn has(&self, address: &str) -> bool {
        let page = Url::parse(&self.origin.to_string());
        let led = page.and_then(|page| page.join(address));
        // Whoever reads `http:evil.example` without a page beside it reads another site.
        Origin::of(address).is_none_or(|alone| alone == self.origin)
            && led.is_ok_and(|led| Origin::of(led.as_str()).as_ref() == Some(&self.origin))
    }

    /// Whether a request names this site, or a name of this machine, as whom it asks: by another name a page elsewhere may have
    /// led a browser here (DNS rebinding), which then lets that page read the answer.
    pub fn answers_to(&self, host: &str) -> bool {
        let named = Origin::of(&format!("http://{host}"));
        named.is_some_and(|named| named.is_loopback() || named.host() == self.origin.host())
    }

    /// The address of the success page, as it is registered for the widget.
    pub fn success_page(&self) -> String {
        format!("{}/success", self.origin)
    }
}
