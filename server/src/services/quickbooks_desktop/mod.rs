//! QuickBooks Desktop: a connector file and a password for QuickBooks Web Connector, which then calls us.
//!
//! `connector_file.rs` makes both, `web_connector.rs` is one round of the connector's calls: authenticate, one request, its
//! response, close. `connector_data.rs` is what is kept between them.

mod connector_data;
mod connector_file;
pub mod settings;
mod web_connector;

pub use connector_file::{ConnectorFileError, offer_connector};
pub use web_connector::{Reply, call};
