//! What the log says, and what it never says.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::support::browser::{self, approve, navigate, path_of};
use crate::support::log::Log;
use crate::support::{LIVE, TestServer};

#[tokio::test]
async fn no_token_reaches_the_log_however_much_is_logged() {
    let log = Log::listen();
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let start = path_of(&attempt.url);
    let looked = Request::head(&start).body(Body::empty()).unwrap();
    assert_eq!(server.send(looked).await.status, StatusCode::METHOD_NOT_ALLOWED);
    for path in [format!("{start}/"), format!("/wrong{start}")] {
        assert_eq!(navigate(&server, &path, None).await.status, StatusCode::NOT_FOUND);
    }
    let popup = browser::open(&server, &attempt).await;
    assert_eq!(approve(&server, &popup).await.status, StatusCode::OK);
    assert_eq!(approve(&server, &popup).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(server.poll(&session, &attempt, 0).await.status, StatusCode::OK);
    let log = log.text();
    assert!(log.contains("a sign-in ended"), "{log}");
    let exchange = &server.provider.asked()[0];
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

#[test]
fn each_thread_hears_its_own_lines_whichever_thread_came_by_a_line_first() {
    fn says(who: &str) {
        tracing::info!(who, "somebody speaks");
    }
    crate::support::log::prepare();
    let before = std::thread::spawn(|| says("before"));
    before.join().unwrap();
    let hearers = ["one", "two"].map(|who| {
        std::thread::spawn(move || {
            let log = Log::listen();
            says(who);
            log.text()
        })
    });
    let heard = hearers.map(|hearer| hearer.join().unwrap());
    assert!(heard[0].contains("\"one\"") && !heard[0].contains("two"), "{heard:?}");
    assert!(heard[1].contains("\"two\"") && !heard[1].contains("one"), "{heard:?}");
}
