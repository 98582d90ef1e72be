//! A link is opened by a press, goes on in the browser in which it was, and in no other one.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use super::{
    Browser, OWN, connect_sandbox, everything_stored, link_for, make_link, opened, session_for, token_of,
    widget_asks,
};
use crate::audit::{all, told};
use crate::support::log::Log;
use crate::support::{HOST, LIVE, SANDBOX, ServerOptions, TestServer};

#[tokio::test]
async fn a_link_that_is_only_looked_at_uses_nothing_up() {
    let server = TestServer::new().await;
    let link = link_for(&server, LIVE, "Harbour").await;
    for method in ["GET", "HEAD", "GET"] {
        let request = Request::builder().method(method).uri(&link.path).body(Body::empty());
        let looked = server.send(request.unwrap()).await;
        assert_eq!(looked.status, StatusCode::OK, "a scanner of mails: {method}");
        assert!(!looked.text().contains("Harbour"), "whose books they are is told to whoever has the code");
        assert_eq!(looked.text().contains("Acme Lending"), method == "GET");
    }
    let (browser, token) = opened(&server, &link).await;
    assert_eq!(session_for(&server, LIVE, &token).await.business_name.as_str(), "Harbour");
    let answer: Value = browser.send(&server, &link, &json!({})).await.json();
    assert_eq!(
        answer["businessName"], "Harbour",
        "a forwarded link used to connect somebody else's books unread"
    );
}

#[tokio::test]
async fn a_press_opens_a_minted_session_of_what_the_back_end_wanted() {
    let server = TestServer::new().await;
    let wanted = json!({
        "businessName": "Harbour", "services": ["xero"], "state": "s-1", "successUrl": format!("{HOST}/done"),
    });
    let link = make_link(&server, LIVE, wanted).await;
    let (_, token) = opened(&server, &link).await;
    let session = session_for(&server, LIVE, &token).await;
    assert_eq!(session.session_kind, Some(railz_connect_contract::SessionKind::Minted));
    assert_eq!(session.state.as_deref(), Some("s-1"));
    assert_eq!(session.success_url.as_deref(), Some("https://app.example/done"));
    let offered: Vec<_> =
        session.integrations.unwrap().into_iter().map(|entry| entry.service.to_string()).collect();
    assert_eq!(offered, ["xero"]);
}

#[tokio::test]
async fn a_reload_or_a_night_ends_nothing_in_the_browser_that_pressed() {
    let server = TestServer::new().await;
    let link = link_for(&server, LIVE, "Harbour").await;
    let (mut browser, first) = opened(&server, &link).await;
    server.clock.pass(14 * 3600);
    assert_eq!(
        widget_asks(&server, OWN, "GET", "/widget/status", &first).await.status,
        StatusCode::UNAUTHORIZED
    );
    let again = browser.look(&server, &link).await;
    assert!(again.text().contains("data-remembered"), "the page goes on by itself");
    let renewed = token_of(&browser.send(&server, &link, &json!({})).await);
    assert_ne!(renewed, first);
    assert_eq!(session_for(&server, LIVE, &renewed).await.business_name.as_str(), "Harbour");
}

#[tokio::test]
async fn a_press_whose_answer_was_lost_is_pressed_again() {
    let server = TestServer::new().await;
    let link = link_for(&server, LIVE, "Harbour").await;
    let mut browser = Browser::default();
    browser.look(&server, &link).await;
    browser.press(&server, &link).await;
    token_of(&browser.press(&server, &link).await);
}

#[tokio::test]
async fn the_code_is_of_use_in_one_browser_alone() {
    let server = TestServer::new().await;
    let link = link_for(&server, LIVE, "Harbour").await;
    let (mut first, _) = opened(&server, &link).await;
    let mut other = Browser::default();
    let looked = other.look(&server, &link).await;
    assert_eq!(looked.status, StatusCode::CONFLICT);
    assert!(looked.text().contains("in use in another browser"), "{}", looked.text());
    assert_eq!(looked.header(header::SET_COOKIE), "");
    assert_eq!(other.press(&server, &link).await.refusal().0, 409);
    assert_eq!(first.look(&server, &link).await.status, StatusCode::OK, "and the first one goes on");
}

#[tokio::test]
async fn of_two_browsers_that_press_at_once_one_has_the_link() {
    let server = TestServer::new().await;
    let link = link_for(&server, LIVE, "Harbour").await;
    let (mut one, mut other) = (Browser::default(), Browser::default());
    one.look(&server, &link).await;
    other.look(&server, &link).await;
    let (one, other) = tokio::join!(one.press(&server, &link), other.press(&server, &link));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

#[tokio::test]
async fn the_code_is_nowhere_but_in_the_answer_that_made_it() {
    let log = Log::listen();
    let server = TestServer::new().await;
    let link = link_for(&server, SANDBOX, "Harbour").await;
    let (mut browser, token) = opened(&server, &link).await;
    connect_sandbox(&server, &token).await;
    let page = browser.look(&server, &link).await;
    let cookie = browser.cookie.clone().unwrap();
    let value = cookie.split_once('=').unwrap().1.to_owned();
    assert!(!page.text().contains(&link.code) && !page.text().contains(&value));
    let (stored, logged) = (everything_stored(&server).await, log.text());
    for secret in [link.code.as_str(), value.as_str(), token.as_str()] {
        let found = stored.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "stored");
        assert!(!logged.contains(secret), "logged");
    }
}

#[tokio::test]
async fn the_cookie_is_of_this_host_alone_and_ends_with_the_link() {
    let server = TestServer::new().await;
    let link = link_for(&server, LIVE, "Harbour").await;
    let answer = Browser::default().look(&server, &link).await;
    let cookie = answer.header(header::SET_COOKIE).to_owned();
    assert!(cookie.starts_with(&format!("__Host-connect-{}=", link.id)), "{cookie}");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Max-Age=432000", "Path=/"] {
        assert!(cookie.split("; ").any(|found| found == part), "{part}: {cookie}");
    }
    let framed =
        Request::get(&link.path).header("sec-fetch-dest", "iframe").header("sec-fetch-site", "cross-site");
    let framed = server.send(framed.body(Body::empty()).unwrap()).await;
    let cookie = framed.header(header::SET_COOKIE);
    assert!(cookie.contains("SameSite=None") && cookie.contains("Partitioned"), "{cookie}");

    let public_url = "http://connect.localhost:4747/bank";
    let local = TestServer::with_options(ServerOptions { public_url, ..ServerOptions::default() }).await;
    let key = super::key_of(&local, LIVE).await;
    let body = json!({ "businessName": "Harbour" });
    let made: Value =
        super::by_key(&local, &key, "POST", "/bank/v2/businesses/generateUrl", &body).await.json();
    let (address, _) = made["url"].as_str().unwrap().split_once('#').unwrap();
    let path = address.strip_prefix("http://connect.localhost:4747").unwrap();
    let answer = local.send(Request::get(path).body(Body::empty()).unwrap()).await;
    let cookie = answer.header(header::SET_COOKIE);
    assert!(cookie.starts_with("connect-LNK-") && !cookie.contains("Secure"), "{cookie}");
    assert!(cookie.contains("Path=/;"), "{cookie}");
}

#[tokio::test]
async fn the_audit_has_who_made_a_link_who_opened_it_and_who_was_turned_away() {
    let server = TestServer::new().await;
    let link = link_for(&server, LIVE, "Harbour").await;
    let (browser, _) = opened(&server, &link).await;
    browser.send(&server, &link, &json!({})).await;
    let mut other = Browser::default();
    other.look(&server, &link).await;
    other.press(&server, &link).await;
    let key = super::key_of(&server, LIVE).await;
    super::by_key(&server, &key, "DELETE", &format!("/v2/links/{}", link.id), &json!({})).await;
    let events = all(&server).await;
    assert_eq!(
        told(&events),
        [
            "createLink done secretKey",
            "openLink done mintedSession",
            "openLink done mintedSession",
            "openLink refused unknown",
            "revokeLink done secretKey",
        ]
    );
    for event in &events {
        assert_eq!(event.subject.as_deref(), Some(link.id.as_str()), "{event:?}");
        assert_eq!(event.widget.as_ref().unwrap().as_str(), LIVE, "{event:?}");
        assert!(event.business.is_some(), "{event:?}");
    }
    assert_eq!(events[1].detail.as_deref(), Some("by a press"));
}
