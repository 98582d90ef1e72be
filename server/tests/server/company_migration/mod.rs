//! A database of the version before 0007, filled with every shape of company it knew, is brought up to date: everything is
//! read back as the same values, and the server goes on working with it. `rows.rs` fills it.

mod going_on;
mod rows;
mod values;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use connect_server::app::App;
use connect_server::config::Environment;
use connect_server::domain::visit::VisitId;
use connect_server::http;
use connect_server::token::TokenHash;
use connect_server::vault::{Field, Key, KeyRing, Vault};
use railz_connect_contract::Connection;
use serde_json::{Value, json};
use sqlx::SqlitePool;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;

use crate::support::provider::Provider;
use crate::support::{ServerOptions, request, send, start};

/// A session of the business that has one connection of each shape.
const TOKEN: &str = "older-token";

/// With it the version before connected QuickBooks Desktop.
const CONNECTOR_PASSWORD: &str = "connector-password";

async fn pool(path: &Path) -> SqlitePool {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true).foreign_keys(true);
    SqlitePool::connect_with(options).await.unwrap()
}

struct Migrated {
    app: Arc<App>,
    router: Router,
    /// The visit of [`TOKEN`].
    visit: VisitId,
    sealed: String,
    /// The hash of [`CONNECTOR_PASSWORD`].
    password: String,
    folder: tempfile::TempDir,
    _provider: Provider,
}

/// Fills a database of the version before and opens it with this server.
async fn migrate() -> Migrated {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("connect.db");
    let key = STANDARD.encode([7_u8; 32]);
    let vault = Vault::new(KeyRing::new(Key::parse(&key).unwrap(), []));
    let secret = json!({"companyId": "harbour", "userId": "owner", "userPassword": "secret"}).to_string();
    let sealed = vault.seal("CON-waiting", Field::Waiting, &secret.into()).unwrap();
    let (sealed, session) =
        (STANDARD.encode(sealed.as_bytes()), STANDARD.encode(TokenHash::of(TOKEN).as_bytes()));

    let older = tempfile::tempdir().unwrap();
    let migrations = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    for file in std::fs::read_dir(migrations).unwrap().map(|file| file.unwrap()) {
        if file.file_name().to_str().unwrap() < "0007" {
            std::fs::copy(file.path(), older.path().join(file.file_name())).unwrap();
        }
    }
    let before = pool(&path).await;
    Migrator::new(older.path()).await.unwrap().run(&before).await.unwrap();
    let password = STANDARD.encode(TokenHash::of(CONNECTOR_PASSWORD).as_bytes());
    let rows = rows::filled(&session, &sealed, &password);
    sqlx::raw_sql(sqlx::AssertSqlSafe(rows)).execute(&before).await.unwrap();
    sqlx::raw_sql(rows::LEFT_OVER).execute(&before).await.unwrap();
    for (token, business) in [(TOKEN, "BIZ-1"), ("token-of-pier", "BIZ-3"), ("token-of-quay", "BIZ-2")] {
        sqlx::query("INSERT INTO sessions VALUES (?, 'PROD_demo', ?, 1803893400000)")
            .bind(TokenHash::of(token).as_bytes())
            .bind(business)
            .execute(&before)
            .await
            .unwrap();
    }
    let access = vault.seal("CON-pending", Field::AccessToken, &"access".to_owned().into()).unwrap();
    sqlx::query("INSERT INTO credentials (connection_id, key_id, access_token, version) VALUES ('CON-pending', ?, ?, 1)")
        .bind(access.key().to_string())
        .bind(access.as_bytes())
        .execute(&before)
        .await
        .unwrap();
    before.close().await;

    let provider = Provider::start().await;
    let non_oauth =
        "[services.sageIntacct]\nsender_id = \"practice\"\nsender_password = \"practice-secret\"\n"
            .to_owned();
    let wish = ServerOptions {
        non_oauth,
        services: vec![("freshbooks", "accounts_url = \"@/lists/none\"")],
        ..ServerOptions::default()
    };
    let environment = Environment::from([("CONNECT_KEY".to_owned(), key)]);
    let text = provider.configuration(&wish);
    let (app, _) = start(&text, folder.path(), &environment, Duration::from_secs(1)).await.unwrap();
    let (_, visit) = app.store.session(TokenHash::of(TOKEN), app.now()).await.unwrap().unwrap();
    let router = http::router(&app);
    Migrated { router, app, visit: visit.id, sealed, password, folder, _provider: provider }
}

impl Migrated {
    /// Has the back end vouch for all visits: those of pages are shown little of what is older than they are.
    async fn vouch(&self) {
        let pool = pool(&self.folder.path().join("connect.db")).await;
        sqlx::query("UPDATE visits SET strength = 'minted'").execute(&pool).await.unwrap();
        pool.close().await;
    }

    async fn status(&self, token: &str) -> Vec<Connection> {
        let answer = send(&self.router, request("GET", "/widget/status", Some(token), "")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    async fn post(&self, token: &str, path: &str, body: &Value) -> StatusCode {
        send(&self.router, request("POST", path, Some(token), &body.to_string())).await.status
    }
}
