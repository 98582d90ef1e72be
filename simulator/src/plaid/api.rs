//! What a server asks Plaid, with client id and secret: link tokens, the exchange, items, banks and accounts.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{
    banks::BANKS,
    error::PlaidError,
    shared::Plaid,
    state::{Item, ItemStatus, LinkMode},
};

/// The client id and secret that the practice Plaid knows.
const CLIENT: (&str, &str) = ("practice", "practice-secret");
/// The products that may be asked for.
const PRODUCTS: [&str; 6] = ["transactions", "auth", "identity", "assets", "balance", "statements"];
/// The longest name of who asks, in characters.
const LONGEST_NAME: usize = 30;

type CallResult = Result<Value, PlaidError>;

/// All calls that need client id and secret.
pub(super) async fn call(
    State(plaid): State<Plaid>,
    Path(path): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Response {
    if plaid.state().out_of_order {
        return (StatusCode::BAD_GATEWAY, Html("<h1>Down for maintenance</h1>")).into_response();
    }
    let Ok(body) = serde_json::from_str::<Value>(&body) else {
        return PlaidError::Field("the body must be JSON").into_response();
    };
    if !is_known(&headers, &body) {
        return PlaidError::Keys.into_response();
    }
    let answer = match path.as_str() {
        "link/token/create" => create(&plaid, &body),
        "item/public_token/exchange" => exchange(&plaid, &body),
        "item/get" => item(&plaid, &body),
        "item/remove" => remove(&plaid, &body),
        "institutions/get_by_id" => institution(&body),
        "accounts/get" => accounts(&plaid, &body),
        _ => return (StatusCode::NOT_FOUND, Json(json!({ "error_code": "NOT_FOUND" }))).into_response(),
    };
    answer.map(Json).into_response()
}

/// By header or by body, as Plaid allows it.
fn is_known(headers: &HeaderMap, body: &Value) -> bool {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let given = |name: &str, field: &str| header(name).or_else(|| body[field].as_str()).map(str::to_owned);
    given("plaid-client-id", "client_id").as_deref() == Some(CLIENT.0)
        && given("plaid-secret", "secret").as_deref() == Some(CLIENT.1)
}

fn text<'a>(body: &'a Value, field: &'static str) -> Result<&'a str, PlaidError> {
    body[field].as_str().filter(|text| !text.is_empty()).ok_or(PlaidError::Field(field))
}

fn create(plaid: &Plaid, body: &Value) -> CallResult {
    let name = text(body, "client_name")?.to_owned();
    let user = text(&body["user"], "client_user_id")?.to_owned();
    text(body, "language")?;
    if name.chars().count() > LONGEST_NAME {
        return Err(PlaidError::Field("client_name is too long"));
    }
    let is_country = |code: &Value| code.as_str().is_some_and(|code| code.len() == 2);
    let countries = body["country_codes"].as_array().filter(|codes| !codes.is_empty());
    if !countries.is_some_and(|codes| codes.iter().all(is_country)) {
        return Err(PlaidError::Field("country_codes"));
    }
    if body["redirect_uri"].as_str().is_some_and(|address| address.contains("unregistered")) {
        return Err(PlaidError::Field("redirect_uri is not among the allowed redirect addresses"));
    }
    let products = body["products"].as_array();
    let mode = match (body["access_token"].as_str(), products) {
        (Some(_), Some(_)) => return Err(PlaidError::Field("products do not go with access_token")),
        (Some(access), None) => LinkMode::Update(plaid.state().find_item(access)?.id.clone()),
        (None, Some(products)) if !products.is_empty() => {
            let known = |product: &&Value| !product.as_str().is_some_and(|name| PRODUCTS.contains(&name));
            if let Some(unknown) = products.iter().find(known) {
                return Err(PlaidError::Product(unknown.to_string()));
            }
            LinkMode::New
        }
        (None, _) => return Err(PlaidError::Field("products")),
    };
    let token = plaid.state().create_link(&plaid.clock, user, name, mode)?;
    Ok(json!({ "link_token": token, "request_id": "practice-request" }))
}

fn exchange(plaid: &Plaid, body: &Value) -> CallResult {
    let mut state = plaid.state();
    let item = state.exchange_public_token(&plaid.clock, text(body, "public_token")?)?;
    Ok(json!({ "access_token": item.access, "item_id": item.id, "request_id": "practice-request" }))
}

fn to_json(item: &Item) -> Value {
    let error = match &item.status {
        ItemStatus::InError(code) => PlaidError::Item(code.clone()).to_json(),
        ItemStatus::Good | ItemStatus::Removed => Value::Null,
    };
    json!({
        "item_id": item.id,
        "institution_id": item.bank.id,
        "institution_name": item.bank.name,
        "webhook": null,
        "error": error,
        "available_products": [],
        "billed_products": ["transactions"],
        "consent_expiration_time": null,
        "update_type": "background",
    })
}

fn item(plaid: &Plaid, body: &Value) -> CallResult {
    let mut state = plaid.state();
    let item = state.find_item(text(body, "access_token")?)?;
    Ok(json!({ "item": to_json(item), "status": null, "request_id": "practice-request" }))
}

fn remove(plaid: &Plaid, body: &Value) -> CallResult {
    plaid.state().find_item(text(body, "access_token")?)?.status = ItemStatus::Removed;
    Ok(json!({ "request_id": "practice-request" }))
}

fn accounts(plaid: &Plaid, body: &Value) -> CallResult {
    let mut state = plaid.state();
    let item = state.find_item(text(body, "access_token")?)?;
    if let ItemStatus::InError(code) = &item.status {
        return Err(PlaidError::Item(code.clone()));
    }
    let accounts = item.bank.accounts(&item.user);
    Ok(json!({ "accounts": accounts, "item": to_json(item), "request_id": "practice-request" }))
}

fn institution(body: &Value) -> CallResult {
    let id = text(body, "institution_id")?;
    if !body["country_codes"].is_array() {
        return Err(PlaidError::Field("country_codes"));
    }
    let bank = BANKS.iter().find(|bank| bank.id == id).ok_or(PlaidError::Institution)?;
    let in_full = body["options"]["include_optional_metadata"] == true;
    Ok(json!({ "institution": bank.to_json(in_full), "request_id": "practice-request" }))
}
