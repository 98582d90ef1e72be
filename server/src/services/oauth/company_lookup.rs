//! Asks a service about one company with the access token.
//!
//! [`confirm`] is for a company that only the browser's query named: the person at the browser may be the attacker, so it
//! counts once the service itself says that this token opens it (RFC 9700 section 2.1 has the same rule for everything in
//! a redirect). [`describe`] only adds what there is to know, and what it does not get is left out.

use std::time::Duration;

use oauth2::http::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::address_template::{AddressError, fill};
use super::extra_fields::as_text;
use super::lookup_profile::{
    CompanyLookup, DetailPositions, FiscalYearPositions, LookupRequest, TokenHeader,
};
use super::requests;
use super::service::Service;
use crate::domain::company::{AddressVariables, Company};
use crate::domain::company_details::{CompanyDetails, clean_name, code, month};
use crate::services::http_client::{HttpClient, HttpClientError};

/// How long [`describe`] waits: a person looks at a page meanwhile that could say already that all is well.
const DESCRIPTION_TIMEOUT: Duration = Duration::from_secs(8);

/// Why a company is not believed, or nothing is known of it.
#[derive(Debug, thiserror::Error)]
pub(super) enum CompanyLookupError {
    /// The service does not open this company to the token.
    #[error("the service does not open the company to this sign-in: {0}")]
    NotOpened(HttpClientError),
    /// The answer is about another company, or about none.
    #[error("the service's answer is not about the company that was named")]
    OtherCompany,
    /// The address lacks something.
    #[error("the company: {0}")]
    Address(#[from] AddressError),
    /// The service did not answer as it should.
    #[error("the company: the service: {0}")]
    HttpClient(HttpClientError),
    /// A token, id or configured value holds a character that no header may.
    #[error("the access token, the company's id or a configured header is no header value")]
    Header,
}

/// A company that a callback named, as the service itself tells of it.
///
/// # Errors
/// [`CompanyLookupError`], where it is not to be believed.
pub(super) async fn confirm(
    client: &HttpClient,
    service: &Service,
    lookup: &CompanyLookup,
    variables: &AddressVariables,
    (company, token): (Company, &SecretString),
) -> Result<Company, CompanyLookupError> {
    let answer = ask(client, service, lookup, variables, (&company, token)).await?;
    let told = lookup.id.as_deref().map(|position| answer.pointer(position).and_then(as_text));
    if told.is_some_and(|told| told.as_deref() != Some(company.id.as_str())) {
        return Err(CompanyLookupError::OtherCompany);
    }
    let name = answer.pointer(&lookup.name).and_then(as_text).and_then(|name| clean_name(&name));
    let name = name.ok_or(CompanyLookupError::OtherCompany)?;
    let details = details(&lookup.details, &answer).or(&company.details);
    Ok(Company { name: Some(name), details, ..company })
}

/// The company with what the service tells of it; as it is where the service tells nothing.
pub(super) async fn describe(
    client: &HttpClient,
    service: &Service,
    variables: &AddressVariables,
    (company, token): (Company, &SecretString),
) -> Company {
    let Some(lookup) = service.profile.lookup.as_ref().filter(|lookup| may_ask(service, lookup)) else {
        return company;
    };
    let asked = confirm(client, service, lookup, variables, (company.clone(), token));
    match tokio::time::timeout(DESCRIPTION_TIMEOUT, asked).await {
        Ok(Ok(described)) => described,
        Ok(Err(error)) => {
            tracing::warn!(service = %service.id, %error, "the service told nothing more of a company");
            company
        }
        Err(_) => {
            tracing::warn!(service = %service.id, "the service took too long to tell more of a company");
            company
        }
    }
}

/// Whether the scope was asked for without which the service would refuse.
fn may_ask(service: &Service, lookup: &CompanyLookup) -> bool {
    let wanted = |needed: &String| service.scopes.iter().any(|scope| scope.starts_with(needed.as_str()));
    lookup.needed_scope.as_ref().is_none_or(wanted)
}

async fn ask(
    client: &HttpClient,
    service: &Service,
    lookup: &CompanyLookup,
    variables: &AddressVariables,
    (company, token): (&Company, &SecretString),
) -> Result<Value, CompanyLookupError> {
    let mut variables = variables.clone();
    for (variable, value) in company.variables.iter() {
        variables.set(variable, value);
    }
    variables.set("company", &company.id);
    variables.set("client_id", &service.client.id);
    let url = lookup.address.at(&variables)?;
    let headers = headers(lookup, &variables, token)?;
    let answer = match &lookup.request {
        LookupRequest::Get => requests::get_json(client, &url, headers).await,
        LookupRequest::GraphQl(query) => {
            let body = json!({ "query": query, "variables": { "id": company.id } });
            requests::post_json(client, &url, headers, &body).await
        }
    };
    answer.map_err(|error| match error {
        HttpClientError::Status(400 | 401 | 403 | 404 | 410) => CompanyLookupError::NotOpened(error),
        other => CompanyLookupError::HttpClient(other),
    })
}

fn headers(
    lookup: &CompanyLookup,
    variables: &AddressVariables,
    token: &SecretString,
) -> Result<HeaderMap, CompanyLookupError> {
    let value = |text: &str| HeaderValue::from_str(text).map_err(|_| CompanyLookupError::Header);
    let name = |text: &str| HeaderName::from_bytes(text.as_bytes()).map_err(|_| CompanyLookupError::Header);
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    let (header, text) = match &lookup.token_header {
        TokenHeader::Authorization(scheme) => (AUTHORIZATION, format!("{scheme} {}", token.expose_secret())),
        TokenHeader::Named(header) => (name(header)?, token.expose_secret().to_owned()),
    };
    let mut secret = value(&text)?;
    secret.set_sensitive(true);
    headers.insert(header, secret);
    for (header, text) in &lookup.headers {
        headers.insert(name(header)?, value(&fill(text, variables).ok_or(CompanyLookupError::Header)?)?);
    }
    Ok(headers)
}

/// What an answer, or an item of a list, says of a company beside its name.
pub(super) fn details(positions: &DetailPositions, answer: &Value) -> CompanyDetails {
    let at = |position: &String| answer.pointer(position).and_then(as_text);
    let start = |positions: &FiscalYearPositions| match positions {
        FiscalYearPositions::Start(position) => month(&at(position)?),
        FiscalYearPositions::End { day, month: position } => {
            let (day, month) = (at(day)?.parse::<u8>().ok()?, month(&at(position)?)?);
            // The day after the last of a month is in the next one; one that ends earlier begins in the same.
            Some(if day >= 28 { month % 12 + 1 } else { month })
        }
    };
    CompanyDetails {
        legal_name: positions.legal_name.as_ref().and_then(at).and_then(|name| clean_name(&name)),
        country: positions.country.as_ref().and_then(at).and_then(|country| code(&country, 2)),
        currency: positions.currency.as_ref().and_then(at).and_then(|currency| code(&currency, 3)),
        fiscal_year_start_month: positions.fiscal_year.as_ref().and_then(start),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fiscal_year_is_told_by_its_start_or_by_its_end() {
        let start = DetailPositions {
            fiscal_year: Some(FiscalYearPositions::Start("/from".to_owned())),
            ..DetailPositions::default()
        };
        let (day, month) = ("/day".to_owned(), "/month".to_owned());
        let end = DetailPositions {
            fiscal_year: Some(FiscalYearPositions::End { day, month }),
            ..DetailPositions::default()
        };
        for (positions, answer, due) in [
            (&start, json!({"from": "July"}), Some(7)),
            (&end, json!({"day": 31, "month": 12}), Some(1)),
            (&end, json!({"day": 31, "month": 3}), Some(4)),
            (&end, json!({"day": 5, "month": 4}), Some(4)),
            (&end, json!({"day": 31}), None),
        ] {
            assert_eq!(details(positions, &answer).fiscal_year_start_month, due, "{answer}");
        }
    }

    #[test]
    fn codes_that_are_none_and_endless_names_are_not_kept() {
        let positions = DetailPositions {
            legal_name: Some("/legal".to_owned()),
            country: Some("/country".to_owned()),
            currency: Some("/currency".to_owned()),
            fiscal_year: None,
        };
        let answer = json!({"legal": "x".repeat(200_000), "country": "Narnia", "currency": "$$$"});
        let told = details(&positions, &answer);
        assert_eq!((told.country, told.currency), (None, None));
        assert_eq!(told.legal_name.unwrap().len(), 200);
    }
}
