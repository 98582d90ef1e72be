//! The golden files of the contract through the widget's own reader: the browser's `JSON.parse`, then property by
//! property. `crates/contract` reads the same files with serde.

use railz_connect::read_answer;
use railz_connect_contract::{
    BillingPlan, Connection, ConnectionError, ConnectionId, ConnectionState, Feature, RefusalReason,
    ServiceKind, ServiceName,
};
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{RequestError, Response};
use railz_connect_flow::json::JsonText;
use railz_connect_flow::service::ConnectionTarget;
use railz_connect_flow::session::SessionResponse;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::responses::{
    ADDRESS, CONNECTED_SESSION, MANY_MESSAGES, ONE_MESSAGE, OTHER_SERVERS_SESSION, REFUSED,
};

fn session_request() -> Request {
    Request::Session { business_name: None, business_uuid: None, previous: None }
}

fn address_request() -> Request {
    Request::Address {
        service: ServiceName::new("xero"),
        integration: None,
        answer: None,
        target: ConnectionTarget::Usual,
    }
}

fn updates_request() -> Request {
    let connection_id = ConnectionId::new("CON-1");
    Request::Updates { connection_id, attempt_id: None, wait_ms: 0 }
}

fn status_request() -> Request {
    Request::Status
}

fn session(body: &str) -> SessionResponse {
    match read_answer(&session_request(), true, 200, body) {
        Ok(Response::Session(session)) => *session,
        other => panic!("no session: {other:?}"),
    }
}

fn updates(body: &str) -> Option<Connection> {
    match read_answer(&updates_request(), true, 200, body) {
        Ok(Response::Update(connection)) => connection.map(|connection| *connection),
        other => panic!("no updates: {other:?}"),
    }
}

fn refusal(status: u16, body: &str) -> RequestError {
    read_answer(&session_request(), false, status, body).expect_err("a refusal")
}

fn refused(status: u16, message: &str) -> RequestError {
    RequestError::Refused { status, message: message.to_owned() }
}

#[wasm_bindgen_test]
fn a_session_is_read_with_everything_it_says() {
    let session = session(CONNECTED_SESSION);
    assert_eq!(session.access_token.expose(), "2fT6mQe0");
    assert_eq!(session.business_name.as_str(), "Harbour Bakery");
    assert_eq!(session.business_uuid.as_str(), "BIZ-0b0ad5a5-6a3a-4f43-9d8e-0b6f7d1c2a11");
    let metadata = r#"[{"name":"plan","value":"starter","webhookLocation":["header"]}]"#;
    assert_eq!(session.metadata, Some(JsonText(metadata.to_owned())));
    assert_eq!(session.customer_name, "Acme Lending");
    assert_eq!(session.email, "help@acme.example");
    assert_eq!(session.billing_plan, BillingPlan::Custom);
    assert_eq!((session.sandbox, session.sites), (true, false));
    assert_eq!(session.features, [Feature::SandboxOnePress]);
}

#[wasm_bindgen_test]
fn a_sessions_connections_and_integrations_are_read() {
    let session = session(CONNECTED_SESSION);
    let connection = session.connections.unwrap().remove(0);
    assert_eq!(connection.connection_id.as_str(), "CON-3f1f7c0e-5a7c-4a53-8f3c-2f8f0f5b7a01");
    assert_eq!((connection.name.as_str(), connection.kind), ("xero", ServiceKind::Accounting));
    assert_eq!((connection.state, connection.error), (ConnectionState::Active, None));
    assert_eq!(connection.integration_uuid.unwrap().as_str(), "7d5c1f6e-0000-4000-8000-000000000002");
    assert_eq!(connection.created_at.as_deref(), Some("2026-03-01T09:30:00Z"));
    assert_eq!(connection.account_number.as_deref(), Some("42"));
    assert_eq!(connection.expires_at.as_deref(), Some("2027-03-01T09:30:00Z"));
    let account = connection.service_account_ref.unwrap();
    assert_eq!((account.id.as_deref(), account.entity_ref.unwrap().id.as_str()), (Some("acc-1"), "ent-1"));
    let integrations = session.integrations.unwrap();
    let services: Vec<_> = integrations.iter().map(|one| one.service.as_str()).collect();
    assert_eq!(services, ["railzSandbox", "harbourBooks"]);
    assert_eq!(integrations[1].display_name.as_deref(), Some("Harbour Books"));
    assert_eq!(integrations[1].logo_url.as_deref(), Some("https://books.example/logo.svg"));
    assert!(!integrations[0].is_mock_data);
}

#[wasm_bindgen_test]
fn what_another_server_leaves_out_or_adds_does_not_stop_the_reading() {
    let session = session(OTHER_SERVERS_SESSION);
    assert_eq!(session.business_uuid.as_str(), "");
    assert_eq!(session.metadata, None);
    assert_eq!(session.customer_name, "");
    assert_eq!(session.billing_plan, BillingPlan::Unknown);
    assert!(!session.sandbox);
    assert_eq!(session.connections, None);
    assert_eq!(session.features, []);
    let integration = session.integrations.unwrap().remove(0);
    assert_eq!((integration.service.as_str(), integration.service_kind), ("myob", ServiceKind::Unknown));
    assert!(!integration.is_mock_data);
}

#[wasm_bindgen_test]
fn an_address_is_read_with_its_attempt_and_its_life() {
    let Ok(Response::Address(address)) = read_answer(&address_request(), true, 200, ADDRESS) else {
        panic!("no address");
    };
    assert_eq!(address.url, "https://connect.example/oauth/start/9");
    assert_eq!(address.connection_id.unwrap().as_str(), "CON-3f1f7c0e-5a7c-4a53-8f3c-2f8f0f5b7a01");
    assert_eq!(address.business_name.as_str(), "Harbour Bakery");
    assert_eq!(address.attempt_id.unwrap().as_str(), "ATT-9");
    assert_eq!(address.expires_in_seconds, Some(1800));
}

#[wasm_bindgen_test]
fn a_refused_connection_is_an_update_with_its_reason() {
    let connection = updates(REFUSED).unwrap();
    assert_eq!(connection.state, ConnectionState::Invalid);
    assert_eq!(connection.error, Some(ConnectionError::InsufficientPermission));
    assert_eq!(connection.reason, Some(RefusalReason::AccessDenied));
    assert_eq!(connection.integration_uuid, None);
}

#[wasm_bindgen_test]
fn states_errors_and_reasons_of_a_newer_server_are_read_as_unknown() {
    let connection =
        updates(r#"{"connectionId":"C","name":"n","state":"dreaming","error":"tired","reason":"late"}"#)
            .unwrap();
    assert_eq!(connection.state, ConnectionState::Unknown);
    assert_eq!(connection.error, Some(ConnectionError::Unknown));
    assert_eq!(connection.reason, Some(RefusalReason::Unknown));
}

#[wasm_bindgen_test]
fn no_update_is_read_from_null_and_from_nothing() {
    assert_eq!(updates("null"), None);
    assert_eq!(updates(""), None);
}

#[wasm_bindgen_test]
fn a_status_is_a_list_of_connections() {
    let body = format!("[{REFUSED},{REFUSED}]");
    let Ok(Response::Connections(connections)) = read_answer(&status_request(), true, 200, &body) else {
        panic!("no list");
    };
    assert_eq!(connections.len(), 2);
}

#[wasm_bindgen_test]
fn a_refusal_is_judged_by_its_body_and_not_by_http() {
    assert_eq!(refusal(502, ONE_MESSAGE), refused(404, "BUSINESS NOT FOUND"));
    assert_eq!(refusal(200, ONE_MESSAGE), refused(404, "BUSINESS NOT FOUND"));
}

#[wasm_bindgen_test]
fn of_several_messages_the_first_is_read() {
    assert_eq!(refusal(400, MANY_MESSAGES), refused(400, "first"));
}

#[wasm_bindgen_test]
fn a_refusal_without_a_message_is_still_a_refusal() {
    assert_eq!(refusal(401, r#"{"error":{"statusCode":401}}"#), refused(401, ""));
    assert_eq!(refusal(401, r#"{"error":{"statusCode":401,"message":null}}"#), refused(401, ""));
    assert_eq!(refusal(401, r#"{"error":{"statusCode":401,"message":[]}}"#), refused(401, ""));
}

#[wasm_bindgen_test]
fn a_refusal_that_names_no_status_has_that_of_http() {
    assert_eq!(refusal(403, r#"{"error":{"message":"not here"}}"#), refused(403, "not here"));
}

#[wasm_bindgen_test]
fn what_does_not_speak_the_contract_is_unreadable() {
    for body in
        ["", "<html>Bad Gateway</html>", "null", "[]", "7", r#"{"error":"no"}"#, r#"{"message":"no"}"#]
    {
        assert_eq!(refusal(502, body), RequestError::Unreadable, "{body}");
    }
    for body in ["", "<html>Hello</html>", "null", "{}", "[]", r#"{"access_token":7}"#] {
        let read = read_answer(&session_request(), true, 200, body);
        assert_eq!(read, Err(RequestError::Unreadable), "{body}");
    }
    for body in ["", "{}", r#"{"url":7}"#] {
        let read = read_answer(&address_request(), true, 200, body);
        assert_eq!(read, Err(RequestError::Unreadable), "{body}");
    }
    assert_eq!(read_answer(&status_request(), true, 200, "{}"), Err(RequestError::Unreadable));
    assert_eq!(read_answer(&updates_request(), true, 200, "{}"), Err(RequestError::Unreadable));
}

#[wasm_bindgen_test]
fn the_hosts_own_data_survives_byte_for_byte() {
    for metadata in [
        r#"[{"name":"plan","value":"starter","webhookLocation":["header","body"]}]"#,
        r#"{"a":{"b":{"c":[[],{},[null,true,false]]}}}"#,
        r"[0,-1.25,1e+21,5e-324,9007199254740991]",
        r#""Zoë 🥐 京都 \"quoted\" \\ \u0000\u001f\n""#,
        "\"line\u{2028}separator\"",
        r#""half a pair \ud800""#,
        r#"{"":"an empty name","__proto__":"a plain name","toJSON":"another"}"#,
        "0",
        "false",
        r#""""#,
    ] {
        let read = session(&format!(r#"{{"access_token":"t","metadata":{metadata}}}"#)).metadata;
        assert_eq!(read, Some(JsonText(metadata.to_owned())));
    }
    assert_eq!(session(r#"{"access_token":"t","metadata":null}"#).metadata, None);
    assert_eq!(session(r#"{"access_token":"t"}"#).metadata, None);
}
