//! What a host wants to have carried along: where it is put, and with whose events it goes.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Setup;
use crate::support::LIVE;
use crate::support::browser::{self, approve};
use crate::support::receiver::Received;

fn plan(value: &str, places: &[&str]) -> Value {
    json!([{"name": "x-plan", "value": value, "webhookLocation": places}])
}

/// The value of the entry in header, query and body, empty where it is not.
fn places(received: &Received) -> [String; 3] {
    let query = received.uri.query().unwrap_or_default();
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let in_query = pairs.iter().find(|(name, _)| name == "x-plan").map(|(_, value)| value.clone());
    let body = received.body();
    let in_body = body["metadata"][0]["value"].as_str().unwrap_or_default().to_owned();
    [received.header("x-plan"), in_query.unwrap_or_default(), in_body]
}

impl Setup {
    async fn mint(&self, body: &Value) -> crate::support::Answer {
        self.ask("POST", "/v2/sessions", body).await
    }

    /// Signs a business in through an open session whose page says this.
    pub(super) async fn sign_in_with(&self, business: &str, metadata: &Value) {
        let path = format!("/widget/session/{LIVE}?businessName={business}&include=connections,integrations");
        let body = json!({"metadata": metadata}).to_string();
        let answer = self.server.ask("POST", &path, None, &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let session = answer.json();
        let attempt = self.server.begin(&session, "xero").await;
        approve(&self.server, &browser::open(&self.server, &attempt).await).await;
    }
}

#[tokio::test]
async fn each_entry_goes_where_it_says() {
    let setup = Setup::new().await;
    setup.register("/hooks?own=1", json!({"events": ["auth"]})).await;
    for (wanted, due) in [
        (&["header"][..], ["gold & more", "", ""]),
        (&["query"], ["", "gold & more", ""]),
        (&["body"], ["", "", "gold & more"]),
        (&["header", "body", "query"], ["gold & more"; 3]),
    ] {
        let metadata = plan("gold & more", wanted);
        let minted = setup.mint(&json!({"businessName": "Harbour", "metadata": metadata})).await;
        assert_eq!(minted.status, StatusCode::CREATED, "{}", minted.text());
        setup.server.clock.pass(1);
        setup.sign_in("Harbour").await;
        setup.deliver().await;
        let received = setup.receiver.take().remove(0);
        assert_eq!(places(&received), due, "{wanted:?}");
        assert!(received.uri.query().unwrap().starts_with("own=1"), "{}", received.uri);
    }
    let received: Value = setup.ask("GET", "/v2/webhooks", &Value::Null).await.json();
    assert!(received["data"][0]["url"].as_str().unwrap().ends_with("?own=1"));
}

#[tokio::test]
async fn what_a_back_end_says_goes_with_all_events_of_its_business_and_of_no_other() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({"events": ["auth", "businessRemoved"]})).await;
    setup.sign_in("Quay").await;
    setup.deliver().await;
    let metadata = plan("gold", &["header"]);
    setup.mint(&json!({"businessName": "Harbour", "metadata": metadata})).await;
    setup.sign_in("Harbour").await;
    setup.deliver().await;
    // Another visit, in which nobody says anything: what the back end said stays, for months.
    setup.server.clock.pass(90 * 24 * 3600);
    connect_server::sweep::sweep(&setup.server.app).await.unwrap();
    setup.mint(&json!({"businessName": "Harbour"})).await;
    setup.sign_in("Harbour").await;
    setup.deliver().await;
    crate::rows::spoil(&setup.server, "DELETE FROM businesses WHERE name = 'Harbour'").await;
    setup.deliver().await;
    let told: Vec<_> = setup
        .receiver
        .take()
        .iter()
        .map(|received| {
            let name = received.body()["businessName"].as_str().unwrap().to_owned();
            (name, received.event(), received.header("x-plan"))
        })
        .collect();
    let due = [
        ("Quay", "auth", ""),
        ("Harbour", "auth", "gold"),
        ("Harbour", "auth", "gold"),
        ("Harbour", "businessRemoved", "gold"),
    ];
    let due = due.map(|(name, event, plan)| (name.to_owned(), event.to_owned(), plan.to_owned()));
    assert_eq!(told, due);
}

#[tokio::test]
async fn what_a_page_says_goes_with_the_connection_alone_that_was_signed_in_to_in_its_visit() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({"events": ["auth", "connectionStatus"]})).await;
    let connection = setup.sign_in("Harbour").await;
    // Whoever knows the business's name opens a session, says something, and connects nothing.
    let path = format!("/widget/session/{LIVE}?businessName=Harbour");
    let body = json!({"metadata": plan("forged", &["header", "body"])}).to_string();
    setup.server.ask("POST", &path, None, &body).await;
    setup.deliver().await;
    crate::rows::spoil(&setup.server, "UPDATE connections SET standing = 'disconnected'").await;
    setup.deliver().await;
    let received = setup.receiver.take();
    assert_eq!(received.len(), 3);
    for received in received {
        assert_eq!(received.body()["connectionId"], json!(connection));
        assert_eq!(places(&received), ["", "", ""], "{received:?}");
    }
    setup.server.clock.pass(1);
    setup.sign_in_with("Harbour", &plan("own", &["header"])).await;
    setup.deliver().await;
    for received in setup.receiver.take() {
        assert_eq!(places(&received), ["own", "", ""], "{received:?}");
    }
    // The next visit says nothing, and what the one before said is over.
    setup.server.clock.pass(1);
    setup.sign_in("Harbour").await;
    setup.deliver().await;
    for received in setup.receiver.take() {
        assert_eq!(places(&received), ["", "", ""], "{received:?}");
    }
}

#[tokio::test]
async fn what_a_business_was_made_with_goes_along_behind_what_a_visit_says() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({"events": ["auth"]})).await;
    let metadata = json!([
        {"name": "x-plan", "value": "gold", "webhookLocation": ["header"]},
        {"name": "x-tenant", "value": 42, "webhookLocation": ["body"]},
    ]);
    let made =
        setup.ask("POST", "/v2/businesses", &json!({"businessName": "Harbour", "metadata": metadata})).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    setup.mint(&json!({"businessName": "Harbour", "metadata": plan("silver", &["header"])})).await;
    setup.sign_in("Harbour").await;
    setup.deliver().await;
    let received = setup.receiver.take().remove(0);
    assert_eq!(received.header("x-plan"), "silver");
    assert_eq!(received.body()["metadata"], json!([{"name": "x-tenant", "value": "42"}]));

    let metadata = json!([{"name": "Host", "value": "evil", "webhookLocation": ["header"]}]);
    let body = json!({"businessName": "Quay", "metadata": metadata});
    let (status, message) = setup.ask("POST", "/v2/businesses", &body).await.refusal();
    assert_eq!(status, 400);
    assert!(message.contains("\"host\": this header is reserved"), "{message}");
}

#[tokio::test]
async fn a_page_cannot_say_otherwise_what_the_back_end_said() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({"events": ["auth"]})).await;
    setup.mint(&json!({"businessName": "Harbour", "metadata": plan("gold", &["header"])})).await;
    let said = json!([{"name": "X-Plan", "value": "forged", "webhookLocation": ["header", "query"]}]);
    setup.sign_in_with("Harbour", &said).await;
    setup.deliver().await;
    assert_eq!(places(&setup.receiver.take()[0]), ["gold", "", ""]);
}

#[tokio::test]
async fn a_header_that_is_reserved_is_refused_to_a_back_end_by_name_and_passed_over_from_a_page() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({"events": ["auth"]})).await;
    let metadata = json!([
        {"name": "Railz-Signature", "value": "t=1,v=00", "webhookLocation": ["header"]},
        {"name": "x-plan", "value": "own", "webhookLocation": ["header"]},
    ]);
    let (status, message) =
        setup.mint(&json!({"businessName": "Harbour", "metadata": metadata})).await.refusal();
    assert_eq!(status, 400);
    assert!(message.contains("\"railz-signature\": this header is reserved"), "{message}");
    setup.sign_in_with("Harbour", &metadata).await;
    setup.deliver().await;
    let received = setup.receiver.take().remove(0);
    assert_eq!(received.headers.get_all("railz-signature").iter().count(), 1);
    assert!(!received.header("railz-signature").contains("v=00"));
    assert_eq!(places(&received), ["own", "", ""]);
}
