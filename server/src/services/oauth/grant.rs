//! From a callback to a grant: the code is exchanged, and the companies that it opens are found.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::callback_query::CallbackQuery;
use super::company_list::{self, FoundCompanies};
use super::extra_fields::as_text;
use super::issuer::check_issuer;
use super::revoke;
use super::service::Service;
use super::token_endpoint::{self, Tokens};
use super::token_response::error_code_for_log;
use crate::app::App;
use crate::domain::attempt::{Attempt, Failure, Outcome, Refusal};
use crate::domain::company::AddressVariables;
use crate::vault::{Field, Sealed};

/// What a person's consent led to: tokens, and the companies that they open.
pub(super) struct Grant {
    /// Where the service lives for this grant.
    pub variables: AddressVariables,
    /// What the token endpoint gave for the code.
    pub tokens: Tokens,
    /// The companies that it opens, where the service tells any.
    pub found: FoundCompanies,
}

/// The grant that the answer leads to, or how the attempt ends without one.
pub(super) async fn obtain_grant(
    app: &App,
    service: &Service,
    attempt: &Attempt,
    answer: CallbackQuery,
    verifier: &Sealed,
) -> Result<Grant, Outcome> {
    let broken = |failure: Failure, cause: &dyn std::fmt::Display| {
        tracing::error!(attempt = %attempt.id, service = %service.id, %cause, "a sign-in failed");
        Outcome::Failed(failure)
    };
    let variables = initial_variables(app, service, attempt.answer.as_deref());
    check_issuer(service, &variables, answer.issuer.as_deref())
        .map_err(|wrong| broken(Failure::WrongIssuer, &wrong))?;
    let code = match (answer.error.as_deref(), &answer.code) {
        (Some("access_denied"), _) => return Err(Outcome::Refused(Refusal::AccessDenied)),
        (Some(error), _) => {
            let cause = format!("the provider answered {}", error_code_for_log(error));
            return Err(broken(Failure::ProviderError, &cause));
        }
        (None, None) => return Err(broken(Failure::NoCode, &"the callback has neither code nor error")),
        (None, Some(code)) => code,
    };
    let mut variables = answer.check(service, variables).map_err(|error| broken(error.failure(), &error))?;
    let verifier = app
        .vault
        .open(attempt.id.as_str(), Field::Verifier, verifier)
        .map_err(|error| broken(Failure::Ourselves, &error))?;
    let client =
        token_endpoint::client(service, &variables, app.config.public_url.join(&service.callback_path()))
            .map_err(|error| broken(Failure::Ourselves, &error))?;
    let grant =
        token_endpoint::exchange_code((service, &variables), &client, &app.http_client, code, &verifier)
            .await
            .map_err(|error| broken(error.failure(), &error))?;
    for (variable, claim) in &service.profile.claims {
        if let Some(value) = self::claim(&grant.access, claim) {
            variables.set(variable, value);
        }
    }
    let listing = company_list::find_companies(&app.http_client, service, &variables, &answer, &grant);
    let found = match tokio::time::timeout(app.config.attempts.exchange_timeout, listing).await {
        Err(_) => Err(broken(Failure::NoList, &"the list of companies took too long")),
        Ok(Err(error)) => Err(broken(error.failure(), &error)),
        Ok(Ok(found)) if found.companies.is_empty() && !service.profile.companies.is_empty() => {
            Err(broken(Failure::NoCompany, &"the service told no company"))
        }
        Ok(Ok(found)) => Ok(found),
    };
    match found {
        Ok(found) => Ok(Grant { variables, tokens: grant, found }),
        Err(outcome) => {
            revoke::revoke_unwanted(app, service, &attempt.connection, &grant, &variables).await;
            Err(outcome)
        }
    }
}

/// Where the service lives for this sign-in, as far as is known before it.
pub(super) fn initial_variables(app: &App, service: &Service, answer: Option<&str>) -> AddressVariables {
    let mut variables = service.profile.usual_variables();
    variables.set("callback", app.config.public_url.join(&service.callback_path()));
    if let (Some(question), Some(answer)) = (service.profile.question, answer) {
        variables.set(question.variable(), answer);
    }
    variables
}

/// A claim of a token that is a JWT (RFC 7519). Its signature need not be checked: it came from the service itself.
fn claim(token: &SecretString, claim: &str) -> Option<String> {
    let payload = token.expose_secret().split('.').nth(1)?;
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    claims.get(claim).and_then(as_text)
}
