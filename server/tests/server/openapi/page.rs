//! `/docs/`, to be read in a browser.

use std::io::Read;

use axum::http::{StatusCode, header};
use flate2::read::GzDecoder;
use serde_json::Value;

use crate::support::browser::navigate;
use crate::support::{Answer, ServerOptions, TestServer};

fn text(answer: &Answer) -> String {
    if answer.header(header::CONTENT_ENCODING) != "gzip" {
        return answer.text();
    }
    let mut text = String::new();
    GzDecoder::new(answer.body.as_slice()).read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn the_page_and_all_that_it_loads_come_from_this_server() {
    let server = TestServer::new().await;
    let lead = navigate(&server, "/docs", None).await;
    assert_eq!(lead.header(header::LOCATION), "https://connect.example/docs/");
    let page = navigate(&server, "/docs/", None).await;
    assert_eq!(page.status, StatusCode::OK);
    let policy = page.header(header::CONTENT_SECURITY_POLICY);
    assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self';"), "{policy}");
    let html = text(&page);
    assert!(!html.contains("<script>"), "an inline script, which the policy forbids: {html}");
    let mut loaded = 0;
    for part in html.split(['"', '\'']).filter(|part| {
        [Some("js"), Some("css"), Some("png")].contains(&part.rsplit_once('.').map(|(_, ending)| ending))
    }) {
        assert!(!part.contains("//"), "{part}");
        let file = navigate(&server, &format!("/docs/{}", part.trim_start_matches("./")), None).await;
        assert_eq!(file.status, StatusCode::OK, "{part}");
        assert!(!file.header(header::CONTENT_TYPE).is_empty(), "{part}");
        loaded += 1;
    }
    assert!(loaded >= 5, "{html}");
    let start = text(&navigate(&server, "/docs/swagger-initializer.js", None).await);
    assert!(start.contains("validatorUrl: \"none\""), "the badge would ask a validator elsewhere: {start}");
    assert!(start.contains("supportedSubmitMethods: []"), "the page would call the API: {start}");
    // The document's security scheme used to bring a button with a field for the key; a journey looks at it in a browser.
    for button in ["AuthorizeBtnContainer", "authorizeBtn", "authorizeOperationBtn"] {
        assert!(start.contains(&format!("{button}: nothing")), "a key would be typed into a page: {start}");
    }
    assert!(start.contains("openapi.json") && !start.contains("petstore"), "{start}");
    assert_eq!(navigate(&server, "/docs/nothing.js", None).await.refusal().0, 404);
}

#[tokio::test]
async fn the_document_names_this_server() {
    let server = TestServer::new().await;
    let document = navigate(&server, "/docs/openapi.json", None).await;
    let document: Value = document.json();
    assert_eq!(document["servers"][0]["url"], "https://connect.example");
    assert_eq!(document["openapi"], "3.1.0");
}

#[tokio::test]
async fn an_operator_can_switch_it_off() {
    let top = "api_docs = false".to_owned();
    let server = TestServer::with_options(ServerOptions { top, ..ServerOptions::default() }).await;
    for path in ["/docs", "/docs/", "/docs/openapi.json"] {
        assert_eq!(navigate(&server, path, None).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
