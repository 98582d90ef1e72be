//! A callback address for each service, so that one service's answer cannot pass for another's (a mix-up, RFC 9700).

use axum::http::StatusCode;
use connect_server::services::oauth::refresh::refresh_due;
use serde_json::Value;

use crate::support::browser::{self, Popup, navigate};
use crate::support::{Answer, LIVE, ServerOptions, TestServer};

async fn server(top: &str) -> TestServer {
    TestServer::with_options(ServerOptions { top: top.to_owned(), ..ServerOptions::default() }).await
}

async fn come_back_to(server: &TestServer, popup: &Popup, address: &str) -> Answer {
    let code = server.provider.consent(popup);
    let (state, issuer) = (popup.state(), server.provider.issuer());
    navigate(server, &format!("{address}?code={code}&state={state}&iss={issuer}"), Some(&popup.cookie)).await
}

#[tokio::test]
async fn services_share_an_address_until_the_operator_gives_each_its_own() {
    for (top, due) in [
        ("", "https://connect.example/oauth/callback"),
        ("own_callbacks = true", "https://connect.example/oauth/callback/xero"),
    ] {
        let server = server(top).await;
        let session = server.session_of(LIVE, "Harbour").await;
        let popup = browser::open(&server, &server.begin(&session, "xero").await).await;
        assert_eq!(popup.asked("redirect_uri"), due);
        let address = due.strip_prefix("https://connect.example").unwrap();
        assert_eq!(come_back_to(&server, &popup, address).await.status, StatusCode::OK);
        assert_eq!(server.provider.asked()[0]["redirect_uri"], due, "the exchange names the same one");
    }
}

#[tokio::test]
async fn one_service_can_have_an_address_of_its_own_and_another_not() {
    let options = ServerOptions { service_extra: "own_callback = true", ..ServerOptions::default() };
    let server = TestServer::with_options(options).await;
    let session = server.session_of(LIVE, "Harbour").await;
    for (service, due) in [("xero", "/oauth/callback/xero"), ("harbourBooks", "/oauth/callback")] {
        let popup = browser::open(&server, &server.begin(&session, service).await).await;
        assert_eq!(popup.asked("redirect_uri"), format!("https://connect.example{due}"));
    }
}

#[tokio::test]
async fn an_answer_at_another_services_address_changes_nothing() {
    let server = server("own_callbacks = true").await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let popup = browser::open(&server, &attempt).await;
    for foreign in ["/oauth/callback/harbourBooks", "/oauth/callback", "/oauth/callback/nobody"] {
        let page = come_back_to(&server, &popup, foreign).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{foreign}");
        assert!(page.text().contains("Nothing was changed"), "{foreign}: {}", page.text());
    }
    assert!(server.provider.asked().is_empty(), "no code was exchanged");
    assert_eq!(come_back_to(&server, &popup, "/oauth/callback/xero").await.status, StatusCode::OK);
    let told: Value = server.poll(&session, &attempt, 0).await.json();
    assert_eq!(told["state"], "active");
}

#[tokio::test]
async fn a_service_that_shares_the_address_may_answer_at_its_own_one_already() {
    // An operator registers the new address first and switches afterwards.
    let server = server("").await;
    let session = server.session_of(LIVE, "Harbour").await;
    let popup = browser::open(&server, &server.begin(&session, "xero").await).await;
    assert_eq!(
        come_back_to(&server, &popup, "/oauth/callback/harbourBooks").await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(come_back_to(&server, &popup, "/oauth/callback/xero").await.status, StatusCode::OK);
    server.clock.pass(1440);
    assert_eq!(refresh_due(&server.app).await.unwrap(), 1);
}
