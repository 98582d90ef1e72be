//! The cookie by which a link knows the browser again that opened it first.
//!
//! It is made when the page is shown, since a browser that lost the answer to its press must be known when it presses again; it
//! counts from the press on. Its name has the link's id, so that links in one browser do not meet; by https no neighbouring host can
//! set it (`__Host-`, RFC 6265bis section 4.1.3.2). It lives for as long as the link. In a frame of another site
//! browsers keep cookies only where they are asked to keep them for that site alone (`Partitioned`), by https.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use cookie::time::Duration;
use cookie::{Cookie, SameSite};

use crate::app::App;
use crate::config::Transport;
use crate::domain::hosted_link::HostedLink;
use crate::token::Token;

/// The cookie of one link.
pub(super) struct BrowserCookie {
    name: String,
    seconds: i64,
    transport: Transport,
}

impl BrowserCookie {
    pub(super) fn of(app: &App, link: &HostedLink) -> Self {
        let transport = app.config.public_url.transport();
        let prefix = match transport {
            Transport::Https => "__Host-",
            Transport::LoopbackHttp => "",
        };
        Self {
            name: format!("{prefix}connect-{}", link.id),
            seconds: i64::try_from(link.seconds_left(app.now())).unwrap_or(i64::MAX),
            transport,
        }
    }

    /// What the browser sent of it.
    pub(super) fn read(&self, headers: &HeaderMap) -> Option<Token> {
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(Cookie::split_parse)
            .filter_map(Result::ok)
            .find(|cookie| cookie.name() == self.name)
            .map(|cookie| Token::from_text(cookie.value().to_owned()))
    }

    /// Adds the header that sets it, for as long as the link lives.
    pub(super) fn set(&self, value: &Token, request: &HeaderMap, response: &mut Response) {
        let cookie = Cookie::build((self.name.clone(), value.expose().to_owned()))
            .path("/")
            .http_only(true)
            .max_age(Duration::seconds(self.seconds));
        let cookie = match self.transport {
            Transport::Https if is_framed_elsewhere(request) => {
                cookie.same_site(SameSite::None).secure(true).partitioned(true)
            }
            Transport::Https => cookie.same_site(SameSite::Lax).secure(true),
            // `WebKit` drops `Secure` cookies there.
            Transport::LoopbackHttp => cookie.same_site(SameSite::Lax),
        };
        // The name is an id's, and the value ours or letters that came in a header: they always fit into one.
        if let Ok(header) = HeaderValue::from_str(&cookie.build().to_string()) {
            response.headers_mut().append(SET_COOKIE, header);
        }
    }
}

/// Whether the page is to be shown in a frame of another site (Fetch Metadata).
fn is_framed_elsewhere(request: &HeaderMap) -> bool {
    let is = |name: &str, words: &[&str]| {
        request.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| words.contains(&value))
    };
    is("sec-fetch-dest", &["iframe", "frame"]) && is("sec-fetch-site", &["cross-site"])
}
