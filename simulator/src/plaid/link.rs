//! What the page asks: the script, what its dialog shows, and the public token in which it ends. Any page may ask, as at
//! Plaid; who has no link token learns nothing.

use axum::{
    Form, Json,
    extract::{Query, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    banks::{BANKS, Bank},
    error::PlaidError,
    shared::Plaid,
    state::LinkMode,
};

/// The script, with a place for the provider's address.
const SCRIPT: &str = include_str!("link-initialize.js");
const ADDRESS: &str = "http://practice.invalid/plaid";

/// Lets any page read the answer, also one that isolates itself.
const OPEN: [(HeaderName, HeaderValue); 3] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
];

/// The script. It speaks to the address it was asked at, so that it works from a copy too.
pub(super) async fn script(headers: HeaderMap) -> Response {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    let host = if host.bytes().all(plain) { host } else { "127.0.0.1" };
    let script = SCRIPT.replace(ADDRESS, &format!("http://{host}/plaid"));
    (OPEN, [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], script).into_response()
}

#[derive(Deserialize)]
pub(super) struct LinkQuery {
    token: String,
}

/// What the dialog is to show.
pub(super) async fn show(
    State(plaid): State<Plaid>,
    Query(LinkQuery { token }): Query<LinkQuery>,
) -> Response {
    let state = plaid.state();
    let answer = state.find_link(&plaid.clock, &token).map(|link| match &link.mode {
        LinkMode::New => {
            let banks: Vec<_> = (1..).zip(&BANKS).map(|(number, bank)| json!([number, bank.name])).collect();
            json!({ "asks": link.client_name, "mode": "new", "banks": banks })
        }
        LinkMode::Update(_) => json!({ "asks": link.client_name, "mode": "update", "banks": [] }),
    });
    (OPEN, answer.map(Json)).into_response()
}

#[derive(Deserialize)]
pub(super) struct Choice {
    token: String,
    choice: String,
}

/// The person chose a bank by its number, or to mend the one there is.
pub(super) async fn choose(State(plaid): State<Plaid>, Form(choice): Form<Choice>) -> Response {
    (OPEN, finish_link(&plaid, &choice).map(Json)).into_response()
}

fn finish_link(plaid: &Plaid, Choice { token, choice }: &Choice) -> Result<Value, PlaidError> {
    let mut state = plaid.state();
    let link = state.find_link(&plaid.clock, token)?;
    let (user, mode) = (link.user.clone(), link.mode.clone());
    let (token, bank, user) = match (mode, choice.as_str()) {
        (LinkMode::Update(item), "mend") => {
            let (token, item) = state.update_item(&plaid.clock, &item)?;
            (token, item.bank, item.user)
        }
        (LinkMode::New, number) => {
            let bank = Bank::numbered(number).ok_or(PlaidError::Institution)?;
            (state.create_item(&plaid.clock, &user, bank)?, bank, user)
        }
        (LinkMode::Update(_), _) => return Err(PlaidError::Institution),
    };
    let institution = json!({ "institution_id": bank.id, "name": bank.name });
    let account = |account: &Value| {
        json!({
            "id": account["account_id"], "name": account["name"], "mask": account["mask"],
            "type": account["type"], "subtype": account["subtype"],
        })
    };
    let accounts: Vec<_> = bank.accounts(&user).iter().map(account).collect();
    Ok(json!({ "public_token": token, "institution": institution, "accounts": accounts }))
}
