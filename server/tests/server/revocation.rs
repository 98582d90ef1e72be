//! Grants that are not wanted are given back, each service's way, and never where that ends what is wanted.

use connect_server::sweep::sweep;
use serde_json::{Value, json};

use crate::support::browser::{self, come_back};
use crate::support::log::Log;
use crate::support::secret_key::minted_session;
use crate::support::{LIVE, ServerOptions, TEST_DEADLINE, TestServer};

const SQUARE: &str = "accounts_url = \"@/lists/locations\"\nrevoke_url = \"@/revoke-by-client\"";

/// Signs in, in a session of the back end's: it may sign in again where nobody can tell the company.
async fn sign_in(server: &TestServer, business: &str, service: &str) -> Value {
    let session = minted_session(server, LIVE, business).await;
    let attempt = server.begin(&session, service).await;
    let popup = browser::open(server, &attempt).await;
    let code = server.provider.consent(&popup);
    come_back(server, &popup, &format!("code={code}&state={}", popup.state())).await;
    server.poll(&session, &attempt, 0).await.json()
}

async fn given_back(server: &TestServer) -> Vec<String> {
    server.app.finishing.close();
    tokio::time::timeout(TEST_DEADLINE, server.app.finishing.wait()).await.unwrap();
    server.app.finishing.reopen();
    server.provider.revoked()
}

#[tokio::test]
async fn square_takes_an_access_token_back_for_the_clients_secret_in_the_header() {
    let server = TestServer::with_options(ServerOptions {
        services: vec![("square", SQUARE)],
        ..ServerOptions::default()
    })
    .await;
    server.provider.lists("locations", json!({"locations": []}));
    assert_eq!(sign_in(&server, "Harbour", "square").await["error"]["statusCode"], 502);
    assert_eq!(given_back(&server).await, ["access-2"]);
}

#[tokio::test]
async fn where_giving_back_ends_the_whole_access_nothing_is_given_back_beside_a_connection() {
    let server = TestServer::with_options(ServerOptions {
        services: vec![("square", SQUARE)],
        ..ServerOptions::default()
    })
    .await;
    server.provider.lists("locations", json!({"locations": [{"id": "L1", "name": "Quay"}]}));
    assert_eq!(sign_in(&server, "Harbour", "square").await["state"], "pending");
    server.provider.lists("locations", json!({"locations": []}));
    assert_eq!(sign_in(&server, "Quay", "square").await["error"]["statusCode"], 502);
    assert!(given_back(&server).await.is_empty(), "it may be the same seller");
}

#[tokio::test]
async fn a_token_that_is_not_taken_back_is_logged_and_changes_nothing() {
    let log = Log::listen();
    let extra = "accounts_url = \"@/lists/none\"\nrevoke_url = \"@/nowhere\"";
    let server = TestServer::with_options(ServerOptions {
        services: vec![("sageBusinessCloud", extra)],
        ..ServerOptions::default()
    })
    .await;
    server.provider.lists("none", json!({"$items": []}));
    let told = sign_in(&server, "Harbour", "sageBusinessCloud").await;
    let message = told["error"]["message"].as_str().unwrap();
    assert!(message.contains("has no company"), "{message}");
    given_back(&server).await;
    let log = log.text();
    assert!(log.contains("a token was not taken back") && log.contains("status=404"), "{log}");
}

#[tokio::test]
async fn a_built_in_address_takes_no_token_back_that_came_from_elsewhere() {
    // The bench's token_url is its own, so a practice token must not travel to the real service.
    let extra = "accounts_url = \"@/lists/none\"";
    let server = TestServer::with_options(ServerOptions {
        services: vec![("sageBusinessCloud", extra)],
        ..ServerOptions::default()
    })
    .await;
    let id = railz_connect_contract::ServiceName::new("sageBusinessCloud");
    assert!(server.app.config.services.get(&id).unwrap().addresses.revoke.is_none());
}

#[tokio::test]
async fn a_grant_whose_choice_nobody_made_is_given_back_when_it_is_forgotten() {
    let extra = "accounts_url = \"@/lists/companies\"\nrevoke_url = \"@/revoke\"";
    let server = TestServer::with_options(ServerOptions {
        services: vec![("sageBusinessCloud", extra)],
        ..ServerOptions::default()
    })
    .await;
    server.provider.lists("companies", json!({"$items": [{"id": "s-1", "displayed_as": "Juniper"}]}));
    assert_eq!(sign_in(&server, "Harbour", "sageBusinessCloud").await["state"], "pending");
    server.clock.pass(24 * 3600 - 1);
    assert_eq!(sweep(&server.app).await.unwrap().choices, 0);
    server.clock.pass(1);
    assert_eq!(sweep(&server.app).await.unwrap().choices, 1);
    assert_eq!(given_back(&server).await, ["refresh-2"]);
}

#[tokio::test]
async fn a_service_that_gives_the_same_refresh_token_again_does_not_get_it_back() {
    // It used to be given back as the older one, which ended the connection that had just been renewed.
    let extra =
        "kind = \"accounting\"\nname = \"Same\"\nrevoke_url = \"@/revoke\"\nrevocation_ends = \"grant\"";
    let server = TestServer::with_options(ServerOptions {
        services: vec![("sameBooks", extra)],
        ..ServerOptions::default()
    })
    .await;
    server.provider.says(json!({"refresh_token": "refresh-same"}));
    assert_eq!(sign_in(&server, "Harbour", "sameBooks").await["state"], "active");
    assert_eq!(sign_in(&server, "Harbour", "sameBooks").await["state"], "active");
    assert!(given_back(&server).await.is_empty(), "it is in use");
    server.provider.says(json!({"refresh_token": "refresh-other"}));
    assert_eq!(sign_in(&server, "Harbour", "sameBooks").await["state"], "active");
    assert_eq!(given_back(&server).await, ["refresh-same"]);
}

#[tokio::test]
async fn a_grant_that_is_refused_is_not_given_back_where_the_connection_lives_by_the_same_token() {
    // Signing in to another company, or to none, used to end the connection that stayed.
    let extra = "accounts_url = \"@/lists/companies\"\nrevoke_url = \"@/revoke\"";
    let server = TestServer::with_options(ServerOptions {
        services: vec![("sageBusinessCloud", extra)],
        ..ServerOptions::default()
    })
    .await;
    server.provider.says(json!({"refresh_token": "refresh-same"}));
    server.provider.lists("companies", json!({"$items": [{"id": "s-1", "displayed_as": "Juniper"}]}));
    let told = sign_in(&server, "Harbour", "sageBusinessCloud").await;
    let session = minted_session(&server, LIVE, "Harbour").await;
    let body = json!({"accountId": "s-1", "connectionId": told["connectionId"]}).to_string();
    let token = Some(session.access_token.expose());
    assert_eq!(server.ask("POST", "/sageBusinessCloud/account", token, &body).await.status.as_u16(), 201);
    for other in [json!([{"id": "s-2", "displayed_as": "Finch"}]), json!([])] {
        server.provider.lists("companies", json!({"$items": other}));
        assert_ne!(sign_in(&server, "Harbour", "sageBusinessCloud").await["state"], "active");
    }
    assert!(given_back(&server).await.is_empty(), "it is in use");
    server.provider.says(json!({"refresh_token": "refresh-other"}));
    sign_in(&server, "Harbour", "sageBusinessCloud").await;
    assert_eq!(given_back(&server).await, ["refresh-other"]);
}
