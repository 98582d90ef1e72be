//! What does not get in by a link: foreign pages, wrong codes, browsers without the cookie, tokens that went astray.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::json;

use super::{Browser, OWN, link_for, opened, session_for, widget_asks};
use crate::support::secret_key::minted_session;
use crate::support::{HOST, LIVE, TestServer};

#[tokio::test]
async fn another_sites_page_cannot_use_the_cookie_of_a_browser() {
    let server = TestServer::new().await;
    let link = link_for(&server, LIVE, "Harbour").await;
    let (browser, _) = opened(&server, &link).await;
    for origin in ["https://evil.example", HOST, "null", ""] {
        let request = browser.request("POST", &format!("{}/session", link.path), origin);
        let refused = server.send(request.body(Body::from("{}")).unwrap()).await;
        assert_eq!(refused.refusal().0, 403, "{origin}");
        assert_eq!(refused.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "", "{origin}");
    }
}

#[tokio::test]
async fn without_the_code_or_the_cookie_of_the_page_there_is_no_session() {
    let server = TestServer::new().await;
    let link = link_for(&server, LIVE, "Harbour").await;
    let other = link_for(&server, LIVE, "Quay").await;
    let refused = Browser::default().press(&server, &link).await.refusal();
    assert!(refused.0 == 403 && refused.1.contains("keeps no cookies"), "{refused:?}");
    let mut browser = Browser::default();
    browser.look(&server, &link).await;
    for body in [json!({}), json!({ "code": "" }), json!({ "code": other.code }), json!({ "code": link.id })]
    {
        let refused = browser.send(&server, &link, &body).await.refusal();
        assert!(refused.0 == 403 && refused.1.contains("part of the link is missing"), "{body}: {refused:?}");
    }
    for body in [json!([]), json!({ "code": 5 }), json!({ "code": link.code, "more": 1 })] {
        assert_eq!(browser.send(&server, &link, &body).await.refusal().0, 400, "{body}");
    }
    assert_eq!(browser.press(&server, &link).await.status, StatusCode::OK, "nothing of that used it up");
}

#[tokio::test]
async fn the_token_of_a_link_is_of_no_use_on_any_other_page() {
    let server = TestServer::new().await;
    let link = link_for(&server, LIVE, "Harbour").await;
    let (_, token) = opened(&server, &link).await;
    for (method, path) in [("POST", format!("/widget/session/{LIVE}")), ("GET", "/widget/status".to_owned())]
    {
        let refused = widget_asks(&server, HOST, method, &path, &token).await;
        assert_eq!(refused.refusal().0, 403, "{path}");
        assert_eq!(widget_asks(&server, OWN, method, &path, &token).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn the_servers_own_origin_is_a_widgets_page_for_links_alone() {
    let server = TestServer::new().await;
    let minted = minted_session(&server, LIVE, "Harbour").await;
    let token = minted.access_token.expose();
    for (method, path) in [("POST", format!("/widget/session/{LIVE}")), ("GET", "/widget/status".to_owned())]
    {
        assert_eq!(widget_asks(&server, OWN, method, &path, token).await.refusal().0, 403, "{path}");
    }
    let open =
        Request::post(format!("/widget/session/{LIVE}?businessName=Harbour")).header(header::ORIGIN, OWN);
    let refused = server.send(open.body(Body::from("{}")).unwrap()).await;
    assert_eq!(refused.refusal().0, 403);
}

#[tokio::test]
async fn the_sign_in_window_asks_the_hosted_page_who_began() {
    let server = TestServer::new().await;
    let link = link_for(&server, LIVE, "Harbour").await;
    let (_, token) = opened(&server, &link).await;
    let session = session_for(&server, LIVE, &token).await;
    let uuid = &session
        .integrations
        .as_ref()
        .unwrap()
        .iter()
        .find(|one| one.service.as_str() == "xero")
        .unwrap()
        .uuid;
    // A page sends no `Origin` with a GET within its own origin, and not every browser says that it is there: in WebKitGTK the
    // window used to ask for a press.
    let request = Request::get(format!("/services/url?serviceName=xero&integrationUuid={uuid}"))
        .header(header::AUTHORIZATION, format!("Bearer {token}"));
    let begun = server.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.text());
    let begun: serde_json::Value = begun.json();
    assert!(begun["startProof"].is_string(), "{begun}");
    let path = crate::support::browser::path_of(begun["url"].as_str().unwrap());
    let start = crate::support::browser::navigate(&server, &path, None).await;
    assert!(start.text().contains(&format!("data-origin=\"{OWN}\"")), "{}", start.text());
}
