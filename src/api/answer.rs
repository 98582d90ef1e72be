//! Reading what the server answered.

use railz_connect_contract::{AccountItem, BankResponse, ConnectionId, LinkToken, LinkTokenResponse};
use railz_connect_flow::{Answer, Checked, Request, RequestError};
use wasm_bindgen::JsValue;

use super::deserialize;
use crate::browser::{js_value, json};

/// Reads the body of an answer to `request`. `ok` is whether the HTTP status was a success; a refusal is judged by the
/// `statusCode` in its body, as the contract says.
///
/// # Errors
/// [`RequestError::Refused`] with the server's first message, or [`RequestError::Unreadable`] where something else than a
/// server of this contract answered.
pub fn read_answer(request: &Request, ok: bool, status: u16, body: &str) -> Result<Answer, RequestError> {
    let value = json::parse(body);
    if !ok {
        let (stated, message) = deserialize::refusal(&value).ok_or(RequestError::Unreadable)?;
        return Err(RequestError::Refused { status: if stated == 0 { status } else { stated }, message });
    }
    let answer = match request {
        Request::Session { .. } => {
            deserialize::session(&value).map(|session| Answer::Session(Box::new(session)))
        }
        Request::Address { .. } => deserialize::address(&value).map(Answer::Address),
        Request::Updates { .. } if value.is_null() => Some(Answer::News(None)),
        Request::Updates { .. } => {
            deserialize::connection(&value).map(|connection| Answer::News(Some(Box::new(connection))))
        }
        Request::Accounts { .. } => {
            deserialize::value(&value, "accounts").map(|list| Answer::Accounts(accounts(&list)))
        }
        Request::Credentials { .. } => checked(&value).map(Answer::Checked),
        Request::LinkToken { .. } => link_token(&value).map(Answer::LinkToken),
        Request::BankLinked { .. } | Request::BankMended { .. } => Some(Answer::Bank(BankResponse {
            name: deserialize::text(&value, "name"),
            connection_id: connection_id(&value),
        })),
        Request::SandboxLogin { .. } | Request::ChooseAccount { .. } => Some(Answer::Taken),
        Request::Status { .. } => js_value::is_array(&value)
            .then(|| Answer::Connections(deserialize::all(&value, deserialize::connection))),
    };
    answer.ok_or(RequestError::Unreadable)
}

fn checked(result: &JsValue) -> Option<Checked> {
    if !js_value::get(result, "success").as_bool()? {
        let said = deserialize::text(result, "message").filter(|message| !message.is_empty());
        return Some(Checked::Wrong(said));
    }
    let entities = deserialize::all(&js_value::get(result, "subsidiaries"), deserialize::account);
    Some(Checked::Right { connection_id: connection_id(result), entities })
}

fn link_token(answer: &JsValue) -> Option<LinkTokenResponse> {
    let link_token = LinkToken::new(deserialize::text(answer, "linkToken")?);
    Some(LinkTokenResponse { link_token, script_url: deserialize::text(answer, "scriptUrl") })
}

fn connection_id(of: &JsValue) -> Option<ConnectionId> {
    deserialize::text(of, "connectionId").map(ConnectionId::new)
}

/// In the service's order, or label by id, as FreshBooks has it.
fn accounts(list: &JsValue) -> Vec<AccountItem> {
    match deserialize::value(list, "items") {
        Some(items) if js_value::is_array(&items) => deserialize::all(&items, deserialize::account),
        _ => deserialize::labels(list).map(|(id, label)| AccountItem { id, label }).collect(),
    }
}
