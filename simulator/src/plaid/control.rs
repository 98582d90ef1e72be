//! What tests and the curious may do to items: see them, and break them. No token is ever shown.

use axum::{Json, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Plaid, state::Standing};

/// What is to break, and how.
#[derive(Deserialize)]
pub(super) struct Break {
    item: Option<String>,
    user: Option<String>,
    code: Option<String>,
}

/// Breaks the item of this id, or all of this user's.
pub(super) async fn break_(State(plaid): State<Plaid>, Json(what): Json<Break>) -> Json<Value> {
    let code = what.code.unwrap_or_else(|| "ITEM_LOGIN_REQUIRED".to_owned());
    let mut broken = 0;
    for item in &mut plaid.state().items {
        let meant = what.item.as_ref() == Some(&item.id) || what.user.as_ref() == Some(&item.user);
        if meant && item.standing != Standing::Removed {
            item.standing = Standing::Trouble(code.clone());
            broken += 1;
        }
    }
    Json(json!({ "broken": broken }))
}

/// All items, oldest first.
pub(super) async fn items(State(plaid): State<Plaid>) -> Json<Value> {
    let plaid = plaid.state();
    let items = plaid.items.iter().map(|item| {
        let state = match &item.standing {
            Standing::Good => "good",
            Standing::Trouble(code) => code,
            Standing::Removed => "removed",
        };
        json!({ "item": item.id, "user": item.user, "bank": item.bank.name, "state": state })
    });
    Json(items.collect())
}

/// From now on, every answer to servers is a page of HTML, or no longer.
pub(super) async fn order(State(plaid): State<Plaid>, Json(out_of_order): Json<bool>) {
    plaid.state().out_of_order = out_of_order;
}
