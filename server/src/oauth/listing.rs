//! The companies that a sign-in may connect: told in the callback or the token answer, or listed by the service.

use oauth2::http::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::exchange::Grant;
use super::further::as_text;
use super::returned::Answer;
use super::transport::{NoJson, Transport};
use crate::domain::company::{Company, Place};
use crate::providers::Service;
use crate::providers::address::{Nowhere, filled};
use crate::providers::habits::{Listing, Source, Stage};
use crate::providers::question::Question;

/// The most requests that one listing makes; nobody has more environments.
const MOST_REQUESTS: usize = 40;

/// Why there is no list.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoListing {
    /// An address lacks something.
    #[error("the list of companies: {0}")]
    Nowhere(#[from] Nowhere),
    /// The service did not answer as it should.
    #[error("the list of companies: {0}")]
    NoJson(#[from] NoJson),
    /// The answer is of another form.
    #[error("the list of companies has nothing at {0:?}")]
    NoItems(String),
    /// An item is of another form.
    #[error("an item in the list of companies has no id")]
    NoId,
    /// A header that is none.
    #[error("the access token or a configured header is no header value")]
    Header,
}

/// The companies that this sign-in may connect, by the first source that tells any.
pub(super) async fn companies(
    transport: &Transport,
    service: &Service,
    place: &Place,
    answer: &Answer,
    grant: &Grant,
) -> Result<Vec<Company>, NoListing> {
    let told = |id: Option<String>, name: Option<String>| {
        id.map(|id| Company { id, name, number: None, facts: Place::default() })
            .into_iter()
            .collect::<Vec<_>>()
    };
    for source in &service.habits.companies {
        let found = match source {
            Source::Callback { id, name } => {
                let name = name.as_ref().and_then(|name| answer.get(name)).map(str::to_owned);
                told(answer.get(id).map(str::to_owned), name)
            }
            Source::Token { id } => told(grant.further.text(id), None),
            Source::Asked => {
                let variable = service.habits.question.map(Question::variable);
                told(variable.and_then(|variable| place.get(variable)).map(str::to_owned), None)
            }
            Source::List(listing) => listed(transport, service, listing, place, &grant.access).await?,
        };
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

async fn listed(
    transport: &Transport,
    service: &Service,
    listing: &Listing,
    place: &Place,
    token: &SecretString,
) -> Result<Vec<Company>, NoListing> {
    let headers = headers(service, listing, token)?;
    let mut requests = 0;
    let mut places = vec![place.clone()];
    let mut companies = Vec::new();
    for stage in &listing.stages {
        companies.clear();
        for place in std::mem::take(&mut places) {
            requests += 1;
            if requests > MOST_REQUESTS {
                tracing::warn!(service = %service.id, "the list of companies has too many parts; the rest is left out");
                break;
            }
            let answer = transport.json(&address(stage, &place)?, headers.clone()).await?;
            let items = answer.pointer(&stage.items).and_then(Value::as_array);
            let items = items.ok_or_else(|| NoListing::NoItems(stage.items.clone()))?;
            for item in items {
                let company = company(stage, &place, item).ok_or(NoListing::NoId)?;
                let mut below = place.clone();
                for (variable, value) in company.facts.iter() {
                    below.set(variable, value);
                }
                places.push(below);
                companies.push(company);
            }
        }
    }
    Ok(companies)
}

fn address(stage: &Stage, place: &Place) -> Result<url::Url, NoListing> {
    let mut url = stage.address.at(place)?;
    for (key, value) in &stage.query {
        if let Some(value) = filled(value, place) {
            url.query_pairs_mut().append_pair(key, &value);
        }
    }
    Ok(url)
}

fn company(stage: &Stage, place: &Place, item: &Value) -> Option<Company> {
    let at = |position: &str| item.pointer(position).and_then(as_text);
    let id = stage
        .id
        .iter()
        .map(|part| if part.starts_with('{') { filled(part, place) } else { at(part) })
        .collect::<Option<Vec<_>>>()?
        .join("/");
    let mut facts = Place::default();
    // What an earlier stage found out belongs to the company too.
    for part in stage.id.iter().filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
        facts.set(part, place.get(part)?);
    }
    for (variable, position) in &stage.keep {
        if let Some(value) = at(position) {
            facts.set(variable, value);
        }
    }
    let name = stage.label.iter().find_map(|position| at(position));
    let number = stage.number.as_deref().and_then(at);
    Some(Company { id, name, number, facts })
}

fn headers(service: &Service, listing: &Listing, token: &SecretString) -> Result<HeaderMap, NoListing> {
    let mut place = Place::default();
    place.set("client_id", &service.client.id);
    let value = |text: &str| HeaderValue::from_str(text).map_err(|_| NoListing::Header);
    let mut headers = HeaderMap::new();
    let mut authorization = value(&format!("{} {}", listing.scheme, token.expose_secret()))?;
    authorization.set_sensitive(true);
    headers.insert(AUTHORIZATION, authorization);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    for (name, text) in &listing.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| NoListing::Header)?;
        headers.insert(name, value(&filled(text, &place).ok_or(NoListing::Header)?)?);
    }
    Ok(headers)
}
