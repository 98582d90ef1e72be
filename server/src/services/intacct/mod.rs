//! Sage Intacct: a web services user, checked through the XML gateway, and the entities of its company.
//!
//! `gateway.rs` asks. The sender id is the operator's; the company has
//! to authorise it under Company, Setup, Web Services.

mod gateway;

use railz_connect_contract::AccountItem;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

pub use gateway::{GatewayAnswer, GatewayError, ask};

use crate::app::App;
use crate::store::{Replaced, StoreError};

/// Sage's own gateway.
pub const GATEWAY: &str = "https://api.intacct.com/ia/xml/xmlgw.phtml";

/// What the operator configured.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The web services sender id.
    pub sender: String,
    /// Its password.
    pub password: SecretString,
    /// Where the gateway is.
    pub gateway: Url,
}

/// What is remembered between the credentials and the choice of an entity.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Waiting {
    /// The company's id.
    pub company: String,
    /// The credentials, sealed, in base64.
    pub sealed: String,
    /// Until when the choice can be made, in milliseconds since 1970.
    pub until: i64,
    /// The entities to choose from.
    pub entities: Vec<AccountItem>,
}

/// Forgets credentials that waited for a choice which nobody made in time; returns how many.
///
/// # Errors
/// [`StoreError`], after which the rest waits for the next time.
pub async fn drop_waiting(app: &App) -> Result<u64, StoreError> {
    let mut dropped = 0;
    for mut details in app.store.waiting_over(app.now()).await? {
        if let Some(Value::Object(own)) = details.json.get_mut("own") {
            own.remove("waiting");
        }
        if app.store.put_details(&details).await? == Replaced::Yes {
            dropped += 1;
        }
    }
    Ok(dropped)
}
