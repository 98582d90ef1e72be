//! Preflights, errors, tokens (contract rules T1 to T7).

use reqwest::Method;
use serde_json::json;

use super::{ContractServer, Said, calls};
use crate::support::HOST;

/// The one shape of an error (contract rule T5).
fn is_an_error(said: &Said, call: &str) {
    assert!(said.status >= 400 && said.status != 408, "{call}: {}", said.status);
    let error = &said.body["error"];
    assert_eq!(error["statusCode"], said.status, "{call}: {}", said.body);
    assert!(
        error["message"].as_str().is_some_and(|message| !message.trim().is_empty()),
        "{call}: {}",
        said.body
    );
    assert!(error["error"].as_str().is_some_and(|name| !name.is_empty()), "{call}: {}", said.body);
    assert_eq!(said.body["payload"], json!({}), "{call}");
}

#[tokio::test]
async fn each_of_the_fifteen_calls_has_a_preflight() {
    let world = ContractServer::new().await;
    for (method, path) in calls() {
        let answer = world
            .client
            .request(Method::OPTIONS, format!("{}{path}?x=1", world.address))
            .header("origin", HOST)
            .header("access-control-request-method", method.as_str())
            .header("access-control-request-headers", "authorization,content-type,railz-connect-version")
            .send()
            .await
            .unwrap();
        assert!(answer.status().is_success(), "{method} {path}: {}", answer.status());
        let header = |name| answer.headers().get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!(header("access-control-allow-origin"), HOST);
        let allowed = header("access-control-allow-methods");
        assert!(["GET", "POST", "PATCH"].into_iter().all(|due| allowed.contains(due)), "{allowed}");
        let allowed = header("access-control-allow-headers");
        for due in ["content-type", "railz-connect-version", "authorization"] {
            assert!(allowed.contains(due), "{allowed}");
        }
        assert!(header("access-control-max-age").parse::<u32>().unwrap() > 0);
    }
    world.end().await;
}

#[tokio::test]
async fn only_the_session_needs_no_bearer_token() {
    let world = ContractServer::new().await;
    let session = world.server.session_of("PROD_demo", "Harbour").await;
    world.server.clock.pass(24 * 3600);
    let old = session.access_token.expose();
    for (method, path) in calls() {
        if path.starts_with("/widget/session") {
            continue;
        }
        for token in [None, Some(""), Some("made-up"), Some(old)] {
            let call = format!("{method} {path} {token:?}");
            let said = world.ask(method.clone(), &path, token, "{}").await;
            assert_eq!(said.status, 401, "{call}");
            is_an_error(&said, &call);
        }
    }
    let said = world.ask(Method::POST, "/widget/session/PROD_demo", None, "{}").await;
    assert_eq!(said.status, 200);
    world.end().await;
}

#[tokio::test]
async fn every_error_has_a_body_with_number_name_and_message() {
    let world = ContractServer::new().await;
    let session = world.server.session_of("PROD_demo", "Harbour").await;
    let token = Some(session.access_token.expose());
    for (method, path) in calls() {
        for body in ["{}", "", "{not json", "[]", "null"] {
            // A session with an empty body is one, and so is a status.
            let call = format!("{method} {path} {body}");
            let said = world.ask(method.clone(), &path, token, body).await;
            if said.status >= 400 {
                is_an_error(&said, &call);
            } else {
                assert!(path.starts_with("/widget/s"), "{call}: {}", said.body);
            }
        }
    }
    for (method, path) in [
        (Method::GET, "/nowhere"),
        (Method::DELETE, "/widget/status"),
        (Method::PUT, "/freshbooks/account"),
        (Method::POST, "/widget/session/undefined"),
        (Method::POST, "/widget/session/PROD_demo?businessUuid=BIZ-0"),
        (Method::GET, "/services/url?serviceName=nothing"),
        (Method::GET, "/widget/connection/updates/CON-0?timeoutInMs=x"),
        (Method::GET, "/xero/account"),
    ] {
        is_an_error(&world.ask(method, path, token, "{}").await, path);
    }
    world.end().await;
}

#[tokio::test]
async fn empty_query_values_mean_nothing() {
    let world = ContractServer::new().await;
    let path = "/widget/session/PROD_demo?businessUuid=&businessName=&redirectUrl=&include=";
    let said = world.ask(Method::POST, path, None, "{}").await;
    assert_eq!(said.status, 200);
    assert!(said.body["businessUuid"].as_str().unwrap().starts_with("BIZ-"));
    assert_eq!(said.body.get("connections"), None);
    let session = world.server.session_of("PROD_demo", "Harbour").await;
    let uuid = session.integrations.as_ref().unwrap()[0].uuid.as_str();
    let service = session.integrations.as_ref().unwrap()[0].service.as_str();
    let path = format!(
        "/services/url?serviceName={service}&integrationUuid={uuid}&redirectUrl=&shop=&dynamics365EnvironmentUrl="
    );
    assert_eq!(world.get(&path, &session).await.status, 200);
    world.end().await;
}

#[tokio::test]
async fn answers_are_json_without_cookies() {
    let world = ContractServer::new().await;
    let session = world.server.session_of("PROD_demo", "Harbour").await;
    let opened = world.ask(Method::POST, "/widget/session/PROD_demo", None, "{}").await;
    let status = world.get("/widget/status", &session).await;
    let refused = world.get("/services/url", &session).await;
    for (said, due) in [(opened, 200), (status, 200), (refused, 400)] {
        assert_eq!(said.status, due);
        assert_eq!(said.headers["content-type"], "application/json");
        assert_eq!(said.headers["cache-control"], "no-store");
        assert_eq!(said.headers["access-control-allow-origin"], HOST);
        assert!(said.headers.get("set-cookie").is_none());
        assert!(said.headers.get("access-control-allow-credentials").is_none());
    }
    world.end().await;
}
