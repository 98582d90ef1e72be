//! What is told when: each event by what causes it.

use connect_server::domain::secret_key::Scope;
use connect_server::services::oauth::refresh::refresh_due;
use connect_server::sweep::sweep;
use serde_json::{Value, json};

use super::{ALLOW_PRIVATE, Setup, ask_with};
use crate::rows::spoil;
use crate::support::behaviour::Behaviour;
use crate::support::browser;
use crate::support::receiver::Received;
use crate::support::secret_key::add_key;
use crate::support::{LIVE, SANDBOX, ServerOptions};

const DAY: i64 = 24 * 3600;

#[tokio::test]
async fn a_sign_in_is_told_from_the_opened_page_to_the_active_connection() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({})).await;
    let connection = setup.sign_in("Harbour").await;
    setup.deliver().await;
    let received = setup.receiver.take();
    let bodies: Vec<Value> = received.iter().map(Received::body).collect();
    let business = bodies[0]["businessUuid"].clone();
    let common = json!({
        "businessUuid": business, "businessName": "Harbour", "serviceName": "xero",
        "connectionUuid": connection, "connectionId": connection, "occurredAt": "2026-03-01T09:30:00Z",
    });
    let with = |own: Value, id: &Value| {
        let mut whole = common.clone();
        whole["id"] = id.clone();
        whole.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        whole
    };
    let company = json!({"id": "T-1"});
    let events = [
        json!({"event": "login"}),
        json!({"event": "auth", "serviceAccountRef": company, "openSession": true}),
        json!({
            "event": "connectionStatus", "serviceAccountRef": company, "openSession": true, "oldStatus": "pending", "newStatus": "active",
            "message": "The connection is authorised and can be used.", "effectiveOn": "2026-03-01T09:30:00Z",
        }),
    ];
    assert_eq!(bodies.len(), events.len(), "{bodies:#?}");
    for (body, event) in bodies.iter().zip(events) {
        assert_eq!(*body, with(event, &body["id"]));
        assert!(body["id"].as_str().unwrap().starts_with("EVT-"), "{body}");
    }
}

#[tokio::test]
async fn a_company_that_was_chosen_is_named_by_the_event_of_its_choice() {
    // The authorisation used to be written before the company, and would have told of none.
    let options = ServerOptions {
        non_oauth: ALLOW_PRIVATE.to_owned(),
        services: vec![("square", "accounts_url = \"@/lists/locations\"")],
        ..ServerOptions::default()
    };
    let setup = Setup::with_options(options, LIVE).await;
    let companies = json!({"locations": [{"id": "L1", "name": "Quay"}, {"id": "L2", "name": "Pier"}]});
    setup.server.provider.lists("locations", companies);
    setup.register("/hooks", json!({"events": ["auth"]})).await;
    let session = setup.server.session_of(LIVE, "Harbour").await;
    let attempt = setup.server.begin(&session, "square").await;
    browser::approve(&setup.server, &browser::open(&setup.server, &attempt).await).await;
    setup.deliver().await;
    assert!(setup.receiver.take().is_empty(), "nothing is authorised before the choice");
    let connection = attempt.connection_id.unwrap();
    let body = json!({"connectionId": connection, "accountId": "L2"}).to_string();
    let token = Some(session.access_token.expose());
    let answer = setup.server.ask("POST", "/square/account", token, &body).await;
    assert!(answer.status.is_success(), "{}", answer.text());
    setup.deliver().await;
    let received = setup.receiver.take();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].body()["serviceAccountRef"]["id"], "L2");
}

#[tokio::test]
async fn a_service_that_tells_no_company_is_told_as_one() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({"events": ["auth", "connectionStatus"]})).await;
    let session = setup.server.session_of(LIVE, "Harbour").await;
    let attempt = setup.server.begin(&session, "harbourBooks").await;
    browser::approve(&setup.server, &browser::open(&setup.server, &attempt).await).await;
    setup.deliver().await;
    let bodies: Vec<Value> = setup.receiver.take().iter().map(Received::body).collect();
    let [auth, status] = &bodies[..] else { panic!("{bodies:#?}") };
    assert_eq!(auth["companyUnknown"], true);
    assert_eq!(auth.get("serviceAccountRef"), None);
    assert_eq!(status.get("companyUnknown"), None);
}

#[tokio::test]
async fn a_connection_that_the_service_cut_off_is_told_with_its_reason() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({"events": ["connectionStatus"]})).await;
    setup.sign_in("Harbour").await;
    setup.server.provider.revoke();
    setup.server.clock.pass(3600);
    assert_eq!(refresh_due(&setup.server.app).await.unwrap(), 1);
    setup.deliver().await;
    let received = setup.receiver.take();
    let [_, cut_off] = &received[..] else { panic!("{received:?}") };
    let body = cut_off.body();
    assert_eq!((&body["oldStatus"], &body["newStatus"]), (&json!("active"), &json!("disconnected")));
    assert_eq!(body["disconnectReason"], "authorizationRevoked");
    assert_eq!(body["effectiveOn"], "2026-03-01T10:30:00Z");
}

#[tokio::test]
async fn an_authorisation_that_time_alone_ended_is_told_by_the_sweep_and_once() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({"events": ["connectionStatus"]})).await;
    setup.sign_in("Harbour").await;
    setup.deliver().await;
    assert_eq!(setup.receiver.take().len(), 1);
    spoil(&setup.server, "UPDATE credentials SET refresh_at = NULL").await;
    setup.server.clock.pass(366 * DAY);
    for _ in 0..2 {
        sweep(&setup.server.app).await.unwrap();
        setup.deliver().await;
    }
    let received = setup.receiver.take();
    let [expired] = &received[..] else { panic!("{received:?}") };
    let body = expired.body();
    assert_eq!((&body["oldStatus"], &body["newStatus"]), (&json!("active"), &json!("expired")));
    assert_eq!(
        body["effectiveOn"], "2027-03-01T09:30:00Z",
        "when it ran out, and not when the sweep came by"
    );
    assert_eq!(body["disconnectReason"], "reauthorizationRequired");

    setup.sign_in("Harbour").await;
    setup.deliver().await;
    let body = setup.receiver.take().pop().unwrap().body();
    assert_eq!((&body["oldStatus"], &body["newStatus"]), (&json!("expired"), &json!("active")));
}

#[tokio::test]
async fn an_authorisation_whose_token_was_lost_is_told_at_once() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({"events": ["connectionStatus"]})).await;
    let connection = setup.sign_in("Harbour").await;
    let stored = setup.server.app.store.credential(&connection).await.unwrap().unwrap();
    setup.server.clock.pass(60);
    let now = setup.server.app.now();
    setup.server.app.store.lapse(stored.version, &connection, now).await.unwrap();
    setup.deliver().await;
    let body = setup.receiver.take().pop().unwrap().body();
    assert_eq!(
        (&body["newStatus"], &body["effectiveOn"]),
        (&json!("expired"), &json!("2026-03-01T09:31:00Z"))
    );
}

#[tokio::test]
async fn a_refresh_of_a_token_is_no_event() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({})).await;
    setup.sign_in("Harbour").await;
    setup.deliver().await;
    setup.receiver.take();
    setup.server.clock.pass(3600);
    assert_eq!(refresh_due(&setup.server.app).await.unwrap(), 1);
    setup.deliver().await;
    assert!(setup.receiver.take().is_empty());
}

#[tokio::test]
async fn a_sign_in_that_was_refused_tells_that_its_page_was_opened_and_nothing_else() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({})).await;
    setup.server.provider.behave(Behaviour::Refuses);
    let session = setup.server.session_of(LIVE, "Harbour").await;
    let attempt = setup.server.begin(&session, "xero").await;
    browser::approve(&setup.server, &browser::open(&setup.server, &attempt).await).await;
    setup.deliver().await;
    assert_eq!(setup.receiver.take_events(), ["login"]);
}

#[tokio::test]
async fn what_the_back_end_cuts_off_and_deletes_itself_is_told_with_whose_wish_it_was() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({"events": ["connectionStatus", "connectionRemoved"]})).await;
    let connection = setup.sign_in("Harbour").await;
    setup.deliver().await;
    setup.receiver.take();
    let body = json!({"connectionId": connection});
    let answer = setup.ask("PUT", "/v2/connections/disconnect", &body).await;
    assert!(answer.status.is_success(), "{}", answer.text());
    let answer = setup.ask("DELETE", &format!("/v2/connections/{connection}"), &Value::Null).await;
    assert!(answer.status.is_success(), "{}", answer.text());
    setup.deliver().await;
    let received = setup.receiver.take();
    let [cut_off, removed] = &received[..] else { panic!("{received:?}") };
    assert_eq!(cut_off.body()["newStatus"], "disconnected");
    assert_eq!(cut_off.body()["disconnectReason"], "disconnectedByCustomer");
    assert_eq!(removed.event(), "connectionRemoved");
}

#[tokio::test]
async fn a_deleted_business_is_told_after_its_connections() {
    let setup = Setup::new().await;
    let (webhook, _) =
        setup.register("/hooks", json!({"events": ["connectionRemoved", "businessRemoved"]})).await;
    let connection = setup.sign_in("Harbour").await;
    let business = setup.server.app.store.connection(&connection).await.unwrap().unwrap().business;
    let answer = setup.ask("DELETE", &format!("/v2/businesses/{business}"), &Value::Null).await;
    assert!(answer.status.is_success(), "{}", answer.text());
    // The next time that the server looks is when it was: the database has no clock of its own.
    setup.server.clock.pass(5);
    assert_eq!(setup.deliveries(&webhook, "").await.len(), 2);
    setup.deliver().await;
    // They are two streams, which may overtake each other on their way.
    let mut bodies: Vec<Value> = setup.receiver.take().iter().map(Received::body).collect();
    bodies.sort_by_key(|body| body["event"] == "businessRemoved");
    let [first, second] = &bodies[..] else { panic!("{bodies:#?}") };
    assert_eq!((&first["event"], &first["connectionId"]), (&json!("connectionRemoved"), &json!(connection)));
    assert_eq!(first["serviceAccountRef"]["id"], "T-1");
    assert_eq!(second["event"], "businessRemoved");
    assert_eq!(second["businessName"], "Harbour");
    assert_eq!(second["occurredAt"], "2026-03-01T09:30:05Z");
    assert_eq!(second.get("connectionId"), None);
}

#[tokio::test]
async fn a_business_that_the_sweep_forgets_is_told_too() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({})).await;
    setup.server.session_of(LIVE, "Harbour").await;
    setup.server.clock.pass(2 * DAY);
    assert_eq!(sweep(&setup.server.app).await.unwrap().businesses, 1);
    setup.deliver().await;
    assert_eq!(setup.receiver.take_events(), ["businessRemoved"]);
}

#[tokio::test]
async fn a_webhook_hears_of_its_own_widget_and_of_the_events_that_it_asked_for() {
    let setup = Setup::new().await;
    setup.register("/auth", json!({"events": ["auth"]})).await;
    setup.register("/removed", json!({"events": ["connectionRemoved"]})).await;
    let (other, _) = add_key(&setup.server, SANDBOX, &Scope::ALL).await;
    let body = json!({"url": setup.receiver.url("/other")});
    ask_with(&setup.server, other.expose(), "POST", "/v2/webhooks", &body).await;
    setup.sign_in("Harbour").await;
    setup.deliver().await;
    let paths: Vec<_> = setup.receiver.take().iter().map(|received| received.uri.path().to_owned()).collect();
    assert_eq!(paths, ["/auth"]);
}
