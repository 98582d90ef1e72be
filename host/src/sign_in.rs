//! Who is signed in at the customer's site. The real one has passwords; here the page's address says which business it is, and a
//! cookie keeps it, so that the route that opens sessions takes nobody's word for it but the cookie's.

use axum::http::{HeaderMap, HeaderValue, header};
use url::form_urlencoded;

const COOKIE: &str = "business";

/// The cookie that says so.
pub fn sign_in(business: &str) -> Option<HeaderValue> {
    let value: String = form_urlencoded::byte_serialize(business.as_bytes()).collect();
    HeaderValue::try_from(format!("{COOKIE}={value}; HttpOnly; SameSite=Lax; Path=/")).ok()
}

/// The business that is signed in, if one is.
pub fn read_business(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    let found = cookies.split("; ").find(|cookie| cookie.split('=').next() == Some(COOKIE))?;
    form_urlencoded::parse(found.as_bytes()).next().map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_business_that_signed_in_is_read_again() {
        for business in ["Harbour Bakery", "Café & Söhne; Ltd", ""] {
            let cookie = sign_in(business).unwrap().to_str().unwrap().to_owned();
            let sent = format!("theme=dark; {}", cookie.split("; ").next().unwrap());
            let headers = HeaderMap::from_iter([(header::COOKIE, sent.parse().unwrap())]);
            assert_eq!(read_business(&headers).as_deref(), Some(business));
        }
        assert_eq!(read_business(&HeaderMap::new()), None);
    }
}
