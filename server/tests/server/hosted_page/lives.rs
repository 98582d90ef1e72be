//! When a link is over, in words for whoever opens it then; and what is kept for as long as it is not.

use axum::http::{StatusCode, header};
use connect_server::sweep::sweep;
use serde_json::json;

use super::{
    Browser, Link, OWN, by_key, connect_sandbox, key_of, link_for, make_link, opened, token_of, widget_asks,
};
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
    is_over(&server, &mut Browser::default(), &link, "Your business is connected").await;
    server.clock.pass(1800);
    is_over(&server, &mut browser, &link, "Your business is connected").await;
    is_over(&server, &mut Browser::default(), &beside, "Your business is connected").await;
    assert_eq!(Browser::default().look(&server, &of_another).await.status, StatusCode::OK);
    let status = widget_asks(&server, OWN, "GET", "/widget/status", &token).await;
    assert_eq!(status.status, StatusCode::UNAUTHORIZED, "its session is half an hour old");
    let anew = link_for(&server, SANDBOX, "Quay").await;
    let (_, token) = opened(&server, &anew).await;
    connect_sandbox(&server, &token).await;
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
async fn who_connected_may_go_on_for_half_an_hour_in_that_browser() {
    // A reload before the success page, or between books and bank, used to end at "Your business is connected".
    let server = TestServer::new().await;
    let link = link_for(&server, SANDBOX, "Harbour").await;
    let (mut browser, token) = opened(&server, &link).await;
    connect_sandbox(&server, &token).await;
    server.clock.pass(1799);
    assert_eq!(browser.look(&server, &link).await.status, StatusCode::OK);
    token_of(&browser.send(&server, &link, &json!({})).await);
    is_over(&server, &mut Browser::default(), &link, "Your business is connected").await;
    server.clock.pass(1);
    is_over(&server, &mut browser, &link, "Your business is connected").await;
}

#[tokio::test]
async fn what_a_page_alone_connects_ends_no_link() {
    // Whoever knew the name could end every link, and its person read that the business was connected.
    let server = TestServer::new().await;
    let link = link_for(&server, SANDBOX, "Harbour").await;
    let stranger = server.session_of(SANDBOX, "Harbour").await;
    let begun = server.begin(&stranger, "railzSandbox").await;
    let body = json!({ "code": "user_good" }).to_string();
    let played = server.ask("POST", &begun.url, Some(stranger.access_token.expose()), &body).await;
    assert!(played.status.is_success(), "{}", played.text());
    server.clock.pass(1);
    let (_, token) = opened(&server, &link).await;
    connect_sandbox(&server, &token).await;
    is_over(&server, &mut Browser::default(), &link, "Your business is connected").await;
}

#[tokio::test]
async fn a_business_with_a_link_is_not_forgotten() {
    // It used to be after a day, and the link in somebody's mail would have led nowhere, or said that it is not known.
    let server = TestServer::new().await;
    let link = link_for(&server, LIVE, "Harbour").await;
    let ended = link_for(&server, LIVE, "Quay").await;
    revoke(&server, LIVE, &ended.id).await;
    server.clock.pass(6 * DAY);
    let swept = sweep(&server.app).await.unwrap();
    assert_eq!((swept.businesses, swept.visits), (0, 0));
    is_over(&server, &mut Browser::default(), &ended, "This link was withdrawn").await;
    is_over(&server, &mut Browser::default(), &link, "This link is over").await;
    server.clock.pass(30 * DAY);
    let swept = sweep(&server.app).await.unwrap();
    assert_eq!((swept.links, swept.businesses), (2, 2), "with the links");
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
