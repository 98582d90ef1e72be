//! A browser's popup: it follows the start address, keeps the cookie, and comes back from the provider.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use railz_connect_contract::AddressResponse;
use url::Url;

use super::{Answer, TestServer};

/// A popup that is at the provider.
#[derive(Clone, Debug)]
pub struct Popup {
    /// The provider's address it was sent to.
    pub at: Url,
    /// The cookie, as a browser sends it back.
    pub cookie: String,
    /// The whole header that set it.
    pub set_cookie: String,
}

impl Popup {
    /// One parameter of the provider's address.
    pub fn asked(&self, key: &str) -> String {
        let found = self.at.query_pairs().find(|(name, _)| name == key).map(|(_, value)| value.into_owned());
        found.unwrap_or_default()
    }

    pub fn state(&self) -> String {
        self.asked("state")
    }
}

/// The path of an address of the server.
pub fn path_of(address: &str) -> String {
    let url = Url::parse(address).unwrap();
    url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
}

/// A plain navigation, with or without a cookie.
pub async fn navigate(server: &TestServer, path: &str, cookie: Option<&str>) -> Answer {
    let mut request = Request::get(path);
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, format!("other=1; {cookie}; more=2"));
    }
    server.send(request.body(Body::empty()).unwrap()).await
}

/// Opens the popup of an attempt.
pub async fn open(server: &TestServer, address: &AddressResponse) -> Popup {
    let answer = navigate(server, &path_of(&address.url), None).await;
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.text());
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    assert_eq!(answer.header(header::REFERRER_POLICY), "no-referrer");
    let set_cookie = answer.header(header::SET_COOKIE).to_owned();
    let cookie = set_cookie.split(';').next().unwrap().to_owned();
    Popup { at: answer.header(header::LOCATION).parse().unwrap(), cookie, set_cookie }
}

/// Comes back with this query.
pub async fn come_back(server: &TestServer, popup: &Popup, query: &str) -> Answer {
    navigate(server, &format!("/oauth/callback?{query}"), Some(&popup.cookie)).await
}

/// The person consents, and the popup comes back with a code.
pub async fn approve(server: &TestServer, popup: &Popup) -> Answer {
    let code = server.provider.consent(popup);
    let issuer = server.provider.issuer();
    come_back(server, popup, &format!("code={code}&state={}&iss={issuer}", popup.state())).await
}

/// The person says no.
pub async fn deny(server: &TestServer, popup: &Popup) -> Answer {
    come_back(server, popup, &format!("error=access_denied&state={}", popup.state())).await
}
