//! `POST /widget/session/{widgetId}`: opens a session for a business, found or made.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::{Extension, Json};
use railz_connect_contract::{
    AccessToken, BUSINESS_NOT_FOUND, BillingPlan, BusinessNameError, Feature, Integration, ServiceKind,
    ServiceName, SessionRequest, SessionResponse, WidgetId,
};
use serde::Deserialize;
use serde_json::Value;

use super::compression::RepeatsRequest;
use super::connection_list::ConnectionList;
use super::cors::{self, CorsError};
use super::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use super::input::{Body, Path, Query};
use crate::app::App;
use crate::domain::business::{self, Business, BusinessLookup};
use crate::domain::session::Session;
use crate::domain::widget::{Channel, Mode, Widget};
use crate::random::{self, RandomnessError};
use crate::services;
use crate::store::{Added, StoreError};
use crate::token::Token;

/// The query of the session call (contract rule C1).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SessionQuery {
    business_uuid: Option<String>,
    business_name: Option<String>,
    include: Option<String>,
}

/// Why no session opens.
#[derive(Debug, thiserror::Error)]
pub(super) enum SessionError {
    #[error("no widget has the id {0:?}")]
    NoWidget(String),
    #[error(transparent)]
    Page(#[from] CorsError),
    #[error("{0}")]
    Name(#[from] BusinessNameError),
    #[error("no business of this widget has the businessUuid {0:?}")]
    NoBusiness(String),
    #[error("the body is not the session call's JSON: {0}")]
    Body(serde_json::Error),
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ErrorResponse for SessionError {
    fn status(&self) -> StatusCode {
        match self {
            Self::NoWidget(_) | Self::NoBusiness(_) => StatusCode::NOT_FOUND,
            Self::Page(refused) => refused.status(),
            Self::Name(_) | Self::Body(_) => StatusCode::BAD_REQUEST,
            Self::Randomness(_) | Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::NoWidget(id) => {
                format!("There is no widget with the id {id:?}. Check the widgetId of the page.")
            }
            Self::NoBusiness(_) => BUSINESS_NOT_FOUND.to_owned(),
            Self::Page(refused) => refused.message(),
            Self::Name(refused) => refused.to_string(),
            Self::Body(_) => self.to_string(),
            Self::Randomness(_) | Self::Store(_) => OUR_FAULT.to_owned(),
        }
    }
}

respond_with_error!(SessionError);

/// An answer, which is marked where it repeats the host's metadata.
type OpenedSession = (Option<Extension<RepeatsRequest>>, Json<SessionResponse<Value>>);

/// Opens a session for the business that the query names (contract rule C1).
pub(super) async fn open(
    State(app): State<Arc<App>>,
    Path(widget): Path<String>,
    Query(query): Query<SessionQuery>,
    headers: HeaderMap,
    Body(body): Body,
) -> Result<OpenedSession, SessionError> {
    let id = WidgetId::new(widget);
    let widget = app.store.widget(&id).await?.ok_or_else(|| SessionError::NoWidget(id.to_string()))?;
    cors::check(&widget, &headers)?;
    let lookup = BusinessLookup::from_query(query.business_uuid.as_deref(), query.business_name.as_deref())?;
    let request = read(&body)?;
    let business = find_or_make(&app, &widget, lookup).await?;
    let token = Token::generate()?;
    let now = app.now();
    let session = Session::open(token.hash(), widget.id.clone(), business.id.clone(), now);
    app.store.add_session(&session).await?;

    let includes = |word: &str| {
        query.include.as_deref().unwrap_or_default().split(',').any(|included| included.trim() == word)
    };
    let connections = if includes("connections") {
        services::plaid::look_after(&app, &business.id).await;
        // Time went on: what a bank said just now is to show.
        let now = app.now();
        let all = app.store.connections(&business.id).await?;
        let list = ConnectionList::read(&app, &business.id, &widget, now).await?;
        Some(list.entries(&app, &all, None))
    } else {
        None
    };
    let features = match widget.mode {
        Mode::Sandbox => vec![Feature::SandboxOnePress],
        Mode::Live => Vec::new(),
    };
    let metadata = request.metadata.filter(|metadata| !metadata.is_null());
    let mark = metadata.is_some().then_some(Extension(RepeatsRequest));
    let response = SessionResponse {
        access_token: AccessToken::new(token.expose()),
        business_name: business.name,
        business_uuid: business.id,
        metadata,
        integrations: includes("integrations").then(|| integrations(&app, &widget)),
        customer_name: widget.name,
        email: widget.email,
        billing_plan: BillingPlan::Custom,
        sandbox: widget.mode == Mode::Sandbox,
        sites: false,
        connections,
        features,
    };
    Ok((mark, Json(response)))
}

fn read(body: &[u8]) -> Result<SessionRequest<Value>, SessionError> {
    if body.trim_ascii().is_empty() {
        return Ok(SessionRequest { metadata: None, options: None });
    }
    serde_json::from_slice(body).map_err(SessionError::Body)
}

async fn find_or_make(app: &App, widget: &Widget, lookup: BusinessLookup) -> Result<Business, SessionError> {
    let name = match lookup {
        BusinessLookup::ByUuid(id) => {
            let found = app.store.business(&widget.id, &id).await?;
            return found.ok_or_else(|| SessionError::NoBusiness(id.to_string()));
        }
        BusinessLookup::ByName(name) => Some(name),
        BusinessLookup::Unnamed => None,
    };
    loop {
        let number = random::uuid()?;
        let business = Business {
            id: business::new_id(number),
            widget: widget.id.clone(),
            name: match &name {
                Some(name) => name.clone(),
                None => business::new_name(random::uuid()?),
            },
            created_at: app.now(),
        };
        match (app.store.add_business(&business).await?, &name) {
            (Added::New, _) => return Ok(business),
            // The name is taken, so the business is there; should a sweep take it away just now, it is made again.
            (Added::Taken, Some(name)) => {
                if let Some(found) = app.store.find_business_by_name(&widget.id, name).await? {
                    return Ok(found);
                }
            }
            (Added::Taken, None) => {}
        }
    }
}

/// What this widget offers.
fn integrations(app: &App, widget: &Widget) -> Vec<Integration> {
    let services = &app.config.services;
    let entry = |service: &ServiceName, kind, channel, name: &str| Integration {
        service: service.clone(),
        service_kind: kind,
        uuid: widget.integration(service, channel),
        is_mock_data: channel == Channel::MockData,
        display_name: Some(name.to_owned()),
        logo_url: None,
        extra_configurations: services.steps(service),
    };
    let mut all = Vec::new();
    if widget.mode == Mode::Sandbox {
        let sandbox = ServiceName::new(ServiceName::SANDBOX);
        let name = services.display_name(&sandbox);
        all.push(entry(&sandbox, ServiceKind::Accounting, Channel::Service, &name));
    }
    all.extend(services.iter().map(|service| Integration {
        logo_url: service.logo_url.as_ref().map(ToString::to_string),
        ..entry(&service.id, service.kind, Channel::Service, &service.name)
    }));
    all.extend(app.config.non_oauth.services().map(|service| {
        let name = app.config.non_oauth.display_name(service);
        entry(&ServiceName::new(service.id()), service.kind(), Channel::Service, name)
    }));
    if widget.mode == Mode::Sandbox {
        all.extend(
            services.playable_services().iter().map(|playable| {
                entry(&playable.id, ServiceKind::Accounting, Channel::MockData, &playable.name)
            }),
        );
    }
    all
}
