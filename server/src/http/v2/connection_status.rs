//! The words for what a connection is: lists are asked for by them (`connections.rs`), and the description of the API names
//! them (`openapi/schemas.rs`).

use railz_connect_contract::ConnectionState;

/// What a connection can be, by its word. `invalid` belongs to a sign-in and never to a connection of ours.
pub(super) const STATUSES: [(&str, ConnectionState); 5] = [
    ("active", ConnectionState::Active),
    ("pending", ConnectionState::Pending),
    ("expired", ConnectionState::Expired),
    ("disconnected", ConnectionState::Disconnected),
    ("invalid", ConnectionState::Invalid),
];
