//! A stranger at a choice that is the owner's to make.

use railz_connect_contract::{ConnectionState, CredentialsResult};
use serde_json::{Value, json};

use super::{SHOP, hides, open_session, tells, told};
use crate::accounts::{accounts, choose, server, sign_in};
use crate::non_oauth::Practice;
use crate::support::LIVE;
use crate::support::browser;
use crate::support::secret_key::minted_session;

#[tokio::test]
async fn choosing_a_company_for_the_owner() {
    let (server, ids) = server("freshbooks").await;
    let owner = open_session(&server).await;
    let (attempt, _) = sign_in(&server, &owner, "freshbooks").await;
    let stranger = open_session(&server).await;
    let entry = &stranger.connections.as_ref().unwrap()[0];
    assert_eq!((entry.state, &entry.accounts), (ConnectionState::Pending, &None));
    hides(&told(&server, &stranger).await, &["Juniper Bakery\"", "Finch Joinery", ids[0]]);
    assert_eq!(accounts(&server, &stranger, "freshbooks").await.refusal().0, 409);
    for id in [ids[0], "9999"] {
        let (status, message) = choose(&server, &stranger, &attempt, "freshbooks", id).await.refusal();
        assert_eq!(status, 409, "{message}");
        hides(&message, &[ids[1]]);
    }
    let minted = minted_session(&server, LIVE, SHOP).await;
    tells(&accounts(&server, &minted, "freshbooks").await.text(), &["Finch Joinery"]);
    assert_eq!(choose(&server, &owner, &attempt, "freshbooks", ids[1]).await.status, 201);
}

#[tokio::test]
async fn asking_which_company_was_chosen_by_choosing_each() {
    // A choice that was made already was answered with 201, and any other one with 409.
    let (server, ids) = server("freshbooks").await;
    let owner = open_session(&server).await;
    let (attempt, _) = sign_in(&server, &owner, "freshbooks").await;
    choose(&server, &owner, &attempt, "freshbooks", ids[1]).await;
    let stranger = open_session(&server).await;
    for id in ids {
        assert_eq!(choose(&server, &stranger, &attempt, "freshbooks", id).await.refusal().0, 409);
    }
    assert_eq!(choose(&server, &owner, &attempt, "freshbooks", ids[1]).await.status, 201, "lost on the way");
}

#[tokio::test]
async fn whoever_signs_in_again_is_offered_the_choice() {
    let (server, ids) = server("sageBusinessCloud").await;
    let before_the_reload = open_session(&server).await;
    sign_in(&server, &before_the_reload, "sageBusinessCloud").await;
    let session = open_session(&server).await;
    let (attempt, _) = sign_in(&server, &session, "sageBusinessCloud").await;
    tells(&accounts(&server, &session, "sageBusinessCloud").await.text(), &["Finch Joinery"]);
    assert_eq!(choose(&server, &session, &attempt, "sageBusinessCloud", ids[0]).await.status, 201);
    assert_eq!(server.status(&session).await[0].account_name.as_deref(), Some("Juniper Bakery"));
}

#[tokio::test]
async fn signing_in_while_the_owner_of_another_page_chooses() {
    // The stranger's companies took the place of those that the owner was to choose from.
    let (server, ids) = server("freshbooks").await;
    let owner = open_session(&server).await;
    let (attempt, _) = sign_in(&server, &owner, "freshbooks").await;
    let stranger = open_session(&server).await;
    let (theirs, _) = sign_in(&server, &stranger, "freshbooks").await;
    assert_ne!(theirs.connection_id, attempt.connection_id);
    tells(&accounts(&server, &owner, "freshbooks").await.text(), &["Finch Joinery"]);
    assert_eq!(choose(&server, &owner, &attempt, "freshbooks", ids[0]).await.status, 201);
    assert_eq!(server.status(&owner).await[0].connection_id, attempt.connection_id.clone().unwrap());
    // The owner's is the business's, so whoever comes back later renews it.
    let later = open_session(&server).await;
    let (again, _) = sign_in(&server, &later, "freshbooks").await;
    let told: Value = server.poll(&later, &again, 0).await.json();
    assert_eq!((again.connection_id, told["state"].as_str()), (attempt.connection_id, Some("active")));
}

#[tokio::test]
async fn coming_back_to_a_service_where_somebody_else_chooses_by_then() {
    let (server, ids) = server("freshbooks").await;
    let stranger = open_session(&server).await;
    let early = server.begin(&stranger, "freshbooks").await;
    let popup = browser::open(&server, &early).await;
    let owner = open_session(&server).await;
    let (attempt, _) = sign_in(&server, &owner, "freshbooks").await;
    assert_eq!(early.connection_id, attempt.connection_id);
    browser::approve(&server, &popup).await;
    let told: Value = server.poll(&stranger, &early, 0).await.json();
    assert_eq!((&told["state"], &told["reason"]), (&json!("invalid"), &json!("differentAccount")));
    assert_eq!(choose(&server, &owner, &attempt, "freshbooks", ids[1]).await.status, 201);
}

#[tokio::test]
async fn leaving_a_choice_that_nobody_makes() {
    // No attack: a page was closed. Who signs in again gets a connection that works, and it is the business's from then on.
    let (server, ids) = server("freshbooks").await;
    let closed = open_session(&server).await;
    let (left, _) = sign_in(&server, &closed, "freshbooks").await;
    let page = open_session(&server).await;
    let (attempt, _) = sign_in(&server, &page, "freshbooks").await;
    assert_ne!(attempt.connection_id, left.connection_id);
    assert_eq!(choose(&server, &page, &attempt, "freshbooks", ids[0]).await.status, 201);
    let listed: Vec<_> = server.status(&page).await.into_iter().map(|one| one.state).collect();
    assert_eq!(listed, [ConnectionState::Active, ConnectionState::Pending], "2.23 takes the first of a name");
    for seconds in [0, 25 * 3600] {
        server.clock.pass(seconds);
        let later = open_session(&server).await;
        let (again, _) = sign_in(&server, &later, "freshbooks").await;
        let told: Value = server.poll(&later, &again, 0).await.json();
        assert_eq!(again.connection_id, attempt.connection_id, "{seconds} seconds later");
        assert_eq!(told["state"], "active", "and no duplicate of itself: {told}");
    }
}

#[tokio::test]
async fn choosing_an_entity_for_who_typed_the_credentials() {
    let practice = Practice::new().await;
    let owner = open_session(&practice.server).await;
    practice.server.begin(&owner, "sageIntacct").await;
    let user =
        json!({ "companyId": "harbour", "userId": "owner", "userPassword": simulator::intacct::PASSWORD });
    let typed: CredentialsResult = practice.result(&owner, "/sageIntacct/account", &user).await;
    let body = json!({ "accountId": "200", "connectionId": typed.connection_id });
    let stranger = open_session(&practice.server).await;
    let path = "/sageIntacct/account/subsidiary";
    let (status, message) = practice.post(&stranger, path, &body).await.refusal();
    assert_eq!(status, 409, "{message}");
    let chosen = practice.post(&owner, path, &body).await;
    assert_eq!(chosen.status, 201, "{}", chosen.text());
    let again: Value = practice.server.get("/widget/status", owner.access_token.expose()).await.json();
    assert_eq!(again[0]["accountName"], "Harbour North");
}

#[tokio::test]
async fn typing_credentials_while_somebody_else_chooses_an_entity() {
    // What was typed last took the place of the credentials that waited for the choice.
    let practice = Practice::new().await;
    let owner = minted_session(&practice.server, LIVE, SHOP).await;
    practice.server.begin(&owner, "sageIntacct").await;
    let user = |company: &str| json!({ "companyId": company, "userId": "owner", "userPassword": simulator::intacct::PASSWORD });
    let typed: CredentialsResult = practice.result(&owner, "/sageIntacct/account", &user("harbour")).await;
    let stranger = open_session(&practice.server).await;
    for company in ["harbour", "solo"] {
        let (status, message) =
            practice.post(&stranger, "/sageIntacct/account", &user(company)).await.refusal();
        assert_eq!(status, 409, "{message}");
    }
    let body = json!({ "accountId": "100", "connectionId": typed.connection_id });
    let chosen = practice.post(&owner, "/sageIntacct/account/subsidiary", &body).await;
    assert_eq!(chosen.status, 201, "{}", chosen.text());
}

#[tokio::test]
async fn choosing_an_entity_typed_before_while_the_owner_chooses() {
    // Credentials that waited for a choice already were connected before the owner's.
    let practice = Practice::new().await;
    let stranger = open_session(&practice.server).await;
    practice.server.begin(&stranger, "sageIntacct").await;
    let user =
        json!({ "companyId": "harbour", "userId": "owner", "userPassword": simulator::intacct::PASSWORD });
    let early = practice.result(&stranger, "/sageIntacct/account", &user).await;
    let owner = minted_session(&practice.server, LIVE, SHOP).await;
    practice.server.begin(&owner, "sageIntacct").await;
    let typed = practice.result(&owner, "/sageIntacct/account", &user).await;
    assert_eq!(typed.connection_id, early.connection_id);
    let path = "/sageIntacct/account/subsidiary";
    let body = |entity: &str| json!({ "accountId": entity, "connectionId": typed.connection_id });
    let (status, message) = practice.post(&stranger, path, &body("100")).await.refusal();
    assert_eq!(status, 409, "{message}");
    assert!(practice.server.status(&owner).await.is_empty(), "nothing is connected yet");
    assert_eq!(practice.post(&owner, path, &body("200")).await.status, 201);
    // The table of reconnecting judges what waited: the same company and nothing else.
    assert_eq!(practice.post(&stranger, path, &body("100")).await.refusal().0, 409);
    assert_eq!(practice.server.status(&owner).await[0].account_name.as_deref(), Some("Harbour North"));
}

#[tokio::test]
async fn occupying_an_intacct_company_before_the_owner_does() {
    let practice = Practice::new().await;
    let user = |company: &str| json!({ "companyId": company, "userId": "owner", "userPassword": simulator::intacct::PASSWORD });
    let stranger = open_session(&practice.server).await;
    practice.server.begin(&stranger, "sageIntacct").await;
    assert!(practice.result(&stranger, "/sageIntacct/account", &user("solo")).await.success);
    let owner = minted_session(&practice.server, LIVE, SHOP).await;
    practice.server.begin(&owner, "sageIntacct").await;
    let typed = practice.result(&owner, "/sageIntacct/account", &user("harbour")).await;
    let body = json!({ "accountId": "100", "connectionId": typed.connection_id });
    let chosen = practice.post(&owner, "/sageIntacct/account/subsidiary", &body).await;
    assert_eq!(chosen.status, 201, "{}", chosen.text());
    assert_eq!(practice.server.status(&owner).await[0].account_name.as_deref(), Some("Harbour & Sons"));
    hides(&told(&practice.server, &stranger).await, &["Harbour & Sons"]);
    let again = practice.result(&stranger, "/sageIntacct/account", &user("solo")).await;
    assert!(!again.success, "and it is no place to come back to");
}
