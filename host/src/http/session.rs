//! Another session for a page whose session ran out: the widget's `getSession` asks for it, and the person goes on where they are.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use url::form_urlencoded;

use super::visitor::SignedIn;
use crate::mint_session::renew as renew_session;
use crate::pages;
use crate::secret::PageId;
use crate::site::Site;

/// For whoever is signed in, and for a page of theirs.
pub async fn renew(State(site): State<Arc<Site>>, signed_in: SignedIn, body: Bytes) -> Response {
    let page = form_urlencoded::parse(&body).find(|(name, _)| name == "page");
    let page = page.map(|(_, value)| PageId::from(&*value));
    let visit = page.as_ref().and_then(|page| signed_in.visitor.visit_of(page));
    let (Some(back_end), Some(visit)) = (&site.back_end, visit) else {
        return StatusCode::FORBIDDEN.into_response();
    };
    match renew_session(&back_end.api, visit).await {
        Ok(session) => {
            let session = json!({ "sessionToken": session.session_token.expose() });
            ([(header::CACHE_CONTROL, "no-store")], Json(session)).into_response()
        }
        Err(error) => pages::without_session(&error),
    }
}
