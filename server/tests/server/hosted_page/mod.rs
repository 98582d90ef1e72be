//! The page on which the server shows the widget itself: how a link is made and opened, in which browser, when it is over, what
//! its page may, and what does not get in. What a browser does with it: `e2e/tests/journeys/hosted_page.rs`.

mod framing;
mod lives;
mod opening;
mod strangers;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use connect_server::domain::secret_key::Scope;
use railz_connect_contract::SessionResponse;
use serde_json::{Value, json};

use crate::support::secret_key::add_key;
use crate::support::{Answer, LIVE, SANDBOX, TestServer};

/// Where the server of the tests is public.
const OWN: &str = "https://connect.example";

/// A link as its person has it.
pub struct Link {
    pub id: String,
    pub path: String,
    pub code: String,
    pub made: Value,
}

/// A secret key of a widget that may make links.
pub async fn key_of(server: &TestServer, widget: &str) -> String {
    add_key(server, widget, &[Scope::Sessions]).await.0.expose().to_owned()
}

pub async fn by_key(server: &TestServer, key: &str, method: &str, path: &str, body: &Value) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::AUTHORIZATION, format!("Bearer {key}"))
        .header(header::CONTENT_TYPE, "application/json");
    server.send(request.body(Body::from(body.to_string())).unwrap()).await
}

/// Makes a link as this body says.
pub async fn make_link(server: &TestServer, widget: &str, body: Value) -> Link {
    let key = key_of(server, widget).await;
    let made = by_key(server, &key, "POST", "/v2/businesses/generateUrl", &body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let made: Value = made.json();
    let url = made["url"].as_str().unwrap().to_owned();
    let (address, code) = url.split_once('#').unwrap();
    let path = address.strip_prefix(OWN).unwrap().to_owned();
    Link { id: made["linkId"].as_str().unwrap().to_owned(), path, code: code.to_owned(), made }
}

/// A link for a business of this name.
pub async fn link_for(server: &TestServer, widget: &str, business: &str) -> Link {
    make_link(server, widget, json!({ "businessName": business })).await
}

/// A browser, as far as links go: it keeps the cookie of a page.
#[derive(Default)]
pub struct Browser {
    cookie: Option<String>,
}

impl Browser {
    /// Opens the address of a link.
    pub async fn look(&mut self, server: &TestServer, link: &Link) -> Answer {
        let answer = server.send(self.request("GET", &link.path, "").body(Body::empty()).unwrap()).await;
        let set = answer.header(header::SET_COOKIE);
        if !set.is_empty() {
            self.cookie = set.split(';').next().map(str::to_owned);
        }
        answer
    }

    /// What the page's script sends when it is pressed, or by itself where the browser is remembered.
    pub async fn send(&self, server: &TestServer, link: &Link, body: &Value) -> Answer {
        let request = self.request("POST", &format!("{}/session", link.path), OWN);
        let request = request.header(header::CONTENT_TYPE, "application/json");
        server.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    pub async fn press(&self, server: &TestServer, link: &Link) -> Answer {
        self.send(server, link, &json!({ "code": link.code })).await
    }

    fn request(&self, method: &str, path: &str, origin: &str) -> axum::http::request::Builder {
        let mut request = Request::builder().method(method).uri(path);
        if !origin.is_empty() {
            request = request.header(header::ORIGIN, origin);
        }
        match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, format!("other=1; {cookie}")),
            None => request,
        }
    }
}

/// A browser that has opened the link and pressed; the token that it got.
pub async fn opened(server: &TestServer, link: &Link) -> (Browser, String) {
    let mut browser = Browser::default();
    assert_eq!(browser.look(server, link).await.status, StatusCode::OK);
    let answer = browser.press(server, link).await;
    (browser, token_of(&answer))
}

pub fn token_of(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json::<Value>()["sessionToken"].as_str().unwrap().to_owned()
}

/// A request of the widget on the server's own page.
pub async fn widget_asks(server: &TestServer, origin: &str, method: &str, path: &str, token: &str) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::ORIGIN, origin)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, format!("Bearer {token}"));
    let body = if path.starts_with("/sandbox/") { r#"{"code": "user_good"}"# } else { "{}" };
    server.send(request.body(Body::from(body)).unwrap()).await
}

/// What the widget gets for the token of a link.
pub async fn session_for(server: &TestServer, widget: &str, token: &str) -> SessionResponse<Value> {
    let path = format!("/widget/session/{widget}?include=connections,integrations");
    let answer = widget_asks(server, OWN, "POST", &path, token).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

/// Connects the sandbox in the session of this token.
pub async fn connect_sandbox(server: &TestServer, token: &str) {
    let session = session_for(server, SANDBOX, token).await;
    let integrations = session.integrations.unwrap();
    let offered = integrations.iter().find(|entry| entry.service.is_sandbox()).unwrap();
    let path = format!("/services/url?serviceName=railzSandbox&integrationUuid={}", offered.uuid);
    let begun = widget_asks(server, OWN, "GET", &path, token).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.text());
    let begun: Value = begun.json();
    let played = widget_asks(server, OWN, "POST", begun["url"].as_str().unwrap(), token).await;
    assert!(played.status.is_success(), "{}", played.text());
}

/// Every text that the database keeps, and every line of bytes as text.
pub async fn everything_stored(server: &TestServer) -> Vec<u8> {
    let mut all = Vec::new();
    for file in std::fs::read_dir(server.folder.path()).unwrap() {
        all.extend(std::fs::read(file.unwrap().path()).unwrap());
    }
    all
}

#[tokio::test]
async fn a_link_is_railzs_answer_and_an_id_of_ours() {
    let server = TestServer::new().await;
    let business = server.session_of(LIVE, "Harbour").await.business_uuid;
    let link = make_link(&server, LIVE, json!({ "businessUuid": business })).await;
    let fields: Vec<_> = link.made.as_object().unwrap().keys().cloned().collect();
    assert_eq!(fields, ["expiryDate", "linkId", "url"]);
    assert_eq!(link.path, format!("/hosted/{}", link.id));
    assert_eq!(link.code.len(), 43, "256 bits");
    let five_days = jiff::SignedDuration::from_hours(5 * 24);
    let expiry: jiff::Timestamp = link.made["expiryDate"].as_str().unwrap().parse().unwrap();
    assert_eq!(expiry, server.app.now() + five_days);
}

#[tokio::test]
async fn what_is_no_link_is_refused_by_name() {
    let server = TestServer::new().await;
    let key = key_of(&server, LIVE).await;
    for (body, status, words) in [
        (json!({}), 400, "neither businessUuid nor businessName"),
        (json!({"businessUuid": "BIZ-1", "businessName": "Quay"}), 400, "both given"),
        (json!({"businessUuid": "BIZ-nobody"}), 404, "businessUuid"),
        (json!({"businessName": "Quay", "expiresInSeconds": 59}), 400, "give 60 to 2592000"),
        (json!({"businessName": "Quay", "expiresInSeconds": 2_592_001}), 400, "432000"),
        (json!({"businessName": "Quay", "successUrl": "https://evil.example/"}), 400, "successUrl"),
        (json!({"businessName": "Quay", "services": []}), 400, "services is empty"),
        (json!({"businessName": "Quay", "life": 5}), 400, "life"),
    ] {
        let refused = by_key(&server, &key, "POST", "/v2/businesses/generateUrl", &body).await.refusal();
        assert_eq!(refused.0, status, "{body}: {}", refused.1);
        assert!(refused.1.contains(words), "{body}: {}", refused.1);
    }
    let (other, _) = add_key(&server, LIVE, &[Scope::Read, Scope::Write, Scope::Tokens]).await;
    for (method, path) in [("POST", "/v2/businesses/generateUrl"), ("DELETE", "/v2/links/LNK-1")] {
        let refused = by_key(&server, other.expose(), method, path, &json!({})).await.refusal();
        assert!(refused.0 == 403 && refused.1.contains("lacks the scope sessions"), "{refused:?}");
    }
}
