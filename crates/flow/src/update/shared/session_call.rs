//! The session call: the first, and each that goes on from a session before.

use railz_connect_contract::AccessToken;

use super::turn::Turn;
use crate::config::Config;
use crate::effect::Request;
use crate::session::Session;
use crate::state::TokenUse;
use crate::ticket::Ticket;

/// Asks with the token of the back end, or where the page opens its sessions itself, with none.
pub(in crate::update) fn send(turn: &mut Turn<'_>, session: Option<&Session>) -> Ticket {
    if turn.config.is_minted() {
        turn.send(request(turn.config, session, None))
    } else {
        let request = request(turn.config, session, turn.bearer.previous());
        turn.send_with(None, TokenUse::Last, request)
    }
}

/// Of the business that the host names, or that was told of before.
pub(in crate::update) fn request(
    config: &Config,
    session: Option<&Session>,
    previous: Option<AccessToken>,
) -> Request {
    let (business_name, business_uuid) = match session {
        None => (config.business_name.clone(), config.business_uuid.clone()),
        Some(session) => (Some(session.business_name.clone()), Some(session.business_uuid.clone())),
    };
    Request::Session { business_name, business_uuid, previous }
}
