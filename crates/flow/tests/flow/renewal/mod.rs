//! A session that ran out is renewed wherever the person stands, once a request, and nobody starts over.

mod by_the_host;
mod everywhere;
mod in_vain;
mod of_the_page;
mod success_page;

use crate::support::{TestWidget, fixtures};
use railz_connect_contract::AccessToken;
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::Response;
use railz_connect_flow::host_event::{ErrorCode, EventName, HostEvent};

fn refusal_of_the_attempt(widget: &mut TestWidget) -> (EventName, ErrorCode) {
    match &widget.host_events()[..] {
        [HostEvent::Error { event, error, .. }] => (*event, error.code),
        other => panic!("{other:?}"),
    }
}

fn session_call(previous: Option<&str>) -> Request {
    let of = fixtures::parties();
    Request::Session {
        business_name: of.business_name,
        business_uuid: of.business_uuid,
        previous: previous.map(AccessToken::new),
    }
}

fn renewed() -> Response {
    Response::Session(Box::new(fixtures::renewed_session()))
}
