//! Token endpoints that misbehave: each one ends the attempt with a message, and none keeps anybody waiting.

use std::time::{Duration, Instant};

use crate::support::browser::{self, approve};
use crate::support::provider::Manner;
use crate::support::{Bench, LIVE};

/// Signs in at a token endpoint of this manner; returns what the person and the widget are told.
async fn told(manner: Manner) -> (String, String) {
    let bench = Bench::new().await;
    bench.provider.behave(manner);
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "xero").await;
    let page = approve(&bench, &browser::open(&bench, &attempt).await).await;
    let (status, message) = bench.poll(&session, &attempt, 1000).await.refusal();
    assert_eq!(status, 502, "{manner:?}");
    assert!(bench.status(&session).await.is_empty(), "{manner:?}");
    assert!(bench.app.store.credential(attempt.connection_id.as_ref().unwrap()).await.unwrap().is_none());
    for secret in ["secret-leak", "practice-secret", "code-1", "127.0.0.1"] {
        assert!(!page.text().contains(secret) && !message.contains(secret), "{manner:?} tells {secret}");
    }
    (page.text(), message)
}

#[tokio::test]
async fn a_refused_code_is_told() {
    for manner in [Manner::Refuses, Manner::RefusesWith200] {
        let (page, message) = told(manner).await;
        assert!(message.contains("Xero did not confirm the sign-in"), "{message}");
        assert!(page.contains("Xero did not confirm the sign-in"));
    }
}

#[tokio::test]
async fn an_answer_that_is_no_token_is_told() {
    for manner in [Manner::Html, Manner::NoToken, Manner::Huge] {
        let (_, message) = told(manner).await;
        assert!(message.contains("could not be understood"), "{manner:?}: {message}");
    }
}

#[tokio::test]
async fn a_token_endpoint_that_sends_elsewhere_is_not_followed() {
    let (_, message) = told(Manner::Redirects).await;
    assert!(message.contains("could not be understood"), "{message}");
}

#[tokio::test]
async fn a_token_endpoint_that_does_not_answer_is_given_up_after_the_configured_time() {
    let begun = Instant::now();
    let (_, message) = told(Manner::Hangs).await;
    assert!(message.contains("did not answer in time"), "{message}");
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}
