//! Who sends a request to the customer's own server.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::SystemTime;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::response::Response;

use super::same_origin::is_of_our_page;
use crate::pages;
use crate::secret::VisitorId;
use crate::sign_in::read_visitor;
use crate::site::Site;
use crate::visitors::Visitor;

/// Somebody who is signed in at this site. As an extractor: without one the request is answered with the sign-in page, and so is
/// one that would change something and comes from a page of another site.
pub struct SignedIn {
    /// What their cookie says.
    pub id: VisitorId,
    /// Who that is.
    pub visitor: Visitor,
}

impl SignedIn {
    fn read(parts: &Parts, site: &Site) -> Option<Self> {
        let id = read_visitor(&parts.headers)?;
        let visitor = site.back_end.as_ref()?.visitors.find(&id, SystemTime::now())?;
        Some(Self { id, visitor })
    }
}

impl FromRequestParts<Arc<Site>> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Response> {
        let changes = !parts.method.is_safe();
        if changes && !is_of_our_page(&parts.headers, &site.origin) {
            return Err(pages::not_of_this_site());
        }
        Self::read(parts, site).ok_or_else(pages::not_signed_in)
    }
}

impl OptionalFromRequestParts<Arc<Site>> for SignedIn {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Option<Self>, Infallible> {
        Ok(Self::read(parts, site))
    }
}
