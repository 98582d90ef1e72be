//! The paths of the contract, with their queries.

use railz_connect_contract::{
    AttemptId, BusinessName, BusinessUuid, ConnectionId, IntegrationUuid, ServiceName,
};
use railz_connect_flow::Config;
use railz_connect_flow::config::AfterSuccess;
use railz_connect_flow::question::Question;
use railz_connect_flow::service::ConnectionTarget;

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

#[inline(never)]
pub(super) fn address(
    config: &Config,
    service: &ServiceName,
    integration: Option<&IntegrationUuid>,
    answer: Option<&(Question, String)>,
    target: &ConnectionTarget,
) -> String {
    let (question, answer) = answer.map(|(question, answer)| (question.parameter(), answer.as_str())).unzip();
    with_query(
        "/services/url",
        &[
            ("serviceName", Some(service.as_str())),
            ("integrationUuid", integration.map(IntegrationUuid::as_str)),
            ("redirectUrl", Some(redirect(config).unwrap_or_default())),
            ("canChoose", Some("true")),
            (question.unwrap_or_default(), answer),
            match target {
                ConnectionTarget::Usual => ("connectionId", None),
                ConnectionTarget::Existing(id) => ("connectionId", Some(id.as_str())),
                ConnectionTarget::New => ("newConnection", Some("true")),
            },
        ],
    )
}

#[inline(never)]
pub(super) fn updates(connection: &ConnectionId, attempt: Option<&AttemptId>, wait_ms: u32) -> String {
    with_query(
        &["/widget/connection/updates/", &encode(connection.as_str())].concat(),
        &[("timeoutInMs", Some(&wait_ms.to_string())), ("attemptId", attempt.map(AttemptId::as_str))],
    )
}

pub(super) fn account(service: &ServiceName) -> String {
    ["/", &encode(service.as_str()), "/account"].concat()
}

/// Where a choice is posted: Sage Intacct has another place for it, since credentials are posted to the usual one.
#[inline(never)]
pub(super) fn choice(service: &ServiceName) -> String {
    let more = if service.as_str() == "sageIntacct" { "/subsidiary" } else { "" };
    [account(service).as_str(), more].concat()
}

#[inline(never)]
pub(super) fn link_token(connection: Option<&ConnectionId>) -> String {
    with_query("/plaid/createLinkToken", &[("connectionId", connection.map(ConnectionId::as_str))])
}

/// The path with its query; a field without a value is left out.
fn with_query(path: &str, fields: &[(&str, Option<&str>)]) -> String {
    let mut whole = path.to_owned();
    let mut before = "?";
    for (name, value) in fields {
        if let Some(value) = value {
            for part in [before, name, "=", &encode(value)] {
                whole.push_str(part);
            }
            before = "&";
        }
    }
    whole
}

/// The address of a path on the server; an absolute address stays as it is.
pub(super) fn absolute(base: &str, path: &str) -> String {
    if path.starts_with("https://") || path.starts_with("http://") {
        path.to_owned()
    } else if path.starts_with('/') {
        [base, path].concat()
    } else {
        [base, "/", path].concat()
    }
}

fn redirect(config: &Config) -> Option<&str> {
    match &config.after_success {
        AfterSuccess::Redirect { url } => Some(url),
        AfterSuccess::Stay | AfterSuccess::Post { .. } | AfterSuccess::Get { .. } => None,
    }
}
