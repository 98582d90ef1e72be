//! The way to the Connect server's `/v2` with the secret key: one call, what it answers, and what is not believed.
//!
//! Answers are bounded, calls end in time, and a POST that had no answer, or a busy one, is repeated under its idempotency key, so that it is
//! done once. Next: `mint_session.rs`, `redeem.rs`, `connections.rs` and `company.rs`, each with the calls of one concern.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use reqwest::{Method, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use crate::origin::Origin;
use crate::secret::SecretKey;

/// How long an answer may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);
/// The longest answer that is read, in bytes.
const LONGEST: usize = 1024 * 1024;
/// How many times a POST is sent at most, and the pause before it is sent again.
const TRIES: u32 = 3;
const PAUSE: Duration = Duration::from_millis(300);

/// The way to the Connect server with the secret key.
#[derive(Clone, Debug)]
pub struct ConnectApi {
    connect: Origin,
    key: SecretKey,
    client: reqwest::Client,
}

/// Why there is no answer to go by.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The Connect server was not reached, or broke off.
    #[error("the Connect server cannot be reached: {0}")]
    Unreachable(#[from] reqwest::Error),
    /// It refused, in its own words.
    #[error("the Connect server answered {status}: {message:?}")]
    Refused {
        /// The HTTP status.
        status: StatusCode,
        /// Its words for developers, shortened.
        message: String,
    },
    /// More than 1 MiB.
    #[error("the Connect server's answer is too long")]
    TooLong,
    /// Not what the documents say that it answers.
    #[error("the Connect server's answer is not understood: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// There is nothing where something was asked for.
    #[error("the Connect server's answer is empty")]
    Empty,
    /// No idempotency key could be made.
    #[error(transparent)]
    Random(#[from] crate::secret::RandomError),
}

impl ConnectError {
    /// The status of a refusal.
    pub fn status(&self) -> Option<StatusCode> {
        if let Self::Refused { status, .. } = self { Some(*status) } else { None }
    }

    /// Whether the same call may be answered some time later: nobody answered it, or somebody who is too busy (429) or in
    /// trouble (500 and above).
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable(_) => true,
            Self::Refused { status, .. } => {
                *status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error()
            }
            Self::TooLong | Self::Unreadable(_) | Self::Empty | Self::Random(_) => false,
        }
    }
}

impl ConnectApi {
    /// The way to this server with this key.
    ///
    /// # Errors
    /// Where the HTTP client cannot be made.
    pub fn new(connect: Origin, key: SecretKey) -> Result<Self, reqwest::Error> {
        let mut client =
            reqwest::Client::builder().timeout(ANSWER_WITHIN).redirect(reqwest::redirect::Policy::none());
        // What browsers know of names below `localhost` (RFC 6761), the system's resolver need not.
        let host = Url::parse(&connect.to_string()).ok().and_then(|url| url.host_str().map(str::to_owned));
        if let Some(host) = host.filter(|host| host.ends_with(".localhost")) {
            client = client.resolve(&host, SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        }
        Ok(Self { connect, key, client: client.build()? })
    }

    /// What stands at an address of the server that is for everybody: asked without the key.
    ///
    /// # Errors
    /// Where the server cannot be asked, answers with an error, or with what is no `T`: [`ConnectError`].
    pub async fn get_public<T: DeserializeOwned>(&self, path: &str) -> Result<T, ConnectError> {
        read(self.client.get(format!("{}{path}", self.connect))).await?.ok_or(ConnectError::Empty)
    }

    /// What stands at an address; nothing where the server says that there is nothing (204).
    ///
    /// # Errors
    /// Where the server cannot be asked, refuses (also where there is no such thing, 404), or answers with what is no `T`.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<Option<T>, ConnectError> {
        read(self.request(Method::GET, path)).await
    }

    /// Changes something.
    ///
    /// # Errors
    /// Where the server cannot be asked, refuses, or answers with nothing or with what is no `T`.
    pub async fn put<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T, ConnectError> {
        read(with_json(self.request(Method::PUT, path), body)).await?.ok_or(ConnectError::Empty)
    }

    /// Has something done once: repeated under the same idempotency key where no answer came, or one that may pass.
    ///
    /// # Errors
    /// Where each try went without an answer, or one was answered with a refusal or with what is no `T`.
    pub async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &Value,
        idempotency_key: &str,
    ) -> Result<T, ConnectError> {
        let mut tries = 1;
        loop {
            let request = with_json(self.request(Method::POST, path), body);
            match read(request.header("idempotency-key", idempotency_key)).await {
                Err(error) if error.may_pass() && tries < TRIES => {
                    tracing::warn!("asked again: {error}");
                    tokio::time::sleep(PAUSE * tries).await;
                    tries += 1;
                }
                answer => return answer?.ok_or(ConnectError::Empty),
            }
        }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.connect)).bearer_auth(self.key.expose())
    }
}

fn with_json(request: RequestBuilder, body: &Value) -> RequestBuilder {
    request.header("content-type", "application/json").body(body.to_string())
}

async fn read<T: DeserializeOwned>(request: RequestBuilder) -> Result<Option<T>, ConnectError> {
    let mut answer = request.send().await?;
    let status = answer.status();
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await? {
        if body.len() + piece.len() > LONGEST {
            return Err(ConnectError::TooLong);
        }
        body.extend_from_slice(&piece);
    }
    match status {
        StatusCode::NO_CONTENT => Ok(None),
        status if status.is_success() => Ok(Some(serde_json::from_slice(&body)?)),
        status => Err(ConnectError::Refused { status, message: message(&body) }),
    }
}

/// The words of an error body, `{"error": {"message": …}}`.
fn message(body: &[u8]) -> String {
    let error: Value = serde_json::from_slice(body).unwrap_or_default();
    let words = match &error["error"]["message"] {
        Value::String(words) => words.clone(),
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    };
    words.chars().take(300).collect()
}
