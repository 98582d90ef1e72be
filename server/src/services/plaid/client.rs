//! Speaks to Plaid: JSON by POST, client id and secret in headers, and its errors by type and code.
//!
//! Of a refusal the codes are kept and Plaid's words dropped: what is sent to it is partly secret, and words may repeat it.

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use url::Url;

use super::settings::Settings;
use crate::app::App;
use crate::services::http_client::{HttpClientError, Reach};

/// The form of Plaid's answers that is read here.
const VERSION: &str = "2020-09-14";

/// The error that Plaid refuses a call with, or that an item is in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PlaidError {
    /// Its family, such as `ITEM_ERROR`.
    #[serde(rename = "error_type")]
    pub kind: String,
    /// Its code, such as `ITEM_LOGIN_REQUIRED`.
    #[serde(rename = "error_code")]
    pub code: String,
    /// Whether it is about the redirect address, which no code says.
    #[serde(default, rename = "error_message", deserialize_with = "is_about_redirect")]
    pub about_redirect: bool,
}

fn is_about_redirect<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    let words = Option::<String>::deserialize(deserializer)?.unwrap_or_default().to_lowercase();
    Ok(words.contains("redirect"))
}

/// Why Plaid did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum PlaidClientError {
    /// The service did not answer.
    #[error("Plaid: {0}")]
    HttpClient(#[from] HttpClientError),
    /// Plaid refused, with its error's type and code.
    #[error("Plaid refused: {} {}", .0.kind, .0.code)]
    Refused(PlaidError),
    /// The answer is not Plaid's.
    #[error("Plaid's answer cannot be understood (status {0})")]
    Strange(u16),
    /// The operator's secret cannot travel.
    #[error("client_id or client_secret of plaid cannot stand in a header")]
    Header,
}

/// What a public token was exchanged for.
pub(super) struct Exchanged {
    pub(super) access: SecretString,
    pub(super) item: String,
}

/// An item: a person's connection to a bank.
#[derive(Debug, Deserialize)]
pub(super) struct Item {
    pub(super) institution_id: Option<String>,
    pub(super) institution_name: Option<String>,
    pub(super) error: Option<PlaidError>,
}

/// A bank account of an item, as Plaid describes it.
#[derive(Debug, Deserialize)]
pub(super) struct Account {
    pub(super) name: Option<String>,
    pub(super) mask: Option<String>,
    pub(super) subtype: Option<String>,
}

/// An item with its accounts.
#[derive(Debug, Deserialize)]
pub(super) struct Accounts {
    pub(super) accounts: Vec<Account>,
    pub(super) item: Item,
}

/// A bank, as Plaid describes it for people.
#[derive(Debug, Deserialize)]
pub(super) struct Institution {
    pub(super) name: String,
    pub(super) url: Option<String>,
    /// A picture (PNG) in base64.
    pub(super) logo: Option<String>,
}

async fn call<T: DeserializeOwned>(
    app: &App,
    settings: &Settings,
    path: &str,
    body: &Value,
) -> Result<T, PlaidClientError> {
    let url = format!("{}/{path}", settings.api);
    let url = Url::parse(&url).map_err(|_| PlaidClientError::Strange(0))?;
    let header = |text: &str| {
        let mut value = HeaderValue::from_str(text).map_err(|_| PlaidClientError::Header)?;
        value.set_sensitive(true);
        Ok::<_, PlaidClientError>(value)
    };
    let (client, secret) = (header(&settings.client)?, header(settings.secret.expose_secret())?);
    let make = |http: &reqwest::Client| {
        http.post(url.clone())
            .header("plaid-client-id", client)
            .header("plaid-secret", secret)
            .header("plaid-version", VERSION)
            .header("content-type", "application/json")
            .body(body.to_string())
    };
    let reply = app.http_client.send(Reach::Configured, &url, make).await?;
    let status = reply.status.as_u16();
    if reply.status.is_success() {
        return serde_json::from_slice(&reply.body).map_err(|_| PlaidClientError::Strange(status));
    }
    match serde_json::from_slice(&reply.body) {
        Ok(error) => Err(PlaidClientError::Refused(error)),
        Err(_) => Err(PlaidClientError::Strange(status)),
    }
}

/// Makes the link token with which Plaid's script opens (`/link/token/create`).
pub(super) async fn create_link_token(
    app: &App,
    settings: &Settings,
    body: &Value,
) -> Result<String, PlaidClientError> {
    #[derive(Deserialize)]
    struct LinkTokenResponse {
        link_token: String,
    }
    Ok(call::<LinkTokenResponse>(app, settings, "link/token/create", body).await?.link_token)
}

/// Exchanges what the script ended with; good once.
pub(super) async fn exchange(
    app: &App,
    settings: &Settings,
    public_token: &str,
) -> Result<Exchanged, PlaidClientError> {
    #[derive(Deserialize)]
    struct ExchangeResponse {
        access_token: String,
        item_id: String,
    }
    let body = json!({ "public_token": public_token });
    let answer: ExchangeResponse = call(app, settings, "item/public_token/exchange", &body).await?;
    Ok(Exchanged { access: answer.access_token.into(), item: answer.item_id })
}

fn with_access(access: &SecretString) -> Value {
    json!({ "access_token": access.expose_secret() })
}

/// Fetches an item, whose `error` says whether its bank still answers.
pub(super) async fn get_item(
    app: &App,
    settings: &Settings,
    access: &SecretString,
) -> Result<Item, PlaidClientError> {
    #[derive(Deserialize)]
    struct ItemResponse {
        item: Item,
    }
    Ok(call::<ItemResponse>(app, settings, "item/get", &with_access(access)).await?.item)
}

/// Fetches an item together with its accounts (`/accounts/get`).
pub(super) async fn get_accounts(
    app: &App,
    settings: &Settings,
    access: &SecretString,
) -> Result<Accounts, PlaidClientError> {
    call(app, settings, "accounts/get", &with_access(access)).await
}

/// Fetches a bank's name, address and logo.
pub(super) async fn get_institution(
    app: &App,
    settings: &Settings,
    id: &str,
) -> Result<Institution, PlaidClientError> {
    #[derive(Deserialize)]
    struct InstitutionResponse {
        institution: Institution,
    }
    let body = json!({
        "institution_id": id,
        "country_codes": settings.countries,
        "options": { "include_optional_metadata": true },
    });
    Ok(call::<InstitutionResponse>(app, settings, "institutions/get_by_id", &body).await?.institution)
}

/// Gives an item up, after which its access token opens nothing and nobody pays for it.
pub(super) async fn remove(
    app: &App,
    settings: &Settings,
    access: &SecretString,
) -> Result<(), PlaidClientError> {
    call::<Value>(app, settings, "item/remove", &with_access(access)).await.map(drop)
}
