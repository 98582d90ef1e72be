//! The audit is only added to, and is kept for as long as the operator says.

use axum::http::StatusCode;
use connect_server::sweep::sweep;
use jiff::Timestamp;
use railz_connect_contract::WidgetId;

use super::{all, ask_with};
use crate::query_plans::pool;
use crate::support::{LIVE, ServerOptions, TestServer};

const DAY: i64 = 24 * 3600;

#[tokio::test]
async fn no_line_is_changed_replaced_or_deleted() {
    let server = TestServer::new().await;
    server.session_of(LIVE, "Harbour").await;
    let before = all(&server).await;
    let pool = pool(&server).await;
    for change in [
        "UPDATE audit_events SET actor = 'nobody'",
        "UPDATE OR REPLACE audit_events SET number = 9",
        "DELETE FROM audit_events",
        "INSERT OR REPLACE INTO audit_events (number, occurred_at, action, outcome, actor) VALUES (1, 0, 'x', 'done', 'x')",
        "INSERT OR REPLACE INTO audit_events (id, occurred_at, action, outcome, actor)
             SELECT id, 0, 'x', 'done', 'x' FROM audit_events",
    ] {
        let error = sqlx::raw_sql(sqlx::AssertSqlSafe(change)).execute(&pool).await.unwrap_err().to_string();
        assert!(error.contains("the audit is only added to"), "{change}: {error}");
    }
    pool.close().await;
    assert_eq!(all(&server).await, before);
}

#[tokio::test]
async fn a_line_outlives_the_widget_that_it_is_about() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    server.app.store.delete_widget(&WidgetId::new(LIVE)).await.unwrap();
    let events = all(&server).await;
    assert_eq!(events[0].business.as_ref(), Some(&session.business_uuid));
}

#[tokio::test]
async fn lines_are_forgotten_after_400_days_or_as_many_as_the_operator_says() {
    for (top, days) in [("", 400), ("[audit]\nkeep_days = 30\n", 30)] {
        let wish = ServerOptions { non_oauth: top.to_owned(), ..ServerOptions::default() };
        let server = TestServer::with_options(wish).await;
        server.session_of(LIVE, "Harbour").await;
        server.clock.pass(days * DAY);
        sweep(&server.app).await.unwrap();
        assert_eq!(all(&server).await[0].action, "openSession", "{days}");
        server.clock.pass(1);
        assert_eq!(sweep(&server.app).await.unwrap().audit_events, 1, "{days}");
        assert!(all(&server).await.iter().all(|event| event.action != "openSession"), "{days}");
    }
}

#[tokio::test]
async fn of_what_strangers_bring_about_only_the_newest_lines_are_kept() {
    let server = TestServer::new().await;
    for _ in 0..5 {
        let answer = ask_with(&server, "rck_guessed", "GET", "/v2/connections", "").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    let newest = all(&server).await[2..].to_vec();
    assert_eq!(server.app.store.drop_audit_events(Timestamp::MIN, 3).await.unwrap(), 2);
    assert_eq!(all(&server).await, newest);
}
