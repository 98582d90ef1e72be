//! Takes over an authorisation that another system holds, so that nobody has to sign in again: a refresh token, and which company
//! it is for.
//!
//! The service itself must say yes to both, as at a sign-in: the token is refreshed, and the company confirmed with what comes
//! back. A refresh token that is good once is used up by that, so everything that can be wrong without it is found out before.

use railz_connect_contract::{BusinessUuid, ConnectionId};
use secrecy::SecretString;

use super::callback_query::CallbackQuery;
use super::company_list::{CompanyListError, FoundCompanies, Knowledge, find_companies};
use super::company_lookup::describe;
use super::credential::seal;
use super::extra_fields::ExtraFields;
use super::grant::initial_variables;
use super::scopes::find_missing;
use super::service::Service;
use super::token_endpoint::{self, ClientError, TokenEndpointError, Tokens};
use crate::app::App;
use crate::domain::attempt::Failure;
use crate::domain::company::{AddressVariables, Company, CompanyBinding};
use crate::domain::connection::{self, AuthorizationState, Connection};
use crate::domain::widget::Channel;
use crate::random::{self, RandomnessError};
use crate::services::company::{self, BindRequest, BindStep, CompanyOutcome};
use crate::services::oauth::profile::CompanySource;
use crate::store::StoreError;
use crate::vault::SealError;

/// What another system holds. It does not print.
pub struct MigratedGrant {
    /// The refresh token, which this server uses from here on.
    pub refresh: SecretString,
    /// An access token of the same grant, where there is one that has time left: the company is confirmed with it before the
    /// refresh token is used.
    pub access: Option<SecretString>,
    /// The company's id at the service.
    pub account: Option<String>,
    /// The service's region, by its name.
    pub region: Option<String>,
}

/// Why an authorisation is not taken over. Prints without any token.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The service has no such region.
    #[error("there is no such location; there are: {0}")]
    Region(String),
    /// The company's id is not said, and the service does not tell it.
    #[error("accountId is missing: the service does not tell which company a token is for")]
    NoAccount,
    /// The token opens several companies.
    #[error("accountId is missing: the token opens several companies, {0}")]
    Several(String),
    /// The service cannot tell its companies apart, so nothing could be confirmed.
    #[error(
        "accountId is given, and the service has no way to say which company a token is for: leave it out"
    )]
    AccountUnknown,
    /// The service does not open this company to the token.
    #[error("the service does not open the company of this accountId to the token")]
    OtherAccount,
    /// Another business of the same customer has connected the company.
    #[error("another business of this widget has connected the company")]
    Duplicate,
    /// Somebody else connected it at the same moment.
    #[error("the business was connected to the company at the same moment")]
    Overtaken,
    /// The service does not accept the refresh token.
    #[error("the service does not accept the refresh token")]
    Refused,
    /// The service did not answer as it should.
    #[error("the service did not answer as it should: {0}")]
    Unreachable(String),
    /// The configured addresses do not make an OAuth client.
    #[error(transparent)]
    Address(#[from] ClientError),
    /// The tokens could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// No random bytes for an id.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<TokenEndpointError> for MigrateError {
    fn from(error: TokenEndpointError) -> Self {
        match error.failure() {
            Failure::ExchangeRefused => Self::Refused,
            _ => Self::Unreachable(error.to_string()),
        }
    }
}

impl From<CompanyListError> for MigrateError {
    fn from(error: CompanyListError) -> Self {
        match error.failure() {
            Failure::CompanyNotConfirmed => Self::OtherAccount,
            _ => Self::Unreachable(error.to_string()),
        }
    }
}

/// Takes an authorisation over as a connection of this business. The same company again is the same connection, with the
/// newer tokens.
///
/// # Errors
/// [`MigrateError`].
pub async fn migrate(
    app: &App,
    service: &Service,
    business: &BusinessUuid,
    migrated: MigratedGrant,
) -> Result<ConnectionId, MigrateError> {
    let MigratedGrant { refresh, access, account, region } = migrated;
    let variables = place(app, service, account.as_deref(), region)?;
    if service.profile.companies.is_empty() && account.is_some() {
        return Err(MigrateError::AccountUnknown);
    }
    let by_callback = |source: &CompanySource| matches!(source, CompanySource::Callback { .. });
    let all_by_account = !service.profile.companies.is_empty()
        && service
            .profile
            .companies
            .iter()
            .all(|source| by_callback(source) || *source == CompanySource::Asked);
    if account.is_none() && all_by_account {
        return Err(MigrateError::NoAccount);
    }
    if let Some(access) = access {
        find(app, service, &variables, account.as_deref(), &untold(access)).await?;
    }
    let client =
        token_endpoint::client(service, &variables, app.config.public_url.join(&service.callback_path()))?;
    let grant = token_endpoint::refresh((service, &variables), &client, &app.http_client, &refresh).await?;
    let (company, knowledge) = find(app, service, &variables, account.as_deref(), &grant).await?;
    let company = match company {
        Some(company) if knowledge == Knowledge::AsFound => {
            Some(describe(&app.http_client, service, &variables, (company, &grant.access)).await)
        }
        known => known,
    };
    store(app, service, business, (variables, company), &grant, &refresh).await
}

/// Where the service lives for this grant.
fn place(
    app: &App,
    service: &Service,
    account: Option<&str>,
    region: Option<String>,
) -> Result<AddressVariables, MigrateError> {
    let question = service.profile.question;
    let answer = match (question, account) {
        (Some(question), Some(account)) if service.profile.companies.contains(&CompanySource::Asked) => {
            Some(question.check_answer(Some(account)).map_err(|_| MigrateError::OtherAccount)?)
        }
        // Dynamics 365 Finance: the environment stands in front of the company's id.
        (Some(question), Some(account)) => {
            let environment = account.rsplit_once('/').map(|(environment, _)| environment);
            Some(question.check_answer(environment).map_err(|_| MigrateError::OtherAccount)?)
        }
        (Some(_), None) => return Err(MigrateError::NoAccount),
        (None, _) => None,
    };
    let mut variables = initial_variables(app, service, answer.as_deref());
    if let Some(name) = region {
        let regions = &service.profile.regions;
        let found = regions.iter().find(|region| region.name == name).ok_or_else(|| {
            let names: Vec<_> = regions.iter().map(|region| region.name.as_str()).collect();
            MigrateError::Region(if names.is_empty() { "none".to_owned() } else { names.join(", ") })
        })?;
        for (variable, value) in found.variables.iter() {
            variables.set(variable, value);
        }
    }
    Ok(variables)
}

/// A grant of which nothing is known but an access token.
fn untold(access: SecretString) -> Tokens {
    let extra_fields = ExtraFields::default();
    Tokens { access, refresh: None, lifetime: None, expires_at: None, scopes: None, extra_fields }
}

/// The one company that is meant, as the service itself tells of it; nothing where it tells none.
async fn find(
    app: &App,
    service: &Service,
    variables: &AddressVariables,
    account: Option<&str>,
    grant: &Tokens,
) -> Result<(Option<Company>, Knowledge), MigrateError> {
    let sources = &service.profile.companies;
    if sources.is_empty() {
        return Ok((None, Knowledge::AsFound));
    }
    let hint = |source: &CompanySource| match (source, account) {
        (CompanySource::Callback { id }, Some(account)) => Some((id.clone(), account.to_owned())),
        _ => None,
    };
    // What a callback would name is as much of a hint, and confirmed the same way.
    let hints = CallbackQuery {
        state: String::new(),
        code: None,
        error: None,
        issuer: None,
        arrived_at: None,
        query: sources.iter().filter_map(hint).collect(),
    };
    let asked = find_companies(&app.http_client, service, variables, &hints, grant);
    let asked = tokio::time::timeout(app.config.attempts.exchange_timeout, asked).await;
    let found = asked.map_err(|_| MigrateError::Unreachable("it took too long".to_owned()))??;
    let FoundCompanies { mut companies, knowledge, .. } = found;
    let company = match (account, companies.len()) {
        (Some(account), _) => companies.into_iter().find(|company| company.id == account),
        (None, 0) => return Err(MigrateError::NoAccount),
        (None, 1) => companies.pop(),
        (None, _) => {
            let ids: Vec<_> = companies.iter().map(|company| company.id.as_str()).take(20).collect();
            return Err(MigrateError::Several(ids.join(", ")));
        }
    };
    Ok((Some(company.ok_or(MigrateError::OtherAccount)?), knowledge))
}

/// Makes it a connection, in one step with its tokens and its company.
async fn store(
    app: &App,
    service: &Service,
    business: &BusinessUuid,
    (variables, company): (AddressVariables, Option<Company>),
    grant: &Tokens,
    older: &SecretString,
) -> Result<ConnectionId, MigrateError> {
    // Two at once become one connection.
    let _held = app.linking.lock().await;
    let standing = find_standing(app, service, business, company.as_ref()).await?;
    let is_new = standing.is_none();
    let connection = if let Some(connection) = standing {
        connection
    } else {
        let id = connection::new_id(random::uuid()?);
        let about = (service.id.clone(), service.kind, Channel::Service);
        let connection = Connection::new(id, business.clone(), about, app.now());
        app.store.add_connection(&connection).await?;
        connection
    };
    let id = connection.id.clone();
    let before = company::read_binding(app, &id).await?;
    let replaces = company.is_none() && app.store.credential(&id).await?.is_some();
    let replaced_at = replaces.then(|| app.now());
    let missing_scopes = find_missing(service, grant);
    let credential = seal(app, service, id.clone(), grant, Some(older))?;
    let binding = CompanyBinding { variables, missing_scopes, replaced_at, ..before };
    let lapses_at = credential.lapses_at;
    let step = BindStep::Migration { credential: &credential };
    let outcome = company::bind(app, BindRequest { connection, binding, company, lapses_at, step }).await?;
    if is_new && outcome != CompanyOutcome::Bound {
        app.store.delete_connection(&id).await?;
    }
    match outcome {
        CompanyOutcome::Bound => Ok(id),
        CompanyOutcome::Duplicate => Err(MigrateError::Duplicate),
        CompanyOutcome::DifferentCompany(_) | CompanyOutcome::Overtaken => Err(MigrateError::Overtaken),
    }
}

/// The connection of this business that it would be: to the same company, or to none yet.
async fn find_standing(
    app: &App,
    service: &Service,
    business: &BusinessUuid,
    company: Option<&Company>,
) -> Result<Option<Connection>, StoreError> {
    let mut free = None;
    for connection in app.store.connections(business).await? {
        if connection.service != service.id || connection.channel != Channel::Service {
            continue;
        }
        let bound = company::read_binding(app, &connection.id).await?.company;
        match (bound, company) {
            (Some(bound), Some(company)) if bound.identity == company.identity => {
                return Ok(Some(connection));
            }
            (None, None) => return Ok(Some(connection)),
            (None, Some(_)) if connection.authorization == AuthorizationState::NeverAuthorized => {
                free = free.or(Some(connection));
            }
            (Some(_) | None, _) => {}
        }
    }
    Ok(free)
}
