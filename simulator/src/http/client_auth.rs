//! How a client proves itself: HTTP Basic or in the form body, one of the two (RFC 6749, section 2.3.1).

use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::STANDARD};
use url::form_urlencoded;

use crate::oauth::{Client, ClientSecret, ErrorCode, OAuthError, Params};

/// A `token_endpoint_auth_method` (RFC 8414, section 2), by its name without `client_secret_`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClientAuthMethod {
    Basic,
    Post,
}

impl ClientAuthMethod {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Post => "post",
        }
    }
}

/// The client that sent a request, if it proved itself.
pub(super) fn authenticate<'a>(
    headers: &HeaderMap,
    params: &Params,
    clients: &'a [Client],
) -> Result<(&'a Client, ClientAuthMethod), OAuthError> {
    let (id, secret, method) = match (headers.get(header::AUTHORIZATION), params.get("client_secret")?) {
        (Some(_), Some(_)) => {
            let sentence =
                "The client proved itself twice: use the Authorization header or the body, not both.";
            return Err(OAuthError::new(ErrorCode::InvalidRequest, sentence));
        }
        (Some(header), None) => {
            let (id, secret) = header.to_str().ok().and_then(decode_basic).ok_or_else(|| {
                let sentence = "The Authorization header must be Basic with client_id and client_secret.";
                OAuthError::new(ErrorCode::InvalidClient, sentence)
            })?;
            if params.get("client_id")?.is_some_and(|sent| sent != id) {
                let sentence = "The client_id in the body is not the one in the Authorization header.";
                return Err(OAuthError::new(ErrorCode::InvalidRequest, sentence));
            }
            (id, secret, ClientAuthMethod::Basic)
        }
        (None, Some(secret)) => {
            (params.require("client_id")?.to_owned(), secret.to_owned(), ClientAuthMethod::Post)
        }
        (None, None) => {
            let sentence =
                "The client did not prove itself: send HTTP Basic, or client_id and client_secret.";
            return Err(OAuthError::new(ErrorCode::InvalidClient, sentence));
        }
    };
    let presented = ClientSecret::new(secret);
    clients
        .iter()
        .find(|client| client.id == id && client.secret.matches(&presented))
        .map(|client| (client, method))
        .ok_or_else(|| {
            OAuthError::new(ErrorCode::InvalidClient, "The client is unknown or its secret is wrong.")
        })
}

/// Both halves of a Basic header, each form-decoded as RFC 6749 asks.
fn decode_basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((form_decode(id), form_decode(secret)))
}

fn form_decode(text: &str) -> String {
    form_urlencoded::parse(format!("v={text}").as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_basic_header_is_form_decoded() {
        let header = format!("Basic {}", STANDARD.encode("my%20client:se%3Acret%2B+x"));
        assert_eq!(decode_basic(&header), Some(("my client".to_owned(), "se:cret+ x".to_owned())));
    }

    #[test]
    fn what_is_not_basic_is_not_read() {
        for header in ["Bearer abc", "Basic", "Basic ???", "Basic bm9jb2xvbg=="] {
            assert_eq!(decode_basic(header), None, "{header}");
        }
    }
}
