//! The server goes on with what was stored: it lists it, and what was pending is chosen.

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use connect_server::sweep::sweep;
use railz_connect_contract::{ConnectionAccounts, ConnectionId, ConnectionState};
use serde_json::json;
use simulator::web_connector::{OpenFile, RoundOutcome, run_round};

use super::rows::LOGO;
use super::{CONNECTOR_PASSWORD, TOKEN, migrate};
use crate::support::{request, send};

#[tokio::test]
async fn the_server_goes_on_listing_what_the_version_before_connected() {
    let it = migrate().await;
    it.vouch().await;
    let status = it.status(TOKEN).await;
    let entry = |id: &str| status.iter().find(|entry| entry.connection_id.as_str() == id).unwrap();
    let company = |id: &str| entry(id).service_account_ref.clone().unwrap();
    assert_eq!(status[0].connection_id.as_str(), "CON-duplicate", "the newest link's answer comes first");
    assert_eq!(status[0].state, ConnectionState::Invalid);
    assert_eq!(status.len(), 10);
    assert_eq!(company("CON-plain").id.as_deref(), Some("x-1"));
    assert_eq!(entry("CON-plain").account_name.as_deref(), Some("Finch & Sons"));
    assert_eq!(entry("CON-number").missing_scopes, ["openid", "reports"]);
    assert_eq!(entry("CON-netsuite").account_number.as_deref(), Some("TD1234"));
    assert_eq!(entry("CON-pending").state, ConnectionState::Pending);
    let Some(ConnectionAccounts::Choices(choices)) = &entry("CON-pending").accounts else { panic!() };
    assert_eq!(choices.0.len(), 3);
    assert!(choices.0.contains(&("1000".to_owned(), "1000".to_owned())));
    let bank = entry("CON-bank");
    assert_eq!(company("CON-bank").id.as_deref(), Some("item-1"));
    assert_eq!(bank.institution.as_ref().unwrap().name, "First Bank");
    assert!(bank.institution.as_ref().unwrap().metadata.logo.is_some());
    let Some(ConnectionAccounts::Bank(accounts)) = &bank.accounts else { panic!() };
    assert_eq!(accounts.len(), 2);
    let logo = send(&it.router, request("GET", "/plaid/logo/CON-bank", None, "")).await;
    assert_eq!(logo.body, STANDARD.decode(LOGO).unwrap());

    let quay = it.status("token-of-quay").await;
    let entity = quay[0].service_account_ref.clone().unwrap();
    assert_eq!((entity.id.as_deref(), entity.entity_ref.unwrap().id.as_str()), (Some("harbour"), "100"));
    let pier = it.status("token-of-pier").await;
    assert_eq!(pier.len(), 1, "what waits for an entity is in no list");
    it.app.store.close().await;
}

#[tokio::test]
async fn a_company_that_was_pending_before_is_chosen_afterwards() {
    let it = migrate().await;
    it.vouch().await;
    let body = json!({"accountId": "1000", "connectionId": "CON-pending"});
    assert_eq!(it.post(TOKEN, "/freshbooks/account", &body).await, StatusCode::CREATED);
    let status = it.status(TOKEN).await;
    let entry = status.iter().find(|entry| entry.connection_id.as_str() == "CON-pending").unwrap();
    assert_eq!((entry.state, entry.account_number.as_deref()), (ConnectionState::Active, Some("7")));
    let binding = it.app.store.binding(&ConnectionId::new("CON-pending")).await.unwrap().unwrap();
    assert_eq!(binding.variables.get("environment"), Some("one"));
    assert_eq!(binding.variables.get("callback"), Some("https://c.example"));

    // Sage Intacct: the password that waited, sealed by the version before, opens and connects the chosen entity.
    let body = json!({"accountId": "200", "connectionId": "CON-waiting"});
    let path = "/sageIntacct/account/subsidiary";
    assert_eq!(it.post("token-of-pier", path, &body).await, StatusCode::CREATED);
    let pier = it.status("token-of-pier").await;
    let entry = pier.iter().find(|entry| entry.connection_id.as_str() == "CON-waiting").unwrap();
    assert_eq!(
        (entry.state, entry.account_name.as_deref()),
        (ConnectionState::Active, Some("Harbour North"))
    );
    assert!(it.app.store.credential(&ConnectionId::new("CON-waiting")).await.unwrap().is_some());
    it.app.store.close().await;
}

#[tokio::test]
async fn an_entity_that_another_business_connected_before_is_a_duplicate_afterwards() {
    let it = migrate().await;
    let body = json!({"accountId": "100", "connectionId": "CON-waiting"});
    let path = "/sageIntacct/account/subsidiary";
    assert_eq!(it.post("token-of-pier", path, &body).await, StatusCode::CREATED);
    let pier = it.status("token-of-pier").await;
    let entry = pier.iter().find(|entry| entry.connection_id.as_str() == "CON-waiting").unwrap();
    assert_eq!(entry.state, ConnectionState::Invalid);
    assert!(it.app.store.credential(&ConnectionId::new("CON-waiting")).await.unwrap().is_none());
    // A choice that met a duplicate can still be made otherwise.
    let body = json!({"accountId": "200", "connectionId": "CON-waiting"});
    assert_eq!(it.post("token-of-pier", path, &body).await, StatusCode::CREATED);
    assert_eq!(sweep(&it.app).await.unwrap().choices, 0);
    it.app.store.close().await;
}

#[tokio::test]
async fn the_connector_file_of_the_version_before_still_goes_round() {
    // What was kept of who had asked for the file has another name now. It used to be lost: "This connection is gone."
    let it = migrate().await;
    let file = "<QBWCXML><AppURL>/quickbooksDesktop/soap</AppURL><UserName>CON-desktop</UserName></QBWCXML>";
    let company = OpenFile::Company("Finch & Sons");
    let ended = run_round(file, CONNECTOR_PASSWORD, company, async |path: &str, body: String| {
        send(&it.router, request("POST", path, None, &body)).await.text()
    });
    assert_eq!(ended.await, RoundOutcome::Done);
    it.app.store.close().await;
}
