//! Whatever changes a connection or a business is told of, whoever wrote the statement.

use connect_server::webhooks::delivery::begin_due;
use serde_json::json;
use sqlx::Executor;

use super::Setup;
use crate::query_plans::{plan, pool};
use crate::support::statements::keeping_statements;
use crate::support::{LIVE, TestServer};

/// A migration that makes a table anew drops its triggers with the old one, and has to make them again.
#[tokio::test]
async fn every_table_whose_changes_are_told_has_its_triggers() {
    let server = TestServer::new().await;
    let pool = pool(&server).await;
    let triggers: Vec<(String, String)> =
        sqlx::query_as("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
            .fetch_all(&pool)
            .await
            .unwrap();
    let triggers: Vec<_> = triggers.iter().map(|(name, table)| (name.as_str(), table.as_str())).collect();
    let due = [
        ("attempt_at_provider", "attempts"),
        ("audit_connection_added", "connections"),
        ("audit_connection_authorised", "connections"),
        ("audit_connection_ended", "connections"),
        ("audit_is_swept_alone", "audit_events"),
        ("audit_never_changes", "audit_events"),
        ("audit_never_replaces", "audit_events"),
        ("business_removed", "businesses"),
        ("connection_added", "connections"),
        ("connection_changed", "connections"),
        ("connection_removed", "connections"),
        ("connection_status_changed", "connections"),
        ("hosted_link_connected_by_change", "connections"),
        ("hosted_link_connected_by_new", "connections"),
        ("visit_begun", "visits"),
        ("visit_changed", "visits"),
        ("webhook_event_of_connection", "webhook_events"),
        ("webhook_event_recorded", "webhook_events"),
    ];
    assert_eq!(triggers, due);
    pool.close().await;
}

#[tokio::test]
async fn a_statement_that_nobody_thought_of_is_told_all_the_same() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({"events": ["connectionStatus", "connectionRemoved"]})).await;
    setup.sign_in("Harbour").await;
    setup.deliver().await;
    setup.receiver.take();
    let pool = pool(&setup.server).await;
    for (statement, status) in [
        (
            "UPDATE connections SET standing = 'disconnected', expires_at = 1772357400000",
            Some("disconnected"),
        ),
        ("UPDATE connections SET standing = 'active', expires_at = 1872357400000", Some("active")),
        ("UPDATE connections SET kind = 'commerce'", None),
        ("UPDATE connections SET expires_at = expires_at + 1000", None),
    ] {
        pool.execute(statement).await.unwrap();
        setup.deliver().await;
        let told: Vec<_> =
            setup.receiver.take().iter().map(|received| received.body()["newStatus"].clone()).collect();
        let due: Vec<_> = status.iter().map(|status| json!(status)).collect();
        assert_eq!(told, due, "{statement}");
    }
    pool.execute("DELETE FROM connections").await.unwrap();
    setup.deliver().await;
    assert_eq!(setup.receiver.take_events(), ["connectionRemoved"]);
    pool.close().await;
}

#[tokio::test]
async fn what_is_rolled_back_is_not_told() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({"events": ["connectionStatus"]})).await;
    setup.sign_in("Harbour").await;
    setup.deliver().await;
    setup.receiver.take();
    let pool = pool(&setup.server).await;
    let mut transaction = pool.begin().await.unwrap();
    transaction.execute("UPDATE connections SET standing = 'disconnected'").await.unwrap();
    transaction.rollback().await.unwrap();
    pool.close().await;
    setup.deliver().await;
    assert!(setup.receiver.take().is_empty());
}

#[tokio::test]
async fn where_nobody_listens_nothing_is_written_down() {
    let setup = Setup::new().await;
    setup.sign_in("Harbour").await;
    let pool = pool(&setup.server).await;
    let events: i64 =
        sqlx::query_scalar("SELECT count(*) FROM webhook_events").fetch_one(&pool).await.unwrap();
    assert_eq!(events, 0);
    // And who registers afterwards hears of what comes, not of what was.
    setup.register("/hooks", json!({})).await;
    setup.deliver().await;
    assert!(setup.receiver.take().is_empty());
    pool.close().await;
}

#[tokio::test]
async fn a_deleted_widget_takes_its_webhooks_along() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({})).await;
    setup.sign_in("Harbour").await;
    let widget = railz_connect_contract::WidgetId::new(LIVE);
    setup.server.app.store.delete_widget(&widget).await.unwrap();
    setup.deliver().await;
    assert!(setup.receiver.take().is_empty());
    let pool = pool(&setup.server).await;
    for table in ["webhooks", "webhook_events", "webhook_deliveries"] {
        let sql = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        let rows: i64 = sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap();
        assert_eq!(rows, 0, "{table}");
    }
    pool.close().await;
}

#[tokio::test]
async fn no_look_for_what_is_due_grows_with_what_is_over() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({})).await;
    setup.sign_in("Harbour").await;
    let pool = pool(&setup.server).await;
    let (begun, statements) = keeping_statements(begin_due(&setup.server.app)).await;
    assert_eq!(begun.unwrap(), 1);
    setup.server.settled().await;
    let (_, swept) =
        keeping_statements(setup.server.app.store.expire_connections(setup.server.app.now())).await;
    assert!(statements.len() > 3, "{statements:#?}");
    for statement in statements.iter().chain(&swept).filter(|statement| !statement.sql.starts_with("COMMIT"))
    {
        let steps = plan(&pool, &statement.sql).await;
        // The indexes of what waits for its time hold nothing else; what is scanned besides is what was found before.
        let is_fine = |step: &str| {
            step.contains("_without_time")
                || step.starts_with("SCAN (subquery")
                || step == "SCAN due"
                || step == "SCAN CONSTANT ROW"
        };
        let scan = steps.iter().find(|step| step.starts_with("SCAN") && !is_fine(step));
        assert_eq!(scan, None, "{}\n{steps:#?}", statement.sql);
    }
    pool.close().await;
}
