//! Oracle NetSuite: a token pair, tried by a signed call to the account's own address.

use railz_connect_contract::{ConnectionError, ConnectionState};
use serde_json::{Value, json};
use simulator::netsuite::{LIMITED_TOKEN, TOKEN, TOKEN_SECRET};

use super::Practice;
use crate::support::LIVE;
use crate::support::secret_key::minted_session;

const PATH: &str = "/oracleNetsuite/account";

fn pair(practice: &Practice, account: &str) -> Value {
    json!({
        "tokenId": TOKEN,
        "tokenSecret": TOKEN_SECRET,
        "accountId": format!("{}/netsuite/{account}", practice.address),
        "concurrency": 5,
    })
}

fn with(mut body: Value, key: &str, value: impl Into<Value>) -> Value {
    body[key] = value.into();
    body
}

#[tokio::test]
async fn a_token_pair_that_netsuite_accepts_makes_the_connection_stand() {
    let practice = Practice::new().await;
    let (session, begun) = practice.begun("Harbour", "oracleNetsuite").await;
    assert!(practice.server.status(&session).await.is_empty(), "nothing is listed before it was proved");
    let result = practice.result(&session, PATH, &pair(&practice, "1234567-sb1")).await;
    assert!(result.success);
    let status = practice.server.status(&session).await;
    assert_eq!(status.len(), 1);
    assert_eq!((status[0].name.as_str(), status[0].state), ("oracleNetsuite", ConnectionState::Active));
    assert_eq!(Some(status[0].connection_id.clone()), begun.connection_id);
    assert_eq!(result.connection_id, begun.connection_id);
    let account = status[0].service_account_ref.clone().unwrap();
    assert_eq!(account.id.as_deref(), Some("1234567_SB1"), "as NetSuite writes it");
    assert_eq!(status[0].account_number.as_deref(), Some("1234567_SB1"));
    let later = minted_session(&practice.server, LIVE, "Harbour").await;
    assert_eq!(later.connections.unwrap(), status);
}

#[tokio::test]
async fn an_account_id_alone_is_enough_as_the_old_widget_asks_for_nothing_else() {
    let practice = Practice::new().await;
    let (session, _) = practice.begun("Harbour", "oracleNetsuite").await;
    let result =
        practice.result(&session, PATH, &with(pair(&practice, "1"), "accountId", "1234567_SB1")).await;
    assert!(result.success);
    let status = practice.server.status(&session).await;
    assert_eq!(status[0].service_account_ref.clone().unwrap().id.as_deref(), Some("1234567_SB1"));
}

#[tokio::test]
async fn a_token_pair_that_netsuite_refuses_is_no_success_and_says_what_to_check() {
    let practice = Practice::new().await;
    let (session, _) = practice.begun("Harbour", "oracleNetsuite").await;
    for (key, value, word) in [
        ("tokenSecret", "wrong", "token secret"),
        ("tokenId", "wrong", "token id"),
        ("tokenId", LIMITED_TOKEN, "REST web services"),
    ] {
        let result = practice.result(&session, PATH, &with(pair(&practice, "1"), key, value)).await;
        assert!(!result.success, "{key}");
        assert!(result.message.unwrap().contains(word), "{key}");
    }
    assert!(practice.server.status(&session).await.is_empty(), "a failed try is in no list");
}

#[tokio::test]
async fn an_account_out_of_order_is_an_error_with_words_and_nothing_is_stored() {
    let practice = Practice::new().await;
    let (session, _) = practice.begun("Harbour", "oracleNetsuite").await;
    for (account, words) in [
        ("html", "could not be understood"),
        ("redirect", "could not be understood"),
        ("huge", "could not be understood"),
        ("slow", "did not answer in time"),
    ] {
        let (status, message) = practice.post(&session, PATH, &pair(&practice, account)).await.refusal();
        assert_eq!(status, 502, "{account}");
        assert!(message.contains(words), "{account}: {message}");
    }
    assert!(practice.server.status(&session).await.is_empty());
}

#[tokio::test]
async fn an_address_that_is_not_netsuites_is_never_called() {
    let practice = Practice::new().await;
    let (session, _) = practice.begun("Harbour", "oracleNetsuite").await;
    for address in [
        "https://127.0.0.1",
        "https://169.254.169.254/latest/meta-data",
        "http://1234567.suitetalk.api.netsuite.com",
        "https://1234567.suitetalk.api.netsuite.com.example",
        "https://localhost/netsuite/1",
        "file:///etc/passwd",
        "12 34567",
        "",
    ] {
        let body = with(pair(&practice, "1"), "accountId", address);
        let (status, message) = practice.post(&session, PATH, &body).await.refusal();
        assert_eq!(status, 400, "{address}");
        assert!(message.contains("suitetalk.api.netsuite.com"), "{message}");
    }
}

#[tokio::test]
async fn a_body_that_is_not_the_forms_is_refused_by_field() {
    let practice = Practice::new().await;
    let (session, _) = practice.begun("Harbour", "oracleNetsuite").await;
    for (body, word) in [
        (with(pair(&practice, "1"), "concurrency", 0), "concurrency"),
        (with(pair(&practice, "1"), "concurrency", 141), "concurrency"),
        (with(pair(&practice, "1"), "concurrency", "many"), "concurrency"),
        (with(pair(&practice, "1"), "tokenId", " "), "tokenId"),
        (with(pair(&practice, "1"), "tokenSecret", ""), "tokenSecret"),
        (json!({}), "tokenId"),
    ] {
        let (status, message) = practice.post(&session, PATH, &body).await.refusal();
        assert_eq!(status, 400);
        assert!(message.contains(word), "{message}");
    }
    for concurrency in [1, 140] {
        let body = with(pair(&practice, "1"), "concurrency", concurrency);
        assert!(practice.result(&session, PATH, &body).await.success);
    }
}

#[tokio::test]
async fn credentials_before_the_address_was_asked_for_are_refused() {
    let practice = Practice::new().await;
    let session = practice.session("Harbour").await;
    let (status, message) = practice.post(&session, PATH, &pair(&practice, "1")).await.refusal();
    assert_eq!(status, 409);
    assert!(message.contains("/services/url"), "{message}");
    let nobody = practice.server.ask("POST", PATH, None, &pair(&practice, "1").to_string()).await;
    assert_eq!(nobody.refusal().0, 401);
}

#[tokio::test]
async fn an_account_of_another_business_of_the_same_customer_is_a_duplicate_for_this_session_only() {
    let practice = Practice::new().await;
    let (first, _) = practice.begun("Harbour", "oracleNetsuite").await;
    practice.result(&first, PATH, &pair(&practice, "77")).await;
    let (second, _) = practice.begun("Another", "oracleNetsuite").await;
    practice.result(&second, PATH, &pair(&practice, "77")).await;
    let status = practice.server.status(&second).await;
    assert_eq!(status.len(), 1);
    assert_eq!(
        (status[0].state, status[0].error),
        (ConnectionState::Invalid, Some(ConnectionError::DuplicateAccount))
    );
    assert!(practice.server.status(&practice.session("Another").await).await.is_empty());
    assert_eq!(practice.server.status(&first).await[0].state, ConnectionState::Active);
    assert!(practice.result(&second, PATH, &pair(&practice, "78")).await.success);
    assert_eq!(practice.server.status(&second).await[0].state, ConnectionState::Active);
}

#[tokio::test]
async fn a_connection_keeps_its_account_and_its_id_when_it_is_renewed() {
    let practice = Practice::new().await;
    let (session, begun) = practice.begun("Harbour", "oracleNetsuite").await;
    practice.result(&session, PATH, &pair(&practice, "77")).await;
    let again = practice.server.begin(&session, "oracleNetsuite").await;
    assert_eq!(again.connection_id, begun.connection_id);
    let other = practice.result(&session, PATH, &pair(&practice, "78")).await;
    assert!(!other.success);
    assert!(other.message.unwrap().contains("77"));
    let status = practice.server.status(&session).await;
    assert_eq!(status[0].service_account_ref.clone().unwrap().id.as_deref(), Some("77"));
    assert!(practice.result(&session, PATH, &pair(&practice, "77")).await.success);
}

#[tokio::test]
async fn neither_token_nor_secret_is_stored_in_the_open() {
    let practice = Practice::new().await;
    let (session, _) = practice.begun("Harbour", "oracleNetsuite").await;
    practice.result(&session, PATH, &pair(&practice, "77")).await;
    practice.server.app.store.close().await;
    let mut looked_at = 0;
    for file in std::fs::read_dir(practice.server.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        looked_at += bytes.len();
        for word in [TOKEN, TOKEN_SECRET] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
        }
    }
    assert!(looked_at > 10_000, "the database was there");
}

#[tokio::test]
async fn of_two_businesses_that_prove_one_account_at_once_one_gets_it() {
    let practice = Practice::new().await;
    let (first, _) = practice.begun("Harbour", "oracleNetsuite").await;
    let (second, _) = practice.begun("Quay", "oracleNetsuite").await;
    let body = pair(&practice, "1234567");
    let (one, two) = tokio::join!(practice.post(&first, PATH, &body), practice.post(&second, PATH, &body));
    for answer in [one, two] {
        assert!([200, 409].contains(&answer.status.as_u16()), "{}", answer.text());
    }
    let mut active = 0;
    for business in ["Harbour", "Quay"] {
        active += practice.session(business).await.connections.unwrap().len();
    }
    assert_eq!(active, 1);
}
