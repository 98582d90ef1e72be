//! How a connection gets its company: one way in for all services.
//!
//! A connection stands for the first company it was bound to, so another one is refused; then a company that another
//! business of the same customer has connected; then whoever comes second of two at once. What is refused loses nothing
//! that was there before. `oauth/connect.rs` and `oauth/choose.rs` come with sign-ins, [`connect_with_credentials`] is for
//! services where a person types credentials, runs a connector or links a bank.

use jiff::Timestamp;
use railz_connect_contract::{BusinessUuid, ConnectionId, ServiceName};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::catalog::NonOAuthService;
use super::company_beside::find_connected;
use crate::access::rights::{CompanyCheck, SignInRight, sign_in_right};
use crate::app::App;
use crate::clock::seconds_after;
use crate::domain::attempt::{Attempt, ExpectedStage, Outcome};
use crate::domain::company::{AddressVariables, ChoiceOrigin, Company, CompanyBinding, PendingChoice};
use crate::domain::connection::Connection;
use crate::domain::credential::Credential;
use crate::domain::visit::{SessionKind, VisitId, Visitor};
use crate::domain::widget::Channel;
use crate::store::{BindOutcome, BindingGuard, Replaced, StoreError};
use crate::vault::{Field, SealError};

/// How long the choice of a company stays open after a sign-in, in seconds: a day.
const CHOICE_SECONDS: u64 = 24 * 60 * 60;

/// For whom a service is connected: a business, and the visit in which a duplicate shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requester {
    /// The business that a new connection belongs to.
    pub business: BusinessUuid,
    /// The visit in which it is connected.
    pub visit: VisitId,
    /// Who said for which business that visit is; an open one where it was not written down. Kept under an older name.
    #[serde(default, rename = "strength")]
    pub session_kind: SessionKind,
}

/// Who gave the authorisation that a connection gets. An open visit is handed a signature for what was signed in to in it,
/// so whoever makes the last call is not the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorizedBy<'a> {
    /// A person signed in, in this visit; nothing where that is not known any more.
    Person(Option<Visitor<'a>>),
    /// The connector of whoever signed in, which came again with its password.
    Connector,
    /// The customer's back end, which brought an authorisation along.
    BackEnd,
    /// Nobody: what stood was found to stand.
    Nobody,
}

impl Requester {
    /// Who asks.
    pub fn visitor(&self) -> Visitor<'_> {
        Visitor { visit: &self.visit, session_kind: self.session_kind }
    }

    /// This requester's visit as the one in which a person signed in.
    pub fn as_person(&self) -> AuthorizedBy<'_> {
        AuthorizedBy::Person(Some(self.visitor()))
    }
}

/// Whether a connection has its company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompanyOutcome {
    /// It has, and its authorisation stands.
    Bound,
    /// Another business of the same customer has connected this company.
    Duplicate,
    /// The connection belongs to this other company.
    DifferentCompany(Box<Company>),
    /// Somebody else changed the connection at the same moment.
    Overtaken,
}

/// Why a company could not be bound, through our own fault.
#[derive(Debug, thiserror::Error)]
pub enum CompanyError {
    /// The credential could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The binding could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a connection is to be bound to.
pub(super) struct BindRequest<'a> {
    pub connection: Connection,
    /// The binding as it was read, with what a sign-in told besides the company.
    pub binding: CompanyBinding,
    /// The company; nothing where the service tells none.
    pub company: Option<Company>,
    /// When the authorisation ends unless it is refreshed before, as far as the service says.
    pub lapses_at: Option<Timestamp>,
    pub step: BindStep<'a>,
}

/// By which step a connection gets its company.
pub(super) enum BindStep<'a> {
    /// A browser came back from a sign-in, and its attempt ends along.
    SignIn { was: ExpectedStage, attempt: &'a Attempt, credential: &'a Credential },
    /// A company was chosen from those that a sign-in of this visit found; its credential stands beside the connection
    /// already.
    Choice { choice: &'a PendingChoice, signed_in: Option<Visitor<'a>> },
    /// An authorisation was brought along that another system held, and the service confirmed it.
    Migration { credential: &'a Credential },
    /// Credentials were right. A duplicate shows in this visit.
    Credentials {
        visit: &'a VisitId,
        by: AuthorizedBy<'a>,
        credential: Option<&'a Credential>,
        service_data: Value,
    },
}

/// Makes a connection stand for a company.
pub(super) async fn bind(app: &App, request: BindRequest<'_>) -> Result<CompanyOutcome, StoreError> {
    let BindRequest { connection, mut binding, company, lapses_at, step } = request;
    let before = binding.clone();
    if let BindStep::Credentials { by: AuthorizedBy::Person(Some(visitor)), .. } = &step
        && company.as_ref().is_some_and(|company| binding.other_than(company).is_some())
        && sign_in_right(*visitor, &connection, &binding, CompanyCheck::Possible) == SignInRight::Replace
    {
        tracing::warn!(connection = %connection.id, "a minted visit puts another company in place of a page's");
        binding = CompanyBinding { company: None, variables: AddressVariables::default(), ..binding };
    }
    if let Some(other) = company.as_ref().and_then(|company| binding.other_than(company)) {
        return Ok(CompanyOutcome::DifferentCompany(Box::new(other.clone())));
    }
    let company = company.map(Company::with_clean_texts).map(|company| match &binding.company {
        Some(before) => company.or_known(before),
        None => company,
    });
    let now = app.now();
    if let (BindStep::Credentials { visit, .. }, Some(company)) = (&step, &company)
        && let Some(other) = find_connected(app, &connection, &binding, &company.identity).await?
    {
        tracing::info!(connection = %connection.id, %other, "another connection stands for this company");
        let refused = CompanyBinding { duplicate_for: Some((*visit).clone()), ..before };
        return Ok(match app.store.put_binding(&refused).await? {
            Replaced::Yes => CompanyOutcome::Duplicate,
            Replaced::Overtaken => CompanyOutcome::Overtaken,
        });
    }
    if let Some(company) = company {
        binding = binding.with_company(company);
    }
    let by = match &step {
        BindStep::SignIn { attempt, .. } => AuthorizedBy::Person(Some(attempt.visitor())),
        BindStep::Choice { signed_in, .. } => AuthorizedBy::Person(*signed_in),
        // Somebody signed in to the other system, in no visit of this one.
        BindStep::Migration { .. } => AuthorizedBy::BackEnd,
        BindStep::Credentials { by, .. } => *by,
    };
    let connection = match by {
        AuthorizedBy::Person(visitor) => connection.authorised(visitor, now, lapses_at),
        AuthorizedBy::BackEnd => connection.authorised(None, now, lapses_at).vouched_for(),
        AuthorizedBy::Connector => connection.renewed(now, lapses_at),
        AuthorizedBy::Nobody => connection.refreshed(now, lapses_at),
    };
    let outcome = match step {
        BindStep::SignIn { was, attempt, credential } => {
            let is = attempt.clone().end(Outcome::Connected);
            let guard = BindingGuard::Attempt { was, is: &is };
            app.store.bind(guard, &connection, Some(credential), &binding).await?
        }
        BindStep::Choice { choice, .. } => app.store.choose(choice, &connection, &binding).await?,
        BindStep::Migration { credential } => {
            app.store.bind(BindingGuard::Version, &connection, Some(credential), &binding).await?
        }
        BindStep::Credentials { credential, service_data, .. } => {
            let binding = CompanyBinding { service_data, duplicate_for: None, ..binding };
            let outcome = app.store.bind(BindingGuard::Version, &connection, credential, &binding).await?;
            tracing::info!(connection = %connection.id, service = %connection.service, ?outcome, "credentials were right");
            // Connected elsewhere since the look above: the next try tells it to its visit.
            if outcome == BindOutcome::Duplicate { BindOutcome::Overtaken } else { outcome }
        }
    };
    Ok(match outcome {
        BindOutcome::Bound => CompanyOutcome::Bound,
        BindOutcome::Duplicate => CompanyOutcome::Duplicate,
        BindOutcome::Overtaken => CompanyOutcome::Overtaken,
    })
}

/// Credentials were right: makes the connection stand for their company, with the secret sealed.
///
/// # Errors
/// [`CompanyError`].
pub async fn connect_with_credentials(
    app: &App,
    (requester, by): (&Requester, AuthorizedBy<'_>),
    connection: Connection,
    company: Company,
    secret: Option<&SecretString>,
    service_data: Value,
) -> Result<CompanyOutcome, CompanyError> {
    let binding = read_binding(app, &connection.id).await?;
    let credential = match secret {
        None => None,
        Some(secret) => Some(Credential {
            connection: connection.id.clone(),
            access: app.vault.seal(connection.id.as_str(), Field::AccessToken, secret)?,
            refresh: None,
            refresh_at: None,
            access_expires_at: None,
            lapses_at: None,
        }),
    };
    let step =
        BindStep::Credentials { visit: &requester.visit, by, credential: credential.as_ref(), service_data };
    let request = BindRequest { connection, binding, company: Some(company), lapses_at: None, step };
    Ok(bind(app, request).await?)
}

/// Lets a person choose among several companies: the only place that says how long.
///
/// # Errors
/// [`StoreError`].
pub async fn offer_choice(
    app: &App,
    guard: BindingGuard<'_>,
    credential: Option<&Credential>,
    binding: &CompanyBinding,
    (origin, visit): (ChoiceOrigin, &VisitId),
    companies: Vec<Company>,
) -> Result<Replaced, StoreError> {
    let seconds = match origin {
        ChoiceOrigin::SignIn(_) => CHOICE_SECONDS,
        ChoiceOrigin::Credentials(_) => app.config.attempts.lifetime_seconds.into(),
    };
    let expires_at = seconds_after(app.now(), seconds);
    let companies = companies.into_iter().map(Company::with_clean_texts).collect();
    let connection = binding.connection.clone();
    let visit = Some(visit.clone());
    let choice = PendingChoice { connection, origin, visit, companies, expires_at };
    app.store.offer_choice(guard, credential, binding, &choice).await
}

/// What a connection is bound to, which may be nothing yet.
///
/// # Errors
/// [`StoreError`].
pub async fn read_binding(app: &App, connection: &ConnectionId) -> Result<CompanyBinding, StoreError> {
    let stored = app.store.binding(connection).await?;
    Ok(stored.unwrap_or_else(|| CompanyBinding::none(connection.clone())))
}

/// Forgets which company a connection stands for, and ends its authorisation; gives it back as it is now.
///
/// # Errors
/// [`StoreError`].
pub async fn untie(app: &App, connection: Connection) -> Result<Connection, StoreError> {
    app.store.untie(&connection.id, app.now()).await?;
    Ok(app.store.connection(&connection.id).await?.unwrap_or(connection))
}

/// The connection to this service that `/services/url` made for this business: the one that was named, or else the usual one.
///
/// # Errors
/// [`StoreError`].
pub async fn find_connection(
    app: &App,
    business: &BusinessUuid,
    service: NonOAuthService,
    named: Option<&ConnectionId>,
) -> Result<Option<Connection>, StoreError> {
    let service = ServiceName::new(service.id());
    let Some(named) = named else {
        return app.store.usual_connection(business, &service, Channel::Service).await;
    };
    let found = app.store.connection(named).await?;
    Ok(found.filter(|found| {
        found.business == *business && found.service == service && found.channel == Channel::Service
    }))
}
