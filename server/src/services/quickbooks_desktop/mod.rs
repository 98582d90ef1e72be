//! QuickBooks Desktop: a connector file and a password for QuickBooks Web Connector, which then calls us.
//!
//! `connector_file.rs` makes both, `web_connector.rs` is one round of the connector's calls: authenticate, one request, its
//! response, close. `connector_data.rs` is what is kept between them.

mod connector_data;
mod connector_file;
mod web_connector;

use url::Url;

pub use connector_file::{ConnectorFileError, offer_connector};
pub use web_connector::{Reply, call};

/// Where people get QuickBooks Web Connector.
pub const DOWNLOAD: &str = "https://developer.intuit.com/app/developer/qbdesktop/docs/get-started/get-started-with-quickbooks-web-connector";

/// What the operator configured.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where people get the connector.
    pub download: Url,
}
