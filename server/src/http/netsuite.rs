//! `POST /oracleNetsuite/account`: a token pair, tried at NetSuite and kept where it is good.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use railz_connect_contract::{CredentialsResult, NetsuiteCredentials};
use serde_json::json;

use super::bearer::Bearer;
use super::credentials::{CredentialsError, CredentialsQuery, find_begun, requester, require_offered};
use super::input::{Body, Query};
use crate::access::rights::{Visibility, visibility};
use crate::app::App;
use crate::domain::company::Company;
use crate::services::catalog::NonOAuthService;
use crate::services::company::{CompanyOutcome, connect_with_credentials};
use crate::services::netsuite::{CheckError, CheckOutcome, account_address, check};

impl From<CheckError> for CredentialsError {
    fn from(not_checked: CheckError) -> Self {
        match not_checked {
            CheckError::Randomness(error) => error.into(),
            CheckError::HttpClient(error) => Self::Unreachable(NonOAuthService::Netsuite, error),
        }
    }
}

/// Tries a token pair, and connects the account that it opens (contract rule C10).
pub(super) async fn connect(
    State(app): State<Arc<App>>,
    bearer: Bearer,
    Query(query): Query<CredentialsQuery>,
    Body(body): Body,
) -> Result<Json<CredentialsResult>, CredentialsError> {
    let settings = app
        .config
        .non_oauth
        .netsuite
        .as_ref()
        .ok_or(CredentialsError::NotOffered(NonOAuthService::Netsuite))?;
    require_offered(&bearer, NonOAuthService::Netsuite)?;
    let credentials = read(&body)?;
    let address = account_address(&credentials.account_id, &settings.addresses)
        .map_err(|refused| CredentialsError::Body(refused.to_string()))?;
    let named = query.connection_id.as_ref();
    let connection = find_begun(&app, &bearer, NonOAuthService::Netsuite, named).await?;
    let id = connection.id.clone();
    let result = |success, message: Option<String>| {
        let connection_id = Some(id.clone());
        Ok(Json(CredentialsResult { success, connection_id, subsidiaries: None, message }))
    };
    match check(&app, settings, &address, &credentials).await? {
        CheckOutcome::Good => {}
        CheckOutcome::Refused => {
            tracing::info!(connection = %id, "NetSuite refused a token pair");
            let message = "NetSuite does not accept this token. Check the token id, the token secret and the \
                           service URL, and that the token belongs to the integration you were shown.";
            return result(false, Some(message.to_owned()));
        }
        CheckOutcome::NotAllowed => {
            tracing::info!(connection = %id, "a token's role may not use REST web services");
            let message = "NetSuite accepts this token, but its role may not use REST web services. Add that \
                           permission to the role, or make a token for another one.";
            return result(false, Some(message.to_owned()));
        }
        CheckOutcome::Strange(status) => {
            return Err(CredentialsError::Strange(NonOAuthService::Netsuite, format!("status {status}")));
        }
    }
    let secret = json!({
        "tokenId": credentials.token_id.trim(),
        "tokenSecret": credentials.token_secret.trim(),
    });
    let service_data = json!({ "address": address.base, "concurrency": credentials.concurrency });
    let company = Company { number: Some(address.account.clone()), ..Company::of_id(address.account) };
    let (requester, secret) = (requester(&bearer), secret.to_string().into());
    let by = (&requester, requester.as_person());
    let shown = visibility(requester.visitor(), &connection);
    match connect_with_credentials(&app, by, connection, company, Some(&secret), service_data).await? {
        // The next status says that it is connected, or that another business has it already.
        CompanyOutcome::Bound | CompanyOutcome::Duplicate => result(true, None),
        CompanyOutcome::DifferentCompany(before) => {
            let which = match shown {
                Visibility::Full => format!("the NetSuite account {}", before.id),
                Visibility::Outline => "another NetSuite account".to_owned(),
            };
            result(false, Some(format!("This connection belongs to {which}. Give a token of that account.")))
        }
        CompanyOutcome::Overtaken => Err(CredentialsError::Overtaken),
    }
}

fn read(body: &[u8]) -> Result<NetsuiteCredentials, CredentialsError> {
    let credentials: NetsuiteCredentials = serde_json::from_slice(body).map_err(|_| {
        CredentialsError::Body(
            "it is {tokenId, tokenSecret, accountId, concurrency: 1 to 140} in JSON".to_owned(),
        )
    })?;
    for (name, value) in [("tokenId", &credentials.token_id), ("tokenSecret", &credentials.token_secret)] {
        if value.trim().is_empty() {
            return Err(CredentialsError::Body(format!("{name} is empty")));
        }
    }
    if !(1..=140).contains(&credentials.concurrency) {
        let message = format!("concurrency is a whole number from 1 to 140, not {}", credentials.concurrency);
        return Err(CredentialsError::Body(message));
    }
    Ok(credentials)
}
