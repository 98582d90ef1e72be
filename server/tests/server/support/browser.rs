//! A browser's popup: it looks at the start address, leaves by a proof or a press, keeps the cookie, and comes back from
//! the provider.

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

/// A start page as a browser has it: its cookie, and what its form and its script send along.
#[derive(Clone, Debug)]
pub struct StartPage {
    /// The path of the start address.
    pub path: String,
    /// The cookie, as a browser sends it back.
    pub cookie: String,
    /// The hidden field of its form.
    pub token: String,
    pub answer: Answer,
}

/// Looks at a start address, as a browser that comes there for the first time.
pub async fn look(server: &TestServer, address: &AddressResponse) -> StartPage {
    let path = path_of(&address.url);
    let answer = navigate(server, &path, None).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let set_cookie = answer.header(header::SET_COOKIE).to_owned();
    let cookie = set_cookie.split(';').next().unwrap().to_owned();
    let text = answer.text();
    let field = text.split(r#"name="page" value=""#).nth(1).unwrap();
    let token = field.split('"').next().unwrap().to_owned();
    StartPage { path, cookie, token, answer }
}

/// A `POST` as the start page makes it, with these cookies.
pub async fn post(server: &TestServer, path: &str, kind: &str, cookie: &str, body: String) -> Answer {
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, kind)
        .header(header::ORIGIN, "null")
        .header(header::COOKIE, cookie);
    server.send(request.body(Body::from(body)).unwrap()).await
}

/// The page's script trades what its opener answered.
pub async fn prove(server: &TestServer, page: &StartPage, proof: &str) -> Answer {
    let body = serde_json::json!({ "page": page.token, "proof": proof }).to_string();
    post(server, &format!("{}/proof", page.path), "application/json", &page.cookie, body).await
}

/// The person presses the page's button.
pub async fn press(server: &TestServer, page: &StartPage) -> Answer {
    let body = format!("page={}", page.token);
    post(server, &page.path, "application/x-www-form-urlencoded", &page.cookie, body).await
}

/// The popup that left with this answer, for this address of the provider.
fn left(answer: &Answer, to: &str) -> Popup {
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    assert_eq!(answer.header(header::REFERRER_POLICY), "no-referrer");
    let set_cookie = answer.header(header::SET_COOKIE).to_owned();
    let cookie = set_cookie.split(';').next().unwrap().to_owned();
    Popup { at: to.parse().unwrap(), cookie, set_cookie }
}

/// Opens the popup of an attempt, from the page whose session began it.
pub async fn open(server: &TestServer, address: &AddressResponse) -> Popup {
    let page = look(server, address).await;
    let answer = prove(server, &page, address.start_proof.as_ref().unwrap().expose()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let body: serde_json::Value = answer.json();
    left(&answer, body["location"].as_str().unwrap())
}

/// Opens the popup of an attempt from nowhere: the person reads whose sign-in it is, and presses.
pub async fn open_by_press(server: &TestServer, address: &AddressResponse) -> Popup {
    let page = look(server, address).await;
    let answer = press(server, &page).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let text = answer.text();
    let href = text.split(r#"<a href=""#).nth(1).unwrap().split('"').next().unwrap();
    left(&answer, &href.replace("&amp;", "&"))
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
