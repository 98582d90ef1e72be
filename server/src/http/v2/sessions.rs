//! `POST /v2/sessions`: the customer's back end mints a session for a person, whose page hands its token to the widget.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use railz_connect_contract::{BusinessName, BusinessUuid, ServiceName};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::mint_error::MintError;
use super::openapi::schemas::{BusinessNameText, ErrorAnswer};
use super::secret_key_bearer::SecretKeyBearer;
use crate::access::business::find_or_make;
use crate::access::visits::{self, NewSession};
use crate::app::App;
use crate::clock::to_rfc3339;
use crate::domain::business::{Business, BusinessLookup, parse_name};
use crate::domain::folded_name::fold;
use crate::domain::secret_key::Scope;
use crate::domain::visit::{SessionKind, Visit, VisitId};
use crate::domain::visit_settings::VisitSettings;
use crate::domain::webhook_metadata;
use crate::http::input::Body;
use crate::http::integrations;
use crate::random;

/// How long a minted session may live, in seconds, and how long it does where the back end does not say.
const SHORTEST: u64 = 60;
const LONGEST: u64 = 60 * 60;
const USUAL: u64 = 30 * 60;

/// What a back end says of the session. What it leaves out when it continues a visit stays as it was.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "businessName": "Harbour Bakery",
    "state": "8d5f0a6be3f24c1f9a3c",
    "expiresInSeconds": 1800,
}))]
pub(in crate::http) struct MintRequest {
    /// Whose books, found or made by this name. Beside it `businessUuid` must be left out.
    #[schema(value_type = Option<BusinessNameText>)]
    business_name: Option<String>,
    /// Whose books, by the number of a business that there is.
    #[schema(value_type = Option<String>)]
    business_uuid: Option<BusinessUuid>,
    /// Where the person goes afterwards, with the result; registered for the widget, or on one of its origins.
    #[schema(format = "uri")]
    success_url: Option<String>,
    /// Where the person goes afterwards, without a result; instead of `successUrl`.
    #[schema(format = "uri")]
    redirect_url: Option<String>,
    /// The only services that are offered, by name; all where it is left out.
    #[schema(value_type = Option<Vec<String>>, min_items = 1)]
    services: Option<Vec<ServiceName>>,
    /// The host's own data, of any shape, in at most 16,384 bytes of JSON.
    metadata: Option<Value>,
    /// What ties the result to the host's visitor; 512 bytes at most, given back as it is.
    #[schema(max_length = 512)]
    state: Option<String>,
    /// How long the session lives; 1800 where it is left out.
    #[schema(minimum = 60, maximum = 3600)]
    expires_in_seconds: Option<u64>,
    /// The visit that is to be continued.
    #[schema(value_type = Option<String>)]
    visit_id: Option<VisitId>,
}

/// What the back end gets.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::http) struct MintedSession {
    /// What the page hands to the widget.
    session_token: String,
    /// When the token ends.
    #[schema(format = DateTime)]
    expires_at: String,
    /// What continues the visit when the token ran out.
    #[schema(value_type = String)]
    visit_id: VisitId,
    #[schema(value_type = String)]
    business_uuid: BusinessUuid,
    #[schema(value_type = String)]
    business_name: BusinessName,
}

/// Mints a session, of a new visit or of the one that is named.
#[utoipa::path(
    post, path = "/v2/sessions", operation_id = "mintSession", tag = "Sessions",
    summary = "Mints a session for a person",
    description = "The page hands `sessionToken` to the widget. With `visitId` it continues that visit.",
    request_body(content = MintRequest, content_type = "application/json"),
    responses(
        (status = 201, body = MintedSession, description = "The session"),
        (status = 404, body = ErrorAnswer, description = "There is no such business or visit"),
    ),
    security(("secretKey" = ["sessions"])),
)]
pub(in crate::http) async fn mint(
    State(app): State<Arc<App>>,
    bearer: SecretKeyBearer,
    Body(body): Body,
) -> Result<(StatusCode, Json<MintedSession>), MintError> {
    bearer.require(Scope::Sessions)?;
    let request = read(&body)?;
    let seconds = request.expires_in_seconds.unwrap_or(USUAL);
    if !(SHORTEST..=LONGEST).contains(&seconds) {
        return Err(MintError::Life { given: seconds, bounds: (SHORTEST, LONGEST, USUAL) });
    }
    let (new, business) = match request.visit_id.clone() {
        Some(id) => continue_visit(&app, &bearer, id, request, seconds).await?,
        None => begin(&app, &bearer, request, seconds).await?,
    };
    tracing::info!(key = %bearer.key.id, visit = %new.visit.id, business = %business.id, "a session was minted");
    bearer.audit.business(&business.id);
    bearer.audit.subject(new.visit.id.as_str());
    let minted = MintedSession {
        session_token: new.token.expose().to_owned(),
        expires_at: to_rfc3339(new.session.expires_at),
        visit_id: new.visit.id,
        business_uuid: business.id,
        business_name: business.name,
    };
    Ok((StatusCode::CREATED, Json(minted)))
}

fn read(body: &[u8]) -> Result<MintRequest, MintError> {
    let body = if body.trim_ascii().is_empty() { b"{}" } else { body };
    let request: MintRequest = serde_json::from_slice(body).map_err(|error| MintError::Body(error.into()))?;
    if request.business_name.is_some() && request.business_uuid.is_some() {
        return Err(MintError::TwoBusinesses);
    }
    Ok(request)
}

async fn begin(
    app: &App,
    bearer: &SecretKeyBearer,
    request: MintRequest,
    seconds: u64,
) -> Result<(NewSession, Business), MintError> {
    let lookup = match (&request.business_uuid, &request.business_name) {
        (Some(id), _) => BusinessLookup::ByUuid(id.clone()),
        (None, Some(name)) => BusinessLookup::ByName(parse_name(name)?),
        (None, None) => BusinessLookup::Unnamed,
    };
    let settings = settings(request, VisitSettings::default());
    check(app, bearer, &settings)?;
    let business = find_or_make(app, &bearer.widget, lookup).await?;
    let whose = (bearer.widget.id.clone(), business.id.clone());
    let visit = Visit::begin(random::uuid()?, whose, SessionKind::Minted, None, app.now());
    Ok((visits::begin(app, Visit { settings, ..visit }, seconds).await?, business))
}

async fn continue_visit(
    app: &App,
    bearer: &SecretKeyBearer,
    id: VisitId,
    request: MintRequest,
    seconds: u64,
) -> Result<(NewSession, Business), MintError> {
    let gone = || MintError::NoVisit;
    let visit = app.store.visit(&bearer.widget.id, &id).await?;
    let visit = visit.filter(|visit| visit.session_kind == SessionKind::Minted).ok_or_else(gone)?;
    let business = app.store.business(&bearer.widget.id, &visit.business).await?.ok_or_else(gone)?;
    if request.business_uuid.as_ref().is_some_and(|named| named != &business.id) {
        return Err(MintError::OtherBusiness(business.id, "businessUuid"));
    }
    let is_other = |named: &String| fold(&BusinessName::new(named)) != fold(&business.name);
    if request.business_name.as_ref().is_some_and(is_other) {
        return Err(MintError::OtherBusiness(business.id, "businessName"));
    }
    let settings = settings(request, visit.settings.clone());
    check(app, bearer, &settings)?;
    let continued = visits::continue_visit(app, Visit { settings, ..visit }, seconds).await?;
    Ok((continued.map_err(|_| gone())?, business))
}

/// Checks what is wanted of a visit against what the key's widget has and allows.
pub(super) fn check(app: &App, bearer: &SecretKeyBearer, settings: &VisitSettings) -> Result<(), MintError> {
    settings.check(&bearer.widget, &integrations::list_services(app, &bearer.widget))?;
    settings.metadata.as_ref().map_or(Ok(()), webhook_metadata::check)?;
    Ok(())
}

/// The settings that were said, and for the others those of before. One address takes the place of the other.
fn settings(request: MintRequest, before: VisitSettings) -> VisitSettings {
    let (success_url, redirect_url) = match (request.success_url, request.redirect_url) {
        (None, None) => (before.success_url, before.redirect_url),
        said => said,
    };
    let services = request.services.map(sorted);
    VisitSettings {
        success_url,
        redirect_url,
        state: request.state.or(before.state),
        services: services.or(before.services),
        metadata: request.metadata.filter(|metadata| !metadata.is_null()).or(before.metadata),
    }
}

/// Services as they are kept: each once, in one order.
pub(super) fn sorted(mut services: Vec<ServiceName>) -> Vec<ServiceName> {
    services.sort();
    services.dedup();
    services
}
