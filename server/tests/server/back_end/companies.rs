//! Which company a connection is to, as back ends are told.

use serde_json::{Value, json};

use super::BackEnd;
use crate::companies::sign_in;
use crate::support::{LIVE, ServerOptions, TestServer};

/// A server with a service that tells much of its company, and the connection to it.
async fn connect_quickbooks() -> (BackEnd, String) {
    let services = vec![("quickbooks", "")];
    let server = TestServer::with_options(ServerOptions { services, ..ServerOptions::default() }).await;
    let api = BackEnd::of(server).await;
    let session = api.server.session_of(LIVE, "Harbour").await;
    let told = sign_in(&api.server, &session, "quickbooks", "&realmId=4620816365").await;
    (api, told["connectionId"].as_str().unwrap().to_owned())
}

async fn company(api: &BackEnd, connection: &str) -> Value {
    let answer = api.get(&format!("/v2/connections/{connection}/company")).await;
    assert!(answer.status.is_success(), "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn a_back_end_is_told_what_the_service_told_of_the_company() {
    // It was looked up, kept, and told nowhere.
    let (api, id) = connect_quickbooks().await;
    let due = json!({
        "connectionId": id,
        "serviceName": "quickbooks",
        "serviceAccountRef": { "id": "4620816365" },
        "name": "Juniper Bakery",
        "legalName": "Juniper Bakery Ltd",
        "country": "US",
        "fiscalYearStartMonth": 4,
    });
    assert_eq!(company(&api, &id).await, due);
    let body = json!({ "connectionId": id }).to_string();
    api.ask("PUT", "/v2/connections/disconnect", &body).await;
    assert_eq!(company(&api, &id).await, due, "and what is disconnected was to the same company");
}

#[tokio::test]
async fn the_companies_of_a_business_are_listed_in_the_words_of_railz() {
    let (api, id) = connect_quickbooks().await;
    let (count, listed) = api.list("/v2/businesses/info?businessName=Harbour&serviceName=quickbooks").await;
    assert_eq!(count, 1);
    let business = api.listed("/v2/businesses", "businessUuid").await.remove(0);
    let due = json!({
        "businessUuid": business,
        "businessName": "Harbour",
        "connectionUuid": id,
        "serviceName": "quickbooks",
        "accountName": "Juniper Bakery",
        "legalName": "Juniper Bakery Ltd",
        "country": "US",
        "fiscalYearStartMonth": 4,
    });
    assert_eq!(listed, [due]);
    assert_eq!(api.list("/v2/businesses/info?businessName=Quay").await.0, 0);
    let (status, message) = api.get("/v2/businesses/info?name=Harbour").await.refusal();
    assert_eq!((status, message.contains("no filter \"name\"")), (400, true), "{message}");
}

#[tokio::test]
async fn where_nobody_can_tell_the_company_that_is_told_in_its_place() {
    let api = BackEnd::new().await;
    let session = api.server.session_of(LIVE, "Harbour").await;
    let told = sign_in(&api.server, &session, "harbourBooks", "").await;
    let id = told["connectionId"].as_str().unwrap();
    let unknown = json!({ "connectionId": id, "serviceName": "harbourBooks", "companyUnknown": true });
    assert_eq!(company(&api, id).await, unknown, "by name, in place of a company");
    let api = &api;
    let one = |path: String| async move {
        let answer: Value = api.get(&path).await.json();
        (answer["companyUnknown"].clone(), answer["replacedAt"].clone())
    };
    let path = format!("/v2/connections/{id}");
    assert_eq!(one(path.clone()).await, (json!(true), Value::Null));
    api.server.clock.pass(60);
    sign_in(&api.server, &session, "harbourBooks", "").await;
    // A back end could not see that a sign-in had taken the place of an older one.
    assert_eq!(one(path.clone()).await, (json!(true), json!("2026-03-01T09:31:00Z")));
    assert_eq!(one(format!("{path}/company")).await, (json!(true), json!("2026-03-01T09:31:00Z")));
    let xero = sign_in(&api.server, &session, "xero", "").await;
    let path = format!("/v2/connections/{}", xero["connectionId"].as_str().unwrap());
    assert_eq!(one(path).await, (Value::Null, Value::Null));
}

#[tokio::test]
async fn a_company_that_is_still_to_be_chosen_is_refused_by_name_and_one_that_is_not_there_is_404() {
    let api = BackEnd::with_books("choose_account = true").await;
    api.server
        .provider
        .lists("companies", json!([{ "id": "1", "name": "One" }, { "id": "2", "name": "Two" }]));
    let session = api.server.session_of(LIVE, "Harbour").await;
    let pending = sign_in(&api.server, &session, "plainBooks", "").await;
    let id = pending["connectionId"].as_str().unwrap();
    let (status, message) = api.get(&format!("/v2/connections/{id}/company")).await.refusal();
    assert_eq!(status, 409);
    assert!(message.starts_with("This connection is pending"), "{message}");
    let item: Value = api.get(&format!("/v2/connections/{id}")).await.json();
    assert_eq!(item["companyUnknown"], Value::Null, "nobody has chosen, which is another matter");
    assert_eq!(api.list("/v2/businesses/info").await.0, 0);
    assert_eq!(api.get("/v2/connections/CON-nobody/company").await.refusal().0, 404);
}
