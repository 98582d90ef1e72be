//! A database of the version before 0010: sessions and attempts under way become visits, and the server goes on with them.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use connect_server::config::Environment;
use connect_server::domain::visit::SessionKind;
use connect_server::http;
use connect_server::token::TokenHash;
use railz_connect_contract::{AttemptId, Connection, ConnectionError, ConnectionId};
use serde_json::{Value, json};
use sqlx::SqlitePool;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;

use crate::support::provider::Provider;
use crate::support::{ServerOptions, request, send, start};

/// Two sessions of one business, and one whose token is forgotten already; sign-ins that ended and that are under way.
const FILLED: &str = "
    INSERT INTO widgets (id, name, email, mode, created_at) VALUES ('SB_PROD_demo', 'Acme Lending', '', 'sandbox', 1);
    INSERT INTO widget_origins VALUES ('SB_PROD_demo', 'https://app.example');
    INSERT INTO businesses VALUES ('BIZ-1', 'SB_PROD_demo', 'Harbour', 2), ('BIZ-2', 'SB_PROD_demo', 'Quay', 3);
    INSERT INTO connections VALUES
        ('CON-1', 'BIZ-1', 'railzSandbox', 'accounting', 'service', '', 'unproven', NULL, NULL, 4),
        ('CON-2', 'BIZ-2', 'xero', 'accounting', 'service', '', 'unproven', NULL, NULL, 5),
        ('CON-3', 'BIZ-1', 'quickbooksDesktop', 'accounting', 'service', '', 'unproven', NULL, NULL, 6),
        ('CON-4', 'BIZ-1', 'oracleNetsuite', 'accounting', 'service', '', 'unproven', NULL, NULL, 7);
    INSERT INTO sessions VALUES ($1, 'SB_PROD_demo', 'BIZ-1', 1772443800000), ($2, 'SB_PROD_demo', 'BIZ-1', 1772440200000);
    INSERT INTO attempts (number, id, connection_id, session, way, start_token, stage, outcome, expires_at, answer, told)
    VALUES (3, 'ATT-1', 'CON-1', $1, 'sandbox', NULL, 'ended', 'unauthorized_credentials', 1772359200000, NULL, 'poll'),
           (5, 'ATT-2', 'CON-2', $3, 'popup', zeroblob(32), 'finishing', NULL, 1772359200000, 'shop', 'status');
";

struct Before {
    folder: tempfile::TempDir,
}

/// Fills a database of the version before.
async fn before() -> Before {
    let folder = tempfile::tempdir().unwrap();
    let older = tempfile::tempdir().unwrap();
    let migrations = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    for file in std::fs::read_dir(migrations).unwrap().map(|file| file.unwrap()) {
        if file.file_name().to_str().unwrap() < "0010" {
            std::fs::copy(file.path(), older.path().join(file.file_name())).unwrap();
        }
    }
    let options =
        SqliteConnectOptions::new().filename(folder.path().join("connect.db")).create_if_missing(true);
    let pool = SqlitePool::connect_with(options).await.unwrap();
    Migrator::new(older.path()).await.unwrap().run(&pool).await.unwrap();
    let hex = |token: &str| {
        let mut digits = String::new();
        for byte in TokenHash::of(token).as_bytes() {
            write!(digits, "{byte:02x}").unwrap();
        }
        format!("x'{digits}'")
    };
    let filled =
        FILLED.replace("$1", &hex("first")).replace("$2", &hex("second")).replace("$3", &hex("forgotten"));
    sqlx::raw_sql(sqlx::AssertSqlSafe(filled)).execute(&pool).await.unwrap();
    let name = |token: &str| STANDARD.encode(TokenHash::of(token).as_bytes());
    let requester = |place: &str, token: &str| {
        json!({"accepted": null, "offered": [], "round": null, place: {"business": "BIZ-1", "session": name(token)}})
            .to_string()
    };
    for (connection, duplicate, data) in [
        ("CON-1", Some(name("second")), "null".to_owned()),
        ("CON-2", Some(name("forgotten, and nothing tells of it")), "null".to_owned()),
        ("CON-3", None, requester("requester", "first")),
        ("CON-4", None, requester("asker", "forgotten, and nothing tells of it")),
    ] {
        sqlx::query(
            "INSERT INTO company_bindings VALUES (?, NULL, NULL, NULL, NULL, NULL, '{}', '[]', ?, ?, 1)",
        )
        .bind(connection)
        .bind(duplicate)
        .bind(data)
        .execute(&pool)
        .await
        .unwrap();
    }
    pool.close().await;
    Before { folder }
}

#[tokio::test]
async fn sessions_and_sign_ins_under_way_become_visits_and_go_on() {
    let before = before().await;
    let provider = Provider::start().await;
    let text = provider.configuration(&ServerOptions::default());
    let (app, clock) =
        start(&text, before.folder.path(), &Environment::new(), Duration::from_secs(1)).await.unwrap();
    let visit = async |token: &str| {
        let found = app.store.session(TokenHash::of(token), app.now()).await.unwrap();
        found.unwrap_or_else(|| panic!("{token} is gone")).1
    };
    let (first, second) = (visit("first").await, visit("second").await);
    assert_ne!(first.id, second.id);
    assert_eq!(first.id.as_str().len(), "VIS-".len() + 36);
    for visit in [&first, &second] {
        assert_eq!((visit.business.as_str(), visit.widget.as_str()), ("BIZ-1", "SB_PROD_demo"));
        assert_eq!((visit.session_kind, &visit.origin), (SessionKind::Open, &None));
    }
    assert_eq!(first.created_at.as_millisecond(), 1_772_443_800_000 - 86_400_000);

    let attempt = async |id: &str| app.store.attempt(&AttemptId::new(id)).await.unwrap().unwrap();
    assert_eq!(attempt("ATT-1").await.visit, first.id);
    let lost = attempt("ATT-2").await;
    assert_eq!(lost.answer.as_deref(), Some("shop"));
    let alone = app.store.visit(&first.widget, &lost.visit).await.unwrap().unwrap();
    assert_eq!(alone.business.as_str(), "BIZ-2");

    let binding = async |id: &str| app.store.binding(&ConnectionId::new(id)).await.unwrap().unwrap();
    assert_eq!(binding("CON-1").await.duplicate_for, Some(second.id.clone()));
    assert_eq!(binding("CON-2").await.duplicate_for, None);
    let requester = json!({"business": "BIZ-1", "visit": first.id});
    assert_eq!(binding("CON-3").await.service_data["requester"], requester);
    let gone = json!({"business": "BIZ-1", "visit": "VIS-gone"});
    assert_eq!(binding("CON-4").await.service_data["asker"], gone);

    // The person who was there goes on, and sees how their sign-in ended; what it was bound to nobody knew.
    let router = http::router(&app);
    let status = async |token: &str| -> Vec<Connection> {
        let answer = send(&router, request("GET", "/widget/status", Some(token), "")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    };
    let errors =
        async |token: &str| -> Vec<_> { status(token).await.into_iter().map(|shown| shown.error).collect() };
    assert_eq!(errors("first").await, [Some(ConnectionError::UnauthorizedCredentials)]);
    assert_eq!(errors("second").await, [Some(ConnectionError::DuplicateAccount)]);
    clock.pass(86_399);
    assert_eq!(status("first").await.len(), 1, "it lasts as long as it did when it was opened");
    let path = "/widget/session/SB_PROD_demo?businessName=Harbour&include=connections";
    let body = json!({"previousSessionToken": "first"}).to_string();
    let opened: Value = send(&router, request("POST", path, None, &body)).await.json();
    assert_eq!(visit(opened["access_token"].as_str().unwrap()).await.id, first.id);
    app.store.close().await;
}
