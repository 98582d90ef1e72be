//! The sandbox: a use case is posted, and the next status tells how it ended.

use railz_connect_contract::{
    AddressResponse, Connection, ConnectionError, ConnectionState, SessionResponse, UseCase,
};
use serde_json::{Value, json};

use crate::support::{LIVE, SANDBOX, TestServer};

type Session = SessionResponse<Value>;

/// The form's way: a provider of sandbox data, without an integration's id.
async fn begin_mock(server: &TestServer, session: &Session, service: &str) -> AddressResponse {
    let path = format!("/services/url?serviceName={service}&redirectUrl=");
    server.get(&path, session.access_token.expose()).await.json()
}

async fn post(server: &TestServer, session: &Session, to: &AddressResponse, code: UseCase) -> u16 {
    let body = json!({"code": code}).to_string();
    let answer = server.ask("POST", &to.url, Some(session.access_token.expose()), &body).await;
    answer.status.as_u16()
}

async fn play(server: &TestServer, session: &Session, service: &str, code: UseCase) -> Vec<Connection> {
    let address = begin_mock(server, session, service).await;
    assert_eq!(post(server, session, &address, code).await, 200);
    server.status(session).await
}

#[tokio::test]
async fn one_press_connects_the_sandbox_service_under_its_own_name() {
    let server = TestServer::new().await;
    let session = server.session_of(SANDBOX, "Harbour").await;
    let address = server.begin(&session, "railzSandbox").await;
    assert_eq!(address.url, format!("/sandbox/login/{}", address.attempt_id.as_ref().unwrap()));
    assert!(server.status(&session).await.is_empty(), "nothing is listed before the post");
    assert_eq!(post(&server, &session, &address, UseCase::UserGood).await, 200);
    let status = server.status(&session).await;
    assert_eq!(status.len(), 1);
    assert_eq!(status[0].name.as_str(), "railzSandbox");
    assert_eq!(status[0].state, ConnectionState::Active);
    assert_eq!(status[0].connection_id, address.connection_id.unwrap());
    assert_eq!(status[0].integration_uuid, Some(session.integrations.unwrap()[0].uuid.clone()));
    assert!(!status[0].is_mock_data);
    assert_eq!(status[0].expires_at.as_deref(), Some("2027-03-01T09:30:00Z"), "good for twelve months");
}

#[tokio::test]
async fn the_form_connects_data_that_wears_a_services_name() {
    let server = TestServer::new().await;
    let session = server.session_of(SANDBOX, "Harbour").await;
    let status = play(&server, &session, "quickbooks", UseCase::DataEmpty).await;
    assert_eq!(status.len(), 1);
    assert_eq!(status[0].name.as_str(), "quickbooks");
    assert_eq!((status[0].state, status[0].is_mock_data), (ConnectionState::Active, true));
    assert_eq!(status[0].integration_uuid, None);
    let later = server.session_of(SANDBOX, "Harbour").await;
    assert_eq!(later.connections.unwrap(), status);
}

#[tokio::test]
async fn each_refusing_use_case_shows_in_the_next_status_and_in_no_later_session() {
    let server = TestServer::new().await;
    for (code, error) in [
        (UseCase::DuplicateConnection, ConnectionError::DuplicateAccount),
        (UseCase::FailedConnection, ConnectionError::InsufficientPermission),
        (UseCase::InvalidCredentials, ConnectionError::UnauthorizedCredentials),
    ] {
        let session = server.session_of(SANDBOX, "Harbour").await;
        let status = play(&server, &session, "xero", code).await;
        assert_eq!(status.len(), 1, "{code:?}");
        assert_eq!((status[0].state, status[0].error), (ConnectionState::Invalid, Some(error)));
        assert_eq!(status[0].reason, None, "nobody said no");
        let later = server.session_of(SANDBOX, "Harbour").await;
        assert_eq!(later.connections.as_deref(), Some(&[][..]), "{code:?}");
        assert!(server.status(&later).await.is_empty(), "{code:?}");
    }
}

#[tokio::test]
async fn an_old_failure_does_not_poison_a_later_success() {
    let server = TestServer::new().await;
    let session = server.session_of(SANDBOX, "Harbour").await;
    let failed = play(&server, &session, "xero", UseCase::FailedConnection).await;
    let good = play(&server, &session, "xero", UseCase::UserGood).await;
    assert_eq!(good.len(), 1);
    assert_eq!(good[0].connection_id, failed[0].connection_id, "the same connection");
    assert_eq!((good[0].state, good[0].error), (ConnectionState::Active, None));
}

#[tokio::test]
async fn a_failure_over_an_active_connection_shows_once_and_leaves_it_active() {
    let server = TestServer::new().await;
    let session = server.session_of(SANDBOX, "Harbour").await;
    play(&server, &session, "xero", UseCase::UserGood).await;
    let status = play(&server, &session, "xero", UseCase::DuplicateConnection).await;
    assert_eq!(status.len(), 1);
    assert_eq!(status[0].error, Some(ConnectionError::DuplicateAccount));
    let later = server.session_of(SANDBOX, "Harbour").await;
    assert_eq!(later.connections.unwrap()[0].state, ConnectionState::Active);
}

#[tokio::test]
async fn a_poll_tells_how_a_sandbox_attempt_ended() {
    let server = TestServer::new().await;
    let session = server.session_of(SANDBOX, "Harbour").await;
    let address = server.begin(&session, "railzSandbox").await;
    post(&server, &session, &address, UseCase::UserGood).await;
    let connection: Connection = server.poll(&session, &address, 1000).await.json();
    assert_eq!(connection.state, ConnectionState::Active);
    let address = server.begin(&session, "railzSandbox").await;
    post(&server, &session, &address, UseCase::InvalidCredentials).await;
    let connection: Connection = server.poll(&session, &address, 1000).await.json();
    assert_eq!(connection.error, Some(ConnectionError::UnauthorizedCredentials));
}

#[tokio::test]
async fn a_use_case_is_posted_once_in_time_and_by_its_own_business() {
    let server = TestServer::new().await;
    let session = server.session_of(SANDBOX, "Harbour").await;
    let address = server.begin(&session, "railzSandbox").await;
    let other = server.session_of(SANDBOX, "Another").await;
    assert_eq!(post(&server, &other, &address, UseCase::UserGood).await, 404);
    assert_eq!(post(&server, &session, &address, UseCase::UserGood).await, 200);
    assert_eq!(post(&server, &session, &address, UseCase::UserGood).await, 409);
    let late = server.begin(&session, "railzSandbox").await;
    server.clock.pass(1801);
    assert_eq!(post(&server, &session, &late, UseCase::UserGood).await, 410);
}

#[tokio::test]
async fn an_unknown_use_case_is_refused_with_those_there_are() {
    let server = TestServer::new().await;
    let session = server.session_of(SANDBOX, "Harbour").await;
    let address = server.begin(&session, "railzSandbox").await;
    for body in [r#"{"code":"user_bad"}"#, "{}", ""] {
        let answer = server.ask("POST", &address.url, Some(session.access_token.expose()), body).await;
        let (status, message) = answer.refusal();
        assert_eq!(status, 400);
        assert!(message.contains("user_good") && message.contains("data_empty"), "{message}");
    }
}

#[tokio::test]
async fn an_oauth_attempt_cannot_be_ended_by_a_use_case() {
    let server = TestServer::new().await;
    let session = server.session_of(SANDBOX, "Harbour").await;
    let address = server.begin(&session, "xero").await;
    let path = format!("/sandbox/login/{}", address.attempt_id.unwrap());
    let answer =
        server.ask("POST", &path, Some(session.access_token.expose()), r#"{"code":"user_good"}"#).await;
    assert_eq!(answer.refusal().0, 404);
    assert!(server.status(&session).await.is_empty());
}

#[tokio::test]
async fn a_live_widget_accepts_no_sandbox_service() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let token = session.access_token.expose();
    let xero = &session.integrations.as_ref().unwrap()[0].uuid;
    for query in [
        "serviceName=railzSandbox".to_owned(),
        format!("serviceName=railzSandbox&integrationUuid={xero}"),
        "serviceName=quickbooks".to_owned(),
        "serviceName=xero".to_owned(),
    ] {
        let answer = server.get(&format!("/services/url?{query}"), token).await;
        assert_eq!(answer.refusal().0, 400, "{query}");
    }
}

#[tokio::test]
async fn a_wrong_choice_of_service_is_refused_by_name() {
    let server = TestServer::new().await;
    let session = server.session_of(SANDBOX, "Harbour").await;
    let token = session.access_token.expose();
    let sandbox = &session.integrations.as_ref().unwrap()[0].uuid;
    for (query, word) in [
        (String::new(), "serviceName is missing"),
        ("serviceName=".to_owned(), "serviceName is missing"),
        ("serviceName=nothing".to_owned(), "serviceName is not that of a service"),
        (format!("serviceName=xero&integrationUuid={sandbox}"), "integrationUuid is not that"),
        ("serviceName=railzSandbox&integrationUuid=1".to_owned(), "integrationUuid is not that"),
        ("serviceName=railzSandbox".to_owned(), "integrationUuid is missing"),
    ] {
        let (status, message) = server.get(&format!("/services/url?{query}"), token).await.refusal();
        assert_eq!(status, 400, "{query}");
        assert!(message.contains(word), "{message}");
    }
}
