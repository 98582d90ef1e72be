//! The sign-in as it should go, from the start address to the connection.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use railz_connect_contract::{Connection, ConnectionState};

use crate::support::browser::{self, approve, come_back, navigate, path_of};
use crate::support::provider::Manner;
use crate::support::{Bench, LIVE, Wish};

#[tokio::test]
async fn a_person_signs_in_and_the_connection_is_active() {
    let bench = Bench::new().await;
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "xero").await;
    let popup = browser::open(&bench, &attempt).await;
    assert!(bench.status(&session).await.is_empty(), "nothing is listed while the popup is away");
    let page = approve(&bench, &popup).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("You are connected"));

    let connection: Connection = bench.poll(&session, &attempt, 5000).await.json();
    assert_eq!(connection.state, ConnectionState::Active);
    assert_eq!(Some(&connection.connection_id), attempt.connection_id.as_ref());
    assert!(connection.connection_id.as_str().starts_with("CON-"));
    assert_eq!(connection.integration_uuid, Some(session.integrations.as_ref().unwrap()[0].uuid.clone()));
    assert_eq!(bench.status(&session).await, std::slice::from_ref(&connection));
    assert_eq!(bench.session_of(LIVE, "Harbour").await.connections, Some(vec![connection]));
}

#[tokio::test]
async fn the_provider_is_asked_with_pkce_state_and_the_public_callback() {
    let bench =
        Bench::wishing(Wish { service_extra: "scopes = [\"one\", \"two\"]", ..Wish::default() }).await;
    let session = bench.session_of(LIVE, "Harbour").await;
    let popup = browser::open(&bench, &bench.begin(&session, "xero").await).await;
    assert!(popup.at.as_str().starts_with(&format!("{}/authorize?", bench.provider.issuer())));
    assert_eq!(popup.asked("response_type"), "code");
    assert_eq!(popup.asked("client_id"), "practice");
    assert_eq!(popup.asked("redirect_uri"), "https://connect.example/oauth/callback");
    assert_eq!(popup.asked("scope"), "one two");
    assert_eq!(popup.asked("code_challenge_method"), "S256");
    assert_eq!(popup.asked("code_challenge").len(), 43);
    assert!(popup.state().len() >= 43);
    approve(&bench, &popup).await;
    let asked = bench.provider.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0]["redirect_uri"], "https://connect.example/oauth/callback");
    assert!(!asked[0].contains_key("client_secret"), "this client proves itself in the header");
}

#[tokio::test]
async fn a_client_may_prove_itself_in_the_body() {
    let bench = Bench::new().await;
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "harbourBooks").await;
    approve(&bench, &browser::open(&bench, &attempt).await).await;
    assert_eq!(bench.provider.asked()[0]["client_secret"], "harbour-secret");
    assert_eq!(bench.status(&session).await.len(), 1);
}

#[tokio::test]
async fn on_https_the_cookie_belongs_to_this_host_alone() {
    let bench = Bench::new().await;
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "xero").await;
    let popup = browser::open(&bench, &attempt).await;
    assert!(popup.set_cookie.starts_with("__Host-"), "{}", popup.set_cookie);
    for attribute in ["; HttpOnly", "; Secure", "; SameSite=Lax", "; Path=/", "; Max-Age=1800"] {
        assert!(popup.set_cookie.contains(attribute), "{attribute}: {}", popup.set_cookie);
    }
    assert!(!popup.set_cookie.contains("Domain"));
    let page = approve(&bench, &popup).await;
    assert!(page.header(header::SET_COOKIE).contains("Max-Age=0"), "the cookie goes with the attempt");
}

#[tokio::test]
async fn on_loopback_http_the_cookie_is_plain_and_of_the_attempt_alone() {
    let wish = Wish { public_url: "http://connect.localhost:8081", ..Wish::default() };
    let bench = Bench::wishing(wish).await;
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "xero").await;
    let popup = browser::open(&bench, &attempt).await;
    assert!(popup.cookie.contains(attempt.attempt_id.as_ref().unwrap().as_str()), "{}", popup.cookie);
    assert!(!popup.set_cookie.contains("Secure") && !popup.set_cookie.contains("__Host-"));
    assert!(popup.set_cookie.contains("; HttpOnly; SameSite=Lax; Path=/"));
    approve(&bench, &popup).await;
    assert_eq!(bench.status(&session).await.len(), 1);
}

#[tokio::test]
async fn a_popup_that_is_opened_again_voids_the_older_one() {
    let bench = Bench::new().await;
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "xero").await;
    let older = browser::open(&bench, &attempt).await;
    let newer = browser::open(&bench, &attempt).await;
    assert_ne!(older.state(), newer.state());
    assert_ne!(older.asked("code_challenge"), newer.asked("code_challenge"));
    assert_ne!(older.cookie, newer.cookie);
    assert_eq!(approve(&bench, &older).await.status, StatusCode::BAD_REQUEST);
    assert!(bench.provider.asked().is_empty());
    assert_eq!(approve(&bench, &newer).await.status, StatusCode::OK);
    assert_eq!(bench.status(&session).await.len(), 1);
}

#[tokio::test]
async fn whoever_only_looks_at_an_address_changes_nothing() {
    let bench = Bench::new().await;
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "xero").await;
    let popup = browser::open(&bench, &attempt).await;
    let callback = format!("/oauth/callback?error=access_denied&state={}", popup.state());
    for path in [path_of(&attempt.url), callback] {
        let request = Request::head(&path).header(header::COOKIE, &popup.cookie).body(Body::empty()).unwrap();
        assert_eq!(bench.send(request).await.status, StatusCode::METHOD_NOT_ALLOWED);
    }
    assert_eq!(approve(&bench, &popup).await.status, StatusCode::OK);
    assert_eq!(bench.status(&session).await.len(), 1);
}

#[tokio::test]
async fn a_start_address_is_dead_once_a_callback_came() {
    let bench = Bench::new().await;
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "xero").await;
    approve(&bench, &browser::open(&bench, &attempt).await).await;
    let answer = navigate(&bench, &path_of(&attempt.url), None).await;
    assert_eq!(answer.status, StatusCode::GONE);
    assert!(answer.text().contains("This sign-in is over"));
}

#[tokio::test]
async fn a_start_address_that_is_unknown_or_too_old_says_so() {
    let bench = Bench::new().await;
    assert_eq!(navigate(&bench, "/oauth/start/made-up", None).await.status, StatusCode::NOT_FOUND);
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "xero").await;
    bench.clock.pass(1801);
    let answer = navigate(&bench, &path_of(&attempt.url), None).await;
    assert_eq!(answer.status, StatusCode::GONE);
    assert!(answer.text().contains("took too long"));
    assert_eq!(answer.header(header::SET_COOKIE), "");
}

#[tokio::test]
async fn under_a_path_every_link_carries_it() {
    let wish = Wish { public_url: "https://x.example/a/b/", ..Wish::default() };
    let bench = Bench::wishing(wish).await;
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "xero").await;
    assert!(attempt.url.starts_with("https://x.example/a/b/oauth/start/"), "{}", attempt.url);
    let popup = browser::open(&bench, &attempt).await;
    assert_eq!(popup.asked("redirect_uri"), "https://x.example/a/b/oauth/callback");
    let code = bench.provider.consent(&popup);
    let path = format!("/a/b/oauth/callback?code={code}&state={}", popup.state());
    assert_eq!(navigate(&bench, &path, Some(&popup.cookie)).await.status, StatusCode::OK);
    let answer = bench.get("/a/b/widget/status", session.access_token.expose()).await;
    assert_eq!(answer.json::<Vec<Connection>>().len(), 1);
    assert_eq!(bench.status(&session).await.len(), 1, "and so behind a proxy that takes the path away");
}

#[tokio::test]
async fn a_sign_in_that_comes_back_late_but_in_its_life_still_counts() {
    let bench = Bench::new().await;
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "xero").await;
    let popup = browser::open(&bench, &attempt).await;
    bench.clock.pass(1799);
    assert_eq!(approve(&bench, &popup).await.status, StatusCode::OK);
    assert_eq!(bench.status(&session).await.len(), 1);
}

#[tokio::test]
async fn small_liberties_in_the_token_answer_are_understood() {
    let bench = Bench::new().await;
    for (manner, tenant) in [(Manner::LifetimeAsText, "T-1"), (Manner::NoRefreshToken, "T-2")] {
        bench.provider.behave(manner);
        bench.provider.lists("connections", serde_json::json!([{"tenantId": tenant}]));
        let session = bench.session_of(LIVE, tenant).await;
        let attempt = bench.begin(&session, "xero").await;
        approve(&bench, &browser::open(&bench, &attempt).await).await;
        assert_eq!(bench.poll(&session, &attempt, 0).await.status, StatusCode::OK, "{manner:?}");
        let id = attempt.connection_id.unwrap();
        let stored = bench.app.store.credential(&id).await.unwrap().unwrap();
        assert_eq!(stored.credential.refresh.is_some(), manner == Manner::LifetimeAsText);
        assert_eq!(stored.credential.refresh_at.is_some(), manner == Manner::LifetimeAsText);
    }
}

#[tokio::test]
async fn no_credential_is_readable_in_the_database_file() {
    let bench = Bench::new().await;
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "xero").await;
    let popup = browser::open(&bench, &attempt).await;
    let state = popup.state();
    approve(&bench, &popup).await;
    let verifier = bench.provider.asked()[0]["code_verifier"].clone();
    bench.app.store.close().await;
    for entry in std::fs::read_dir(bench.folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for secret in ["access-2", "refresh-2", "code-1", &verifier, &state] {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} lies open");
        }
    }
}

#[tokio::test]
async fn a_second_browser_tab_with_other_cookies_does_no_harm() {
    let bench = Bench::new().await;
    let session = bench.session_of(LIVE, "Harbour").await;
    let (one, two) = (bench.begin(&session, "xero").await, bench.begin(&session, "harbourBooks").await);
    let (first, second) = (browser::open(&bench, &one).await, browser::open(&bench, &two).await);
    let both = format!("{}; {}", first.cookie, second.cookie);
    for popup in [&second, &first] {
        let code = bench.provider.consent(popup);
        let path = format!("/oauth/callback?code={code}&state={}", popup.state());
        assert_eq!(navigate(&bench, &path, Some(&both)).await.status, StatusCode::OK);
    }
    assert_eq!(bench.status(&session).await.len(), 2);
    let again = come_back(&bench, &first, &format!("code=x&state={}", first.state())).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
}
