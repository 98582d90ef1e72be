//! What is new in the audit stands in the log, whoever wrote it, and where a call came from.

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode};
use connect_server::audit::log_new;
use connect_server::serve::{bind, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

use super::{all, ask_with};
use crate::support::log::Log;
use crate::support::{LIVE, ServerOptions, TestServer};

#[tokio::test]
async fn each_line_is_logged_once_under_the_target_audit() {
    let log = Log::listen();
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    ask_with(&server, "rck_guessed", "GET", "/v2/connections", "").await;
    log_new(&server.app).await.unwrap();
    log_new(&server.app).await.unwrap();
    let text = log.text();
    let lines: Vec<_> = text.lines().filter(|line| line.contains(" audit: ")).collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines[0].contains("action=\"openSession\" outcome=\"done\""), "{}", lines[0]);
    assert!(lines[0].contains(session.business_uuid.as_str()), "{}", lines[0]);
    assert!(lines[1].contains("outcome=\"refused\" status=401"), "{}", lines[1]);
}

/// Asks over a real connection, as a proxy on this machine would, and answers with the address that is written down.
async fn address_seen(top: &str, forwarded: &str) -> String {
    let options = ServerOptions { top: top.to_owned(), ..ServerOptions::default() };
    let server = TestServer::with_options(options).await;
    let listener = bind(&server.app).await.unwrap();
    let to = listener.local_addr().unwrap();
    let end = CancellationToken::new();
    let serving = tokio::spawn(serve(server.app.clone(), listener, end.clone().cancelled_owned()));
    let mut stream = TcpStream::connect(to).await.unwrap();
    let forwarded = HeaderValue::from_str(forwarded).unwrap();
    let request = format!(
        "GET /v2/connections HTTP/1.1\r\nHost: connect.example\r\nX-Forwarded-For: {}\r\nConnection: close\r\n\r\n",
        forwarded.to_str().unwrap()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    tokio::time::timeout(Duration::from_secs(20), stream.read_to_string(&mut answer)).await.unwrap().unwrap();
    assert!(answer.contains(StatusCode::UNAUTHORIZED.as_str()), "{answer}");
    let events = all(&server).await;
    end.cancel();
    serving.await.unwrap();
    events[0].address.clone().unwrap()
}

#[tokio::test]
async fn the_address_is_the_peers_unless_a_trusted_proxy_says_another_one() {
    assert_eq!(address_seen("", "203.0.113.9").await, "127.0.0.1");
    assert_eq!(address_seen("trusted_proxies = [\"127.0.0.0/8\"]", "203.0.113.9").await, "203.0.113.9");
}
