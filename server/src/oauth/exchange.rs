//! A code, or a refresh token, for an access token.

use std::time::Duration;

use oauth2::basic::{BasicClient, BasicErrorResponse, BasicErrorResponseType, BasicTokenResponse};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, EndpointNotSet, EndpointSet,
    PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, TokenResponse, TokenUrl,
};
use secrecy::{ExposeSecret, SecretString};

use super::transport::{Transport, TransportFailed};
use crate::domain::attempt::Failure;
use crate::providers::{ClientAuthentication, Service};

pub(super) type Client =
    BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// What a token endpoint gave.
pub(super) struct Grant {
    /// The access token.
    pub access: SecretString,
    /// The refresh token, where there is one.
    pub refresh: Option<SecretString>,
    /// How long the access token lives, where the endpoint says.
    pub lifetime: Option<Duration>,
}

/// Why a token endpoint gave nothing. Prints without anything that the endpoint said, but the error's registered word.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoGrant {
    /// It said no.
    #[error("the token endpoint refused with {0}")]
    Refused(String),
    /// It said that what we hold is not valid (any more).
    #[error("the token endpoint refused with invalid_grant")]
    InvalidGrant,
    /// It did not answer, or not in time.
    #[error(transparent)]
    Unreachable(TransportFailed),
    /// It answered with something else than a token.
    #[error("the token endpoint's answer is no token: {0}")]
    Unreadable(String),
}

impl NoGrant {
    /// How an attempt ends by it.
    pub(super) fn failure(&self) -> Failure {
        match self {
            Self::Refused(_) | Self::InvalidGrant => Failure::ExchangeRefused,
            Self::Unreachable(TransportFailed::TooLarge) | Self::Unreadable(_) => Failure::UnreadableAnswer,
            Self::Unreachable(_) => Failure::Unreachable,
        }
    }
}

pub(super) fn client(service: &Service, callback: String) -> Result<Client, oauth2::url::ParseError> {
    let authentication = match service.client.authentication {
        ClientAuthentication::Basic => AuthType::BasicAuth,
        ClientAuthentication::Post => AuthType::RequestBody,
    };
    Ok(BasicClient::new(ClientId::new(service.client.id.clone()))
        .set_client_secret(ClientSecret::new(service.client.secret.expose_secret().to_owned()))
        .set_auth_type(authentication)
        .set_auth_uri(AuthUrl::from_url(service.addresses.authorize.clone()))
        .set_token_uri(TokenUrl::from_url(service.addresses.token.clone()))
        .set_redirect_uri(RedirectUrl::new(callback)?))
}

pub(super) async fn code(
    client: &Client,
    transport: &Transport,
    code: &SecretString,
    verifier: &SecretString,
) -> Result<Grant, NoGrant> {
    let answer = client
        .exchange_code(AuthorizationCode::new(code.expose_secret().to_owned()))
        .set_pkce_verifier(PkceCodeVerifier::new(verifier.expose_secret().to_owned()))
        .request_async(transport)
        .await;
    grant(answer)
}

pub(super) async fn refresh(
    client: &Client,
    transport: &Transport,
    token: &SecretString,
) -> Result<Grant, NoGrant> {
    let token = RefreshToken::new(token.expose_secret().to_owned());
    let answer = client.exchange_refresh_token(&token).request_async(transport).await;
    grant(answer)
}

type TokenError = RequestTokenError<TransportFailed, BasicErrorResponse>;

fn grant(answer: Result<BasicTokenResponse, TokenError>) -> Result<Grant, NoGrant> {
    let answer = answer.map_err(no_grant)?;
    if answer.access_token().secret().is_empty() {
        return Err(NoGrant::Unreadable("the access token is empty".to_owned()));
    }
    Ok(Grant {
        access: answer.access_token().secret().clone().into(),
        refresh: answer
            .refresh_token()
            .map(|token| token.secret().clone())
            .filter(|token| !token.is_empty())
            .map(Into::into),
        lifetime: answer.expires_in(),
    })
}

fn no_grant(error: TokenError) -> NoGrant {
    match error {
        RequestTokenError::ServerResponse(response) => refused(response.error()),
        RequestTokenError::Request(error) => NoGrant::Unreachable(error),
        // Some services send their errors with status 200.
        RequestTokenError::Parse(error, body) => match serde_json::from_slice::<BasicErrorResponse>(&body) {
            Ok(response) => refused(response.error()),
            Err(_) => NoGrant::Unreadable(format!("{} at {}", category(error.inner()), error.path())),
        },
        RequestTokenError::Other(_) => NoGrant::Unreadable("the answer is empty".to_owned()),
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

fn refused(error: &BasicErrorResponseType) -> NoGrant {
    match error {
        BasicErrorResponseType::InvalidGrant => NoGrant::InvalidGrant,
        other => NoGrant::Refused(super::arrival::word_for_the_log(other.as_ref())),
    }
}
