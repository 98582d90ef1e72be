//! What was granted beside what was asked (RFC 6749 section 3.3).
//!
//! Services name scopes loosely: in other letters, by comma, leaving out what goes without saying. Only what cannot be
//! explained so is called missing.

use super::service::Service;
use super::token_endpoint::Tokens;
use super::token_response::split_scopes;

/// What was asked for and not granted; nothing where the service does not say what it granted.
pub(super) fn find_missing(service: &Service, grant: &Tokens) -> Vec<String> {
    let Some(granted) = grant.scopes.as_ref().filter(|granted| !granted.is_empty()) else {
        return Vec::new();
    };
    let has = |scope: &str| granted.iter().any(|granted| granted.eq_ignore_ascii_case(scope));
    let goes_without_saying = |requested: &str| match requested {
        "offline_access" => grant.refresh.is_some(),
        "openid" => grant.extra_fields.text("id_token").is_some(),
        _ => false,
    };
    let is_included = |requested: &str| {
        let wider = service.profile.included_scopes.iter();
        wider
            .filter_map(|(narrow, wide)| Some((requested.strip_prefix(narrow.as_str())?, wide)))
            .any(|(rest, wide)| has(&format!("{wide}{rest}")))
    };
    // Microsoft names scopes of a resource by its address, and answers with or without it.
    let is_named_shortly =
        |requested: &str| requested.starts_with("https://") && requested.rsplit('/').next().is_some_and(&has);
    let is_granted = |requested: &str| {
        has(requested)
            || goes_without_saying(requested)
            || is_included(requested)
            || is_named_shortly(requested)
    };
    let requested = service.scopes.iter().flat_map(|scopes| split_scopes(scopes));
    requested.filter(|requested| !is_granted(requested)).collect()
}
