//! The `SQLite` database: a file that the server makes and migrates itself.
//!
//! One file a noun. Rows are read as plain `…Row` structs and become domain values through `TryFrom`, which refuses
//! combinations that cannot be.

mod attempt_row;
mod attempts;
mod audit_events;
mod business_lists;
mod businesses;
mod companies;
mod company_bindings;
mod connection_lists;
mod connection_row;
mod connection_tokens;
mod connections;
mod credentials;
mod hosted_links;
mod idempotent_requests;
mod pending_choices;
mod row;
mod secret_keys;
mod sessions;
mod signing_keys;
mod visit_row;
mod visits;
mod webhook_deliveries;
mod webhook_delivery_row;
mod webhook_event_row;
mod webhooks;
mod widgets;

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::SqlitePool;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::{Store, StoreError};

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// Writers wait for each other inside `SQLite`; a transaction that begins as a reader would not.
const BEGIN: &str = "BEGIN IMMEDIATE";

const BUSY_FOR: Duration = Duration::from_secs(10);
const TRY_EVERY: Duration = Duration::from_millis(50);

/// A `SQLite` database file with all tables brought up to date.
#[derive(Clone, Debug)]
pub struct Sqlite {
    /// Each commit is on the disk when it is answered.
    pool: SqlitePool,
    /// For what may be lost if the power fails before the next commit of `pool`, which takes it to the disk as well: sessions,
    /// which pages open anew, and the audit's lines of strangers. These commits wait for no disk (a few milliseconds each).
    /// <https://www.sqlite.org/pragma.html#pragma_synchronous>
    unsynced_pool: SqlitePool,
}

/// What came of opening a database only to look into it.
pub enum OpenedToRead {
    /// There is no such file.
    Missing,
    /// Its tables are of another version of this server, or there are none yet.
    OtherVersion,
    /// It can be read; writing fails.
    Opened(Sqlite),
}

impl Sqlite {
    /// Opens the file to read it, and changes nothing: neither is it made, nor are its tables brought up to date.
    ///
    /// # Errors
    /// [`StoreError`] where the file is there and cannot be opened.
    pub async fn open_to_read(path: &Path) -> Result<OpenedToRead, StoreError> {
        if !path.exists() {
            return Ok(OpenedToRead::Missing);
        }
        let options = SqliteConnectOptions::new().filename(path).read_only(true).busy_timeout(BUSY_FOR);
        let pool =
            connect(options).await.map_err(|error| StoreError::Open { path: path.to_owned(), error })?;
        let has_migrations = "SELECT 1 FROM sqlite_master WHERE name = '_sqlx_migrations'";
        let asked = sqlx::query_scalar::<_, i64>(has_migrations).fetch_optional(&pool).await;
        let version = match asked.map_err(|error| StoreError::Open { path: path.to_owned(), error })? {
            None => None,
            Some(_) => {
                sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations WHERE success")
                    .fetch_one(&pool)
                    .await?
            }
        };
        if version == MIGRATIONS.iter().map(|migration| migration.version).max() {
            Ok(OpenedToRead::Opened(Self { unsynced_pool: pool.clone(), pool }))
        } else {
            pool.close().await;
            Ok(OpenedToRead::OtherVersion)
        }
    }

    /// Opens the file, making it where there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be opened or is of a newer server.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_FOR);
        let unsynced_options = options.clone().synchronous(SqliteSynchronous::Normal);
        let pool =
            connect(options).await.map_err(|error| StoreError::Open { path: path.to_owned(), error })?;
        // As a writer from the first look on: of two programs that find no tables, the second one waits for the first.
        let mut transaction = pool.begin_with(BEGIN).await?;
        MIGRATIONS.run(&mut *transaction).await?;
        businesses::fold_older_names(&mut transaction).await?;
        transaction.commit().await?;
        let unsynced_pool = connect(unsynced_options)
            .await
            .map_err(|error| StoreError::Open { path: path.to_owned(), error })?;
        Ok(Self { pool, unsynced_pool })
    }
}

/// Of several programs that open a new file at once, `SQLite` turns some away without the wait it grants elsewhere: the
/// change to the write-ahead log does not know it. So those try again, for as long as that wait.
async fn connect(options: SqliteConnectOptions) -> Result<SqlitePool, sqlx::Error> {
    let mut tries = BUSY_FOR.as_millis() / TRY_EVERY.as_millis();
    loop {
        match SqlitePoolOptions::new().max_connections(8).connect_with(options.clone()).await {
            Err(error) if tries > 0 && is_busy(&error) => {
                tries -= 1;
                tokio::time::sleep(TRY_EVERY).await;
            }
            connected => return connected,
        }
    }
}

/// `SQLITE_BUSY` in the low byte, further detail above it: <https://www.sqlite.org/rescode.html#busy>
fn is_busy(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .and_then(|code| code.parse::<u32>().ok())
        .is_some_and(|code| code & 0xff == 5)
}

#[async_trait]
impl Store for Sqlite {
    async fn close(&self) {
        self.unsynced_pool.close().await;
        self.pool.close().await;
    }
}
