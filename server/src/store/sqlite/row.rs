//! Small things that every row needs: moments, JSON, and the error that names an impossible value.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::store::StoreError;

/// Names the row that an impossible value was found in.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub table: &'static str,
    pub id: &'a str,
}

impl At<'_> {
    pub(super) fn impossible_row(self, column: &'static str, detail: impl Into<String>) -> StoreError {
        StoreError::ImpossibleRow { table: self.table, column, id: self.id.to_owned(), detail: detail.into() }
    }

    /// A moment from milliseconds since 1970: each that [`to_milliseconds`] writes, the end of time included, which
    /// `Timestamp::from_millisecond` refuses.
    pub(super) fn moment(self, column: &'static str, milliseconds: i64) -> Result<Timestamp, StoreError> {
        let fraction = SignedDuration::from_millis(milliseconds % 1000).subsec_nanos();
        Timestamp::new(milliseconds / 1000, fraction)
            .map_err(|error| self.impossible_row(column, error.to_string()))
    }

    /// Reads a value that the other columns demand.
    pub(super) fn require<T>(self, column: &'static str, value: Option<T>) -> Result<T, StoreError> {
        value.ok_or_else(|| self.impossible_row(column, "is NULL"))
    }

    /// Reads JSON; what does not parse is an error that names row and column.
    pub(super) fn json<T: DeserializeOwned>(self, column: &'static str, json: &str) -> Result<T, StoreError> {
        serde_json::from_str(json).map_err(|error| self.impossible_row(column, error.to_string()))
    }

    /// Writes JSON; what has no such form is an error that names row and column.
    pub(super) fn to_json(self, column: &'static str, value: &impl Serialize) -> Result<String, StoreError> {
        serde_json::to_string(value).map_err(|error| self.impossible_row(column, error.to_string()))
    }

    /// Reads bytes that have a form of their own.
    pub(super) fn bytes<T: TryFrom<Vec<u8>>>(
        self,
        column: &'static str,
        bytes: Vec<u8>,
    ) -> Result<T, StoreError> {
        let length = bytes.len();
        T::try_from(bytes).map_err(|_| self.impossible_row(column, format!("{length} bytes of another form")))
    }
}

/// A moment as every table keeps it: milliseconds since 1970.
pub(super) fn to_milliseconds(moment: Timestamp) -> i64 {
    moment.as_millisecond()
}
