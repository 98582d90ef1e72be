//! Services without plain OAuth, against their practice counterparts on loopback.

mod further;
mod intacct;
mod netsuite;
mod plaid;
mod plaid_settings;
mod quickbooks_desktop;
mod signatures;
mod webhooks;

use railz_connect_contract::{AddressResponse, CredentialsResult, SessionResponse};
use serde_json::Value;
use simulator::clock::Clock;
use tokio::net::TcpListener;

use crate::support::{Answer, LIVE, ServerOptions, TestServer};

pub type Session = SessionResponse<Value>;

/// A server that knows these services, and where their counterparts live.
pub struct Practice {
    pub server: TestServer,
    pub address: String,
}

impl Practice {
    pub async fn new() -> Self {
        Self::with_plaid(|address| {
            format!("client_secret = \"practice-secret\"\napi_url = \"{address}/plaid\"")
        })
        .await
    }

    /// With this secret and this address of Plaid, given the counterparts' own.
    pub async fn with_plaid(plaid: impl FnOnce(&str) -> String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = simulator::netsuite::router()
            .merge(simulator::intacct::router())
            .merge(simulator::plaid::router(Clock::system()));
        let plaid = plaid(&address);
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let non_oauth = format!(
            r#"
            [services.oracleNetsuite]
            client_id = "practice"
            client_secret = "practice-secret"
            service_addresses = ["{address}/netsuite/{{account}}"]
            [services.plaid]
            client_id = "practice"
            {plaid}
            script_url = "{address}/plaid/link-initialize.js"
            check_after_seconds = 60
            [services.quickbooksDesktop]
            [services.sageIntacct]
            sender_id = "practice"
            sender_password = "practice-secret"
            gateway_url = "{address}/intacct/ia/xml/xmlgw.phtml"
            [webhooks]
            allow_private = true
            "#
        );
        let server = TestServer::with_options(ServerOptions { non_oauth, ..ServerOptions::default() }).await;
        Self { server, address }
    }

    pub async fn session(&self, business: &str) -> Session {
        self.server.session_of(LIVE, business).await
    }

    /// A session whose business has asked where this service begins.
    pub async fn begun(&self, business: &str, service: &str) -> (Session, AddressResponse) {
        let session = self.session(business).await;
        let address = self.server.begin(&session, service).await;
        (session, address)
    }

    pub async fn post(&self, session: &Session, path: &str, body: &Value) -> Answer {
        self.server.ask("POST", path, Some(session.access_token.expose()), &body.to_string()).await
    }

    pub async fn result(&self, session: &Session, path: &str, body: &Value) -> CredentialsResult {
        let answer = self.post(session, path, body).await;
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.text());
        answer.json()
    }
}
