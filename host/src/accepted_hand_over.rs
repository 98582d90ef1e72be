//! A hand-over that was believed: what `hand_over.rs` makes of the fields, kept with the visitor for the page that shows it.

use crate::connections::ClaimedConnection;

/// What is believed.
#[derive(Clone, Debug)]
pub struct AcceptedHandOver {
    /// How the browser brought it.
    pub method: &'static str,
    /// For whom things were connected, by the server's word.
    pub business_name: String,
    /// The same by its id.
    pub business_uuid: String,
    /// What is connected; what was signed in to in this visit first.
    pub connections: Vec<ClaimedConnection>,
}
