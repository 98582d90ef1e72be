//! The practice Plaid through its router, with a clock that the test holds: a server on one side, a page on the other.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::router;
use crate::clock::{Clock, Moment};

struct Practice {
    router: Router,
    clock: Arc<AtomicU64>,
}

impl Practice {
    fn new() -> Self {
        let clock = Arc::new(AtomicU64::new(1_700_000_000_000));
        let now = Arc::clone(&clock);
        let moment = Clock::new(move || Moment(now.load(Ordering::Relaxed)));
        Self { router: router(moment), clock }
    }

    fn wait(&self, time: Duration) {
        self.clock.fetch_add(u64::try_from(time.as_millis()).unwrap(), Ordering::Relaxed);
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
        (parts.status, parts.headers, String::from_utf8(bytes.to_vec()).unwrap())
    }

    /// What the server asks, with the right keys.
    async fn ask(&self, path: &str, mut body: Value) -> Value {
        body["client_id"] = "practice".into();
        body["secret"] = "practice-secret".into();
        let request = Request::post(format!("/plaid/{path}")).body(Body::from(body.to_string())).unwrap();
        serde_json::from_str(&self.send(request).await.2).unwrap()
    }

    async fn link_token(&self, user: &str, more: Value) -> Value {
        let mut body = json!({
            "client_name": "Acme Lending",
            "language": "en",
            "country_codes": ["US"],
            "user": { "client_user_id": user },
        });
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        self.ask("link/token/create", body).await
    }

    async fn new_link(&self, user: &str) -> String {
        let answer = self.link_token(user, json!({ "products": ["transactions"] })).await;
        answer["link_token"].as_str().unwrap().to_owned()
    }

    /// What the script asks when a button was pressed.
    async fn press(&self, token: &str, choice: &str) -> Value {
        let request = Request::post("/plaid/practice/link")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, "https://app.example");
        let body = Body::from(format!("token={token}&choice={choice}"));
        let (_, headers, text) = self.send(request.body(body).unwrap()).await;
        assert_eq!(headers["access-control-allow-origin"], "*");
        serde_json::from_str(&text).unwrap()
    }

    async fn shown(&self, token: &str) -> Value {
        let request = Request::get(format!("/plaid/practice/link?token={token}")).body(Body::empty());
        serde_json::from_str(&self.send(request.unwrap()).await.2).unwrap()
    }

    /// The access token of a bank that this user linked.
    async fn linked(&self, user: &str, bank: &str) -> Value {
        let token = self.new_link(user).await;
        let ended = self.press(&token, bank).await;
        let answer = self.ask("item/public_token/exchange", json!({ "public_token": ended["public_token"] }));
        answer.await["access_token"].clone()
    }

    async fn with_access(&self, path: &str, access: &Value) -> Value {
        self.ask(path, json!({ "access_token": access })).await
    }

    async fn control(&self, path: &str, body: Value) -> Value {
        let request = Request::post(format!("/control/plaid/{path}"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()));
        serde_json::from_str(&self.send(request.unwrap()).await.2).unwrap_or_default()
    }
}

#[tokio::test]
async fn a_bank_is_linked_from_link_token_to_accounts() {
    let practice = Practice::new();
    let token = practice.new_link("BIZ-1").await;
    let shown = practice.shown(&token).await;
    assert_eq!((&shown["mode"], &shown["asks"]), (&"new".into(), &"Acme Lending".into()));
    assert_eq!(shown["banks"][0], json!([1, "Fernway Bank"]));
    let ended = practice.press(&token, "1").await;
    assert_eq!(ended["accounts"][0]["mask"], "0421");
    let exchange = json!({ "public_token": ended["public_token"] });
    let answer = practice.ask("item/public_token/exchange", exchange.clone()).await;
    let access = &answer["access_token"];
    let again = practice.ask("item/public_token/exchange", exchange).await;
    assert_eq!(again["error_code"], "INVALID_PUBLIC_TOKEN", "good once");
    let item = practice.with_access("item/get", access).await;
    assert_eq!((&item["item"]["item_id"], &item["item"]["error"]), (&answer["item_id"], &Value::Null));
    let accounts = practice.with_access("accounts/get", access).await;
    assert_eq!(accounts["accounts"][1]["mask"], "7788");
    let id = &item["item"]["institution_id"];
    for (options, site) in [
        (json!({}), Value::Null),
        (json!({ "include_optional_metadata": true }), "https://fernway.example".into()),
    ] {
        let asked = json!({ "institution_id": id, "country_codes": ["US"], "options": options });
        let bank = practice.ask("institutions/get_by_id", asked).await;
        assert_eq!(
            (&bank["institution"]["name"], &bank["institution"]["url"]),
            (&"Fernway Bank".into(), &site)
        );
    }
}

#[tokio::test]
async fn without_the_right_keys_nothing_is_answered() {
    let practice = Practice::new();
    for path in ["link/token/create", "item/get", "item/remove", "accounts/get", "institutions/get_by_id"] {
        let body = json!({ "client_id": "practice", "secret": "wrong" }).to_string();
        let request = Request::post(format!("/plaid/{path}")).body(Body::from(body)).unwrap();
        let (status, _, text) = practice.send(request).await;
        let answer: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert_eq!(
            (&answer["error_type"], &answer["error_code"]),
            (&"INVALID_INPUT".into(), &"INVALID_API_KEYS".into()),
            "{path}"
        );
    }
    let request = Request::post("/plaid/item/get")
        .header("plaid-client-id", "practice")
        .header("plaid-secret", "practice-secret")
        .body(Body::from(r#"{"access_token":"forged"}"#));
    let (_, _, text) = practice.send(request.unwrap()).await;
    assert!(text.contains("INVALID_ACCESS_TOKEN"), "keys in headers are as good: {text}");
}

#[tokio::test]
async fn a_link_token_asks_for_what_plaid_asks_for() {
    let practice = Practice::new();
    for (more, code) in [
        (json!({}), "INVALID_FIELD"),
        (json!({ "products": [] }), "INVALID_FIELD"),
        (json!({ "products": ["telepathy"] }), "INVALID_PRODUCT"),
        (json!({ "products": ["auth"], "country_codes": [] }), "INVALID_FIELD"),
        (
            json!({ "products": ["auth"], "client_name": "A lender with a name of 31 letters" }),
            "INVALID_FIELD",
        ),
        (
            json!({ "products": ["auth"], "redirect_uri": "https://app.example/unregistered" }),
            "INVALID_FIELD",
        ),
        (json!({ "access_token": "forged" }), "INVALID_ACCESS_TOKEN"),
        (json!({ "access_token": "forged", "products": ["auth"] }), "INVALID_FIELD"),
    ] {
        assert_eq!(practice.link_token("BIZ-1", more.clone()).await["error_code"], code, "{more}");
    }
}

#[tokio::test]
async fn tokens_of_a_link_are_good_for_as_long_as_at_plaid() {
    let practice = Practice::new();
    let token = practice.new_link("BIZ-1").await;
    practice.wait(Duration::from_secs(4 * 3600 - 1));
    let ended = practice.press(&token, "2").await;
    practice.wait(Duration::from_secs(1));
    assert_eq!(practice.press(&token, "2").await["error_code"], "INVALID_LINK_TOKEN");
    assert_eq!(practice.shown(&token).await["error_code"], "INVALID_LINK_TOKEN");
    practice.wait(Duration::from_mins(30));
    let late = practice.ask("item/public_token/exchange", json!({ "public_token": ended["public_token"] }));
    assert_eq!(late.await["error_code"], "INVALID_PUBLIC_TOKEN");
}

#[tokio::test]
async fn a_broken_item_says_so_until_it_was_mended() {
    let practice = Practice::new();
    let access = practice.linked("BIZ-1", "1").await;
    let other = practice.linked("BIZ-2", "1").await;
    assert_eq!(practice.control("break", json!({ "user": "BIZ-1" })).await["broken"], 1);
    let item = practice.with_access("item/get", &access).await;
    assert_eq!(item["item"]["error"]["error_code"], "ITEM_LOGIN_REQUIRED");
    assert_eq!(practice.with_access("accounts/get", &access).await["error_code"], "ITEM_LOGIN_REQUIRED");
    assert!(practice.with_access("item/get", &other).await["item"]["error"].is_null());
    let token = practice.link_token("BIZ-1", json!({ "access_token": access })).await["link_token"].clone();
    let token = token.as_str().unwrap();
    assert_eq!(practice.shown(token).await["mode"], "update");
    assert_eq!(practice.press(token, "1").await["error_code"], "INVALID_INSTITUTION");
    let ended = practice.press(token, "mend").await;
    let again = practice.ask("item/public_token/exchange", json!({ "public_token": ended["public_token"] }));
    assert_eq!(again.await["access_token"], access, "the item is the same");
    assert!(practice.with_access("item/get", &access).await["item"]["error"].is_null());
}

#[tokio::test]
async fn a_removed_item_is_gone() {
    let practice = Practice::new();
    let access = practice.linked("BIZ-1", "3").await;
    practice.with_access("item/remove", &access).await;
    assert_eq!(practice.with_access("item/get", &access).await["error_code"], "ITEM_NOT_FOUND");
    let request = Request::get("/control/plaid/items").body(Body::empty()).unwrap();
    let (_, _, text) = practice.send(request).await;
    let items: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&items[0]["bank"], &items[0]["state"]), (&"Quarry Savings".into(), &"removed".into()));
    assert!(!text.contains("access-sandbox"), "{text}");
}

#[tokio::test]
async fn businesses_have_accounts_of_their_own_at_all_banks_but_the_last() {
    let practice = Practice::new();
    for (bank, same) in [("1", false), ("4", true)] {
        let mut names = Vec::new();
        for user in ["BIZ-1", "BIZ-2"] {
            let access = practice.linked(user, bank).await;
            names.push(practice.with_access("accounts/get", &access).await["accounts"][0]["name"].clone());
        }
        assert_eq!(names[0] == names[1], same, "{names:?}");
    }
}

#[tokio::test]
async fn the_script_speaks_to_where_it_came_from_and_makes_nothing_from_markup() {
    let practice = Practice::new();
    let request = Request::get("/plaid/link-initialize.js")
        .header(header::HOST, "provider.localhost:8082")
        .body(Body::empty());
    let (status, headers, script) = practice.send(request.unwrap()).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["content-type"], "text/javascript; charset=utf-8");
    assert!(script.contains(r#"const base = "http://provider.localhost:8082/plaid";"#), "{script}");
    assert!(!script.contains("practice.invalid"));
    for forbidden in ["innerHTML", "insertAdjacentHTML", "setAttribute(\"style\"", "eval("] {
        assert!(!script.contains(forbidden), "{forbidden}");
    }
    let strange =
        Request::get("/plaid/link-initialize.js").header(header::HOST, "a\"+alert(1)+\"").body(Body::empty());
    let (_, _, script) = practice.send(strange.unwrap()).await;
    assert!(!script.contains("alert(1)"));
}

#[tokio::test]
async fn out_of_order_it_answers_servers_with_a_page() {
    let practice = Practice::new();
    practice.control("out-of-order", json!(true)).await;
    let request = Request::post("/plaid/item/get").body(Body::from("{}")).unwrap();
    let (status, _, text) = practice.send(request).await;
    assert_eq!((status, text.starts_with("<h1>")), (StatusCode::BAD_GATEWAY, true));
}
