//! The program's addresses. One file a family; `pages/` draws what people see, `oauth/` and `store/` decide.

mod accounts;
mod authorize;
mod client_auth;
mod company;
mod control;
mod decision;
mod extras;
mod headers;
mod metadata;
mod person;
mod revoke;
mod token;

use std::{
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequestParts, Path},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, post},
};

use crate::{oauth::Client, pages, services::Service, store::Store, world::World};

/// What every handler shares.
#[derive(Debug, Clone)]
pub struct App(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    public_url: String,
    clients: Vec<Client>,
    world: World,
    store: Mutex<Store>,
}

impl App {
    /// A provider that browsers reach at `public_url` (without a slash at the end).
    pub fn new(public_url: String, clients: Vec<Client>, world: World) -> Self {
        Self(Arc::new(Shared { public_url, clients, world, store: Mutex::default() }))
    }

    fn issuer(&self, service: &Service) -> String {
        format!("{}/{}", self.0.public_url, service.id)
    }

    fn world(&self) -> &World {
        &self.0.world
    }

    fn clients(&self) -> &[Client] {
        &self.0.clients
    }

    /// The memory. A handler that panicked leaves it whole, since no change spans two statements that can fail.
    fn store(&self) -> MutexGuard<'_, Store> {
        self.0.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The program's routes.
pub fn router(app: App) -> Router {
    let plaid = crate::plaid::router(app.world().clone());
    Router::new()
        .route("/", get(index))
        .route("/assets/style.css", get(pages::style))
        .route("/{service}/theme.css", get(async |ForService(service): ForService| pages::theme(&service)))
        .route("/{service}/authorize", get(authorize::by_query).post(authorize::by_form))
        .route("/{service}/consent", get(authorize::consent))
        .route("/{service}/decision", post(decision::decide))
        .route("/{service}/late", get(decision::late))
        .route("/{service}/token", post(token::token))
        .route("/{service}/revoke", post(revoke::revoke))
        .route("/{service}/api/company", get(company::company))
        .route("/{service}/api/accounts", get(accounts::list))
        .route("/{service}/api/{environment}/companies", get(accounts::of_environment))
        .route("/{service}/.well-known/oauth-authorization-server", get(metadata::metadata))
        .route("/.well-known/oauth-authorization-server/{service}", get(metadata::metadata))
        .route("/control/{service}/log", get(control::log))
        .fallback(async || pages::not_found())
        .layer(DefaultBodyLimit::max(16 * 1024))
        .layer(axum::middleware::map_response(headers::for_all))
        .with_state(app)
        .merge(crate::netsuite::router())
        .merge(crate::intacct::router())
        .merge(plaid)
}

async fn index() -> Response {
    pages::index()
}

/// The service in the path.
struct ForService(Service);

impl<S: Send + Sync> FromRequestParts<S> for ForService {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let id =
            Path::<String>::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)?;
        Service::find(&id.0).map(Self).ok_or_else(pages::not_found)
    }
}

/// A query or a body, undecoded.
struct Query(String);

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.uri.query().unwrap_or_default().to_owned()))
    }
}

/// A redirect that turns a POST into a GET (RFC 9700, section 4.12).
fn see_other(to: &str) -> Response {
    match axum::http::HeaderValue::try_from(to) {
        Ok(to) => (StatusCode::SEE_OTHER, [(axum::http::header::LOCATION, to)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
