//! `/v2/connections/{connectionId}/proxy/{path}`: a back end calls a service in the name of a connection.
//!
//! Whatever the service answers is passed on. What this server answers itself has the header `Railz-Proxy-Error`, so that the
//! two cannot be taken for each other.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use railz_connect_contract::ConnectionId;

use super::access_token::{require_active, require_oauth};
use super::connections::find;
use super::error::ApiError;
use super::secret_key_bearer::SecretKeyBearer;
use crate::app::App;
use crate::domain::connection_list::ListedConnection;
use crate::domain::secret_key::{Scope, SecretKeyId};
use crate::http::error_response::{ErrorResponse, OUR_FAULT, refuse};
use crate::services::http_client::HttpClientError;
use crate::services::oauth::access_token::current;
use crate::services::oauth::connection_api::{ConnectionApiError, connection_api};
use crate::services::proxy::call::{ProxiedCall, ProxiedCallError, call};
use crate::services::proxy::target::{self, TargetError, target};
use crate::services::sandbox::{self, NoResourceError};

/// Set on what this server answers itself, with the word for it.
const PROXY_ERROR: HeaderName = HeaderName::from_static("railz-proxy-error");

/// Set on what the sandbox answers.
const SANDBOX: HeaderName = HeaderName::from_static("railz-sandbox");

/// What comes from elsewhere is never a page of this server.
const NO_PAGE: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");

/// After how many seconds a service that failed may be asked again.
const AGAIN: HeaderValue = HeaderValue::from_static("10");

/// The methods that are passed on. `TRACE` would answer with the token, `CONNECT` is for another kind of proxy.
const METHODS: [Method; 6] =
    [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

/// Why a call is not passed on, or has no answer of the service.
#[derive(Debug, thiserror::Error)]
enum ProxyError {
    #[error(transparent)]
    Api(#[from] ApiError),
    #[error("the method {0} is not passed on")]
    Method(Method),
    #[error("the path behind /proxy/ is not passed on: {0}")]
    Path(#[from] TargetError),
    #[error(transparent)]
    NoApi(#[from] ConnectionApiError),
    #[error("the service {0} is not configured any more")]
    NotConfigured(String),
    #[error(transparent)]
    Sandbox(#[from] NoResourceError),
    #[error("the sandbox is only read, and was asked by {0}")]
    SandboxMethod(Method),
    #[error(transparent)]
    Call(#[from] ProxiedCallError),
}

impl ProxyError {
    /// The word in `Railz-Proxy-Error`.
    fn word(&self) -> &'static str {
        match self {
            Self::Api(ApiError::Key(_)) => "secretKey",
            Self::Api(ApiError::NoConnection) => "noConnection",
            Self::Api(ApiError::NotActive { .. }) => "notActive",
            Self::Api(ApiError::NoAccessTokens { .. }) => "noAccessToken",
            Self::Api(ApiError::NotRenewed(_)) => "notRenewed",
            Self::Method(_) | Self::SandboxMethod(_) => "method",
            Self::Sandbox(_) => "noSandboxData",
            Self::Path(_) => "path",
            Self::NoApi(_) | Self::NotConfigured(_) => "noApiAddress",
            Self::Call(ProxiedCallError::Body) => "body",
            Self::Call(ProxiedCallError::Silent(_)) => "timeout",
            Self::Call(ProxiedCallError::Unreachable(_) | ProxiedCallError::AnotherProtocol) => "unreachable",
            Self::Api(_) | Self::Call(ProxiedCallError::Header(_) | ProxiedCallError::AccessToken(_)) => {
                "internal"
            }
        }
    }
}

impl ErrorResponse for ProxyError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Api(refused) => refused.status(),
            Self::Method(_) | Self::SandboxMethod(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::Sandbox(_) => StatusCode::NOT_FOUND,
            Self::Path(_) | Self::Call(ProxiedCallError::Body) => StatusCode::BAD_REQUEST,
            Self::NoApi(_) | Self::NotConfigured(_) => StatusCode::CONFLICT,
            Self::Call(ProxiedCallError::Silent(_)) => StatusCode::GATEWAY_TIMEOUT,
            Self::Call(ProxiedCallError::Unreachable(_) | ProxiedCallError::AnotherProtocol) => {
                StatusCode::BAD_GATEWAY
            }
            Self::Call(ProxiedCallError::Header(_) | ProxiedCallError::AccessToken(_)) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Api(refused) => refused.message(),
            Self::Method(_) => "GET, HEAD, POST, PUT, PATCH and DELETE are passed on, and nothing else.".to_owned(),
            Self::SandboxMethod(_) => "The sandbox is only read: ask it with GET.".to_owned(),
            Self::Sandbox(_) => {
                "The sandbox has company, accounts, customers and invoices behind /proxy/, and nothing else.".to_owned()
            }
            Self::Path(error) => format!(
                "The path behind /proxy/ is not passed on: {error}. Give it as the service's documentation has it, below \
                 the API's address."
            ),
            Self::NoApi(ConnectionApiError::NotKnown(service)) => {
                format!("No API address of {service} is known: give api_url in the server's configuration.")
            }
            Self::NoApi(ConnectionApiError::Address(_) | ConnectionApiError::NoBase) => {
                "The API's address of this connection cannot be made out. Its business must sign in at the service again."
                    .to_owned()
            }
            Self::NotConfigured(service) => format!("{service} is not configured any more."),
            Self::Call(ProxiedCallError::Body) => "The request's body did not come whole, or not in time.".to_owned(),
            Self::Call(ProxiedCallError::Silent(_)) => "The service did not answer in time.".to_owned(),
            Self::Call(ProxiedCallError::Unreachable(HttpClientError::NotPublic(_) | HttpClientError::NotHttps)) => {
                "The service's address leads into a network that is not public.".to_owned()
            }
            Self::Call(ProxiedCallError::AnotherProtocol) => "The service's answer is none of HTTP's.".to_owned(),
            Self::Call(ProxiedCallError::Unreachable(_)) => {
                "The service cannot be reached. Please try again in a few seconds.".to_owned()
            }
            Self::Call(ProxiedCallError::Header(_) | ProxiedCallError::AccessToken(_)) => OUR_FAULT.to_owned(),
        }
    }
}

impl IntoResponse for ProxyError {
    fn into_response(self) -> Response {
        let mut response = refuse(&self);
        let headers = response.headers_mut();
        headers.insert(PROXY_ERROR, HeaderValue::from_static(self.word()));
        if [StatusCode::BAD_GATEWAY, StatusCode::GATEWAY_TIMEOUT].contains(&self.status()) {
            headers.insert(RETRY_AFTER, AGAIN);
        }
        response
    }
}

/// What the path of a request names: the connection, and what is behind `/proxy/` as it came.
fn split(uri: &Uri) -> (String, &str) {
    let mut parts = uri.path().splitn(6, '/').skip(3);
    let connection = parts.next().unwrap_or_default().to_owned();
    (connection, parts.nth(1).unwrap_or_default())
}

/// Passes a call on. The scope is that of access tokens: whoever may call a service in a connection's name could as well have
/// its token.
async fn pass_on(State(app): State<Arc<App>>, request: Request) -> Response {
    pass_on_or_refuse(&app, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn pass_on_or_refuse(app: &Arc<App>, request: Request) -> Result<Response, ProxyError> {
    let (mut parts, body) = request.into_parts();
    let bearer = SecretKeyBearer::from_request_parts(&mut parts, app).await.map_err(ApiError::from)?;
    bearer.require(Scope::Tokens).map_err(ApiError::from)?;
    if !METHODS.contains(&parts.method) {
        return Err(ProxyError::Method(parts.method));
    }
    let (id, path) = split(&parts.uri);
    let found = find(app, &bearer, &id).await?;
    if found.connection.is_sandbox() {
        return read_sandbox(&found, &parts.method, path, parts.uri.query());
    }
    require_oauth(app, &found)?;
    require_active(&found)?;
    let connection = &found.connection;
    let service = app.config.services.get(&connection.service);
    let service = service
        .ok_or_else(|| ProxyError::NotConfigured(app.config.services.display_name(&connection.service)))?;
    let api = connection_api(app, service, found.binding.as_ref())?;
    let url = target(&api.base, path, parts.uri.query())?;
    let token = current(app, &connection.id).await.map_err(ApiError::AccessToken)?;
    let Some(token) = token else {
        // The service may have ended the authorisation just now, when a new token was asked for.
        require_active(&find(app, &bearer, &id).await?)?;
        return Err(ApiError::NotRenewed(id).into());
    };
    let method = parts.method.clone();
    let asked = ProxiedCall {
        connection: &connection.id,
        api,
        url,
        method: method.clone(),
        headers: parts.headers,
        body,
    };
    let mut line = PassedOnLine { connection: &connection.id, key: &bearer.key.id, method, status: None };
    let mut answer = call(app, asked, token).await?;
    line.status = Some(answer.status().as_u16());
    drop(line);
    if answer.status() == StatusCode::UNAUTHORIZED {
        // Its refresh token was refused too: then that is what is wrong, and not what was asked.
        require_active(&find(app, &bearer, &id).await?)?;
    }
    answer.headers_mut().insert(CONTENT_SECURITY_POLICY, NO_PAGE);
    Ok(answer)
}

/// Logs a call that is passed on when it ends, whichever way: the service may be silent, and the back end hang up.
struct PassedOnLine<'a> {
    connection: &'a ConnectionId,
    key: &'a SecretKeyId,
    method: Method,
    status: Option<u16>,
}

impl Drop for PassedOnLine<'_> {
    fn drop(&mut self) {
        let Self { connection, key, method, status } = self;
        tracing::info!(%connection, %key, %method, status, "passed a call of a back end on to a service");
    }
}

/// What the sandbox has in place of a service, marked as such.
fn read_sandbox(
    found: &ListedConnection,
    method: &Method,
    path: &str,
    query: Option<&str>,
) -> Result<Response, ProxyError> {
    require_active(found)?;
    target::check(path, query)?;
    if ![Method::GET, Method::HEAD].contains(method) {
        return Err(ProxyError::SandboxMethod(method.clone()));
    }
    let answer = sandbox::read(found.binding.as_ref(), path, query)?;
    Ok(([(SANDBOX, HeaderValue::from_static("true"))], Json(answer)).into_response())
}

/// Everything below the API's address, and that address itself.
pub(super) fn routes() -> axum::Router<Arc<App>> {
    let proxy = || axum::routing::any(pass_on);
    axum::Router::new()
        .route("/v2/connections/{connection}/proxy", proxy())
        .route("/v2/connections/{connection}/proxy/", proxy())
        .route("/v2/connections/{connection}/proxy/{*path}", proxy())
}
