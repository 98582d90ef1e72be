//! What a bank says of itself when a session opens, and how it is put right (update mode) or linked anew.

use railz_connect_contract::{BankResponse, ConnectionError, ConnectionState};
use serde_json::json;

use crate::connection_tokens::hand_over;

use super::{ACTIVE, ASKS, CREATE, Practice, SET, UPDATE, id, stands};
use crate::rows::spoil;

#[tokio::test]
async fn the_status_has_the_bank_that_was_linked_or_mended_last_in_front_as_the_old_widget_takes_the_first() {
    let practice = Practice::new().await;
    let session = practice.session("Harbour").await;
    let first = practice.linked(&session, "1").await;
    practice.server.clock.pass(1);
    let second = practice.linked(&session, "2").await;
    let status = practice.server.status(&session).await;
    let in_front: Vec<_> = status.iter().map(|entry| entry.connection_id.as_str()).collect();
    assert_eq!(in_front, [id(&second), id(&first)]);
    practice.server.clock.pass(301);
    let item = status[1].service_account_ref.clone().unwrap().id;
    practice.control("break", json!({ "item": item })).await;
    practice.later("Harbour").await;
    assert_eq!(stands(&practice.server.status(&session).await[1]), ASKS);
    practice.public_token(&session, id(&first), "mend").await;
    assert_eq!(practice.update(&session, id(&first)).await.status.as_u16(), 200);
    let status = practice.server.status(&session).await;
    assert_eq!((status[0].connection_id.as_str(), stands(&status[0])), (id(&first), ACTIVE));
}

#[tokio::test]
async fn a_bank_that_asks_for_a_sign_in_shows_it_at_the_next_session_and_is_mended() {
    let practice = Practice::new().await;
    let session = practice.session("Harbour").await;
    let bank = practice.linked(&session, "1").await;
    practice.control("break", json!({ "user": session.business_uuid })).await;
    assert_eq!(stands(&practice.later("Harbour").await[0]), ACTIVE, "it was asked a moment ago");
    practice.server.clock.pass(61);
    let later = practice.later("Harbour").await;
    assert_eq!(stands(&later[0]), ASKS);
    assert_eq!(Some(&later[0].connection_id), bank.connection_id.as_ref());
    assert_eq!(later[0].institution.as_ref().unwrap().name, "Fernway Bank");
    let (status, message) = practice.update(&session, id(&bank)).await.refusal();
    assert_eq!(status, 409);
    assert!(message.contains("Fernway Bank still asks"), "{message}");
    practice.public_token(&session, id(&bank), "mend").await;
    let answer = practice.update(&session, id(&bank)).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text());
    assert_eq!(answer.json::<BankResponse>(), bank);
    assert_eq!(stands(&practice.server.status(&session).await[0]), ACTIVE);
    practice.server.clock.pass(61);
    assert_eq!(stands(&practice.later("Harbour").await[0]), ACTIVE);
}

#[tokio::test]
async fn a_mended_bank_may_also_be_told_by_its_new_public_token() {
    let practice = Practice::new().await;
    let session = practice.session("Harbour").await;
    let bank = practice.linked(&session, "1").await;
    practice.control("break", json!({ "user": session.business_uuid })).await;
    practice.server.clock.pass(61);
    assert_eq!(stands(&practice.later("Harbour").await[0]), ASKS);
    let token = practice.public_token(&session, id(&bank), "mend").await;
    let answer: BankResponse = practice.post(&session, SET, &json!({ "publicToken": token })).await.json();
    assert_eq!(answer, bank);
    let status = practice.server.status(&session).await;
    assert_eq!((status.len(), stands(&status[0])), (1, ACTIVE));
    assert_eq!(
        practice.items().await,
        [("Fernway Bank".to_owned(), "good".to_owned())],
        "the item is the same"
    );
}

#[tokio::test]
async fn a_bank_that_was_mended_elsewhere_is_well_again_by_itself() {
    let practice = Practice::new().await;
    let session = practice.session("Harbour").await;
    practice.linked(&session, "1").await;
    let before = practice.server.status(&session).await;
    practice.control("break", json!({ "user": session.business_uuid })).await;
    practice.server.clock.pass(61);
    let broken = practice.later("Harbour").await;
    assert_eq!(stands(&broken[0]), ASKS);
    practice.public_token(&session, broken[0].connection_id.as_str(), "mend").await;
    assert_eq!(stands(&practice.later("Harbour").await[0]), ASKS, "it was asked a moment ago");
    practice.server.clock.pass(61);
    assert_eq!(practice.later("Harbour").await, before, "as if nothing had been");
}

#[tokio::test]
async fn a_bank_that_was_cut_off_is_disconnected_and_linked_anew_under_its_id() {
    let practice = Practice::new().await;
    let session = practice.session("Harbour").await;
    let bank = practice.linked(&session, "1").await;
    let gone = json!({ "user": session.business_uuid, "code": "USER_PERMISSION_REVOKED" });
    practice.control("break", gone).await;
    practice.server.clock.pass(61);
    let later = practice.later("Harbour").await;
    assert_eq!(later[0].state, ConnectionState::Disconnected);
    assert_eq!(later[0].error, Some(ConnectionError::ReauthorizationRequired));
    assert_eq!(practice.update(&session, id(&bank)).await.refusal().0, 409);
    assert_eq!(practice.items().await[0].1, "removed", "as Plaid asks for it");
    let token = practice.public_token(&session, id(&bank), "1").await;
    let again: BankResponse = practice.post(&session, SET, &json!({ "publicToken": token })).await.json();
    assert_eq!(again, bank);
    assert_eq!(stands(&practice.server.status(&session).await[0]), ACTIVE);
}

#[tokio::test]
async fn of_many_banks_each_has_its_turn_to_be_asked() {
    // The same ten used to be asked at each session, so the eleventh never told that it asks for a sign-in.
    let practice = Practice::new().await;
    let session = practice.session("Harbour").await;
    for _ in 0..11 {
        practice.linked(&session, "2").await;
        // Another bank from here on, since the practice Plaid knows a few only.
        let other = "UPDATE company_bindings SET service_data = json_set(service_data, '$.fingerprint', connection_id) \
                     WHERE json_extract(service_data, '$.fingerprint') <> connection_id";
        spoil(&practice.server, other).await;
    }
    let last = practice.linked(&session, "1").await;
    let status = practice.server.status(&session).await;
    assert_eq!(status.len(), 12);
    let entry = status.iter().find(|entry| entry.connection_id.as_str() == id(&last)).unwrap();
    let item = entry.service_account_ref.clone().unwrap().id;
    practice.control("break", json!({ "item": item })).await;
    practice.server.clock.pass(61);
    practice.later("Harbour").await;
    let later = practice.later("Harbour").await;
    let entry = later.iter().find(|entry| entry.connection_id.as_str() == id(&last)).unwrap();
    assert_eq!(stands(entry), ASKS);
}

#[tokio::test]
async fn a_trouble_that_the_person_cannot_mend_changes_nothing() {
    let practice = Practice::new().await;
    let session = practice.session("Harbour").await;
    practice.linked(&session, "1").await;
    for (code, due) in [("PRODUCT_NOT_READY", ACTIVE), ("INSTITUTION_DOWN", ACTIVE), ("ITEM_LOCKED", ASKS)] {
        practice.control("break", json!({ "user": session.business_uuid, "code": code })).await;
        practice.server.clock.pass(61);
        assert_eq!(stands(&practice.later("Harbour").await[0]), due, "{code}");
    }
}

#[tokio::test]
async fn a_plaid_out_of_order_changes_nothing_and_is_told_in_words() {
    let practice = Practice::new().await;
    let session = practice.session("Harbour").await;
    let bank = practice.linked(&session, "1").await;
    let token = practice.public_token(&session, "", "2").await;
    practice.control("out-of-order", json!(true)).await;
    practice.server.clock.pass(61);
    assert_eq!(stands(&practice.later("Harbour").await[0]), ACTIVE);
    let answers = [
        practice.link_token(&session, "", json!({ "redirectUrl": null })).await,
        practice.post(&session, SET, &json!({ "publicToken": token })).await,
        practice.update(&session, id(&bank)).await,
    ];
    for answer in answers {
        let (status, message) = answer.refusal();
        assert_eq!(status, 502);
        assert!(message.contains("could not be understood"), "{message}");
    }
    practice.control("out-of-order", json!(false)).await;
    let answer = practice.post(&session, SET, &json!({ "publicToken": token })).await;
    assert_eq!(answer.status.as_u16(), 200, "the token was not used up");
}

#[tokio::test]
async fn a_bank_is_mended_by_its_own_business_only() {
    let practice = Practice::new().await;
    let session = practice.session("Harbour").await;
    let bank = practice.linked(&session, "1").await;
    let (other, books) = practice.begun("Another", "oracleNetsuite").await;
    let not_banks = [id(&bank).to_owned(), books.connection_id.unwrap().to_string()];
    for connection in not_banks {
        assert_eq!(practice.update(&other, &connection).await.refusal().0, 400);
        let answer = practice.link_token(&other, &connection, json!({ "redirectUrl": null })).await;
        assert_eq!(answer.refusal().0, 400);
    }
    for (method, path) in [("POST", CREATE), ("POST", SET), ("PATCH", UPDATE)] {
        assert_eq!(practice.server.ask(method, path, None, "{}").await.refusal().0, 401);
    }
}

#[tokio::test]
async fn a_bank_that_somebody_else_says_to_have_mended_is_signed_for_whoever_linked_it() {
    // A healthy bank is well whoever asks, and whoever asked last used to count as signed in.
    let practice = Practice::new().await;
    let owner = practice.session("Harbour").await;
    let bank = practice.linked(&owner, "1").await;
    let stranger = practice.session("Harbour").await;
    practice.server.clock.pass(10);
    let before = practice.server.status(&owner).await;
    assert_eq!(practice.update(&stranger, id(&bank)).await.status.as_u16(), 200);
    assert_eq!(hand_over(&practice.server, &stranger).await, None);
    assert!(hand_over(&practice.server, &owner).await.is_some());
    assert_eq!(practice.server.status(&owner).await, before, "nobody authorised it anew");
    // Nor where the bank did ask for a sign-in, and got it elsewhere.
    practice.control("break", json!({ "user": owner.business_uuid })).await;
    practice.server.clock.pass(61);
    assert_eq!(stands(&practice.later("Harbour").await[0]), ASKS);
    practice.public_token(&owner, id(&bank), "mend").await;
    assert_eq!(practice.update(&stranger, id(&bank)).await.status.as_u16(), 200);
    assert_eq!(stands(&practice.server.status(&owner).await[0]), ACTIVE);
    assert_eq!(hand_over(&practice.server, &stranger).await, None);
    assert!(hand_over(&practice.server, &owner).await.is_some());
}
