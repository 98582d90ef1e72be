//! Who is signed in at the provider: a cookie that stays, as at a real one. Its companies depend on it.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};

use crate::world::World;

const NAME: &str = "practice-person";

/// The person behind a request; empty where nobody is signed in.
pub(super) fn of(headers: &HeaderMap) -> String {
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

/// The page, by which whoever is nobody yet becomes somebody.
pub(super) fn signed_in(mut page: Response, headers: &HeaderMap, world: &World) -> Response {
    if !of(headers).is_empty() {
        return page;
    }
    // Without randomness the person stays nobody, who has companies too.
    let cookie = world.token().ok().and_then(|person| {
        HeaderValue::try_from(format!("{NAME}={person}; Path=/; HttpOnly; SameSite=Lax")).ok()
    });
    if let Some(cookie) = cookie {
        page.headers_mut().append(header::SET_COOKIE, cookie);
    }
    page
}
