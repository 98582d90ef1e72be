//! A back end that hangs up before it is answered, over real connections.

use std::net::SocketAddr;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use connect_server::serve::{bind, serve};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::BackEnd;
use crate::support::{Answer, LIVE, TEST_DEADLINE};

const GIVES_BACK: &str = "revoke_url = \"@/revoke\"\nrevocation_ends = \"grant\"";

/// How many milliseconds the back ends of a test wait before they hang up: some before, some within, some after the handler.
const HANG_UPS: std::ops::Range<u64> = 0..24;

/// Serves a back end's server on loopback until the token is dropped by its guard.
async fn listen(api: &BackEnd) -> (SocketAddr, tokio_util::sync::DropGuard) {
    let listener = bind(&api.server.app).await.unwrap();
    let address = listener.local_addr().unwrap();
    let end = CancellationToken::new();
    tokio::spawn(serve(api.server.app.clone(), listener, end.clone().cancelled_owned()));
    (address, end.drop_guard())
}

/// Sends a request whole, and hangs up so many milliseconds later.
async fn ask_and_hang_up(api: &BackEnd, to: SocketAddr, line: &str, again: &str, body: &str, after: u64) {
    let mut stream = timeout(TEST_DEADLINE, TcpStream::connect(to)).await.unwrap().unwrap();
    let request = format!(
        "{line} HTTP/1.1\r\nHost: connect.example\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         {again}Content-Length: {}\r\n\r\n{body}",
        api.key,
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = [0; 1024];
    if let Ok(read) = timeout(Duration::from_millis(after), stream.read(&mut answer)).await {
        read.unwrap();
    }
}

/// Waits until the server has seen that nobody is there, and has done what it does then.
async fn settle(api: &BackEnd) {
    sleep(Duration::from_millis(100)).await;
    api.server.settled().await;
}

async fn post(api: &BackEnd, path: &str, key: &str, body: &str) -> Answer {
    let request = Request::post(path)
        .header(header::AUTHORIZATION, format!("Bearer {}", api.key))
        .header(header::CONTENT_TYPE, "application/json")
        .header("idempotency-key", key);
    api.server.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

/// A connectionToken of a visit of its own.
async fn connection_token(api: &BackEnd, business: &str) -> String {
    let minted = api.ask("POST", "/v2/sessions", &json!({ "businessName": business }).to_string()).await;
    let minted: Value = minted.json();
    let path = format!("/widget/session/{LIVE}?include=connections,integrations");
    let taken_up = api.server.ask("POST", &path, minted["sessionToken"].as_str(), "{}").await;
    let session: Value = taken_up.json();
    let token = session["access_token"].as_str();
    let answer = api.server.ask("POST", "/widget/connectionToken", token, "{}").await;
    answer.json::<Value>()["connectionToken"]
        .as_str()
        .unwrap_or_else(|| panic!("{}", answer.text()))
        .to_owned()
}

#[tokio::test]
async fn a_redeemed_token_is_not_lost_to_a_back_end_that_hung_up_and_asks_again() {
    // Of 200, 91 were answered 409 "under way" for five minutes, and 25 of these were over then.
    let api = BackEnd::with_books("").await;
    let (address, _end) = listen(&api).await;
    let mut redeemed = Vec::new();
    for after in HANG_UPS {
        let business = format!("Harbour {after}");
        api.connect(&format!("Harbour%20{after}"), &after.to_string()).await;
        let body = json!({ "connectionToken": connection_token(&api, &business).await }).to_string();
        let again = format!("Idempotency-Key: once-{after}\r\n");
        ask_and_hang_up(&api, address, "POST /v2/connections/redeem", &again, &body, after).await;
        redeemed.push((after, body));
    }
    settle(&api).await;
    for (after, body) in redeemed {
        let answer = post(&api, "/v2/connections/redeem", &format!("once-{after}"), &body).await;
        assert_eq!(answer.status, StatusCode::OK, "after {after} ms: {}", answer.text());
    }
}

#[tokio::test]
async fn a_session_minted_for_a_back_end_that_hung_up_is_given_to_it_when_it_asks_again() {
    let api = BackEnd::new().await;
    let (address, _end) = listen(&api).await;
    for after in HANG_UPS {
        let again = format!("Idempotency-Key: once-{after}\r\n");
        ask_and_hang_up(&api, address, "POST /v2/sessions", &again, "{}", after).await;
    }
    settle(&api).await;
    for after in HANG_UPS {
        let answer = post(&api, "/v2/sessions", &format!("once-{after}"), "{}").await;
        assert_eq!(answer.status, StatusCode::CREATED, "after {after} ms: {}", answer.text());
    }
}

#[tokio::test]
async fn a_grant_is_revoked_also_where_the_back_end_that_deletes_or_disconnects_hangs_up() {
    // Connection and token were gone here, and the grant stayed alive at the service.
    let api = BackEnd::with_books(GIVES_BACK).await;
    let (address, _end) = listen(&api).await;
    for after in HANG_UPS {
        let id = api.connect(&format!("Harbour{after}"), &after.to_string()).await;
        let business =
            api.listed(&format!("/v2/businesses?businessName=Harbour{after}"), "businessUuid").await;
        let disconnect = json!({ "connectionId": id }).to_string();
        let (line, body) = match after % 3 {
            0 => (format!("DELETE /v2/connections/{id}"), ""),
            1 => (format!("DELETE /v2/businesses/{}", business[0]), ""),
            _ => ("PUT /v2/connections/disconnect".to_owned(), disconnect.as_str()),
        };
        ask_and_hang_up(&api, address, &line, "", body, after / 3).await;
    }
    settle(&api).await;
    let working = api.list("/v2/connections?status=active&limit=100").await.0;
    let ended = HANG_UPS.count() - usize::try_from(working).unwrap();
    assert!(ended > 0, "nobody waited long enough");
    assert_eq!(api.server.provider.revoked().len(), ended);
}
