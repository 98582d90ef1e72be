//! What tests and the curious may do to items: see them, and break them. No token is ever shown.

use axum::{Json, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{shared::Plaid, state::ItemStatus};

/// What is to break, and how.
#[derive(Deserialize)]
pub(super) struct Break {
    item: Option<String>,
    user: Option<String>,
    code: Option<String>,
}

/// Breaks the item of this id, or all of this user's: they ask for another sign-in from then on.
pub(super) async fn break_items(State(plaid): State<Plaid>, Json(what): Json<Break>) -> Json<Value> {
    let code = what.code.unwrap_or_else(|| "ITEM_LOGIN_REQUIRED".to_owned());
    let mut broken = 0;
    for item in &mut plaid.state().items {
        let meant = what.item.as_ref() == Some(&item.id) || what.user.as_ref() == Some(&item.user);
        if meant && item.status != ItemStatus::Removed {
            item.status = ItemStatus::InError(code.clone());
            broken += 1;
        }
    }
    Json(json!({ "broken": broken }))
}

/// All items, oldest first.
pub(super) async fn items(State(plaid): State<Plaid>) -> Json<Value> {
    let plaid = plaid.state();
    let items = plaid.items.iter().map(|item| {
        let state = match &item.status {
            ItemStatus::Good => "good",
            ItemStatus::InError(code) => code,
            ItemStatus::Removed => "removed",
        };
        json!({ "item": item.id, "user": item.user, "bank": item.bank.name, "state": state })
    });
    Json(items.collect())
}

/// From now on, every answer to servers is a page of HTML, or no longer.
pub(super) async fn set_out_of_order(State(plaid): State<Plaid>, Json(out_of_order): Json<bool>) {
    plaid.state().out_of_order = out_of_order;
}
