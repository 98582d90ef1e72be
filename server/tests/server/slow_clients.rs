//! Clients that take their time, over real connections: half-sent requests end, held polls live.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use connect_server::serve::{bind, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::support::{LIVE, ServerOptions, TEST_DEADLINE, TestServer, poll_path};

/// A running server with these limits of requests, its address, and what ends it when it is dropped.
async fn running(limits: &str) -> (TestServer, SocketAddr, DropGuard) {
    let options = ServerOptions { top: format!("[requests]\n{limits}"), ..ServerOptions::default() };
    let server = TestServer::with_options(options).await;
    let listener = bind(&server.app).await.unwrap();
    let address = listener.local_addr().unwrap();
    let end = CancellationToken::new();
    tokio::spawn(serve(server.app.clone(), listener, end.clone().cancelled_owned()));
    (server, address, end.drop_guard())
}

/// Sends this much, and reads until the server ends the connection.
async fn send_only(to: SocketAddr, text: &str) -> String {
    let mut stream = TcpStream::connect(to).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    until_ended(&mut stream).await
}

async fn until_ended(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    timeout(TEST_DEADLINE, stream.read_to_end(&mut answer)).await.expect("it is still open").unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// Asks on an open connection, and waits until an answer begins.
async fn ask_for_health(stream: &mut TcpStream) -> String {
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: connect.example\r\n\r\n").await.unwrap();
    let mut answer = [0; 1024];
    let read = stream.read(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer[..read]).into_owned()
}

#[tokio::test]
async fn half_a_request_is_not_waited_for_without_end() {
    // Each used to be held for as long as the client pleased, and with it one of the server's files.
    let (_server, address, _end) = running("header_timeout_seconds = 1").await;
    for half in ["", "GET /heal", "GET /healthz HTTP/1.1\r\nHost: connect.exa"] {
        let answer = send_only(address, half).await;
        assert!(!answer.contains("200 OK"), "{half:?}: {answer}");
    }
}

#[tokio::test]
async fn a_request_that_drips_in_has_no_more_time_than_one_that_stops() {
    let (_server, address, _end) = running("header_timeout_seconds = 1").await;
    let stream = TcpStream::connect(address).await.unwrap();
    let (mut from, mut to) = stream.into_split();
    let dripping = tokio::spawn(async move {
        let _ended = to.write_all(b"GET /healthz HTTP/1.1\r\nX-Slow: ").await;
        while to.write_all(b"x").await.is_ok() {
            sleep(Duration::from_millis(100)).await;
        }
    });
    let mut answer = Vec::new();
    // Ended with a byte unread, which some systems report as a reset.
    timeout(Duration::from_secs(5), from.read_to_end(&mut answer)).await.expect("it is still open").ok();
    timeout(TEST_DEADLINE, dripping).await.expect("it can still be written to").unwrap();
}

#[tokio::test]
async fn a_connection_without_requests_is_ended_and_one_with_requests_lives_on() {
    let (_server, address, _end) = running("header_timeout_seconds = 1").await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    for _ in 0..4 {
        assert!(ask_for_health(&mut stream).await.starts_with("HTTP/1.1 200"));
        sleep(Duration::from_millis(400)).await;
    }
    assert_eq!(until_ended(&mut stream).await, "");
}

#[tokio::test]
async fn a_body_that_does_not_come_is_refused_in_words_and_the_connection_ended() {
    let (_server, address, _end) = running("body_timeout_seconds = 1").await;
    let begun = format!(
        "POST /widget/session/{LIVE}?businessName=Harbour HTTP/1.1\r\nHost: connect.example\r\n\
         Origin: https://app.example\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"
    );
    let answer = send_only(address, &begun).await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert!(answer.contains("the body did not come in time"), "{answer}");
}

#[tokio::test]
async fn an_answer_that_nobody_takes_is_not_kept_without_end() {
    // It used to hold its place for as long as the client pleased.
    let (_server, address, _end) = running("answer_timeout_seconds = 1\nconnections = 1").await;
    let mut idle = TcpStream::connect(address).await.unwrap();
    let request = b"GET /openapi.json HTTP/1.1\r\nHost: connect.example\r\n\r\n".repeat(100);
    // More than both ends' buffers hold.
    let asking = async { while idle.write_all(&request).await.is_ok() {} };
    timeout(TEST_DEADLINE, asking).await.expect("it still takes requests");
    let mut next = TcpStream::connect(address).await.unwrap();
    let answered = timeout(TEST_DEADLINE, ask_for_health(&mut next)).await.expect("the place is still held");
    assert!(answered.starts_with("HTTP/1.1 200"), "{answered}");
}

#[tokio::test]
async fn a_held_poll_lives_its_full_time_however_short_requests_must_be() {
    let limits = "header_timeout_seconds = 1\nbody_timeout_seconds = 1";
    let (server, address, _end) = running(limits).await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let begun = Instant::now();
    let request = format!(
        "GET {} HTTP/1.1\r\nHost: connect.example\r\nAuthorization: Bearer {}\r\nConnection: close\r\n\r\n",
        poll_path(&attempt, 3000),
        session.access_token.expose()
    );
    let answer = send_only(address, &request).await;
    assert!(begun.elapsed() >= Duration::from_secs(3), "after {:?}: {answer}", begun.elapsed());
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    assert!(answer.contains("Connection timeout"), "{answer}");
}

#[tokio::test]
async fn no_more_connections_are_open_than_the_operator_allows() {
    let (_server, address, _end) = running("connections = 2").await;
    let mut one = TcpStream::connect(address).await.unwrap();
    let mut two = TcpStream::connect(address).await.unwrap();
    assert!(ask_for_health(&mut one).await.starts_with("HTTP/1.1 200"));
    assert!(ask_for_health(&mut two).await.starts_with("HTTP/1.1 200"));
    let mut three = TcpStream::connect(address).await.unwrap();
    let early = timeout(Duration::from_millis(300), ask_for_health(&mut three)).await;
    assert!(early.is_err(), "{early:?}");
    drop(one);
    let mut answer = [0; 12];
    timeout(TEST_DEADLINE, three.read_exact(&mut answer)).await.unwrap().unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
}

#[tokio::test]
async fn held_polls_leave_places_for_other_requests() {
    // Polls used to fill every place, and a server full of them answered nobody for as long as they were held.
    let (server, address, _end) = running("connections = 3\nheld_polls = 2").await;
    let mut waiting = Vec::new();
    for business in ["One", "Two", "Three", "Four"] {
        let session = server.session_of(LIVE, business).await;
        let attempt = server.begin(&session, "xero").await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!(
            "GET {} HTTP/1.1\r\nHost: connect.example\r\nAuthorization: Bearer {}\r\nConnection: close\r\n\r\n",
            poll_path(&attempt, 600_000),
            session.access_token.expose()
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        waiting.push(stream);
        server.until_held(waiting.len().min(2)).await;
    }
    for stream in &mut waiting[2..] {
        let answer = until_ended(stream).await;
        assert!(answer.contains("Connection timeout"), "{answer}");
    }
    let mut other = TcpStream::connect(address).await.unwrap();
    let answer = timeout(TEST_DEADLINE, ask_for_health(&mut other)).await.expect("no place is left");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}
