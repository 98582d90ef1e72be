//! What a stranger's page says as `metadata`, and what that does to the customer's back end that takes the webhooks.

use serde_json::{Value, json};

use super::Setup;
use crate::support::receiver::Received;

/// What is delivered of a sign-in whose page says these names, with one value.
async fn deliver(hook: &str, names: &[&str], location: &str) -> (Setup, Received) {
    let setup = Setup::new().await;
    setup.register(hook, json!({"events": ["auth"]})).await;
    let entry = |name: &&str| json!({"name": name, "value": "evil", "webhookLocation": [location]});
    let metadata: Vec<Value> = names.iter().map(entry).collect();
    setup.sign_in_with("Harbour", &metadata.into()).await;
    setup.deliver().await;
    let received = setup.receiver.take().remove(0);
    (setup, received)
}

#[tokio::test]
async fn a_page_sets_no_header_that_says_who_asks_or_for_what() {
    let steering = [
        "X-Original-URL",
        "x-rewrite-url",
        "X-HTTP-Method-Override",
        "X-Method-Override",
        "x-real-ip",
        "true-client-ip",
        "Client-IP",
        "x-forwarded",
        "X-Forwarded-For",
        "proxy",
        "x-remote-user",
        "Remote-User",
        "x-auth-request-user",
        "x-authenticated-user",
        "x-host",
        "range",
        "CF-Connecting-IP",
        "x-amzn-oidc-data",
        "X-Accel-Redirect",
    ];
    let (_, received) = deliver("/hooks", &[&steering[..], &["x-plan"]].concat(), "header").await;
    assert_eq!(received.header("x-plan"), "evil", "any other goes along");
    for name in steering {
        assert_eq!(received.header(&name.to_ascii_lowercase()), "", "{name} used to be sent");
    }
}

#[tokio::test]
async fn a_page_doubles_no_parameter_of_the_registered_address() {
    let names = ["token", "Token", "token[]", "token.x", "_method", "x-http-method-override", "plan"];
    let (_, received) = deliver("/hooks?token=own", &names, "query").await;
    assert_eq!(received.uri.query(), Some("token=own&plan=evil"), "_method=evil used to be there");
}
