//! The companies that a sign-in may connect: told in the callback or the token answer, or listed by the service.
//!
//! What the callback tells is a hint, since its query comes through the browser and is signed by nobody: the company is
//! asked for with the token, or looked for in the list. What is not confirmed ends the sign-in.

use oauth2::http::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::callback_query::CallbackQuery;
use super::company_lookup::{self, CompanyLookupError};
use super::extra_fields::as_text;
use super::requests;
use super::service::Service;
use super::token_endpoint::Tokens;
use crate::domain::attempt::Failure;
use crate::domain::company::{AddressVariables, Company};
use crate::domain::company_details::is_id;
use crate::services::http_client::{HttpClient, HttpClientError};
use crate::services::oauth::address_template::{AddressError, fill};
use crate::services::oauth::profile::{CompanyListing, CompanySource, Granted, ListRequest};
use crate::services::oauth::question::Question;

/// The most requests that one listing makes; nobody has more environments.
const MOST_REQUESTS: usize = 40;

/// Why there is no list.
#[derive(Debug, thiserror::Error)]
pub(super) enum CompanyListError {
    /// An address lacks something.
    #[error("the list of companies: {0}")]
    Address(#[from] AddressError),
    /// The service did not answer as it should.
    #[error("the list of companies: the service: {0}")]
    HttpClient(#[from] HttpClientError),
    /// The answer is of another form.
    #[error("the list of companies has nothing at {0:?}")]
    NoItems(String),
    /// An item is of another form.
    #[error("an item in the list of companies has no id")]
    NoId,
    /// A token or a configured value holds a character that no header may.
    #[error("the access token or a configured header is no header value")]
    Header,
    /// The service did not answer when it was asked about the company that the callback names.
    #[error(transparent)]
    Lookup(CompanyLookupError),
    /// The service does not confirm that the token opens the company that the callback names.
    #[error("the company of the callback is not confirmed: {0}")]
    NotConfirmed(CompanyLookupError),
    /// The list that the token opens does not have the company that the callback names.
    #[error("the company of the callback is not confirmed: it is not among those that the token opens")]
    NotListed,
    /// The company has an id that is none, such as one of several lines.
    #[error("the id of a company is blank, too long, or holds invisible characters")]
    BadId,
}

impl CompanyListError {
    /// How an attempt ends by it.
    pub(super) fn failure(&self) -> Failure {
        match self {
            Self::NotConfirmed(_) | Self::NotListed | Self::BadId => Failure::CompanyNotConfirmed,
            Self::Address(_)
            | Self::HttpClient(_)
            | Self::NoItems(_)
            | Self::NoId
            | Self::Header
            | Self::Lookup(_) => Failure::NoList,
        }
    }
}

impl From<CompanyLookupError> for CompanyListError {
    fn from(error: CompanyLookupError) -> Self {
        match error {
            CompanyLookupError::NotOpened(_) | CompanyLookupError::OtherCompany => Self::NotConfirmed(error),
            CompanyLookupError::Address(_)
            | CompanyLookupError::HttpClient(_)
            | CompanyLookupError::Header => Self::Lookup(error),
        }
    }
}

/// What a sign-in found.
#[derive(Debug, Default)]
pub(super) struct FoundCompanies {
    /// The companies that it may connect, in the service's order.
    pub companies: Vec<Company>,
    /// Whether the service was asked about it already.
    pub knowledge: Knowledge,
    /// Whether this sign-in granted them.
    pub granted: Granted,
}

/// How much is known of the companies that a sign-in found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Knowledge {
    /// What the source told.
    #[default]
    AsFound,
    /// There is one, and the service was asked about it.
    LookedUp,
}

/// The companies that this sign-in may connect, by the first source that tells any.
pub(super) async fn find_companies(
    client: &HttpClient,
    service: &Service,
    variables: &AddressVariables,
    answer: &CallbackQuery,
    grant: &Tokens,
) -> Result<FoundCompanies, CompanyListError> {
    let as_found = |companies| FoundCompanies { companies, ..FoundCompanies::default() };
    let single = |id: Option<String>| id.map(Company::of_id).into_iter().collect::<Vec<_>>();
    for source in &service.profile.companies {
        let found = match source {
            CompanySource::Callback { id } => match answer.get(id) {
                Some(id) => confirm_hint(client, service, variables, id, &grant.access).await?,
                None => FoundCompanies::default(),
            },
            CompanySource::Token { id } => as_found(single(grant.extra_fields.text(id))),
            CompanySource::Asked => {
                let variable = service.profile.question.map(Question::variable);
                as_found(single(variable.and_then(|variable| variables.get(variable)).map(str::to_owned)))
            }
            CompanySource::List(listing) => FoundCompanies {
                companies: fetch_list(client, service, listing, variables, &grant.access).await?,
                granted: listing.granted,
                ..FoundCompanies::default()
            },
        };
        if !found.companies.iter().all(|company| is_id(&company.id)) {
            return Err(CompanyListError::BadId);
        }
        if !found.companies.is_empty() {
            return Ok(found);
        }
    }
    Ok(FoundCompanies::default())
}

/// The company that a callback names, once the token confirms it: by the lookup, else by a list that has it.
async fn confirm_hint(
    client: &HttpClient,
    service: &Service,
    variables: &AddressVariables,
    id: &str,
    token: &SecretString,
) -> Result<FoundCompanies, CompanyListError> {
    if !is_id(id) {
        return Err(CompanyListError::BadId);
    }
    if let Some(lookup) = &service.profile.lookup {
        let hint = (Company::of_id(id), token);
        let company = company_lookup::confirm(client, service, lookup, variables, hint).await?;
        let (companies, knowledge) = (vec![company], Knowledge::LookedUp);
        return Ok(FoundCompanies { companies, knowledge, granted: Granted::Now });
    }
    for source in &service.profile.companies {
        if let CompanySource::List(listing) = source {
            let listed = fetch_list(client, service, listing, variables, token).await?;
            let company = listed.into_iter().find(|company| company.id == id);
            let companies = vec![company.ok_or(CompanyListError::NotListed)?];
            return Ok(FoundCompanies { companies, ..FoundCompanies::default() });
        }
    }
    // The configuration does not let it come to this.
    Err(CompanyListError::NotListed)
}

async fn fetch_list(
    client: &HttpClient,
    service: &Service,
    listing: &CompanyListing,
    variables: &AddressVariables,
    token: &SecretString,
) -> Result<Vec<Company>, CompanyListError> {
    let headers = headers(service, listing, token)?;
    let mut requests = 0;
    let mut variable_sets = vec![variables.clone()];
    let mut companies = Vec::new();
    for request in &listing.requests {
        companies.clear();
        for variables in std::mem::take(&mut variable_sets) {
            requests += 1;
            if requests > MOST_REQUESTS {
                tracing::warn!(service = %service.id, "the list of companies has too many parts; the rest is left out");
                break;
            }
            let answer = requests::get_json(client, &address(request, &variables)?, headers.clone()).await?;
            let items = answer.pointer(&request.items).and_then(Value::as_array);
            let items = items.ok_or_else(|| CompanyListError::NoItems(request.items.clone()))?;
            for item in items {
                let company = company(request, &variables, item).ok_or(CompanyListError::NoId)?;
                let mut below = variables.clone();
                for (variable, value) in company.variables.iter() {
                    below.set(variable, value);
                }
                variable_sets.push(below);
                companies.push(company);
            }
        }
    }
    Ok(companies)
}

fn address(request: &ListRequest, variables: &AddressVariables) -> Result<url::Url, CompanyListError> {
    let mut url = request.address.at(variables)?;
    for (key, value) in &request.query {
        if let Some(value) = fill(value, variables) {
            url.query_pairs_mut().append_pair(key, &value);
        }
    }
    Ok(url)
}

fn company(request: &ListRequest, known: &AddressVariables, item: &Value) -> Option<Company> {
    let at = |position: &str| item.pointer(position).and_then(as_text);
    let id = request
        .id
        .iter()
        .map(|part| if part.starts_with('{') { fill(part, known) } else { at(part) })
        .collect::<Option<Vec<_>>>()?
        .join("/");
    let mut variables = AddressVariables::default();
    // What an earlier request found out belongs to the company too.
    for part in request.id.iter().filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
        variables.set(part, known.get(part)?);
    }
    for (variable, position) in &request.keep {
        if let Some(value) = at(position).filter(|value| is_id(value)) {
            variables.set(variable, value);
        }
    }
    let name = request.label.iter().find_map(|position| at(position));
    let number = request.number.as_deref().and_then(at);
    let details = company_lookup::details(&request.details, item);
    Some(Company { name, number, variables, details, ..Company::of_id(id) }.with_clean_texts())
}

fn headers(
    service: &Service,
    listing: &CompanyListing,
    token: &SecretString,
) -> Result<HeaderMap, CompanyListError> {
    let mut variables = AddressVariables::default();
    variables.set("client_id", &service.client.id);
    let value = |text: &str| HeaderValue::from_str(text).map_err(|_| CompanyListError::Header);
    let mut headers = HeaderMap::new();
    let mut authorization = value(&format!("{} {}", listing.scheme, token.expose_secret()))?;
    authorization.set_sensitive(true);
    headers.insert(AUTHORIZATION, authorization);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    for (name, text) in &listing.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| CompanyListError::Header)?;
        headers.insert(name, value(&fill(text, &variables).ok_or(CompanyListError::Header)?)?);
    }
    Ok(headers)
}
