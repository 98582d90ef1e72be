//! A stranger who signs in where the owner is connected. Whoever comes back by the name of their business may: the company
//! is what tells the two apart.

use serde_json::{Value, json};

use super::{SHOP, Session, open_session, tells};
use crate::companies::{sign_in, start_with};
use crate::connection_tokens::hand_over;
use crate::non_oauth::Practice;
use crate::support::browser::{self, approve};
use crate::support::provider::Behaviour;
use crate::support::secret_key::minted_session;
use crate::support::{LIVE, SANDBOX, TestServer};

#[tokio::test]
async fn coming_back_by_the_businesss_name_alone() {
    // No attack: what the widget is for. The connection keeps its id, and whoever signed in sees it whole.
    let server = start_with("quickbooks", "").await;
    let first = minted_session(&server, LIVE, SHOP).await;
    let connected = sign_in(&server, &first, "quickbooks", "&realmId=1").await;
    server.clock.pass(365 * 24 * 3600);
    let later = open_session(&server).await;
    let again = sign_in(&server, &later, "quickbooks", "&realmId=1").await;
    assert_eq!((&again["state"], &again["connectionId"]), (&json!("active"), &connected["connectionId"]));
    assert_eq!(again["serviceAccountRef"]["id"], "1");
    assert!(hand_over(&server, &later).await.is_some());
}

#[tokio::test]
async fn putting_a_company_of_ones_own_behind_the_owners_connection() {
    let server = start_with("quickbooks", "").await;
    for owner in [open_session(&server).await, minted_session(&server, LIVE, SHOP).await] {
        sign_in(&server, &owner, "quickbooks", "&realmId=1").await;
        let stranger = open_session(&server).await;
        let told = sign_in(&server, &stranger, "quickbooks", "&realmId=666").await;
        assert_eq!((&told["state"], &told["reason"]), (&json!("invalid"), &json!("differentAccount")));
        assert_eq!(told["serviceAccountRef"], Value::Null);
        assert_eq!(hand_over(&server, &stranger).await, None);
        let kept = server.status(&owner).await.remove(0);
        assert_eq!(kept.service_account_ref.unwrap().id.as_deref(), Some("1"));
    }
}

async fn ask(server: &TestServer, session: &Session, extra: &str) -> (u16, String) {
    let answer = server.ask_to_begin(session, "harbourBooks", extra).await;
    (answer.status.as_u16(), answer.text())
}

#[tokio::test]
async fn reconnecting_where_nobody_can_tell_the_company() {
    // Any sign-in took the place of the owner's, with nothing but new times to show for it.
    let server = TestServer::new().await;
    let owner = open_session(&server).await;
    sign_in(&server, &owner, "harbourBooks", "").await;
    let stranger = open_session(&server).await;
    let id = &stranger.connections.as_ref().unwrap()[0].connection_id;
    for extra in [String::new(), format!("&connectionId={id}")] {
        let (status, text) = ask(&server, &stranger, &extra).await;
        assert_eq!(status, 409, "{text}");
        tells(&text, &["is connected, and does not tell which company", "Acme Lending"]);
    }
    assert_eq!(hand_over(&server, &stranger).await, None);
    assert_eq!(sign_in(&server, &owner, "harbourBooks", "").await["state"], "active", "its own visit");
    let minted = minted_session(&server, LIVE, SHOP).await;
    assert_eq!(sign_in(&server, &minted, "harbourBooks", "").await["connectionId"], json!(id));
}

#[tokio::test]
async fn beginning_before_the_owner_and_coming_back_after() {
    let server = TestServer::new().await;
    let stranger = open_session(&server).await;
    let early = server.begin(&stranger, "harbourBooks").await;
    let popup = browser::open(&server, &early).await;
    let owner = open_session(&server).await;
    sign_in(&server, &owner, "harbourBooks", "").await;
    let held = async || {
        let id = early.connection_id.clone().unwrap();
        server.app.store.credential(&id).await.unwrap().unwrap().version
    };
    let before = held().await;
    approve(&server, &popup).await;
    let told: Value = server.poll(&stranger, &early, 0).await.json();
    assert_eq!((&told["state"], &told["reason"]), (&json!("invalid"), &json!("differentAccount")));
    assert_eq!(held().await, before);
    assert_eq!(hand_over(&server, &stranger).await, None);
}

#[tokio::test]
async fn coming_back_at_the_same_moment_as_the_owner() {
    // Rights were judged before the code was exchanged, so whoever was second of two took the place of the first in silence.
    let server = TestServer::new().await;
    let (owner, stranger) = (open_session(&server).await, open_session(&server).await);
    let mut came = Vec::new();
    for session in [&owner, &stranger] {
        let attempt = server.begin(session, "harbourBooks").await;
        let popup = browser::open(&server, &attempt).await;
        came.push((attempt, popup));
    }
    assert_eq!(came[0].0.connection_id, came[1].0.connection_id);
    server.provider.behave(Behaviour::Slow);
    tokio::join!(approve(&server, &came[0].1), approve(&server, &came[1].1));
    let mut told = Vec::new();
    for (session, (attempt, _)) in [&owner, &stranger].into_iter().zip(&came) {
        told.push(server.poll(session, attempt, 0).await.json::<Value>());
    }
    told.sort_by_key(|one| one["state"].to_string());
    assert_eq!((&told[0]["state"], &told[0]["replacedAt"]), (&json!("active"), &Value::Null));
    assert_eq!((&told[1]["state"], &told[1]["reason"]), (&json!("invalid"), &json!("differentAccount")));
}

#[tokio::test]
async fn two_windows_of_one_visit_that_come_back_at_the_same_moment() {
    // No attack, and still told: one of them takes the place of the other.
    let server = TestServer::new().await;
    let owner = open_session(&server).await;
    let (one, two) = (server.begin(&owner, "harbourBooks").await, server.begin(&owner, "harbourBooks").await);
    let windows = (browser::open(&server, &one).await, browser::open(&server, &two).await);
    server.provider.behave(Behaviour::Slow);
    tokio::join!(approve(&server, &windows.0), approve(&server, &windows.1));
    let status = server.status(&owner).await.remove(0);
    assert!(status.replaced_at.is_some(), "nothing is replaced in silence: {status:?}");
}

#[tokio::test]
async fn opening_the_banks_script_for_a_bank_that_asks_for_nothing() {
    let practice = Practice::new().await;
    let owner = open_session(&practice.server).await;
    let bank = practice.linked(&owner, "1").await;
    let id = bank.connection_id.unwrap();
    let stranger = open_session(&practice.server).await;
    let body = json!({ "redirectUrl": null });
    let (status, message) = practice.link_token(&stranger, id.as_str(), body.clone()).await.refusal();
    assert_eq!(status, 409, "{message}");
    assert_eq!(practice.link_token(&owner, id.as_str(), body.clone()).await.status, 200);
    // Who comes back puts right what asks for it.
    practice.control("break", json!({ "user": owner.business_uuid })).await;
    practice.server.clock.pass(61);
    let later = open_session(&practice.server).await;
    assert_eq!(practice.link_token(&later, id.as_str(), body).await.status, 200);
    practice.public_token(&later, id.as_str(), "mend").await;
    assert_eq!(practice.update(&later, id.as_str()).await.status, 200);
}

#[tokio::test]
async fn playing_a_case_at_the_owners_sandbox_connection() {
    // It used to become the stranger's: shown whole, signed in a connectionToken, its books emptied.
    let server = TestServer::new().await;
    let play = async |session: &Session, url: &str, case: &str| {
        let body = json!({ "code": case }).to_string();
        server.ask("POST", url, Some(session.access_token.expose()), &body).await
    };
    let early = server.session_of(SANDBOX, "Harbour").await;
    let begun_before = server.begin(&early, "railzSandbox").await;
    let owner = minted_session(&server, SANDBOX, "Harbour").await;
    let attempt = server.begin(&owner, "railzSandbox").await;
    assert_eq!(play(&owner, &attempt.url, "user_good").await.status, 200);

    let stranger = server.session_of(SANDBOX, "Harbour").await;
    let id = &stranger.connections.as_ref().unwrap()[0].connection_id;
    for extra in [String::new(), format!("&connectionId={id}")] {
        let answer = server.ask_to_begin(&stranger, "railzSandbox", &extra).await;
        assert_eq!(answer.status, 409, "{}", answer.text());
        tells(&answer.text(), &["says of nobody whose it is"]);
    }
    assert_eq!(play(&early, &begun_before.url, "data_empty").await.status, 200);
    let told: Value = server.poll(&early, &begun_before, 0).await.json();
    assert_eq!((&told["state"], &told["reason"]), (&json!("invalid"), &json!("differentAccount")));
    for session in [&stranger, &early] {
        assert_eq!(hand_over(&server, session).await, None);
    }
    let again = server.begin(&owner, "railzSandbox").await;
    assert_eq!(play(&owner, &again.url, "user_good").await.status, 200, "its own visit");
    let minted = minted_session(&server, SANDBOX, "Harbour").await;
    let again = server.begin(&minted, "railzSandbox").await;
    assert_eq!(play(&minted, &again.url, "user_good").await.status, 200, "another of the back end's");
}

#[tokio::test]
async fn playing_again_what_a_page_played() {
    // No attack: pages practise with it, and 2.23 opens another session after each success.
    let server = TestServer::new().await;
    for _ in 0..2 {
        let page = server.session_of(SANDBOX, "Harbour").await;
        let attempt = server.begin(&page, "railzSandbox").await;
        let token = Some(page.access_token.expose());
        let answer = server.ask("POST", &attempt.url, token, r#"{"code":"user_good"}"#).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(server.status(&page).await.len(), 1);
    }
}
