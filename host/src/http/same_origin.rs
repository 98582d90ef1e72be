//! Which forms this site believes: those of its own pages. A page of another site can send a form here too, and the browser adds
//! the cookie of whoever is signed in (cross-site request forgery).

use axum::http::{HeaderMap, header};

use crate::origin::Origin;

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
