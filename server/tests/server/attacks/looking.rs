//! What a stranger reads of the owner's connections.

use axum::body::Body;
use axum::http::{Request, header};
use connect_server::domain::secret_key::Scope;
use railz_connect_contract::ConnectionState;
use serde_json::{Value, json};
use simulator::web_connector::{OpenFile, RoundOutcome, run_round};

use super::{SHOP, hides, open_session, tells, told};
use crate::companies::{sign_in, start_with};
use crate::non_oauth::Practice;
use crate::support::LIVE;
use crate::support::secret_key::{add_key, minted_session};

#[tokio::test]
async fn reading_the_name_and_the_number_of_a_connected_company() {
    // A widget's id and a shop's name used to be enough.
    let server = start_with("quickbooks", "").await;
    let owner = open_session(&server).await;
    let connected = sign_in(&server, &owner, "quickbooks", "&realmId=4620816365").await;
    let secret = ["Juniper Bakery\"", "4620816365", "accountName", "accountNumber", "serviceAccountRef"];
    tells(&told(&server, &owner).await, &["4620816365"]);

    let stranger = open_session(&server).await;
    let read = told(&server, &stranger).await;
    hides(&read, &secret);
    let entry = &stranger.connections.as_ref().unwrap()[0];
    assert_eq!(json!(entry.connection_id), connected["connectionId"]);
    assert_eq!((entry.name.as_str(), entry.state), ("quickbooks", ConnectionState::Active));
    assert!(entry.expires_at.is_some(), "the widget says when to sign in again");

    let continued = server.continue_session(LIVE, &owner).await;
    tells(&serde_json::to_string(&continued.connections).unwrap(), &["4620816365"]);
    let minted = minted_session(&server, LIVE, SHOP).await;
    tells(&told(&server, &minted).await, &["4620816365"]);
}

#[tokio::test]
async fn reading_a_company_by_naming_the_businesss_number() {
    // A businessUuid travels through success pages and callbacks: it opens no more than a name does.
    let server = start_with("quickbooks", "").await;
    let owner = open_session(&server).await;
    sign_in(&server, &owner, "quickbooks", "&realmId=4620816365").await;
    let query = format!("?businessUuid={}&include=connections,integrations", owner.business_uuid);
    let stranger = server.session(LIVE, &query).await;
    assert_eq!(stranger.business_uuid, owner.business_uuid);
    hides(&told(&server, &stranger).await, &["4620816365", "accountName"]);
}

#[tokio::test]
async fn reading_a_banks_accounts() {
    let practice = Practice::new().await;
    let owner = open_session(&practice.server).await;
    practice.linked(&owner, "1").await;
    let secret = ["0421", "7788", "item-", "accountName"];
    tells(&told(&practice.server, &owner).await, &["0421", "7788", "item-"]);
    let stranger = open_session(&practice.server).await;
    let read = told(&practice.server, &stranger).await;
    hides(&read, &secret);
    tells(&read, &["Fernway Bank", "\"accounts\":[]", "\"metadata\":{\"logo\""]);
}

#[tokio::test]
async fn reading_what_typed_credentials_connected() {
    let practice = Practice::new().await;
    let owner = open_session(&practice.server).await;
    practice.server.begin(&owner, "oracleNetsuite").await;
    let pair = json!({
        "tokenId": simulator::netsuite::TOKEN, "tokenSecret": simulator::netsuite::TOKEN_SECRET,
        "accountId": format!("{}/netsuite/1234567-sb1", practice.address), "concurrency": 5,
    });
    assert!(practice.result(&owner, "/oracleNetsuite/account", &pair).await.success);
    practice.server.begin(&owner, "sageIntacct").await;
    let user =
        json!({ "companyId": "solo", "userId": "owner", "userPassword": simulator::intacct::PASSWORD });
    assert!(practice.result(&owner, "/sageIntacct/account", &user).await.success);
    tells(&told(&practice.server, &owner).await, &["1234567_SB1", "solo"]);

    let stranger = open_session(&practice.server).await;
    hides(&told(&practice.server, &stranger).await, &["1234567_SB1", "solo"]);
    // Neither by trying credentials of one's own: a refusal used to name the owner's account.
    let own = json!({
        "tokenId": simulator::netsuite::TOKEN, "tokenSecret": simulator::netsuite::TOKEN_SECRET,
        "accountId": format!("{}/netsuite/7654321", practice.address), "concurrency": 5,
    });
    let refused = practice.result(&stranger, "/oracleNetsuite/account", &own).await;
    assert!(!refused.success);
    let message = refused.message.unwrap();
    hides(&message, &["1234567"]);
    tells(&message, &["another NetSuite account"]);
    let to_owner = practice.result(&owner, "/oracleNetsuite/account", &own).await.message.unwrap();
    tells(&to_owner, &["1234567_SB1"]);
}

#[tokio::test]
async fn reading_which_company_file_was_connected() {
    // 2.23 looks in a session that it opened anew, by the business's name alone as anybody does: its onSuccess has no company.
    // Whoever may know it reads it by the connectionId that onSuccess has.
    let practice = Practice::new().await;
    let owner = open_session(&practice.server).await;
    let begun = practice.server.begin(&owner, "quickbooksDesktop").await;
    let password = begun.password.as_ref().unwrap().expose();
    let file = begun.config.as_deref().unwrap();
    let ended =
        run_round(file, password, OpenFile::Company("Finch & Sons"), async |_: &str, body: String| {
            practice.server.ask("POST", "/quickbooksDesktop/soap", None, &body).await.text()
        });
    assert_eq!(ended.await, RoundOutcome::Done);
    let anew = open_session(&practice.server).await;
    hides(&told(&practice.server, &anew).await, &["Finch"]);
    let entry = practice.server.status(&anew).await.remove(0);
    assert_eq!(
        (entry.state, Some(entry.connection_id)),
        (ConnectionState::Active, begun.connection_id.clone())
    );

    tells(&told(&practice.server, &owner).await, &["Finch & Sons"]);
    let (key, _) = add_key(&practice.server, LIVE, &[Scope::Read]).await;
    let request = Request::get(format!("/v2/connections/{}", begun.connection_id.unwrap()))
        .header(header::AUTHORIZATION, format!("Bearer {}", key.expose()))
        .body(Body::empty());
    let item: Value = practice.server.send(request.unwrap()).await.json();
    assert_eq!(item["serviceAccountRef"]["id"], "Finch & Sons");
}
