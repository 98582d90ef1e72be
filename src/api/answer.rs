//! Reading what the server answered.

use railz_connect_contract::{
    AccountItem, BankResponse, ConnectionId, ConnectionToken, LinkToken, LinkTokenResponse,
};
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{CredentialCheck, RequestError, Response};
use wasm_bindgen::JsValue;

use super::deserialize;
use crate::browser::{js_value, json};

/// Reads the body of an answer to `request`. `ok` is whether the HTTP status was a success; a refusal is judged by the
/// `statusCode` in its body, as the contract says.
///
/// # Errors
/// [`RequestError::Refused`] with the server's first message, or [`RequestError::Unreadable`] where something else than a
/// server of this contract answered.
pub fn read_answer(request: &Request, ok: bool, status: u16, body: &str) -> Result<Response, RequestError> {
    let value = json::parse(body);
    if !ok {
        let (stated, message) = deserialize::refusal(&value).ok_or(RequestError::Unreadable)?;
        return Err(RequestError::Refused { status: if stated == 0 { status } else { stated }, message });
    }
    let answer = match request {
        Request::Session { .. } => {
            deserialize::session(&value).map(|session| Response::Session(Box::new(session)))
        }
        Request::Address { .. } => deserialize::address(&value).map(Response::Address),
        Request::Updates { .. } if value.is_null() => Some(Response::Update(None)),
        Request::Updates { .. } => {
            deserialize::connection(&value).map(|connection| Response::Update(Some(Box::new(connection))))
        }
        Request::Accounts { .. } => {
            deserialize::value(&value, "accounts").map(|list| Response::Accounts(accounts(&list)))
        }
        Request::Credentials { .. } => checked(&value).map(Response::Credentials),
        Request::LinkToken { .. } => link_token(&value).map(Response::LinkToken),
        Request::SetAccessToken { .. } | Request::UpdateConnection { .. } => {
            Some(Response::Bank(BankResponse {
                name: deserialize::text(&value, "name"),
                connection_id: connection_id(&value),
            }))
        }
        Request::SandboxLogin { .. } | Request::ChooseAccount { .. } => Some(Response::Empty),
        Request::ConnectionToken => {
            let token = deserialize::text(&value, "connectionToken").map(ConnectionToken::new);
            Some(Response::ConnectionToken(token))
        }
        Request::Status => js_value::is_array(&value)
            .then(|| Response::Connections(deserialize::all(&value, deserialize::connection))),
    };
    answer.ok_or(RequestError::Unreadable)
}

#[inline(never)]
fn checked(result: &JsValue) -> Option<CredentialCheck> {
    if !js_value::get(result, "success").as_bool()? {
        let said = deserialize::text(result, "message").filter(|message| !message.is_empty());
        return Some(CredentialCheck::Rejected(said));
    }
    let entities = deserialize::all(&js_value::get(result, "subsidiaries"), deserialize::account);
    Some(CredentialCheck::Accepted { connection_id: connection_id(result), entities })
}

#[inline(never)]
fn link_token(answer: &JsValue) -> Option<LinkTokenResponse> {
    let link_token = LinkToken::new(deserialize::text(answer, "linkToken")?);
    Some(LinkTokenResponse { link_token, script_url: deserialize::text(answer, "scriptUrl") })
}

fn connection_id(of: &JsValue) -> Option<ConnectionId> {
    deserialize::text(of, "connectionId").map(ConnectionId::new)
}

/// In the service's order, or label by id, as FreshBooks has it.
#[inline(never)]
fn accounts(list: &JsValue) -> Vec<AccountItem> {
    match deserialize::value(list, "items") {
        Some(items) if js_value::is_array(&items) => deserialize::all(&items, deserialize::account),
        _ => deserialize::labels(list).map(|(id, label)| AccountItem { id, label }).collect(),
    }
}
