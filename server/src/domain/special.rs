//! What a service without plain OAuth remembers beside a connection: the account behind it, and JSON of its own.
//!
//! The JSON holds nothing secret in the open: passwords are hashed, what must be used again is sealed. Each service
//! reads it into a type of its own (`special/`).

use railz_connect_contract::ConnectionId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The details of one connection.
#[derive(Clone, Debug)]
pub struct Details {
    /// Whose details these are.
    pub connection: ConnectionId,
    /// The company or bank behind the connection, as the service tells them apart; nothing until one was proved.
    pub account: Option<String>,
    /// What the service remembers.
    pub json: Value,
    /// Counts the times it was written; zero where it never was.
    pub version: i64,
}

/// The details are not of this service's form.
#[derive(Debug, thiserror::Error)]
#[error("the details of {connection} cannot be read: {error}")]
pub struct DetailsError {
    connection: ConnectionId,
    error: serde_json::Error,
}

impl Details {
    /// Empty ones, for a connection that has none yet.
    pub fn none(connection: ConnectionId) -> Self {
        Self { connection, account: None, json: Value::Object(Map::new()), version: 0 }
    }

    /// What the service remembers, in its own form.
    ///
    /// # Errors
    /// [`DetailsError`] where they have another.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, DetailsError> {
        serde_json::from_value(self.json.clone()).map_err(|error| self.refused(error))
    }

    /// The same, remembering this.
    ///
    /// # Errors
    /// [`DetailsError`] where it is no JSON.
    pub fn written(self, told: &impl Serialize) -> Result<Self, DetailsError> {
        let json = serde_json::to_value(told).map_err(|error| self.refused(error))?;
        Ok(Self { json, ..self })
    }

    fn refused(&self, error: serde_json::Error) -> DetailsError {
        DetailsError { connection: self.connection.clone(), error }
    }
}
