//! The company at a service that a connection stands for, and the choice among several.
//!
//! A connection is bound to the first company it was made for. Connecting again must lead to that company; another one is
//! refused, so that a connection's id never changes its meaning behind the host's back. `services/company.rs` binds,
//! `store/sqlite/companies.rs` keeps.

use std::collections::BTreeMap;

use jiff::Timestamp;
use railz_connect_contract::{AttemptId, ConnectionId};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::company_details::{CompanyDetails, clean_name};
use super::visit::VisitId;

/// The variable parts of a service's addresses, such as the shop or the data centre. Nothing secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AddressVariables(BTreeMap<String, String>);

impl AddressVariables {
    /// The value of a variable; `None` where nobody has set it.
    pub fn get(&self, variable: &str) -> Option<&str> {
        self.0.get(variable).map(String::as_str)
    }

    /// Sets a variable, in place of any older value.
    pub fn set(&mut self, variable: &str, value: impl Into<String>) {
        self.0.insert(variable.to_owned(), value.into());
    }

    /// All variables with their values, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(variable, value)| (variable.as_str(), value.as_str()))
    }
}

/// A company at a service, or a bank with its accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// How the service tells it apart; compared with the one before and with those of other businesses. At OAuth services
    /// the id, at Sage Intacct company and entity, at Plaid the bank with its accounts, whichever item they stand behind.
    pub identity: String,
    /// What the contract hands on to the host as `serviceAccountRef.id`.
    pub id: String,
    /// The entity within the company, where one was chosen.
    pub entity: Option<String>,
    /// Its name for people, where the service tells one.
    pub name: Option<String>,
    /// Its number for people, where the service tells one.
    pub number: Option<String>,
    /// What later calls need to know about it, such as its environment. Once bound, the binding has them.
    pub variables: AddressVariables,
    /// What else the service tells of it; nothing in choices that were offered before this was asked.
    #[serde(default)]
    pub details: CompanyDetails,
}

impl Company {
    /// One that its id alone tells apart, and of which nothing more is known.
    pub fn of_id(id: impl Into<String>) -> Self {
        let id = id.into();
        Self {
            identity: id.clone(),
            id,
            entity: None,
            name: None,
            number: None,
            variables: AddressVariables::default(),
            details: CompanyDetails::default(),
        }
    }

    /// The same, its name and number as they may be kept and shown (see [`clean_name`]).
    #[must_use]
    pub fn with_clean_texts(self) -> Self {
        let name = self.name.as_deref().and_then(clean_name);
        let number = self.number.as_deref().and_then(clean_name);
        Self { name, number, ..self }
    }

    /// The same, with what was known of it before where nothing is told now.
    #[must_use]
    pub fn or_known(self, before: &Self) -> Self {
        let name = self.name.or_else(|| before.name.clone());
        let number = self.number.or_else(|| before.number.clone());
        Self { name, number, details: self.details.or(&before.details), ..self }
    }

    /// Its name for people, or its id where nobody knows one.
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    /// What a person's choice of it names, as `accountId`: the entity, where there are several in one company.
    fn choice_id(&self) -> &str {
        self.entity.as_deref().unwrap_or(&self.id)
    }
}

/// Which company a connection stands for, and what is known beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyBinding {
    /// Whose binding this is.
    pub connection: ConnectionId,
    /// The company; nothing while a choice is due, or where the service tells none.
    pub company: Option<Company>,
    /// The variable parts of the service's addresses.
    pub variables: AddressVariables,
    /// What was asked for at the sign-in and not granted.
    pub missing_scopes: Vec<String>,
    /// When a sign-in last took the place of an older one without anybody being able to tell whether to the same company.
    pub replaced_at: Option<Timestamp>,
    /// The visit whose last try met a company of another business.
    pub duplicate_for: Option<VisitId>,
    /// What only this service remembers. Nothing secret in the open: passwords are hashed.
    pub service_data: Value,
    /// Counts the times it was written; zero where it never was.
    pub version: i64,
}

impl CompanyBinding {
    /// The binding of a connection that has no company yet: empty, in version zero.
    pub fn none(connection: ConnectionId) -> Self {
        Self {
            connection,
            company: None,
            variables: AddressVariables::default(),
            missing_scopes: Vec::new(),
            replaced_at: None,
            duplicate_for: None,
            service_data: Value::Null,
            version: 0,
        }
    }

    /// The same, bound to this company.
    #[must_use]
    pub fn with_company(mut self, company: Company) -> Self {
        for (variable, value) in company.variables.iter() {
            self.variables.set(variable, value);
        }
        Self { company: Some(company), ..self }
    }

    /// The company it is bound to already, where that is another one than this.
    pub fn other_than(&self, company: &Company) -> Option<&Company> {
        self.company.as_ref().filter(|bound| bound.identity != company.identity)
    }

    /// What only this service remembers, in its own form; nothing where it has another.
    pub fn service_data<T: DeserializeOwned>(&self) -> Option<T> {
        T::deserialize(&self.service_data).ok()
    }
}

/// What led to a choice, and with it where the credentials wait until it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChoiceOrigin {
    /// A sign-in; its tokens stand beside the connection already.
    SignIn(AttemptId),
    /// Credentials that a person typed; they wait here, sealed, in base64.
    Credentials(String),
}

/// A choice among several companies that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingChoice {
    /// The connection that waits for it.
    pub connection: ConnectionId,
    /// What led to it.
    pub origin: ChoiceOrigin,
    /// The visit that signed in, or typed the credentials; not known of credentials that were typed before this was written
    /// down.
    pub visit: Option<VisitId>,
    /// What there is to choose from, in the service's order; never empty.
    pub companies: Vec<Company>,
    /// Until when it can be made.
    pub expires_at: Timestamp,
}

impl PendingChoice {
    /// The company that this `accountId` names, if it is in the list.
    pub fn find(&self, account_id: &str) -> Option<&Company> {
        self.companies.iter().find(|company| company.choice_id() == account_id)
    }

    /// The sign-in that led to it, if one did.
    pub fn attempt(&self) -> Option<&AttemptId> {
        match &self.origin {
            ChoiceOrigin::SignIn(attempt) => Some(attempt),
            ChoiceOrigin::Credentials(_) => None,
        }
    }
}
