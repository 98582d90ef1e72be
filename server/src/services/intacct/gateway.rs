//! Two questions to the gateway: a session for these credentials, and the company's entities.
//!
//! The second goes to the address that the first answer names, which must be Sage's or the configured one.

use railz_connect_contract::{AccountItem, IntacctCredentials};
use secrecy::ExposeSecret;
use url::Url;

use super::settings::Settings;
use crate::app::App;
use crate::random::{self, RandomnessError};
use crate::services::http_client::{HttpClientError, Reach};
use crate::services::xml::{self, Element, XmlError, escape};

/// The most entities that are listed.
const MOST: usize = 1000;

/// What the gateway says of credentials.
#[derive(Debug)]
pub enum GatewayResponse {
    /// They are good; these are the company's entities, none where it has only itself.
    Good(Vec<AccountItem>),
    /// They are not accepted, or the company has not authorised the sender. With the gateway's error number.
    Refused(String),
}

/// Why nothing could be learnt.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// No random bytes for the request's control id.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// The service did not answer.
    #[error(transparent)]
    HttpClient(#[from] HttpClientError),
    /// The answer is not the gateway's XML.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// The answer lacks something.
    #[error("the gateway's answer {0}")]
    Strange(String),
}

/// Tries the credentials of a web services user: opens a session with them, then lists the company's entities.
///
/// # Errors
/// [`GatewayError`].
pub async fn ask(
    app: &App,
    settings: &Settings,
    credentials: &IntacctCredentials,
) -> Result<GatewayResponse, GatewayError> {
    let login = format!(
        "<login><userid>{}</userid><companyid>{}</companyid><password>{}</password></login>",
        escape(credentials.user_id.trim()),
        escape(credentials.company_id.trim()),
        escape(&credentials.user_password),
    );
    let session = match call(app, settings, &settings.gateway, &login, "<getAPISession/>").await? {
        Ok(data) => data,
        Err(number) => return Ok(GatewayResponse::Refused(number)),
    };
    let text = |name| session.text_at(&["api", name]).filter(|text| !text.is_empty());
    let id = text("sessionid").ok_or_else(|| GatewayError::Strange("has no session id".to_owned()))?;
    let endpoint = match text("endpoint") {
        Some(address) => endpoint(settings, address)?,
        None => settings.gateway.clone(),
    };
    let query = format!(
        "<readByQuery><object>LOCATIONENTITY</object><fields>LOCATIONID,NAME</fields><query/>\
         <pagesize>{MOST}</pagesize></readByQuery>"
    );
    let login = format!("<sessionid>{}</sessionid>", escape(id));
    let data = match call(app, settings, &endpoint, &login, &query).await? {
        Ok(data) => data,
        Err(number) => return Ok(GatewayResponse::Refused(number)),
    };
    let entity = |element: &Element| {
        let id = element.text_at(&["LOCATIONID"]).filter(|id| !id.is_empty())?;
        let label = element.text_at(&["NAME"]).filter(|name| !name.is_empty()).unwrap_or(id);
        Some(AccountItem { id: id.to_owned(), label: label.to_owned() })
    };
    Ok(GatewayResponse::Good(data.children.iter().filter_map(entity).take(MOST).collect()))
}

/// Sage spreads companies over hosts of its own; anything else is not followed.
fn endpoint(settings: &Settings, address: &str) -> Result<Url, GatewayError> {
    let url = Url::parse(address)
        .map_err(|_| GatewayError::Strange("names an endpoint that is none".to_owned()))?;
    let sages = url.scheme() == "https" && url.domain().is_some_and(|host| host.ends_with(".intacct.com"));
    if sages || url.origin() == settings.gateway.origin() {
        Ok(url)
    } else {
        Err(GatewayError::Strange("names an endpoint that is not Sage's".to_owned()))
    }
}

/// One function; its data, or the error number that it was refused with.
async fn call(
    app: &App,
    settings: &Settings,
    to: &Url,
    authentication: &str,
    function: &str,
) -> Result<Result<Element, String>, GatewayError> {
    let control = random::uuid()?;
    let request = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><request><control><senderid>{}</senderid><password>{}</password>\
         <controlid>{control}</controlid><uniqueid>false</uniqueid><dtdversion>3.0</dtdversion>\
         <includewhitespace>false</includewhitespace></control><operation><authentication>{authentication}\
         </authentication><content><function controlid=\"{control}\">{function}</function></content></operation>\
         </request>",
        escape(&settings.sender),
        escape(settings.password.expose_secret()),
    );
    let reach = if to.origin() == settings.gateway.origin() { Reach::Configured } else { Reach::Public };
    let make = |client: &reqwest::Client| {
        client.post(to.clone()).header("content-type", "application/xml").body(request)
    };
    let reply = app.http_client.send(reach, to, make).await?;
    let answer = xml::read(&reply.body)?;
    if answer.name != "response" {
        return Err(GatewayError::Strange(format!("is no response (status {})", reply.status)));
    }
    if let Some(error) = answer.find("errormessage") {
        let number = error.text_at(&["error", "errorno"]).unwrap_or("unnumbered");
        return Ok(Err(number.chars().filter(char::is_ascii_alphanumeric).take(40).collect()));
    }
    let result = answer.at(&["operation", "result"]);
    match result.and_then(|result| Some((result.text_at(&["status"])?, result.child("data")?))) {
        Some(("success", data)) => Ok(Ok(data.clone())),
        _ => Err(GatewayError::Strange("has neither data nor an error".to_owned())),
    }
}
