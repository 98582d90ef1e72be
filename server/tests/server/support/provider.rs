//! A provider's token endpoint on loopback. It checks what a real one checks, and misbehaves when told.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Form, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;

use super::ServerOptions;
use super::api::{self, ApiDesk};
pub use super::behaviour::Behaviour;
use super::browser::Popup;
use super::companies::{self, CompanyDesk};

pub(super) struct Desk {
    behaviour: Behaviour,
    pub(super) api: ApiDesk,
    pub(super) companies: CompanyDesk,
    list_manner: Behaviour,
    challenges: HashMap<String, String>,
    refresh_tokens: Vec<String>,
    asked: Vec<HashMap<String, String>>,
    count: u32,
    pub(super) extra: Value,
    lists: HashMap<String, Value>,
    lists_asked: Vec<(String, HeaderMap)>,
    revoked: Vec<String>,
}

#[derive(Clone)]
pub struct Provider {
    address: String,
    pub(super) desk: Arc<Mutex<Desk>>,
}

impl Provider {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let desk = Desk {
            api: ApiDesk::default(),
            companies: CompanyDesk::default(),
            behaviour: Behaviour::Good,
            list_manner: Behaviour::Good,
            challenges: HashMap::new(),
            refresh_tokens: Vec::new(),
            asked: Vec::new(),
            count: 0,
            extra: json!({}),
            lists: HashMap::from([(
                "connections".to_owned(),
                json!([{"tenantId": "T-1", "tenantName": "Juniper Bakery"}]),
            )]),
            lists_asked: Vec::new(),
            revoked: Vec::new(),
        };
        let desk = Arc::new(Mutex::new(desk));
        let router = Router::new()
            .route("/token", post(token))
            .route("/elsewhere", post(elsewhere).get(elsewhere))
            .route("/revoke", post(revoke))
            .route("/revoke-by-client", post(revoke_by_client))
            .route("/lists/{*path}", get(list))
            .route("/companies/{company}", get(companies::by_address))
            .route("/api", any(api::answer))
            .route("/api/{*path}", any(api::answer))
            .route("/graphql", post(companies::by_query))
            .with_state(desk.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, desk }
    }

    pub fn issuer(&self) -> String {
        self.address.clone()
    }

    pub fn behave(&self, behaviour: Behaviour) {
        self.desk.lock().unwrap().behaviour = behaviour;
    }

    /// How the lists behave.
    pub fn lists_behave(&self, behaviour: Behaviour) {
        self.desk.lock().unwrap().list_manner = behaviour;
    }

    /// What the token answers say besides.
    pub fn says(&self, extra: Value) {
        self.desk.lock().unwrap().extra = extra;
    }

    /// What is listed at `/lists/<path>` for whoever brings a token of this provider.
    pub fn lists(&self, path: &str, answer: Value) {
        self.desk.lock().unwrap().lists.insert(path.to_owned(), answer);
    }

    /// The lists that were asked for, with their queries and the requests' headers, oldest first.
    pub fn lists_asked(&self) -> Vec<(String, HeaderMap)> {
        self.desk.lock().unwrap().lists_asked.clone()
    }

    /// The tokens that were given back, oldest first.
    pub fn revoked(&self) -> Vec<String> {
        self.desk.lock().unwrap().revoked.clone()
    }

    /// What the token endpoint was asked, oldest first.
    pub fn asked(&self) -> Vec<HashMap<String, String>> {
        self.desk.lock().unwrap().asked.clone()
    }

    /// The person consents: a code that is good for this popup's PKCE challenge.
    pub fn consent(&self, popup: &Popup) -> String {
        let mut desk = self.desk.lock().unwrap();
        desk.count += 1;
        let code = format!("code-{}", desk.count);
        desk.challenges.insert(code.clone(), popup.asked("code_challenge"));
        code
    }

    /// Another system holds this refresh token.
    pub fn gave_refresh_token(&self, token: &str) {
        self.desk.lock().unwrap().refresh_tokens.push(token.to_owned());
    }

    /// The person takes the consent back at the service.
    pub fn revoke(&self) {
        self.desk.lock().unwrap().refresh_tokens.clear();
    }

    pub fn configuration(&self, wish: &ServerOptions) -> String {
        let ServerOptions { public_url, service_extra, top, services, non_oauth, .. } = wish;
        let services: String = services.iter().map(|(id, extra)| self.service(id, extra)).collect();
        let address = &self.address;
        let service_extra = service_extra.replace('@', address);
        format!(
            r#"
            public_url = "{public_url}"
            listen = "127.0.0.1:0"
            {top}
            [attempts]
            exchange_timeout_seconds = 3
            [services.xero]
            client_id = "practice"
            client_secret = "practice-secret"
            logo_url = "https://books.example/xero.svg"
            authorize_url = "{address}/authorize"
            token_url = "{address}/token"
            issuer = "{address}"
            accounts_url = "{address}/lists/connections"
            refresh_token_days = 400
            {service_extra}
            [services.harbourBooks]
            client_id = "harbour"
            client_secret = "harbour-secret"
            name = "Harbour <Books>"
            authorize_url = "{address}/authorize"
            token_url = "{address}/token"
            client_authentication = "post"
            {services}
            {non_oauth}
            "#
        )
    }

    /// One more service at this provider. `@` in `extra` is the provider's address.
    fn service(&self, id: &str, extra: &str) -> String {
        let address = &self.address;
        let mut extra = extra.replace('@', address);
        let company = match id {
            "quickbooks" | "myob" => "company_url = \"@/companies/{company}\"",
            "wave" | "shopify" => "company_url = \"@/graphql\"",
            _ => "",
        };
        if !extra.contains("company_url") {
            extra = format!("{}\n{extra}", company.replace('@', address));
        }
        if !extra.contains("token_url") {
            extra = format!("token_url = \"{address}/token\"\n{extra}");
        }
        format!(
            r#"
            [services.{id}]
            client_id = "harbour"
            client_secret = "harbour-secret"
            client_authentication = "post"
            authorize_url = "{address}/authorize"
            {extra}
            "#
        )
    }
}

async fn token(
    State(desk): State<Arc<Mutex<Desk>>>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let behaviour = desk.lock().unwrap().behaviour;
    let bad = behaviour.answer().await;
    if !known_client(&headers, &form) {
        return (StatusCode::UNAUTHORIZED, axum::Json(json!({"error": "invalid_client"}))).into_response();
    }
    let mut desk = desk.lock().unwrap();
    desk.asked.push(form.clone());
    if let Some(bad) = bad {
        return bad;
    }
    let refused = (StatusCode::BAD_REQUEST, axum::Json(json!({"error": "invalid_grant"}))).into_response();
    let good = match form["grant_type"].as_str() {
        "authorization_code" => {
            let verifier = form.get("code_verifier").map(String::as_str).unwrap_or_default();
            let hash = Sha256::digest(verifier.as_bytes());
            let answered = form.contains_key("code_verifier").then(|| URL_SAFE_NO_PAD.encode(hash));
            desk.challenges.remove(&form["code"]) == Some(answered.unwrap_or_default())
        }
        "refresh_token" => {
            let before = desk.refresh_tokens.len();
            desk.refresh_tokens.retain(|known| known != &form["refresh_token"]);
            desk.refresh_tokens.len() < before
        }
        _ => false,
    };
    if !good {
        return refused;
    }
    desk.count += 1;
    let refresh = format!("refresh-{}", desk.count);
    desk.refresh_tokens.push(refresh.clone());
    let mut answer = json!({
        "access_token": format!("access-{}", desk.count),
        "token_type": "bearer",
        "expires_in": 1800,
        "refresh_token": refresh,
    });
    let answer_fields = answer.as_object_mut().unwrap();
    for (field, value) in desk.extra.as_object().unwrap() {
        answer_fields.insert(field.clone(), value.clone());
    }
    match behaviour {
        Behaviour::LifetimeAsText => {
            answer["expires_in"] = Value::from("1800");
            answer.as_object_mut().unwrap().remove("token_type");
        }
        Behaviour::NoLifetime => drop(answer.as_object_mut().unwrap().remove("expires_in")),
        Behaviour::Lives(seconds) => answer["expires_in"] = seconds.into(),
        Behaviour::EmptyRefreshToken => answer["refresh_token"] = "".into(),
        Behaviour::NoRefreshToken => drop(answer.as_object_mut().unwrap().remove("refresh_token")),
        _ => {}
    }
    axum::Json(answer).into_response()
}

/// A list, for whoever brings an access token that was given here.
async fn list(
    State(desk): State<Arc<Mutex<Desk>>>,
    Path(path): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let behaviour = desk.lock().unwrap().list_manner;
    let bad = behaviour.answer().await;
    let mut desk = desk.lock().unwrap();
    let asked = query.map_or_else(|| path.clone(), |query| format!("{path}?{query}"));
    desk.lists_asked.push((asked, headers.clone()));
    let given = desk.gave(&headers);
    let own = desk.lists_asked.last().and_then(|(asked, _)| desk.lists.get(asked));
    match own.or_else(|| desk.lists.get(&path)) {
        _ if !given => StatusCode::UNAUTHORIZED.into_response(),
        _ if bad.is_some() => bad.unwrap_or_default(),
        Some(answer) => axum::Json(answer.clone()).into_response(),
        None => (StatusCode::NOT_FOUND, "<h1>nothing here</h1>").into_response(),
    }
}

/// RFC 7009: whatever is given back is taken.
async fn revoke(
    State(desk): State<Arc<Mutex<Desk>>>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> StatusCode {
    if !known_client(&headers, &form) {
        return StatusCode::UNAUTHORIZED;
    }
    desk.lock().unwrap().revoked.push(form["token"].clone());
    StatusCode::OK
}

/// Square's way: the access token in JSON, the secret in the header.
async fn revoke_by_client(
    State(desk): State<Arc<Mutex<Desk>>>,
    headers: HeaderMap,
    axum::Json(body): axum::Json<Value>,
) -> StatusCode {
    if headers[header::AUTHORIZATION] != "Client harbour-secret" || body["client_id"] != "harbour" {
        return StatusCode::UNAUTHORIZED;
    }
    desk.lock().unwrap().revoked.push(body["access_token"].as_str().unwrap().to_owned());
    StatusCode::OK
}

/// Where a redirect leads: whoever follows it gets a token there.
async fn elsewhere() -> Response {
    axum::Json(json!({"access_token": "from-elsewhere", "token_type": "bearer"})).into_response()
}

/// By header (RFC 6749 section 2.3.1) or by body, whichever this client is registered for.
fn known_client(headers: &HeaderMap, form: &HashMap<String, String>) -> bool {
    let basic = format!("Basic {}", STANDARD.encode("practice:practice-secret"));
    let by_header = headers.get(header::AUTHORIZATION).is_some_and(|value| value == basic.as_str());
    let by_body = form.get("client_id").is_some_and(|id| id == "harbour")
        && form.get("client_secret").is_some_and(|secret| secret == "harbour-secret");
    by_header || by_body
}
