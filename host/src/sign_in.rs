//! The cookie by which somebody who is signed in is known.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::secret::VisitorId;

const COOKIE: &str = "visitor";

/// The cookie of somebody who signed in. A site of https adds `Secure`, and the prefix `__Host-` to its name.
pub fn cookie(visitor: &VisitorId) -> Option<HeaderValue> {
    let text = format!("{COOKIE}={}; HttpOnly; SameSite=Lax; Path=/", visitor.expose());
    let mut value = HeaderValue::try_from(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// Who sends a request, as far as its cookie says.
pub fn read_visitor(headers: &HeaderMap) -> Option<VisitorId> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut cookies = all.flat_map(|cookies| cookies.split("; ")).filter_map(|cookie| cookie.split_once('='));
    cookies.find(|(name, _)| *name == COOKIE).map(|(_, value)| value.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_visitor_who_signed_in_is_read_again() {
        let cookie = cookie(&"abc".into()).unwrap().to_str().unwrap().to_owned();
        assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
        let sent = format!("theme=dark; {}", cookie.split("; ").next().unwrap());
        let headers = HeaderMap::from_iter([(header::COOKIE, sent.parse().unwrap())]);
        assert_eq!(read_visitor(&headers), Some("abc".into()));
        assert_eq!(read_visitor(&HeaderMap::new()), None);
    }
}
