//! What can be built in about a service, and short ways to write it down: the tables beside this file are made of it.

use railz_connect_contract::ServiceKind;

use super::super::address_template::AddressTemplate;
use super::super::api_profile::ApiProfile;
use super::super::lookup_profile::{
    CompanyLookup, DetailPositions, FiscalYearPositions, LookupRequest, TokenHeader,
};
use super::super::profile::{CompanyListing, CompanySource, Granted, ListRequest, Profile, Region};
use super::super::service::ClientAuthentication::{self, Basic};
use crate::domain::company::AddressVariables;
use crate::services::catalog::CatalogEntry;

/// What the server knows of one service by itself: everything but the operator's client id and secret.
#[derive(Clone, Copy, Debug)]
pub struct Builtin {
    /// Its id, name and kind.
    pub service: CatalogEntry,
    /// Where the browser goes; variables in braces.
    pub authorize: &'static str,
    /// Where the server goes with the code.
    pub token: &'static str,
    /// Where the server takes tokens back, where documented.
    pub revoke: Option<&'static str>,
    /// The scopes that the server's use of the data needs.
    pub scopes: &'static [&'static str],
    /// What stands between two scopes.
    pub scope_separator: &'static str,
    /// Query parameters beside the standard ones.
    pub parameters: &'static [(&'static str, &'static str)],
    /// The issuer that it publishes for itself, where it does; an `iss` that comes is compared with it (RFC 9207). `{tenantid}`
    /// stands for Microsoft's organisations. None of these services announces in what could be read
    /// (`authorization_response_iss_parameter_supported`) that it sends one: `docs/providers/README.md` has the sources.
    pub issuer: Option<&'static str>,
    /// How the client's secret travels.
    pub authentication: ClientAuthentication,
    /// What it does in its own way.
    pub profile: fn() -> Profile,
}

pub(super) const PLAIN: Builtin = Builtin {
    service: CatalogEntry { id: "", name: "", kind: ServiceKind::Accounting },
    authorize: "",
    token: "",
    revoke: None,
    scopes: &[],
    scope_separator: " ",
    parameters: &[],
    issuer: None,
    authentication: Basic,
    profile: Profile::default,
};

/// Days in seconds.
pub(super) const fn days(days: u64) -> u64 {
    days * 24 * 60 * 60
}

pub(super) fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect()
}

pub(super) fn region(name: &str, values: &[(&str, &str)]) -> Region {
    let mut variables = AddressVariables::default();
    for (variable, value) in values {
        variables.set(variable, *value);
    }
    Region { name: name.to_owned(), variables }
}

/// One request of a listing: where, and the positions of items, id and name.
pub(super) fn request(address: &str, items: &str, id: &str, label: &str) -> ListRequest {
    ListRequest {
        address: AddressTemplate::new(address),
        query: Vec::new(),
        items: items.to_owned(),
        id: vec![id.to_owned()],
        label: vec![label.to_owned()],
        number: None,
        keep: Vec::new(),
        details: DetailPositions::default(),
    }
}

pub(super) fn listing(requests: Vec<ListRequest>) -> CompanyListing {
    CompanyListing { requests, scheme: "Bearer".to_owned(), headers: Vec::new(), granted: Granted::Now }
}

pub(super) fn list(request: ListRequest) -> CompanySource {
    CompanySource::List(listing(vec![request]))
}

pub(super) fn callback(id: &str) -> CompanySource {
    CompanySource::Callback { id: id.to_owned() }
}

/// An API with bearer tokens that begins here, and the headers that every call of it needs.
pub(super) fn api(base: &str, headers: &[(&str, &str)]) -> ApiProfile {
    ApiProfile { headers: pairs(headers), ..ApiProfile::at(AddressTemplate::new(base)) }
}

/// A lookup by `GET` with a bearer token: where, and the positions of id (where it is repeated) and name.
pub(super) fn lookup(address: &str, id: Option<&str>, name: &str) -> CompanyLookup {
    CompanyLookup {
        address: AddressTemplate::new(address),
        request: LookupRequest::Get,
        token_header: TokenHeader::Authorization("Bearer".to_owned()),
        headers: Vec::new(),
        needed_scope: None,
        id: id.map(str::to_owned),
        name: name.to_owned(),
        details: DetailPositions::default(),
    }
}

/// Positions of country and currency, and of the fiscal year's beginning where it is told.
pub(super) fn details(country: Option<&str>, currency: Option<&str>, start: Option<&str>) -> DetailPositions {
    DetailPositions {
        legal_name: None,
        country: country.map(str::to_owned),
        currency: currency.map(str::to_owned),
        fiscal_year: start.map(|start| FiscalYearPositions::Start(start.to_owned())),
    }
}
