//! What a page asks for when it opens a session: the query of 2.23, and the body with our additions.

use railz_connect_contract::{AccessToken, SessionRequest};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::error::SessionError;
use crate::domain::visit_settings::VisitSettings;

/// The query of the session call (contract rule C1).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::http) struct SessionQuery {
    pub(super) business_uuid: Option<String>,
    pub(super) business_name: Option<String>,
    redirect_url: Option<String>,
    include: Option<String>,
}

impl SessionQuery {
    /// Whether `include` has this word.
    pub(super) fn includes(&self, word: &str) -> bool {
        self.include.as_deref().unwrap_or_default().split(',').any(|included| included.trim() == word)
    }
}

/// What a page wants of the visit, and the token of before.
pub(super) struct PageRequest {
    pub settings: VisitSettings,
    pub previous: Option<AccessToken>,
}

/// Reads the body; what is empty in it or `null` is not there. Clients of 2.23 give `redirectUrl` in the query alone, and may
/// give an address that only their page's makes whole.
pub(super) fn read(
    body: &[u8],
    query: &SessionQuery,
    origin: Option<&str>,
) -> Result<PageRequest, SessionError> {
    let request: SessionRequest<Value> = if body.trim_ascii().is_empty() {
        SessionRequest::default()
    } else {
        serde_json::from_slice(body).map_err(|error| SessionError::Body(error.into()))?
    };
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    let base = origin.and_then(|origin| Url::parse(origin).ok());
    let address = |text: Option<String>| {
        given(text).map(|text| match &base {
            Some(base) if Url::parse(&text).is_err() => base.join(&text).map_or(text, String::from),
            _ => text,
        })
    };
    Ok(PageRequest {
        settings: VisitSettings {
            success_url: address(request.success_url),
            redirect_url: address(given(request.redirect_url).or_else(|| query.redirect_url.clone())),
            state: given(request.state),
            services: None,
            metadata: request.metadata.filter(|metadata| !metadata.is_null()),
        },
        previous: request.previous_session_token,
    })
}
