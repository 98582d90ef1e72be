//! The token with which Plaid's script opens in the host's page.

use railz_connect_contract::{ConnectionId, LinkToken};
use secrecy::ExposeSecret;
use serde_json::json;

use super::bank_connection::{access, find_linked};
use super::client;
use super::link_error::LinkError;
use super::settings::Settings;
use crate::access::rights::{Visibility, visibility};
use crate::app::App;
use crate::services::company::Requester;

/// The longest name of who asks that Plaid takes, in characters.
const LONGEST_NAME: usize = 30;

/// What a link token is for.
#[derive(Debug)]
pub struct LinkTokenOptions<'a> {
    /// Who links, and for which business.
    pub requester: &'a Requester,
    /// Who asks for the link, in words for people.
    pub customer: &'a str,
    /// Where banks with a sign-in of their own send the browser back to.
    pub redirect: Option<&'a str>,
    /// In which countries the banks are; the operator's where nothing is said.
    pub countries: Option<Vec<String>>,
    /// The connection whose bank asks for a sign-in again (Plaid's update mode).
    pub update: Option<ConnectionId>,
}

/// Makes a token with which the script opens: in update mode where a connection is named, else for a new bank. To whom a
/// bank is not shown in full it is opened where it wants a person, and not otherwise.
///
/// # Errors
/// [`LinkError`].
pub async fn create_link_token(
    app: &App,
    settings: &Settings,
    options: LinkTokenOptions<'_>,
) -> Result<LinkToken, LinkError> {
    let access = match options.update {
        None => None,
        Some(id) => {
            let connection = find_linked(app, &options.requester.business, &id).await?;
            let is_own = visibility(options.requester.visitor(), &connection) == Visibility::Full;
            if !is_own && !connection.is_renewal_due(app.now()) {
                return Err(LinkError::NothingDue);
            }
            access(app, &connection.id).await?
        }
    };
    let name: String = options.customer.chars().take(LONGEST_NAME).collect();
    let mut body = json!({
        "client_name": name,
        "language": "en",
        "country_codes": options.countries.as_ref().unwrap_or(&settings.countries),
        "user": { "client_user_id": options.requester.business.as_str() },
    });
    if let Some(redirect) = options.redirect {
        body["redirect_uri"] = redirect.into();
    }
    match &access {
        Some(access) => body["access_token"] = access.expose_secret().into(),
        None => body["products"] = json!(settings.products),
    }
    Ok(LinkToken::new(client::create_link_token(app, settings, &body).await?))
}
