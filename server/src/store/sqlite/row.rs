//! Small things that every row needs: moments, and the error that names an impossible value.

use jiff::Timestamp;

use crate::store::StoreError;

/// Names the row that an impossible value was found in.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub table: &'static str,
    pub id: &'a str,
}

impl At<'_> {
    pub(super) fn impossible(self, column: &'static str, detail: impl Into<String>) -> StoreError {
        StoreError::ImpossibleRow { table: self.table, column, id: self.id.to_owned(), detail: detail.into() }
    }

    /// Reads milliseconds.
    pub(super) fn moment(self, column: &'static str, milliseconds: i64) -> Result<Timestamp, StoreError> {
        Timestamp::from_millisecond(milliseconds).map_err(|error| self.impossible(column, error.to_string()))
    }

    /// Reads a value that the other columns demand.
    pub(super) fn demanded<T>(self, column: &'static str, value: Option<T>) -> Result<T, StoreError> {
        value.ok_or_else(|| self.impossible(column, "is NULL"))
    }

    /// Reads bytes that have a form of their own.
    pub(super) fn bytes<T: TryFrom<Vec<u8>>>(
        self,
        column: &'static str,
        bytes: Vec<u8>,
    ) -> Result<T, StoreError> {
        let length = bytes.len();
        T::try_from(bytes).map_err(|_| self.impossible(column, format!("{length} bytes of another form")))
    }
}

/// Writes milliseconds.
pub(super) fn written(moment: Timestamp) -> i64 {
    moment.as_millisecond()
}
