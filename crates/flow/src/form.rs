//! What a person filled into a form, and the fields a form is drawn from.
//!
//! One event and one type serve every form. The values may hold credentials, so they do not print.

use std::fmt;

/// The values of a form as it was sent, by the fields' names.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct FormValues(pub Vec<(String, String)>);

impl FormValues {
    /// The value of a field, without white space around it; empty where the form has no such field.
    pub fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The value of a field as it was typed.
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// The value of a field, unless it is empty.
    pub fn filled(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|value| !value.is_empty())
    }
}

impl fmt::Debug for FormValues {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("FormValues(not shown)")
    }
}
