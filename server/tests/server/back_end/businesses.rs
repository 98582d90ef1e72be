//! `/v2/businesses`.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use connect_server::domain::widget::Channel;
use connect_server::sweep::sweep;
use railz_connect_contract::{ServiceName, WidgetId};
use serde_json::{Value, json};

use super::BackEnd;
use crate::support::LIVE;

const PATH: &str = "/v2/businesses";

#[tokio::test]
async fn a_business_is_made_with_its_metadata_and_told_again() {
    let api = BackEnd::new().await;
    let body = json!({ "businessName": "Juniper Bakery", "metadata": [{ "customer": 42 }] });
    let answer = api.ask("POST", PATH, &body.to_string()).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let made: Value = answer.json();
    let id = made["businessUuid"].as_str().unwrap();
    assert!(id.starts_with("BIZ-"), "{id}");
    let due = json!({
        "businessUuid": id,
        "businessName": "Juniper Bakery",
        "status": "new",
        "metadata": [{ "customer": 42 }],
        "createdAt": "2026-03-01T09:30:00Z",
    });
    assert_eq!(made, due);
    assert_eq!(api.get(&format!("{PATH}/{id}")).await.json::<Value>(), due);
    let session = api.server.session_of(LIVE, "Juniper%20Bakery").await;
    assert_eq!(session.business_uuid.as_str(), id, "a session of this name is one of this business");
}

#[tokio::test]
async fn a_business_that_is_made_again_with_the_same_idempotency_key_is_the_same_one() {
    let api = BackEnd::new().await;
    let make = || async {
        let request = Request::post(PATH)
            .header(header::AUTHORIZATION, format!("Bearer {}", api.key))
            .header("idempotency-key", "order-42")
            .body(Body::from("{\"businessName\": \"Harbour\"}"));
        api.server.send(request.unwrap()).await
    };
    let (first, again) = (make().await, make().await);
    assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::CREATED));
    assert_eq!(
        first.json::<Value>(),
        again.json::<Value>(),
        "it used to be refused, since its name was taken"
    );
}

#[tokio::test]
async fn a_business_that_cannot_be_made_is_refused_with_what_would_be_right() {
    let api = BackEnd::new().await;
    api.business("Harbour").await;
    let long = json!({ "businessName": "Quay", "metadata": ["a".repeat(17_000)] }).to_string();
    for (body, status, due) in [
        ("", 400, "not the JSON of this call"),
        ("{}", 400, "missing field `businessName`"),
        ("{\"businessName\": \"Quay\", \"nmae\": 1}", 400, "unknown field `nmae`"),
        ("{\"businessName\": \"Q\"}", 400, "2 to 40 characters"),
        ("{\"businessName\": \"Quay\", \"metadata\": {}}", 400, "metadata must be a list"),
        (long.as_str(), 400, "at most 16384 bytes"),
        ("{\"businessName\": \"Harbour\"}", 409, "of this businessName already"),
    ] {
        let (answered, message) = api.ask("POST", PATH, body).await.refusal();
        assert_eq!(answered, status, "{message}");
        assert!(message.contains(due), "{message}");
    }
    assert_eq!(api.list(PATH).await.0, 1);
}

/// Back ends used to make businesses of characters that nobody sees; pages never could.
#[tokio::test]
async fn a_name_that_nobody_sees_is_refused_to_a_back_end_too() {
    let api = BackEnd::new().await;
    let id = api.business("Harbour").await;
    let body = json!({"businessName": "\u{200b}\u{200d}"}).to_string();
    let one = format!("{PATH}/{id}");
    for (method, path) in [("POST", PATH), ("PUT", one.as_str()), ("POST", "/v2/sessions")] {
        let (status, message) = api.ask(method, path, &body).await.refusal();
        assert_eq!(status, 400, "{method} {path}");
        assert!(message.contains("must not be blank"), "{message}");
    }
    assert_eq!(api.list(PATH).await.0, 1);
}

#[tokio::test]
async fn a_business_that_a_back_end_made_is_not_swept_as_one_that_a_page_made_is() {
    let api = BackEnd::new().await;
    api.business("Made by the back end").await;
    api.server.session_of(LIVE, "Made%20by%20a%20page").await;
    api.server.clock.pass(3 * 24 * 60 * 60);
    sweep(&api.server.app).await.unwrap();
    assert_eq!(api.listed(PATH, "businessName").await, ["Made by the back end"]);
}

#[tokio::test]
async fn the_status_says_what_became_of_a_business() {
    let api = BackEnd::with_books("").await;
    api.business("Quay").await;
    let connection = api.connect("Harbour", "1").await;
    assert_eq!(api.listed(&format!("{PATH}?status[]=new"), "businessName").await, ["Quay"]);
    assert_eq!(api.listed(&format!("{PATH}?status=active"), "businessName").await, ["Harbour"]);
    let body = json!({ "connectionId": connection }).to_string();
    api.ask("PUT", "/v2/connections/disconnect", &body).await;
    assert_eq!(api.listed(&format!("{PATH}?status=inactive"), "businessName").await, ["Harbour"]);
    let both = format!("{PATH}?status[]=inactive&status[]=new");
    assert_eq!(api.listed(&both, "businessName").await, ["Quay", "Harbour"]);
    let (status, message) = api.get(&format!("{PATH}?status=closed")).await.refusal();
    assert_eq!(status, 400);
    assert!(message.contains("status must be one of new, active, inactive"), "{message}");
}

#[tokio::test]
async fn businesses_are_found_by_name_number_and_integration() {
    let api = BackEnd::with_books("").await;
    let quay = api.business("Quay").await;
    api.connect("Harbour", "1").await;
    for (query, due) in [
        ("businessName=Quay", &["Quay"][..]),
        ("businessName=quay", &[]),
        ("businessName=", &["Quay", "Harbour"]),
        ("businessNameOrUuid=Harbour", &["Harbour"]),
        (&format!("businessNameOrUuid={quay}"), &["Quay"]),
        ("businessName=Quay&status=active", &[]),
    ] {
        assert_eq!(api.listed(&format!("{PATH}?{query}"), "businessName").await, due, "{query}");
    }
    let widget = api.server.app.store.widget(&WidgetId::new(LIVE)).await.unwrap().unwrap();
    let offered = |service: &str| widget.integration(&ServiceName::new(service), Channel::Service);
    for (service, due) in [("plainBooks", &["Harbour"][..]), ("xero", &[]), ("unheardOf", &[])] {
        let query = format!("{PATH}?integrationUuids[]={}", offered(service));
        assert_eq!(api.listed(&query, "businessName").await, due, "{service}");
    }
}

#[tokio::test]
async fn a_list_comes_in_pages_oldest_first_with_the_number_of_all() {
    let api = BackEnd::new().await;
    assert_eq!(api.get(PATH).await.status, StatusCode::NO_CONTENT);
    for number in 1..=5 {
        api.business(&format!("Business {number}")).await;
        api.server.clock.pass(1);
    }
    let (count, page) = api.list(&format!("{PATH}?limit=2&offset=1")).await;
    assert_eq!(count, 5);
    let names: Vec<_> = page.iter().map(|entry| entry["businessName"].as_str().unwrap()).collect();
    assert_eq!(names, ["Business 2", "Business 3"]);
    let (count, page) = api.list(&format!("{PATH}?offset=9")).await;
    assert_eq!((count, page.len()), (5, 0));
    for (query, due) in [
        ("limit=0", "limit must be a whole number from 1 to 500"),
        ("limit=501", "limit must be"),
        ("offset=-1", "offset must be"),
        ("limit=2&limit=3", "limit may be given once only"),
        ("name=Quay", "there is no filter \"name\"; there are businessName, businessNameOrUuid"),
    ] {
        let (status, message) = api.get(&format!("{PATH}?{query}")).await.refusal();
        assert_eq!(status, 400, "{query}");
        assert!(message.contains(due), "{query}: {message}");
    }
}

#[tokio::test]
async fn a_business_gets_another_name_unless_another_one_has_it() {
    let api = BackEnd::new().await;
    let id = api.business("Quay").await;
    api.business("Harbour").await;
    let path = format!("{PATH}/{id}");
    let answer = api.ask("PUT", &path, "{\"businessName\": \"Quayside\"}").await;
    assert_eq!(answer.json::<Value>()["businessName"], "Quayside");
    let again = api.ask("PUT", &path, "{\"businessName\": \"Quayside\"}").await;
    assert_eq!(again.status, StatusCode::OK, "its own name is no other one's");
    assert_eq!(api.ask("PUT", &path, "{\"businessName\": \"Harbour\"}").await.refusal().0, 409);
    assert_eq!(api.ask("PUT", &path, "{\"businessName\": \"\"}").await.refusal().0, 400);
    let nobody = format!("{PATH}/BIZ-nobody");
    assert_eq!(api.ask("PUT", &nobody, "{\"businessName\": \"Harbour\"}").await.refusal().0, 404);
}

#[tokio::test]
async fn a_deleted_business_takes_its_connections_along_and_gives_their_grants_back() {
    let api = BackEnd::with_books("revoke_url = \"@/revoke\"\nrevocation_ends = \"grant\"").await;
    let connection = api.connect("Harbour", "1").await;
    let id = api.listed(PATH, "businessUuid").await.remove(0);
    let answer = api.ask("DELETE", &format!("{PATH}/{id}"), "").await;
    assert_eq!((answer.status, answer.body.len()), (StatusCode::NO_CONTENT, 0));
    assert_eq!(api.list("/v2/connections").await.0, 0);
    let connection = railz_connect_contract::ConnectionId::new(connection);
    assert!(api.server.app.store.credential(&connection).await.unwrap().is_none());
    api.server.settled().await;
    assert_eq!(api.server.provider.revoked(), ["refresh-2"]);
    assert_eq!(api.ask("DELETE", &format!("{PATH}/{id}"), "").await.refusal().0, 404);
}
