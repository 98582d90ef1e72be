//! One round of QuickBooks Web Connector's calls. The company that answers is the one that is connected.

use railz_connect_contract::ConnectionId;
use serde_json::json;
use uuid::Uuid;

use super::connector_data::{ConnectorData, OfferedPassword, Round, RoundPassword, hash};
use super::connector_file::{bound_file_id, guessable_file_id, owner_id};
use crate::access::rights::{CompanyCheck, SignInRight, Visibility, sign_in_right, visibility};
use crate::app::App;
use crate::domain::company::{Company, CompanyBinding};
use crate::domain::company_details::clean_name;
use crate::domain::connection::Connection;
use crate::random::RandomnessError;
use crate::services::company::{
    AuthorizedBy, CompanyError, CompanyOutcome, Requester, connect_with_credentials, read_binding,
};
use crate::services::xml::{self, Element};
use crate::store::{Replaced, StoreError};
use crate::token::Token;

/// The one request: who the company is, and what QuickBooks keeps in its file for us.
fn query(owner: Uuid) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><?qbxml version=\"6.0\"?><QBXML>\
         <QBXMLMsgsRq onError=\"stopOnError\"><CompanyQueryRq requestID=\"1\"><OwnerID>{{{owner}}}</OwnerID>\
         </CompanyQueryRq></QBXMLMsgsRq></QBXML>"
    )
}

/// The `FileID` that the company file keeps: the Web Connector writes it there the first time that it opens the file
/// (nsoftware, *`QWCFileInfoFileId`*), and a query with our `OwnerID` brings it back.
fn kept_file_id(company: &Element) -> Option<Uuid> {
    let kept = company.children.iter().filter(|child| child.name == "DataExtRet");
    let mut ids = kept.filter(|kept| kept.text_at(&["DataExtName"]) == Some("FileID"));
    let value = ids.next()?.text_at(&["DataExtValue"])?;
    Uuid::try_parse(value.trim_start_matches('{').trim_end_matches('}')).ok()
}

/// The result of one SOAP call, in the type that its method returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// A `string`.
    Text(String),
    /// Two of them: the ticket, and what to do.
    Texts([String; 2]),
    /// The user name or the password is wrong, in the two `string`s that say so.
    NotLetIn,
    /// So many percent are done; less than zero is an error.
    Percent(i32),
    /// There is no such call.
    Unknown,
}

/// Why nothing is answered, through our own fault.
#[derive(Debug, thiserror::Error)]
pub enum WebConnectorError {
    /// No random bytes for a ticket.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// The company could not be connected.
    #[error(transparent)]
    Company(#[from] CompanyError),
    /// The database failed; the Web Connector asks again on its next round.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Answers one call of the Web Connector, by the name of its SOAP method.
///
/// # Errors
/// [`WebConnectorError`].
pub async fn call(app: &App, method: &Element) -> Result<Reply, WebConnectorError> {
    let text = |name| method.child(name).map_or("", |child| child.text.as_str());
    let ticket = text("ticket");
    Ok(match method.name.as_str() {
        "serverVersion" => Reply::Text(env!("CARGO_PKG_VERSION").to_owned()),
        "clientVersion" => Reply::Text(String::new()),
        "authenticate" => authenticate(app, text("strUserName"), text("strPassword")).await?,
        "sendRequestXML" => Reply::Text(request(app, ticket).await?),
        "receiveResponseXML" => {
            Reply::Percent(response(app, ticket, text("response"), (text("hresult"), text("message"))).await?)
        }
        "connectionError" => {
            if let Some(open) = OpenRound::find(app, ticket).await? {
                open.fail(app, words(text("message"), "QuickBooks could not be reached.")).await?;
            }
            Reply::Text("done".to_owned())
        }
        "getLastError" => {
            let open = OpenRound::find(app, ticket).await?;
            let error = open.map_or(Some("This session is over.".to_owned()), |open| open.round.error);
            Reply::Text(error.unwrap_or_default())
        }
        "closeConnection" => {
            if let Some(open) = OpenRound::find(app, ticket).await? {
                open.store(app, None).await?;
            }
            Reply::Text("OK".to_owned())
        }
        _ => Reply::Unknown,
    })
}

fn words(message: &str, otherwise: &str) -> String {
    let message: String = message.trim().chars().take(300).collect();
    if message.is_empty() { otherwise.to_owned() } else { message }
}

async fn authenticate(app: &App, user: &str, password: &str) -> Result<Reply, WebConnectorError> {
    let busy = || Ok(Reply::Texts([String::new(), "busy".to_owned()]));
    let id = ConnectionId::new(user);
    if app.store.connection(&id).await?.is_none() {
        return Ok(Reply::NotLetIn);
    }
    let binding = read_binding(app, &id).await?;
    let mut data = ConnectorData::of(&binding);
    let password = hash(password);
    if data.find_password(&password).is_none() {
        tracing::info!(connection = %id, "the Web Connector came with a wrong password");
        return Ok(Reply::NotLetIn);
    }
    let now = app.now();
    if data.is_busy_for(&password, now) {
        return busy();
    }
    let ticket = format!("{id}:{}", Token::generate()?.expose());
    data.round = Some(Round::begin(hash(&ticket), password, now));
    match keep(app, binding, &data).await? {
        Replaced::Yes => Ok(Reply::Texts([ticket, String::new()])),
        Replaced::Overtaken => busy(),
    }
}

async fn keep(app: &App, binding: CompanyBinding, data: &ConnectorData) -> Result<Replaced, StoreError> {
    app.store.put_binding(&CompanyBinding { service_data: json!(data), ..binding }).await
}

/// The round that a ticket belongs to.
struct OpenRound {
    binding: CompanyBinding,
    data: ConnectorData,
    round: Round,
}

impl OpenRound {
    async fn find(app: &App, ticket: &str) -> Result<Option<Self>, WebConnectorError> {
        let Some((id, _)) = ticket.split_once(':') else { return Ok(None) };
        let id = ConnectionId::new(id);
        if app.store.connection(&id).await?.is_none() {
            return Ok(None);
        }
        let binding = read_binding(app, &id).await?;
        let data = ConnectorData::of(&binding);
        let now = app.now().as_millisecond();
        let round = data.round.clone().filter(|round| round.ticket == hash(ticket) && round.until > now);
        Ok(round.map(|round| Self { binding, data, round }))
    }

    /// Who was given the password with which the round began.
    fn requester(&self) -> Option<Requester> {
        let offered = self.data.offered.iter().find(|offered| offered.hash == self.round.password);
        offered.and_then(|offered| offered.requester.clone()).or_else(|| self.data.requester.clone())
    }

    async fn store(self, app: &App, round: Option<Round>) -> Result<Replaced, StoreError> {
        keep(app, self.binding, &ConnectorData { round, ..self.data }).await
    }

    async fn fail(self, app: &App, error: String) -> Result<i32, WebConnectorError> {
        tracing::info!(connection = %self.binding.connection, error, "a round of the Web Connector failed");
        let round = Round { error: Some(error), ..self.round.clone() };
        self.store(app, Some(round)).await?;
        Ok(-1)
    }
}

async fn request(app: &App, ticket: &str) -> Result<String, WebConnectorError> {
    let Some(open) = OpenRound::find(app, ticket).await? else { return Ok(String::new()) };
    if open.round.request_sent {
        return Ok(String::new());
    }
    // From here QuickBooks opens its file, which takes long enough.
    let round = Round { request_sent: true, ..open.round.clone() }.extend(app.now());
    open.store(app, Some(round)).await?;
    Ok(query(owner_id(app)))
}

async fn response(
    app: &App,
    ticket: &str,
    response: &str,
    (hresult, message): (&str, &str),
) -> Result<i32, WebConnectorError> {
    let Some(open) = OpenRound::find(app, ticket).await? else { return Ok(-1) };
    if !hresult.trim().is_empty() {
        return open.fail(app, words(message, "QuickBooks refused the request.")).await;
    }
    let read = xml::read(response.as_bytes()).ok();
    let company = read.as_ref().and_then(|read| read.find("CompanyRet"));
    let name = company.and_then(|company| company.text_at(&["CompanyName"])).and_then(clean_name);
    let (Some(company), Some(name)) = (company, name) else {
        return open.fail(app, "QuickBooks did not name the company.".to_owned()).await;
    };
    let connection = app.store.connection(&open.binding.connection).await?;
    let password = open.data.find_password(&open.round.password);
    let (Some(connection), Some(requester), Some(password)) = (connection, open.requester(), password) else {
        return open.fail(app, "This connection is gone.".to_owned()).await;
    };
    let right = sign_in_right(requester.visitor(), &connection, &open.binding, CompanyCheck::Possible);
    let bound = match (&password, right) {
        // Whoever was given this file puts any company in place of a page's.
        (RoundPassword::Offered(_), SignInRight::Replace) => None,
        _ => open.binding.company.clone(),
    };
    let shown = visibility(requester.visitor(), &connection);
    let told = told_file_id(company, &connection, &password, (bound.as_ref(), &open.data));
    if let Some(bound) = bound.as_ref().filter(|bound| bound.id != name || told.is_none()) {
        return open.fail(app, belongs_to(bound, shown)).await;
    }
    let told = told.unwrap_or_else(|| guessable_file_id(&connection.id));
    let identity = match bound {
        // Connected when the name was all that told companies apart; only this connection's file goes on like that.
        Some(bound) if bound.identity == bound.id => bound.identity,
        Some(_) | None => told.to_string(),
    };
    let by = match password {
        RoundPassword::Accepted => AuthorizedBy::Connector,
        RoundPassword::Offered(_) => requester.as_person(),
    };
    let company = Company { identity, name: Some(name.clone()), ..Company::of_id(name) };
    let data = ConnectorData {
        accepted: Some(open.round.password.clone()),
        offered: open.data.passwords_after(&open.round.password),
        requester: Some(requester.clone()),
        file_id: Some(told),
        round: Some(open.round.clone()),
    };
    match connect_with_credentials(app, (&requester, by), connection, company, None, json!(data)).await? {
        CompanyOutcome::Bound => Ok(100),
        CompanyOutcome::Overtaken => Ok(-1),
        CompanyOutcome::Duplicate => match OpenRound::find(app, ticket).await? {
            Some(open) => open.fail(app, "This company is connected already.".to_owned()).await,
            None => Ok(-1),
        },
        CompanyOutcome::DifferentCompany(before) => open.fail(app, belongs_to(&before, shown)).await,
    }
}

/// The words of a refusal, with the company's name for whom it is shown to.
fn belongs_to(company: &Company, shown: Visibility) -> String {
    let which = match shown {
        Visibility::Full => &company.id,
        Visibility::Outline => "another company file",
    };
    format!("This connection belongs to {which}. Open that company file.")
}

/// The `FileID` of the company file that answered: what the file tells, or else that of the connector file. Nothing where it
/// does not show that this is the connected company: what anybody can make, or was never given out, opens nothing.
fn told_file_id(
    told: &Element,
    connection: &Connection,
    password: &RoundPassword,
    (bound, data): (Option<&Company>, &ConnectorData),
) -> Option<Uuid> {
    let told = kept_file_id(told);
    let Some(bound) = bound else {
        let given = match password {
            RoundPassword::Accepted => data.file_id,
            RoundPassword::Offered(offered) => offered.file_id.or(data.file_id),
        };
        return Some(told.or(given).unwrap_or_else(|| guessable_file_id(&connection.id)));
    };
    let expected = bound_file_id(connection, bound, data);
    let shown = match password {
        // Of before such numbers told companies apart: the first round tells its own.
        RoundPassword::Accepted if bound.identity == bound.id => return Some(told.unwrap_or(expected)),
        RoundPassword::Accepted => true,
        RoundPassword::Offered(offered) if was_given(offered, connection, expected) => true,
        RoundPassword::Offered(_) => told.is_some() && expected != guessable_file_id(&connection.id),
    };
    (shown && told.unwrap_or(expected) == expected).then_some(expected)
}

/// Whether this password came with the connected company's own number.
fn was_given(offered: &OfferedPassword, connection: &Connection, expected: Uuid) -> bool {
    if let Some(given) = offered.file_id {
        return given == expected;
    }
    // Of an older version, which told it to everybody.
    let sees_all = |by: &Requester| visibility(by.visitor(), connection) == Visibility::Full;
    offered.requester.as_ref().is_some_and(sees_all)
}
