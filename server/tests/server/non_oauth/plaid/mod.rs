//! Banks, at the practice Plaid; the page's script is played here.
//!
//! `linking.rs`: from link token to status. `update_mode.rs`: what a bank says of itself later, and the way back.
//! `at_once.rs`: what happens while Plaid has not answered yet, behind the gate of `gate.rs`.

mod at_once;
mod gate;
mod linking;
mod update_mode;

use railz_connect_contract::{BankResponse, Connection, ConnectionError, ConnectionState, LinkTokenResponse};
use serde_json::{Value, json};

use super::{Practice, Session};
use crate::support::secret_key::minted_session;
use crate::support::{Answer, LIVE};

const CREATE: &str = "/plaid/createLinkToken";
const SET: &str = "/plaid/setAccessToken";
const UPDATE: &str = "/plaid/updateConnection";

impl Practice {
    pub async fn link_token(&self, session: &Session, mend: &str, body: Value) -> Answer {
        let path = if mend.is_empty() { CREATE.to_owned() } else { format!("{CREATE}?connectionId={mend}") };
        self.post(session, &path, &body).await
    }

    /// What the page's script ends with when the person presses this button.
    pub async fn public_token(&self, session: &Session, mend: &str, choice: &str) -> Value {
        let answer = self.link_token(session, mend, json!({ "redirectUrl": null })).await;
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.text());
        let answer: LinkTokenResponse = answer.json();
        let form = format!("token={}&choice={choice}", answer.link_token.expose());
        let request = reqwest::Client::new()
            .post(format!("{}/plaid/practice/link", self.address))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form);
        let text = request.send().await.unwrap().text().await.unwrap();
        serde_json::from_str::<Value>(&text).unwrap()["public_token"].clone()
    }

    pub async fn linked(&self, session: &Session, bank: &str) -> BankResponse {
        let token = self.public_token(session, "", bank).await;
        let answer = self.post(session, SET, &json!({ "publicToken": token })).await;
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.text());
        answer.json()
    }

    pub async fn update(&self, session: &Session, connection: &str) -> Answer {
        let body = json!({ "connectionId": connection }).to_string();
        self.server.ask("PATCH", UPDATE, Some(session.access_token.expose()), &body).await
    }

    pub async fn control(&self, path: &str, body: Value) {
        let request = reqwest::Client::new()
            .post(format!("{}/control/plaid/{path}", self.address))
            .header("content-type", "application/json")
            .body(body.to_string());
        assert!(request.send().await.unwrap().status().is_success());
    }

    /// Bank and state of each item at Plaid, oldest first.
    async fn items(&self) -> Vec<(String, String)> {
        let answer = reqwest::get(format!("{}/control/plaid/items", self.address)).await.unwrap();
        let items: Vec<Value> = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        items.iter().map(|item| (word(&item["bank"]), word(&item["state"]))).collect()
    }

    /// The banks that a new session of this business is told of; one of its back end, which is shown everything.
    async fn later(&self, business: &str) -> Vec<Connection> {
        minted_session(&self.server, LIVE, business).await.connections.unwrap()
    }
}

fn id(bank: &BankResponse) -> &str {
    bank.connection_id.as_ref().unwrap().as_str()
}

fn stands(connection: &Connection) -> (ConnectionState, Option<ConnectionError>) {
    (connection.state, connection.error)
}

const ACTIVE: (ConnectionState, Option<ConnectionError>) = (ConnectionState::Active, None);
const ASKS: (ConnectionState, Option<ConnectionError>) =
    (ConnectionState::Expired, Some(ConnectionError::ReauthorizationRequired));
