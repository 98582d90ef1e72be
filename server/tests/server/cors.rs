//! Which pages may ask.

use axum::body::Body;
use axum::http::{HeaderValue, Request, StatusCode, header};
use connect_server::domain::origin::OriginPattern;
use connect_server::domain::widget::{self, Mode, SessionPolicy, Widget};

use crate::support::{Answer, HOST, LIVE, TestServer, request};

const OTHERS: &str = "https://other.example";

async fn preflight(server: &TestServer, origin: &str, path: &str) -> Answer {
    let request = Request::options(path)
        .header(header::ORIGIN, origin)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type,railz-connect-version");
    server.send(request.body(Body::empty()).unwrap()).await
}

async fn open_session(server: &TestServer, origin: Option<&str>) -> Answer {
    let mut request = Request::post(format!("/widget/session/{LIVE}?businessName=Harbour"));
    if let Some(origin) = origin {
        request = request.header(header::ORIGIN, origin);
    }
    server.send(request.body(Body::from("{}")).unwrap()).await
}

/// A second widget, for pages of [`OTHERS`].
async fn with_other_widget() -> TestServer {
    let server = TestServer::new().await;
    let other = Widget {
        id: widget::parse_id("PROD_other", Mode::Live).unwrap(),
        name: "Other Lending".to_owned(),
        email: String::new(),
        mode: Mode::Live,
        origins: vec![OTHERS.parse().unwrap()],
        sessions: SessionPolicy::Open,
        success_addresses: Vec::new(),
        created_at: server.app.now(),
    };
    server.app.store.add_widget(&other).await.unwrap();
    server
}

#[tokio::test]
async fn a_preflight_is_answered_for_a_page_of_any_widget() {
    let server = with_other_widget().await;
    let paths = [
        "/widget/session/PROD_demo",
        "/services/url",
        "/widget/status",
        "/widget/connection/updates/CON-1",
        "/sandbox/login/ATT-1",
        "/plaid/updateConnection",
    ];
    for path in paths {
        for origin in [HOST, OTHERS, "http://b.localhost:4711"] {
            let answer = preflight(&server, origin, path).await;
            assert_eq!(answer.status, StatusCode::NO_CONTENT, "{path}");
            assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), origin);
            assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_METHODS), "GET, POST, PATCH, DELETE");
            let headers = answer.header(header::ACCESS_CONTROL_ALLOW_HEADERS);
            assert_eq!(headers, "content-type, railz-connect-version, authorization");
            assert_eq!(answer.header(header::ACCESS_CONTROL_MAX_AGE), "86400");
            assert_eq!(answer.header(header::VARY), "Origin");
        }
    }
}

#[tokio::test]
async fn a_preflight_of_a_page_of_no_widget_is_refused_with_a_message() {
    let server = TestServer::new().await;
    for origin in ["https://evil.example", "null", "https://app.example.evil.example", "http://app.example"] {
        let answer = preflight(&server, origin, "/widget/status").await;
        assert_eq!(answer.refusal().0, 403, "{origin}");
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "");
    }
}

#[tokio::test]
async fn the_request_itself_is_checked_against_its_own_widget() {
    let server = with_other_widget().await;
    assert_eq!(open_session(&server, Some(HOST)).await.status, StatusCode::OK);
    let refused = open_session(&server, Some(OTHERS)).await;
    assert_eq!(refused.refusal().0, 403);
    assert_eq!(refused.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), OTHERS, "that page may read why");
    let refused = open_session(&server, Some("https://evil.example")).await;
    assert_eq!(refused.refusal().0, 403);
    assert_eq!(refused.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "");
}

#[tokio::test]
async fn a_token_does_not_work_from_a_page_of_another_widget() {
    let server = with_other_widget().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let request = Request::get("/widget/status")
        .header(header::ORIGIN, OTHERS)
        .header(header::AUTHORIZATION, format!("Bearer {}", session.access_token.expose()));
    let answer = server.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.refusal().0, 403);
}

#[tokio::test]
async fn a_request_that_no_page_sent_opens_no_session() {
    // It used to pass, and whoever knew a widget's id and a business's name had its connections from any program.
    let server = TestServer::new().await;
    let (status, message) = open_session(&server, None).await.refusal();
    assert_eq!(status, 403);
    assert!(message.contains("POST /v2/sessions"), "{message}");
    // With a session it passes: a browser sends no `Origin` with a GET within one origin.
    let session = server.session_of(LIVE, "Harbour").await;
    let request = Request::get("/widget/status")
        .header(header::AUTHORIZATION, format!("Bearer {}", session.access_token.expose()));
    assert_eq!(server.send(request.body(Body::empty()).unwrap()).await.status, StatusCode::OK);
}

/// A request that needs no preflight saves a round trip; it passes the same check of its origin.
#[tokio::test]
async fn a_session_opens_by_a_request_that_needs_no_preflight() {
    let server = TestServer::new().await;
    for (origin, due) in [(HOST, StatusCode::OK), ("https://evil.example", StatusCode::FORBIDDEN)] {
        let mut asked = request(
            "POST",
            &format!("/widget/session/{LIVE}?businessName=Harbour"),
            None,
            r#"{"metadata":null}"#,
        );
        let headers = asked.headers_mut();
        headers.remove(railz_connect_contract::VERSION_HEADER);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain;charset=UTF-8"));
        headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
        let answer = server.send(asked).await;
        assert_eq!(answer.status, due, "{origin}");
        let readable = if due == StatusCode::OK { origin } else { "" };
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), readable);
    }
}

#[tokio::test]
async fn answers_and_errors_let_the_page_read_them() {
    let server = TestServer::new().await;
    for (method, path) in [
        ("POST", "/widget/session/nobody"),
        ("POST", "/widget/session/PROD_demo?businessName=x"),
        ("GET", "/widget/status"),
        ("GET", "/nowhere"),
        ("POST", "/widget/session/PROD_demo"),
    ] {
        let answer = server.ask(method, path, None, "{}").await;
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), HOST, "{path}");
        assert_eq!(answer.header(header::VARY), "Origin", "{path}");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
    }
}

#[test]
fn a_pattern_means_what_it_says_and_no_more() {
    let means = |pattern: &str, origin: &str| pattern.parse::<OriginPattern>().unwrap().matches(origin);
    assert!(means("https://app.example", "https://app.example"));
    assert!(means("https://app.example/", "https://app.example"));
    assert!(!means("https://app.example", "https://app.example:8443"));
    assert!(!means("https://app.example", "http://app.example"));
    assert!(means("http://127.0.0.1:*", "http://127.0.0.1:8080"));
    assert!(means("http://127.0.0.1:*", "http://127.0.0.1"));
    assert!(!means("http://127.0.0.1:*", "http://127.0.0.2:8080"));
    assert!(!means("http://127.0.0.1:*", "https://127.0.0.1:8080"));
    assert!(!means("http://127.0.0.1:*", "http://127.0.0.1:8080.evil.example"));
    assert!(means("http://[::1]:*", "http://[::1]:8080"));
    assert!(means("http://localhost:*", "http://localhost:3000"));
    assert!(!means("http://localhost:*", "http://a.localhost:3000"));
    assert!(means("http://*.localhost:*", "http://a.localhost:3000"));
    assert!(!means("http://*.localhost:*", "http://localhost:3000"));
    assert!(!means("http://*.localhost:*", "http://.localhost:3000"));
    assert!(!means("http://*.localhost:*", "http://evil.example:80/.localhost"));
}

#[test]
fn what_is_no_origin_is_refused_with_what_would_be_right() {
    for text in [
        "",
        "*",
        "app.example",
        "https://*.app.example",
        "https://app.example:*",
        "https://app.example/page",
        "https://app.example?x",
        "https://user@app.example",
        "http://app.example",
        "http://app.example:*",
        "ftp://app.example",
        "http://localhost:80*",
    ] {
        let refused = text.parse::<OriginPattern>().expect_err(text).to_string();
        assert!(refused.contains("https://app.example"), "{refused}");
    }
}
