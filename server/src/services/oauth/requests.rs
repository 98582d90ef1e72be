//! How requests to a service's OAuth endpoints and lists travel by the one HTTP client.
//!
//! Their addresses are the operator's or built in, and their answers are small. What the `oauth2` crate sends to a token
//! endpoint comes back as that crate expects it: `token_response.rs` puts it right.

use std::pin::Pin;

use oauth2::http::header::CONTENT_TYPE;
use oauth2::http::{self, HeaderMap};
use oauth2::{AsyncHttpClient, HttpRequest};
use reqwest::RequestBuilder;
use serde_json::Value;
use url::Url;

use super::token_response;
use crate::services::http_client::{HttpClient, HttpClientError, HttpResponse, Reach};

/// The largest answer that is read, in bytes; real ones have a few thousand.
const LARGEST_ANSWER: usize = 256 * 1024;

/// Sends a request and reads the whole answer, whatever its status.
///
/// # Errors
/// [`HttpClientError`], as the client says.
pub(super) async fn send(client: &HttpClient, request: HttpRequest) -> Result<HttpResponse, HttpClientError> {
    let (parts, body) = request.into_parts();
    let url = Url::parse(&parts.uri.to_string())?;
    // By the builder, which sends a name and password in the address as the header that they stand for.
    let make =
        |http: &reqwest::Client| http.request(parts.method, url.clone()).headers(parts.headers).body(body);
    client.send_limited(Reach::Configured, LARGEST_ANSWER, &url, make).await
}

/// Fetches JSON with these headers.
///
/// # Errors
/// [`HttpClientError`], which holds nothing of the answer but its status.
pub(super) async fn get_json(
    client: &HttpClient,
    url: &Url,
    headers: HeaderMap,
) -> Result<Value, HttpClientError> {
    read_json(client, url, |http| http.get(url.clone()).headers(headers)).await
}

/// Posts JSON with these headers and reads the JSON that answers it.
///
/// # Errors
/// [`HttpClientError`], which holds nothing of the answer but its status.
pub(super) async fn post_json(
    client: &HttpClient,
    url: &Url,
    headers: HeaderMap,
    body: &Value,
) -> Result<Value, HttpClientError> {
    let make = |http: &reqwest::Client| {
        let request = http.post(url.clone()).headers(headers);
        request.header(CONTENT_TYPE, "application/json").body(body.to_string())
    };
    read_json(client, url, make).await
}

async fn read_json(
    client: &HttpClient,
    url: &Url,
    make: impl FnOnce(&reqwest::Client) -> RequestBuilder + Send,
) -> Result<Value, HttpClientError> {
    let answer = client.send_limited(Reach::Configured, LARGEST_ANSWER, url, make).await?;
    if !answer.status.is_success() {
        return Err(HttpClientError::Status(answer.status.as_u16()));
    }
    serde_json::from_slice(&answer.body).map_err(|_| HttpClientError::NotJson)
}

/// The form in which the `oauth2` crate calls it. Headers are left out: some token endpoints call their JSON `text/plain`,
/// and what it is shows when it is parsed.
impl<'c> AsyncHttpClient<'c> for HttpClient {
    type Error = HttpClientError;
    type Future = Pin<Box<dyn Future<Output = Result<oauth2::HttpResponse, HttpClientError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let HttpResponse { status, body } = send(self, request).await?;
            let body = match status.is_success() {
                true => token_response::normalize(body),
                false if token_response::is_error(&body) => body,
                false => return Err(HttpClientError::Status(status.as_u16())),
            };
            let mut answer = http::Response::new(body);
            *answer.status_mut() = status;
            Ok(answer)
        })
    }
}
