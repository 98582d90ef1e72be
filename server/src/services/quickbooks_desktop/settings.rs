//! What the operator configures of QuickBooks Desktop. Knows nobody, so that `config/` can fill it.

use url::Url;

/// Where people get QuickBooks Web Connector.
pub const DOWNLOAD: &str = "https://developer.intuit.com/app/developer/qbdesktop/docs/get-started/get-started-with-quickbooks-web-connector";

/// What people are shown beside the connector file.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where people get the connector.
    pub download: Url,
}
