//! A database of the first version, filled, is brought up to date; nothing is lost, and its server goes on.

use std::path::Path;
use std::time::Duration;

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use connect_server::config::Environment;
use connect_server::http;
use connect_server::store::{Companies, Store};
use connect_server::token::TokenHash;
use connect_server::vault::{Field, Key, KeyRing, Vault};
use jiff::Timestamp;
use railz_connect_contract::{AttemptId, Connection, ConnectionId};
use secrecy::ExposeSecret;
use sqlx::SqlitePool;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;

use crate::support::provider::Provider;
use crate::support::{ServerOptions, request, send, start};

const FIRST: &str = include_str!("../../migrations/sqlite/0001_first.sql");

/// One of each kind that the first version knows: standings, channels, stages, with and without refresh token.
const FILLED: &str = "
    INSERT INTO widgets VALUES ('PROD_demo', 'Acme Lending', 'help@acme.example', 'live', 1),
                               ('SB_PROD_demo', 'Acme Lending', '', 'sandbox', 2);
    INSERT INTO widget_origins VALUES ('PROD_demo', 'https://app.example'), ('PROD_demo', 'http://*.localhost:*'),
                                      ('SB_PROD_demo', 'https://app.example');
    INSERT INTO businesses VALUES ('BIZ-1', 'PROD_demo', 'Harbour', 3), ('BIZ-2', 'PROD_demo', 'Quay', 4),
                                  ('BIZ-3', 'SB_PROD_demo', 'Harbour', 5);
    INSERT INTO connections VALUES
        ('CON-1', 'BIZ-1', 'xero', 'accounting', 'service', 'active', 1772357400000, 1803893400000, 6),
        ('CON-2', 'BIZ-1', 'square', 'commerce', 'service', 'disconnected', 1772357400000, NULL, 7),
        ('CON-3', 'BIZ-2', 'xero', 'accounting', 'service', 'unproven', NULL, NULL, 8),
        ('CON-4', 'BIZ-3', 'xero', 'accounting', 'mock', 'active', 1772357400000, 1803893400000, 9),
        ('CON-5', 'BIZ-3', 'xero', 'accounting', 'service', 'active', 1772357400000, 1803893400000, 10);
    INSERT INTO attempts VALUES
        (1, 'ATT-1', 'CON-1', zeroblob(32), 'popup', zeroblob(32), 'ended', NULL, NULL, NULL, 'connected', 1772359200000),
        (2, 'ATT-2', 'CON-3', zeroblob(32), 'popup', randomblob(32), 'at_provider', randomblob(32), randomblob(32),
         x'00', NULL, 1772359200000),
        (3, 'ATT-3', 'CON-3', zeroblob(32), 'popup', randomblob(32), 'open', NULL, NULL, NULL, NULL, 1772359200000),
        (5, 'ATT-5', 'CON-4', zeroblob(32), 'sandbox', NULL, 'ended', NULL, NULL, NULL, 'duplicate_account', 1772359200000),
        (9, 'ATT-9', 'CON-5', zeroblob(32), 'popup', randomblob(32), 'finishing', NULL, NULL, NULL, NULL, 1772359200000);
    DELETE FROM attempts WHERE number = 9;
";

const TABLES: [&str; 7] =
    ["widgets", "widget_origins", "businesses", "sessions", "connections", "attempts", "credentials"];

async fn pool(path: &Path) -> SqlitePool {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true).foreign_keys(true);
    SqlitePool::connect_with(options).await.unwrap()
}

async fn all<T>(pool: &SqlitePool, query: String) -> Vec<T>
where
    T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow> + Send + Unpin,
{
    sqlx::query_as(sqlx::AssertSqlSafe(query)).fetch_all(pool).await.unwrap()
}

/// Makes the database as the first version's server leaves it, its book of migrations included.
async fn of_the_first_version(path: &Path, vault: &Vault) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("0001_first.sql"), FIRST).unwrap();
    let pool = pool(path).await;
    Migrator::new(folder.path()).await.unwrap().run(&pool).await.unwrap();
    sqlx::raw_sql(FILLED).execute(&pool).await.unwrap();
    sqlx::query("INSERT INTO sessions VALUES (?, 'PROD_demo', 'BIZ-1', 1772443800000)")
        .bind(TokenHash::of("older-token").as_bytes())
        .execute(&pool)
        .await
        .unwrap();
    let verifier = vault.seal("ATT-2", Field::Verifier, &"verifier".to_owned().into()).unwrap();
    sqlx::query("UPDATE attempts SET verifier = ? WHERE verifier IS NOT NULL")
        .bind(verifier.as_bytes())
        .execute(&pool)
        .await
        .unwrap();
    for (id, refresh) in [("CON-1", Some("refresh-of-old")), ("CON-5", None)] {
        let access = vault.seal(id, Field::AccessToken, &format!("access of {id}").into()).unwrap();
        let refresh =
            refresh.map(|text| vault.seal(id, Field::RefreshToken, &text.to_owned().into()).unwrap());
        sqlx::query("INSERT INTO credentials VALUES (?, ?, ?, ?, ?, 7)")
            .bind(id)
            .bind(access.key().to_string())
            .bind(access.as_bytes())
            .bind(refresh.as_ref().map(|sealed| sealed.as_bytes().to_vec()))
            .bind(refresh.as_ref().map(|_| 1_772_358_840_000_i64))
            .execute(&pool)
            .await
            .unwrap();
    }
    pool.close().await;
}

/// What sessions and attempts had belongs to visits now; `visits/migration.rs` follows it there.
const MOVED: [(&str, &str); 3] =
    [("sessions", "widget_id"), ("sessions", "business_id"), ("attempts", "session")];

/// The columns of each table, without those that moved.
async fn columns(pool: &SqlitePool) -> Vec<(&'static str, Vec<String>)> {
    let mut found = Vec::new();
    for table in TABLES {
        let rows: Vec<(String,)> = all(pool, format!("SELECT name FROM pragma_table_info('{table}')")).await;
        let stayed = |name: &String| !MOVED.contains(&(table, name.as_str()));
        found.push((table, rows.into_iter().map(|(name,)| name).filter(stayed).collect()));
    }
    found
}

/// Every value of these columns, as text that tells bytes, numbers and NULL apart.
async fn dump(
    pool: &SqlitePool,
    columns: &[(&'static str, Vec<String>)],
) -> Vec<(&'static str, Vec<String>)> {
    let mut dumped = Vec::new();
    for (table, columns) in columns {
        let quoted: Vec<_> = columns.iter().map(|column| format!("quote({column})")).collect();
        let row = quoted.join(" || ' ' || ");
        let rows: Vec<(String,)> = all(pool, format!("SELECT {row} FROM {table} ORDER BY 1")).await;
        assert!(!rows.is_empty(), "{table}");
        dumped.push((*table, rows.into_iter().map(|(row,)| row).collect()));
    }
    dumped
}

#[tokio::test]
async fn a_filled_database_of_the_first_version_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("connect.db");
    let key = STANDARD.encode([7_u8; 32]);
    let vault = Vault::new(KeyRing::new(Key::parse(&key).unwrap(), []));
    of_the_first_version(&path, &vault).await;
    let before = pool(&path).await;
    let known = columns(&before).await;
    let held = dump(&before, &known).await;
    before.close().await;

    let provider = Provider::start().await;
    let environment = Environment::from([("CONNECT_KEY".to_owned(), key)]);
    let text = provider.configuration(&ServerOptions::default());
    let (app, _) = start(&text, folder.path(), &environment, Duration::from_secs(1)).await.unwrap();

    let after = pool(&path).await;
    assert_eq!(dump(&after, &known).await, held);
    let broken: Vec<(String, i64, String, i64)> = all(&after, "PRAGMA foreign_key_check".to_owned()).await;
    assert_eq!(broken, []);
    let sound: Vec<(String,)> = all(&after, "PRAGMA integrity_check".to_owned()).await;
    assert_eq!(sound[0].0, "ok");
    let extra: Vec<(i64,)> = all(&after, "SELECT slot = '' FROM connections".to_owned()).await;
    assert_eq!(extra, [(1,); 5]);
    let highest: Vec<(i64,)> = all(&after, "SELECT max(number) FROM attempts".to_owned()).await;
    assert_eq!(highest, [(5,)]);
    // Webhooks tell from where each connection stood, and not of what was before.
    let told: Vec<(String,)> =
        all(&after, "SELECT told_status FROM connections ORDER BY id".to_owned()).await;
    let told: Vec<_> = told.iter().map(|(status,)| status.as_str()).collect();
    assert_eq!(told, ["active", "disconnected", "pending", "active", "active"]);
    let events: Vec<(i64,)> = all(&after, "SELECT count(*) FROM webhook_events".to_owned()).await;
    assert_eq!(events, [(0,)]);
    after.close().await;

    // And the server goes on with it: the old session sees the old connection, whose tokens open.
    let router = http::router(&app);
    let answer = send(&router, request("GET", "/widget/status", Some("older-token"), "")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let status: Vec<Connection> = answer.json();
    let shown: Vec<_> =
        status.iter().map(|shown| (shown.connection_id.as_str(), shown.name.as_str())).collect();
    assert_eq!(shown, [("CON-1", "xero"), ("CON-2", "square")]);
    assert_eq!(status[0].expires_at.as_deref(), Some("2027-03-01T09:30:00Z"));
    let stored = app.store.credential(&ConnectionId::new("CON-1")).await.unwrap().unwrap();
    assert_eq!((stored.version, stored.claims), (7, 0));
    let refresh = stored.credential.refresh.unwrap();
    let opened = app.vault.open("CON-1", Field::RefreshToken, &refresh).unwrap();
    assert_eq!(opened.expose_secret(), "refresh-of-old");
    for id in ["ATT-1", "ATT-2", "ATT-3", "ATT-5"] {
        assert!(app.store.attempt(&AttemptId::new(id)).await.unwrap().is_some(), "{id}");
    }
    app.store.close().await;
}

#[tokio::test]
async fn an_entity_of_dynamics_that_was_connected_or_is_to_be_chosen_gets_its_environment() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("connect.db");
    let older = tempfile::tempdir().unwrap();
    let migrations = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    for file in std::fs::read_dir(migrations).unwrap().map(|file| file.unwrap()) {
        if file.file_name().to_str().unwrap() < "0006" {
            std::fs::copy(file.path(), older.path().join(file.file_name())).unwrap();
        }
    }
    let before = pool(&path).await;
    Migrator::new(older.path()).await.unwrap().run(&before).await.unwrap();
    let filled = r#"
        INSERT INTO widgets VALUES ('PROD_demo', 'Acme Lending', '', 'live', 1);
        INSERT INTO businesses VALUES ('BIZ-1', 'PROD_demo', 'Harbour', 3), ('BIZ-2', 'PROD_demo', 'Quay', 4);
        INSERT INTO connections VALUES
            ('CON-1', 'BIZ-1', 'dynamics365Finance', 'accounting', 'service', '', 'active', 1, 1803893400000, 6),
            ('CON-2', 'BIZ-2', 'dynamics365Finance', 'accounting', 'service', '', 'unproven', NULL, NULL, 7),
            ('CON-3', 'BIZ-1', 'myob', 'accounting', 'service', '', 'active', 1, 1803893400000, 8);
        INSERT INTO ties (connection_id, service, company_id, place) VALUES
            ('CON-1', 'dynamics365Finance', 'USMF', '{"environment":"https://a.operations.dynamics.com"}'),
            ('CON-2', 'dynamics365Finance', NULL, '{"environment":"https://b.operations.dynamics.com"}'),
            ('CON-3', 'myob', 'm-1', '{}');
        INSERT INTO choices VALUES
            ('CON-2', 'ATT-2', '[{"id":"USMF","name":"Quay","number":null,"facts":{}},
                                 {"id":"DEMF","name":null,"number":null,"facts":{}}]', 1772443800000);
    "#;
    sqlx::raw_sql(filled).execute(&before).await.unwrap();
    before.close().await;
    let store = connect_server::store::sqlite::Sqlite::open(&path).await.unwrap();
    let company = async |id: &str| store.binding(&ConnectionId::new(id)).await.unwrap().unwrap().company;
    assert_eq!(company("CON-1").await.unwrap().id, "https://a.operations.dynamics.com/USMF");
    assert_eq!(company("CON-2").await, None);
    assert_eq!(company("CON-3").await.unwrap().id, "m-1");
    let due = store
        .pending_choices_at(&ConnectionId::new("CON-2"), Timestamp::UNIX_EPOCH)
        .await
        .unwrap()
        .pop()
        .unwrap();
    let due: Vec<_> = due.companies.iter().map(|company| (company.id.as_str(), company.label())).collect();
    let entities = ["https://b.operations.dynamics.com/USMF", "https://b.operations.dynamics.com/DEMF"];
    assert_eq!(due, [(entities[0], "Quay"), (entities[1], entities[1])]);
    Store::close(&store).await;
}

#[tokio::test]
async fn bringing_up_to_date_twice_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("connect.db");
    let vault = Vault::new(KeyRing::new(Key::parse(&STANDARD.encode([7_u8; 32])).unwrap(), []));
    of_the_first_version(&path, &vault).await;
    let mut dumps = Vec::new();
    for _ in 0..2 {
        let store = connect_server::store::sqlite::Sqlite::open(&path).await.unwrap();
        connect_server::store::Store::close(&store).await;
        let pool = pool(&path).await;
        dumps.push(dump(&pool, &columns(&pool).await).await);
        pool.close().await;
    }
    assert_eq!(dumps[0], dumps[1]);
}
