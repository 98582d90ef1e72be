//! `POST /sandbox/fireWebhooks`.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{ALLOW_PRIVATE, Setup};
use crate::support::{SANDBOX, ServerOptions};

#[tokio::test]
async fn one_of_each_event_is_fired_and_delivered_as_any_other() {
    let options = ServerOptions { non_oauth: ALLOW_PRIVATE.to_owned(), ..ServerOptions::default() };
    let setup = Setup::with_options(options, SANDBOX).await;
    let answer = setup.ask("POST", "/sandbox/fireWebhooks", &Value::Null).await;
    assert_eq!(answer.refusal().0, 409, "nobody is there to be told");
    setup.register("/hooks", json!({})).await;
    let answer = setup.ask("POST", "/sandbox/fireWebhooks", &Value::Null).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text());
    let fired: Value = answer.json();
    let fired: Vec<_> =
        fired["data"].as_array().unwrap().iter().map(|event| event["event"].clone()).collect();
    assert_eq!(fired, ["login", "auth", "connectionStatus", "connectionRemoved", "businessRemoved"]);
    setup.deliver().await;
    let received = setup.receiver.take();
    assert_eq!(received.len(), 5);
    let auth = received.iter().find(|received| received.event() == "auth").unwrap().body();
    assert_eq!((&auth["serviceName"], &auth["isMockData"]), (&json!("railzSandbox"), &json!(true)));
}

#[tokio::test]
async fn a_live_widget_fires_nothing_for_practice() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({})).await;
    let (status, message) = setup.ask("POST", "/sandbox/fireWebhooks", &Value::Null).await.refusal();
    assert_eq!(status, 403);
    assert!(message.contains("sandbox widgets alone"), "{message}");
}
