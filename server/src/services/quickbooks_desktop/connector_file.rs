//! The connector file (QWC) and the password that a person takes to QuickBooks Web Connector.

use railz_connect_contract::{AddressResponse, BusinessName, ConnectionId};
use uuid::Uuid;

use super::connector_data::{ConnectorData, OfferedPassword, hash};
use super::settings::Settings;
use crate::access::rights::{Visibility, visibility};
use crate::app::App;
use crate::domain::company::{Company, CompanyBinding};
use crate::domain::connection::Connection;
use crate::domain::visit::SessionKind;
use crate::random::{self, RandomnessError};
use crate::services::company::{Requester, read_binding};
use crate::services::xml::escape;
use crate::store::{Replaced, StoreError};
use crate::token::Token;

/// The namespace of the numbers in connector files (a random UUID made once).
const NUMBERS: Uuid = Uuid::from_u128(0x5d1c_7a52_90f4_4b7e_a3a5_0c1f_6e2b_88d4);

/// How many passwords that nobody used yet stay good for one session: the next one voids its own oldest.
const OFFERED_TO_SESSION: usize = 5;

/// How many there are for one connection. Another session's are never voided within a day: whoever knows a business's name
/// could otherwise void the file that its owner has just downloaded.
const OFFERED: usize = 100;

/// After how many milliseconds an unused password may make room for another session's.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// Why there is no connector file.
#[derive(Debug, thiserror::Error)]
pub enum ConnectorFileError {
    /// The operating system gave no random bytes.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// A file for the same connection was made at the same moment.
    #[error("the same connection was begun twice at once")]
    Overtaken,
    /// So many files were made and none was used.
    #[error(
        "too many connector files were made for this connection today; use one of them, or try again tomorrow"
    )]
    TooMany,
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
    let file_id = match known_file_id(requester, connection, &binding, &data) {
        Some(known) => known,
        None => random::uuid()?,
    };
    let new = OfferedPassword {
        hash: hash(password.expose()),
        requester: Some(requester.clone()),
        offered_at: app.now().as_millisecond(),
        file_id: Some(file_id),
    };
    offer(&mut data.offered, requester, new)?;
    let file = file(app, connection, file_id);
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
        config: Some(file),
        password: Some(railz_connect_contract::ConnectorPassword::new(password.expose())),
    })
}

/// The `FileID` that this visit may be told: that of the connected company if it is the visit's own to reconnect, otherwise
/// that of its own earlier files. Whoever tells the company's number is taken for its owner.
fn known_file_id(
    requester: &Requester,
    connection: &Connection,
    binding: &CompanyBinding,
    data: &ConnectorData,
) -> Option<Uuid> {
    if let Some(company) = &binding.company
        && visibility(requester.visitor(), connection) == Visibility::Full
    {
        return Some(bound_file_id(connection, company, data));
    }
    let own = data.offered.iter().filter(|one| is_of_visit(one, requester));
    own.filter_map(|one| one.file_id).next_back()
}

fn is_of_visit(one: &OfferedPassword, requester: &Requester) -> bool {
    one.requester.as_ref().is_some_and(|by| by.visit == requester.visit)
}

/// Adds a password, and takes those away that make room for it.
fn offer(
    offered: &mut Vec<OfferedPassword>,
    requester: &Requester,
    new: OfferedPassword,
) -> Result<(), ConnectorFileError> {
    let own = |one: &OfferedPassword| is_of_visit(one, requester);
    if offered.iter().filter(|one| own(one)).count() >= OFFERED_TO_SESSION
        && let Some(oldest) = offered.iter().position(own)
    {
        offered.remove(oldest);
    }
    if offered.len() >= OFFERED {
        let is_over = |one: &OfferedPassword| one.offered_at + DAY <= new.offered_at;
        let is_pages = |one: &OfferedPassword| {
            one.requester.as_ref().is_none_or(|by| by.session_kind == SessionKind::Open)
        };
        // Files that pages asked for never keep out whom a back end vouches for.
        let gives_way = |one: &OfferedPassword| {
            is_over(one) || (requester.session_kind == SessionKind::Minted && is_pages(one))
        };
        let old = offered.iter().position(gives_way);
        offered.remove(old.ok_or(ConnectorFileError::TooMany)?);
    }
    offered.push(new);
    Ok(())
}

/// The number of this server as the owner of what is kept in company files: `OwnerID`.
pub(super) fn owner_id(app: &App) -> Uuid {
    Uuid::new_v5(&NUMBERS, app.config.public_url.to_string().as_bytes())
}

/// The `FileID` of files of older versions. Anybody can make it from the connection's id, so it proves nothing.
pub(super) fn guessable_file_id(connection: &ConnectionId) -> Uuid {
    Uuid::new_v5(&NUMBERS, connection.as_str().as_bytes())
}

/// The `FileID` that the company file of a connection keeps. That is also its identity, but for companies that were
/// connected when the name was all that told them apart.
pub(super) fn bound_file_id(connection: &Connection, company: &Company, data: &ConnectorData) -> Uuid {
    let number = Uuid::try_parse(&company.identity).ok().or(data.file_id);
    number.unwrap_or_else(|| guessable_file_id(&connection.id))
}

/// The connector file (QWC): this server's address, and the connection's id as the user's name.
fn file(app: &App, connection: &Connection, file_id: Uuid) -> String {
    let address = escape(&app.config.public_url.join("/quickbooksDesktop/soap"));
    format!(
        "<?xml version=\"1.0\"?>\n<QBWCXML>\n\
         <AppName>Connect</AppName>\n<AppID></AppID>\n<AppURL>{address}</AppURL>\n\
         <AppDescription>Shares this company file with the service you connect it to.</AppDescription>\n\
         <AppSupport>{address}</AppSupport>\n<UserName>{user}</UserName>\n\
         <OwnerID>{{{owner}}}</OwnerID>\n<FileID>{{{file_id}}}</FileID>\n<QBType>QBFS</QBType>\n\
         <IsReadOnly>true</IsReadOnly>\n</QBWCXML>\n",
        user = connection.id,
        owner = owner_id(app),
    )
}
