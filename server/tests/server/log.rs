//! What the log says, and what it never says.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::support::browser::{self, approve, navigate, path_of};
use crate::support::{Bench, LIVE};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_token_reaches_the_log_however_much_is_logged() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let listening = tracing::subscriber::set_default(subscriber);

    let bench = Bench::new().await;
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "xero").await;
    let start = path_of(&attempt.url);
    let looked = Request::head(&start).body(Body::empty()).unwrap();
    assert_eq!(bench.send(looked).await.status, StatusCode::METHOD_NOT_ALLOWED);
    for path in [format!("{start}/"), format!("/wrong{start}")] {
        assert_eq!(navigate(&bench, &path, None).await.status, StatusCode::NOT_FOUND);
    }
    let popup = browser::open(&bench, &attempt).await;
    // Another test may have come by a log line first, while nobody listened; then it would stay silent.
    tracing::callsite::rebuild_interest_cache();
    assert_eq!(approve(&bench, &popup).await.status, StatusCode::OK);
    assert_eq!(approve(&bench, &popup).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(bench.poll(&session, &attempt, 0).await.status, StatusCode::OK);
    drop(listening);

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("a sign-in ended"), "{log}");
    let exchange = &bench.provider.asked()[0];
    for (what, secret) in [
        ("start token", start.rsplit('/').next().unwrap()),
        ("session token", session.access_token.expose()),
        ("state", &popup.state()),
        ("cookie", popup.cookie.split('=').nth(1).unwrap()),
        ("code", &exchange["code"]),
        ("verifier", &exchange["code_verifier"]),
        ("access token", "access-2"),
        ("refresh token", "refresh-2"),
        ("client secret", "practice-secret"),
    ] {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "the {what} is in the log");
    }
}
