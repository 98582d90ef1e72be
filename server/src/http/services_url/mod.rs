//! `GET /services/url`: begins an attempt and says where the sign-in starts. `error.rs` says why it does not.

mod error;

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use railz_connect_contract::{AddressResponse, ConnectionId, ServiceKind, ServiceName, StartProof};
use serde::Deserialize;

use error::ServicesUrlError;

use crate::access::rights::{SignInRight, play_right, sign_in_right};
use crate::app::App;
use crate::clock::seconds_after;
use crate::domain::attempt::{self, Attempt, ChoiceScreen, Opener, SignInMethod, Stage};
use crate::domain::connection::{self, Connection};
use crate::domain::widget::{Channel, Mode};
use crate::http::bearer::Bearer;
use crate::http::input::Query;
use crate::http::{cors, credentials};
use crate::random;
use crate::services::catalog::NonOAuthService;
use crate::services::company::read_binding;
use crate::services::non_oauth_connection;
use crate::services::oauth::question::{Question, QuestionError};
use crate::services::sign_in_target::{SignInTarget, find_target};
use crate::token::Token;

/// The query of `GET /services/url` (contract rule C2).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::http) struct ServicesUrlQuery {
    service_name: Option<String>,
    integration_uuid: Option<String>,
    shop: Option<String>,
    dynamics365_environment_url: Option<String>,
    can_choose: Option<String>,
    connection_id: Option<String>,
    new_connection: Option<String>,
}

/// What a request means to connect.
enum Chosen {
    /// A configured service, by a popup.
    OAuth(ServiceName, ServiceKind),
    /// A configured service that is connected without a popup of ours.
    NonOAuth(NonOAuthService),
    /// The sandbox service, or another service's name with sandbox data.
    Sandbox(ServiceName, Channel),
}

/// Begins an attempt at the chosen service (contract rule C2).
pub(in crate::http) async fn begin(
    State(app): State<Arc<App>>,
    bearer: Bearer,
    headers: HeaderMap,
    Query(query): Query<ServicesUrlQuery>,
) -> Result<Json<AddressResponse>, ServicesUrlError> {
    let business = app
        .store
        .business(&bearer.widget.id, &bearer.visit.business)
        .await?
        .ok_or(ServicesUrlError::NoBusiness)?;
    let answers = (query.shop.clone(), query.dynamics365_environment_url.clone());
    let target = read_target(&query)?;
    let choice_screen = match query.can_choose.as_deref() {
        Some("true") => ChoiceScreen::Shown,
        Some(_) | None => ChoiceScreen::HeldServicesOnly,
    };
    let mut answer = None;
    let (service, kind, channel, start) = match choose(&app, &bearer, query)? {
        Chosen::OAuth(service, kind) => {
            answer = read_answer(&app, &service, answers)?;
            (service, kind, Channel::Service, Some(Token::generate()?))
        }
        Chosen::NonOAuth(non_oauth) => {
            let requester = credentials::requester(&bearer);
            let begun =
                non_oauth_connection::begin(&app, non_oauth, &requester, (&bearer.visit, target), business)
                    .await?;
            return Ok(Json(begun));
        }
        Chosen::Sandbox(service, channel) => (service, ServiceKind::Accounting, channel, None),
    };
    let proof = Token::generate()?;
    // Where no page is known, none could be asked, and a proof would prove nothing.
    let opener = start
        .as_ref()
        .and_then(|_| cors::page_origin(&app.config.public_url, &bearer.widget, &bearer.visit, &headers))
        .map(|origin| Opener { origin, proof: proof.hash() });
    let start_proof = opener.as_ref().map(|_| StartProof::new(proof.expose()));
    let now = app.now();
    let id = connection::new_id(random::uuid()?);
    let new = Connection::new(id, business.id.clone(), (service, kind, channel), now);
    let connection = find_target(&app, &bearer.visit, target, new).await?;
    check_right(&app, &bearer, &connection).await?;
    let lifetime = app.config.attempts.lifetime_seconds;
    let attempt = Attempt {
        id: attempt::new_id(random::uuid()?),
        connection: connection.id.clone(),
        business: business.id,
        visit: bearer.visit.id.clone(),
        session_kind: bearer.visit.session_kind,
        method: start.as_ref().map_or(SignInMethod::Sandbox, |start| SignInMethod::Popup(start.hash())),
        opener,
        answer,
        choice_screen,
        stage: Stage::Open,
        expires_at: seconds_after(now, lifetime.into()),
    };
    app.store.add_attempt(&attempt).await?;
    bearer.audit.connection(&connection.id);
    bearer.audit.subject(attempt.id.as_str());
    let url = match start {
        Some(start) => app.config.public_url.join(&format!("/oauth/start/{}", start.expose())),
        None => format!("/sandbox/login/{}", attempt.id),
    };
    Ok(Json(AddressResponse {
        url,
        connection_id: Some(connection.id),
        business_name: business.name,
        attempt_id: Some(attempt.id),
        expires_in_seconds: Some(lifetime),
        start_proof,
        config: None,
        password: None,
    }))
}

/// Which connection the page asks for.
fn read_target(query: &ServicesUrlQuery) -> Result<SignInTarget, ServicesUrlError> {
    let existing = query.connection_id.as_deref().filter(|id| !id.is_empty());
    match (existing, query.new_connection.as_deref() == Some("true")) {
        (None, false) => Ok(SignInTarget::Usual),
        (None, true) => Ok(SignInTarget::Further),
        (Some(id), false) => Ok(SignInTarget::Existing(ConnectionId::new(id))),
        (Some(_), true) => Err(ServicesUrlError::TwoTargets),
    }
}

/// Checks that a sign-in may make anything of a connection.
async fn check_right(app: &App, bearer: &Bearer, connection: &Connection) -> Result<(), ServicesUrlError> {
    if connection.is_sandbox() {
        return match play_right(bearer.visit.visitor(), connection) {
            SignInRight::Tie | SignInRight::Renew | SignInRight::Replace => Ok(()),
            SignInRight::Nothing => Err(ServicesUrlError::Played(bearer.widget.name.clone())),
        };
    }
    let Some(service) = app.config.services.get(&connection.service) else { return Ok(()) };
    let binding = read_binding(app, &connection.id).await?;
    match sign_in_right(bearer.visit.visitor(), connection, &binding, service.company_check()) {
        SignInRight::Tie | SignInRight::Renew | SignInRight::Replace => Ok(()),
        SignInRight::Nothing => Err(ServicesUrlError::CompanyUnknown {
            service: service.name.clone(),
            customer: bearer.widget.name.clone(),
        }),
    }
}

/// The answer to what the service asks first, checked.
fn read_answer(
    app: &App,
    service: &ServiceName,
    (shop, environment): (Option<String>, Option<String>),
) -> Result<Option<String>, QuestionError> {
    let Some(question) = app.config.services.get(service).and_then(|service| service.profile.question) else {
        return Ok(None);
    };
    let given = match question {
        Question::Shop => shop,
        Question::DynamicsEnvironment => environment,
    };
    question.check_answer(given.as_deref()).map(Some)
}

fn choose(app: &App, bearer: &Bearer, query: ServicesUrlQuery) -> Result<Chosen, ServicesUrlError> {
    let name = query.service_name.filter(|name| !name.is_empty()).ok_or(ServicesUrlError::NoName)?;
    let service = ServiceName::new(&name);
    if !bearer.visit.offers(&service) {
        return Err(ServicesUrlError::NotInVisit);
    }
    let given = query.integration_uuid.filter(|uuid| !uuid.is_empty());
    let is = |channel| given.as_deref() == Some(bearer.widget.integration(&service, channel).as_str());
    let playable = app.config.services.playable_services().iter().any(|playable| playable.id == service);
    let configured = app.config.services.get(&service);
    let non_oauth = app.config.non_oauth.get(&service);
    match (bearer.widget.mode, given.as_deref()) {
        (Mode::Live, _) if service.is_sandbox() || is(Channel::MockData) => {
            Err(ServicesUrlError::SandboxOnly)
        }
        (Mode::Sandbox, Some(_)) if service.is_sandbox() && is(Channel::Service) => {
            Ok(Chosen::Sandbox(service, Channel::Service))
        }
        (Mode::Sandbox, Some(_)) if playable && is(Channel::MockData) => {
            Ok(Chosen::Sandbox(service, Channel::MockData))
        }
        (Mode::Sandbox, None) if playable => Ok(Chosen::Sandbox(service, Channel::MockData)),
        (_, Some(_)) if is(Channel::Service) && non_oauth.is_some() => {
            non_oauth.map(Chosen::NonOAuth).ok_or(ServicesUrlError::NotOffered)
        }
        (_, Some(_)) => match configured {
            Some(configured) if is(Channel::Service) => Ok(Chosen::OAuth(service, configured.kind)),
            Some(_) => Err(ServicesUrlError::OtherIntegration(name)),
            None if non_oauth.is_some() => Err(ServicesUrlError::OtherIntegration(name)),
            None if service.is_sandbox() => Err(ServicesUrlError::OtherIntegration(name)),
            None => Err(ServicesUrlError::NotOffered),
        },
        (_, None) if configured.is_some() || non_oauth.is_some() || service.is_sandbox() => {
            Err(ServicesUrlError::NoIntegration(name))
        }
        (_, None) => Err(ServicesUrlError::NotOffered),
    }
}
