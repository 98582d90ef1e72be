//! The API of one connection: a service's, as `api_profile.rs` has it, for the company that is connected.

use url::Url;

use super::address_template::{AddressError, AddressTemplate};
use super::api_profile::ApiProfile;
use super::grant::initial_variables;
use super::profile::Region;
use super::service::Service;
use crate::app::App;
use crate::domain::company::{AddressVariables, CompanyBinding};
use crate::services::http_client::Reach;

/// The API of one connection: where it is, and what it is called with.
pub struct ConnectionApi<'s> {
    /// The address below which calls go, without a slash at its end.
    pub base: Url,
    /// Who answers for that address.
    pub reach: Reach,
    /// How calls are made.
    pub profile: &'s ApiProfile,
    /// What fills the variables of headers.
    pub variables: AddressVariables,
}

/// Why a connection has no API that could be called.
#[derive(Debug, thiserror::Error)]
pub enum ConnectionApiError {
    /// Neither built in nor configured.
    #[error("no API address is known of the service {0}")]
    NotKnown(String),
    /// It is known, but something of this connection is missing in it.
    #[error("the API's address: {0}")]
    Address(#[from] AddressError),
    /// What it becomes is no address to build on.
    #[error("the API's address has a query, a fragment, a user name or no host")]
    NoBase,
}

/// The API of a connection to this service that is bound to this company.
///
/// # Errors
/// [`ConnectionApiError`], where it cannot be called.
pub fn connection_api<'s>(
    app: &App,
    service: &'s Service,
    binding: Option<&CompanyBinding>,
) -> Result<ConnectionApi<'s>, ConnectionApiError> {
    let profile = service.profile.api.as_ref();
    let profile = profile.ok_or_else(|| ConnectionApiError::NotKnown(service.name.clone()))?;
    let mut variables = initial_variables(app, service, None);
    if let Some(binding) = binding {
        for (variable, value) in binding.variables.iter() {
            variables.set(variable, value);
        }
        if let Some(company) = &binding.company {
            variables.set("company", &company.id);
        }
    }
    variables.set("client_id", &service.client.id);
    let mut base = profile.base.at(&variables)?;
    let is_plain = base.has_host()
        && base.username().is_empty()
        && base.password().is_none()
        && base.query().is_none()
        && base.fragment().is_none();
    if !is_plain {
        return Err(ConnectionApiError::NoBase);
    }
    let path = base.path().trim_end_matches('/').to_owned();
    base.set_path(&path);
    Ok(ConnectionApi { base, reach: reach_of(&profile.base, &service.profile.regions), profile, variables })
}

/// Who answers for the host of an address: the operator, or whoever built it in; or nobody, where a person or the service
/// itself named a part of it.
fn reach_of(base: &AddressTemplate, regions: &[Region]) -> Reach {
    let text = base.as_str();
    let behind_scheme = text.split_once("://").filter(|(scheme, _)| !scheme.contains('{'));
    let authority = behind_scheme.map_or(text, |(_, rest)| rest).split('/').next().unwrap_or_default();
    let mut variables = authority.split('{').skip(1).filter_map(|part| part.split('}').next());
    let is_regional = |variable: &str| regions.iter().any(|region| region.variables.get(variable).is_some());
    if variables.all(is_regional) { Reach::Configured } else { Reach::Public }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_a_person_or_a_service_named_is_nobodys() {
        let mut accounts = AddressVariables::default();
        accounts.set("api", "https://www.zohoapis.eu");
        let regions = [Region { name: "eu".to_owned(), variables: accounts }];
        for (base, due) in [
            ("https://api.xero.com", Reach::Configured),
            ("http://127.0.0.1:8082/xero/api", Reach::Configured),
            ("{api}/books/v3", Reach::Configured),
            ("https://api.businesscentral.dynamics.com/v2.0/{environment}", Reach::Configured),
            ("{environment}", Reach::Public),
            ("https://{shop}.myshopify.com/admin/api", Reach::Public),
            ("{api}.{shop}/x", Reach::Public),
        ] {
            assert_eq!(reach_of(&AddressTemplate::new(base), &regions), due, "{base}");
        }
    }
}
