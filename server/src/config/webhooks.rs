//! The `[webhooks]` table.

use super::reader::{ConfigError, Reader};
use crate::services::http_client::Reach;

/// Where webhooks may lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebhookSettings {
    /// The public internet by https, or with `allow_private = true` every http and https address: for demo and tests, since
    /// whoever may register webhooks can then reach what only this server reaches.
    pub reach: Reach,
}

pub(super) fn read(reader: &mut Reader, problems: &mut Vec<ConfigError>) -> WebhookSettings {
    let mut table = reader.table("webhooks", problems).unwrap_or_else(|| Reader::empty("webhooks"));
    let allow_private = table.yes_or_no("allow_private", problems).unwrap_or(false);
    table.finish(problems);
    WebhookSettings { reach: if allow_private { Reach::Configured } else { Reach::Public } }
}
