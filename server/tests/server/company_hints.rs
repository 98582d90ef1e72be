//! A company that only a callback's query names: a hint, until the service confirms it with the token.
//!
//! The person at the browser may be the attacker. With an edited query one could take a company before its owner came
//! (who was then refused as a duplicate), or put one's own tokens behind the owner's connection.

use railz_connect_contract::ConnectionState;
use serde_json::{Value, json};

use crate::companies::{sign_in, start_with};
use crate::support::log::Log;
use crate::support::provider::Behaviour;
use crate::support::{LIVE, TestServer};

/// The services whose callback names the company, with the parameter, and how they say yes.
const BY_CALLBACK: [(&str, &str, &str, &str); 3] = [
    ("quickbooks", "revoke_url = \"@/revoke\"", "realmId", "active"),
    ("wave", "revoke_url = \"@/revoke\"", "businessId", "active"),
    ("myob", "revoke_url = \"@/revoke\"\naccounts_url = \"@/lists/files\"", "businessId", "pending"),
];

async fn is_not_confirmed(server: &TestServer, told: &Value, service: &str) {
    assert_eq!(told["error"]["statusCode"], 502, "{service}: {told}");
    let message = told["error"]["message"].to_string();
    assert!(message.contains("did not confirm that this sign-in may open the company"), "{message}");
    server.settled().await;
}

#[tokio::test]
async fn an_edited_company_id_takes_no_company_that_the_token_does_not_open() {
    for (service, extra, parameter, connected) in BY_CALLBACK {
        let server = start_with(service, extra).await;
        server.provider.opens(&["mine"]);
        let attacker = server.session_of(LIVE, "Attacker").await;
        let told = sign_in(&server, &attacker, service, &format!("&{parameter}=theirs")).await;
        is_not_confirmed(&server, &told, service).await;
        assert!(server.status(&attacker).await.is_empty(), "{service}: nothing is stored");
        assert_eq!(server.provider.companies_asked(), ["theirs"], "{service}");
        assert_eq!(server.provider.revoked(), ["refresh-2"], "{service}: the tokens are given back");

        server.provider.opens(&["theirs"]);
        let owner = server.session_of(LIVE, "Owner").await;
        let told = sign_in(&server, &owner, service, &format!("&{parameter}=theirs")).await;
        assert_eq!(told["state"], connected, "{service}: the owner used to be refused as a duplicate");
    }
}

#[tokio::test]
async fn an_edited_company_id_puts_no_other_token_behind_a_connection() {
    // The refused sign-in's token used to stand behind the owner's connectionId.
    let server = start_with("quickbooks", "").await;
    let session = server.session_of(LIVE, "Owner").await;
    let told = sign_in(&server, &session, "quickbooks", "&realmId=theirs").await;
    let id = railz_connect_contract::ConnectionId::new(told["connectionId"].as_str().unwrap());
    let held = server.app.store.credential(&id).await.unwrap().unwrap();
    server.provider.opens(&["mine"]);
    let told = sign_in(&server, &session, "quickbooks", "&realmId=theirs").await;
    is_not_confirmed(&server, &told, "quickbooks").await;
    let holds = server.app.store.credential(&id).await.unwrap().unwrap();
    assert_eq!(holds.version, held.version);
    assert_eq!(server.status(&session).await[0].state, ConnectionState::Active);
}

#[tokio::test]
async fn wave_is_asked_for_the_business_only_where_its_token_answer_does_not_name_it() {
    let server = start_with("wave", "").await;
    server.provider.says(json!({"businessId": "mine"}));
    server.provider.opens(&["mine"]);
    let session = server.session_of(LIVE, "Harbour").await;
    let told = sign_in(&server, &session, "wave", "&businessId=theirs").await;
    assert_eq!((&told["state"], &told["serviceAccountRef"]["id"]), (&json!("active"), &json!("mine")));
}

const PLAIN: &str = "name = \"Plain Books\"\naccount_parameter = \"company\"\n";

#[tokio::test]
async fn a_company_parameter_of_the_configuration_is_confirmed_by_its_address_or_by_the_list() {
    let by_address =
        "company_url = \"@/companies/{company}\"\ncompany_id = \"/id\"\ncompany_name = \"/name\"";
    let by_list = "accounts_url = \"@/lists/mine\"\naccounts_items = \"\"\naccount_id = \"/id\"\naccount_label = \"/name\"";
    for way in [by_address, by_list] {
        let extra: &'static str = Box::leak(format!("{PLAIN}{way}").into_boxed_str());
        let server = start_with("plainBooks", extra).await;
        server.provider.opens(&["mine"]);
        server.provider.lists("mine", json!([{"id": "mine", "name": "Juniper Bakery"}]));
        let session = server.session_of(LIVE, "Harbour").await;
        for foreign in ["theirs", "..", "mine%0aforged"] {
            let told = sign_in(&server, &session, "plainBooks", &format!("&company={foreign}")).await;
            assert_eq!(told["error"]["statusCode"], 502, "{foreign}: {told}");
        }
        let told = sign_in(&server, &session, "plainBooks", "&company=mine").await;
        assert_eq!((&told["state"], &told["accountName"]), (&json!("active"), &json!("Juniper Bakery")));
    }
}

#[tokio::test]
async fn a_service_that_tells_nothing_confirms_nothing() {
    for behaviour in [
        Behaviour::Html,
        Behaviour::HtmlError,
        Behaviour::Empty,
        Behaviour::Redirects,
        Behaviour::Huge,
        Behaviour::HangsUp,
        Behaviour::Hangs,
    ] {
        let server = start_with("quickbooks", "").await;
        server.provider.companies_behave(behaviour);
        let session = server.session_of(LIVE, "Harbour").await;
        let told = sign_in(&server, &session, "quickbooks", "&realmId=1").await;
        assert_eq!(told["error"]["statusCode"], 502, "{behaviour:?}: {told}");
        assert!(!told.to_string().contains("secret-leak"), "{told}");
        assert!(server.status(&session).await.is_empty(), "{behaviour:?}");
    }
}

#[tokio::test]
async fn an_answer_about_another_company_or_about_none_confirms_nothing() {
    for told in [
        json!({}),
        json!({"CompanyFile": {"Id": "other", "Name": "Other"}}),
        json!({"CompanyFile": {"Id": "b-7", "Name": " "}}),
    ] {
        let server = start_with("myob", "accounts_url = \"@/lists/files\"").await;
        server.provider.tells_of_companies(told.clone());
        let session = server.session_of(LIVE, "Harbour").await;
        let refused = sign_in(&server, &session, "myob", "&businessId=b-7").await;
        assert_eq!(refused["error"]["statusCode"], 502, "{told}");
    }
}

#[tokio::test]
async fn a_company_id_forges_no_line_of_the_log() {
    let (server, log) = (start_with("quickbooks", "").await, Log::listen());
    let session = server.session_of(LIVE, "Harbour").await;
    let forged = "1%0A2026-01-01T00:00:00Z%20%20INFO%20all%20is%20well";
    let told = sign_in(&server, &session, "quickbooks", &format!("&realmId={forged}")).await;
    assert_eq!(told["error"]["statusCode"], 502);
    assert!(server.provider.companies_asked().is_empty(), "and it is not asked for either");
    assert!(!log.text().contains("all is well"), "{}", log.text());
}
