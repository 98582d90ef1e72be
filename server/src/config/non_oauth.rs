//! The `[services.…]` tables of services without plain OAuth.

use super::plaid::plaid;
use super::reader::{ConfigError, Environment, Reader};
use super::values::{address, secret};
use crate::services::catalog::NonOAuthService;
use crate::services::intacct::settings as intacct;
use crate::services::netsuite::{AddressPattern, settings as netsuite};
use crate::services::quickbooks_desktop::settings as quickbooks_desktop;
use crate::services::settings::Settings;

/// Takes these services' tables out of `[services]`.
pub(super) fn read(
    reader: &mut Reader,
    environment: &Environment,
    problems: &mut Vec<ConfigError>,
) -> Settings {
    let mut settings = Settings::default();
    for service in NonOAuthService::ALL {
        let Some(mut table) = reader.inner("services", service.id(), problems) else { continue };
        match service {
            NonOAuthService::Netsuite => settings.netsuite = netsuite(&mut table, environment, problems),
            NonOAuthService::QuickbooksDesktop => {
                settings.quickbooks_desktop = quickbooks_desktop(&mut table, problems);
            }
            NonOAuthService::Plaid => settings.plaid = plaid(&mut table, environment, problems),
            NonOAuthService::Intacct => settings.intacct = intacct(&mut table, environment, problems),
        }
        table.finish(problems);
    }
    settings
}

fn netsuite(
    table: &mut Reader,
    environment: &Environment,
    problems: &mut Vec<ConfigError>,
) -> Option<netsuite::Settings> {
    let key = table.text("client_id", problems);
    let key = table.require("client_id", key, "the consumer key of the integration record", problems);
    let secret = secret(table, (NonOAuthService::Netsuite, "client_secret"), environment, problems);
    let mut addresses = vec![AddressPattern::netsuites_own()];
    for text in table.texts("service_addresses", problems).unwrap_or_default() {
        match text.parse() {
            Ok(pattern) => addresses.push(pattern),
            Err(refused) => {
                problems.push(ConfigError::new(table.name("service_addresses"), format!("{refused}")));
            }
        }
    }
    Some(netsuite::Settings { consumer_key: key?, consumer_secret: secret?, addresses })
}

fn intacct(
    table: &mut Reader,
    environment: &Environment,
    problems: &mut Vec<ConfigError>,
) -> Option<intacct::Settings> {
    let sender = table.text("sender_id", problems);
    let sender = table.require("sender_id", sender, "as Sage gave it to you", problems);
    let password = secret(table, (NonOAuthService::Intacct, "sender_password"), environment, problems);
    let gateway = address(table, "gateway_url", intacct::GATEWAY, problems);
    Some(intacct::Settings { sender: sender?, password: password?, gateway: gateway? })
}

fn quickbooks_desktop(
    table: &mut Reader,
    problems: &mut Vec<ConfigError>,
) -> Option<quickbooks_desktop::Settings> {
    let download = address(table, "download_url", quickbooks_desktop::DOWNLOAD, problems)?;
    Some(quickbooks_desktop::Settings { download })
}
