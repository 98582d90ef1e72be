//! Reading what the server answered.

use railz_connect_contract::{
    AccountItem, AccountList, AccountsResponse, AddressResponse, BankResponse, Connection, ConnectionId,
    ErrorBody, LinkToken, LinkTokenResponse, SessionResponse,
};
use railz_connect_flow::{Answer, Checked, JsonText, Request, RequestError};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use wasm_bindgen::JsValue;

use crate::browser::json;

/// Reads the body of an answer to `request`. `ok` is whether the HTTP status was a success; a refusal is judged by the
/// `statusCode` in its body, as the contract says.
///
/// # Errors
/// [`RequestError::Refused`] with the server's first message, or [`RequestError::Unreadable`] where something else than a
/// server of this contract answered.
pub fn read_answer(request: &Request, ok: bool, status: u16, body: &str) -> Result<Answer, RequestError> {
    if !ok {
        let refusal: ErrorBody = read(body).ok_or(RequestError::Unreadable)?;
        let message = refusal.error.message.first().to_owned();
        let status = if refusal.error.status_code == 0 { status } else { refusal.error.status_code };
        return Err(RequestError::Refused { status, message });
    }
    let answer = match request {
        Request::Session { .. } => read::<SessionResponse<HostJson>>(body).map(|session| {
            Answer::Session(Box::new(SessionResponse {
                access_token: session.access_token,
                business_name: session.business_name,
                business_uuid: session.business_uuid,
                metadata: session.metadata.map(|HostJson(text)| text),
                customer_name: session.customer_name,
                email: session.email,
                billing_plan: session.billing_plan,
                sandbox: session.sandbox,
                sites: session.sites,
                connections: session.connections,
                integrations: session.integrations,
                features: session.features,
            }))
        }),
        Request::Address { .. } => read::<AddressResponse>(body).map(Answer::Address),
        Request::Updates { .. } => {
            read::<Option<Connection>>(body).map(|connection| Answer::News(connection.map(Box::new)))
        }
        Request::Accounts { .. } => read::<AccountsResponse>(body).map(|response| {
            Answer::Accounts(match response.accounts {
                AccountList::Items { items } => items,
                AccountList::ById(labels) => {
                    labels.into_iter().map(|(id, label)| AccountItem { id, label }).collect()
                }
            })
        }),
        Request::Credentials { .. } => checked(&json::parse(body)).map(Answer::Checked),
        Request::LinkToken { .. } => link_token(&json::parse(body)).map(Answer::LinkToken),
        Request::BankLinked { .. } | Request::BankMended { .. } => {
            let bank = json::parse(body);
            Some(Answer::Bank(BankResponse {
                name: text(&bank, "name"),
                connection_id: connection_id(&bank),
            }))
        }
        Request::SandboxLogin { .. } | Request::ChooseAccount { .. } => Some(Answer::Taken),
        Request::Status { .. } => read::<Vec<Connection>>(body).map(Answer::Connections),
    };
    answer.ok_or(RequestError::Unreadable)
}

fn checked(result: &JsValue) -> Option<Checked> {
    if !json::get(result, "success").as_bool()? {
        return Some(Checked::Wrong(text(result, "message")));
    }
    let entity =
        |entity: JsValue| Some(AccountItem { id: text(&entity, "id")?, label: text(&entity, "label")? });
    let entities = json::items(&json::get(result, "subsidiaries")).filter_map(entity).collect();
    Some(Checked::Right { connection_id: connection_id(result), entities })
}

fn link_token(answer: &JsValue) -> Option<LinkTokenResponse> {
    let link_token = LinkToken::new(text(answer, "linkToken")?);
    Some(LinkTokenResponse { link_token, script_url: text(answer, "scriptUrl") })
}

fn connection_id(of: &JsValue) -> Option<ConnectionId> {
    text(of, "connectionId").map(ConnectionId::new)
}

fn text(of: &JsValue, name: &str) -> Option<String> {
    json::get(of, name).as_string().filter(|text| !text.is_empty())
}

/// An unparsable or empty body reads as `null`, as the contract has it.
fn read<T: DeserializeOwned>(body: &str) -> Option<T> {
    serde_wasm_bindgen::from_value(json::parse(body)).ok()
}

/// The host's own JSON in an answer: kept as text, never looked into.
struct HostJson(JsonText);

impl<'de> Deserialize<'de> for HostJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value: JsValue = serde_wasm_bindgen::preserve::deserialize(deserializer)?;
        let text = json::stringify(&value).ok_or_else(|| serde::de::Error::custom("not JSON"))?;
        Ok(Self(JsonText(text)))
    }
}
