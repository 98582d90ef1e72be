//! The `[services.…]` tables: what the operator wrote over what is built in.

use railz_connect_contract::{ServiceKind, ServiceName};
use url::Url;

use super::profile;
use super::reader::Environment;
use super::reader::{ConfigError, Reader};
use super::values::address_template as address;
use crate::services::oauth::builtin::{self, Builtin};
use crate::services::oauth::service::{
    Addresses, CallbackAddress, Client, ClientAuthentication, Issuer, Service,
};
use crate::services::settings::OauthServices;

pub(super) fn read(
    reader: &mut Reader,
    environment: &Environment,
    problems: &mut Vec<ConfigError>,
) -> OauthServices {
    let own_callbacks = reader.yes_or_no("own_callbacks", problems).unwrap_or_default();
    let Some(mut tables) = reader.table("services", problems) else { return OauthServices::default() };
    let mut services = Vec::new();
    for id in order(tables.keys()) {
        let Some(mut table) = tables.table(&id, problems) else { continue };
        let good = !id.is_empty() && id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !good || ServiceName::new(&id).is_sandbox() {
            let message = "a service's id has 1 to 64 letters and digits, and is not railzSandbox";
            problems.push(ConfigError::new(tables.name(&id), message));
            continue;
        }
        let variable = format!("CONNECT_SERVICES_{}_CLIENT_SECRET", id.to_uppercase());
        if let Some(secret) = environment.get(&variable) {
            table.put("client_secret", secret);
        }
        let own_callback = table.yes_or_no("own_callback", problems).unwrap_or(own_callbacks);
        services.extend(service(&id, &mut table, problems).map(|service| Service {
            callback: if own_callback { CallbackAddress::Own } else { CallbackAddress::Shared },
            ..service
        }));
        table.finish(problems);
    }
    OauthServices::new(services)
}

/// Built-in services in the order of their table, then the others by name.
fn order(mut ids: Vec<String>) -> Vec<String> {
    ids.sort_by_key(|id| {
        let position = builtin::all().position(|known| known.service.id == id).unwrap_or(usize::MAX);
        (position, id.clone())
    });
    ids
}

fn service(id: &str, table: &mut Reader, problems: &mut Vec<ConfigError>) -> Option<Service> {
    let known = builtin::get(id);
    let client_id = table.text("client_id", problems);
    let client_id = table.require("client_id", client_id, "as the service gave it to you", problems);
    let secret = table.text("client_secret", problems);
    let hint = format!("here or in CONNECT_SERVICES_{}_CLIENT_SECRET", id.to_uppercase());
    let secret = table.require("client_secret", secret, &hint, problems);
    let name = table.text("name", problems).or_else(|| known.map(|known| known.service.name.to_owned()));
    let name = table.require("name", name, "as people know the service", problems);
    let kind = kind(table, known, problems);
    let profile = profile::read(table, known, problems);
    let logo_url = address(table, "logo_url", None, problems);
    // At addresses of the operator's own nobody knows who answers.
    let moved = ["authorize_url", "token_url"].into_iter().any(|key| table.peek(key).is_some());
    let built_in_issuer = known.and_then(|known| known.issuer).filter(|_| !moved);
    let authorize = address(table, "authorize_url", known.map(|known| known.authorize), problems);
    let authorize = table.require("authorize_url", authorize, "where the browser is sent", problems);
    let moved = table.peek("token_url").is_some();
    let token = address(table, "token_url", known.map(|known| known.token), problems);
    let token = table.require("token_url", token, "where the code is exchanged", problems);
    // A token goes back to where it came from, so a built-in address is none where the token's is the operator's own.
    let revoke = known.and_then(|known| known.revoke).filter(|_| !moved);
    let revoke = address(table, "revoke_url", revoke, problems);
    let scopes = table.texts("scopes", problems).unwrap_or_else(|| {
        known.map_or(&[][..], |known| known.scopes).iter().map(ToString::to_string).collect()
    });
    let separator = table
        .text_as_is("scope_separator", problems)
        .unwrap_or_else(|| known.map_or(" ", |known| known.scope_separator).to_owned());
    let issuer = issuer(table, built_in_issuer, problems);
    let authentication = authentication(table, known, problems);
    let parameters = parameters(table, known, problems);
    Some(Service {
        id: ServiceName::new(id),
        name: name?,
        kind,
        logo_url: logo_url.and_then(|logo| Url::parse(logo.as_str()).ok()),
        client: Client { id: client_id?, secret: secret?.into(), authentication },
        addresses: Addresses { authorize: authorize?, token: token?, revoke },
        scopes,
        scope_separator: separator,
        authorize_parameters: parameters,
        issuer,
        callback: CallbackAddress::default(),
        profile,
    })
}

fn kind(table: &mut Reader, known: Option<&Builtin>, problems: &mut Vec<ConfigError>) -> ServiceKind {
    match table.text("kind", problems).as_deref() {
        None => known.map_or(ServiceKind::Accounting, |known| known.service.kind),
        Some("accounting") => ServiceKind::Accounting,
        Some("banking") => ServiceKind::Banking,
        Some("commerce") => ServiceKind::Commerce,
        Some(other) => {
            let message = format!("must be \"accounting\", \"banking\" or \"commerce\", not {other:?}");
            problems.push(ConfigError::new(table.name("kind"), message));
            ServiceKind::Accounting
        }
    }
}

fn authentication(
    table: &mut Reader,
    known: Option<&Builtin>,
    problems: &mut Vec<ConfigError>,
) -> ClientAuthentication {
    match table.text("client_authentication", problems).as_deref() {
        None => known.map_or(ClientAuthentication::Basic, |known| known.authentication),
        Some("basic") => ClientAuthentication::Basic,
        Some("post") => ClientAuthentication::Post,
        Some(other) => {
            let message = format!("must be \"basic\" or \"post\", not {other:?}");
            problems.push(ConfigError::new(table.name("client_authentication"), message));
            ClientAuthentication::Basic
        }
    }
}

fn issuer(table: &mut Reader, built_in: Option<&str>, problems: &mut Vec<ConfigError>) -> Issuer {
    let issuer = table.text("issuer", problems).or_else(|| built_in.map(str::to_owned));
    let required = table.yes_or_no("require_iss", problems).unwrap_or(false);
    match (issuer, required) {
        (Some(issuer), true) => Issuer::Required(issuer),
        (Some(issuer), false) => Issuer::IfSent(issuer),
        (None, true) => {
            problems.push(ConfigError::new(table.name("require_iss"), "needs issuer, to compare iss with"));
            Issuer::Unknown
        }
        (None, false) => Issuer::Unknown,
    }
}

/// What the server itself puts into every authorisation address (RFC 6749 section 3.1 forbids to send one twice).
const OURS: [&str; 7] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
];

fn is_the_operators(key: &str, table: &Reader, problems: &mut Vec<ConfigError>) -> bool {
    let ours = OURS.contains(&key);
    if ours {
        problems.push(ConfigError::new(table.name(key), "is sent by the server itself; leave the line out"));
    }
    !ours
}

fn parameters(
    table: &mut Reader,
    known: Option<&Builtin>,
    problems: &mut Vec<ConfigError>,
) -> Vec<(String, String)> {
    match table.table("authorize_parameters", problems) {
        Some(mut given) => given
            .keys()
            .into_iter()
            .filter(|key| is_the_operators(key, &given, problems))
            .collect::<Vec<_>>()
            .into_iter()
            .filter_map(|key| given.text(&key, problems).map(|value| (key, value)))
            .collect(),
        None => known
            .map_or(&[][..], |known| known.parameters)
            .iter()
            .map(|&(key, value)| (key.to_owned(), value.to_owned()))
            .collect(),
    }
}
