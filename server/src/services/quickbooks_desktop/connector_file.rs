//! The connector file (QWC) and the password that a person takes to QuickBooks Web Connector.

use railz_connect_contract::{AddressResponse, BusinessName};
use uuid::Uuid;

use super::connector_data::{ConnectorData, hash};
use super::settings::Settings;
use crate::app::App;
use crate::domain::company::CompanyBinding;
use crate::domain::connection::Connection;
use crate::random::RandomnessError;
use crate::services::company::{Requester, read_binding};
use crate::services::xml::escape;
use crate::store::{Replaced, StoreError};
use crate::token::Token;

/// The namespace of the numbers in connector files (a random UUID made once).
const NUMBERS: Uuid = Uuid::from_u128(0x5d1c_7a52_90f4_4b7e_a3a5_0c1f_6e2b_88d4);

/// How many passwords that nobody used yet stay good.
const OFFERED: usize = 5;

/// Why there is no connector file.
#[derive(Debug, thiserror::Error)]
pub enum ConnectorFileError {
    /// The operating system gave no random bytes.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// A file for the same connection was made at the same moment.
    #[error("the same connection was begun twice at once")]
    Overtaken,
    /// The binding could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a connector file and a password for this connection.
///
/// # Errors
/// [`ConnectorFileError`].
pub async fn offer_connector(
    app: &App,
    settings: &Settings,
    requester: &Requester,
    connection: &Connection,
    business: BusinessName,
) -> Result<AddressResponse, ConnectorFileError> {
    let password = Token::generate()?;
    let binding = read_binding(app, &connection.id).await?;
    let mut data = ConnectorData::of(&binding);
    data.offered.push(hash(password.expose()));
    if data.offered.len() > OFFERED {
        data.offered.remove(0);
    }
    data.requester = Some(requester.clone());
    let binding = CompanyBinding { service_data: serde_json::json!(data), duplicate_for: None, ..binding };
    if app.store.put_binding(&binding).await? == Replaced::Overtaken {
        return Err(ConnectorFileError::Overtaken);
    }
    Ok(AddressResponse {
        url: settings.download.to_string(),
        connection_id: Some(connection.id.clone()),
        business_name: business,
        attempt_id: None,
        expires_in_seconds: None,
        start_proof: None,
        config: Some(file(app, connection)),
        password: Some(railz_connect_contract::ConnectorPassword::new(password.expose())),
    })
}

/// The connector file (QWC): this server's address, and the connection's id as the user's name.
fn file(app: &App, connection: &Connection) -> String {
    let address = escape(&app.config.public_url.join("/quickbooksDesktop/soap"));
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
