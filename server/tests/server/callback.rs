//! Callbacks that are not what they should be, and the page that says how it ended.

use axum::http::{StatusCode, header};
use railz_connect_contract::{AddressResponse, Connection, ConnectionError, ConnectionState, RefusalReason};

use crate::support::browser::{self, Popup, approve, come_back, deny, navigate};
use crate::support::{Answer, LIVE, ServerOptions, TestServer};

struct SignIn {
    server: TestServer,
    session: railz_connect_contract::SessionResponse<serde_json::Value>,
    attempt: AddressResponse,
    popup: Popup,
}

impl SignIn {
    async fn begun(service_extra: &'static str, service: &str) -> Self {
        let server =
            TestServer::with_options(ServerOptions { service_extra, ..ServerOptions::default() }).await;
        let session = server.session_of(LIVE, "Harbour").await;
        let attempt = server.begin(&session, service).await;
        let popup = browser::open(&server, &attempt).await;
        Self { server, session, attempt, popup }
    }

    async fn poll(&self) -> Answer {
        self.server.poll(&self.session, &self.attempt, 0).await
    }

    /// Nothing has happened yet, and the real sign-in still works.
    async fn goes_on_unharmed(&self) {
        assert_eq!(self.poll().await.text(), "null");
        assert!(self.server.provider.asked().is_empty(), "no code was exchanged");
        assert_eq!(approve(&self.server, &self.popup).await.status, StatusCode::OK);
        let connection: Connection = self.poll().await.json();
        assert_eq!(connection.state, ConnectionState::Active);
    }
}

#[tokio::test]
async fn a_forged_state_is_refused_and_harms_nobody() {
    let it = SignIn::begun("", "xero").await;
    for query in ["code=stolen&state=made-up", "code=stolen", "state=", "", "state=a&state=b&code=x"] {
        let page = come_back(&it.server, &it.popup, query).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{query}");
        assert!(page.text().contains("Nothing was changed"), "{query}");
    }
    it.goes_on_unharmed().await;
}

#[tokio::test]
async fn a_callback_without_the_cookie_is_refused_and_harms_nobody() {
    let it = SignIn::begun("", "xero").await;
    let path = format!("/oauth/callback?code=stolen&state={}", it.popup.state());
    let page = navigate(&it.server, &path, None).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.text().contains("began somewhere else"));
    it.goes_on_unharmed().await;
}

#[tokio::test]
async fn a_callback_with_the_cookie_of_another_sign_in_is_refused_and_harms_nobody() {
    let it = SignIn::begun("", "xero").await;
    let other = it.server.begin(&it.session, "harbourBooks").await;
    let other = browser::open(&it.server, &other).await;
    let (name, _) = it.popup.cookie.split_once('=').unwrap();
    let (_, value) = other.cookie.split_once('=').unwrap();
    for cookie in [other.cookie.clone(), format!("{name}={value}")] {
        for answer in ["code=stolen", "error=access_denied"] {
            let path = format!("/oauth/callback?{answer}&state={}", it.popup.state());
            let page = navigate(&it.server, &path, Some(&cookie)).await;
            assert_eq!(page.status, StatusCode::BAD_REQUEST);
        }
    }
    it.goes_on_unharmed().await;
}

#[tokio::test]
async fn a_state_is_good_for_one_callback() {
    let it = SignIn::begun("", "xero").await;
    assert_eq!(approve(&it.server, &it.popup).await.status, StatusCode::OK);
    assert_eq!(approve(&it.server, &it.popup).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(deny(&it.server, &it.popup).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(it.server.provider.asked().len(), 1, "one code was exchanged");
    assert_eq!(it.poll().await.json::<Connection>().state, ConnectionState::Active);
}

#[tokio::test]
async fn of_two_callbacks_at_once_one_gets_through() {
    let it = SignIn::begun("", "xero").await;
    let code = it.server.provider.consent(&it.popup);
    let query = format!("code={code}&state={}", it.popup.state());
    let (one, two) =
        tokio::join!(come_back(&it.server, &it.popup, &query), come_back(&it.server, &it.popup, &query));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400]);
    assert_eq!(it.server.provider.asked().len(), 1);
}

#[tokio::test]
async fn an_answer_of_another_issuer_ends_the_attempt_without_an_exchange() {
    let it = SignIn::begun("", "xero").await;
    let query = format!("code=x&state={}&iss=https://evil.example", it.popup.state());
    let page = come_back(&it.server, &it.popup, &query).await;
    assert!(page.text().contains("did not come from Xero"), "{}", page.text());
    assert!(it.server.provider.asked().is_empty());
    let (status, message) = it.poll().await.refusal();
    assert_eq!(status, 502);
    assert!(message.contains("did not come from Xero"), "{message}");
}

#[tokio::test]
async fn an_issuer_that_must_come_and_does_not_ends_the_attempt() {
    let it = SignIn::begun("require_iss = true", "xero").await;
    let query = format!("code=x&state={}", it.popup.state());
    come_back(&it.server, &it.popup, &query).await;
    assert!(it.server.provider.asked().is_empty());
    assert_eq!(it.poll().await.refusal().0, 502);
}

/// It used to be believed whoever it named. RFC 9207 section 2.4 leaves it to the client.
#[tokio::test]
async fn where_no_issuer_is_known_an_answer_counts_from_where_the_service_lives_and_from_nowhere_else() {
    let own = TestServer::new().await.provider.issuer();
    for (issuer, is_accepted) in [
        ("@/some/path", true),
        ("https://identity.xero.com", false),
        ("https://whoever.example", false),
        (own.as_str(), false),
        ("", false),
        ("not%20an%20address", false),
    ] {
        let it = SignIn::begun("", "harbourBooks").await;
        let code = it.server.provider.consent(&it.popup);
        let issuer = issuer.replace('@', &it.server.provider.issuer());
        let query = format!("code={code}&state={}&iss={issuer}", it.popup.state());
        let page = come_back(&it.server, &it.popup, &query).await.text();
        assert_eq!(page.contains("did not come from Harbour"), !is_accepted, "{issuer}: {page}");
        assert_eq!(it.server.provider.asked().len(), usize::from(is_accepted), "{issuer}");
        let polled = it.poll().await;
        if is_accepted {
            assert_eq!(polled.json::<Connection>().state, ConnectionState::Active);
        } else {
            assert_eq!(polled.refusal().0, 502, "{issuer}");
        }
    }
}

#[tokio::test]
async fn a_person_who_says_no_is_told_so_and_nothing_is_listed() {
    let it = SignIn::begun("", "xero").await;
    let page = deny(&it.server, &it.popup).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Access was not granted"));
    let connection: Connection = it.poll().await.json();
    assert_eq!(connection.state, ConnectionState::Invalid);
    assert_eq!(connection.error, Some(ConnectionError::InsufficientPermission));
    assert_eq!(connection.reason, Some(RefusalReason::AccessDenied));
    assert!(it.server.status(&it.session).await.is_empty());
    let later = it.server.session_of(LIVE, "Harbour").await;
    assert_eq!(later.connections, Some(vec![]));
}

#[tokio::test]
async fn a_providers_own_error_is_told_as_an_error_each_time() {
    let it = SignIn::begun("", "xero").await;
    let query =
        format!("error=server_error&error_description=%3Cb%3Eboom%3C/b%3E&state={}", it.popup.state());
    let page = come_back(&it.server, &it.popup, &query).await;
    assert!(page.text().contains("Xero reported a problem"));
    assert!(!page.text().contains("boom"), "the provider's own words stay out");
    for _ in 0..2 {
        let (status, message) = it.poll().await.refusal();
        assert_eq!(status, 502);
        assert!(message.contains("Xero reported a problem"), "{message}");
    }
    assert!(it.server.status(&it.session).await.is_empty());
}

#[tokio::test]
async fn a_callback_with_neither_code_nor_error_is_told_as_an_error() {
    let it = SignIn::begun("", "xero").await;
    come_back(&it.server, &it.popup, &format!("state={}&code=", it.popup.state())).await;
    assert_eq!(it.poll().await.refusal().0, 502);
}

#[tokio::test]
async fn a_callback_after_the_attempts_life_changes_nothing() {
    let it = SignIn::begun("", "xero").await;
    it.server.clock.pass(1801);
    let page = approve(&it.server, &it.popup).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.text().contains("took too long"));
    assert!(it.server.provider.asked().is_empty());
    assert_eq!(it.poll().await.refusal().0, 410);
}

/// Contract rule F3.
#[tokio::test]
async fn the_page_closes_itself_and_nothing_else_may_run_in_it() {
    let it = SignIn::begun("", "harbourBooks").await;
    let code = it.server.provider.consent(&it.popup);
    let page = come_back(&it.server, &it.popup, &format!("code={code}&state={}", it.popup.state())).await;
    let policy = page.header(header::CONTENT_SECURITY_POLICY);
    assert!(policy.starts_with("default-src 'none'; script-src 'nonce-"), "{policy}");
    assert!(policy.contains("style-src 'nonce-") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(
        page.header("cross-origin-opener-policy"),
        "unsafe-none",
        "browsers showed no page with another one in a window that is sandboxed, and it never closed"
    );
    let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    let text = page.text();
    assert!(text.contains(&format!("<script nonce=\"{nonce}\">window.close();</script>")));
    assert!(text.contains(&format!("<style nonce=\"{nonce}\">")));
    assert_eq!(text.matches("<script").count(), 1);
    assert!(!text.contains(" style=") && !text.contains("//"), "nothing inline, nothing from elsewhere");
    assert!(text.contains("Harbour &lt;Books&gt; is connected"), "names are escaped");
    for part in ["<html lang=\"en\">", "<title>", "<main", "<h1>", "You can close this window."] {
        assert!(text.contains(part), "{part}");
    }
    assert_eq!(page.header(header::CONTENT_TYPE), "text/html; charset=utf-8");
    assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
    assert_eq!(page.header(header::REFERRER_POLICY), "no-referrer");
    assert_eq!(page.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
}

#[tokio::test]
async fn each_page_has_a_nonce_of_its_own() {
    let server = TestServer::new().await;
    let policy = async || {
        let page = navigate(&server, "/oauth/callback?state=x", None).await;
        page.header(header::CONTENT_SECURITY_POLICY).to_owned()
    };
    assert_ne!(policy().await, policy().await);
}
