//! What sessions, integrations and connections say (contract rules C1, C5, D1 to D6, N1).

use connect_server::services::oauth::builtin;
use railz_connect_contract::UseCase;
use reqwest::Method;
use serde_json::{Value, json};

use super::{ContractServer, Session};
use crate::support::browser::{self, come_back};
use crate::support::held_services::held_services;

/// Signs in at a service; what the poll says.
async fn sign_in(world: &ContractServer, session: &Session, service: &str, extra: &str) -> Value {
    let attempt = world.server.begin(session, service).await;
    let popup = browser::open(&world.server, &attempt).await;
    let code = world.server.provider.consent(&popup);
    come_back(&world.server, &popup, &format!("code={code}&state={}{extra}", popup.state())).await;
    world.server.poll(session, &attempt, 0).await.json()
}

#[tokio::test]
async fn a_session_has_every_field_that_clients_read() {
    let world = ContractServer::new().await;
    for (widget, sandbox) in [("PROD_demo", false), ("SB_PROD_demo", true)] {
        let path = format!("/widget/session/{widget}?businessName=Harbour&include=connections,integrations");
        let said = world.ask(Method::POST, &path, None, r#"{"options":{"theme":{}}}"#).await;
        assert_eq!(said.status, 200);
        let told = &said.body;
        assert!(told["access_token"].as_str().is_some_and(|token| token.len() > 20));
        assert_eq!(told["businessName"], "Harbour");
        assert!(told["businessUuid"].is_string() && told["email"].is_string());
        assert_eq!(told["customerName"], "Acme Lending");
        assert_eq!(told["billingPlan"], "custom");
        assert_eq!((&told["sandbox"], &told["sites"]), (&json!(sandbox), &json!(false)));
        assert_eq!(told["metadata"], Value::Null);
        assert_eq!(told["connections"], json!([]));
        for entry in told["integrations"].as_array().unwrap() {
            assert!(entry["service"].is_string() && entry["uuid"].is_string(), "{entry}");
            assert!(entry["isMockData"].is_boolean(), "{entry}");
            let kind = entry["serviceKind"].as_str().unwrap();
            assert!(["accounting", "banking", "commerce"].contains(&kind), "{entry}");
        }
    }
    world.end().await;
}

#[tokio::test]
async fn include_decides_what_is_listed() {
    let world = ContractServer::new().await;
    for (include, connections, integrations) in [
        ("", false, false),
        ("?include=", false, false),
        ("?include=connections", true, false),
        ("?include=integrations", false, true),
        ("?include=connections,integrations", true, true),
        ("?include=connections%2C%20integrations", true, true),
        ("?include=connection,everything", false, false),
    ] {
        let said = world.ask(Method::POST, &format!("/widget/session/PROD_demo{include}"), None, "{}").await;
        assert_eq!(said.body.get("connections").is_some(), connections, "{include}");
        assert_eq!(said.body.get("integrations").is_some(), integrations, "{include}");
    }
    world.end().await;
}

#[tokio::test]
async fn metadata_is_echoed_whatever_it_is() {
    let world = ContractServer::new().await;
    for metadata in [
        json!([{"name": "plan", "value": "starter", "webhookLocation": ["header", "body", "query"]}]),
        json!({"a": {"b": [1, 2.5, null, "é\u{1F600}"]}}),
        json!("text"),
        json!(0),
        json!(false),
        json!([]),
    ] {
        let body = json!({"metadata": metadata, "options": {"sessionTimeout": 1}}).to_string();
        let said = world.ask(Method::POST, "/widget/session/PROD_demo", None, &body).await;
        assert_eq!(said.body["metadata"], metadata);
    }
    world.end().await;
}

#[tokio::test]
async fn each_service_plays_each_of_the_five_use_cases() {
    let world = ContractServer::new().await;
    let session = world.server.session_of("SB_PROD_demo", "Harbour").await;
    let entries = serde_json::to_value(session.integrations.as_ref().unwrap()).unwrap();
    let entries = entries.as_array().unwrap();
    let services = |mock: bool| -> Vec<&str> {
        let of_kind = entries
            .iter()
            .filter(|entry| entry["isMockData"] == mock && entry["serviceKind"] == "accounting");
        of_kind.map(|entry| entry["service"].as_str().unwrap()).collect()
    };
    let (offered, played) = (services(false), services(true));
    assert!(offered.iter().all(|id| *id == "railzSandbox" || played.contains(id)), "{offered:?} {played:?}");
    assert!(played.len() >= 12, "{played:?}");
    for service in played {
        for (use_case, state, error) in [
            (UseCase::DuplicateConnection, "invalid", json!("duplicateAccount")),
            (UseCase::FailedConnection, "invalid", json!("insufficientPermission")),
            (UseCase::InvalidCredentials, "invalid", json!("unauthorizedCredentials")),
            (UseCase::DataEmpty, "active", Value::Null),
            (UseCase::UserGood, "active", Value::Null),
        ] {
            let begun =
                world.get(&format!("/services/url?serviceName={service}&redirectUrl="), &session).await;
            assert_eq!(begun.status, 200, "{service}: {}", begun.body);
            let to = begun.body["url"].as_str().unwrap();
            let posted = world.post(to, &session, &json!({"code": use_case})).await;
            assert_eq!(posted.status, 200, "{service}: {}", posted.body);
            let status = world.get("/widget/status", &session).await.body;
            let of_service = |entry: &&Value| entry["name"] == service;
            let entries: Vec<_> = status.as_array().unwrap().iter().filter(of_service).collect();
            assert_eq!(entries.len(), 1, "{service} {use_case:?}: {status}");
            assert_eq!((&entries[0]["state"], &entries[0]["error"]), (&json!(state), &error), "{service}");
            assert_eq!(entries[0]["isMockData"], true);
        }
    }
    let later = world.server.session_of("SB_PROD_demo", "Harbour").await.connections.unwrap();
    assert!(later.iter().all(|shown| shown.error.is_none()), "no failure is in a later session");
    world.end().await;
}

#[tokio::test]
async fn a_connection_names_the_integration_it_was_made_through() {
    let world = ContractServer::new().await;
    let session = world.server.session_of("PROD_demo", "Harbour").await;
    let told = sign_in(&world, &session, "quickbooks", "&realmId=1").await;
    let of_service = |entry: &&railz_connect_contract::Integration| entry.service.as_str() == "quickbooks";
    let uuid = &session.integrations.as_ref().unwrap().iter().find(of_service).unwrap().uuid;
    let status = world.get("/widget/status", &session).await.body;
    assert_eq!(status, json!([told]), "the poll and the status say the same");
    assert_eq!(told["integrationUuid"], uuid.as_str());
    assert_eq!((&told["name"], &told["kind"]), (&json!("quickbooks"), &json!("accounting")));
    assert_eq!((&told["isMockData"], &told["error"]), (&json!(false), &Value::Null));
    assert_eq!(told["createdAt"], "2026-03-01T09:30:00Z");
    assert_eq!(told["serviceAccountRef"], json!({"id": "1"}));
    world.end().await;
}

#[tokio::test]
async fn business_central_always_says_which_further_steps_there_are() {
    let world = ContractServer::new().await;
    let session = world.server.session_of("SB_PROD_demo", "Harbour").await;
    let entries = serde_json::to_value(session.integrations.unwrap()).unwrap();
    let of_service = |entry: &&Value| entry["service"] == "dynamicsBusinessCentral";
    let entries: Vec<_> = entries.as_array().unwrap().iter().filter(of_service).collect();
    assert_eq!(entries.len(), 2, "real and played");
    for entry in entries {
        let steps = &entry["extraConfigurations"];
        assert!(steps["showVendorBankAccountSteps"].is_boolean(), "{entry}");
        assert!(steps["showCustomerBankAccountSteps"].is_boolean(), "{entry}");
    }
    world.end().await;
}

#[tokio::test]
async fn an_account_number_is_told_where_the_service_tells_one() {
    let world = ContractServer::new().await;
    let session = world.server.session_of("PROD_demo", "Harbour").await;
    let lists = |service: &str| held_services().into_iter().find(|(id, ..)| *id == service).unwrap().2;
    let choose_among = async |service: &str, path: &str, list: Value, id: &str| {
        world.server.provider.lists(path, list);
        let told = sign_in(&world, &session, service, "").await;
        let body = json!({"accountId": id, "connectionId": told["connectionId"]});
        let said = world.post(&format!("/{service}/account"), &session, &body).await;
        assert_eq!(said.status, 201, "{}", said.body);
        let status = world.get("/widget/status", &session).await.body;
        let of_service = |entry: &&Value| entry["name"] == service;
        status.as_array().unwrap().iter().find(of_service).unwrap().clone()
    };
    let choose = async |service: &str, id: &str| {
        let (path, list) = lists(service).remove(0);
        choose_among(service, path, list, id).await
    };
    assert_eq!(choose("freshbooks", "1001").await["accountNumber"], "aB1");
    let myob = json!([{"Id": "m-9", "Name": "Juniper Bakery", "SerialNumber": "610012345678"}]);
    let body = choose_among("myob", "companies", myob, "m-9").await;
    assert_eq!(body["accountNumber"], "610012345678");
    assert_eq!(choose("sageBusinessCloud", "s-1").await.get("accountNumber"), None);
    let quickbooks = sign_in(&world, &session, "quickbooks", "&realmId=1").await;
    assert_eq!(quickbooks.get("accountNumber"), None, "a realm is no number that people know");
    world.end().await;
}

#[test]
fn built_in_services_have_the_ids_of_the_contract() {
    let of_the_contract = [
        "freshbooks",
        "dynamicsBusinessCentral",
        "dynamics365Finance",
        "quickbooks",
        "sageBusinessCloud",
        "zohoBooks",
        "wave",
        "xero",
        "myob",
        "shopify",
        "square",
    ];
    for known in builtin::all() {
        assert!(of_the_contract.contains(&known.service.id), "{}", known.service.id);
        let commerce = ["shopify", "square"].contains(&known.service.id);
        assert_eq!(
            known.service.kind == railz_connect_contract::ServiceKind::Commerce,
            commerce,
            "{}",
            known.service.id
        );
    }
    assert_eq!(builtin::all().count(), of_the_contract.len());
}
