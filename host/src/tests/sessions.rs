//! Sessions that the site's own server opens, at a Connect server that is played here.

use axum::{Json, Router, body::Body, http::HeaderMap, http::Request, http::StatusCode, routing::post};
use serde_json::{Value, json};

use super::{Answer, send_to, site};
use crate::back_end::{BackEnd, SecretKey};

/// A Connect server that gives a session for the right key, and tells in its token what it was asked.
async fn connect() -> BackEnd {
    let mint = async |headers: HeaderMap, Json(asked): Json<Value>| {
        if headers["authorization"] != "Bearer rck_right" {
            return (StatusCode::UNAUTHORIZED, Json(json!({ "error": { "message": "No such key" } })));
        }
        (StatusCode::CREATED, Json(json!({ "sessionToken": asked.to_string(), "visitId": "VIS-1" })))
    };
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = format!("http://connect.localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/v2/sessions", post(mint))).await });
    BackEnd::new(address.parse().unwrap(), SecretKey::new("rck_right")).unwrap()
}

async fn send(back_end: BackEnd, request: axum::http::request::Builder) -> Answer {
    send_to(site(Some(back_end)), request.body(Body::empty()).unwrap()).await
}

const ASKED: &str = r#"{\"businessName\":\"Harbour & Co\",\"successUrl\":\"http://127.0.0.1:8080/success\"}"#;

#[tokio::test]
async fn with_a_secret_key_the_page_brings_a_session_and_says_nothing_else_of_it() {
    let page = send(connect().await, Request::get("/?businessName=Harbour+%26+Co")).await;
    assert_eq!(page.status, StatusCode::OK);
    let options = page.element("connect-options");
    assert!(options.contains(&format!(r#""sessionToken":"{ASKED}""#)), "{options}");
    assert!(!options.contains(r#""successUrl":"/success""#), "{options}");
    assert!(!page.text.contains("rck_"), "the key never leaves the server");
}

#[tokio::test]
async fn whoever_is_signed_in_gets_another_session_and_nobody_else() {
    let page = send(connect().await, Request::get("/?businessName=Harbour+%26+Co")).await;
    let cookie = page.header("set-cookie").unwrap().to_owned();
    assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap();
    let session = send(connect().await, Request::post("/session").header("cookie", cookie)).await;
    assert_eq!(session.status, StatusCode::OK);
    assert!(session.text.contains(r#""visitId":"VIS-1""#), "{}", session.text);

    let nobody = send(connect().await, Request::post("/session")).await;
    assert_eq!(nobody.status, StatusCode::FORBIDDEN);
    let request = Request::post("/session").header("cookie", cookie).body(Body::empty()).unwrap();
    assert_eq!(
        send_to(site(None), request).await.status,
        StatusCode::FORBIDDEN,
        "without a key there is none"
    );
}

#[tokio::test]
async fn a_refusal_of_the_server_is_not_shown_to_people() {
    let server = connect().await;
    let wrong = server.with_key(SecretKey::new("rck_wrong"));
    let page = send(wrong, Request::get("/?businessName=Harbour")).await;
    assert_eq!(page.status, StatusCode::BAD_GATEWAY);
    assert!(!page.text.contains("No such key"), "{}", page.text);
}

#[test]
fn a_secret_key_does_not_print() {
    assert_eq!(format!("{:?}", SecretKey::new("rck_right")), "SecretKey(not shown)");
}
