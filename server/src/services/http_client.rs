//! The HTTP client for everything that this server asks of a service: no redirects, an end to waiting, an end to reading.
//!
//! Redirects are not followed because no endpoint has a reason to send credentials elsewhere (RFC 9700 section 4.12).
//! [`Reach::Public`] is for addresses that a person typed: https, public numbers only (`public_only.rs`), and no proxy that
//! would look the name up out of our sight. [`Reach::Configured`] is for addresses that the operator wrote down.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{RequestBuilder, StatusCode};
use url::{Host, Url};

use super::public_only::{NotPublicError, PublicOnly, is_public};
use crate::domain::origin::is_loopback;

/// The largest answer that is read where the caller sets no lower limit, in bytes.
const LARGEST_ANSWER: usize = 1024 * 1024;

/// Who answers for an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Nobody: a person typed it, or a service named it.
    Public,
    /// The operator, who configured it.
    Configured,
}

/// Sends requests to services; cheap to clone.
#[derive(Clone, Debug)]
pub struct HttpClient {
    public: reqwest::Client,
    configured: reqwest::Client,
    /// For services on this machine, which a proxy of the operator's could not reach.
    loopback: reqwest::Client,
}

/// An answer, read to its end. Its status is never a redirect's.
#[derive(Clone, Debug)]
pub struct HttpResponse {
    /// Any status but 3xx: refusals are the caller's to judge.
    pub status: StatusCode,
    /// At most as many bytes as the caller allowed.
    pub body: Vec<u8>,
}

/// Why there is no answer, or none that is of use. Prints without the address, which may carry what should not be logged.
#[derive(Debug, thiserror::Error)]
pub enum HttpClientError {
    /// The address leads into a network that is not public.
    #[error(transparent)]
    NotPublic(#[from] NotPublicError),
    /// The address that a person typed is not https.
    #[error("the address is not https")]
    NotHttps,
    /// The connection, TLS or the time allowed.
    #[error("{}", deepest_cause(.0))]
    Network(reqwest::Error),
    /// The service redirects.
    #[error("it sends elsewhere (status {0}), where no secret is taken")]
    Redirected(u16),
    /// The answer is larger than this many bytes.
    #[error("it sent more than {0} bytes")]
    TooLarge(usize),
    /// The answer is a refusal where only success is of use.
    #[error("it answered with status {0}")]
    Status(u16),
    /// What was configured is no address.
    #[error("its address: {0}")]
    Address(#[from] url::ParseError),
    /// The answer is not JSON where only that is of use.
    #[error("its answer is not JSON")]
    NotJson,
}

impl From<reqwest::Error> for HttpClientError {
    fn from(error: reqwest::Error) -> Self {
        let mut cause: Option<&dyn Error> = Some(&error);
        while let Some(found) = cause {
            if let Some(not_public) = found.downcast_ref::<NotPublicError>() {
                return Self::NotPublic(not_public.clone());
            }
            cause = found.source();
        }
        Self::Network(error.without_url())
    }
}

/// reqwest's own words stop before the cause.
fn deepest_cause(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no whole answer in the time allowed".to_owned();
    }
    let mut deepest: &dyn Error = error;
    while let Some(deeper) = deepest.source() {
        deepest = deeper;
    }
    format!("no answer: {deepest}")
}

impl HttpClient {
    /// A client that gives up on a request after `timeout`, reading included.
    ///
    /// # Errors
    /// [`HttpClientError::Network`] where TLS cannot be set up.
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
    /// [`HttpClientError`]; a refusal by status is none.
    pub async fn send(
        &self,
        reach: Reach,
        url: &Url,
        make: impl FnOnce(&reqwest::Client) -> RequestBuilder + Send,
    ) -> Result<HttpResponse, HttpClientError> {
        self.send_limited(reach, LARGEST_ANSWER, url, make).await
    }

    /// The same, where an answer of more than `largest` bytes is an error.
    ///
    /// # Errors
    /// [`HttpClientError`]; a refusal by status is none.
    pub async fn send_limited(
        &self,
        reach: Reach,
        largest: usize,
        url: &Url,
        make: impl FnOnce(&reqwest::Client) -> RequestBuilder + Send,
    ) -> Result<HttpResponse, HttpClientError> {
        let mut response = self.send_unread(reach, url, make).await?;
        let status = response.status();
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await? {
            if body.len() + piece.len() > largest {
                return Err(HttpClientError::TooLarge(largest));
            }
            body.extend_from_slice(&piece);
        }
        Ok(HttpResponse { status, body })
    }

    /// The same, where nothing but the status is of use: what comes behind it is not read.
    ///
    /// # Errors
    /// [`HttpClientError`]; a refusal by status is none.
    pub async fn send_for_status(
        &self,
        reach: Reach,
        url: &Url,
        make: impl FnOnce(&reqwest::Client) -> RequestBuilder + Send,
    ) -> Result<StatusCode, HttpClientError> {
        Ok(self.send_unread(reach, url, make).await?.status())
    }

    async fn send_unread(
        &self,
        reach: Reach,
        url: &Url,
        make: impl FnOnce(&reqwest::Client) -> RequestBuilder + Send,
    ) -> Result<reqwest::Response, HttpClientError> {
        let response = self.send_for_stream(reach, url, make).await?;
        let status = response.status();
        if status.is_redirection() {
            return Err(HttpClientError::Redirected(status.as_u16()));
        }
        Ok(response)
    }

    /// Sends a request and gives back the answer as soon as it begins, whatever its status, a redirect's included: who passes
    /// it on decides what of it is passed on.
    ///
    /// # Errors
    /// [`HttpClientError`]; a status is none.
    pub async fn send_for_stream(
        &self,
        reach: Reach,
        url: &Url,
        make: impl FnOnce(&reqwest::Client) -> RequestBuilder + Send,
    ) -> Result<reqwest::Response, HttpClientError> {
        let client = match reach {
            Reach::Public => {
                check_public(url)?;
                &self.public
            }
            Reach::Configured if is_loopback(url.host().as_ref()) => &self.loopback,
            Reach::Configured => &self.configured,
        };
        Ok(make(client).send().await?)
    }
}

/// Refuses what [`Reach::Public`] is not for, as far as the address shows it: other schemes than https, and numbers of
/// networks that are not public. Numbers in place of a name never reach the resolver, so they are looked at here.
///
/// # Errors
/// [`HttpClientError::NotHttps`] or [`HttpClientError::NotPublic`].
pub fn check_public(url: &Url) -> Result<(), HttpClientError> {
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
        let client = HttpClient::new(Duration::from_secs(5)).unwrap();
        let url = Url::parse(address).unwrap();
        client.send(Reach::Public, &url, |http| http.get(url.clone())).await.unwrap_err()
    }

    #[tokio::test]
    async fn an_address_that_a_person_typed_never_leads_into_a_private_network() {
        for address in ["https://127.0.0.1:9", "https://10.0.0.1", "https://[::1]:9", "https://2130706433/"] {
            assert!(matches!(failure(address).await, HttpClientError::NotPublic(_)), "{address}");
        }
        let by_name = failure("https://localhost:9").await;
        assert!(matches!(by_name, HttpClientError::NotPublic(_)), "{by_name:?}");
        assert!(matches!(failure("http://1.1.1.1").await, HttpClientError::NotHttps));
    }
}
