//! A stranger who makes much of what costs little, so that others wait.

use railz_connect_contract::{SessionResponse, UseCase};
use serde_json::{Value, json};
use sqlx::SqlitePool;

use super::{SHOP, open_session};
use crate::query_plans::{plan, pool};
use crate::support::secret_key::minted_session;
use crate::support::statements::{Statement, keeping_statements};
use crate::support::{LIVE, SANDBOX, TestServer, poll_path};

/// Copies an attempt, as if its visit had begun and ended so many more.
async fn copy_attempt(pool: &SqlitePool, id: &str, copies: u32) {
    let sql = format!(
        "WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {copies})
         INSERT INTO attempts (id, connection_id, visit_id, way, start_token, stage, outcome, expires_at, can_choose)
         SELECT id || '-' || n, connection_id, visit_id, way,
                iif(start_token IS NULL, NULL, randomblob(32)), stage, outcome, expires_at, can_choose
         FROM attempts, counted WHERE id = '{id}'"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(pool).await.unwrap();
}

/// Each statement about attempts reads few of them, by this index.
async fn reads_few(pool: &SqlitePool, statements: &[Statement], index: &str) {
    let of_attempts: Vec<_> =
        statements.iter().filter(|statement| statement.sql.contains("FROM attempts")).collect();
    assert!(!of_attempts.is_empty(), "{statements:#?}");
    let rows: u64 = of_attempts.iter().map(|statement| statement.rows).sum();
    assert!(rows < 5, "{rows} rows: {of_attempts:#?}");
    let mut steps = Vec::new();
    for statement in of_attempts {
        steps.extend(plan(pool, &statement.sql).await);
    }
    assert!(steps.iter().any(|step| step.contains(index)), "{steps:#?}");
}

#[tokio::test]
async fn playing_so_often_that_each_list_takes_seconds() {
    // Each of a visit's attempts was compared with all later ones at the connection: with six thousand one list took four
    // seconds, and eight of them at once held up the whole server.
    let server = TestServer::new().await;
    let session = server.session_of(SANDBOX, "Harbour").await;
    let token = session.access_token.expose();
    let begun: Value = server.get("/services/url?serviceName=xero", token).await.json();
    let case = json!({"code": UseCase::FailedConnection}).to_string();
    let played = server.ask("POST", begun["url"].as_str().unwrap(), Some(token), &case).await;
    assert_eq!(played.status, 200, "{}", played.text());
    let pool = pool(&server).await;
    copy_attempt(&pool, begun["attemptId"].as_str().unwrap(), 2000).await;
    let (status, statements) = keeping_statements(server.status(&session)).await;
    assert_eq!(status.len(), 1, "and how the newest ended is told: {status:?}");
    reads_few(&pool, &statements, "attempts_by_popup").await;
    pool.close().await;
}

#[tokio::test]
async fn beginning_so_often_that_the_owners_polls_have_much_to_read() {
    // A poll of 2.23, which names no attempt, used to read all that anybody had begun at the connection.
    let server = TestServer::new().await;
    let owner = open_session(&server).await;
    let attempt = server.begin(&owner, "xero").await;
    let stranger = open_session(&server).await;
    let theirs = server.begin(&stranger, "xero").await;
    assert_eq!(theirs.connection_id, attempt.connection_id);
    let pool = pool(&server).await;
    copy_attempt(&pool, theirs.attempt_id.as_ref().unwrap().as_str(), 2000).await;
    let path = poll_path(&attempt, 0);
    let (as_before, _) = path.split_once("&attemptId").unwrap();
    let minted = minted_session(&server, LIVE, SHOP).await;
    let asks = async |session: &SessionResponse<Value>, index| {
        let asked = server.get(as_before, session.access_token.expose());
        let (answer, statements) = keeping_statements(asked).await;
        assert_eq!((answer.status.as_u16(), answer.text().as_str()), (200, "null"));
        reads_few(&pool, &statements, index).await;
    };
    asks(&owner, "attempts_of_visit").await;
    asks(&minted, "attempts_of_connection").await;
    pool.close().await;
}
