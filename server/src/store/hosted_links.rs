//! What the server remembers of links to the page on which it shows the widget itself.

use async_trait::async_trait;
use jiff::Timestamp;
use railz_connect_contract::{BusinessUuid, WidgetId};

use super::{Replaced, Result};
use crate::domain::hosted_link::{HostedLink, HostedLinkId};
use crate::domain::session::Session;
use crate::domain::visit::Visit;
use crate::token::TokenHash;

/// Links, each with the visit that it leads into.
#[async_trait]
pub trait HostedLinks {
    /// In one step: a visit begins, without a session yet, and the link into it is made.
    async fn add_hosted_link(&self, visit: &Visit, link: &HostedLink) -> Result<()>;
    /// The link of this id, with its visit.
    async fn hosted_link(&self, id: &HostedLinkId) -> Result<Option<(HostedLink, Visit)>>;
    /// In one step: the link is this browser's, and the session is one of its visit. Nothing changes where another browser came
    /// before it, or where the link cannot be used any more ([`Replaced::Overtaken`]).
    async fn take_hosted_link(
        &self,
        id: &HostedLinkId,
        browser: TokenHash,
        session: &Session,
        now: Timestamp,
    ) -> Result<Replaced>;
    /// In one step: the link is over, and so are the sessions that came of it. Tells of which business it was; nothing where
    /// the widget has no such link. Repeated, it changes nothing.
    async fn revoke_hosted_link(
        &self,
        widget: &WidgetId,
        id: &HostedLinkId,
        now: Timestamp,
    ) -> Result<Option<BusinessUuid>>;
    /// Forgets those whose time was over at this moment.
    async fn drop_hosted_links(&self, before: Timestamp) -> Result<u64>;
}
