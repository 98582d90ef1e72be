//! What a service says beside the standard: parameters of the callback, and fields of the token answer.

use serde_json::{Map, Value, json};
use url::Url;

use crate::{
    clock::Moment,
    oauth::ClientSecret,
    services::{
        company::Company,
        profile::{ExtraValue, LifetimeFormat, Profile, Signature},
    },
    store::approval::Approval,
};

/// The value for this approval, where there is one.
fn evaluate(value: ExtraValue, approval: &Approval, issuer: &str) -> Option<String> {
    let company = Company::from_choice(&approval.person, &approval.company);
    match value {
        ExtraValue::CompanyId => company.map(|company| company.id),
        ExtraValue::CompanyName => company.map(|company| company.name),
        ExtraValue::Shop => approval.shop.as_ref().map(|shop| format!("{shop}.myshopify.com")),
        ExtraValue::Issuer => Some(issuer.to_owned()),
        ExtraValue::Fixed(text) => Some(text.to_owned()),
    }
}

/// Adds to the callback what this service says there beside the standard, and its signature last.
pub(super) fn add_to_callback(
    mut to: Url,
    profile: &Profile,
    approval: &Approval,
    issuer: &str,
    secret: Option<&ClientSecret>,
) -> Url {
    for (name, value) in profile.callback {
        if let Some(value) = evaluate(*value, approval, issuer) {
            to.query_pairs_mut().append_pair(name, &value);
        }
    }
    if let (Signature::Hmac, Some(secret)) = (profile.signature, secret) {
        let mut pairs: Vec<_> = to.query_pairs().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.sort();
        let tag = secret.tag(&pairs.join("&"));
        to.query_pairs_mut().append_pair("hmac", &tag);
    }
    to
}

/// Builds the fields of the token answer that this service has beside `access_token`, `refresh_token` and `scope`.
pub(super) fn build_token_fields(
    profile: &Profile,
    approval: &Approval,
    issuer: &str,
    now: Moment,
) -> Map<String, Value> {
    let mut fields = Map::new();
    let lifetime = approval.lifetime().as_secs();
    match profile.lifetime_format {
        LifetimeFormat::Number => fields.insert("expires_in".to_owned(), json!(lifetime)),
        LifetimeFormat::Text => fields.insert("expires_in".to_owned(), json!(lifetime.to_string())),
        LifetimeFormat::Moment => {
            fields.insert("expires_at".to_owned(), json!(format_rfc3339(now.0 / 1000 + lifetime)))
        }
    };
    for (name, value) in profile.token {
        if let Some(value) = evaluate(*value, approval, issuer) {
            fields.insert((*name).to_owned(), json!(value));
        }
    }
    fields
}

/// Seconds since 1970 as RFC 3339 in UTC (days to a date after Howard Hinnant's `civil_from_days`).
fn format_rfc3339(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::format_rfc3339;

    #[test]
    fn moments_are_written_as_calendars_have_them() {
        for (seconds, due) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_772_357_400, "2026-03-01T09:30:00Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"),
        ] {
            assert_eq!(format_rfc3339(seconds), due);
        }
    }
}
