//! What a token endpoint gave becomes a credential: sealed, with when to refresh it and when it ends.

use jiff::Timestamp;
use railz_connect_contract::ConnectionId;
use secrecy::SecretString;

use super::extra_fields::ExtraFields;
use super::service::Service;
use super::token_endpoint::Tokens;
use crate::app::App;
use crate::clock::seconds_after;
use crate::domain::credential::{Credential, refresh_after};
use crate::vault::{Field, SealError};

/// No token is left for longer than this without a refresh, in seconds.
const WEEK: u64 = 7 * 24 * 60 * 60;

/// For how many seconds an access token is taken to live whose service does not say: most live that long.
const UNTOLD: u64 = 60 * 60;

/// The names under which services tell how many seconds a refresh token lives: Sage, Intuit, Keycloak.
const LIVES: [&str; 3] = ["refresh_token_expires_in", "x_refresh_token_expires_in", "refresh_expires_in"];

/// Seals what a token endpoint gave. `older` is the refresh token to keep where no new one came.
pub(super) fn seal(
    app: &App,
    service: &Service,
    connection: ConnectionId,
    grant: &Tokens,
    older: Option<&SecretString>,
) -> Result<Credential, SealError> {
    let record = connection.as_str();
    let now = app.now();
    let access = app.vault.seal(record, Field::AccessToken, &grant.access)?;
    let refresh = grant
        .refresh
        .as_ref()
        .or(older)
        .map(|token| app.vault.seal(record, Field::RefreshToken, token))
        .transpose()?;
    let lifetime = lifetime(grant, now);
    let refresh_at = refresh
        .as_ref()
        .map(|_| refresh_after(now, lifetime.unwrap_or(UNTOLD), app.config.refresh_every))
        .map(|soon| soon.min(seconds_after(now, WEEK)));
    let access_expires_at = lifetime.map(|lifetime| seconds_after(now, lifetime)).filter(is_in_a_calendar);
    let lapses_at = match (&grant.refresh, &refresh) {
        (Some(_), _) => refresh_token_end(service, &grant.extra_fields, now),
        (None, Some(_)) => None,
        (None, None) => access_expires_at,
    };
    Ok(Credential { connection, access, refresh, refresh_at, access_expires_at, lapses_at })
}

/// For how many seconds the access token lives, where the service says.
fn lifetime(grant: &Tokens, now: Timestamp) -> Option<u64> {
    grant.lifetime.map(|lifetime| lifetime.as_secs()).or_else(|| {
        let left = grant.expires_at?.as_second() - now.as_second();
        Some(u64::try_from(left).unwrap_or(0))
    })
}

/// When the refresh token ends if it is not used. Zero seconds are how some services say that it does not.
fn refresh_token_end(service: &Service, fields: &ExtraFields, now: Timestamp) -> Option<Timestamp> {
    let moment = fields.text("refresh_token_expires_at").and_then(|text| text.parse::<Timestamp>().ok());
    let seconds =
        LIVES.iter().find_map(|field| fields.text(field)?.parse::<u64>().ok()).filter(|&seconds| seconds > 0);
    let seconds = seconds.or(service.profile.refresh_token_seconds);
    moment
        .filter(|&moment| moment > now)
        .or_else(|| seconds.map(|seconds| seconds_after(now, seconds)))
        .filter(is_in_a_calendar)
}

/// Whether it is a day that can be written down. An end beyond all calendars is none.
fn is_in_a_calendar(end: &Timestamp) -> bool {
    *end < Timestamp::MAX
}
