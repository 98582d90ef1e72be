//! What is asked before a sign-in: the shop, and the address of a Dynamics environment.

use axum::http::StatusCode;
use hmac::{Hmac, Mac};
use railz_connect_contract::{Connection, ConnectionState};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::support::browser::{self, Popup, come_back};
use crate::support::{LIVE, ServerOptions, TestServer};

const SHOPIFY: (&str, &str) = ("shopify", "authorize_parameters = { shop = \"{shop}\" }");

async fn server() -> TestServer {
    TestServer::with_options(ServerOptions { services: vec![SHOPIFY], ..ServerOptions::default() }).await
}

/// The query as Shopify signs it, with this secret.
pub fn signed(popup: &Popup, code: &str, shop: &str, secret: &str) -> String {
    let message = format!("code={code}&shop={shop}&state={}&timestamp=1772357400", popup.state());
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(message.as_bytes());
    let tag = mac.finalize().into_bytes();
    let tag: Vec<_> = tag.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{message}&hmac={}", tag.concat())
}

#[tokio::test]
async fn a_shop_is_asked_for_and_its_pattern_checked_by_name() {
    let server = server().await;
    let session = server.session_of(LIVE, "Harbour").await;
    for (extra, due) in [
        ("", "shop is missing"),
        ("&shop=", "shop is missing"),
        ("&shop=evil.example%2F", "shop cannot be taken"),
        ("&shop=a%40b", "juniper-bakery"),
    ] {
        let (status, message) = server.ask_to_begin(&session, "shopify", extra).await.refusal();
        assert_eq!(status, 400, "{extra}");
        assert!(message.contains(due), "{extra}: {message}");
    }
}

#[tokio::test]
async fn a_signed_callback_of_the_shop_that_was_asked_for_connects_it() {
    let server = server().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.ask_to_begin(&session, "shopify", "&shop=Juniper-Bakery").await.json();
    let popup = browser::open(&server, &attempt).await;
    assert_eq!(popup.asked("shop"), "juniper-bakery");
    assert_eq!(popup.asked("code_challenge"), "", "Shopify takes none");
    assert_eq!(popup.asked("scope"), "read_orders,read_products");
    let code = server.provider.consent(&popup);
    let query = signed(&popup, &code, "juniper-bakery.myshopify.com", "harbour-secret");
    come_back(&server, &popup, &query).await;
    let told: Connection = server.poll(&session, &attempt, 0).await.json();
    assert_eq!(told.state, ConnectionState::Active);
    assert_eq!(told.service_account_ref.unwrap().id.as_deref(), Some("juniper-bakery"));
    assert_eq!(server.provider.asked()[0]["expiring"], "1", "tokens that lapse are asked for");
}

#[tokio::test]
async fn a_callback_that_is_unsigned_wrongly_signed_or_of_another_shop_connects_nothing() {
    let server = server().await;
    let session = server.session_of(LIVE, "Harbour").await;
    for (shop, secret) in [
        ("juniper.myshopify.com", "another-secret"),
        ("finch.myshopify.com", "harbour-secret"),
        ("juniper.myshopify.com.evil.example", "harbour-secret"),
        ("juniper.myshopify.com", ""),
    ] {
        let attempt = server.ask_to_begin(&session, "shopify", "&shop=juniper").await.json();
        let popup = browser::open(&server, &attempt).await;
        let code = server.provider.consent(&popup);
        let mut query = signed(&popup, &code, shop, secret);
        if secret.is_empty() {
            query = query.split("&hmac=").next().unwrap().to_owned();
        }
        let page = come_back(&server, &popup, &query).await;
        assert!(page.text().contains("did not fit the sign-in"), "{shop} {secret}: {}", page.text());
        assert_eq!(server.poll(&session, &attempt, 0).await.refusal().0, 502);
        assert!(server.status(&session).await.is_empty());
    }
    assert!(server.provider.asked().is_empty(), "no code is exchanged for them");
}

#[tokio::test]
async fn another_shop_does_not_take_over_a_connection() {
    let server = server().await;
    let session = server.session_of(LIVE, "Harbour").await;
    for (shop, state) in [("juniper", "active"), ("finch", "invalid"), ("juniper", "active")] {
        let attempt = server.ask_to_begin(&session, "shopify", &format!("&shop={shop}")).await.json();
        let popup = browser::open(&server, &attempt).await;
        let code = server.provider.consent(&popup);
        let query = signed(&popup, &code, &format!("{shop}.myshopify.com"), "harbour-secret");
        come_back(&server, &popup, &query).await;
        let told: Value = server.poll(&session, &attempt, 0).await.json();
        assert_eq!(told["state"], state, "{shop}");
        assert_eq!(told["reason"] == "differentAccount", state == "invalid");
    }
}

#[tokio::test]
async fn an_environment_is_never_a_way_into_a_private_network() {
    let extra = "accounts_url = \"@/lists/companies\"";
    let wish = ServerOptions { services: vec![("dynamics365Finance", extra)], ..ServerOptions::default() };
    let server = TestServer::with_options(wish).await;
    let session = server.session_of(LIVE, "Harbour").await;
    for given in ["", "http%3A%2F%2F127.0.0.1%3A1", "https%3A%2F%2F10.0.0.1", "https%3A%2F%2Fevil.example"] {
        let extra = format!("&dynamics365EnvironmentUrl={given}");
        let (status, message) = server.ask_to_begin(&session, "dynamics365Finance", &extra).await.refusal();
        assert_eq!(status, 400, "{given}");
        assert!(message.contains("dynamics365EnvironmentUrl"), "{message}");
    }
    server.provider.lists("companies", json!({"value": [{"LegalEntityId": "USMF", "Name": "Juniper"}]}));
    let extra = "&dynamics365EnvironmentUrl=https%3A%2F%2Facme.operations.dynamics.com%2F";
    let answer = server.ask_to_begin(&session, "dynamics365Finance", extra).await;
    assert_eq!(answer.status, StatusCode::OK);
    let attempt = answer.json();
    let popup = browser::open(&server, &attempt).await;
    assert_eq!(popup.asked("resource"), "https://acme.operations.dynamics.com");
    let code = server.provider.consent(&popup);
    come_back(&server, &popup, &format!("code={code}&state={}", popup.state())).await;
    assert_eq!(server.provider.asked()[0]["resource"], "https://acme.operations.dynamics.com");
}
