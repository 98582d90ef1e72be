//! The built widget as the server hands it out.

use std::fs;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::support::{Answer, ServerOptions, TestServer};

/// A bench that serves a folder with a few files.
async fn serving() -> (TestServer, tempfile::TempDir) {
    let dist = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("railz-connect.js", "classic"),
        ("railz-connect.mjs", "module"),
        ("railz-connect.mjs.br", "module in brotli"),
        ("railz-connect.mjs.gz", "module in gzip"),
        ("engine_bg.wasm", "wasm"),
        ("engine_bg.wasm.gz", "wasm in gzip"),
        ("secret.key", "secret"),
        (".hidden.js", "hidden"),
    ] {
        fs::write(dist.path().join(name), text).unwrap();
    }
    let top = format!("widget_files = \"{}\"", dist.path().display());
    (TestServer::with_options(ServerOptions { top, ..ServerOptions::default() }).await, dist)
}

async fn fetch(server: &TestServer, file: &str, headers: &[(header::HeaderName, &str)]) -> Answer {
    let mut request = Request::get(format!("/widget/{file}"));
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    server.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn each_file_comes_with_its_type_and_open_to_every_origin() {
    let (server, _dist) = serving().await;
    for (file, kind, text) in [
        ("railz-connect.js", "text/javascript; charset=utf-8", "classic"),
        ("railz-connect.mjs", "text/javascript; charset=utf-8", "module"),
        ("engine_bg.wasm", "application/wasm", "wasm"),
    ] {
        let answer = fetch(&server, file, &[(header::ORIGIN, "https://anybody.example")]).await;
        assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, text));
        assert_eq!(answer.header(header::CONTENT_TYPE), kind);
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*");
        assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-cache");
        assert_eq!(answer.header(header::CONTENT_ENCODING), "");
        assert_eq!(answer.header(header::VARY), "Accept-Encoding");
    }
}

#[tokio::test]
async fn the_smallest_form_that_the_browser_takes_is_sent() {
    let (server, _dist) = serving().await;
    for (file, takes, coding) in [
        ("railz-connect.mjs", "gzip, deflate, br, zstd", "br"),
        ("railz-connect.mjs", "gzip, deflate", "gzip"),
        ("railz-connect.mjs", "br;q=0, gzip;q=0.5", "gzip"),
        ("railz-connect.mjs", "br; Q=0.000 , gzip", "gzip"),
        // What a client likes better used to make no difference.
        ("railz-connect.mjs", "br;q=0.2, gzip;q=0.8", "gzip"),
        ("railz-connect.mjs", "gzip;q=0.8, br;q=0.8", "br"),
        ("railz-connect.mjs", "*", "br"),
        ("railz-connect.mjs", "*;q=0.5, br;q=0", "gzip"),
        ("railz-connect.mjs", "gzip;q=0, *;q=0", ""),
        ("railz-connect.mjs", "br;q=high, gzip;q=2", ""),
        ("railz-connect.mjs", "", ""),
        ("railz-connect.mjs", "identity", ""),
        ("engine_bg.wasm", "gzip, br", "gzip"),
        ("railz-connect.js", "gzip, br", ""),
    ] {
        let answer = fetch(&server, file, &[(header::ACCEPT_ENCODING, takes)]).await;
        assert_eq!(answer.header(header::CONTENT_ENCODING), coding, "{file} for {takes}");
        assert_eq!(answer.status, StatusCode::OK);
    }
    let answer = fetch(&server, "railz-connect.mjs", &[(header::ACCEPT_ENCODING, "br")]).await;
    assert_eq!(answer.text(), "module in brotli");
    assert_eq!(answer.header(header::CONTENT_TYPE), "text/javascript; charset=utf-8");
}

#[tokio::test]
async fn a_file_that_has_not_changed_is_not_sent_again() {
    let (server, dist) = serving().await;
    let tag = fetch(&server, "railz-connect.js", &[]).await.header(header::ETAG).to_owned();
    assert!(tag.starts_with('"') && tag.len() > 10, "{tag}");
    let answer = fetch(&server, "railz-connect.js", &[(header::IF_NONE_MATCH, &tag)]).await;
    assert_eq!((answer.status, answer.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*");
    for known in [format!("\"other\", W/{tag}"), "*".to_owned()] {
        let answer = fetch(&server, "railz-connect.js", &[(header::IF_NONE_MATCH, &known)]).await;
        assert_eq!(answer.status, StatusCode::NOT_MODIFIED, "{known}");
    }
    fs::write(dist.path().join("railz-connect.js"), "newer").unwrap();
    let answer = fetch(&server, "railz-connect.js", &[(header::IF_NONE_MATCH, &tag)]).await;
    assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, "newer"));
}

#[tokio::test]
async fn nothing_else_of_the_disk_is_served() {
    let (server, _dist) = serving().await;
    for file in
        ["secret.key", ".hidden.js", "missing.js", "..%2Fconnect.key", "%2e%2e%2fx.js", "a%2Fb.js", "x%00.js"]
    {
        let answer = fetch(&server, file, &[]).await;
        assert_eq!(answer.refusal().0, 404, "{file}");
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*", "{file}");
    }
}

#[tokio::test]
async fn a_server_without_widget_files_says_so() {
    let server = TestServer::new().await;
    let (status, message) = fetch(&server, "railz-connect.js", &[]).await.refusal();
    assert_eq!(status, 404);
    assert!(message.contains("widget_files"), "{message}");
}
