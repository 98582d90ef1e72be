//! Held polls over real connections: a client that goes away, and a server that ends.

use std::time::Duration;

use connect_server::domain::connection::AuthorizationState;
use connect_server::serve::{bind, serve};
use connect_server::store::sqlite::Sqlite;
use connect_server::store::{Connections, Store};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::support::browser;
use crate::support::provider::Behaviour;
use crate::support::{LIVE, TEST_DEADLINE, TestServer, poll_path};

/// A running server with one held poll, and what ends the server.
async fn holding() -> (TestServer, TcpStream, CancellationToken, JoinHandle<()>) {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let listener = bind(&server.app).await.unwrap();
    let address = listener.local_addr().unwrap();
    let end = CancellationToken::new();
    let running = tokio::spawn(serve(server.app.clone(), listener, end.clone().cancelled_owned()));
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "GET {} HTTP/1.1\r\nHost: connect.example\r\nAuthorization: Bearer {}\r\n\r\n",
        poll_path(&attempt, 600_000),
        session.access_token.expose()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    server.until_held(1).await;
    (server, stream, end, running)
}

#[tokio::test]
async fn a_client_that_goes_away_holds_nothing_any_more() {
    let (server, stream, end, running) = holding().await;
    drop(stream);
    server.until_held(0).await;
    end.cancel();
    timeout(TEST_DEADLINE, running).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_server_that_ends_answers_what_it_holds_and_is_gone_at_once() {
    let (_bench, mut stream, end, running) = holding().await;
    // The poll would be held for ten minutes; what is cut off after the grace period gets no answer at all.
    end.cancel();
    let mut answer = String::new();
    timeout(TEST_DEADLINE, stream.read_to_string(&mut answer)).await.unwrap().unwrap();
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    assert!(answer.contains("Connection timeout - Updates not found"), "{answer}");
    timeout(TEST_DEADLINE, running).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_server_that_ends_stores_what_a_provider_grants_to_a_window_that_was_closed() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let popup = browser::open(&server, &attempt).await;
    server.provider.behave(Behaviour::Slow);
    let listener = bind(&server.app).await.unwrap();
    let address = listener.local_addr().unwrap();
    let end = CancellationToken::new();
    let running = tokio::spawn(serve(server.app.clone(), listener, end.clone().cancelled_owned()));
    let mut stream = TcpStream::connect(address).await.unwrap();
    let code = server.provider.consent(&popup);
    let request = format!(
        "GET /oauth/callback?code={code}&state={} HTTP/1.1\r\nHost: connect.example\r\nCookie: {}\r\n\r\n",
        popup.state(),
        popup.cookie
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    // The window is closed while the provider still thinks about the code.
    timeout(TEST_DEADLINE, async {
        while server.app.finishing.is_empty() {
            sleep(Duration::from_millis(5)).await;
        }
    })
    .await
    .unwrap();
    drop(stream);
    sleep(Duration::from_millis(50)).await;
    end.cancel();
    timeout(TEST_DEADLINE, running).await.unwrap().unwrap();
    let store = Sqlite::open(&server.folder.path().join("connect.db")).await.unwrap();
    let connection = store.connection(attempt.connection_id.as_ref().unwrap()).await.unwrap().unwrap();
    assert!(
        matches!(connection.authorization, AuthorizationState::Active { .. }),
        "{:?}",
        connection.authorization
    );
    store.close().await;
}
