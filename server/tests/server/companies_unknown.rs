//! Services that nobody can ask which company a sign-in was to: it is said, and nothing is replaced in silence.

use axum::body::Body;
use axum::http::{Request, header};
use connect_server::domain::secret_key::Scope;
use railz_connect_contract::ConnectionState;
use serde_json::Value;

use crate::companies::Session;
use crate::support::browser::{self, approve};
use crate::support::log::Log;
use crate::support::secret_key::add_key;
use crate::support::{Answer, LIVE, TestServer};

async fn sign_in(server: &TestServer, session: &Session, service: &str) -> (Answer, Value) {
    let attempt = server.begin(session, service).await;
    let popup = browser::open(server, &attempt).await;
    let page = approve(server, &popup).await;
    (page, server.poll(session, &attempt, 0).await.json())
}

#[tokio::test]
async fn a_service_that_tells_no_company_is_marked_and_others_are_not() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let (page, told) = sign_in(&server, &session, "harbourBooks").await;
    assert_eq!((&told["companyUnknown"], &told["replacedAt"]), (&Value::Bool(true), &Value::Null));
    assert!(page.text().contains("does not tell which company this is"), "{}", page.text());
    let (page, told) = sign_in(&server, &session, "xero").await;
    assert_eq!(told["companyUnknown"], Value::Null);
    assert!(!page.text().contains("does not tell which company"), "{}", page.text());
    let status = server.status(&session).await;
    let unknown: Vec<_> = status.iter().map(|one| (one.name.as_str(), one.company_unknown)).collect();
    assert_eq!(unknown, [("harbourBooks", true), ("xero", false)]);
    let again = server.session_of(LIVE, "Harbour").await;
    assert!(again.connections.unwrap().iter().any(|one| one.company_unknown), "and in the session");
}

#[tokio::test]
async fn a_sign_in_that_takes_the_place_of_an_older_one_is_told() {
    // It used to swap companies with nothing but new times to show for it.
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let (_, first) = sign_in(&server, &session, "harbourBooks").await;
    let log = Log::listen();
    server.clock.pass(60);
    let (_, second) = sign_in(&server, &session, "harbourBooks").await;
    assert_eq!(second["connectionId"], first["connectionId"]);
    assert_eq!(second["replacedAt"], "2026-03-01T09:31:00Z");
    assert!(log.text().contains("takes the place of an older one"), "{}", log.text());
    let status = server.status(&session).await.remove(0);
    assert_eq!((status.state, status.replaced_at.is_some()), (ConnectionState::Active, true));
}

/// The token and the answers to a back end that comes with it used to say nothing of it.
#[tokio::test]
async fn the_connection_token_its_redeeming_and_the_access_token_say_it_too() {
    let server = TestServer::new().await;
    let (key, _) = add_key(&server, LIVE, &Scope::ALL).await;
    let session = server.session_of(LIVE, "Harbour").await;
    for service in ["harbourBooks", "xero"] {
        sign_in(&server, &session, service).await;
    }
    let bearer = Some(session.access_token.expose());
    let signed: Value = server.ask("POST", "/widget/connectionToken", bearer, "").await.json();
    let ask = |method: &'static str, path: String, body: String| {
        let request = Request::builder().method(method).uri(path);
        let request = request.header(header::AUTHORIZATION, format!("Bearer {}", key.expose()));
        server.send(request.body(Body::from(body)).unwrap())
    };
    let redeemed = ask("POST", "/v2/connections/redeem".to_owned(), signed.to_string()).await;
    let redeemed: Value = redeemed.json();
    let connections = redeemed["connections"].as_array().unwrap();
    assert_eq!(connections.len(), 2);
    for connection in connections {
        let unknown = connection["serviceName"] == "harbourBooks";
        let due = if unknown { Value::Bool(true) } else { Value::Null };
        assert_eq!(connection["companyUnknown"], due, "{connection}");
        let id = connection["connectionId"].as_str().unwrap();
        let token = ask("GET", format!("/v2/connections/{id}/access-token"), String::new()).await;
        assert_eq!(token.json::<Value>()["companyUnknown"], due, "{}", token.text());
    }
}
