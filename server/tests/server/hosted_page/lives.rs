//! When a link is over, in words for whoever opens it then; and what is kept for as long as it is not.

use axum::http::{StatusCode, header};
use connect_server::sweep::sweep;
use serde_json::json;

use super::{Browser, Link, OWN, by_key, connect_sandbox, key_of, link_for, make_link, opened, widget_asks};
use crate::support::{Answer, LIVE, SANDBOX, TestServer};

const DAY: i64 = 24 * 3600;

/// What a browser is shown and answered, with these words on the page.
async fn is_over(server: &TestServer, browser: &mut Browser, link: &Link, words: &str) -> Answer {
    let page = browser.look(server, link).await;
    assert_eq!(page.status, StatusCode::GONE, "{words}");
    assert!(page.text().contains(words), "{words}: {}", page.text());
    assert!(!page.text().contains("<script"), "{words}: nothing runs there");
    assert_eq!(page.header(header::SET_COOKIE), "", "{words}");
    let refused = browser.press(server, link).await;
    assert_eq!(refused.refusal().0, 410, "{words}");
    assert!(refused.refusal().1.starts_with(words));
    page
}

async fn revoke(server: &TestServer, widget: &str, link: &str) -> Answer {
    let key = key_of(server, widget).await;
    by_key(server, &key, "DELETE", &format!("/v2/links/{link}"), &json!({})).await
}

#[tokio::test]
async fn a_link_is_over_after_five_days_or_when_the_back_end_says() {
    let server = TestServer::new().await;
    let usual = link_for(&server, LIVE, "Harbour").await;
    let brief = make_link(&server, LIVE, json!({ "businessName": "Quay", "expiresInSeconds": 90 })).await;
    let (mut browser, token) = opened(&server, &brief).await;
    server.clock.pass(90);
    is_over(&server, &mut browser, &brief, "This link is over").await;
    let asked = widget_asks(&server, OWN, "GET", "/widget/status", &token).await;
    assert_eq!(asked.status, StatusCode::UNAUTHORIZED, "its sessions end no later");
    server.clock.pass(5 * DAY - 91);
    assert_eq!(Browser::default().look(&server, &usual).await.status, StatusCode::OK);
    server.clock.pass(1);
    is_over(&server, &mut Browser::default(), &usual, "This link is over").await;
}

#[tokio::test]
async fn a_link_is_over_when_its_business_is_connected_and_stays_so() {
    let server = TestServer::new().await;
    let link = link_for(&server, SANDBOX, "Harbour").await;
    let beside = link_for(&server, SANDBOX, "Harbour").await;
    let of_another = link_for(&server, SANDBOX, "Quay").await;
    let (mut browser, token) = opened(&server, &link).await;
    connect_sandbox(&server, &token).await;
    is_over(&server, &mut browser, &link, "Your business is connected").await;
    is_over(&server, &mut Browser::default(), &beside, "Your business is connected").await;
    assert_eq!(Browser::default().look(&server, &of_another).await.status, StatusCode::OK);
    let status = widget_asks(&server, OWN, "GET", "/widget/status", &token).await;
    assert_eq!(status.status, StatusCode::OK, "the widget that stands there goes on");

    let listed: Vec<serde_json::Value> = status.json();
    let (key, _) = crate::support::secret_key::add_key(
        &server,
        SANDBOX,
        &[connect_server::domain::secret_key::Scope::Write],
    )
    .await;
    let body = json!({ "connectionId": listed[0]["connectionId"] });
    let ended = by_key(&server, key.expose(), "PUT", "/v2/connections/disconnect", &body).await;
    assert_eq!(ended.status, StatusCode::OK, "{}", ended.text());
    is_over(&server, &mut browser, &link, "Your business is connected").await;
    let anew = link_for(&server, SANDBOX, "Harbour").await;
    let (_, token) = opened(&server, &anew).await;
    connect_sandbox(&server, &token).await;
    is_over(&server, &mut Browser::default(), &anew, "Your business is connected").await;
}

#[tokio::test]
async fn a_link_that_is_revoked_is_over_with_its_sessions() {
    let server = TestServer::new().await;
    let link = link_for(&server, LIVE, "Harbour").await;
    let (mut browser, token) = opened(&server, &link).await;
    assert_eq!(revoke(&server, SANDBOX, &link.id).await.refusal().0, 404, "another widget's key");
    assert_eq!(browser.look(&server, &link).await.status, StatusCode::OK);
    for _ in 0..2 {
        assert_eq!(revoke(&server, LIVE, &link.id).await.status, StatusCode::NO_CONTENT);
    }
    is_over(&server, &mut browser, &link, "This link was withdrawn").await;
    let asked = widget_asks(&server, OWN, "GET", "/widget/status", &token).await;
    assert_eq!(asked.status, StatusCode::UNAUTHORIZED);
    assert_eq!(revoke(&server, LIVE, "LNK-nobody").await.refusal().0, 404);
}

#[tokio::test]
async fn a_business_with_a_link_that_can_be_used_is_not_forgotten() {
    // It used to be after a day, and the link in somebody's mail would have led nowhere.
    let server = TestServer::new().await;
    let link = link_for(&server, LIVE, "Harbour").await;
    let ended = link_for(&server, LIVE, "Quay").await;
    revoke(&server, LIVE, &ended.id).await;
    server.clock.pass(DAY + 1);
    let swept = sweep(&server.app).await.unwrap();
    assert_eq!((swept.businesses, swept.visits), (1, 0), "Quay's alone");
    assert_eq!(Browser::default().look(&server, &ended).await.status, StatusCode::NOT_FOUND);
    let (_, token) = opened(&server, &link).await;
    server.clock.pass(3 * DAY);
    assert_eq!(sweep(&server.app).await.unwrap().businesses, 0);
    assert_eq!(
        widget_asks(&server, OWN, "GET", "/widget/status", &token).await.status,
        StatusCode::UNAUTHORIZED
    );
    server.clock.pass(DAY);
    assert_eq!(sweep(&server.app).await.unwrap().businesses, 1);
}

#[tokio::test]
async fn a_link_says_for_a_month_that_it_is_over_and_then_nothing_is_left_of_it() {
    let server = TestServer::new().await;
    let link = link_for(&server, SANDBOX, "Harbour").await;
    let (mut browser, token) = opened(&server, &link).await;
    connect_sandbox(&server, &token).await;
    server.clock.pass(35 * DAY - 1);
    assert_eq!(sweep(&server.app).await.unwrap().links, 0);
    is_over(&server, &mut browser, &link, "Your business is connected").await;
    server.clock.pass(1);
    let swept = sweep(&server.app).await.unwrap();
    assert_eq!((swept.links, swept.visits), (1, 1));
    let unknown = browser.look(&server, &link).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.text().contains("This link is not known"));
}
