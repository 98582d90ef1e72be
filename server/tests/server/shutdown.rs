//! A server that ends, over real connections: who is under way is answered, and nobody else is waited for.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use connect_server::serve::{bind, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::support::{LIVE, TEST_DEADLINE, TestServer};

/// Far below the twenty-five seconds that requests under way are given.
const AT_ONCE: Duration = Duration::from_secs(5);

const HEALTH: &str = "GET /healthz HTTP/1.1\r\nHost: connect.example\r\n\r\n";

struct Running {
    _server: TestServer,
    address: SocketAddr,
    end: CancellationToken,
    task: JoinHandle<()>,
}

impl Running {
    async fn new() -> Self {
        let server = TestServer::new().await;
        let listener = bind(&server.app).await.unwrap();
        let address = listener.local_addr().unwrap();
        let end = CancellationToken::new();
        let task = tokio::spawn(serve(server.app.clone(), listener, end.clone().cancelled_owned()));
        Self { _server: server, address, end, task }
    }

    /// A connection on which this much was sent, and read by the server.
    async fn with(&self, sent: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(sent.as_bytes()).await.unwrap();
        sleep(Duration::from_millis(100)).await;
        stream
    }

    /// Ends the server, and tells how long that took.
    async fn end(self) -> Duration {
        let begun = Instant::now();
        self.end.cancel();
        timeout(TEST_DEADLINE, self.task).await.expect("the server still runs").unwrap();
        begun.elapsed()
    }
}

/// Everything that still comes; who is cut off may read a reset in place of the end.
async fn rest_of(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    timeout(TEST_DEADLINE, stream.read_to_end(&mut answer)).await.expect("it is still open").ok();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_server_that_ends_waits_for_nobody_who_has_not_asked_yet() {
    // One half-sent request used to stretch every restart to the whole time that requests under way are given.
    let answered_before = format!("{HEALTH}GET /heal");
    for sent in ["", "G", "GET /healthz HTTP/1.1\r\nHost: connect.exa", HEALTH, &answered_before] {
        let running = Running::new().await;
        let mut stream = running.with(sent).await;
        let took = running.end().await;
        assert!(took < AT_ONCE, "{sent:?}: {took:?}");
        let answer = rest_of(&mut stream).await;
        assert_eq!(answer.matches("HTTP/1.1 200").count(), sent.matches(HEALTH).count(), "{answer}");
    }
}

#[tokio::test]
async fn a_request_whose_beginning_is_here_is_answered_by_a_server_that_ends() {
    let running = Running::new().await;
    let begun = format!(
        "POST /widget/session/{LIVE}?businessName=Harbour HTTP/1.1\r\nHost: connect.example\r\n\
         Origin: https://app.example\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{"
    );
    let mut stream = running.with(&begun).await;
    let ended = tokio::spawn(running.end());
    sleep(Duration::from_millis(300)).await;
    assert!(!ended.is_finished(), "a request is under way");
    stream.write_all(b"}").await.unwrap();
    let answer = rest_of(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let took = ended.await.unwrap();
    assert!(took < AT_ONCE, "{took:?}");
}
