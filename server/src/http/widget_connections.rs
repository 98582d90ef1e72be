//! How a business's connections are listed: with their companies, banks and duplicates, and the choices that are due.
//!
//! The one list behind the session, the status and the updates of an attempt; how much of a connection it shows to a visit
//! says `access/rights.rs`. A duplicate shows in the visit that met
//! it, and only in the status.

use std::collections::{HashMap, VecDeque};

use jiff::Timestamp;
use railz_connect_contract::{
    self as contract, ConnectionAccounts, ConnectionId, ConnectionState, EntityRef, Institution,
    InstitutionMetadata, ServiceAccountRef,
};

use crate::access::rights::{Visibility, may_choose, visibility};
use crate::app::App;
use crate::clock::to_rfc3339;
use crate::domain::attempt::{Outcome, Refusal};
use crate::domain::company::{CompanyBinding, PendingChoice};
use crate::domain::connection::{Connection, Tie};
use crate::domain::visit::{Visit, VisitId};
use crate::domain::widget::{Mode, Widget};
use crate::services::catalog::NonOAuthService;
use crate::services::plaid::Bank;
use crate::store::StoreError;

/// What happened in one visit and shows in its status only.
pub(super) struct VisitEvents {
    visit: VisitId,
    sandbox: HashMap<ConnectionId, Outcome>,
}

impl VisitEvents {
    /// Reads how those attempts of this visit ended of which no poll tells.
    pub(super) async fn read(app: &App, visit: &VisitId) -> Result<Self, StoreError> {
        let sandbox = app.store.sandbox_ends(visit).await?.into_iter().collect();
        Ok(Self { visit: visit.clone(), sandbox })
    }
}

/// The companies of one business's connections, as they are listed to one visit at one moment.
pub(super) struct ConnectionList<'a> {
    visit: &'a Visit,
    widget: &'a Widget,
    now: Timestamp,
    bindings: HashMap<ConnectionId, CompanyBinding>,
    choices: HashMap<ConnectionId, PendingChoice>,
}

impl<'a> ConnectionList<'a> {
    /// Reads them. A choice after typed credentials is made in the form where they were typed and shows in no list.
    pub(super) async fn read(
        app: &App,
        visit: &'a Visit,
        widget: &'a Widget,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let bindings = app.store.bindings_of(&visit.business).await?.into_iter();
        let bindings = bindings.map(|binding| (binding.connection.clone(), binding)).collect();
        let choices = app.store.pending_choices_of(&visit.business, now).await?;
        let choices = choices.into_iter().filter(|choice| choice.attempt().is_some());
        let choices = choices.map(|choice| (choice.connection.clone(), choice)).collect();
        Ok(Self { visit, widget, now, bindings, choices })
    }

    /// All entries, in this order of connections. A duplicate that is listed nowhere else stands behind all of them, or where
    /// it is a bank before them: the old client takes the first one that tells something for the answer to its newest link.
    pub(super) fn entries(
        &self,
        app: &App,
        connections: &[Connection],
        events: Option<&VisitEvents>,
    ) -> Vec<contract::Connection> {
        let (mut before, mut listed, mut behind) = (VecDeque::new(), Vec::new(), Vec::new());
        for connection in connections {
            let binding = self.binding(&connection.id);
            let is_bank = NonOAuthService::of(&connection.service) == Some(NonOAuthService::Plaid);
            let met_by = binding.and_then(|binding| binding.duplicate_for.as_ref());
            let is_duplicate = met_by.is_some() && met_by == events.map(|events| &events.visit);
            let with_bank = |mut entry: contract::Connection| {
                if let Some(binding) = binding.filter(|_| is_bank) {
                    show_bank(app, &mut entry, binding, self.visibility(connection));
                }
                entry
            };
            let duplicate = || with_bank(connection.refused_entry(self.widget, Refusal::DuplicateAccount));
            match self.entry_of_visit(connection, events) {
                Some(_) if is_duplicate => listed.push(duplicate()),
                Some(entry) => listed.push(with_bank(entry)),
                None if is_duplicate && is_bank => before.push_front(duplicate()),
                None if is_duplicate => behind.push(duplicate()),
                None => {}
            }
        }
        before.into_iter().chain(listed).chain(behind).collect()
    }

    /// How a connection is listed, as this visit's sandbox left it.
    fn entry_of_visit(
        &self,
        connection: &Connection,
        events: Option<&VisitEvents>,
    ) -> Option<contract::Connection> {
        match events.and_then(|events| events.sandbox.get(&connection.id)) {
            Some(Outcome::Refused(refusal)) => Some(connection.refused_entry(self.widget, *refusal)),
            Some(Outcome::Connected | Outcome::ChoiceDue | Outcome::Failed(_)) | None => {
                self.entry(connection)
            }
        }
    }

    fn visibility(&self, connection: &Connection) -> Visibility {
        visibility(self.visit.visitor(), connection)
    }

    /// Whether this visit linked this bank, or put it right.
    pub(super) fn is_bank_of_visit(&self, connection: &ConnectionId) -> bool {
        let bank = self.binding(connection).and_then(Bank::of);
        bank.is_some_and(|bank| bank.seen_to_in.as_ref() == Some(&self.visit.id))
    }

    /// How a connection is listed; nothing for what is in no list. One that waits for a choice is `pending`, unless it
    /// works meanwhile as it did before. To whom the choice is not offered it is `pending` without anything to choose from.
    pub(super) fn entry(&self, connection: &Connection) -> Option<contract::Connection> {
        let is_listed = !connection.is_sandbox() || self.widget.mode != Mode::Live;
        let entry = if is_listed { connection.list_entry(self.widget, self.now) } else { None };
        let works = entry.as_ref().is_some_and(|entry| entry.state == ConnectionState::Active);
        if !works && self.choices.contains_key(&connection.id) {
            let outline = || connection.pending_entry(self.widget);
            return Some(self.own_pending_entry(connection).unwrap_or_else(outline));
        }
        let stands_for_one = connection.tie != Tie::Untied && !connection.is_sandbox();
        let company_unknown = stands_for_one && !self.is_company_known(&connection.id);
        let entry = entry.map(|entry| contract::Connection { company_unknown, ..entry });
        match self.visibility(connection) {
            Visibility::Outline => entry,
            Visibility::Full => entry.map(|entry| self.with_company(entry)),
        }
    }

    /// How a connection is listed that waits for a choice of this visit; nothing where none is due.
    pub(super) fn own_pending_entry(&self, connection: &Connection) -> Option<contract::Connection> {
        let choice = self.choices.get(&connection.id)?;
        if !may_choose(self.visit.visitor(), choice) {
            return None;
        }
        let accounts =
            choice.companies.iter().map(|company| (company.id.clone(), company.label().to_owned())).collect();
        Some(contract::Connection {
            accounts: Some(ConnectionAccounts::Choices(accounts)),
            missing_scopes: self
                .binding(&connection.id)
                .map(|binding| binding.missing_scopes.clone())
                .unwrap_or_default(),
            ..connection.pending_entry(self.widget)
        })
    }

    fn binding(&self, connection: &ConnectionId) -> Option<&CompanyBinding> {
        self.bindings.get(connection)
    }

    fn is_company_known(&self, connection: &ConnectionId) -> bool {
        self.binding(connection).is_some_and(|binding| binding.company.is_some())
    }

    /// The entry with its company, and with what was not granted.
    fn with_company(&self, entry: contract::Connection) -> contract::Connection {
        let Some(binding) = self.binding(&entry.connection_id) else { return entry };
        let entry = contract::Connection {
            missing_scopes: binding.missing_scopes.clone(),
            replaced_at: binding.replaced_at.map(to_rfc3339),
            ..entry
        };
        let Some(company) = &binding.company else { return entry };
        contract::Connection {
            service_account_ref: Some(ServiceAccountRef {
                id: Some(company.id.clone()),
                entity_ref: company.entity.clone().map(|id| EntityRef { id }),
            }),
            account_name: company.name.clone(),
            account_number: company.number.clone(),
            ..entry
        }
    }
}

/// Where the picture of a bank is. Whoever knows the connection may see it; banks show theirs to everybody.
fn logo_path(connection: &ConnectionId) -> String {
    format!("/plaid/logo/{connection}")
}

/// Shows the bank behind an entry, with its accounts to whom they may be shown. The contract wants a list in any case.
fn show_bank(app: &App, entry: &mut contract::Connection, binding: &CompanyBinding, visibility: Visibility) {
    let bank = Bank::of(binding);
    entry.institution = bank.as_ref().map(|bank| {
        let logo = bank.picture().map(|_| app.config.public_url.join(&logo_path(&binding.connection)));
        Institution { metadata: InstitutionMetadata { logo }, ..bank.institution.clone() }
    });
    let accounts = bank.map(|bank| bank.accounts).filter(|_| visibility == Visibility::Full);
    entry.accounts = Some(ConnectionAccounts::Bank(accounts.unwrap_or_default()));
}
