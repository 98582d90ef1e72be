//! The two cookies of a popup, each of a name of its own for each attempt, first-party on this server's origin.
//!
//! The attempt's is made when the popup leaves and must be there when it comes back: `Lax` lets it come along when the
//! provider sends the browser. The start page's ties a press or a proof to a page that this browser was shown: what the
//! page sends is derived from it, and another site can neither read nor set it. On loopback http the `__Host-` prefix and
//! `Secure` are left out, because `WebKit` drops such cookies there.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use railz_connect_contract::AttemptId;

use crate::config::Transport;
use crate::token::{Token, TokenHash};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PopupCookie {
    /// What the callback must bring.
    Attempt,
    /// What a press on the start page, or a proof from it, must bring.
    StartPage,
}

impl PopupCookie {
    fn name(self, transport: Transport, attempt: &AttemptId) -> String {
        let prefix = match transport {
            Transport::Https => "__Host-",
            Transport::LoopbackHttp => "",
        };
        match self {
            Self::Attempt => format!("{prefix}connect-{attempt}"),
            Self::StartPage => format!("{prefix}connect-page-{attempt}"),
        }
    }

    fn build(
        self,
        transport: Transport,
        attempt: &AttemptId,
        value: String,
    ) -> cookie::CookieBuilder<'static> {
        Cookie::build((self.name(transport, attempt), value))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(transport == Transport::Https)
    }

    /// Adds the header that sets it, for as long as the attempt lives.
    pub(super) fn set(
        self,
        transport: Transport,
        attempt: &AttemptId,
        value: &Token,
        seconds: i64,
        response: &mut Response,
    ) {
        let cookie = self.build(transport, attempt, value.expose().to_owned());
        append(response, &cookie.max_age(Duration::seconds(seconds)).build());
    }

    /// Adds the header that takes it away.
    pub(super) fn remove(self, transport: Transport, attempt: &AttemptId, response: &mut Response) {
        append(response, &self.build(transport, attempt, String::new()).removal().build());
    }

    /// What the browser sent of it.
    pub(super) fn read(
        self,
        transport: Transport,
        attempt: &AttemptId,
        headers: &HeaderMap,
    ) -> Option<Token> {
        let name = self.name(transport, attempt);
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(Cookie::split_parse)
            .filter_map(Result::ok)
            .find(|cookie| cookie.name() == name)
            .map(|cookie| Token::from_text(cookie.value().to_owned()))
    }
}

fn append(response: &mut Response, cookie: &Cookie<'_>) {
    // The names and values are ours or letters that came in a header: they always fit into one.
    if let Ok(header) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().append(SET_COOKIE, header);
    }
}

/// What the start page sends along, derived from its cookie: who has seen the page knows it, and nobody else.
pub(super) fn page_token(cookie: &Token) -> Token {
    let derived = TokenHash::of(&format!("start page {}", cookie.expose()));
    Token::from_text(URL_SAFE_NO_PAD.encode(derived.as_bytes()))
}
