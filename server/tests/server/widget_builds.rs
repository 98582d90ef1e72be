//! Files named by their content, and the names that stand for those of the current build.

use std::fs;
use std::path::Path;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::support::log::Log;
use crate::support::{Answer, ServerOptions, TestServer};

const FOR_GOOD: &str = "public, max-age=31536000, immutable";
const ASKED_ANEW: &str = "no-cache";

/// What `dist` holds while servers are updated: the loaders, this build and the one before.
const DIST: [(&str, &str); 12] = [
    ("railz-connect.js", "classic"),
    ("railz-connect.mjs", "module"),
    (
        "build.json",
        r#"{"glue": "engine-00c0ffee00c0ffee.js", "wasm": "engine_bg-0badcafe01234567.wasm", "deferred": "engine_deferred-5eed5eed5eed5eed.wasm", "modules": ["bank-link-b89abcdef89abcde.mjs"]}"#,
    ),
    ("engine-00c0ffee00c0ffee.js", "new glue"),
    ("engine-00c0ffee00c0ffee.js.br", "new glue in brotli"),
    ("engine_bg-0badcafe01234567.wasm", "new engine"),
    ("engine_bg-0badcafe01234567.wasm.gz", "new engine in gzip"),
    ("engine_deferred-5eed5eed5eed5eed.wasm", "rest of the engine"),
    ("engine-deadbeefdeadbeef.js", "old glue"),
    ("engine_bg-0123456701234567.wasm", "old engine"),
    ("bank-link-b89abcdef89abcde.mjs", "bank"),
    ("bank-link-b012345670123456.mjs", "old bank"),
];

async fn serving(files: &[(&str, &str)]) -> (TestServer, tempfile::TempDir) {
    let dist = tempfile::tempdir().unwrap();
    put(dist.path(), files);
    let top = format!("widget_files = \"{}\"", dist.path().display());
    (TestServer::with_options(ServerOptions { top, ..ServerOptions::default() }).await, dist)
}

fn put(dist: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        fs::write(dist.join(name), text).unwrap();
    }
}

async fn ask(
    server: &TestServer,
    method: &str,
    file: &str,
    headers: &[(header::HeaderName, &str)],
) -> Answer {
    let mut request = Request::builder().method(method).uri(format!("/widget/{file}"));
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    server.send(request.body(Body::empty()).unwrap()).await
}

async fn fetch(server: &TestServer, file: &str) -> Answer {
    ask(server, "GET", file, &[]).await
}

/// Every file used to be asked for anew with each page.
#[tokio::test]
async fn a_file_named_by_its_content_is_kept_for_good_and_the_loaders_are_asked_for_anew() {
    let (server, _dist) = serving(&DIST).await;
    for (file, text, lifetime) in [
        ("engine-00c0ffee00c0ffee.js", "new glue", FOR_GOOD),
        ("engine_bg-0badcafe01234567.wasm", "new engine", FOR_GOOD),
        ("bank-link-b89abcdef89abcde.mjs", "bank", FOR_GOOD),
        ("railz-connect.js", "classic", ASKED_ANEW),
        ("railz-connect.mjs", "module", ASKED_ANEW),
    ] {
        let answer = fetch(&server, file).await;
        assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, text), "{file}");
        assert_eq!(answer.header(header::CACHE_CONTROL), lifetime, "{file}");
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*", "{file}");
        let tag = answer.header(header::ETAG).to_owned();
        let again = ask(&server, "GET", file, &[(header::IF_NONE_MATCH, &tag)]).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{file}");
        assert_eq!(again.header(header::CACHE_CONTROL), lifetime, "{file}");
        assert_eq!(again.header(header::ETAG), tag, "{file}");
        assert_eq!(again.header(header::VARY), "Accept-Encoding", "{file}");
    }
}

#[tokio::test]
async fn the_files_of_the_build_before_stay_available() {
    let (server, _dist) = serving(&DIST).await;
    for (file, text) in [
        ("engine-deadbeefdeadbeef.js", "old glue"),
        ("engine_bg-0123456701234567.wasm", "old engine"),
        ("bank-link-b012345670123456.mjs", "old bank"),
    ] {
        let answer = fetch(&server, file).await;
        assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, text));
        assert_eq!(answer.header(header::CACHE_CONTROL), FOR_GOOD);
    }
}

#[tokio::test]
async fn the_names_that_stay_stand_for_the_current_build_and_are_asked_for_anew() {
    let (server, dist) = serving(&DIST).await;
    for (alias, text, kind) in [
        ("engine.js", "new glue", "text/javascript; charset=utf-8"),
        ("engine_bg.wasm", "new engine", "application/wasm"),
        ("engine_deferred.wasm", "rest of the engine", "application/wasm"),
    ] {
        let answer = fetch(&server, alias).await;
        assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, text), "{alias}");
        assert_eq!(answer.header(header::CACHE_CONTROL), ASKED_ANEW, "{alias}");
        assert_eq!(answer.header(header::CONTENT_TYPE), kind, "{alias}");
    }
    let compressed = ask(&server, "GET", "engine.js", &[(header::ACCEPT_ENCODING, "br")]).await;
    assert_eq!(
        (compressed.header(header::CONTENT_ENCODING), compressed.text().as_str()),
        ("br", "new glue in brotli")
    );
    // The next build counts at once, without a restart.
    put(
        dist.path(),
        &[(
            "build.json",
            r#"{"glue": "engine-deadbeefdeadbeef.js", "wasm": "engine_bg-0123456701234567.wasm"}"#,
        )],
    );
    assert_eq!(fetch(&server, "engine.js").await.text(), "old glue");
    assert_eq!(fetch(&server, "engine_bg.wasm").await.text(), "old engine");
}

#[tokio::test]
async fn without_a_build_file_the_plain_names_are_the_files() {
    let (server, _dist) = serving(&[("engine.js", "plain glue"), ("engine_bg.wasm", "plain engine")]).await;
    for (file, text) in [("engine.js", "plain glue"), ("engine_bg.wasm", "plain engine")] {
        let answer = fetch(&server, file).await;
        assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, text));
        assert_eq!(answer.header(header::CACHE_CONTROL), ASKED_ANEW);
    }
    let (server, _dist) = serving(&DIST[..2]).await;
    assert_eq!(fetch(&server, "engine.js").await.refusal().0, 404);
}

/// A guess could bring together glue and engine of two builds.
#[tokio::test]
async fn a_build_file_that_says_nothing_is_told_to_the_operator_and_nothing_is_guessed() {
    for (text, due) in [
        ("{", "EOF"),
        (r#"{"glue": "engine-00c0ffee00c0ffee.js"}"#, "wasm"),
        (r#"{"glue": "../connect.key", "wasm": "engine_bg-0123456701234567.wasm"}"#, "../connect.key"),
        (r#"{"glue": "engine-00c0ffee00c0ffee.js", "wasm": "/etc/passwd"}"#, "/etc/passwd"),
        (r#"{"glue": "engine-00c0ffee00c0ffee.js", "wasm": ".hidden.wasm"}"#, ".hidden.wasm"),
    ] {
        let log = Log::listen();
        let (server, dist) = serving(&DIST).await;
        put(dist.path(), &[("build.json", text), ("engine.js", "plain glue"), (".hidden.wasm", "hidden")]);
        for alias in ["engine.js", "engine_bg.wasm"] {
            let (status, message) = fetch(&server, alias).await.refusal();
            assert_eq!(status, 500, "{alias}: {text}");
            assert!(!message.contains("build.json"), "{message}");
        }
        assert!(log.text().contains("build.json") && log.text().contains(due), "{due}: {}", log.text());
        let loader = fetch(&server, "railz-connect.js").await;
        assert_eq!(loader.status, StatusCode::OK, "the loader and the hashed files need no build.json");
    }
}

#[tokio::test]
async fn what_only_looks_like_a_hash_is_asked_for_anew() {
    let files = [
        "engine-0a1b2c3d4e5f607.js",
        "guide-sageIntacct.mjs",
        "engine-DEADBEEFDEADBEEF.js",
        "engine-deadbeefdeadbeeg.js",
        "logo-20260101.svg",
        "engine-.js",
        "-deadbeefdeadbeef.js",
        "deadbeef.js",
        "engine-deadbeefdeadbeef.js.map",
    ];
    let (server, _dist) = serving(&files.map(|file| (file, "text"))).await;
    for file in files {
        let answer = fetch(&server, file).await;
        assert_eq!(
            (answer.status, answer.header(header::CACHE_CONTROL)),
            (StatusCode::OK, ASKED_ANEW),
            "{file}"
        );
    }
}

/// Kept, it would hide a file that comes a moment later to a server that is being updated.
#[tokio::test]
async fn that_a_file_is_missing_is_not_kept_by_a_cache() {
    let (server, _dist) = serving(&DIST).await;
    for file in [
        "engine-1111111111111111.js",
        "engine_bg-1111111111111111.wasm",
        "..%2Fengine-00c0ffee00c0ffee.js",
        "engine-00c0ffee00c0ffee.exe",
    ] {
        let answer = fetch(&server, file).await;
        assert_eq!((answer.refusal().0, answer.header(header::CACHE_CONTROL)), (404, "no-store"), "{file}");
    }
}

#[tokio::test]
async fn a_head_has_the_headers_of_a_get_and_no_body() {
    let (server, _dist) = serving(&DIST).await;
    for file in ["engine-00c0ffee00c0ffee.js", "engine.js", "railz-connect.mjs"] {
        let takes = [(header::ACCEPT_ENCODING, "br")];
        let got = ask(&server, "GET", file, &takes).await;
        let looked = ask(&server, "HEAD", file, &takes).await;
        assert_eq!((looked.status, looked.body.len()), (StatusCode::OK, 0), "{file}");
        for name in [
            header::CONTENT_TYPE,
            header::CONTENT_LENGTH,
            header::CONTENT_ENCODING,
            header::CACHE_CONTROL,
            header::ETAG,
            header::VARY,
        ] {
            assert_eq!(looked.header(&name), got.header(&name), "{file}: {name}");
        }
    }
}

#[tokio::test]
async fn the_loader_opens_the_connection_to_the_server_with_its_headers() {
    let (server, _dist) = serving(&DIST).await;
    for loader in ["railz-connect.js", "railz-connect.mjs"] {
        assert_eq!(fetch(&server, loader).await.header(header::LINK), "</>; rel=preconnect; crossorigin");
    }
    assert_eq!(fetch(&server, "engine-00c0ffee00c0ffee.js").await.header(header::LINK), "");
}
