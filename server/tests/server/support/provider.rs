//! A provider on loopback, which misbehaves when told: what tests tell it and ask it. Its endpoints stand in files of their own,
//! `configuration.rs` says where a server finds them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::HeaderMap;
use axum::routing::{any, get, post};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::api::{self, ApiDesk};
pub use super::behaviour::Behaviour;
use super::browser::Popup;
use super::companies::{self, CompanyDesk};
use super::{lists, token_endpoint};

pub(super) struct Desk {
    pub(super) behaviour: Behaviour,
    pub(super) api: ApiDesk,
    pub(super) companies: CompanyDesk,
    pub(super) list_manner: Behaviour,
    pub(super) challenges: HashMap<String, String>,
    pub(super) refresh_tokens: Vec<String>,
    pub(super) asked: Vec<HashMap<String, String>>,
    pub(super) count: u32,
    pub(super) extra: Value,
    pub(super) lists: HashMap<String, Value>,
    pub(super) lists_asked: Vec<(String, HeaderMap)>,
    pub(super) revoked: Vec<String>,
}

#[derive(Clone)]
pub struct Provider {
    pub(super) address: String,
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
            .route("/token", post(token_endpoint::token))
            .route("/elsewhere", post(token_endpoint::elsewhere).get(token_endpoint::elsewhere))
            .route("/revoke", post(token_endpoint::revoke))
            .route("/revoke-by-client", post(token_endpoint::revoke_by_client))
            .route("/lists/{*path}", get(lists::list))
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

    /// What the token answers say besides.
    pub fn says(&self, extra: Value) {
        self.desk.lock().unwrap().extra = extra;
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
}
