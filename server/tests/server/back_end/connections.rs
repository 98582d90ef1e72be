//! `GET /v2/connections`, and one of them.

use axum::http::StatusCode;
use railz_connect_contract::{BusinessUuid, ConnectionId};
use serde_json::{Value, json};

use super::BackEnd;
use crate::companies::sign_in;
use crate::support::secret_key::add_key;
use crate::support::{LIVE, SANDBOX};
use connect_server::domain::secret_key::Scope;

const PATH: &str = "/v2/connections";

#[tokio::test]
async fn where_nothing_is_connected_there_is_no_content() {
    let api = BackEnd::new().await;
    let session = api.server.session_of(LIVE, "Harbour").await;
    api.server.begin(&session, "xero").await;
    let answer = api.get(PATH).await;
    assert_eq!((answer.status, answer.body.len()), (StatusCode::NO_CONTENT, 0), "a sign-in alone is none");
}

#[tokio::test]
async fn a_connection_is_told_with_its_business_and_company() {
    let api = BackEnd::with_books("").await;
    let id = api.connect("Harbour", "7").await;
    let (count, entries) = api.list(PATH).await;
    let business = entries[0]["businessUuid"].clone();
    let due = json!({
        "connectionUuid": id,
        "connectionId": id,
        "businessUuid": business,
        "businessName": "Harbour",
        "serviceName": "plainBooks",
        "status": "active",
        "createdAt": "2026-03-01T09:30:00Z",
        "updatedAt": "2026-03-01T09:30:00Z",
        "expiresAt": "2027-03-01T09:30:00Z",
        "isMockData": false,
        "serviceAccountRef": { "id": "7" },
        "accountName": "Company 7",
    });
    assert_eq!((count, &entries[0]), (1, &due));
    assert_eq!(api.get(&format!("{PATH}/{id}")).await.json::<Value>(), due);
    let (status, message) = api.get(&format!("{PATH}/CON-nobody")).await.refusal();
    assert_eq!((status, message.as_str()), (404, "There is no such connection. Check its connectionId."));
}

#[tokio::test]
async fn connections_are_found_by_every_filter() {
    let api = BackEnd::with_books("").await;
    let one = api.connect("Harbour", "1").await;
    api.server.clock.pass(1);
    let two = api.connect("Quay", "2").await;
    let (_, entries) = api.list(PATH).await;
    let harbour = entries[0]["businessUuid"].as_str().unwrap().to_owned();
    let both = vec![one.clone(), two.clone()];
    for (query, due) in [
        (String::new(), both.clone()),
        ("businessName=Harbour".to_owned(), vec![one.clone()]),
        (format!("businessUuid={harbour}"), vec![one.clone()]),
        ("serviceName=plainBooks".to_owned(), both.clone()),
        ("serviceName=xero".to_owned(), vec![]),
        (format!("connectionUuid={two}"), vec![two.clone()]),
        (format!("connectionId={two}"), vec![two.clone()]),
        ("status=active".to_owned(), both.clone()),
        ("status=expired&status=disconnected".to_owned(), vec![]),
        ("status=invalid".to_owned(), vec![]),
        ("serviceAccountRef.id=2".to_owned(), vec![two.clone()]),
        ("serviceAccountRef.entityRef.id=2".to_owned(), vec![]),
        ("institutionName=Bank".to_owned(), vec![]),
        ("serviceAccountRef.id=2&businessName=Harbour".to_owned(), vec![]),
        ("limit=1".to_owned(), vec![one.clone()]),
        ("limit=1&offset=1".to_owned(), vec![two.clone()]),
    ] {
        assert_eq!(api.listed(&format!("{PATH}?{query}"), "connectionId").await, due, "{query}");
    }
    let (status, message) = api.get(&format!("{PATH}?institution=Bank")).await.refusal();
    assert_eq!(status, 400);
    assert!(message.contains("there is no filter \"institution\""), "{message}");
}

#[tokio::test]
async fn a_connection_that_ran_out_is_expired_and_says_what_is_due() {
    let api = BackEnd::with_books("").await;
    let id = api.connect("Harbour", "1").await;
    api.server.clock.pass(366 * 24 * 60 * 60);
    let found: Value = api.get(&format!("{PATH}/{id}")).await.json();
    assert_eq!(found["status"], "expired");
    assert_eq!(found["disconnectReason"], "reauthorizationRequired");
    assert_eq!(found["updatedAt"], "2027-03-01T09:30:00Z", "since when it is so");
}

#[tokio::test]
async fn a_connection_that_waits_for_the_choice_of_a_company_is_pending() {
    let api = BackEnd::with_books("choose_account = true").await;
    api.server
        .provider
        .lists("companies", json!([{ "id": "1", "name": "One" }, { "id": "2", "name": "Two" }]));
    let session = api.server.session_of(LIVE, "Harbour").await;
    let pending = sign_in(&api.server, &session, "plainBooks", "").await;
    assert_eq!(pending["state"], "pending", "{pending}");
    let (_, entries) = api.list(&format!("{PATH}?status=pending")).await;
    assert_eq!(entries[0]["connectionId"], pending["connectionId"]);
    assert_eq!(entries[0].get("serviceAccountRef"), None);
    let body = json!({ "connectionId": pending["connectionId"] }).to_string();
    let (status, message) = api.ask("PUT", "/v2/connections/disconnect", &body).await.refusal();
    assert_eq!(status, 409);
    assert!(message.contains("is pending"), "{message}");
}

#[tokio::test]
async fn sandbox_data_is_listed_to_sandbox_widgets_and_marked() {
    let api = BackEnd::new().await;
    let session = api.server.session_of(SANDBOX, "Harbour").await;
    let attempt = api.server.begin(&session, "railzSandbox").await;
    let path = format!("/sandbox/login/{}", attempt.attempt_id.as_ref().unwrap());
    let token = Some(session.access_token.expose());
    let answer = api.server.ask("POST", &path, token, "{\"code\": \"user_good\"}").await;
    assert!(answer.status.is_success(), "{}", answer.text());
    let (key, _) = add_key(&api.server, SANDBOX, &Scope::ALL).await;
    let api = BackEnd { key: key.expose().to_owned(), ..api };
    let (count, entries) = api.list(PATH).await;
    assert_eq!((count, entries[0]["serviceName"].as_str()), (1, Some("railzSandbox")));
    let found = api.server.app.store.connections(&BusinessUuid::new(session.business_uuid.as_str())).await;
    assert_eq!(found.unwrap()[0].id, ConnectionId::new(entries[0]["connectionId"].as_str().unwrap()));
    assert_eq!(api.listed("/v2/businesses", "status").await, ["active"]);
}
