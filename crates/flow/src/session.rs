//! What is kept of an open session: who the business is, what it may connect and what it has connected.

use railz_connect_contract::{
    BillingPlan, BusinessName, BusinessUuid, Connection, ConnectionId, ConnectionState, Feature, Integration,
};

use crate::bank::KnownBank;
use crate::config::{AfterSuccess, Config, FormState, is_web_address};
use crate::host_event::Parties;
use crate::journey::Journey;
use crate::json::JsonText;
use crate::service::{ConnectMethod, ConnectionTarget, SelectedService};

/// What the session call of this widget answers, with the host's own data left as text.
pub type SessionResponse = railz_connect_contract::SessionResponse<JsonText>;

/// An open session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The business's name.
    pub business_name: BusinessName,
    /// The business's id.
    pub business_uuid: BusinessUuid,
    /// The host's own data as the server echoed it.
    pub metadata: Option<JsonText>,
    /// Who asks for the connection.
    pub customer_name: String,
    /// Whom a person may write to for help; may be empty.
    pub email: String,
    /// Which of the host's adjustments count.
    pub plan: BillingPlan,
    /// Whether the widget stands in a page of the server's own.
    pub sites: bool,
    /// Whether this is a sandbox.
    pub sandbox: bool,
    /// Whether the sandbox service connects with one press.
    pub sandbox_one_press: bool,
    /// The business's connections.
    pub connections: Vec<Connection>,
    /// What may be connected.
    pub integrations: Vec<Integration>,
    /// What happens after a success: as the page says, or else as the host's back end said when it made the session.
    pub after_success: AfterSuccess,
    /// What the success page receives as `state`, from the same two.
    pub state: Option<FormState>,
    /// How far a person is.
    pub journey: Journey,
}

impl Session {
    /// An opened session without the services that the host leaves out, unless one of them is connected (contract rule H3).
    pub(crate) fn open(config: &Config, response: SessionResponse) -> Self {
        let company = config.company_name.clone().filter(|_| honours_company_name(response.billing_plan));
        let (after_success, state) = (after_success(config, &response), state(config, &response));
        let connections = response.connections.unwrap_or_default();
        let mut integrations = response.integrations.unwrap_or_default();
        integrations.retain(|one| {
            let connected = |connection: &Connection| {
                connection.name == one.service && connection.state == ConnectionState::Active
            };
            one.is_mock_data
                || !config.excluded_services.contains(&one.service)
                || connections.iter().any(connected)
        });
        Self {
            business_name: response.business_name,
            business_uuid: response.business_uuid,
            metadata: response.metadata,
            customer_name: company.unwrap_or(response.customer_name),
            email: response.email,
            plan: response.billing_plan,
            sites: response.sites,
            sandbox: response.sandbox,
            sandbox_one_press: response.features.contains(&Feature::SandboxOnePress),
            connections,
            integrations,
            after_success,
            state,
            journey: Journey::new(),
        }
    }

    /// The session goes on under another token, whose answer may say anew what is handed over and where to.
    pub(crate) fn renew_settings(&mut self, config: &Config, response: &SessionResponse) {
        self.after_success = after_success(config, response);
        self.state = state(config, response);
        self.metadata.clone_from(&response.metadata);
    }

    /// Who the host's events speak of.
    pub fn parties(&self) -> Parties {
        Parties {
            business_name: Some(self.business_name.clone()),
            business_uuid: Some(self.business_uuid.clone()),
            metadata: self.metadata.clone(),
        }
    }

    /// The services of the picker.
    pub(crate) fn services(&self) -> impl Iterator<Item = &Integration> {
        self.integrations.iter().filter(|one| !one.is_mock_data)
    }

    /// The service through which an existing connection is renewed.
    pub(crate) fn renew(&self, id: &ConnectionId) -> Option<Box<SelectedService>> {
        let connection = self.connections.iter().find(|one| one.connection_id == *id)?;
        self.integrations
            .iter()
            .filter(|one| !one.is_mock_data)
            .find(|one| connection.integration_uuid.as_ref() == Some(&one.uuid))
            .or_else(|| {
                // A connection of the sandbox form wears a real service's name, which says nothing of how to renew it.
                let named = !connection.is_mock_data;
                self.integrations
                    .iter()
                    .find(|one| named && !one.is_mock_data && one.service == connection.name)
            })
            .map(|one| {
                let service = SelectedService::of_integration(one);
                let bank = (service.method() == ConnectMethod::Bank).then(|| KnownBank::of(connection));
                let target = match service.method() {
                    ConnectMethod::Window => ConnectionTarget::Existing(id.clone()),
                    _ => ConnectionTarget::Usual,
                };
                Box::new(SelectedService { bank, target, ..service })
            })
    }

    /// The connection that a sign-in to this service would renew.
    pub(crate) fn connected(&self, service: &SelectedService) -> Option<&Connection> {
        self.connections.iter().filter(|one| !one.is_mock_data).find(|one| match &one.integration_uuid {
            Some(uuid) => service.integration.as_ref() == Some(uuid),
            None => one.name == service.name,
        })
    }

    /// The providers of the sandbox form.
    pub(crate) fn mock_providers(&self) -> impl Iterator<Item = &Integration> {
        self.integrations.iter().filter(|one| one.is_mock_data)
    }
}

fn after_success(config: &Config, response: &SessionResponse) -> AfterSuccess {
    let said = |url: &Option<String>| url.clone().filter(|url| is_web_address(url));
    match (&config.after_success, said(&response.success_url), said(&response.redirect_url)) {
        (AfterSuccess::Stay, Some(url), _) => config.success_method.to(url),
        (AfterSuccess::Stay, None, Some(url)) => AfterSuccess::Redirect { url },
        (given, ..) => given.clone(),
    }
}

fn state(config: &Config, response: &SessionResponse) -> Option<FormState> {
    config.state.clone().or_else(|| response.state.clone().map(FormState))
}

/// Whether the host's name for who asks counts (contract rule H5).
fn honours_company_name(plan: BillingPlan) -> bool {
    plan != BillingPlan::Free
}
