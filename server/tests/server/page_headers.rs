//! What every answer that a browser may show as a page says to it.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};

use crate::support::TestServer;

const OPENER_POLICY: &str = "cross-origin-opener-policy";

/// Open routes without a page of their own, calls of pages and of back ends, and no route at all.
const OTHERS: [(Method, &str, u16); 11] = [
    (Method::GET, "/healthz", 200),
    (Method::GET, "/.well-known/jwks.json", 200),
    (Method::GET, "/quickbooksDesktop/soap", 200),
    (Method::GET, "/plaid/logo/CON-1", 404),
    (Method::GET, "/oauth/callback?state=x", 400),
    (Method::HEAD, "/oauth/callback?state=x", 405),
    (Method::GET, "/oauth/callback/xero?state=x", 400),
    (Method::GET, "/widget/status", 401),
    (Method::GET, "/v2/connections", 401),
    (Method::POST, "/healthz", 405),
    (Method::GET, "/nothing/is/here", 404),
];

async fn ask(server: &TestServer, method: &Method, path: &str) -> crate::support::Answer {
    let request = Request::builder().method(method).uri(path).body(Body::empty());
    server.send(request.unwrap()).await
}

#[tokio::test]
async fn whatever_a_browser_may_show_has_no_tie_to_who_opened_it_and_tells_nobody_where_it_was() {
    // Only the pages of the sign-in window used to say so.
    let server = TestServer::new().await;
    for (method, path, status) in OTHERS {
        let answer = ask(&server, &method, path).await;
        assert_eq!(answer.status, StatusCode::from_u16(status).unwrap(), "{method} {path}");
        assert_eq!(answer.header(OPENER_POLICY), "same-origin", "{method} {path}");
        assert_eq!(answer.header(header::REFERRER_POLICY), "no-referrer", "{method} {path}");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{method} {path}");
    }
}

#[tokio::test]
async fn the_start_page_keeps_its_tie_and_the_widgets_files_say_nothing_for_the_page_that_loads_them() {
    let server = TestServer::new().await;
    let wrong = ask(&server, &Method::HEAD, "/oauth/start/made-up").await;
    assert_eq!((wrong.header(OPENER_POLICY), wrong.header(header::REFERRER_POLICY)), ("", "no-referrer"));
    let file = ask(&server, &Method::GET, "/widget/railz-connect.js").await;
    assert_eq!((file.header(OPENER_POLICY), file.header(header::REFERRER_POLICY)), ("", ""));
}
