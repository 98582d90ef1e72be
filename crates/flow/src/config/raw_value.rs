//! One option's value as it came, and the conversions that 2.23 makes silently too.

use super::error::ConfigError;

const AN_ARRAY: &str = "an array";

/// One option's value as it came.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum RawValue {
    /// Not given, `null`, `undefined` or `""`.
    #[default]
    Absent,
    /// A JavaScript string that is not empty.
    Text(String),
    /// A number, with the text that the browser makes of it.
    Number {
        /// As JavaScript holds it; may be `NaN` or infinite.
        value: f64,
        /// As a text. Made by the browser, since printing floats would cost the engine some thousand bytes.
        text: String,
    },
    /// `true` or `false`.
    Bool(bool),
    /// An array of nothing but texts.
    List(Vec<String>),
    /// Something that converts to none of these, by what it is: `an object`, `a function`.
    Other(&'static str),
}

impl RawValue {
    /// Whether nothing was given.
    pub fn is_absent(&self) -> bool {
        *self == Self::Absent
    }

    pub(crate) fn text(
        &self,
        option: &'static str,
        expected: &'static str,
    ) -> Result<Option<String>, ConfigError> {
        match self {
            Self::Absent => Ok(None),
            Self::Text(text) if text.is_empty() => Ok(None),
            Self::Text(text) => Ok(Some(text.clone())),
            Self::Number { value, text } if value.is_finite() => Ok(Some(text.clone())),
            Self::Number { text, .. } => Err(ConfigError::wrong(option, text, expected)),
            Self::Bool(value) => Ok(Some(value.to_string())),
            Self::List(_) => Err(ConfigError::wrong(option, AN_ARRAY, expected)),
            Self::Other(what) => Err(ConfigError::wrong(option, what, expected)),
        }
    }

    pub(crate) fn list(
        &self,
        option: &'static str,
        expected: &'static str,
    ) -> Result<Vec<String>, ConfigError> {
        match self {
            Self::List(texts) => Ok(texts.clone()),
            other => match other.text(option, expected)? {
                None => Ok(Vec::new()),
                Some(text) => Err(ConfigError::wrong(option, &text, expected)),
            },
        }
    }

    pub(crate) fn number(
        &self,
        option: &'static str,
        expected: &'static str,
    ) -> Result<Option<f64>, ConfigError> {
        match self {
            Self::Absent => Ok(None),
            Self::Text(text) if text.trim().is_empty() => Ok(None),
            Self::Number { value, .. } if value.is_finite() => Ok(Some(*value)),
            Self::Number { text, .. } => Err(ConfigError::wrong(option, text, expected)),
            Self::Text(text) => match text.trim().parse::<u32>() {
                Ok(number) => Ok(Some(f64::from(number))),
                Err(_) => Err(ConfigError::wrong(option, text, expected)),
            },
            Self::Bool(value) => Err(ConfigError::wrong(option, &value.to_string(), expected)),
            Self::List(_) => Err(ConfigError::wrong(option, AN_ARRAY, expected)),
            Self::Other(what) => Err(ConfigError::wrong(option, what, expected)),
        }
    }

    pub(crate) fn bool(&self, option: &'static str) -> Result<Option<bool>, ConfigError> {
        const EXPECTED: &str = "true or false";
        match self {
            Self::Absent => Ok(None),
            Self::Bool(value) => Ok(Some(*value)),
            Self::Number { value, .. } => Ok(Some(*value != 0.0)),
            Self::Text(text) => match text.trim() {
                "" => Ok(None),
                "true" => Ok(Some(true)),
                "false" => Ok(Some(false)),
                other => Err(ConfigError::wrong(option, other, EXPECTED)),
            },
            Self::List(_) => Err(ConfigError::wrong(option, AN_ARRAY, EXPECTED)),
            Self::Other(what) => Err(ConfigError::wrong(option, what, EXPECTED)),
        }
    }
}
