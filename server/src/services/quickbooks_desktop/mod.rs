//! QuickBooks Desktop: a connector file and a password for QuickBooks Web Connector, which then calls us.
//!
//! `web_connector.rs` is one round of its calls: authenticate, one request, its response, close. Passwords are kept as hashes. An
//! older file stays good until a newer one has proved itself, so that opening the form again disturbs nothing.

mod web_connector;

use base64::{Engine, engine::general_purpose::STANDARD};
use railz_connect_contract::{AddressResponse, BusinessName};
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

pub use web_connector::{Reply, call};

use super::begin::BeginError;
use super::company::{Requester, read_binding};
use super::xml::escaped;
use crate::app::App;
use crate::domain::company::CompanyBinding;
use crate::domain::connection::Connection;
use crate::store::Replaced;
use crate::token::{Token, TokenHash};

/// Where people get QuickBooks Web Connector.
pub const DOWNLOAD: &str = "https://developer.intuit.com/app/developer/qbdesktop/docs/get-started/get-started-with-quickbooks-web-connector";

/// The namespace of the numbers in connector files (a random UUID made once).
const NUMBERS: Uuid = Uuid::from_u128(0x5d1c_7a52_90f4_4b7e_a3a5_0c1f_6e2b_88d4);

/// How many passwords that nobody used yet stay good.
const OFFERED: usize = 5;

/// What the operator configured.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where people get the connector.
    pub download: Url,
}

/// What is kept beside a connection.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct ConnectorData {
    /// The hash of the password that connected the company.
    proved: Option<String>,
    /// Hashes of passwords that nobody used yet, oldest first.
    offered: Vec<String>,
    /// For whom.
    requester: Option<Requester>,
    /// The round of calls in progress.
    round: Option<web_connector::Round>,
}

impl ConnectorData {
    /// The passwords that were offered after this one: a round with an older file does not void the file that a person
    /// has just been given.
    fn newer_than(&self, password: &str) -> Vec<String> {
        let place = self.offered.iter().position(|offered| offered == password);
        self.offered.iter().skip(place.map_or(0, |place| place + 1)).cloned().collect()
    }
}

fn hash(text: &str) -> String {
    STANDARD.encode(TokenHash::of(text).as_bytes())
}

fn connector_data(binding: &CompanyBinding) -> ConnectorData {
    binding.service_data().unwrap_or_default()
}

/// Makes a connector file and a password for this connection.
///
/// # Errors
/// [`BeginError`].
pub async fn offer(
    app: &App,
    settings: &Settings,
    requester: &Requester,
    connection: &Connection,
    business: BusinessName,
) -> Result<AddressResponse, BeginError> {
    let password = Token::new(app.randomness())?;
    let binding = read_binding(app, &connection.id).await?;
    let mut data = connector_data(&binding);
    data.offered.push(hash(password.expose()));
    if data.offered.len() > OFFERED {
        data.offered.remove(0);
    }
    data.requester = Some(requester.clone());
    let binding = CompanyBinding { service_data: serde_json::json!(data), duplicate_for: None, ..binding };
    if app.store.put_binding(&binding).await? == Replaced::Overtaken {
        return Err(BeginError::Overtaken);
    }
    Ok(AddressResponse {
        url: settings.download.to_string(),
        connection_id: Some(connection.id.clone()),
        business_name: business,
        attempt_id: None,
        expires_in_seconds: None,
        config: Some(file(app, connection)),
        password: Some(railz_connect_contract::ConnectorPassword::new(password.expose())),
    })
}

/// The connector file (QWC).
fn file(app: &App, connection: &Connection) -> String {
    let address = escaped(&app.config.public_url.join("/quickbooksDesktop/soap"));
    let number = |name: &str| Uuid::new_v5(&NUMBERS, name.as_bytes());
    format!(
        "<?xml version=\"1.0\"?>\n<QBWCXML>\n\
         <AppName>Connect</AppName>\n<AppID></AppID>\n<AppURL>{address}</AppURL>\n\
         <AppDescription>Shares this company file with the service you connect it to.</AppDescription>\n\
         <AppSupport>{address}</AppSupport>\n<UserName>{user}</UserName>\n\
         <OwnerID>{{{owner}}}</OwnerID>\n<FileID>{{{file}}}</FileID>\n<QBType>QBFS</QBType>\n\
         <IsReadOnly>true</IsReadOnly>\n</QBWCXML>\n",
        user = connection.id,
        owner = number(&app.config.public_url.to_string()),
        file = number(connection.id.as_str()),
    )
}
