//! Where deliveries may be posted to: https, and the public internet only, unless the operator allows more.
//!
//! Looked at when a webhook is registered, so that whoever registers it hears at once what is wrong. What counts is the look
//! at each connecting (`services/public_only.rs`), since a name may lead elsewhere by then.

use std::time::Duration;

use url::Url;

use crate::services::http_client::{HttpClientError, Reach, check_public};
use crate::services::public_only::{NotPublicError, require_public};

/// The longest address, in bytes.
const LONGEST: usize = 2048;

/// How long a name may take to be looked up.
const LOOKING_UP: Duration = Duration::from_secs(5);

/// Why nothing is posted to an address.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebhookAddressError {
    /// It is none, or not one to post to.
    #[error(
        "url is no address to post to: give it whole, such as https://app.example/webhooks, without user name and \
         fragment, in at most {LONGEST} bytes"
    )]
    NoAddress,
    /// Whoever listens on the way could read and change what is told.
    #[error("url must begin with https://")]
    NotHttps,
    /// It leads into a network that is not public.
    #[error("url: {0}, where webhooks are not sent; the operator may allow it ([webhooks] allow_private)")]
    NotPublic(#[from] NotPublicError),
}

/// Reads an address and looks where it leads. A name that cannot be looked up at the moment passes.
///
/// # Errors
/// [`WebhookAddressError`].
pub async fn read(text: &str, reach: Reach) -> Result<Url, WebhookAddressError> {
    let odd = |letter: char| letter.is_control() || letter.is_whitespace();
    if text.len() > LONGEST || text.contains(odd) {
        return Err(WebhookAddressError::NoAddress);
    }
    let url = Url::parse(text).map_err(|_| WebhookAddressError::NoAddress)?;
    let has_user = !url.username().is_empty() || url.password().is_some();
    if !matches!(url.scheme(), "https" | "http") || has_user || url.fragment().is_some() {
        return Err(WebhookAddressError::NoAddress);
    }
    if reach == Reach::Public {
        match check_public(&url) {
            Ok(()) => {}
            Err(HttpClientError::NotPublic(error)) => return Err(error.into()),
            Err(_) => return Err(WebhookAddressError::NotHttps),
        }
        if let Some(host) = url.domain() {
            look_up(host).await?;
        }
    }
    Ok(url)
}

async fn look_up(host: &str) -> Result<(), NotPublicError> {
    let found = tokio::time::timeout(LOOKING_UP, tokio::net::lookup_host((host, 443))).await;
    if let Ok(Ok(found)) = found {
        require_public(host, found.collect())?;
    }
    Ok(())
}
