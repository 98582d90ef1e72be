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
    Plaid,
    answer::Refused,
    banks::{BANKS, Bank},
    state::Purpose,
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
pub(super) struct Shown {
    token: String,
}

/// What the dialog is to show.
pub(super) async fn shown(State(plaid): State<Plaid>, Query(Shown { token }): Query<Shown>) -> Response {
    let state = plaid.state();
    let answer = state.link(&plaid.world, &token).map(|link| match &link.purpose {
        Purpose::New => {
            let banks: Vec<_> = (1..).zip(&BANKS).map(|(number, bank)| json!([number, bank.name])).collect();
            json!({ "asks": link.client_name, "mode": "new", "banks": banks })
        }
        Purpose::Mend(_) => json!({ "asks": link.client_name, "mode": "update", "banks": [] }),
    });
    (OPEN, answer.map(Json)).into_response()
}

#[derive(Deserialize)]
pub(super) struct Choice {
    token: String,
    choice: String,
}

/// The person chose a bank by its number, or to mend the one there is.
pub(super) async fn chosen(State(plaid): State<Plaid>, Form(choice): Form<Choice>) -> Response {
    (OPEN, ended(&plaid, &choice).map(Json)).into_response()
}

fn ended(plaid: &Plaid, Choice { token, choice }: &Choice) -> Result<Value, Refused> {
    let mut state = plaid.state();
    let link = state.link(&plaid.world, token)?;
    let (user, purpose) = (link.user.clone(), link.purpose.clone());
    let (token, bank, user) = match (purpose, choice.as_str()) {
        (Purpose::Mend(item), "mend") => {
            let (token, item) = state.mend(&plaid.world, &item)?;
            (token, item.bank, item.user)
        }
        (Purpose::New, number) => {
            let bank = Bank::numbered(number).ok_or(Refused::Institution)?;
            (state.link_bank(&plaid.world, &user, bank)?, bank, user)
        }
        (Purpose::Mend(_), _) => return Err(Refused::Institution),
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
