//! Accepts clients' connections and serves HTTP/1 on each, within the bounds of `[requests]`.
//!
//! `axum::serve` sets no bound: a client that sent half a request kept its connection for ever. Here the beginning of a
//! request must come in time, which ends idle connections too; bodies are timed where they are read (`http/input.rs`,
//! `services/proxy/timed_body.rs`). An answer may take as long as it likes until it begins: polls are held. Then the client has to
//! take it (`stalled_writes.rs`).

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

use crate::config::RequestLimits;
use crate::stalled_writes::StalledWrites;

/// How many bytes of a request's beginning are kept, and of an answer's: hyper's own bound is six times as much, which half-sent
/// requests could fill.
const BUFFER: usize = 64 * 1024;

/// How long to wait where the system has no file left for another connection.
const PAUSE: Duration = Duration::from_secs(1);

/// Accepts until `ending` is cancelled; returns when every connection has ended, each behind the answer that it waits for.
pub(crate) async fn accept(
    listener: TcpListener,
    router: Router,
    limits: RequestLimits,
    ending: CancellationToken,
) {
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(limits.header_timeout).max_buf_size(BUFFER);
    let room = Arc::new(Semaphore::new(limits.connections));
    let connections = TaskTracker::new();
    let next = async || {
        // Closed by nobody; without a place nothing is accepted.
        let place = room.clone().acquire_owned().await.ok()?;
        Some((place, accept_one(&listener).await))
    };
    while let Some(Some((place, (stream, peer)))) = ending.run_until_cancelled(next()).await {
        let (protocol, router, ending) = (protocol.clone(), router.clone(), ending.clone());
        connections.spawn(async move {
            let stream = StalledWrites::new(stream, limits.answer_timeout);
            serve_connection(&protocol, stream, peer, router, &ending).await;
            drop(place);
        });
    }
    drop(listener);
    connections.close();
    connections.wait().await;
}

/// The next connection, however often it takes to get one.
async fn accept_one(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if is_of_the_client(&error) => tracing::debug!(%error, "a client was gone already"),
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted");
                sleep(PAUSE).await;
            }
        }
    }
}

fn is_of_the_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Answers the requests of one connection, one after the other. When the server ends, what is under way is answered; a
/// connection without a whole beginning of a request is closed, since nothing says that the rest ever comes.
async fn serve_connection(
    protocol: &http1::Builder,
    stream: StalledWrites<TcpStream>,
    peer: SocketAddr,
    router: Router,
    ending: &CancellationToken,
) {
    let began = AtomicBool::new(false);
    let service = service_fn(|request: hyper::Request<Incoming>| {
        began.store(true, Ordering::Relaxed);
        let router = router.clone();
        async move {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            Ok::<_, Infallible>(router.oneshot(request).await.unwrap_or_else(|never| match never {}))
        }
    });
    let mut connection = pin!(protocol.serve_connection(TokioIo::new(stream), service));
    let end = tokio::select! {
        // First, so that a beginning which is here already is read before the connection is judged.
        biased;
        end = connection.as_mut() => end,
        () = ending.cancelled() => {
            // Behind an answer hyper closes by itself; for the rest of a first request it would wait as ever.
            if !began.load(Ordering::Relaxed) {
                return;
            }
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = end {
        tracing::debug!(%error, "a connection broke off");
    }
}
