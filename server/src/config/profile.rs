//! The part of a `[services.…]` table that says what a service does in its own way.
//!
//! Built-in services bring their profile along; here the operator overrides where companies are listed and which region
//! is meant, or gives a service of the configuration alone the same profile.

use url::Url;

use super::company_lookup;
use super::reader::{ConfigError, Reader};
use super::values::{address_template as address, is_allowed_address};
use crate::domain::company::AddressVariables;
use crate::domain::origin::is_loopback;
use crate::services::oauth::api_profile::ApiProfile;
use crate::services::oauth::builtin::Builtin;
use crate::services::oauth::lookup_profile::DetailPositions;
use crate::services::oauth::profile::{
    CompanyChoice, CompanyListing, CompanySource, Granted, ListRequest, ListShape, Pkce, Profile, Region,
    Revocation, Rotation,
};

pub(super) fn read(table: &mut Reader, known: Option<&Builtin>, problems: &mut Vec<ConfigError>) -> Profile {
    let practised = table.peek("token_url").is_some_and(is_on_this_machine);
    let mut profile = known.map(|known| (known.profile)()).unwrap_or_default();
    if let Some(pkce) = table.yes_or_no("pkce", problems) {
        profile.pkce = if pkce { Pkce::S256 } else { Pkce::Off };
    }
    revocation(table, known, &mut profile, problems);
    if let Some(rotates) = table.yes_or_no("refresh_tokens_rotate", problems) {
        profile.rotation = if rotates { Rotation::SingleUse } else { Rotation::Kept };
    }
    if let Some(days) = table.number("refresh_token_days", 1..=3660, problems) {
        profile.refresh_token_seconds = Some(days * 24 * 60 * 60);
    }
    if let Some(steps) = &mut profile.steps {
        steps.show_vendor_bank_account_steps =
            table.yes_or_no("vendor_bank_account_steps", problems).unwrap_or_default();
        steps.show_customer_bank_account_steps =
            table.yes_or_no("customer_bank_account_steps", problems).unwrap_or_default();
    }
    regions(table, &mut profile, problems);
    let before = profile.companies.len();
    if let Some(id) = table.text("account_parameter", problems) {
        profile.companies.insert(0, CompanySource::Callback { id });
    }
    if table.text("account_name_parameter", problems).is_some() {
        let message = "is not read any more, since anybody can edit it; say with company_name where the answer of \
                       company_url has the name";
        problems.push(ConfigError::new(table.name("account_name_parameter"), message));
    }
    if let Some(id) = table.text("account_token_field", problems) {
        profile.companies.insert(0, CompanySource::Token { id });
    }
    let names_source = profile.companies.len() > before;
    listings(table, &mut profile, practised && !names_source, problems);
    company_lookup::read(table, &mut profile, problems);
    api(table, &mut profile, problems);
    if let Some(asks) = table.yes_or_no("choose_account", problems) {
        profile.company_choice = match (asks, profile.company_choice) {
            (true, CompanyChoice::FirstGranted | CompanyChoice::ByPersonIfSeveral(_)) => {
                CompanyChoice::ByPerson(ListShape::Items)
            }
            (true, shape) => shape,
            (false, _) => CompanyChoice::FirstGranted,
        };
        if asks && profile.companies.is_empty() {
            let message = "needs accounts_url, to have something to choose from";
            problems.push(ConfigError::new(table.name("choose_account"), message));
        }
    }
    profile
}

/// What a revocation ends. Where nobody said, it may be the grant that a newer sign-in shares, as at npm's
/// `oidc-provider`: then nothing is given back while it could cut off what is in use.
fn revocation(
    table: &mut Reader,
    known: Option<&Builtin>,
    profile: &mut Profile,
    problems: &mut Vec<ConfigError>,
) {
    match table.text("revocation_ends", problems).as_deref() {
        None if known.is_some() => {}
        None | Some("access") => profile.revocation = Revocation::WholeAccess,
        Some("grant") => profile.revocation = Revocation::ThisGrant,
        Some(other) => {
            let message = format!("must be \"grant\" or \"access\", not {other:?}");
            problems.push(ConfigError::new(table.name("revocation_ends"), message));
        }
    }
}

/// The regions as built in or given, the one that is meant in front.
fn regions(table: &mut Reader, profile: &mut Profile, problems: &mut Vec<ConfigError>) {
    if let Some(mut given) = table.table("regions", problems) {
        profile.regions.clear();
        for name in given.keys() {
            let Some(mut values) = given.table(&name, problems) else { continue };
            let mut variables = AddressVariables::default();
            for variable in values.keys() {
                let Some(value) = values.text(&variable, problems) else { continue };
                if value.contains("://") && !is_allowed_address(&value) {
                    let message =
                        format!("must be an https address (http on loopback hosts only), not {value:?}");
                    problems.push(ConfigError::new(values.name(&variable), message));
                }
                variables.set(&variable, value);
            }
            profile.regions.push(Region { name, variables });
        }
    }
    let Some(name) = table.text("region", problems) else { return };
    if let Some(index) = profile.regions.iter().position(|region| region.name == name) {
        profile.regions[..=index].rotate_right(1);
    } else {
        let names: Vec<_> = profile.regions.iter().map(|region| region.name.as_str()).collect();
        let message = format!("there is no region {name:?}; there are: {}", names.join(", "));
        problems.push(ConfigError::new(table.name("region"), message));
    }
}

/// Where companies are listed: the built-in requests at other addresses, or a list of the operator's own.
fn listings(table: &mut Reader, profile: &mut Profile, practised: bool, problems: &mut Vec<ConfigError>) {
    let first = address(table, "accounts_url", None, problems);
    let second = address(table, "companies_url", None, problems);
    let mut requests = profile.companies.iter_mut().filter_map(|source| match source {
        CompanySource::List(listing) => Some(&mut listing.requests),
        CompanySource::Callback { .. } | CompanySource::Token { .. } | CompanySource::Asked => None,
    });
    let mut built_in = false;
    let mut lacking = None;
    for requests in &mut requests {
        built_in = true;
        for (request, (key, given)) in
            requests.iter_mut().zip([("accounts_url", &first), ("companies_url", &second)])
        {
            match given {
                Some(given) => request.address = given.clone(),
                None if practised => lacking = Some(key),
                None => {}
            }
        }
    }
    if let Some(key) = lacking {
        let message =
            "is missing; token_url leads to this machine, so say where the companies are listed here";
        problems.push(ConfigError::new(table.name(key), message));
    }
    let (Some(address), false) = (first, built_in) else { return };
    let position = |table: &mut Reader, key, problems: &mut Vec<ConfigError>| {
        let text = table.text_as_is(key, problems);
        table.require(key, text, "a JSON pointer such as /companies or /id", problems).unwrap_or_default()
    };
    let request = ListRequest {
        address,
        query: Vec::new(),
        items: position(table, "accounts_items", problems),
        id: vec![position(table, "account_id", problems)],
        label: vec![position(table, "account_label", problems)],
        number: None,
        keep: Vec::new(),
        details: DetailPositions::default(),
    };
    profile.companies.push(CompanySource::List(CompanyListing {
        requests: vec![request],
        scheme: "Bearer".to_owned(),
        headers: Vec::new(),
        granted: Granted::Now,
    }));
}

/// Where calls of back ends go. A token goes back to where it came from, so a built-in address is none where the token's is the
/// operator's own.
fn api(table: &mut Reader, profile: &mut Profile, problems: &mut Vec<ConfigError>) {
    let moved = table.peek("token_url").is_some();
    let given = address(table, "api_url", None, problems);
    if given.as_ref().is_some_and(|given| given.as_str().contains(['?', '#'])) {
        let message =
            "is what every address of the API begins with, so it has neither a query nor a fragment";
        problems.push(ConfigError::new(table.name("api_url"), message));
    }
    profile.api = match (profile.api.take(), given) {
        (Some(known), Some(base)) => Some(ApiProfile { base, ..known }),
        (Some(known), None) => Some(known).filter(|_| !moved),
        (None, Some(base)) => Some(ApiProfile::at(base)),
        (None, None) => None,
    };
}

/// Whether an address leads to a simulated provider, whose tokens must not go to the real service.
fn is_on_this_machine(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| is_loopback(url.host().as_ref()))
}
