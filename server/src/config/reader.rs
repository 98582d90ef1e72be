//! Takes values out of a TOML table one by one, and notes what is wrong with each and what nobody asked for.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use toml::{Table, Value};

/// The environment, as far as it concerns the configuration.
pub type Environment = BTreeMap<String, String>;

/// One thing that is wrong with a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The key, with its tables in front, such as `services.xero.client_id`.
    pub key: String,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl ConfigError {
    pub(super) fn new(key: impl Into<String>, message: impl Into<String>) -> Self {
        Self { key: key.into(), message: message.into() }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.key, self.message)
    }
}

/// A TOML table; what is taken is gone from it, so that `finish` can name what nobody asked for.
pub(super) struct Reader {
    path: String,
    table: Table,
    settings: Vec<String>,
}

impl Reader {
    pub(super) fn new(path: impl Into<String>, table: Table) -> Self {
        Self { path: path.into(), table, settings: Vec::new() }
    }

    pub(super) fn empty(path: &str) -> Self {
        Self::new(path, Table::new())
    }

    fn take(&mut self, key: &str) -> Option<Value> {
        self.settings.push(key.to_owned());
        self.table.remove(key)
    }

    /// The whole name of a key of this table.
    pub(super) fn name(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Lays `CONNECT_<KEY>` over these keys.
    pub(super) fn override_from(&mut self, environment: &Environment, keys: &[&str]) {
        for key in keys {
            if let Some(value) = environment.get(&format!("CONNECT_{}", key.to_uppercase())) {
                self.put(key, value);
            }
        }
    }

    pub(super) fn put(&mut self, key: &str, value: &str) {
        self.table.insert(key.to_owned(), Value::String(value.to_owned()));
    }

    fn wrong_type(&self, key: &str, due: &str, found: &Value) -> ConfigError {
        ConfigError::new(self.name(key), format!("must be {due}, not {}", kind(found)))
    }

    /// Takes a text; a blank one is a problem, an absent one is `None`.
    pub(super) fn text(&mut self, key: &str, problems: &mut Vec<ConfigError>) -> Option<String> {
        match self.take(key)? {
            Value::String(text) if text.trim().is_empty() => {
                problems
                    .push(ConfigError::new(self.name(key), "must not be empty; leave the line out instead"));
                None
            }
            Value::String(text) => Some(text),
            other => {
                problems.push(self.wrong_type(key, "a text in quotes", &other));
                None
            }
        }
    }

    /// Takes a text that may be blank.
    pub(super) fn text_as_is(&mut self, key: &str, problems: &mut Vec<ConfigError>) -> Option<String> {
        match self.take(key)? {
            Value::String(text) => Some(text),
            other => {
                problems.push(self.wrong_type(key, "a text in quotes", &other));
                None
            }
        }
    }

    /// Takes a text and parses it; `None` where it is absent, or is noted as a problem.
    pub(super) fn parse<T>(&mut self, key: &str, problems: &mut Vec<ConfigError>) -> Option<T>
    where
        T: FromStr,
        T::Err: fmt::Display,
    {
        let text = self.text(key, problems)?;
        text.parse().map_err(|error| problems.push(ConfigError::new(self.name(key), format!("{error}")))).ok()
    }

    /// Notes that a key is missing, unless something else is wrong with it.
    pub(super) fn require<T>(
        &self,
        key: &str,
        value: Option<T>,
        example: &str,
        problems: &mut Vec<ConfigError>,
    ) -> Option<T> {
        let name = self.name(key);
        if value.is_none() && !problems.iter().any(|problem| problem.key == name) {
            problems.push(ConfigError::new(name, format!("is missing; give one, {example}")));
        }
        value
    }

    /// Takes a whole number; one beyond the bounds is noted as a problem that names them.
    pub(super) fn number(
        &mut self,
        key: &str,
        bounds: RangeInclusive<u64>,
        problems: &mut Vec<ConfigError>,
    ) -> Option<u64> {
        let due = format!("a whole number from {} to {}", bounds.start(), bounds.end());
        match self.take(key)? {
            Value::Integer(number) => {
                let good = u64::try_from(number).ok().filter(|number| bounds.contains(number));
                if good.is_none() {
                    problems.push(ConfigError::new(self.name(key), format!("must be {due}, not {number}")));
                }
                good
            }
            other => {
                problems.push(self.wrong_type(key, &due, &other));
                None
            }
        }
    }

    /// Takes `true` or `false`; a text in quotes is a problem, an absent key is `None`.
    pub(super) fn yes_or_no(&mut self, key: &str, problems: &mut Vec<ConfigError>) -> Option<bool> {
        match self.take(key)? {
            Value::Boolean(value) => Some(value),
            other => {
                problems.push(self.wrong_type(key, "true or false", &other));
                None
            }
        }
    }

    /// Takes a list; a problem where any of its items is no text.
    pub(super) fn texts(&mut self, key: &str, problems: &mut Vec<ConfigError>) -> Option<Vec<String>> {
        let value = self.take(key)?;
        let texts = value.as_array().and_then(|items| {
            items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
        });
        if texts.is_none() {
            problems.push(self.wrong_type(key, "a list of texts, such as [\"one\", \"two\"]", &value));
        }
        texts
    }

    /// Takes a table inside this one, whose problems are named by the path of both; `None` where it is absent.
    pub(super) fn table(&mut self, key: &str, problems: &mut Vec<ConfigError>) -> Option<Self> {
        match self.take(key)? {
            Value::Table(table) => Some(Self::new(self.name(key), table)),
            other => {
                problems.push(self.wrong_type(key, "a table", &other));
                None
            }
        }
    }

    /// Looks at a text without taking it.
    pub(super) fn peek(&self, key: &str) -> Option<&str> {
        self.table.get(key).and_then(Value::as_str)
    }

    /// Takes a table out of one of this table's tables, which stays.
    pub(super) fn inner(&mut self, outer: &str, key: &str, problems: &mut Vec<ConfigError>) -> Option<Self> {
        let name = format!("{}.{key}", self.name(outer));
        match self.table.get_mut(outer)?.as_table_mut()?.remove(key)? {
            Value::Table(table) => Some(Self::new(name, table)),
            other => {
                problems.push(ConfigError::new(name, format!("must be a table, not {}", kind(&other))));
                None
            }
        }
    }

    /// The keys that are still there.
    pub(super) fn keys(&self) -> Vec<String> {
        self.table.keys().cloned().collect()
    }

    /// Notes the keys that are left over: nobody takes them, so they are misspelt.
    pub(super) fn finish(self, problems: &mut Vec<ConfigError>) {
        for key in self.table.keys() {
            let message = format!("is not a setting; there are {}", self.settings.join(", "));
            problems.push(ConfigError::new(self.name(key), message));
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a text",
        Value::Integer(_) | Value::Float(_) => "a number",
        Value::Boolean(_) => "true or false",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "a list",
        Value::Table(_) => "a table",
    }
}
