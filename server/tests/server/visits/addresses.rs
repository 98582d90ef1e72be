//! Success pages and redirect addresses are checked when a session opens, and everything that a page says is bounded.

use connect_server::domain::widget::SessionPolicy;
use serde_json::{Value, json};

use super::{add_widget, open};
use crate::support::{LIVE, TestServer};

const REGISTERED: &str = "SB_PROD_registered";

#[tokio::test]
async fn an_address_where_nobody_is_sent_is_refused_by_name_when_the_session_opens() {
    let server = TestServer::new().await;
    let addresses = ["https://app.example/done", "com.example.app:/done"];
    add_widget(&server, REGISTERED, SessionPolicy::Open, &addresses).await;
    for field in ["successUrl", "redirectUrl"] {
        for good in
            ["https://app.example/done", "https://app.example/done/x?y=1", "com.example.app:/done", "/done"]
        {
            let answer = open(&server, REGISTERED, "", &json!({field: good})).await;
            assert_eq!(answer.status, 200, "{field} {good}: {}", answer.text());
        }
        for bad in [
            "https://evil.example/done",
            "https://app.example/elsewhere",
            "https://app.example.evil.example/done",
            "javascript:alert(1)",
            "//evil.example/done",
            "/\\evil.example/done",
        ] {
            let (status, message) = open(&server, REGISTERED, "", &json!({field: bad})).await.refusal();
            // A page that is not registered used to be answered 400: people read that the server could not be reached.
            let due = if message.contains("not registered with this widget") { 403 } else { 400 };
            assert_eq!(status, due, "{bad}: {message}");
            assert!(message.starts_with(field), "{message}");
            assert!(due == 403 || message.contains("no address"), "{message}");
        }
    }
}

#[tokio::test]
async fn where_nothing_is_registered_the_origins_of_the_widget_count() {
    let server = TestServer::new().await;
    let answer = open(&server, LIVE, "", &json!({"successUrl": "https://app.example/anywhere"})).await;
    assert_eq!(answer.status, 200);
    let refused = open(&server, LIVE, "", &json!({"successUrl": "https://other.example/"})).await;
    assert_eq!(refused.refusal().0, 403);
}

#[tokio::test]
async fn the_redirect_address_of_an_old_client_is_checked_too() {
    // It travels in the query there, and may be what only the page's address makes whole.
    let server = TestServer::new().await;
    for good in ["", "/elsewhere", "elsewhere?x=1", "https%3A%2F%2Fapp.example%2Felsewhere"] {
        let answer =
            open(&server, LIVE, &format!("?businessName=Harbour&redirectUrl={good}"), &json!({})).await;
        assert_eq!(answer.status, 200, "{good}: {}", answer.text());
    }
    for bad in ["https%3A%2F%2Fevil.example%2F", "javascript%3Aalert(1)", "%2F%2Fevil.example"] {
        let (status, message) =
            open(&server, LIVE, &format!("?redirectUrl={bad}"), &json!({})).await.refusal();
        assert!([400, 403].contains(&status), "{bad}: {status}");
        assert!(message.starts_with("redirectUrl: "), "{message}");
    }
}

#[tokio::test]
async fn what_a_page_says_has_bounds_that_are_told() {
    let server = TestServer::new().await;
    let refused = async |body: &Value| {
        let (status, message) = open(&server, LIVE, "", body).await.refusal();
        assert_eq!(status, 400);
        message
    };
    let message = refused(&json!({"state": "s".repeat(513)})).await;
    assert!(message.contains("513 bytes") && message.contains("512 at most"), "{message}");
    let message = refused(&json!({"metadata": "m".repeat(16 * 1024)})).await;
    assert!(message.contains("metadata has 16386 bytes"), "{message}");
    let both = json!({"successUrl": "https://app.example/a", "redirectUrl": "https://app.example/b"});
    assert!(refused(&both).await.contains("leave one of them out"));
    for good in [json!({"state": "s".repeat(512)}), json!({"metadata": "m".repeat(16 * 1024 - 2)})] {
        assert_eq!(open(&server, LIVE, "", &good).await.status, 200);
    }
}
