//! `GET /services/url`: begins an attempt and says where the sign-in starts.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use railz_connect_contract::{AddressResponse, ServiceKind, ServiceName};
use serde::Deserialize;

use super::bearer::Bearer;
use super::input::Query;
use super::refusal::{OUR_FAULT, Refusal, answers};
use crate::app::App;
use crate::clock::seconds_after;
use crate::domain::attempt::{self, Attempt, Stage, Way};
use crate::domain::connection::{self, Connection};
use crate::domain::widget::{Channel, Mode};
use crate::providers::question::{AnswerRefused, Question};
use crate::random::{self, NoRandomness};
use crate::special::{Special, begin};
use crate::store::StoreError;
use crate::token::Token;

/// What the query says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asked {
    service_name: Option<String>,
    integration_uuid: Option<String>,
    shop: Option<String>,
    dynamics365_environment_url: Option<String>,
}

/// Why no attempt begins.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoAddress {
    #[error("serviceName is missing")]
    NoName,
    #[error("the service {0:?} is not offered by this widget")]
    NotOffered(String),
    #[error("the service {0:?} belongs to the sandbox, and this is no sandbox widget")]
    SandboxOnly(String),
    #[error("integrationUuid is missing for the service {0:?}")]
    NoIntegration(String),
    #[error("integrationUuid is not that of the service {0:?}")]
    OtherIntegration(String),
    #[error(transparent)]
    Answer(#[from] AnswerRefused),
    #[error("the business of this session is gone")]
    NoBusiness,
    #[error(transparent)]
    Special(#[from] begin::NotBegun),
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Refusal for NoAddress {
    fn status(&self) -> StatusCode {
        match self {
            Self::NoName
            | Self::NotOffered(_)
            | Self::SandboxOnly(_)
            | Self::NoIntegration(_)
            | Self::OtherIntegration(_)
            | Self::Answer(_)
            | Self::Special(begin::NotBegun::InPage) => StatusCode::BAD_REQUEST,
            Self::NoBusiness => StatusCode::NOT_FOUND,
            Self::Special(_) | Self::NoRandomness(_) | Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Special(begin::NotBegun::InPage) => self.to_string(),
            Self::Special(_) | Self::NoRandomness(_) | Self::Store(_) => OUR_FAULT.to_owned(),
            Self::NoBusiness => railz_connect_contract::BUSINESS_NOT_FOUND.to_owned(),
            told => told.to_string(),
        }
    }
}

answers!(NoAddress);

/// What a request means to connect.
enum Chosen {
    /// A configured service, by a popup.
    Real(ServiceName, ServiceKind),
    /// A configured service that is connected without a popup of ours.
    Special(Special),
    /// The sandbox service, or another service's name with sandbox data.
    Sandbox(ServiceName, Channel),
}

/// Begins an attempt.
pub(super) async fn address(
    State(app): State<Arc<App>>,
    bearer: Bearer,
    Query(asked): Query<Asked>,
) -> Result<Json<AddressResponse>, NoAddress> {
    let business = app
        .store
        .business(&bearer.widget.id, &bearer.session.business)
        .await?
        .ok_or(NoAddress::NoBusiness)?;
    let answers = (asked.shop.clone(), asked.dynamics365_environment_url.clone());
    let mut answer = None;
    let (service, kind, channel, start) = match chosen(&app, &bearer, asked)? {
        Chosen::Real(service, kind) => {
            answer = answered(&app, &service, answers)?;
            (service, kind, Channel::Service, Some(Token::new(app.randomness())?))
        }
        Chosen::Special(special) => {
            return Ok(Json(begin::begin(&app, special, &super::special::asker(&bearer), business).await?));
        }
        Chosen::Sandbox(service, channel) => (service, ServiceKind::Accounting, channel, None),
    };
    let now = app.now();
    let id = connection::made_id(random::uuid(app.randomness())?);
    let new = Connection::unproven(id, business.id.clone(), (service, kind, channel), now);
    let connection = app.store.connection_like(new).await?;
    let lifetime = app.config.attempts.lifetime_seconds;
    let attempt = Attempt {
        id: attempt::made_id(random::uuid(app.randomness())?),
        connection: connection.id.clone(),
        business: business.id,
        session: bearer.session.token,
        way: start.as_ref().map_or(Way::Sandbox, |start| Way::Popup(start.hash())),
        answer,
        stage: Stage::Open,
        expires_at: seconds_after(now, lifetime.into()),
    };
    app.store.add_attempt(&attempt).await?;
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
        config: None,
        password: None,
    }))
}

/// The answer to what the service asks first, checked.
fn answered(
    app: &App,
    service: &ServiceName,
    (shop, environment): (Option<String>, Option<String>),
) -> Result<Option<String>, AnswerRefused> {
    let Some(question) = app.config.services.get(service).and_then(|service| service.habits.question) else {
        return Ok(None);
    };
    let given = match question {
        Question::Shop => shop,
        Question::DynamicsEnvironment => environment,
    };
    question.answered(given.as_deref()).map(Some)
}

fn chosen(app: &App, bearer: &Bearer, asked: Asked) -> Result<Chosen, NoAddress> {
    let name = asked.service_name.filter(|name| !name.is_empty()).ok_or(NoAddress::NoName)?;
    let service = ServiceName::new(&name);
    let given = asked.integration_uuid.filter(|uuid| !uuid.is_empty());
    let is = |channel| given.as_deref() == Some(bearer.widget.integration(&service, channel).as_str());
    let playable = app.config.services.playable().iter().any(|playable| playable.id == service);
    let configured = app.config.services.get(&service);
    let special = app.config.special.get(&service);
    match (bearer.widget.mode, given.as_deref()) {
        (Mode::Live, _) if service.is_sandbox() || is(Channel::MockData) => Err(NoAddress::SandboxOnly(name)),
        (Mode::Sandbox, Some(_)) if service.is_sandbox() && is(Channel::Service) => {
            Ok(Chosen::Sandbox(service, Channel::Service))
        }
        (Mode::Sandbox, Some(_)) if playable && is(Channel::MockData) => {
            Ok(Chosen::Sandbox(service, Channel::MockData))
        }
        (Mode::Sandbox, None) if playable => Ok(Chosen::Sandbox(service, Channel::MockData)),
        (_, Some(_)) if is(Channel::Service) && special.is_some() => {
            special.map(Chosen::Special).ok_or(NoAddress::NotOffered(name))
        }
        (_, Some(_)) => match configured {
            Some(configured) if is(Channel::Service) => Ok(Chosen::Real(service, configured.kind)),
            Some(_) => Err(NoAddress::OtherIntegration(name)),
            None if special.is_some() => Err(NoAddress::OtherIntegration(name)),
            None if service.is_sandbox() => Err(NoAddress::OtherIntegration(name)),
            None => Err(NoAddress::NotOffered(name)),
        },
        (_, None) if configured.is_some() || special.is_some() || service.is_sandbox() => {
            Err(NoAddress::NoIntegration(name))
        }
        (_, None) => Err(NoAddress::NotOffered(name)),
    }
}
