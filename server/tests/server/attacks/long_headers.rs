//! What a stranger writes at length into a header, and what of it is answered and logged.

use axum::body::Body;
use axum::http::{Request, header};

use super::open_session;
use crate::support::TestServer;
use crate::support::log::Log;

#[tokio::test]
async fn an_origin_that_is_none_is_repeated_cut_and_logged_nowhere() {
    // 300 KB of Origin made an answer of 300 KB, and 900 KB in the log.
    let server = TestServer::new().await;
    let session = open_session(&server).await;
    let origin = format!("http://{}.localhost", "evil".repeat(75_000));
    let log = Log::listen();
    for token in ["", session.access_token.expose()] {
        for (method, path) in [("GET", "/widget/status"), ("OPTIONS", "/widget/status"), ("GET", "/nowhere")]
        {
            let request = Request::builder().method(method).uri(path).header(header::ORIGIN, &origin);
            let request = request
                .header(header::AUTHORIZATION, format!("Bearer {token}"))
                .header(header::ACCESS_CONTROL_REQUEST_METHOD, "GET");
            let answer = server.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.refusal().0, 403, "{method} {path}");
            assert!(answer.body.len() < 1000, "{method} {path}: {} bytes", answer.body.len());
            assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "", "{method} {path}");
        }
    }
    assert!(!log.text().contains("evilevil"), "{}", log.text().len());
}
