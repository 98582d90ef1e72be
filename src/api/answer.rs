//! Reading what the server answered.

use railz_connect_contract::{AccountItem, BankResponse, ConnectionId, LinkToken, LinkTokenResponse};
use railz_connect_flow::{Answer, Checked, Request, RequestError};
use wasm_bindgen::JsValue;

use super::reading;
use crate::browser::json;

/// Reads the body of an answer to `request`. `ok` is whether the HTTP status was a success; a refusal is judged by the
/// `statusCode` in its body, as the contract says.
///
/// # Errors
/// [`RequestError::Refused`] with the server's first message, or [`RequestError::Unreadable`] where something else than a
/// server of this contract answered.
pub fn read_answer(request: &Request, ok: bool, status: u16, body: &str) -> Result<Answer, RequestError> {
    let value = json::parse(body);
    if !ok {
        let (stated, message) = reading::refusal(&value).ok_or(RequestError::Unreadable)?;
        return Err(RequestError::Refused { status: if stated == 0 { status } else { stated }, message });
    }
    let answer = match request {
        Request::Session { .. } => reading::session(&value).map(|session| Answer::Session(Box::new(session))),
        Request::Address { .. } => reading::address(&value).map(Answer::Address),
        Request::Updates { .. } if value.is_null() => Some(Answer::News(None)),
        Request::Updates { .. } => {
            reading::connection(&value).map(|connection| Answer::News(Some(Box::new(connection))))
        }
        Request::Accounts { .. } => {
            reading::value(&value, "accounts").map(|list| Answer::Accounts(accounts(&list)))
        }
        Request::Credentials { .. } => checked(&value).map(Answer::Checked),
        Request::LinkToken { .. } => link_token(&value).map(Answer::LinkToken),
        Request::BankLinked { .. } | Request::BankMended { .. } => Some(Answer::Bank(BankResponse {
            name: reading::text(&value, "name"),
            connection_id: connection_id(&value),
        })),
        Request::SandboxLogin { .. } | Request::ChooseAccount { .. } => Some(Answer::Taken),
        Request::Status { .. } => {
            json::is_array(&value).then(|| Answer::Connections(reading::all(&value, reading::connection)))
        }
    };
    answer.ok_or(RequestError::Unreadable)
}

fn checked(result: &JsValue) -> Option<Checked> {
    if !json::get(result, "success").as_bool()? {
        let said = reading::text(result, "message").filter(|message| !message.is_empty());
        return Some(Checked::Wrong(said));
    }
    let entities = reading::all(&json::get(result, "subsidiaries"), reading::account);
    Some(Checked::Right { connection_id: connection_id(result), entities })
}

fn link_token(answer: &JsValue) -> Option<LinkTokenResponse> {
    let link_token = LinkToken::new(reading::text(answer, "linkToken")?);
    Some(LinkTokenResponse { link_token, script_url: reading::text(answer, "scriptUrl") })
}

fn connection_id(of: &JsValue) -> Option<ConnectionId> {
    reading::text(of, "connectionId").map(ConnectionId::new)
}

/// In the service's order, or label by id, as FreshBooks has it.
fn accounts(list: &JsValue) -> Vec<AccountItem> {
    match reading::value(list, "items") {
        Some(items) if json::is_array(&items) => reading::all(&items, reading::account),
        _ => reading::labels(list).map(|(id, label)| AccountItem { id, label }).collect(),
    }
}
