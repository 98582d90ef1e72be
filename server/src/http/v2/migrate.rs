//! `POST /v2/businesses/{businessUuid}/connection/migrate`: a back end brings an authorisation that another system holds.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use railz_connect_contract::{BusinessUuid, ServiceName};
use secrecy::SecretString;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::connection_item::ConnectionItem;
use super::connections::find;
use super::error::ApiError;
use super::openapi::schemas::ErrorAnswer;
use super::secret_key_bearer::SecretKeyBearer;
use crate::app::App;
use crate::domain::secret_key::Scope;
use crate::http::body_fault::BodyFault;
use crate::http::error_response::{ErrorResponse, OUR_FAULT, refuse};
use crate::http::input::{Body, Path};
use crate::services::oauth::migrate::{MigrateError, MigratedGrant, migrate};

/// The longest token that is taken, in bytes. Sage's have about two thousand.
const LONGEST_TOKEN: usize = 16 * 1024;

/// A token in a body. It does not print, and what is wrong with it is said without it.
struct BroughtToken(SecretString);

impl<'de> Deserialize<'de> for BroughtToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A refusal of serde's own would repeat what came.
        let text = String::deserialize(deserializer).map_err(|_| D::Error::custom("a token is a text"))?;
        let is_token = (1..=LONGEST_TOKEN).contains(&text.len())
            && text.bytes().all(|byte| (b'!'..=b'~').contains(&byte));
        if is_token {
            Ok(Self(text.into()))
        } else {
            Err(D::Error::custom("a token is 1 to 16384 printable ASCII characters without spaces"))
        }
    }
}

/// What is brought, in Railz's names.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"serviceName": "wave", "refreshToken": "what-the-other-system-holds"}))]
pub(super) struct MigrateRequest {
    /// A service that is connected by OAuth and configured here.
    service_name: String,
    /// What the other system holds.
    #[schema(value_type = String, min_length = 1, max_length = 16384, pattern = "^[!-~]+$")]
    refresh_token: Option<BroughtToken>,
    /// The newest access token, where there is one.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 16384, pattern = "^[!-~]+$")]
    access_token: Option<BroughtToken>,
    account_id: Option<String>,
    location: Option<String>,
}

/// Why nothing is taken over.
#[derive(Debug, thiserror::Error)]
enum RefusedMigration {
    #[error(transparent)]
    Api(#[from] ApiError),
    #[error("the body is not that of this call")]
    Body(BodyFault),
    #[error("refreshToken is missing: an access token alone ends, and proves nothing of what comes after it")]
    NoRefreshToken,
    #[error("serviceName is not that of a service which is connected by OAuth and configured here")]
    NotOffered,
    #[error(transparent)]
    Migrate(#[from] MigrateError),
}

impl ErrorResponse for RefusedMigration {
    fn status(&self) -> StatusCode {
        use MigrateError as Cause;
        match self {
            Self::Api(refused) => refused.status(),
            Self::Body(_) | Self::NoRefreshToken | Self::NotOffered => StatusCode::BAD_REQUEST,
            Self::Migrate(Cause::Region(_) | Cause::NoAccount | Cause::AccountUnknown) => {
                StatusCode::BAD_REQUEST
            }
            Self::Migrate(
                Cause::Several(_)
                | Cause::OtherAccount
                | Cause::Duplicate
                | Cause::Overtaken
                | Cause::Refused,
            ) => StatusCode::CONFLICT,
            Self::Migrate(Cause::Unreachable(_)) => StatusCode::BAD_GATEWAY,
            Self::Migrate(Cause::Address(_) | Cause::Seal(_) | Cause::Randomness(_) | Cause::Store(_)) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    fn message(&self) -> String {
        use MigrateError as Cause;
        match self {
            Self::Api(refused) => refused.message(),
            Self::Body(fault) => format!(
                "The body is not {{serviceName, refreshToken, accessToken?, accountId?, location?}}: {fault}."
            ),
            Self::NotOffered | Self::NoRefreshToken => self.to_string(),
            Self::Migrate(Cause::Unreachable(_)) => {
                "The service did not answer as it should. Please try again in a few seconds.".to_owned()
            }
            Self::Migrate(Cause::Address(_) | Cause::Seal(_) | Cause::Randomness(_) | Cause::Store(_)) => {
                OUR_FAULT.to_owned()
            }
            Self::Migrate(cause) => format!("Nothing was taken over: {cause}."),
        }
    }
}

impl IntoResponse for RefusedMigration {
    fn into_response(self) -> Response {
        let mut response = refuse(&self);
        if self.status() == StatusCode::BAD_GATEWAY {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
        }
        response
    }
}

/// Takes an authorisation over. It needs both scopes: a connection is made, of tokens.
#[utoipa::path(
    post, path = "/v2/businesses/{business}/connection/migrate", operation_id = "migrateConnection", tag = "Connections",
    summary = "Takes over an authorisation that another system holds",
    params(("business" = String, Path, description = "Its businessUuid")),
    request_body(content = MigrateRequest, content_type = "application/json"),
    responses(
        (status = 201, body = ConnectionItem, description = "The connection"),
        (status = 404, body = ErrorAnswer, description = "The key's widget has no business of this businessUuid"),
        (status = 409, body = ErrorAnswer, description = "Nothing was taken over; the message says why"),
        (status = 502, body = ErrorAnswer, description = "The service did not answer as it should; ask again later",
         headers(("Retry-After" = u32, description = "After how many seconds"))),
    ),
    security(("secretKey" = ["write", "tokens"])),
)]
pub(super) async fn take_over(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Path(business): Path<String>,
    Body(body): Body,
) -> Response {
    let taken = take_over_or_refuse(&app, &bearer, business, &body).await;
    taken.unwrap_or_else(IntoResponse::into_response)
}

async fn take_over_or_refuse(
    app: &App,
    bearer: &SecretKeyBearer,
    business: String,
    body: &[u8],
) -> Result<Response, RefusedMigration> {
    bearer.require(Scope::Write).map_err(ApiError::from)?;
    bearer.require(Scope::Tokens).map_err(ApiError::from)?;
    let request: MigrateRequest =
        serde_json::from_slice(body).map_err(|error| RefusedMigration::Body(error.into()))?;
    let refresh = request.refresh_token.ok_or(RefusedMigration::NoRefreshToken)?;
    let id = BusinessUuid::new(&business);
    let known = app.store.business(&bearer.widget.id, &id).await.map_err(ApiError::from)?;
    let known = known.ok_or(ApiError::NoBusiness)?;
    let service = app.config.services.get(&ServiceName::new(&request.service_name));
    let service = service.ok_or(RefusedMigration::NotOffered)?;
    let brought = MigratedGrant {
        refresh: refresh.0,
        access: request.access_token.map(|token| token.0),
        account: request.account_id.filter(|account| !account.is_empty()),
        region: request.location.filter(|location| !location.is_empty()),
    };
    let connection = migrate(app, service, &known.id, brought).await?;
    bearer.audit.connection(&connection);
    tracing::info!(%connection, key = %bearer.key.id, business = %known.id, service = %service.id,
        "a back end brought an authorisation along");
    let item = ConnectionItem::new(app, find(app, bearer, connection.as_str()).await?);
    Ok((StatusCode::CREATED, Json(item)).into_response())
}
