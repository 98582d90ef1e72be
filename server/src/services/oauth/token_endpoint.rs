//! A code, or a refresh token, for an access token.

use std::time::Duration;

use jiff::Timestamp;
use oauth2::basic::{
    BasicErrorResponse, BasicErrorResponseType, BasicRevocationErrorResponse,
    BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, EndpointNotSet, EndpointSet,
    PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, StandardRevocableToken,
    StandardTokenResponse, TokenResponse, TokenUrl,
};
use secrecy::{ExposeSecret, SecretString};

use super::extra_fields::ExtraFields;
use super::token_response::{error_code_for_log, split_scopes};
use crate::domain::attempt::Failure;
use crate::domain::company::AddressVariables;
use crate::services::http_client::{HttpClient, HttpClientError};
use crate::services::oauth::address_template::{AddressError, fill};
use crate::services::oauth::profile::Pkce;
use crate::services::oauth::service::{ClientAuthentication, Service};

type AccessTokenResponse = StandardTokenResponse<ExtraFields, BasicTokenType>;

pub(super) type Client<Authorize = EndpointSet, Token = EndpointSet> = oauth2::Client<
    BasicErrorResponse,
    AccessTokenResponse,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    Authorize,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    Token,
>;

/// A service's configured addresses make no OAuth client here.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// A variable of an address has no value.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// The callback is no address.
    #[error("the callback address: {0}")]
    Callback(#[from] oauth2::url::ParseError),
}

/// An access token response (RFC 6749 section 5.1), as far as it is used.
pub(super) struct Tokens {
    /// OAuth's `access_token`, which opens the service's API.
    pub access: SecretString,
    /// The refresh token, where there is one.
    pub refresh: Option<SecretString>,
    /// How long the access token lives, where the endpoint says.
    pub lifetime: Option<Duration>,
    /// Until when it lives, where the endpoint says that instead (Square).
    pub expires_at: Option<Timestamp>,
    /// What was granted, where the endpoint says.
    pub scopes: Option<Vec<String>>,
    /// What else the endpoint said.
    pub extra_fields: ExtraFields,
}

/// Why a token endpoint gave nothing. Prints without anything that the endpoint said, but the error's registered word.
#[derive(Debug, thiserror::Error)]
pub(super) enum TokenEndpointError {
    /// It refused with this error code (RFC 6749 section 5.2).
    #[error("the token endpoint refused with {0}")]
    Refused(String),
    /// It said that what we hold is not valid (any more).
    #[error("the token endpoint refused with invalid_grant")]
    InvalidGrant,
    /// It did not answer as a token endpoint does, or not in time.
    #[error("the service: {0}")]
    NoAnswer(HttpClientError),
    /// It said no, and not in the words of OAuth.
    #[error("the service answered with status {0}, without an error of OAuth")]
    Status(u16),
    /// It answered with something else than a token.
    #[error("the token endpoint's answer is no token: {0}")]
    NotAToken(String),
}

impl TokenEndpointError {
    /// How an attempt ends by it.
    pub(super) fn failure(&self) -> Failure {
        match self {
            Self::Refused(_) | Self::InvalidGrant | Self::Status(400..=403) => Failure::ExchangeRefused,
            Self::NoAnswer(HttpClientError::TooLarge(_) | HttpClientError::Redirected(_))
            | Self::Status(_)
            | Self::NotAToken(_) => Failure::UnreadableAnswer,
            Self::NoAnswer(_) => Failure::Unreachable,
        }
    }
}

pub(super) fn client(
    service: &Service,
    variables: &AddressVariables,
    callback: String,
) -> Result<Client, ClientError> {
    let authentication = match service.client.authentication {
        ClientAuthentication::Basic => AuthType::BasicAuth,
        ClientAuthentication::Post => AuthType::RequestBody,
    };
    Ok(Client::<EndpointNotSet, EndpointNotSet>::new(ClientId::new(service.client.id.clone()))
        .set_client_secret(ClientSecret::new(service.client.secret.expose_secret().to_owned()))
        .set_auth_type(authentication)
        .set_auth_uri(AuthUrl::from_url(service.addresses.authorize.at(variables)?))
        .set_token_uri(TokenUrl::from_url(service.addresses.token.at(variables)?))
        .set_redirect_uri(RedirectUrl::new(callback)?))
}

pub(super) async fn exchange_code(
    (service, variables): (&Service, &AddressVariables),
    client: &Client,
    http: &HttpClient,
    code: &SecretString,
    verifier: &SecretString,
) -> Result<Tokens, TokenEndpointError> {
    let mut request = client.exchange_code(AuthorizationCode::new(code.expose_secret().to_owned()));
    if service.profile.pkce == Pkce::S256 {
        request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier.expose_secret().to_owned()));
    }
    for (key, value) in &service.profile.code_parameters {
        if let Some(value) = fill(value, variables) {
            request = request.add_extra_param(key, value);
        }
    }
    read_tokens(request.request_async(http).await)
}

pub(super) async fn refresh(
    (service, variables): (&Service, &AddressVariables),
    client: &Client,
    http: &HttpClient,
    token: &SecretString,
) -> Result<Tokens, TokenEndpointError> {
    let token = RefreshToken::new(token.expose_secret().to_owned());
    let mut request = client.exchange_refresh_token(&token);
    for (key, value) in &service.profile.refresh_parameters {
        if let Some(value) = fill(value, variables) {
            request = request.add_extra_param(key, value);
        }
    }
    read_tokens(request.request_async(http).await)
}

type TokenError = RequestTokenError<HttpClientError, BasicErrorResponse>;

fn read_tokens(response: Result<AccessTokenResponse, TokenError>) -> Result<Tokens, TokenEndpointError> {
    let response = response.map_err(read_error)?;
    if response.access_token().secret().is_empty() {
        return Err(TokenEndpointError::NotAToken("the access token is empty".to_owned()));
    }
    Ok(Tokens {
        access: response.access_token().secret().clone().into(),
        refresh: response
            .refresh_token()
            .map(|token| token.secret().clone())
            .filter(|token| !token.is_empty())
            .map(Into::into),
        lifetime: response.expires_in(),
        expires_at: response.extra_fields().text("expires_at").and_then(|text| text.parse().ok()),
        scopes: response.scopes().map(|scopes| scopes.iter().flat_map(|scope| split_scopes(scope)).collect()),
        extra_fields: response.extra_fields().clone(),
    })
}

fn read_error(error: TokenError) -> TokenEndpointError {
    match error {
        RequestTokenError::ServerResponse(response) => refusal(response.error()),
        RequestTokenError::Request(HttpClientError::Status(status)) => TokenEndpointError::Status(status),
        RequestTokenError::Request(error) => TokenEndpointError::NoAnswer(error),
        // Some services send their errors with status 200.
        RequestTokenError::Parse(error, body) => match serde_json::from_slice::<BasicErrorResponse>(&body) {
            Ok(response) => refusal(response.error()),
            Err(_) => {
                TokenEndpointError::NotAToken(format!("{} at {}", category(error.inner()), error.path()))
            }
        },
        RequestTokenError::Other(_) => TokenEndpointError::NotAToken("the answer is empty".to_owned()),
    }
}

/// The parser's own words would quote the answer, which may hold a token.
fn category(error: &serde_json::Error) -> &'static str {
    match error.classify() {
        serde_json::error::Category::Io => "unreadable bytes",
        serde_json::error::Category::Syntax => "not JSON",
        serde_json::error::Category::Data => "a field is missing or of another type",
        serde_json::error::Category::Eof => "JSON that breaks off",
    }
}

fn refusal(error: &BasicErrorResponseType) -> TokenEndpointError {
    match error {
        BasicErrorResponseType::InvalidGrant => TokenEndpointError::InvalidGrant,
        other => TokenEndpointError::Refused(error_code_for_log(other.as_ref())),
    }
}
