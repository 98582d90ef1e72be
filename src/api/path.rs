//! The paths of the contract, with their queries.

use railz_connect_contract::{
    AttemptId, BusinessName, BusinessUuid, ConnectionId, IntegrationUuid, ServiceName,
};
use railz_connect_flow::Config;
use railz_connect_flow::config::AfterSuccess;
use railz_connect_flow::question::Question;

use crate::browser::url::encode;

pub(super) fn session(config: &Config, name: Option<&BusinessName>, uuid: Option<&BusinessUuid>) -> String {
    let widget = encode(config.widget_id.as_str());
    let uuid = encode(uuid.map_or("", BusinessUuid::as_str));
    let name = encode(name.map_or("", BusinessName::as_str));
    let redirect = redirect(config).map(|url| format!("&redirectUrl={}", encode(url))).unwrap_or_default();
    format!(
        "/widget/session/{widget}?businessUuid={uuid}&businessName={name}{redirect}&include=connections,integrations"
    )
}

pub(super) fn address(
    config: &Config,
    service: &ServiceName,
    integration: Option<&IntegrationUuid>,
    answer: Option<&(Question, String)>,
) -> String {
    let service = encode(service.as_str());
    let integration =
        integration.map(|uuid| format!("&integrationUuid={}", encode(uuid.as_str()))).unwrap_or_default();
    let redirect = encode(redirect(config).unwrap_or_default());
    let answer = answer
        .map(|(question, answer)| format!("&{}={}", question.parameter(), encode(answer)))
        .unwrap_or_default();
    format!("/services/url?serviceName={service}{integration}&redirectUrl={redirect}{answer}")
}

pub(super) fn updates(connection: &ConnectionId, attempt: Option<&AttemptId>, wait_ms: u32) -> String {
    let connection = encode(connection.as_str());
    let attempt = attempt.map(|id| format!("&attemptId={}", encode(id.as_str()))).unwrap_or_default();
    format!("/widget/connection/updates/{connection}?timeoutInMs={wait_ms}{attempt}")
}

pub(super) fn account(service: &ServiceName) -> String {
    format!("/{}/account", encode(service.as_str()))
}

/// Where a choice is posted: Sage Intacct has another place for it, since credentials are posted to the usual one.
pub(super) fn choice(service: &ServiceName) -> String {
    let more = if service.as_str() == "sageIntacct" { "/subsidiary" } else { "" };
    format!("{}{more}", account(service))
}

pub(super) fn link_token(connection: Option<&ConnectionId>) -> String {
    let connection =
        connection.map(|id| format!("?connectionId={}", encode(id.as_str()))).unwrap_or_default();
    format!("/plaid/createLinkToken{connection}")
}

/// The address of a path on the server; an absolute address stays as it is.
pub(super) fn absolute(base: &str, path: &str) -> String {
    if path.starts_with("https://") || path.starts_with("http://") {
        path.to_owned()
    } else if path.starts_with('/') {
        format!("{base}{path}")
    } else {
        format!("{base}/{path}")
    }
}

fn redirect(config: &Config) -> Option<&str> {
    match &config.after_success {
        AfterSuccess::Redirect { url } => Some(url),
        AfterSuccess::Stay | AfterSuccess::Post { .. } | AfterSuccess::Get { .. } => None,
    }
}
