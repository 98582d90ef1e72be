//! The company behind a connection (`GET /v2/connections/{id}/company`), and a page of its data through the server's proxy
//! (`GET /v2/connections/{id}/proxy/…`), so that no access token comes to this site.

use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use crate::connect_api::{ConnectApi, ConnectError};
use crate::connections::Connection;
use crate::services;

/// What the service told of the company; what it does not tell is missing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Company {
    /// What it calls itself, as the service's own pages show it.
    pub name: Option<String>,
    /// Its name in the register.
    pub legal_name: Option<String>,
    /// Where it is registered: two letters, ISO 3166-1.
    pub country: Option<String>,
    /// What its books are kept in: three letters, ISO 4217.
    pub currency: Option<String>,
    /// The month in which its fiscal year begins, 1 to 12.
    pub fiscal_year_start_month: Option<u8>,
    /// The service has no way to say which company it is.
    #[serde(rename = "companyUnknown")]
    pub is_unknown: bool,
}

/// Something that was asked for, or the sentence that stands in its place.
pub type Shown<T> = Result<T, &'static str>;

/// The company behind a connection.
pub async fn find_company(api: &ConnectApi, connection: &Connection) -> Shown<Company> {
    let path = format!("/v2/connections/{}/company", connection.id.as_str());
    shown(api.get(&path).await)
}

/// The first invoices of the company, as its service tells them.
pub async fn find_invoices(api: &ConnectApi, connection: &Connection) -> Shown<Value> {
    if connection.status != "active" {
        return Err("The connection is not active, so nothing can be read.");
    }
    let Some(data) = services::invoices_path(connection) else {
        return Err("Of this service we read nothing yet.");
    };
    let path = format!("/v2/connections/{}/proxy/{data}", connection.id.as_str());
    shown(api.get(&path).await)
}

/// A refusal is logged, and said in a sentence of ours: the server's words are for developers.
fn shown<T>(answer: Result<Option<T>, ConnectError>) -> Shown<T> {
    let error = match answer {
        Ok(Some(found)) => return Ok(found),
        Ok(None) => return Err("There is nothing here yet."),
        Err(error) => error,
    };
    tracing::warn!("not shown: {error}");
    Err(match error.status() {
        Some(StatusCode::NOT_FOUND) => "The service has nothing here.",
        Some(StatusCode::CONFLICT) => "This cannot be read from this connection.",
        Some(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => "We are not allowed to read this.",
        _ => "This cannot be read just now. Please try again later.",
    })
}
