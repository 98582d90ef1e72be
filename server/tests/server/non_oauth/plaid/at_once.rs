//! What else happens while Plaid has not answered yet, and whose item it is that is given up.

use railz_connect_contract::{BankResponse, ConnectionError};
use serde_json::json;

use super::gate::Gate;
use super::{ACTIVE, Practice, SET, id, stands};

#[tokio::test]
async fn a_bank_that_is_linked_anew_while_plaid_says_that_the_older_link_is_gone_stays_linked() {
    // The late answer used to cut off the new link.
    let (practice, gate) = Gate::new().await;
    let session = practice.session("Harbour").await;
    let bank = practice.linked(&session, "1").await;
    let gone = json!({ "user": session.business_uuid, "code": "USER_PERMISSION_REVOKED" });
    practice.control("break", gone).await;
    practice.server.clock.pass(61);
    gate.hold("item/get");
    let (_, again) = tokio::join!(practice.later("Harbour"), async {
        gate.has_come().await;
        let again = practice.linked(&session, "1").await;
        gate.open();
        again
    });
    assert_eq!(again, bank, "under its id");
    practice.server.settled().await;
    assert_eq!(stands(&practice.server.status(&session).await[0]), ACTIVE);
    let states: Vec<_> = practice.items().await.into_iter().map(|(_, state)| state).collect();
    assert_eq!(states, ["removed", "good"]);
}

#[tokio::test]
async fn an_item_by_which_another_business_lives_is_not_given_up_as_a_duplicate() {
    // The duplicate used to be removed at Plaid, though it was the very item of the first business.
    let practice = Practice::new().await;
    let first = practice.session("Harbour").await;
    let bank = practice.linked(&first, "1").await;
    let token = practice.public_token(&first, id(&bank), "mend").await;
    let second = practice.session("Quay").await;
    let answer = practice.post(&second, SET, &json!({ "publicToken": token })).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text());
    let told = practice.server.status(&second).await;
    assert_eq!(told[0].error, Some(ConnectionError::DuplicateAccount));
    assert_eq!(practice.items().await, [("Fernway Bank".to_owned(), "good".to_owned())]);
    practice.server.clock.pass(61);
    assert_eq!(stands(&practice.later("Harbour").await[0]), ACTIVE);
}

#[tokio::test]
async fn a_bank_that_is_linked_twice_at_once_is_one_connection_by_one_item() {
    // There used to be two connections to the same accounts, and two items to pay for.
    let practice = Practice::new().await;
    let session = practice.session("Harbour").await;
    let tokens =
        [practice.public_token(&session, "", "1").await, practice.public_token(&session, "", "1").await];
    let bodies = tokens.map(|token| json!({ "publicToken": token }));
    let (one, two) =
        tokio::join!(practice.post(&session, SET, &bodies[0]), practice.post(&session, SET, &bodies[1]));
    assert_eq!(one.json::<BankResponse>(), two.json::<BankResponse>());
    let status = practice.server.status(&session).await;
    assert_eq!((status.len(), stands(&status[0])), (1, ACTIVE));
    let items = practice.items().await;
    assert_eq!(items.iter().filter(|(_, state)| state == "good").count(), 1, "{items:?}");
}

#[tokio::test]
async fn a_bank_that_is_linked_anew_while_it_is_mended_keeps_its_newest_item() {
    // The late answer used to write down the older item, which is no more.
    let (practice, gate) = Gate::new().await;
    let session = practice.session("Harbour").await;
    let bank = practice.linked(&session, "1").await;
    gate.hold("accounts/get");
    let (answer, newest) = tokio::join!(practice.update(&session, id(&bank)), async {
        gate.has_come().await;
        practice.linked(&session, "1").await;
        let newest = practice.server.status(&session).await;
        gate.open();
        newest
    });
    assert_eq!(answer.refusal().0, 409);
    assert_eq!(practice.server.status(&session).await, newest);
}
