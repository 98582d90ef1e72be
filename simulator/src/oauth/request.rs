//! An authorisation request (RFC 6749, section 4.1.1), read and judged.
//!
//! As long as client and redirect address are not certain, a refusal is shown on a page and the browser is sent
//! nowhere: a redirect to an address nobody registered would be an open redirector.

use super::{
    client::Client,
    error::{ErrorCode, OAuthError},
    params::Params,
    pkce::Challenge,
    redirect::{self, RedirectTarget},
};

/// The scope that is granted when none is asked for.
pub const DEFAULT_SCOPE: &str = "accounting";

/// A request that can be put before the person.
#[derive(Debug, Clone)]
pub struct AuthorizationRequest {
    /// Who asks.
    pub client_id: String,
    /// The `redirect_uri` as it was sent; the token endpoint wants the same.
    pub sent_redirect: Option<String>,
    /// Where the answer goes.
    pub target: RedirectTarget,
    /// What is asked for, words separated by spaces.
    pub scope: String,
    /// The PKCE challenge, if one was sent.
    pub challenge: Option<Challenge>,
    /// The shop that is meant, at a service of shops.
    pub shop: Option<String>,
}

/// Why a request cannot be put before the person.
#[derive(Debug, Clone)]
pub enum AuthorizationRequestError {
    /// Said on a page.
    OnPage(OAuthError),
    /// Said to the client, at its redirect address.
    ByRedirect(Box<RedirectTarget>, OAuthError),
}

impl AuthorizationRequest {
    /// Judges the parameters of a request to the service whose identifier is `issuer`.
    ///
    /// # Errors
    /// [`AuthorizationRequestError`], which also says to whom the refusal may be told.
    pub fn read(
        params: &Params,
        clients: &[Client],
        issuer: &str,
    ) -> Result<Self, AuthorizationRequestError> {
        let (client, sent_redirect, uri) =
            find_destination(params, clients).map_err(AuthorizationRequestError::OnPage)?;
        let state = params.get("state").map_err(AuthorizationRequestError::OnPage)?.map(str::to_owned);
        let target = RedirectTarget { uri, state, issuer: issuer.to_owned() };
        match read_demand(params) {
            Err(error) => Err(AuthorizationRequestError::ByRedirect(Box::new(target), error)),
            Ok((scope, challenge)) => {
                let shop = params.get("shop").map_err(AuthorizationRequestError::OnPage)?.map(str::to_owned);
                Ok(Self { client_id: client.id.clone(), sent_redirect, target, scope, challenge, shop })
            }
        }
    }
}

type Destination<'a> = (&'a Client, Option<String>, url::Url);

fn find_destination<'a>(params: &Params, clients: &'a [Client]) -> Result<Destination<'a>, OAuthError> {
    let id = params.require("client_id")?;
    let client = clients.iter().find(|client| client.id == id).ok_or_else(|| {
        OAuthError::new(ErrorCode::InvalidClient, "No client with this client_id is registered here.")
    })?;
    let sent = params.get("redirect_uri")?;
    let uri = match (sent, client.redirects.as_slice()) {
        (Some(uri), _) => uri,
        (None, [only]) => only,
        (None, _) => params.require("redirect_uri")?,
    };
    let wrong = || {
        let sentence = if client.redirects.is_empty() {
            "The redirect_uri is not one of this client: it must be an http or https address on loopback, without a fragment."
        } else {
            "The redirect_uri is not one of this client: it must be exactly one of those it registered."
        };
        OAuthError::new(ErrorCode::InvalidRequest, sentence)
    };
    if !client.may_redirect_to(uri) {
        return Err(wrong());
    }
    let to = redirect::parse(uri).ok_or_else(wrong)?;
    Ok((client, sent.map(str::to_owned), to))
}

fn read_demand(params: &Params) -> Result<(String, Option<Challenge>), OAuthError> {
    if params.require("response_type")? != "code" {
        return Err(OAuthError::new(
            ErrorCode::UnsupportedResponseType,
            "Only response_type=code is supported.",
        ));
    }
    let scope = params.get("scope")?.unwrap_or(DEFAULT_SCOPE);
    if !is_scope(scope) {
        let sentence =
            "A scope is made of words of printable ASCII without quotes and backslashes, one space between.";
        return Err(OAuthError::new(ErrorCode::InvalidScope, sentence));
    }
    Ok((scope.to_owned(), Challenge::read(params)?))
}

/// The grammar of RFC 6749, section 3.3.
pub fn is_scope(scope: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\')
    };
    scope.split(' ').all(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_follow_the_grammar() {
        for scope in ["a", "a b", "com.example/books:read", "Zoho.fullaccess.all,settings.READ"] {
            assert!(is_scope(scope), "{scope}");
        }
        for scope in ["", " a", "a  b", "a\"b", "a\\b", "é"] {
            assert!(!is_scope(scope), "{scope}");
        }
    }
}
