//! The cookie by which somebody who is signed in is known, and whether a request comes from a page of this site.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::origin::Origin;
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

/// Whether a request that changes something comes from a page of this site. `SameSite` alone would let pages of other ports pass.
pub fn is_of_our_page(headers: &HeaderMap, ours: &Origin) -> bool {
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
    origin.and_then(Origin::of).is_some_and(|origin| origin == *ours)
}

/// Whether a page of another site, or of another port, sent the browser here. Browsers say it of https and of loopback hosts;
/// one that says nothing is not taken for such.
pub fn is_sent_from_elsewhere(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    matches!(site, Some("cross-site" | "same-site"))
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

    #[test]
    fn a_page_of_another_port_is_no_page_of_ours() {
        let ours = "http://127.0.0.1:8080".parse().unwrap();
        let from = |origin: &str| HeaderMap::from_iter([(header::ORIGIN, origin.parse().unwrap())]);
        assert!(is_of_our_page(&from("http://127.0.0.1:8080"), &ours));
        for other in ["http://127.0.0.1:8081", "http://localhost:8080", "null", "https://127.0.0.1:8080"] {
            assert!(!is_of_our_page(&from(other), &ours), "{other}");
        }
        assert!(!is_of_our_page(&HeaderMap::new(), &ours));
    }
}
