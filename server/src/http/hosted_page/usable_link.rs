//! A link that somebody came by: where it leads, and whether this browser can go on with it.

use super::error::{HostedPageError, LinkUnusableError};
use crate::app::App;
use crate::domain::hosted_link::{HostedLink, HostedLinkId, LinkStanding};
use crate::domain::visit::Visit;
use crate::domain::widget::Widget;
use crate::token::TokenHash;

/// A link, and where it leads.
pub(super) struct FoundLink {
    pub link: HostedLink,
    pub visit: Visit,
    pub widget: Widget,
}

/// Finds the link of this id.
pub(super) async fn find(app: &App, id: &str) -> Result<FoundLink, HostedPageError> {
    let unknown = || HostedPageError::Over(LinkUnusableError::Unknown);
    let (link, visit) = app.store.hosted_link(&HostedLinkId::new(id)).await?.ok_or_else(unknown)?;
    let widget = app.store.widget(&visit.widget).await?.ok_or_else(unknown)?;
    Ok(FoundLink { link, visit, widget })
}

/// Whether the browser that sent this cookie, or none, can go on with the link; and whether it is the one that came first.
pub(super) fn check_browser(
    app: &App,
    link: &HostedLink,
    browser: Option<TokenHash>,
) -> Result<Browser, LinkUnusableError> {
    let now = app.now();
    match (link.standing(now), link.browser) {
        // The answer to a press may be lost after it as before it, and two kinds of services take two.
        (LinkStanding::Connected, Some(first)) if Some(first) == browser && link.is_in_grace(now) => {
            Ok(Browser::Remembered)
        }
        (LinkStanding::Expired, _) => Err(LinkUnusableError::Expired),
        (LinkStanding::Revoked, _) => Err(LinkUnusableError::Revoked),
        (LinkStanding::Connected, _) => Err(LinkUnusableError::Connected),
        (LinkStanding::Open, None) => Ok(Browser::New),
        (LinkStanding::Open, Some(first)) if Some(first) == browser => Ok(Browser::Remembered),
        (LinkStanding::Open, Some(_)) => Err(LinkUnusableError::OtherBrowser),
    }
}

/// Which browser looks at a link that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Browser {
    /// Nobody has used the link yet.
    New,
    /// The one that did.
    Remembered,
}
