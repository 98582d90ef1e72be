//! Who is signed in at the provider: a cookie that stays, as at a real one. Its companies depend on it.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};

use crate::random::random_token;

const NAME: &str = "practice-person";

/// Reads who sends a request; empty where nobody is signed in.
pub(super) fn read(headers: &HeaderMap) -> String {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == NAME)
        .map(|(_, value)| value.to_owned())
        .unwrap_or_default()
}

/// Gives whoever is nobody yet a cookie with the page, and so makes them somebody.
pub(super) fn keep_signed_in(mut page: Response, headers: &HeaderMap) -> Response {
    if !read(headers).is_empty() {
        return page;
    }
    // Without randomness the person stays nobody, who has companies too.
    let cookie = random_token().ok().and_then(|person| {
        HeaderValue::try_from(format!("{NAME}={person}; Path=/; HttpOnly; SameSite=Lax")).ok()
    });
    if let Some(cookie) = cookie {
        page.headers_mut().append(header::SET_COOKIE, cookie);
    }
    page
}
