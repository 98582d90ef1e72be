//! Which answers travel compressed: long ones, where nothing of the request stands beside a secret.

use std::io::Read;

use axum::body::Body;
use axum::http::{HeaderValue, Request, StatusCode, header};
use connect_server::domain::secret_key::Scope;
use railz_connect_contract::SessionResponse;
use serde_json::{Value, json};

use crate::support::held_services::all_services;
use crate::support::secret_key::add_key;
use crate::support::{Answer, LIVE, SANDBOX, TestServer, request};

const EVERYTHING: &str = "include=connections,integrations";

/// Asks as a browser does that takes these codings.
async fn ask(server: &TestServer, path: &str, takes: &'static str, body: &str) -> Answer {
    let mut asked = request("POST", path, None, body);
    asked.headers_mut().insert(header::ACCEPT_ENCODING, HeaderValue::from_static(takes));
    server.send(asked).await
}

fn session_path(widget: &str) -> String {
    format!("/widget/session/{widget}?businessName=Harbour&{EVERYTHING}")
}

/// The answer with its coding undone.
fn plain(answer: &Answer) -> Vec<u8> {
    let mut plain = Vec::new();
    let body = answer.body.as_slice();
    match answer.header(header::CONTENT_ENCODING) {
        "br" => brotli::Decompressor::new(body, 4096).read_to_end(&mut plain).unwrap(),
        "gzip" => flate2::read::GzDecoder::new(body).read_to_end(&mut plain).unwrap(),
        other => panic!("{other:?} is no coding that was expected"),
    };
    plain
}

/// It used to travel as it is, 5.2 KB.
#[tokio::test]
async fn the_answer_to_the_session_call_travels_compressed_as_the_browser_takes_it() {
    let server = TestServer::with_options(all_services()).await;
    let uncompressed = ask(&server, &session_path(SANDBOX), "identity", "{}").await;
    assert_eq!(uncompressed.header(header::CONTENT_ENCODING), "");
    let whole: SessionResponse<Value> = uncompressed.json();
    for (takes, coding) in [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0.1, gzip", "gzip"),
    ] {
        let answer = ask(&server, &session_path(SANDBOX), takes, "{}").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header(header::CONTENT_ENCODING), coding, "{takes}");
        let varies: Vec<_> = answer.headers.get_all(header::VARY).iter().collect();
        assert!(
            varies.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(b"accept-encoding")),
            "{varies:?}"
        );
        assert!(varies.iter().any(|name| *name == "Origin"), "{varies:?}");
        assert_eq!(answer.header(header::CONTENT_LENGTH), "");
        let session: SessionResponse<Value> = serde_json::from_slice(&plain(&answer)).unwrap();
        assert_eq!(session.integrations, whole.integrations);
        assert_eq!(session.business_uuid, whole.business_uuid);
        let (before, after) = (uncompressed.body.len(), answer.body.len());
        assert!(before > 4500 && after * 3 < before, "{coding}: {after} of {before} bytes");
    }
}

#[tokio::test]
async fn what_is_short_is_not_compressed() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    for path in ["/widget/status".to_owned(), crate::support::poll_path(&attempt, 0)] {
        let mut asked = request("GET", &path, Some(session.access_token.expose()), "");
        asked.headers_mut().insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip, br"));
        let answer = server.send(asked).await;
        assert_eq!((answer.status, answer.header(header::CONTENT_ENCODING)), (StatusCode::OK, ""), "{path}");
    }
}

/// The length of the compressed answer would tell an onlooker how much of the metadata resembles the rest of the answer.
#[tokio::test]
async fn an_answer_that_repeats_the_metadata_of_the_request_is_not_compressed() {
    let server = TestServer::new().await;
    let body = json!({"metadata": [{"name": "campaign", "value": "BIZ-0"}]}).to_string();
    let answer = ask(&server, &session_path(SANDBOX), "gzip, br", &body).await;
    assert_eq!((answer.status, answer.header(header::CONTENT_ENCODING)), (StatusCode::OK, ""));
    assert_eq!(answer.json::<Value>()["metadata"][0]["value"], "BIZ-0");
    let none = ask(&server, &session_path(SANDBOX), "gzip, br", r#"{"metadata": null}"#).await;
    assert_eq!(none.header(header::CONTENT_ENCODING), "br", "null repeats nothing");
}

#[tokio::test]
async fn a_refusal_is_not_compressed_however_long_it_is() {
    let server = TestServer::new().await;
    let path = format!("/{}", "x".repeat(3000));
    let answer = ask(&server, &path, "gzip, br", "{}").await;
    assert_eq!(answer.refusal().0, 404);
    assert!(answer.body.len() > 3000);
    assert_eq!(answer.header(header::CONTENT_ENCODING), "");
}

#[tokio::test]
async fn answers_to_back_ends_and_the_public_keys_are_never_compressed() {
    let server = TestServer::new().await;
    let (key, _) = add_key(&server, LIVE, &Scope::ALL).await;
    for number in 0..12 {
        server.session_of(LIVE, &format!("Harbour{number}")).await;
    }
    for path in ["/v2/businesses", "/v2/events", "/.well-known/jwks.json"] {
        let asked = Request::get(path).header(header::ACCEPT_ENCODING, "gzip, deflate, br");
        let asked = asked.header(header::AUTHORIZATION, format!("Bearer {}", key.expose()));
        let answer = server.send(asked.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(path.starts_with("/.well-known") || answer.body.len() > 1024, "{path} is long enough");
        assert_eq!(answer.header(header::CONTENT_ENCODING), "", "{path}");
    }
}
