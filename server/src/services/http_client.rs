//! The HTTP client for these services: no redirects, an end to waiting, and an end to reading.
//!
//! [`Reach::Public`] is for addresses that a person typed: https, public numbers only, and no proxy that would look the
//! name up out of our sight. [`Reach::Configured`] is for addresses that the operator wrote down.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use reqwest::{RequestBuilder, StatusCode};
use url::{Host, Url};

use super::public_only::{NotPublicError, PublicOnly, is_public};
use crate::domain::origin::is_loopback;

/// The largest answer that is read, in bytes.
const LARGEST_ANSWER: usize = 1024 * 1024;

/// Who answers for an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Nobody: a person typed it, or a service told it.
    Public,
    /// The operator, who configured it.
    Configured,
}

/// Talks to these services.
#[derive(Clone, Debug)]
pub struct Web {
    public: reqwest::Client,
    configured: reqwest::Client,
    loopback: reqwest::Client,
}

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum HttpClientError {
    /// The address leads into a network that is not public.
    #[error(transparent)]
    NotPublicError(#[from] NotPublicError),
    /// The address is not https.
    #[error("the address is not https")]
    NotHttps,
    /// Connection, TLS or time. The address is left out: it may carry what should not be logged.
    #[error("no answer: {0}")]
    Network(reqwest::Error),
    /// More than anybody needs.
    #[error("the answer has more than {LARGEST_ANSWER} bytes")]
    TooLarge,
}

impl From<reqwest::Error> for HttpClientError {
    fn from(error: reqwest::Error) -> Self {
        let mut cause: Option<&dyn Error> = Some(&error);
        while let Some(found) = cause {
            if let Some(not_public) = found.downcast_ref::<NotPublicError>() {
                return Self::NotPublicError(not_public.clone());
            }
            cause = found.source();
        }
        Self::Network(error.without_url())
    }
}

impl Web {
    /// A client that gives up after so long.
    ///
    /// # Errors
    /// [`HttpClientError`] where TLS cannot be set up.
    pub fn new(timeout: Duration) -> Result<Self, HttpClientError> {
        let builder = || {
            reqwest::Client::builder()
                .redirect(Policy::none())
                .timeout(timeout)
                .user_agent(concat!("connect-server/", env!("CARGO_PKG_VERSION")))
        };
        Ok(Self {
            public: builder().https_only(true).no_proxy().dns_resolver(Arc::new(PublicOnly)).build()?,
            configured: builder().build()?,
            loopback: builder().no_proxy().build()?,
        })
    }

    /// Makes a request to `url` as `make` says, sends it, and reads the whole answer.
    ///
    /// # Errors
    /// [`HttpClientError`].
    pub async fn send(
        &self,
        reach: Reach,
        url: &Url,
        make: impl FnOnce(&reqwest::Client) -> RequestBuilder + Send,
    ) -> Result<Reply, HttpClientError> {
        let client = match reach {
            Reach::Public => {
                check(url)?;
                &self.public
            }
            Reach::Configured if is_loopback(url.host().as_ref()) => &self.loopback,
            Reach::Configured => &self.configured,
        };
        let mut response = make(client).send().await?;
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await? {
            if body.len() + piece.len() > LARGEST_ANSWER {
                return Err(HttpClientError::TooLarge);
            }
            body.extend_from_slice(&piece);
        }
        Ok(Reply { status: response.status(), headers: response.headers().clone(), body })
    }
}

/// Numbers in place of a name never reach the resolver, so they are looked at here.
fn check(url: &Url) -> Result<(), HttpClientError> {
    let number = match url.host() {
        Some(Host::Ipv4(number)) => Some(number.into()),
        Some(Host::Ipv6(number)) => Some(number.into()),
        Some(Host::Domain(_)) | None => None,
    };
    if url.scheme() != "https" {
        return Err(HttpClientError::NotHttps);
    }
    match number {
        Some(number) if !is_public(number) => Err(NotPublicError(number.to_string()).into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn failure(address: &str) -> HttpClientError {
        let web = Web::new(Duration::from_secs(5)).unwrap();
        let url = Url::parse(address).unwrap();
        web.send(Reach::Public, &url, |client| client.get(url.clone())).await.unwrap_err()
    }

    #[tokio::test]
    async fn an_address_that_a_person_typed_never_leads_into_a_private_network() {
        for address in ["https://127.0.0.1:9", "https://10.0.0.1", "https://[::1]:9", "https://2130706433/"] {
            assert!(matches!(failure(address).await, HttpClientError::NotPublicError(_)), "{address}");
        }
        let by_name = failure("https://localhost:9").await;
        assert!(matches!(by_name, HttpClientError::NotPublicError(_)), "{by_name:?}");
        assert!(matches!(failure("http://1.1.1.1").await, HttpClientError::NotHttps));
    }
}
