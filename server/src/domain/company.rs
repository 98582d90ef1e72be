//! The company at a service that a connection stands for, and the choice among several.
//!
//! A connection is tied to the first company it was made for. Signing in again must lead to that company; another one
//! is refused, so that a connection's id never changes its meaning behind the host's back.

use std::collections::BTreeMap;

use jiff::Timestamp;
use railz_connect_contract::{AttemptId, ConnectionId};
use serde::{Deserialize, Serialize};

use crate::clock::seconds_after;

/// How long a choice stays open, in seconds: as long as the session in which it is made.
pub const CHOICE_SECONDS: u64 = 24 * 60 * 60;

/// The variable parts of a service's addresses, such as the shop or the data centre. Nothing secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AddressVariables(BTreeMap<String, String>);

impl AddressVariables {
    /// The value of a variable.
    pub fn get(&self, variable: &str) -> Option<&str> {
        self.0.get(variable).map(String::as_str)
    }

    /// Sets a variable.
    pub fn set(&mut self, variable: &str, value: impl Into<String>) {
        self.0.insert(variable.to_owned(), value.into());
    }

    /// All variables with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(variable, value)| (variable.as_str(), value.as_str()))
    }
}

/// A company at a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// Its id at the service.
    pub id: String,
    /// Its name for people, where the service tells one.
    pub name: Option<String>,
    /// Its number for people, where the service tells one.
    #[serde(default)]
    pub number: Option<String>,
    /// What further calls need to know about it, such as its environment.
    #[serde(default)]
    pub facts: AddressVariables,
}

impl Company {
    /// Its name for people, or its id where nobody knows one.
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }
}

/// What ties a connection to its service: where it lives, and which company it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Whose tie this is.
    pub connection: ConnectionId,
    /// The company; nothing while a choice is due, or where the service tells none.
    pub company: Option<Company>,
    /// Where it lives.
    pub place: AddressVariables,
    /// What was asked for and not granted.
    pub missing_scopes: Vec<String>,
}

impl Tie {
    /// None yet.
    pub fn none(connection: ConnectionId) -> Self {
        Self { connection, company: None, place: AddressVariables::default(), missing_scopes: Vec::new() }
    }

    /// The same, for this company.
    #[must_use]
    pub fn to(mut self, company: Company) -> Self {
        for (variable, value) in company.facts.iter() {
            self.place.set(variable, value);
        }
        Self { company: Some(company), ..self }
    }
}

/// A choice that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The connection that waits for it.
    pub connection: ConnectionId,
    /// The attempt that led to it.
    pub attempt: AttemptId,
    /// What there is to choose from, in the service's order; never empty.
    pub companies: Vec<Company>,
    /// Until when.
    pub expires_at: Timestamp,
}

impl Choice {
    /// A choice among these, from now on.
    pub fn among(
        connection: ConnectionId,
        attempt: AttemptId,
        companies: Vec<Company>,
        now: Timestamp,
    ) -> Self {
        Self { connection, attempt, companies, expires_at: seconds_after(now, CHOICE_SECONDS) }
    }

    /// The company of this id, if it is in the list.
    pub fn find(&self, id: &str) -> Option<&Company> {
        self.companies.iter().find(|company| company.id == id)
    }
}
