//! The page at a start address: whom it asks, what it shows, and who may frame it.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use railz_connect_contract::AddressResponse;

use crate::support::browser::{look, navigate, press, prove};
use crate::support::{HOST, LIVE, TestServer};
use crate::who_began::SignIn;

#[tokio::test]
async fn neither_page_can_be_framed_and_only_the_start_page_keeps_its_opener() {
    let it = SignIn::begun().await;
    let page = it.look().await;
    let pressed = press(&it.server, &page).await;
    let unknown = navigate(&it.server, "/oauth/start/made-up", None).await;
    let callback = navigate(&it.server, "/oauth/callback?state=x", None).await;
    for answer in [&page.answer, &pressed, &unknown, &callback] {
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header(header::REFERRER_POLICY), "no-referrer");
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert_eq!(answer.header(header::STRICT_TRANSPORT_SECURITY), "max-age=31536000");
    }
    let policy = page.answer.header(header::CONTENT_SECURITY_POLICY);
    assert!(policy.contains("connect-src 'self'; form-action 'self'"), "{policy}");
    assert_eq!(
        page.answer.header("cross-origin-opener-policy"),
        "",
        "it would cut the opener that is to be asked"
    );
    for answer in [&pressed, &unknown, &callback] {
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("form-action 'none'") && !policy.contains("connect-src"), "{policy}");
    }
}

#[tokio::test]
async fn on_loopback_http_browsers_are_not_sent_to_https() {
    let it = SignIn::begun_at("http://connect.localhost:8081").await;
    let page = it.look().await;
    assert_eq!(page.answer.header(header::STRICT_TRANSPORT_SECURITY), "");
    assert!(page.cookie.starts_with("connect-page-ATT-"), "{}", page.cookie);
    assert_eq!(press(&it.server, &page).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_press_is_answered_with_a_page_that_goes_on_by_script_and_by_a_link() {
    // A redirect would be stopped: Chromium holds `form-action` against where a form's answer leads too.
    let it = SignIn::begun().await;
    let pressed = press(&it.server, &it.look().await).await;
    assert_eq!((pressed.status, pressed.header(header::LOCATION)), (StatusCode::OK, ""));
    let text = pressed.text();
    assert!(text.contains("opener = null; location.replace("), "{text}");
    assert!(text.contains(&format!("href=\"{}/authorize?", it.server.provider.issuer())), "{text}");
    assert!(text.contains("Go on to <bdi>Xero</bdi>"), "{text}");
}

#[tokio::test]
async fn the_page_asks_the_registered_page_that_began_it_and_nobody_else() {
    let it = SignIn::begun().await;
    let text = it.look().await.answer.text();
    assert!(text.contains(&format!("data-origin=\"{HOST}\"")), "{text}");
}

#[tokio::test]
async fn who_asks_without_a_page_gets_no_proof_and_the_page_asks_nobody() {
    let it = SignIn::begun().await;
    let address = asked_from(&it, None).await;
    assert_eq!(address.start_proof, None);
    let page = look(&it.server, &address).await;
    assert!(!page.answer.text().contains("data-origin"), "{}", page.answer.text());
    assert_eq!(prove(&it.server, &page, "").await.status, StatusCode::FORBIDDEN);
    assert_eq!(press(&it.server, &page).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_page_on_the_servers_own_origin_is_asked_although_browsers_do_not_name_it() {
    let it = SignIn::begun_at("https://app.example/connect").await;
    let address = asked_from(&it, Some("same-origin")).await;
    assert!(address.start_proof.is_some());
    let text = look(&it.server, &address).await.answer.text();
    assert!(text.contains("data-origin=\"https://app.example\""), "{text}");
    let elsewhere = SignIn::begun().await;
    let address = asked_from(&elsewhere, Some("same-origin")).await;
    assert_eq!(address.start_proof, None, "the server's own origin is not registered with this widget");
}

/// Begins an attempt by a request without `Origin`.
async fn asked_from(it: &SignIn, site: Option<&str>) -> AddressResponse {
    let uuid = &it.session.integrations.as_ref().unwrap()[0].uuid;
    let mut request = Request::get(format!("/services/url?serviceName=xero&integrationUuid={uuid}"))
        .header(header::AUTHORIZATION, format!("Bearer {}", it.session.access_token.expose()));
    if let Some(site) = site {
        request = request.header("sec-fetch-site", site);
    }
    it.server.send(request.body(Body::empty()).unwrap()).await.json()
}

#[tokio::test]
async fn names_on_the_page_are_text_and_no_markup() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "%3Cimg%20src%3Dx%3E%27%26").await;
    let attempt = server.begin(&session, "xero").await;
    let text = look(&server, &attempt).await.answer.text();
    assert!(!text.contains("<img"), "{text}");
    assert!(text.contains("&lt;img src=x&gt;"), "{text}");
}
