//! The query of a list: filters, each by its name, and which page.
//!
//! A filter that several values may be given for travels as `status[]=active&status[]=new`; the brackets may be left out.
//! An empty value is an absent one, and a name that is no filter is refused, since it would be a filter that does nothing.

use axum::http::StatusCode;
use url::form_urlencoded;

use crate::domain::business_list::Page;
use crate::http::error_response::{ErrorResponse, respond_with_error};

/// The most entries of a page.
const MOST: u32 = 500;

/// How many entries a page has where nobody says it.
const USUAL: u32 = 100;

/// What a list's query says.
#[derive(Debug)]
pub(super) struct ListQuery(Vec<(String, String)>);

/// What is wrong with a list's query. The answer repeats what was given, the log and the audit do not: anything may stand there.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum ListQueryError {
    #[error("there is no such filter; there are {known}, limit and offset")]
    Unknown { name: String, known: String },
    #[error("{0} may be given once only")]
    Twice(&'static str),
    #[error("{name} must be a whole number from {least} to {most}")]
    Number { name: &'static str, least: u32, most: u32, value: String },
    #[error("{name} must be a time, such as 2026-03-01T09:30:00Z")]
    Moment { name: &'static str, value: String },
    #[error("{name} must be one of {known}")]
    Word { name: &'static str, known: String, value: String },
}

impl ErrorResponse for ListQueryError {
    fn status(&self) -> StatusCode {
        StatusCode::BAD_REQUEST
    }

    fn message(&self) -> String {
        let what = match self {
            Self::Unknown { name, known } => {
                format!("there is no filter {name:?}; there are {known}, limit and offset")
            }
            Self::Number { value, .. } | Self::Moment { value, .. } | Self::Word { value, .. } => {
                format!("{self}, which {value:?} is not")
            }
            Self::Twice(_) => self.to_string(),
        };
        format!("The query cannot be read: {what}.")
    }
}

respond_with_error!(ListQueryError);

impl ListQuery {
    /// Reads the query of a list that has these filters.
    pub(super) fn read(query: Option<&str>, known: &[&str]) -> Result<Self, ListQueryError> {
        let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        let pairs = pairs.map(|(name, value)| {
            let name = name.strip_suffix("[]").unwrap_or(&name).to_owned();
            (name, value.into_owned())
        });
        let pairs: Vec<_> = pairs.filter(|(_, value)| !value.is_empty()).collect();
        let is_known = |name: &str| known.contains(&name) || name == "limit" || name == "offset";
        match pairs.iter().find(|(name, _)| !is_known(name)) {
            Some((name, _)) => Err(ListQueryError::Unknown { name: name.clone(), known: known.join(", ") }),
            None => Ok(Self(pairs)),
        }
    }

    /// All values of a filter.
    pub(super) fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(found, _)| found == name).map(|(_, value)| value.as_str()).collect()
    }

    /// The value of a filter that may have one.
    pub(super) fn one(&self, name: &'static str) -> Result<Option<String>, ListQueryError> {
        match self.all(name).as_slice() {
            [] => Ok(None),
            [value] => Ok(Some((*value).to_owned())),
            _ => Err(ListQueryError::Twice(name)),
        }
    }

    /// The values of a filter that stand for one of these words each.
    pub(super) fn words<T: Copy>(
        &self,
        name: &'static str,
        known: &[(&str, T)],
    ) -> Result<Vec<T>, ListQueryError> {
        let meaning = |value: &str| {
            let found = known.iter().find(|(word, _)| *word == value);
            found.map(|(_, meaning)| *meaning).ok_or_else(|| {
                let words: Vec<_> = known.iter().map(|(word, _)| *word).collect();
                ListQueryError::Word { name, known: words.join(", "), value: value.to_owned() }
            })
        };
        self.all(name).into_iter().map(meaning).collect()
    }

    /// Which page is wanted.
    pub(super) fn page(&self) -> Result<Page, ListQueryError> {
        Ok(Page {
            limit: self.number("limit", 1, MOST)?.unwrap_or(USUAL),
            offset: self.number("offset", 0, i32::MAX.unsigned_abs())?.unwrap_or(0),
        })
    }

    fn number(&self, name: &'static str, least: u32, most: u32) -> Result<Option<u32>, ListQueryError> {
        let Some(value) = self.one(name)? else { return Ok(None) };
        match value.parse() {
            Ok(number) if (least..=most).contains(&number) => Ok(Some(number)),
            _ => Err(ListQueryError::Number { name, least, most, value }),
        }
    }
}
