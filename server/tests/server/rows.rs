//! Rows that cannot be are refused by table, column and id, and nothing is guessed.

use axum::http::StatusCode;
use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;

use crate::support::browser::{self, approve};
use crate::support::{LIVE, TestServer};

/// Changes one row behind the server's back.
pub async fn spoil(server: &TestServer, statement: &'static str) {
    let options = SqliteConnectOptions::new().filename(server.folder.path().join("connect.db"));
    let pool = SqlitePool::connect_with(options).await.unwrap();
    let done = sqlx::query(statement).execute(&pool).await.unwrap();
    assert_eq!(done.rows_affected(), 1);
    pool.close().await;
}

#[tokio::test]
async fn an_impossible_connection_is_named_to_the_operator_and_not_to_the_world() {
    for (statement, column) in [
        ("UPDATE connections SET expires_at = NULL", "standing"),
        ("UPDATE connections SET standing = 'unproven'", "standing"),
        ("UPDATE connections SET created_at = 9223372036854775807", "created_at"),
    ] {
        let server = TestServer::new().await;
        let session = server.session_of(LIVE, "Harbour").await;
        let attempt = server.begin(&session, "xero").await;
        approve(&server, &browser::open(&server, &attempt).await).await;
        spoil(&server, statement).await;
        let id = attempt.connection_id.unwrap();
        let error = server.app.store.connection(&id).await.unwrap_err().to_string();
        assert!(
            error.contains(&format!("table connections, column {column}, id {id}")),
            "{statement}: {error}"
        );
        let answer = server.get("/widget/status", session.access_token.expose()).await;
        let (status, message) = answer.refusal();
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR.as_u16());
        assert!(!message.contains("table") && !message.contains(id.as_str()), "{message}");
    }
}

#[tokio::test]
async fn an_impossible_attempt_is_named() {
    for (statement, column) in [
        ("UPDATE attempts SET stage = 'ended'", "stage"),
        ("UPDATE attempts SET stage = 'ended', outcome = 'perhaps'", "outcome"),
        ("UPDATE attempts SET outcome = 'connected'", "stage"),
        (
            "UPDATE attempts SET stage = 'at_provider', state = x'00', cookie = x'00', verifier = x'00'",
            "state",
        ),
        ("UPDATE attempts SET way = 'sandbox'", "way"),
        ("UPDATE attempts SET start_token = NULL", "way"),
    ] {
        let server = TestServer::new().await;
        let session = server.session_of(LIVE, "Harbour").await;
        let attempt = server.begin(&session, "xero").await;
        spoil(&server, statement).await;
        let id = attempt.attempt_id.unwrap();
        let error = server.app.store.attempt(&id).await.unwrap_err().to_string();
        let due = format!("table attempts, column {column}, id {id}");
        assert!(error.contains(&due), "{statement}: {error}");
    }
}

#[tokio::test]
async fn the_database_itself_refuses_words_it_does_not_know() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    server.begin(&session, "xero").await;
    let options = SqliteConnectOptions::new().filename(server.folder.path().join("connect.db"));
    let pool = SqlitePool::connect_with(options).await.unwrap();
    for statement in [
        "UPDATE connections SET standing = 'perhaps'",
        "UPDATE connections SET channel = 'perhaps'",
        "UPDATE attempts SET stage = 'perhaps'",
        "UPDATE widgets SET mode = 'perhaps'",
    ] {
        assert!(sqlx::query(statement).execute(&pool).await.is_err(), "{statement}");
    }
}
