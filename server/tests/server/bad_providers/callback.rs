//! Callbacks that are not the ones waited for. The forms of each forgery stand in `../callback.rs`.

use axum::http::StatusCode;
use railz_connect_contract::{CONNECTION_TIMEOUT, Connection, ConnectionState};

use crate::support::browser::{approve, come_back, navigate};

use super::{Kind, Person};

/// A callback that ends nothing: the page and the log say so, the host goes on waiting, and the real one still counts.
async fn ends_nothing(query: impl Fn(&str) -> String, with_cookie: bool, words: &str, cause: &str) {
    for kind in Kind::BOTH {
        let person = Person::of(kind).await;
        let asked_before = person.server.provider.asked().len();
        let (attempt, popup) = person.leaves().await;
        let path = format!("/oauth/callback?{}", query(&popup.state()));
        let cookie = with_cookie.then_some(popup.cookie.as_str());
        let page = navigate(&person.server, &path, cookie).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        assert!(
            page.text().contains(words) && page.text().contains("Nothing was changed"),
            "{}",
            page.text()
        );
        let poll = person.server.poll(&person.session, &attempt, 50).await;
        assert_eq!(poll.refusal(), (404, CONNECTION_TIMEOUT.to_owned()), "the host goes on waiting");
        let log = person.log.text();
        assert!(log.contains("refused: ") && log.contains(cause), "{log}");
        assert_eq!(person.server.provider.asked().len(), asked_before, "no code was exchanged");
        person.has_lost_nothing().await;
        assert_eq!(approve(&person.server, &popup).await.status, StatusCode::OK);
        let told: Connection = person.server.poll(&person.session, &attempt, 0).await.json();
        assert_eq!(told.state, ConnectionState::Active);
    }
}

#[tokio::test]
async fn a_callback_without_state() {
    let query = |_: &str| "code=stolen".to_owned();
    ends_nothing(query, true, "is not waiting for an answer", "no sign-in waits for this state").await;
}

#[tokio::test]
async fn a_callback_with_a_forged_state() {
    let query = |_: &str| "code=stolen&state=made-up".to_owned();
    ends_nothing(query, true, "is not waiting for an answer", "no sign-in waits for this state").await;
}

#[tokio::test]
async fn a_callback_in_another_browser() {
    let query = |state: &str| format!("code=stolen&state={state}");
    ends_nothing(query, false, "can be finished only in the browser window", "in another browser or window")
        .await;
}

#[tokio::test]
async fn a_callback_twice() {
    let person = Person::renewal("").await;
    let (attempt, popup) = person.leaves().await;
    assert_eq!(approve(&person.server, &popup).await.status, StatusCode::OK);
    let held = person.holds().await;
    let first = person.server.poll(&person.session, &attempt, 0).await.text();
    let asked = person.server.provider.asked().len();
    for query in ["code=again", "error=access_denied", "error=server_error"] {
        let page = come_back(&person.server, &popup, &format!("{query}&state={}", popup.state())).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        assert!(page.text().contains("It is over already"), "{}", page.text());
    }
    assert_eq!(
        person.server.poll(&person.session, &attempt, 0).await.text(),
        first,
        "the host hears the same"
    );
    assert_eq!(person.server.provider.asked().len(), asked);
    assert_eq!(person.holds().await, held);
    assert!(person.log.text().contains("refused: no sign-in waits for this state"), "{}", person.log.text());
}

#[tokio::test]
async fn a_callback_of_the_wrong_issuer() {
    for kind in Kind::BOTH {
        let person = Person::of(kind).await;
        let asked_before = person.server.provider.asked().len();
        let (attempt, popup) = person.leaves().await;
        let query = format!("code=x&state={}&iss=https://evil.example", popup.state());
        let page = come_back(&person.server, &popup, &query).await.text();
        let words = "The answer did not come from Xero, so it was not accepted. Please try again.";
        assert!(page.contains(words), "{page}");
        let (status, message) = person.server.poll(&person.session, &attempt, 1000).await.refusal();
        assert_eq!((status, message.as_str()), (502, words));
        let log = person.log.text();
        assert!(log.contains("a sign-in failed") && log.contains("https://evil.example"), "{log}");
        assert_eq!(person.server.provider.asked().len(), asked_before, "no code was exchanged");
        person.has_lost_nothing().await;
    }
}
