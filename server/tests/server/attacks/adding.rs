//! A stranger who connects something for somebody else's business. It is marked for the back end, stands behind what others
//! connected, and keeps nobody out whom the back end vouches for.

use connect_server::domain::secret_key::Scope;
use railz_connect_contract::{Connection, ConnectionState};
use serde_json::{Value, json};
use simulator::web_connector::{OpenFile, RoundOutcome, run_round};

use super::{SHOP, Session, open_session, tells};
use crate::accounts;
use crate::companies::{sign_in, start_with};
use crate::non_oauth::Practice;
use crate::support::secret_key::{add_key, minted_session};
use crate::support::{LIVE, TestServer};

/// A connection as the customer's back end is told of it.
async fn item(server: &TestServer, id: &Value) -> Value {
    let (key, _) = add_key(server, LIVE, &[Scope::Read]).await;
    let request = axum::http::Request::get(format!("/v2/connections/{}", id.as_str().unwrap()))
        .header("authorization", format!("Bearer {}", key.expose()))
        .body(axum::body::Body::empty());
    server.send(request.unwrap()).await.json()
}

#[tokio::test]
async fn occupying_a_service_with_a_company_of_ones_own() {
    // For a year nobody else could connect theirs.
    let server = start_with("quickbooks", "revoke_url = \"@/revoke\"\nrevocation_ends = \"grant\"").await;
    let stranger = open_session(&server).await;
    let squat = sign_in(&server, &stranger, "quickbooks", "&realmId=666").await;
    let id = &squat["connectionId"];
    assert_eq!(item(&server, id).await["openSession"], true);

    let owner = minted_session(&server, LIVE, SHOP).await;
    let told = sign_in(&server, &owner, "quickbooks", "&realmId=1").await;
    assert_eq!((&told["state"], &told["connectionId"]), (&json!("active"), id));
    assert_eq!(told["serviceAccountRef"]["id"], "1");
    let listed = item(&server, id).await;
    assert_eq!((&listed["openSession"], &listed["serviceAccountRef"]["id"]), (&Value::Null, &json!("1")));
    server.settled().await;
    assert_eq!(server.provider.revoked().len(), 1, "what the stranger gave");
    let kept = server.status(&stranger).await.remove(0);
    assert_eq!((kept.state, kept.service_account_ref), (ConnectionState::Active, None));
    let again = sign_in(&server, &stranger, "quickbooks", "&realmId=666").await;
    assert_eq!(again["reason"], "differentAccount");
}

#[tokio::test]
async fn a_back_ends_session_completes_what_a_page_connected() {
    let server = start_with("quickbooks", "").await;
    let page = open_session(&server).await;
    let connected = sign_in(&server, &page, "quickbooks", "&realmId=1").await;
    let minted = minted_session(&server, LIVE, SHOP).await;
    let again = sign_in(&server, &minted, "quickbooks", "&realmId=1").await;
    assert_eq!(again["connectionId"], connected["connectionId"]);
    assert_eq!(item(&server, &again["connectionId"]).await["openSession"], Value::Null);
    let later = open_session(&server).await;
    sign_in(&server, &later, "quickbooks", "&realmId=1").await;
    assert_eq!(item(&server, &again["connectionId"]).await["openSession"], Value::Null, "and it stays so");
}

#[tokio::test]
async fn what_a_page_connected_stays_where_the_other_company_cannot_be_connected() {
    let server = start_with("quickbooks", "").await;
    let elsewhere = server.session_of(LIVE, "Elsewhere").await;
    sign_in(&server, &elsewhere, "quickbooks", "&realmId=2").await;
    let page = open_session(&server).await;
    sign_in(&server, &page, "quickbooks", "&realmId=1").await;
    let minted = minted_session(&server, LIVE, SHOP).await;
    let told = sign_in(&server, &minted, "quickbooks", "&realmId=2").await;
    assert_eq!(told["error"], "duplicateAccount");
    let kept = server.status(&page).await.remove(0);
    assert_eq!(kept.service_account_ref.unwrap().id.as_deref(), Some("1"));
}

#[tokio::test]
async fn what_a_page_typed_stays_where_the_other_account_cannot_be_connected() {
    let practice = Practice::new().await;
    let connect = async |session: &Session, account: &str| {
        practice.server.begin(session, "oracleNetsuite").await;
        let pair = json!({
            "tokenId": simulator::netsuite::TOKEN, "tokenSecret": simulator::netsuite::TOKEN_SECRET,
            "accountId": format!("{}/netsuite/{account}", practice.address), "concurrency": 5,
        });
        practice.result(session, "/oracleNetsuite/account", &pair).await.success
    };
    let elsewhere = practice.session("Elsewhere").await;
    assert!(connect(&elsewhere, "2222222").await);
    let page = open_session(&practice.server).await;
    assert!(connect(&page, "1111111").await);
    let minted = minted_session(&practice.server, LIVE, SHOP).await;
    connect(&minted, "2222222").await;
    assert_eq!(practice.server.status(&minted).await[0].state, ConnectionState::Invalid, "a duplicate");
    let kept = practice.server.status(&page).await.remove(0);
    assert_eq!(kept.account_number.as_deref(), Some("1111111"));
    assert!(connect(&minted, "3333333").await, "and gives way to what can be connected");
    assert_eq!(practice.server.status(&minted).await[0].account_number.as_deref(), Some("3333333"));
}

#[tokio::test]
async fn signing_in_while_somebody_else_chooses() {
    // The newer sign-in's companies took the place of those that were to be chosen from.
    let (server, ids) = accounts::server("freshbooks").await;
    let owner = minted_session(&server, LIVE, SHOP).await;
    let (attempt, _) = accounts::sign_in(&server, &owner, "freshbooks").await;
    let stranger = open_session(&server).await;
    let (theirs, _) = accounts::sign_in(&server, &stranger, "freshbooks").await;
    assert_ne!(theirs.connection_id, attempt.connection_id);
    assert_eq!(accounts::choose(&server, &owner, &attempt, "freshbooks", ids[0]).await.status, 201);
    let status = server.status(&owner).await;
    let own = status.iter().find(|one| Some(&one.connection_id) == attempt.connection_id.as_ref()).unwrap();
    assert_eq!((own.state, own.account_name.as_deref()), (ConnectionState::Active, Some("Juniper Bakery")));
}

fn ids(connections: &[Connection]) -> Vec<&str> {
    connections.iter().map(|one| one.connection_id.as_str()).collect()
}

#[tokio::test]
async fn adding_a_bank_that_stands_first() {
    // The newest bank stood in front of everybody's status, where a client of 2.23 takes it for the one just linked.
    let practice = Practice::new().await;
    let owner: Session = open_session(&practice.server).await;
    let first = practice.linked(&owner, "1").await.connection_id.unwrap();
    practice.server.clock.pass(60);
    let stranger = open_session(&practice.server).await;
    let second = practice.linked(&stranger, "2").await.connection_id.unwrap();
    let due = [first.as_str(), second.as_str()];
    assert_eq!(ids(&practice.server.status(&owner).await), due);
    assert_eq!(ids(open_session(&practice.server).await.connections.as_ref().unwrap()), due);
    assert_eq!(ids(&practice.server.status(&stranger).await), [due[1], due[0]], "its own, as 2.23 wants it");
    // However early a page was: what the back end vouches for stands before it.
    practice.server.clock.pass(60);
    let minted = minted_session(&practice.server, LIVE, SHOP).await;
    let third = practice.linked(&minted, "3").await.connection_id.unwrap();
    let listed = minted_session(&practice.server, LIVE, SHOP).await.connections.unwrap();
    assert_eq!(ids(&listed), [third.as_str(), due[0], due[1]]);
    let status = item(&practice.server, &json!(second)).await;
    assert_eq!((&status["openSession"], &status["status"]), (&json!(true), &json!("active")));
}

#[tokio::test]
async fn occupying_the_desktop_connector_and_asking_for_files_without_end() {
    let practice = Practice::new().await;
    let round = async |begun: &railz_connect_contract::AddressResponse, name| {
        let password = begun.password.as_ref().unwrap().expose();
        let open = OpenFile::Company(name);
        run_round(begun.config.as_deref().unwrap(), password, open, async |_: &str, body: String| {
            practice.server.ask("POST", "/quickbooksDesktop/soap", None, &body).await.text()
        })
        .await
    };
    let stranger = open_session(&practice.server).await;
    let squat = practice.server.begin(&stranger, "quickbooksDesktop").await;
    assert_eq!(round(&squat, "Squat Ltd").await, RoundOutcome::Done);
    for _ in 0..21 {
        let another = open_session(&practice.server).await;
        for _ in 0..5 {
            practice.server.ask_to_begin(&another, "quickbooksDesktop", "").await;
        }
    }
    let minted = minted_session(&practice.server, LIVE, SHOP).await;
    let begun = practice.server.begin(&minted, "quickbooksDesktop").await;
    assert_eq!(round(&begun, "Juniper Bakery").await, RoundOutcome::Done);
    let status = practice.server.status(&minted).await.remove(0);
    assert_eq!(status.account_name.as_deref(), Some("Juniper Bakery"));
    // And the stranger's connector, which goes on by itself, is let in no more.
    assert_eq!(round(&squat, "Squat Ltd").await, RoundOutcome::NotLetIn("nvu".to_owned()));
    let late = practice.server.begin(&open_session(&practice.server).await, "quickbooksDesktop").await;
    let RoundOutcome::Error(words) = round(&late, "Squat Ltd").await else { panic!() };
    assert!(!words.contains("Juniper"), "{words}");
    tells(&words, &["another company file"]);
}

#[tokio::test]
async fn choosing_a_further_connection_for_another_company() {
    let server = start_with("quickbooks", "").await;
    let session = minted_session(&server, LIVE, SHOP).await;
    let first = sign_in(&server, &session, "quickbooks", "&realmId=1").await;
    let wrong = sign_in(&server, &session, "quickbooks", "&realmId=2").await;
    assert_eq!(wrong["reason"], "differentAccount");
    let with = async |extra: &str, realm: &str| -> Value {
        let answer = server.ask_to_begin(&session, "quickbooks", extra).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let attempt = answer.json();
        let popup = crate::support::browser::open(&server, &attempt).await;
        let code = server.provider.consent(&popup);
        let query = format!("code={code}&state={}&realmId={realm}", popup.state());
        crate::support::browser::come_back(&server, &popup, &query).await;
        server.poll(&session, &attempt, 0).await.json()
    };
    let second = with("&newConnection=true", "2").await;
    assert_eq!(second["state"], "active");
    assert_ne!(second["connectionId"], first["connectionId"]);
    let both: Vec<_> = server.status(&session).await.into_iter().map(|one| one.service_account_ref).collect();
    let ids: Vec<_> = both.into_iter().map(|company| company.unwrap().id.unwrap()).collect();
    assert_eq!(ids, ["1", "2"]);
    // Neither company becomes a third connection, and each is renewed by its id.
    for company in ["1", "2"] {
        let third = with("&newConnection=true", company).await;
        assert_eq!(
            (&third["error"], &third["reason"]),
            (&json!("duplicateAccount"), &json!("connectedHere"))
        );
    }
    let id = second["connectionId"].as_str().unwrap();
    assert_eq!(with(&format!("&connectionId={id}"), "2").await["connectionId"], id);
    assert_eq!(with(&format!("&connectionId={id}"), "1").await["reason"], "differentAccount");

    let both = format!("&connectionId={id}&newConnection=true");
    assert_eq!(server.ask_to_begin(&session, "quickbooks", &both).await.refusal().0, 400);
    let other = server.session_of(LIVE, "Elsewhere").await;
    for of in [&other, &session] {
        let id = if of.business_uuid == other.business_uuid { id } else { "CON-nobody" };
        let foreign = server.ask_to_begin(of, "quickbooks", &format!("&connectionId={id}")).await;
        assert_eq!(foreign.refusal().0, 400);
    }
}

/// Before, the stranger's visit stayed the one that had signed in: it was handed a signature for what the back end had brought,
/// and could put its own company there again.
#[tokio::test]
async fn waiting_at_a_service_that_tells_no_company_for_what_the_back_end_brings() {
    let server = start_with("quickbooks", "").await;
    let stranger = open_session(&server).await;
    let squat = sign_in(&server, &stranger, "harbourBooks", "").await;
    let id = squat["connectionId"].clone();
    server.provider.gave_refresh_token("held-1");
    let (key, _) = add_key(&server, LIVE, &[Scope::Write, Scope::Tokens]).await;
    let path = format!("/v2/businesses/{}/connection/migrate", stranger.business_uuid);
    let body = json!({ "serviceName": "harbourBooks", "refreshToken": "held-1" }).to_string();
    let request = axum::http::Request::post(path)
        .header("authorization", format!("Bearer {}", key.expose()))
        .header("content-type", "application/json");
    let brought = server.send(request.body(axum::body::Body::from(body)).unwrap()).await;
    assert_eq!(brought.status.as_u16(), 201, "{}", brought.text());
    assert_eq!(brought.json::<Value>()["connectionId"], id, "the one connection that the business has there");

    let handed =
        server.ask("POST", "/widget/connectionToken", Some(stranger.access_token.expose()), "{}").await;
    assert_eq!(handed.json::<Value>().get("connectionToken"), None, "{}", handed.text());
    let again = server.ask_to_begin(&stranger, "harbourBooks", "").await;
    assert_eq!(again.status.as_u16(), 409, "{}", again.text());
}
