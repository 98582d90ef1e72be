//! The part of a `[services.…]` table that says where one company is asked for with the token.
//!
//! A company that only the callback names must be confirmed, so a service with `account_parameter` needs this or a list.

use super::reader::{ConfigError, Reader};
use super::values::address_template;
use crate::services::oauth::address_template::AddressTemplate;
use crate::services::oauth::lookup_profile::{CompanyLookup, DetailPositions, LookupRequest, TokenHeader};
use crate::services::oauth::profile::{CompanySource, Profile};

/// Reads `company_url` over the built-in lookup, or makes one of the operator's own.
pub(super) fn read(table: &mut Reader, profile: &mut Profile, problems: &mut Vec<ConfigError>) {
    let moved = table.peek("token_url").is_some();
    let given = address_template(table, "company_url", None, problems);
    let id = table.text_as_is("company_id", problems);
    let name = table.text_as_is("company_name", problems);
    profile.lookup = match (profile.lookup.take(), given) {
        (Some(known), Some(address)) => Some(CompanyLookup { address, ..known }),
        // A token goes back to where it came from, so a built-in address is none where the token's is the operator's own.
        (Some(known), None) => Some(known).filter(|_| !moved),
        (None, Some(address)) => {
            if !address.needs("company") {
                let message = "needs {company} in it, which stands for the company's id";
                problems.push(ConfigError::new(table.name("company_url"), message));
            }
            let pointer = "a JSON pointer: where the answer of company_url has it";
            let id = table.require("company_id", id, pointer, problems);
            let name = table.require("company_name", name, pointer, problems);
            name.map(|name| own(address, id, name))
        }
        (None, None) => None,
    };
    let by_callback = |source: &CompanySource| matches!(source, CompanySource::Callback { .. });
    let by_list = |source: &CompanySource| matches!(source, CompanySource::List(_));
    let sources = &profile.companies;
    if sources.iter().any(by_callback) && profile.lookup.is_none() && !sources.iter().any(by_list) {
        let message = "is missing; the callback names the company, which anybody can edit, so say where the token confirms \
                       it (or list the companies at accounts_url)";
        problems.push(ConfigError::new(table.name("company_url"), message));
    }
}

fn own(address: AddressTemplate, id: Option<String>, name: String) -> CompanyLookup {
    CompanyLookup {
        address,
        request: LookupRequest::Get,
        token_header: TokenHeader::Authorization("Bearer".to_owned()),
        headers: Vec::new(),
        needed_scope: None,
        id,
        name,
        details: DetailPositions::default(),
    }
}
