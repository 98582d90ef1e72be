//! `POST /v2/businesses/generateUrl`: a link to the page on which this server shows the widget itself, for a person whom the
//! customer writes to. `DELETE /v2/links/{linkId}` ends one.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use railz_connect_contract::{BusinessUuid, ServiceName};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::mint_error::MintError;
use super::openapi::schemas::{BusinessNameText, ErrorAnswer};
use super::secret_key_bearer::SecretKeyBearer;
use super::sessions::{check, sorted};
use crate::access::business::find_or_make;
use crate::app::App;
use crate::clock::to_rfc3339;
use crate::domain::business::{BusinessLookup, parse_name};
use crate::domain::hosted_link::{
    DEFAULT_LIFETIME_SECONDS, HostedLink, HostedLinkId, MAX_LIFETIME_SECONDS, MIN_LIFETIME_SECONDS,
};
use crate::domain::secret_key::Scope;
use crate::domain::visit::{SessionKind, Visit};
use crate::domain::visit_settings::VisitSettings;
use crate::http::input::{Body, Path};
use crate::random;
use crate::token::Token;

/// What a back end says of the link.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"businessUuid": "BIZ-2f0c6f5e-8d0f-4c39-9a53-2f4f6f0f7a11"}))]
pub(super) struct LinkRequest {
    /// Whose books, by the number of a business that there is.
    #[schema(value_type = Option<String>)]
    business_uuid: Option<BusinessUuid>,
    /// Whose books, found or made by this name. Beside it `businessUuid` must be left out.
    #[schema(value_type = Option<BusinessNameText>)]
    business_name: Option<String>,
    /// Where the person goes afterwards, with the result; registered for the widget, or on one of its origins.
    #[schema(format = "uri")]
    success_url: Option<String>,
    /// Where the person goes afterwards, without a result; instead of `successUrl`.
    #[schema(format = "uri")]
    redirect_url: Option<String>,
    /// The only services that are offered, by name; all where it is left out.
    #[schema(value_type = Option<Vec<String>>, min_items = 1)]
    services: Option<Vec<ServiceName>>,
    /// Your own data, of any shape, in at most 16,384 bytes of JSON.
    metadata: Option<Value>,
    /// What ties the result to the link; 512 bytes at most, given back as it is.
    #[schema(max_length = 512)]
    state: Option<String>,
    /// How long the link lives; 432000, which is five days, where it is left out.
    #[schema(minimum = 60, maximum = 2_592_000)]
    expires_in_seconds: Option<u64>,
}

/// What the back end gets.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct MadeLink {
    /// What the person opens. It is a key until it is used: tell it to nobody else.
    #[schema(format = "uri")]
    url: String,
    /// When it is over.
    #[schema(format = DateTime)]
    expiry_date: String,
    /// What ends it before.
    #[schema(value_type = String, example = "LNK-0b4a6f2e-7c1d-4e58-8f3a-5d9c2b7e1a60")]
    link_id: HostedLinkId,
}

/// Makes a link.
#[utoipa::path(
    post, path = "/v2/businesses/generateUrl", operation_id = "generateUrl", tag = "Links",
    summary = "Makes a link to a page on which the widget stands",
    description = "The first browser in which the link is opened and confirmed by a press keeps it until it is over: when its time \
                   is, when the business is connected, or when it is revoked.",
    request_body(content = LinkRequest, content_type = "application/json"),
    responses(
        (status = 201, body = MadeLink, description = "The link"),
        (status = 404, body = ErrorAnswer, description = "The key's widget has no business of this businessUuid"),
    ),
    security(("secretKey" = ["sessions"])),
)]
pub(super) async fn generate(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Body(body): Body,
) -> Result<(StatusCode, Json<MadeLink>), MintError> {
    bearer.require(Scope::Sessions)?;
    let request: LinkRequest =
        serde_json::from_slice(&body).map_err(|error| MintError::Body(error.into()))?;
    let seconds = request.expires_in_seconds.unwrap_or(DEFAULT_LIFETIME_SECONDS);
    if !(MIN_LIFETIME_SECONDS..=MAX_LIFETIME_SECONDS).contains(&seconds) {
        return Err(MintError::Life {
            given: seconds,
            bounds: (MIN_LIFETIME_SECONDS, MAX_LIFETIME_SECONDS, DEFAULT_LIFETIME_SECONDS),
        });
    }
    let lookup = match (&request.business_uuid, &request.business_name) {
        (Some(_), Some(_)) => return Err(MintError::TwoBusinesses),
        (Some(id), None) => BusinessLookup::ByUuid(id.clone()),
        (None, Some(name)) => BusinessLookup::ByName(parse_name(name)?),
        (None, None) => return Err(MintError::NoBusinessNamed),
    };
    let settings = settings(request);
    check(&app, &bearer, &settings)?;
    let business = find_or_make(&app, &bearer.widget, lookup).await?;
    let now = app.now();
    let whose = (bearer.widget.id.clone(), business.id.clone());
    let page = app.config.public_url.origin();
    let visit = Visit::begin(random::uuid()?, whose, SessionKind::Minted, Some(page), now);
    let visit = Visit { settings, ..visit };
    let code = Token::generate()?;
    let link = HostedLink::begin(random::uuid()?, visit.id.clone(), code.hash(), seconds, now);
    app.store.add_hosted_link(&visit, &link).await?;
    tracing::info!(key = %bearer.key.id, link = %link.id, business = %business.id, "a link was made");
    bearer.audit.business(&business.id);
    bearer.audit.subject(link.id.as_str());
    let made = MadeLink {
        url: app.config.public_url.join(&format!("/hosted/{}#{}", link.id, code.expose())),
        expiry_date: to_rfc3339(link.expires_at),
        link_id: link.id,
    };
    Ok((StatusCode::CREATED, Json(made)))
}

fn settings(request: LinkRequest) -> VisitSettings {
    VisitSettings {
        success_url: request.success_url,
        redirect_url: request.redirect_url,
        state: request.state,
        services: request.services.map(sorted),
        metadata: request.metadata.filter(|metadata| !metadata.is_null()),
    }
}

/// Ends a link, and the sessions that came of it.
#[utoipa::path(
    delete, path = "/v2/links/{link}", operation_id = "revokeLink", tag = "Links",
    summary = "Revokes a link", params(("link" = String, Path, description = "Its linkId")),
    description = "The sessions that came of it end too. Whoever is signing in at a service just then can still finish.",
    responses(
        (status = 204, description = "It is over"),
        (status = 404, body = ErrorAnswer, description = "The key's widget has none of this linkId"),
    ),
    security(("secretKey" = ["sessions"])),
)]
pub(super) async fn revoke(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Path(id): Path<String>,
) -> Result<StatusCode, MintError> {
    bearer.require(Scope::Sessions)?;
    let id = HostedLinkId::new(id);
    let business = app.store.revoke_hosted_link(&bearer.widget.id, &id, app.now()).await?;
    bearer.audit.business(&business.ok_or(MintError::NoLink)?);
    Ok(StatusCode::NO_CONTENT)
}
