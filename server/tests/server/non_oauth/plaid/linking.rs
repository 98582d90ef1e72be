//! A bank is linked: link token, exchange, status, duplicates, and what is refused by name.

use axum::body::Body;
use axum::http::Request;
use railz_connect_contract::{
    ConnectionAccounts, ConnectionError, ConnectionState, LinkTokenResponse, ServiceKind,
};
use serde_json::{Value, json};

use super::{ACTIVE, Practice, SET, id, stands};
use crate::support::log::Log;

#[tokio::test]
async fn a_bank_is_linked_and_listed_with_its_accounts() {
    let practice = Practice::new().await;
    let session = practice.session("Harbour").await;
    let offered =
        session.integrations.as_ref().unwrap().iter().find(|entry| entry.service.as_str() == "plaid");
    let offered = offered.unwrap();
    assert_eq!(offered.service_kind, ServiceKind::Banking);
    assert_eq!(offered.display_name.as_deref(), Some("Bank account"));
    let bank = practice.linked(&session, "1").await;
    assert_eq!(bank.name.as_deref(), Some("Fernway Bank"));
    let status = practice.server.status(&session).await;
    assert_eq!(status.len(), 1);
    assert_eq!(
        (status[0].name.as_str(), status[0].kind, stands(&status[0])),
        ("plaid", ServiceKind::Banking, ACTIVE)
    );
    assert_eq!(Some(&status[0].connection_id), bank.connection_id.as_ref());
    assert_eq!(status[0].integration_uuid.as_ref(), Some(&offered.uuid));
    let Some(ConnectionAccounts::Bank(accounts)) = &status[0].accounts else { panic!("{status:?}") };
    let masks: Vec<_> = accounts.iter().map(|account| account.mask.as_deref().unwrap()).collect();
    assert_eq!(masks, ["0421", "7788"]);
    let institution = status[0].institution.as_ref().unwrap();
    assert_eq!(
        (institution.name.as_str(), institution.url.as_deref()),
        ("Fernway Bank", Some("https://fernway.example"))
    );
    let logo = institution.metadata.logo.as_ref().unwrap();
    let path = logo.strip_prefix("https://connect.example").unwrap();
    let picture = practice.server.send(Request::get(path).body(Body::empty()).unwrap()).await;
    assert_eq!(
        (picture.header("content-type"), picture.header("x-content-type-options")),
        ("image/png", "nosniff")
    );
    assert!(picture.body.starts_with(b"\x89PNG"));
    let none = Request::get("/plaid/logo/CON-0").body(Body::empty()).unwrap();
    assert_eq!(practice.server.send(none).await.refusal().0, 404);
    assert!(status[0].service_account_ref.as_ref().unwrap().id.as_ref().unwrap().starts_with("item-"));
    assert_eq!(practice.later("Harbour").await, status);
}

#[tokio::test]
async fn a_bank_without_accounts_site_or_picture_has_the_shape_all_the_same() {
    let practice = Practice::new().await;
    let session = practice.session("Harbour").await;
    practice.linked(&session, "2").await;
    practice.linked(&session, "3").await;
    let answer: Value = practice.server.get("/widget/status", session.access_token.expose()).await.json();
    assert_eq!(
        answer[0]["institution"],
        json!({ "name": "Lantern Credit Union", "url": null, "metadata": { "logo": null } })
    );
    assert_eq!(answer[1]["accounts"], json!([]));
    let due: Value =
        serde_json::from_str(include_str!("../../../../../crates/contract/golden/bank-connection.json"))
            .unwrap();
    let mut keys: Vec<_> = answer[1].as_object().unwrap().keys().collect();
    keys.retain(|key| *key != "accountName");
    assert_eq!(keys, due.as_object().unwrap().keys().collect::<Vec<_>>());
}

#[tokio::test]
async fn the_same_bank_linked_again_keeps_its_id_and_the_older_item_is_given_up() {
    let practice = Practice::new().await;
    let session = practice.session("Harbour").await;
    let first = practice.linked(&session, "1").await;
    let other = practice.linked(&session, "2").await;
    assert_ne!(first.connection_id, other.connection_id, "a business may have several banks");
    let again = practice.linked(&session, "1").await;
    assert_eq!(first.connection_id, again.connection_id);
    assert_eq!(practice.server.status(&session).await.len(), 2);
    let states: Vec<_> = practice.items().await.into_iter().map(|(_, state)| state).collect();
    assert_eq!(states, ["removed", "good", "good"]);
    assert_eq!(practice.update(&session, id(&again)).await.status.as_u16(), 200, "the newer token is kept");
}

#[tokio::test]
async fn a_bank_of_another_business_is_a_duplicate_for_this_session_only() {
    let practice = Practice::new().await;
    let first = practice.session("Harbour").await;
    practice.linked(&first, "4").await;
    let second = practice.session("Another").await;
    let own = practice.linked(&second, "1").await;
    let bank = practice.linked(&second, "4").await;
    assert_eq!(bank.name.as_deref(), Some("Commons Bank"));
    let status = practice.server.status(&second).await;
    let duplicate = (ConnectionState::Invalid, Some(ConnectionError::DuplicateAccount));
    assert_eq!(
        (Some(&status[0].connection_id), stands(&status[0])),
        (bank.connection_id.as_ref(), duplicate)
    );
    assert_eq!(status[0].institution.as_ref().unwrap().name, "Commons Bank");
    assert_eq!((Some(&status[1].connection_id), stands(&status[1])), (own.connection_id.as_ref(), ACTIVE));
    assert_eq!(practice.items().await.last().unwrap().1, "removed", "nobody pays for the second");
    assert_eq!(practice.later("Another").await.len(), 1);
    assert_eq!(stands(&practice.server.status(&first).await[0]), ACTIVE);
    practice.linked(&second, "2").await;
    let status = practice.server.status(&second).await;
    assert!(status.iter().all(|bank| stands(bank) == ACTIVE), "a later link covers it: {status:?}");
    let again = practice.linked(&second, "4").await;
    assert_eq!(again.connection_id, bank.connection_id);
}

#[tokio::test]
async fn what_a_page_says_wrongly_is_named() {
    let practice = Practice::new().await;
    let session = practice.session("Harbour").await;
    for (body, word) in [
        (json!("text"), "redirectUrl"),
        (json!({ "redirectUrl": "app.example" }), "redirectUrl"),
        (json!({ "redirectUrl": "http://app.example" }), "redirectUrl"),
        (json!({ "redirectUrl": "javascript:alert(1)" }), "redirectUrl"),
        (json!({ "redirectUrl": "https://app.example/unregistered" }), "redirect URIs"),
        (json!({ "redirectUrl": null, "countryCodes": ["US", "us"] }), "two capital letters"),
        (json!({ "redirectUrl": null, "countryCodes": ["Canada"] }), "countryCodes"),
        (json!({ "redirectUrl": null, "countryCodes": "US" }), "countryCodes"),
    ] {
        let (status, message) = practice.link_token(&session, "", body.clone()).await.refusal();
        assert_eq!(status, 400, "{body}");
        assert!(message.contains(word), "{body}: {message}");
    }
    for good in [
        json!({}),
        json!({ "redirectUrl": "", "countryCodes": [] }),
        json!({ "redirectUrl": "https://app.example/back", "countryCodes": ["US", "CA"] }),
    ] {
        let answer = practice.link_token(&session, "", good.clone()).await;
        assert_eq!(answer.status.as_u16(), 200, "{good}: {}", answer.text());
        let script = answer.json::<LinkTokenResponse>().script_url.unwrap();
        assert!(script.ends_with("/plaid/link-initialize.js"), "{script}");
    }
    for (body, word) in [
        (json!({}), "publicToken"),
        (json!({ "publicToken": " " }), "publicToken"),
        (json!({ "publicToken": "forged" }), "publicToken"),
    ] {
        let (status, message) = practice.post(&session, SET, &body).await.refusal();
        assert_eq!(status, 400);
        assert!(message.contains(word) && !message.contains("forged"), "{message}");
    }
    let refused = practice.update(&session, "CON-0").await.refusal();
    assert_eq!(refused, (400, "connectionId is no bank connection of this business".to_owned()));
    let address = practice.server.ask_to_begin(&session, "plaid", "").await.refusal();
    assert_eq!(address.0, 400);
    assert!(address.1.contains("/plaid/createLinkToken"), "{}", address.1);
}

#[tokio::test]
async fn no_token_of_a_bank_reaches_an_answer_or_the_log() {
    let log = Log::listen();
    let practice = Practice::new().await;
    let session = practice.session("Harbour").await;
    let token = practice.public_token(&session, "", "4").await;
    let body = json!({ "publicToken": token });
    let good = practice.post(&session, SET, &body).await;
    let used = practice.post(&session, SET, &body).await;
    assert_eq!(used.refusal().0, 400);
    practice.control("break", json!({ "user": session.business_uuid })).await;
    practice.server.clock.pass(61);
    practice.later("Harbour").await;
    let status = practice.server.get("/widget/status", session.access_token.expose()).await;
    let second = practice.session("Another").await;
    practice.linked(&second, "4").await;
    let log = log.text();
    assert!(log.contains("INVALID_PUBLIC_TOKEN") && log.contains("asks for a sign-in"), "{log}");
    for text in [good.text(), used.text(), status.text(), log] {
        for secret in ["access-sandbox", "public-sandbox", "link-sandbox", "practice-secret"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
}

#[tokio::test]
async fn a_plaid_that_refuses_the_keys_or_does_not_answer_is_told_apart() {
    let wrong = |address: &str| format!("client_secret = \"wrong\"\napi_url = \"{address}/plaid\"");
    let closed = |_: &str| "client_secret = \"s\"\napi_url = \"http://127.0.0.1:9\"".to_owned();
    for (practice, word) in [
        (Practice::with_plaid(wrong).await, "client_secret"),
        (Practice::with_plaid(closed).await, "did not answer in time"),
    ] {
        let session = practice.session("Harbour").await;
        let (status, message) = practice.link_token(&session, "", json!({})).await.refusal();
        assert_eq!(status, 502);
        assert!(message.contains(word) && !message.contains("wrong"), "{message}");
    }
}
