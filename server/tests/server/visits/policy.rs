//! A widget says who opens its sessions, and what a page may bring.

use connect_server::domain::secret_key::Scope;
use connect_server::domain::widget::{SessionPolicy, Widget};
use railz_connect_contract::WidgetId;
use serde_json::json;

use super::{add_widget, open};
use crate::support::secret_key::add_key;
use crate::support::{LIVE, TestServer};

const MINTED: &str = "SB_PROD_minted";

#[tokio::test]
async fn a_widget_of_minted_sessions_refuses_a_page_that_brings_none() {
    let server = TestServer::new().await;
    add_widget(&server, MINTED, SessionPolicy::Minted, &[]).await;
    let (status, message) = open(&server, MINTED, "?businessName=Harbour", &json!({})).await.refusal();
    assert_eq!(status, 403);
    assert!(message.contains("POST /v2/sessions"), "{message}");
}

#[tokio::test]
async fn a_page_that_brings_something_else_than_a_minted_token_is_told_so() {
    let server = TestServer::new().await;
    let (key, _) = add_key(&server, LIVE, &[Scope::Sessions]).await;
    let open_one = server.session_of(LIVE, "Harbour").await;
    let path = format!("/widget/session/{LIVE}?include=connections");
    for (token, due, words) in [
        (key.expose(), 403, "A secret key never belongs in a page"),
        (open_one.access_token.expose(), 403, "not one that a back end minted"),
        ("made-up", 401, "mint another one"),
    ] {
        let (status, message) = server.ask("POST", &path, Some(token), "{}").await.refusal();
        assert_eq!(status, due, "{message}");
        assert!(message.contains(words), "{message}");
    }
}

#[tokio::test]
async fn open_sessions_end_within_the_hour_once_a_widget_takes_minted_ones_only() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let widget = server.app.store.widget(&WidgetId::new(LIVE)).await.unwrap().unwrap();
    let minted = Widget { sessions: SessionPolicy::Minted, ..widget };
    server.app.store.replace_widget(&minted).await.unwrap();
    server.clock.pass(3599);
    assert!(server.status(&session).await.is_empty(), "nobody is cut off");
    server.clock.pass(1);
    assert_eq!(server.get("/widget/status", session.access_token.expose()).await.refusal().0, 401);
    let body = json!({"previousSessionToken": session.access_token});
    assert_eq!(open(&server, LIVE, "?businessName=Harbour", &body).await.refusal().0, 403);
}
