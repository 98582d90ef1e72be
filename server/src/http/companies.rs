//! What lists say about the companies behind a business's connections: names, ids, and choices that are due.

use std::collections::HashMap;

use jiff::Timestamp;
use railz_connect_contract::{
    self as contract, BusinessUuid, ConnectionAccounts, ConnectionId, ConnectionState, ServiceAccountRef,
};

use super::status::listed;
use crate::app::App;
use crate::domain::company::{Choice, Tie};
use crate::domain::connection::Connection;
use crate::domain::widget::Widget;
use crate::store::StoreError;

/// The companies of one business.
#[derive(Default)]
pub(super) struct Companies {
    ties: HashMap<ConnectionId, Tie>,
    choices: HashMap<ConnectionId, Choice>,
}

impl Companies {
    /// Reads them.
    pub(super) async fn of(app: &App, business: &BusinessUuid, now: Timestamp) -> Result<Self, StoreError> {
        let ties = app.store.ties_of(business).await?;
        let choices = app.store.choices_of(business, now).await?;
        Ok(Self {
            ties: ties.into_iter().map(|tie| (tie.connection.clone(), tie)).collect(),
            choices: choices.into_iter().map(|choice| (choice.connection.clone(), choice)).collect(),
        })
    }

    /// How a list shows a connection; nothing for what it does not list. One that waits for a choice is `pending`,
    /// unless it works meanwhile as it did before.
    pub(super) fn listed(
        &self,
        connection: &Connection,
        widget: &Widget,
        now: Timestamp,
    ) -> Option<contract::Connection> {
        let shown = listed(connection, widget, now);
        let works = shown.as_ref().is_some_and(|shown| shown.state == ConnectionState::Active);
        match self.pending(connection, widget) {
            Some(pending) if !works => Some(pending),
            _ => shown.map(|shown| self.named(shown)),
        }
    }

    /// How a connection is shown that waits for a choice; nothing where none is due.
    pub(super) fn pending(&self, connection: &Connection, widget: &Widget) -> Option<contract::Connection> {
        let choice = self.choices.get(&connection.id)?;
        let accounts =
            choice.companies.iter().map(|company| (company.id.clone(), company.label().to_owned())).collect();
        Some(contract::Connection {
            accounts: Some(ConnectionAccounts::Choices(accounts)),
            missing_scopes: self.missing_scopes(&connection.id),
            ..connection.pending(widget)
        })
    }

    fn missing_scopes(&self, connection: &ConnectionId) -> Vec<String> {
        self.ties.get(connection).map(|tie| tie.missing_scopes.clone()).unwrap_or_default()
    }

    /// The entry with its company, and with what was not granted.
    fn named(&self, shown: contract::Connection) -> contract::Connection {
        let Some(tie) = self.ties.get(&shown.connection_id) else { return shown };
        let shown = contract::Connection { missing_scopes: tie.missing_scopes.clone(), ..shown };
        let Some(company) = &tie.company else { return shown };
        contract::Connection {
            service_account_ref: Some(ServiceAccountRef { id: Some(company.id.clone()), entity_ref: None }),
            account_name: company.name.clone(),
            account_number: company.number.clone(),
            ..shown
        }
    }
}
