//! One signed call that changes nothing: the list of record types, which needs the token, its role and REST web services.

use railz_connect_contract::NetsuiteCredentials;
use reqwest::StatusCode;
use reqwest::header::AUTHORIZATION;
use secrecy::SecretString;

use super::address::AccountAddress;
use super::settings::Settings;
use super::signature::{self, Signer};
use crate::app::App;
use crate::random::{self, RandomnessError};
use crate::services::http_client::HttpClientError;

/// What NetSuite says of a token pair.
#[derive(Debug)]
pub enum CheckOutcome {
    /// NetSuite accepts it, and its role may use REST web services.
    Good,
    /// It is not accepted (401).
    Refused,
    /// It is, but its role may not use REST web services (403).
    NotAllowed,
    /// Something else than NetSuite's API answered, or NetSuite is out of order.
    Strange(StatusCode),
}

/// Why NetSuite's opinion of a token pair is not known.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// No random bytes for the signature's nonce.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// The service did not answer.
    #[error(transparent)]
    HttpClient(#[from] HttpClientError),
}

/// Tries a token pair with one signed call that changes nothing.
///
/// # Errors
/// [`CheckError`] where it does not answer, or its name leads into a private network.
pub async fn check(
    app: &App,
    settings: &Settings,
    address: &AccountAddress,
    credentials: &NetsuiteCredentials,
) -> Result<CheckOutcome, CheckError> {
    let mut url = address.base.clone();
    url.set_path(&format!("{}/services/rest/record/v1/metadata-catalog", url.path().trim_end_matches('/')));
    let token_secret: SecretString = credentials.token_secret.trim().to_owned().into();
    let signer = Signer {
        consumer_key: &settings.consumer_key,
        consumer_secret: &settings.consumer_secret,
        token: credentials.token_id.trim(),
        token_secret: &token_secret,
        realm: &address.account,
    };
    let nonce = random::text()?;
    let header = signature::header(&signer, "GET", &url, app.now().as_second(), &nonce);
    let make = |client: &reqwest::Client| {
        client.get(url.clone()).header(AUTHORIZATION, header).header("accept", "application/json")
    };
    let reply = app.http_client.send(address.reach, &url, make).await?;
    let json = serde_json::from_slice::<serde_json::Value>(&reply.body).is_ok_and(|json| json.is_object());
    Ok(match reply.status {
        StatusCode::OK if json => CheckOutcome::Good,
        StatusCode::UNAUTHORIZED => CheckOutcome::Refused,
        StatusCode::FORBIDDEN => CheckOutcome::NotAllowed,
        other => CheckOutcome::Strange(other),
    })
}
