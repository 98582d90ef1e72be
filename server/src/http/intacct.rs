//! `POST /sageIntacct/account`: a web services user, tried at the gateway. `POST /sageIntacct/account/subsidiary`: the
//! entity that was chosen.
//!
//! Between the two the credentials wait, sealed, beside the connection; what stood before stands on until the choice.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use base64::{Engine, engine::general_purpose::STANDARD};
use railz_connect_contract::{AccountChoice, AccountItem, CredentialsResult, IntacctCredentials};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};

use super::bearer::Bearer;
use super::credentials::{CredentialsError, CredentialsQuery, find_begun, requester, require_offered};
use super::input::{Body, Query};
use crate::access::rights::{Visibility, may_choose, visibility};
use crate::app::App;
use crate::domain::company::{ChoiceOrigin, Company, CompanyBinding, PendingChoice};
use crate::domain::connection::Connection;
use crate::domain::visit::{SessionKind, VisitId, Visitor};
use crate::services::catalog::NonOAuthService;
use crate::services::company::{
    self, AuthorizedBy, CompanyError, CompanyOutcome, connect_with_credentials, read_binding,
};
use crate::services::intacct::{GatewayError, GatewayResponse, ask};
use crate::services::sign_in_target::is_held;
use crate::store::{BindingGuard, Replaced};
use crate::vault::{Field, Sealed};

const INTACCT: NonOAuthService = NonOAuthService::Intacct;

impl From<GatewayError> for CredentialsError {
    fn from(not_asked: GatewayError) -> Self {
        match not_asked {
            GatewayError::Randomness(error) => error.into(),
            GatewayError::HttpClient(error) => Self::Unreachable(INTACCT, error),
            strange => Self::Strange(INTACCT, strange.to_string()),
        }
    }
}

/// Tries a web services user's credentials at the gateway.
pub(super) async fn connect(
    State(app): State<Arc<App>>,
    bearer: Bearer,
    Query(query): Query<CredentialsQuery>,
    Body(body): Body,
) -> Result<Json<CredentialsResult>, CredentialsError> {
    let settings = app.config.non_oauth.intacct.as_ref().ok_or(CredentialsError::NotOffered(INTACCT))?;
    require_offered(&bearer, INTACCT)?;
    let credentials = read(&body)?;
    let connection = find_begun(&app, &bearer, INTACCT, query.connection_id.as_ref()).await?;
    require_free(&app, &bearer, &connection).await?;
    let id = connection.id.clone();
    let result = |success, entities, message| {
        let (connection_id, subsidiaries) = (Some(id.clone()), Some(entities));
        Ok(Json(CredentialsResult { success, connection_id, subsidiaries, message }))
    };
    let entities = match ask(&app, settings, &credentials).await? {
        GatewayResponse::Good(entities) => entities,
        GatewayResponse::Refused(number) => {
            tracing::info!(connection = %id, number, "Sage Intacct refused credentials");
            let message = "Sage Intacct does not accept these credentials. Check the company id, the user id and the \
                           password, and that the company has authorised the sender id you were shown.";
            return result(false, Vec::new(), Some(message.to_owned()));
        }
    };
    // The gateway took its time, in which a minted visit's choice may have come due.
    require_free(&app, &bearer, &connection).await?;
    let company = credentials.company_id.trim().to_owned();
    let secret = json!({
        "companyId": company,
        "userId": credentials.user_id.trim(),
        "userPassword": credentials.user_password,
    });
    let secret = SecretString::from(secret.to_string());
    if entities.is_empty() {
        let (requester, company) = (requester(&bearer), Company::of_id(company));
        let shown = visibility(requester.visitor(), &connection);
        let outcome = connect_with_credentials(
            &app,
            (&requester, requester.as_person()),
            connection,
            company,
            Some(&secret),
            Value::Null,
        )
        .await?;
        return match refusal(outcome, shown)? {
            None => result(true, Vec::new(), None),
            message => result(false, Vec::new(), message),
        };
    }
    offer(&app, bearer.visit.visitor(), &connection, (&company, &entities), &secret).await?;
    result(true, entities, None)
}

/// Makes the connection stand for the chosen entity.
pub(super) async fn choose(
    State(app): State<Arc<App>>,
    bearer: Bearer,
    Body(body): Body,
) -> Result<(StatusCode, Json<Value>), CredentialsError> {
    require_offered(&bearer, INTACCT)?;
    let choice: AccountChoice<Value> = serde_json::from_slice(&body)
        .map_err(|_| CredentialsError::Body("it is {accountId, connectionId} in JSON".to_owned()))?;
    let connection = find_begun(&app, &bearer, INTACCT, Some(&choice.connection_id)).await?;
    require_free(&app, &bearer, &connection).await?;
    let pending = app.store.pending_choices_at(&connection.id, app.now()).await?;
    let pending = own_choice(bearer.visit.visitor(), pending);
    let pending = pending.ok_or(CredentialsError::NothingToChoose(INTACCT))?;
    let company = pending.find(&choice.account_id).cloned();
    let company =
        company.ok_or_else(|| CredentialsError::Body("accountId is none of those listed".to_owned()))?;
    let WaitingCredentials { credentials, visit, session_kind } =
        open_credentials(&app, &connection, &pending.origin)?;
    let requester = requester(&bearer);
    let typed_by = visit.as_ref().map(|visit| Visitor { visit, session_kind });
    let by = (&requester, AuthorizedBy::Person(typed_by));
    let shown = visibility(requester.visitor(), &connection);
    let secret = SecretString::from(credentials);
    let outcome = connect_with_credentials(&app, by, connection, company, Some(&secret), Value::Null).await?;
    match refusal(outcome, shown)? {
        None => Ok((StatusCode::CREATED, Json(json!({})))),
        Some(message) => Err(CredentialsError::DifferentCompany(message)),
    }
}

/// Checks that no minted visit is about to choose an entity, where a page asks: not even what the page typed before comes first.
async fn require_free(app: &App, bearer: &Bearer, connection: &Connection) -> Result<(), CredentialsError> {
    if is_held(app, &bearer.visit, connection).await? { Err(CredentialsError::Held(INTACCT)) } else { Ok(()) }
}

/// The choice that this visitor makes of those that are due: its own, and never one of another visit, whose entities may have
/// the same ids at another company. Older versions did not write the visit down.
fn own_choice(visitor: Visitor<'_>, due: Vec<PendingChoice>) -> Option<PendingChoice> {
    let is_own = |choice: &PendingChoice| choice.visit.as_ref().is_none_or(|visit| visit == visitor.visit);
    due.into_iter().find(|choice| is_own(choice) && may_choose(visitor, choice))
}

/// The words of a refusal, with the company's name for whom it is shown to; a duplicate is told by the next status.
fn refusal(outcome: CompanyOutcome, shown: Visibility) -> Result<Option<String>, CredentialsError> {
    match outcome {
        CompanyOutcome::Bound | CompanyOutcome::Duplicate => Ok(None),
        CompanyOutcome::Overtaken => Err(CredentialsError::Overtaken),
        CompanyOutcome::DifferentCompany(before) => {
            let which = match shown {
                Visibility::Full => before.name.unwrap_or(before.id),
                Visibility::Outline => "another company or entity".to_owned(),
            };
            Ok(Some(format!("This connection belongs to {which} at Sage Intacct. Please choose that one.")))
        }
    }
}

/// What waits, sealed, for the choice of an entity.
#[derive(Deserialize)]
struct WaitingCredentials {
    /// The credentials as they are kept once the entity is chosen.
    credentials: String,
    /// The visit in which they were typed, whoever chooses; older versions did not write it down.
    visit: Option<VisitId>,
    /// Who said for which business that visit is; an open one where it was not written down. Kept under an older name.
    #[serde(default, rename = "strength")]
    session_kind: SessionKind,
}

/// Keeps the credentials, sealed, until an entity is chosen.
async fn offer(
    app: &App,
    visitor: Visitor<'_>,
    connection: &Connection,
    (company, entities): (&str, &[AccountItem]),
    secret: &SecretString,
) -> Result<(), CredentialsError> {
    let binding = read_binding(app, &connection.id).await?;
    let Visitor { visit, session_kind } = visitor;
    let waiting = json!({ "credentials": secret.expose_secret(), "visit": visit, "strength": session_kind });
    let sealed = app
        .vault
        .seal(connection.id.as_str(), Field::Waiting, &waiting.to_string().into())
        .map_err(CompanyError::from)?;
    let origin = (ChoiceOrigin::Credentials(STANDARD.encode(sealed.as_bytes())), visit);
    let companies = entities.iter().map(|entity| Company {
        identity: format!("{company}|{}", entity.id),
        entity: Some(entity.id.clone()),
        name: Some(entity.label.clone()),
        ..Company::of_id(company)
    });
    let binding = CompanyBinding { duplicate_for: None, ..binding };
    let guard = BindingGuard::Version;
    match company::offer_choice(app, guard, None, &binding, origin, companies.collect()).await? {
        Replaced::Yes => Ok(()),
        Replaced::Overtaken => Err(CredentialsError::Overtaken),
    }
}

/// Opens what waits; where its key was taken away meanwhile, the person begins again.
fn open_credentials(
    app: &App,
    connection: &Connection,
    origin: &ChoiceOrigin,
) -> Result<WaitingCredentials, CredentialsError> {
    let bytes = match origin {
        ChoiceOrigin::Credentials(sealed) => STANDARD.decode(sealed).ok(),
        ChoiceOrigin::SignIn(_) => None,
    };
    let sealed = bytes.and_then(|bytes| Sealed::try_from(bytes).ok());
    sealed
        .and_then(|sealed| app.vault.open(connection.id.as_str(), Field::Waiting, &sealed).ok())
        .map(|waiting| {
            let waiting = waiting.expose_secret();
            // Older versions kept the credentials alone.
            let alone = |_| WaitingCredentials {
                credentials: waiting.to_owned(),
                visit: None,
                session_kind: SessionKind::Open,
            };
            serde_json::from_str(waiting).unwrap_or_else(alone)
        })
        .ok_or(CredentialsError::NothingToChoose(INTACCT))
}

fn read(body: &[u8]) -> Result<IntacctCredentials, CredentialsError> {
    let credentials: IntacctCredentials = serde_json::from_slice(body)
        .map_err(|_| CredentialsError::Body("it is {companyId, userId, userPassword} in JSON".to_owned()))?;
    for (name, value) in [
        ("companyId", &credentials.company_id),
        ("userId", &credentials.user_id),
        ("userPassword", &credentials.user_password),
    ] {
        if value.trim().is_empty() {
            return Err(CredentialsError::Body(format!("{name} is empty")));
        }
    }
    Ok(credentials)
}
