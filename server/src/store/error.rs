//! What can go wrong with the database, and how one bad row is passed over.

use std::path::PathBuf;

/// The database could not be opened or asked, or holds what cannot be.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It said so itself.
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    /// Its file could not be opened.
    #[error("database {path} cannot be opened: {error}")]
    Open {
        /// The path of the database file.
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
        /// The table's name.
        table: &'static str,
        /// Which column contradicts the rest.
        column: &'static str,
        /// The row's id.
        id: String,
        /// The value, or what is wrong with it.
        detail: String,
    },
}

/// What was read, or nothing where its row is impossible: whoever ends, replaces or passes over what stands there needs
/// no more, and one row is not to stop them. The log says which it is.
///
/// # Errors
/// Every other [`StoreError`].
pub fn skip_impossible_row<T>(read: Result<Option<T>, StoreError>) -> Result<Option<T>, StoreError> {
    match read {
        Err(error @ StoreError::ImpossibleRow { .. }) => {
            tracing::error!(%error, "a row is passed over");
            Ok(None)
        }
        read => read,
    }
}
