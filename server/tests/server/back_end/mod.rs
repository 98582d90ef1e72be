//! `/v2`, as a customer's back end asks it: with a secret key and without an origin.

mod access_tokens;
mod api_addresses;
mod businesses;
mod companies;
mod connections;
mod disconnecting;
mod examples;
mod hang_ups;
mod migrating;
mod proxied_bodies;
mod proxy;
mod proxy_refusals;
mod sandbox;
mod untying;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use connect_server::domain::secret_key::Scope;
use serde_json::Value;

use crate::companies::sign_in;
use crate::support::secret_key::{add_key, minted_session};
use crate::support::{Answer, LIVE, SANDBOX, ServerOptions, TestServer};

/// A service by OAuth that tells its company in the callback.
const PLAIN_BOOKS: &str = "name = \"Plain Books\"\naccounts_url = \"@/lists/companies\"\naccounts_items = \"\"\n\
                           account_id = \"/id\"\naccount_label = \"/name\"";

/// A server, and a key for everything of its live widget.
pub struct BackEnd {
    pub server: TestServer,
    pub key: String,
}

impl BackEnd {
    pub async fn new() -> Self {
        Self::of(TestServer::new().await).await
    }

    pub async fn of(server: TestServer) -> Self {
        let (key, _) = add_key(&server, LIVE, &Scope::ALL).await;
        Self { server, key: key.expose().to_owned() }
    }

    /// With Plain Books, and what else its configuration says.
    pub async fn with_books(extra: &'static str) -> Self {
        let text: &'static str = Box::leak(format!("{PLAIN_BOOKS}\n{extra}").into_boxed_str());
        let services = vec![("plainBooks", text)];
        let server = TestServer::with_options(ServerOptions { services, ..ServerOptions::default() }).await;
        Self::of(server).await
    }

    pub async fn ask(&self, method: &str, path: &str, body: &str) -> Answer {
        ask_with(&self.server, &self.key, method, path, body).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "").await
    }

    /// The entries of a list, and how many there are on all pages.
    async fn list(&self, path: &str) -> (i64, Vec<Value>) {
        let answer = self.get(path).await;
        if answer.status == StatusCode::NO_CONTENT {
            assert!(answer.body.is_empty());
            return (0, Vec::new());
        }
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        let answer: Value = answer.json();
        (answer["meta"]["count"].as_i64().unwrap(), answer["data"].as_array().unwrap().clone())
    }

    /// One field of each entry of a list.
    async fn listed(&self, path: &str, field: &str) -> Vec<String> {
        let (_, entries) = self.list(path).await;
        entries.iter().map(|entry| entry[field].as_str().unwrap().to_owned()).collect()
    }

    /// Makes a business and answers with its number.
    async fn business(&self, name: &str) -> String {
        let answer = self.ask("POST", "/v2/businesses", &format!("{{\"businessName\": \"{name}\"}}")).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer.json::<Value>()["businessUuid"].as_str().unwrap().to_owned()
    }

    /// Signs a business in to Plain Books, with this company, in a session that was minted for it; the connection's id.
    pub async fn connect(&self, business: &str, company: &str) -> String {
        let answer = serde_json::json!([{ "id": company, "name": format!("Company {company}") }]);
        self.server.provider.lists("companies", answer);
        let session = minted_session(&self.server, LIVE, &business.replace("%20", " ")).await;
        let connected = sign_in(&self.server, &session, "plainBooks", "").await;
        assert_eq!(connected["state"], "active", "{connected}");
        connected["connectionId"].as_str().unwrap().to_owned()
    }
}

async fn ask_with(server: &TestServer, key: &str, method: &str, path: &str, body: &str) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::AUTHORIZATION, format!("Bearer {key}"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_owned()));
    server.send(request.unwrap()).await
}

/// Every call, with the scope that it takes.
fn calls(business: &str, connection: &str) -> Vec<(&'static str, String, String, Scope)> {
    let name = |name: &str| format!("{{\"businessName\": \"{name}\"}}");
    let business = format!("/v2/businesses/{business}");
    let one = format!("/v2/connections/{connection}");
    vec![
        ("GET", "/v2/businesses".to_owned(), String::new(), Scope::Read),
        ("GET", business.clone(), String::new(), Scope::Read),
        ("GET", "/v2/connections".to_owned(), String::new(), Scope::Read),
        ("GET", one.clone(), String::new(), Scope::Read),
        ("GET", "/v2/businesses/info".to_owned(), String::new(), Scope::Read),
        ("GET", format!("{one}/company"), String::new(), Scope::Read),
        ("GET", format!("{one}/access-token"), String::new(), Scope::Tokens),
        ("POST", "/v2/businesses".to_owned(), name("Made anew"), Scope::Write),
        ("PUT", business.clone(), name("Another name"), Scope::Write),
        (
            "PUT",
            "/v2/connections/disconnect".to_owned(),
            format!("{{\"connectionId\": \"{connection}\"}}"),
            Scope::Write,
        ),
        ("POST", format!("{one}/untie"), String::new(), Scope::Write),
        ("DELETE", one, String::new(), Scope::Write),
        ("DELETE", business, String::new(), Scope::Write),
    ]
}

#[tokio::test]
async fn each_call_takes_its_own_scope_and_no_other() {
    let api = BackEnd::with_books("").await;
    let connection = api.connect("Harbour", "1").await;
    let business = api.listed("/v2/businesses", "businessUuid").await.remove(0);
    for (method, path, body, scope) in calls(&business, &connection) {
        let others: Vec<_> = Scope::ALL.into_iter().filter(|other| *other != scope).collect();
        let (key, _) = add_key(&api.server, LIVE, &others).await;
        let answer = ask_with(&api.server, key.expose(), method, &path, &body).await;
        let (status, message) = answer.refusal();
        assert_eq!(status, 403, "{method} {path}");
        assert!(message.contains(&format!("lacks the scope {scope}")), "{method} {path}: {message}");
    }
    for (method, path, body, scope) in calls(&business, &connection) {
        let (key, _) = add_key(&api.server, LIVE, &[scope]).await;
        let answer = ask_with(&api.server, key.expose(), method, &path, &body).await;
        assert!(answer.status.is_success(), "{method} {path}: {}", answer.text());
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store", "{method} {path}");
    }
}

#[tokio::test]
async fn what_belongs_to_another_widget_is_answered_as_what_is_not_there() {
    let api = BackEnd::with_books("").await;
    let connection = api.connect("Harbour", "1").await;
    let business = api.listed("/v2/businesses", "businessUuid").await.remove(0);
    let (foreign, _) = add_key(&api.server, SANDBOX, &Scope::ALL).await;
    let theirs = calls(&business, &connection);
    let nobodys = calls("BIZ-nobody", "CON-nobody");
    for ((method, path, body, _), (_, path_of_nobody, body_of_nobody, _)) in theirs.iter().zip(&nobodys) {
        let answer = ask_with(&api.server, foreign.expose(), method, path, body).await;
        if ["/v2/businesses", "/v2/businesses/info", "/v2/connections"].contains(&path.as_str()) {
            assert!(!answer.text().contains(&business) && !answer.text().contains(&connection));
            continue;
        }
        let nothing = ask_with(&api.server, foreign.expose(), method, path_of_nobody, body_of_nobody).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {path}");
        assert_eq!(answer.body, nothing.body, "{method} {path}");
    }
    assert_eq!(api.list("/v2/connections").await.0, 1, "nothing of it was changed");
}

#[tokio::test]
async fn nothing_below_v2_answers_a_page_or_a_session() {
    let api = BackEnd::with_books("").await;
    let session = api.server.session_of(LIVE, "Harbour").await;
    for (method, path, body, _) in calls("BIZ-1", "CON-1") {
        let page = api.server.ask(method, &path, Some(&api.key), &body).await;
        assert_eq!(page.refusal().0, 403, "{method} {path}");
        assert_eq!(page.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "", "{method} {path}");
        let by_session = ask_with(&api.server, session.access_token.expose(), method, &path, &body).await;
        assert_eq!(by_session.refusal().0, 401, "{method} {path}");
    }
    let answer = api.ask("PATCH", "/v2/businesses", "").await;
    assert_eq!(answer.refusal().0, 405);
}
