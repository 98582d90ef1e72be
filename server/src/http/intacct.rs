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
use secrecy::SecretString;
use serde_json::{Value, json};

use super::bearer::Bearer;
use super::credentials::{CredentialsError, requester};
use super::input::Body;
use crate::app::App;
use crate::clock::seconds_after;
use crate::domain::connection::Connection;
use crate::services::catalog::NonOAuthService;
use crate::services::intacct::{GatewayAnswer, GatewayError, Waiting, ask};
use crate::services::prove::{Company, Memory, ProveError, Proved, Requester, begun, prove, remembered};
use crate::store::Replaced;
use crate::vault::{Field, Sealed};

const INTACCT: NonOAuthService = NonOAuthService::Intacct;

impl From<GatewayError> for CredentialsError {
    fn from(not_asked: GatewayError) -> Self {
        match not_asked {
            GatewayError::RandomnessError(error) => error.into(),
            GatewayError::Web(error) => Self::Unreachable(INTACCT, error),
            strange => Self::Strange(INTACCT, strange.to_string()),
        }
    }
}

/// Tries credentials.
pub(super) async fn connect(
    State(app): State<Arc<App>>,
    bearer: Bearer,
    Body(body): Body,
) -> Result<Json<CredentialsResult>, CredentialsError> {
    let settings = app.config.special.intacct.as_ref().ok_or(CredentialsError::NotOffered(INTACCT))?;
    let credentials = read(&body)?;
    let connection = begun(&app, &bearer.session.business, INTACCT).await?;
    let connection = connection.ok_or(CredentialsError::BeginError(INTACCT))?;
    let id = connection.id.clone();
    let result = |success, entities, message| {
        let (connection_id, subsidiaries) = (Some(id.clone()), Some(entities));
        Ok(Json(CredentialsResult { success, connection_id, subsidiaries, message }))
    };
    let entities = match ask(&app, settings, &credentials).await? {
        GatewayAnswer::Good(entities) => entities,
        GatewayAnswer::Refused(number) => {
            tracing::info!(connection = %id, number, "Sage Intacct refused credentials");
            let message = "Sage Intacct does not accept these credentials. Check the company id, the user id and the \
                           password, and that the company has authorised the sender id you were shown.";
            return result(false, Vec::new(), Some(message.to_owned()));
        }
    };
    let company = credentials.company_id.trim().to_owned();
    let secret = json!({
        "companyId": company,
        "userId": credentials.user_id.trim(),
        "userPassword": credentials.user_password,
    });
    let secret = SecretString::from(secret.to_string());
    if entities.is_empty() {
        let company =
            Company { account: company.clone(), id: company, entity: None, name: None, number: None };
        let proved =
            prove(&app, &requester(&bearer), connection, company, Some(&secret), Value::Null).await?;
        return match refused(proved)? {
            None => result(true, Vec::new(), None),
            message => result(false, Vec::new(), message),
        };
    }
    wait(&app, &connection, company, &secret, entities.clone()).await?;
    result(true, entities, None)
}

/// Makes the connection stand for the chosen entity.
pub(super) async fn choose(
    State(app): State<Arc<App>>,
    bearer: Bearer,
    Body(body): Body,
) -> Result<(StatusCode, Json<Value>), CredentialsError> {
    let choice: AccountChoice<Value> = serde_json::from_slice(&body)
        .map_err(|_| CredentialsError::Body("it is {accountId, connectionId} in JSON".to_owned()))?;
    let connection = begun(&app, &bearer.session.business, INTACCT).await?;
    let connection = connection.filter(|connection| connection.id == choice.connection_id);
    let connection = connection.ok_or(CredentialsError::BeginError(INTACCT))?;
    let (_, memory) = remembered(&app, &connection.id).await?;
    let waiting: Option<Waiting> = serde_json::from_value(memory.own["waiting"].clone()).ok();
    let waiting = waiting.filter(|waiting| waiting.until > app.now().as_millisecond());
    let waiting = waiting.ok_or(CredentialsError::NothingToChoose(INTACCT))?;
    let entity = waiting.entities.iter().find(|entity| entity.id == choice.account_id);
    let entity =
        entity.ok_or_else(|| CredentialsError::Body("accountId is none of those listed".to_owned()))?;
    let secret = opened(&app, &connection, &waiting.sealed)?;
    let company = Company {
        account: format!("{}|{}", waiting.company, entity.id),
        id: waiting.company.clone(),
        entity: Some(entity.id.clone()),
        name: Some(entity.label.clone()),
        number: None,
    };
    finish(&app, &requester(&bearer), connection, company, &secret).await?;
    Ok((StatusCode::CREATED, Json(json!({}))))
}

async fn finish(
    app: &App,
    requester: &Requester,
    connection: Connection,
    company: Company,
    secret: &SecretString,
) -> Result<(), CredentialsError> {
    let proved = prove(app, requester, connection, company, Some(secret), Value::Null).await?;
    refused(proved)?.map_or(Ok(()), |message| Err(CredentialsError::DifferentCompany(message)))
}

/// The words of a refusal; a duplicate is told by the next status.
fn refused(proved: Proved) -> Result<Option<String>, CredentialsError> {
    match proved {
        Proved::Stands | Proved::Duplicate => Ok(None),
        Proved::Overtaken => Err(CredentialsError::Overtaken),
        Proved::DifferentCompany(before) => {
            let which = before.name.unwrap_or(before.id);
            Ok(Some(format!("This connection belongs to {which} at Sage Intacct. Please choose that one.")))
        }
    }
}

/// Keeps the credentials, sealed, until an entity is chosen.
async fn wait(
    app: &App,
    connection: &Connection,
    company: String,
    secret: &SecretString,
    entities: Vec<AccountItem>,
) -> Result<(), CredentialsError> {
    let (details, memory) = remembered(app, &connection.id).await?;
    let sealed = app.vault.seal(connection.id.as_str(), Field::Waiting, secret).map_err(ProveError::from)?;
    let sealed = STANDARD.encode(sealed.as_bytes());
    let until = seconds_after(app.now(), app.config.attempts.lifetime_seconds.into()).as_millisecond();
    let own = json!({ "waiting": Waiting { company, sealed, until, entities } });
    let memory = Memory { own, duplicate_for: None, ..memory };
    let details = details.written(&memory).map_err(ProveError::from)?;
    match app.store.put_details(&details).await? {
        Replaced::Yes => Ok(()),
        Replaced::Overtaken => Err(CredentialsError::Overtaken),
    }
}

/// Opens what waits; where its key was taken away meanwhile, the person begins again.
fn opened(app: &App, connection: &Connection, sealed: &str) -> Result<SecretString, CredentialsError> {
    let bytes = STANDARD.decode(sealed).ok();
    let sealed = bytes.and_then(|bytes| Sealed::try_from(bytes).ok());
    sealed
        .and_then(|sealed| app.vault.open(connection.id.as_str(), Field::Waiting, &sealed).ok())
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
