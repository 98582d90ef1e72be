//! The sign-in as it should go, from the start address to the connection.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use railz_connect_contract::{Connection, ConnectionState};

use crate::support::browser::{self, approve, come_back, navigate, path_of};
use crate::support::provider::Behaviour;
use crate::support::secret_key::minted_session;
use crate::support::{LIVE, ServerOptions, TestServer};

#[tokio::test]
async fn a_person_signs_in_and_the_connection_is_active() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let popup = browser::open(&server, &attempt).await;
    assert!(server.status(&session).await.is_empty(), "nothing is listed while the popup is away");
    let page = approve(&server, &popup).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("You are connected"));

    let connection: Connection = server.poll(&session, &attempt, 5000).await.json();
    assert_eq!(connection.state, ConnectionState::Active);
    assert_eq!(Some(&connection.connection_id), attempt.connection_id.as_ref());
    assert!(connection.connection_id.as_str().starts_with("CON-"));
    assert_eq!(connection.integration_uuid, Some(session.integrations.as_ref().unwrap()[0].uuid.clone()));
    assert_eq!(server.status(&session).await, std::slice::from_ref(&connection));
    let later = minted_session(&server, LIVE, "Harbour").await;
    assert_eq!(later.connections, Some(vec![connection]));
}

#[tokio::test]
async fn the_provider_is_asked_with_pkce_state_and_the_public_callback() {
    let server = TestServer::with_options(ServerOptions {
        service_extra: "scopes = [\"one\", \"two\"]",
        ..ServerOptions::default()
    })
    .await;
    let session = server.session_of(LIVE, "Harbour").await;
    let popup = browser::open(&server, &server.begin(&session, "xero").await).await;
    assert!(popup.at.as_str().starts_with(&format!("{}/authorize?", server.provider.issuer())));
    assert_eq!(popup.asked("response_type"), "code");
    assert_eq!(popup.asked("client_id"), "practice");
    assert_eq!(popup.asked("redirect_uri"), "https://connect.example/oauth/callback");
    assert_eq!(popup.asked("scope"), "one two");
    assert_eq!(popup.asked("code_challenge_method"), "S256");
    assert_eq!(popup.asked("code_challenge").len(), 43);
    assert!(popup.state().len() >= 43);
    approve(&server, &popup).await;
    let asked = server.provider.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0]["redirect_uri"], "https://connect.example/oauth/callback");
    assert!(!asked[0].contains_key("client_secret"), "this client proves itself in the header");
}

#[tokio::test]
async fn a_client_may_prove_itself_in_the_body() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "harbourBooks").await;
    approve(&server, &browser::open(&server, &attempt).await).await;
    assert_eq!(server.provider.asked()[0]["client_secret"], "harbour-secret");
    assert_eq!(server.status(&session).await.len(), 1);
}

#[tokio::test]
async fn on_https_the_cookie_belongs_to_this_host_alone() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let popup = browser::open(&server, &attempt).await;
    assert!(popup.set_cookie.starts_with("__Host-"), "{}", popup.set_cookie);
    for attribute in ["; HttpOnly", "; Secure", "; SameSite=Lax", "; Path=/", "; Max-Age=1800"] {
        assert!(popup.set_cookie.contains(attribute), "{attribute}: {}", popup.set_cookie);
    }
    assert!(!popup.set_cookie.contains("Domain"));
    let page = approve(&server, &popup).await;
    assert!(page.header(header::SET_COOKIE).contains("Max-Age=0"), "the cookie goes with the attempt");
}

#[tokio::test]
async fn on_loopback_http_the_cookie_is_plain_and_of_the_attempt_alone() {
    let wish = ServerOptions { public_url: "http://connect.localhost:8081", ..ServerOptions::default() };
    let server = TestServer::with_options(wish).await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let popup = browser::open(&server, &attempt).await;
    assert!(popup.cookie.contains(attempt.attempt_id.as_ref().unwrap().as_str()), "{}", popup.cookie);
    assert!(!popup.set_cookie.contains("Secure") && !popup.set_cookie.contains("__Host-"));
    assert!(popup.set_cookie.contains("; HttpOnly; SameSite=Lax; Path=/"));
    approve(&server, &popup).await;
    assert_eq!(server.status(&session).await.len(), 1);
}

#[tokio::test]
async fn a_popup_that_is_opened_again_voids_the_older_one() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let older = browser::open(&server, &attempt).await;
    let newer = browser::open(&server, &attempt).await;
    assert_ne!(older.state(), newer.state());
    assert_ne!(older.asked("code_challenge"), newer.asked("code_challenge"));
    assert_ne!(older.cookie, newer.cookie);
    assert_eq!(approve(&server, &older).await.status, StatusCode::BAD_REQUEST);
    assert!(server.provider.asked().is_empty());
    assert_eq!(approve(&server, &newer).await.status, StatusCode::OK);
    assert_eq!(server.status(&session).await.len(), 1);
}

#[tokio::test]
async fn whoever_only_looks_at_an_address_changes_nothing() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let popup = browser::open(&server, &attempt).await;
    let callback = format!("/oauth/callback?error=access_denied&state={}", popup.state());
    for path in [path_of(&attempt.url), callback] {
        let request = Request::head(&path).header(header::COOKIE, &popup.cookie).body(Body::empty()).unwrap();
        assert_eq!(server.send(request).await.status, StatusCode::METHOD_NOT_ALLOWED);
    }
    assert_eq!(approve(&server, &popup).await.status, StatusCode::OK);
    assert_eq!(server.status(&session).await.len(), 1);
}

#[tokio::test]
async fn a_start_address_is_dead_once_a_callback_came() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    approve(&server, &browser::open(&server, &attempt).await).await;
    let answer = navigate(&server, &path_of(&attempt.url), None).await;
    assert_eq!(answer.status, StatusCode::GONE);
    assert!(answer.text().contains("This sign-in is over"));
}

#[tokio::test]
async fn a_start_address_that_is_unknown_or_too_old_says_so() {
    let server = TestServer::new().await;
    assert_eq!(navigate(&server, "/oauth/start/made-up", None).await.status, StatusCode::NOT_FOUND);
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    server.clock.pass(1801);
    let answer = navigate(&server, &path_of(&attempt.url), None).await;
    assert_eq!(answer.status, StatusCode::GONE);
    assert!(answer.text().contains("took too long"));
    assert_eq!(answer.header(header::SET_COOKIE), "");
}

#[tokio::test]
async fn under_a_path_every_link_carries_it() {
    let wish = ServerOptions { public_url: "https://x.example/a/b/", ..ServerOptions::default() };
    let server = TestServer::with_options(wish).await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    assert!(attempt.url.starts_with("https://x.example/a/b/oauth/start/"), "{}", attempt.url);
    let popup = browser::open(&server, &attempt).await;
    assert_eq!(popup.asked("redirect_uri"), "https://x.example/a/b/oauth/callback");
    let code = server.provider.consent(&popup);
    let path = format!("/a/b/oauth/callback?code={code}&state={}", popup.state());
    assert_eq!(navigate(&server, &path, Some(&popup.cookie)).await.status, StatusCode::OK);
    let answer = server.get("/a/b/widget/status", session.access_token.expose()).await;
    assert_eq!(answer.json::<Vec<Connection>>().len(), 1);
    assert_eq!(server.status(&session).await.len(), 1, "and so behind a proxy that takes the path away");
}

#[tokio::test]
async fn a_sign_in_that_comes_back_late_but_in_its_life_still_counts() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let popup = browser::open(&server, &attempt).await;
    server.clock.pass(1799);
    assert_eq!(approve(&server, &popup).await.status, StatusCode::OK);
    assert_eq!(server.status(&session).await.len(), 1);
}

#[tokio::test]
async fn small_liberties_in_the_token_answer_are_understood() {
    let server = TestServer::new().await;
    for (behaviour, tenant) in [(Behaviour::LifetimeAsText, "T-1"), (Behaviour::NoRefreshToken, "T-2")] {
        server.provider.behave(behaviour);
        server.provider.lists("connections", serde_json::json!([{"tenantId": tenant}]));
        let session = server.session_of(LIVE, tenant).await;
        let attempt = server.begin(&session, "xero").await;
        approve(&server, &browser::open(&server, &attempt).await).await;
        assert_eq!(server.poll(&session, &attempt, 0).await.status, StatusCode::OK, "{behaviour:?}");
        let id = attempt.connection_id.unwrap();
        let stored = server.app.store.credential(&id).await.unwrap().unwrap();
        assert_eq!(stored.credential.refresh.is_some(), behaviour == Behaviour::LifetimeAsText);
        assert_eq!(stored.credential.refresh_at.is_some(), behaviour == Behaviour::LifetimeAsText);
    }
}

#[tokio::test]
async fn no_credential_is_readable_in_the_database_file() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let popup = browser::open(&server, &attempt).await;
    let state = popup.state();
    approve(&server, &popup).await;
    let verifier = server.provider.asked()[0]["code_verifier"].clone();
    server.app.store.close().await;
    for entry in std::fs::read_dir(server.folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for secret in ["access-2", "refresh-2", "code-1", &verifier, &state] {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} lies open");
        }
    }
}

#[tokio::test]
async fn a_second_browser_tab_with_other_cookies_does_no_harm() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let (one, two) = (server.begin(&session, "xero").await, server.begin(&session, "harbourBooks").await);
    let (first, second) = (browser::open(&server, &one).await, browser::open(&server, &two).await);
    let both = format!("{}; {}", first.cookie, second.cookie);
    for popup in [&second, &first] {
        let code = server.provider.consent(popup);
        let path = format!("/oauth/callback?code={code}&state={}", popup.state());
        assert_eq!(navigate(&server, &path, Some(&both)).await.status, StatusCode::OK);
    }
    assert_eq!(server.status(&session).await.len(), 2);
    let again = come_back(&server, &first, &format!("code=x&state={}", first.state())).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
}
