//! The golden files of the contract: this server's answers have their shape, field by field.

use serde_json::{Value, json};

use crate::support::{SANDBOX, TestServer, browser};

/// The keys of an object, in order.
fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn golden(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[tokio::test]
async fn the_session_has_the_golden_shape() {
    let server = TestServer::new().await;
    let session = server.session_of(SANDBOX, "Harbour%20Bakery").await;
    let attempt = server.begin(&session, "xero").await;
    let popup = browser::open(&server, &attempt).await;
    browser::approve(&server, &popup).await;

    let path =
        format!("/widget/session/{SANDBOX}?businessName=Harbour%20Bakery&include=connections,integrations");
    // Continued, since another visit of a page is not shown the company.
    let body = json!({
        "metadata": [{"name": "plan", "value": "starter", "webhookLocation": ["header"]}],
        "previousSessionToken": session.access_token,
    });
    let answer: Value = server.ask("POST", &path, None, &body.to_string()).await.json();
    let due = golden(include_str!("../../../crates/contract/golden/session.json"));
    assert_eq!(keys(&answer), keys(&due));
    for key in
        ["businessName", "metadata", "customerName", "email", "billingPlan", "sandbox", "sites", "features"]
    {
        assert_eq!(answer[key], due[key], "{key}");
    }

    let mut connection = due["connections"][0].as_object().unwrap().clone();
    // What only banks tell; and what the golden file has not, since other servers do not tell it.
    connection.remove("accountNumber");
    connection.insert("accountName".to_owned(), Value::from("Juniper Bakery"));
    let connection = Value::Object(connection);
    assert_eq!(keys(&answer["connections"][0]), keys(&connection));
    for key in ["name", "kind", "state", "error", "isMockData", "createdAt", "expiresAt"] {
        assert_eq!(answer["connections"][0][key], connection[key], "{key}");
    }

    let harbour = answer["integrations"].as_array().unwrap().iter();
    let harbour = harbour.clone().find(|entry| entry["service"] == "xero" && entry["isMockData"] == false);
    assert_eq!(keys(harbour.unwrap()), keys(&due["integrations"][1]));
}

#[tokio::test]
async fn the_address_has_the_golden_shape() {
    let server = TestServer::new().await;
    let session = server.session_of(SANDBOX, "Harbour%20Bakery").await;
    let uuid = &session.integrations.as_ref().unwrap()[1].uuid;
    let path = format!("/services/url?serviceName=xero&integrationUuid={uuid}&redirectUrl=");
    let answer: Value = server.get(&path, session.access_token.expose()).await.json();
    let due = golden(include_str!("../../../crates/contract/golden/address.json"));
    assert_eq!(keys(&answer), keys(&due));
    assert_eq!(answer["businessName"], due["businessName"]);
    assert_eq!(answer["expiresInSeconds"], due["expiresInSeconds"]);
    let start = answer["url"].as_str().unwrap();
    assert!(start.starts_with("https://connect.example/oauth/start/"), "{start}");
}

#[tokio::test]
async fn a_refusal_by_the_person_has_the_golden_shape() {
    let server = TestServer::new().await;
    let session = server.session_of(SANDBOX, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let popup = browser::open(&server, &attempt).await;
    browser::deny(&server, &popup).await;
    let answer: Value = server.poll(&session, &attempt, 0).await.json();
    let due = golden(include_str!("../../../crates/contract/golden/refused-connection.json"));
    assert_eq!(keys(&answer), keys(&due));
    for key in ["name", "kind", "state", "error", "isMockData", "createdAt", "reason"] {
        assert_eq!(answer[key], due[key], "{key}");
    }
}

#[tokio::test]
async fn an_error_is_the_golden_one_to_the_letter() {
    let server = TestServer::new().await;
    let path = format!("/widget/session/{SANDBOX}?businessUuid=BIZ-0");
    let answer: Value = server.ask("POST", &path, None, "{}").await.json();
    assert_eq!(answer, golden(include_str!("../../../crates/contract/golden/error-one-message.json")));
}
