//! What can go wrong with the database.

use std::path::PathBuf;

/// The database did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It said so itself.
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    /// Its file could not be opened.
    #[error("database {path} cannot be opened: {error}")]
    Open {
        /// The file.
        path: PathBuf,
        /// What the database says.
        error: sqlx::Error,
    },
    /// Its tables could not be brought up to date.
    #[error("the database's tables could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A row says something that cannot be.
    #[error("the database holds an impossible row: table {table}, column {column}, id {id}: {detail}")]
    ImpossibleRow {
        /// Where.
        table: &'static str,
        /// Which column contradicts the rest.
        column: &'static str,
        /// Which row.
        id: String,
        /// What it says.
        detail: String,
    },
}
