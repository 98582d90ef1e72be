//! `POST /plaid/createLinkToken`, `POST /plaid/setAccessToken` and `PATCH /plaid/updateConnection`: a bank is linked, or
//! repaired in update mode (contract rules C13 to C15). `GET /plaid/logo/{connection}`: the bank's picture, for any page.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use railz_connect_contract::{
    BankResponse, ConnectionId, LinkTokenRequest, LinkTokenResponse, ServiceName, SetAccessTokenRequest,
    UpdateConnectionRequest,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;

use super::bearer::Bearer;
use super::credentials::requester;
use super::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use super::input::{Body, Path, Query};
use crate::app::App;
use crate::services::catalog::NonOAuthService;
use crate::services::company::read_binding;
use crate::services::http_client::HttpClientError;
use crate::services::plaid::settings::{Settings, is_country};
use crate::services::plaid::{
    Bank, LinkError, LinkTokenOptions, PlaidClientError, PlaidError, create_link_token, finish_update,
    link_bank,
};

/// The most countries that a page may name.
const MOST_COUNTRIES: usize = 50;

/// Why no bank is linked.
#[derive(Debug, thiserror::Error)]
pub(super) enum BankError {
    #[error("banks are not offered by this server")]
    NotOffered,
    #[error("banks are not offered in this session: the customer's back end left them out")]
    NotInVisit,
    #[error("the body cannot be read: it is {0} in JSON")]
    Body(&'static str),
    #[error("redirectUrl must be an absolute https address, or http on this machine")]
    Redirect,
    #[error("countryCodes must be countries by two capital letters, such as \"US\"")]
    Country,
    #[error("there is no such picture of a bank")]
    NoPicture,
    #[error(transparent)]
    LinkError(#[from] LinkError),
}

impl ErrorResponse for BankError {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotOffered | Self::NotInVisit | Self::Body(_) | Self::Redirect | Self::Country => {
                StatusCode::BAD_REQUEST
            }
            Self::NoPicture => StatusCode::NOT_FOUND,
            Self::LinkError(not_linked) => match not_linked {
                // A 404 would make clients of 2.23 believe that the whole widget is not available.
                LinkError::NoConnection => StatusCode::BAD_REQUEST,
                LinkError::Gone | LinkError::NothingDue | LinkError::StillAsks(_) | LinkError::Overtaken => {
                    StatusCode::CONFLICT
                }
                LinkError::PlaidClientError(PlaidClientError::Refused(error)) => {
                    RefusalKind::of(error).status()
                }
                LinkError::PlaidClientError(_) => StatusCode::BAD_GATEWAY,
                LinkError::Broken(_)
                | LinkError::Open(_)
                | LinkError::Company(_)
                | LinkError::Randomness(_)
                | LinkError::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
            },
        }
    }

    fn message(&self) -> String {
        let Self::LinkError(not_linked) = self else { return self.to_string() };
        match not_linked {
            LinkError::NoConnection => not_linked.to_string(),
            LinkError::NothingDue => "This bank is connected, and asks for nothing.".to_owned(),
            LinkError::Gone => "This bank was cut off. Please link it anew.".to_owned(),
            LinkError::StillAsks(bank) => format!("{bank} still asks you to sign in. Please link it again."),
            LinkError::Overtaken => {
                "This bank was changed at the same moment. Please look whether it is connected.".to_owned()
            }
            LinkError::PlaidClientError(PlaidClientError::Refused(error)) => {
                RefusalKind::of(error).message().to_owned()
            }
            LinkError::PlaidClientError(PlaidClientError::HttpClient(HttpClientError::Network(_))) => {
                "Plaid did not answer in time. Please try again in a few minutes.".to_owned()
            }
            LinkError::PlaidClientError(PlaidClientError::Header) => RefusalKind::Keys.message().to_owned(),
            LinkError::PlaidClientError(PlaidClientError::HttpClient(_) | PlaidClientError::Strange(_)) => {
                "Plaid gave an answer that could not be understood. Please try again later.".to_owned()
            }
            LinkError::Broken(_)
            | LinkError::Open(_)
            | LinkError::Company(_)
            | LinkError::Randomness(_)
            | LinkError::Store(_) => OUR_FAULT.to_owned(),
        }
    }
}

respond_with_error!(BankError);

/// What a refusal of Plaid's means here.
enum RefusalKind {
    PublicToken,
    RedirectUnknown,
    Keys,
    Settings,
    Busy,
    Bank,
    Other,
}

impl RefusalKind {
    fn of(error: &PlaidError) -> Self {
        match error.code.as_str() {
            "INVALID_PUBLIC_TOKEN" => Self::PublicToken,
            "INVALID_FIELD" if error.about_redirect => Self::RedirectUnknown,
            "INVALID_API_KEYS" | "UNAUTHORIZED_ENVIRONMENT" => Self::Keys,
            "INVALID_PRODUCT" | "INVALID_FIELD" | "UNAUTHORIZED_ROUTE_ACCESS" | "PRODUCTS_NOT_SUPPORTED" => {
                Self::Settings
            }
            _ => match error.kind.as_str() {
                "RATE_LIMIT_EXCEEDED" => Self::Busy,
                "ITEM_ERROR" | "INSTITUTION_ERROR" => Self::Bank,
                _ => Self::Other,
            },
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::PublicToken | Self::RedirectUnknown => StatusCode::BAD_REQUEST,
            Self::Keys | Self::Settings | Self::Busy | Self::Bank | Self::Other => StatusCode::BAD_GATEWAY,
        }
    }

    fn message(&self) -> &'static str {
        match self {
            Self::PublicToken => {
                "Plaid does not know this publicToken (any more): it is good once, for 30 minutes. Please link the \
                 bank again."
            }
            Self::RedirectUnknown => {
                "Plaid does not know this redirectUrl: enter it at Plaid among the allowed redirect URIs, or give none."
            }
            Self::Keys => {
                "Plaid does not accept the client_id and client_secret of this server. Whoever runs it must check them."
            }
            Self::Settings => {
                "Plaid does not accept what this server asks for. Whoever runs it must check its products and countries."
            }
            Self::Busy => "Plaid has too much to do just now. Please try again in a few minutes.",
            Self::Bank => "The bank could not be reached. Please try again in a few minutes.",
            Self::Other => "Plaid could not do what it was asked. Please try again in a few minutes.",
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LinkTokenQuery {
    connection_id: Option<String>,
}

fn settings<'a>(app: &'a App, bearer: &Bearer) -> Result<&'a Settings, BankError> {
    if !bearer.visit.offers(&ServiceName::new(NonOAuthService::Plaid.id())) {
        return Err(BankError::NotInVisit);
    }
    app.config.non_oauth.plaid.as_ref().ok_or(BankError::NotOffered)
}

fn read<T: DeserializeOwned>(body: &[u8], form: &'static str) -> Result<T, BankError> {
    serde_json::from_slice(body).map_err(|_| BankError::Body(form))
}

/// Makes a link token, for a new bank or for one that asks for a sign-in again.
pub(super) async fn create(
    State(app): State<Arc<App>>,
    bearer: Bearer,
    Query(query): Query<LinkTokenQuery>,
    Body(body): Body,
) -> Result<Json<LinkTokenResponse>, BankError> {
    let settings = settings(&app, &bearer)?;
    let request: LinkTokenRequest = read(&body, "{redirectUrl, countryCodes}")?;
    let redirect = request.redirect_url.as_deref().filter(|address| !address.is_empty());
    if redirect.is_some_and(|address| !is_address(address)) {
        return Err(BankError::Redirect);
    }
    let countries = request.country_codes.filter(|codes| !codes.is_empty());
    let all = countries.as_deref().unwrap_or_default();
    if all.len() > MOST_COUNTRIES || !all.iter().all(|code| is_country(code)) {
        return Err(BankError::Country);
    }
    let requester = requester(&bearer);
    let options = LinkTokenOptions {
        requester: &requester,
        customer: &bearer.widget.name,
        redirect,
        countries,
        update: query.connection_id.filter(|id| !id.is_empty()).map(ConnectionId::new),
    };
    let link_token = create_link_token(&app, settings, options).await?;
    Ok(Json(LinkTokenResponse { link_token, script_url: Some(settings.script.to_string()) }))
}

fn is_address(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        url.scheme() == "https"
            || (url.scheme() == "http" && crate::domain::origin::is_loopback(url.host().as_ref()))
    })
}

/// Exchanges what the script ended with, and makes the bank's connection stand. A duplicate is told by the next status.
pub(super) async fn link(
    State(app): State<Arc<App>>,
    bearer: Bearer,
    Body(body): Body,
) -> Result<Json<BankResponse>, BankError> {
    let settings = settings(&app, &bearer)?;
    let request: SetAccessTokenRequest = read(&body, "{publicToken}")?;
    if request.public_token.expose().trim().is_empty() {
        return Err(BankError::Body("{publicToken}, which is not empty,"));
    }
    Ok(Json(link_bank(&app, settings, requester(&bearer), request.public_token).await?))
}

/// Renews the connection of a bank that was repaired in Plaid's update mode.
pub(super) async fn update_connection(
    State(app): State<Arc<App>>,
    bearer: Bearer,
    Body(body): Body,
) -> Result<Json<BankResponse>, BankError> {
    let settings = settings(&app, &bearer)?;
    let request: UpdateConnectionRequest = read(&body, "{connectionId}")?;
    Ok(Json(finish_update(&app, settings, &requester(&bearer), &request.connection_id).await?))
}

/// Shows a bank's picture.
pub(super) async fn logo(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, BankError> {
    let binding = read_binding(&app, &ConnectionId::new(&id)).await.map_err(LinkError::from)?;
    let picture = Bank::of(&binding).and_then(|bank| bank.picture()).ok_or(BankError::NoPicture)?;
    let headers = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, "private, max-age=86400"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    Ok((headers, picture).into_response())
}
