//! `POST /v2/businesses/{businessUuid}/connection/migrate`: authorisations that another system holds.

use axum::body::Body;
use axum::http::{Request, header};
use connect_server::domain::secret_key::Scope;
use connect_server::webhooks::delivery::begin_due;
use serde_json::{Value, json};

use super::{BackEnd, ask_with};
use crate::support::log::Log;
use crate::support::provider::Behaviour;
use crate::support::receiver::Receiver;
use crate::support::secret_key::add_key;
use crate::support::{Answer, LIVE, ServerOptions, TestServer};

/// A back end at whose provider another system holds `held-1`, and a business.
async fn start(service: &'static str, extra: &'static str) -> (BackEnd, String) {
    let services = vec![(service, extra)];
    let server = TestServer::with_options(ServerOptions { services, ..ServerOptions::default() }).await;
    let api = BackEnd::of(server).await;
    api.server.provider.gave_refresh_token("held-1");
    let business = api.business("Harbour").await;
    (api, format!("/v2/businesses/{business}/connection/migrate"))
}

async fn migrate(api: &BackEnd, path: &str, body: Value) -> Answer {
    api.ask("POST", path, &body.to_string()).await
}

fn brought(account: &str) -> Value {
    json!({ "serviceName": "quickbooks", "refreshToken": "held-1", "accountId": account })
}

#[tokio::test]
async fn an_authorisation_of_another_system_becomes_a_connection_that_works() {
    let (api, path) = start("quickbooks", "api_url = \"@/api/v3\"").await;
    let answer = migrate(&api, &path, brought("4620816365")).await;
    assert_eq!(answer.status.as_u16(), 201, "{}", answer.text());
    let made: Value = answer.json();
    assert_eq!((&made["status"], &made["accountName"]), (&json!("active"), &json!("Juniper Bakery")));
    assert_eq!(made.get("openSession"), None, "the back end itself says whose it is");
    assert_eq!(made["serviceAccountRef"]["id"], "4620816365");
    let id = made["connectionUuid"].as_str().unwrap();
    let company: Value = api.get(&format!("/v2/connections/{id}/company")).await.json();
    assert_eq!(company["legalName"], "Juniper Bakery Ltd");
    let token: Value = api.get(&format!("/v2/connections/{id}/access-token")).await.json();
    assert_eq!(token["accessToken"], "access-1");
    assert_eq!(api.get(&format!("/v2/connections/{id}/proxy/invoices")).await.status.as_u16(), 200);
    api.server.clock.pass(1790);
    let token: Value = api.get(&format!("/v2/connections/{id}/access-token")).await.json();
    assert_eq!(
        token["accessToken"], "access-2",
        "and it is kept fresh with the token that took the place of the first"
    );
    let session = api.server.session_of(LIVE, "Harbour").await;
    assert_eq!(session.connections.unwrap()[0].connection_id.as_str(), id, "the widget shows it");
}

#[tokio::test]
async fn an_authorisation_that_is_brought_along_is_told_as_a_connection_that_came_to_be() {
    let services = vec![("quickbooks", "")];
    let non_oauth = "[webhooks]\nallow_private = true\n".to_owned();
    let server =
        TestServer::with_options(ServerOptions { non_oauth, services, ..ServerOptions::default() }).await;
    server.provider.gave_refresh_token("held-1");
    let api = BackEnd::of(server).await;
    let receiver = Receiver::start().await;
    let hook = json!({ "url": receiver.url("/hooks") }).to_string();
    assert_eq!(api.ask("POST", "/v2/webhooks", &hook).await.status.as_u16(), 201);
    let business = api.business("Harbour").await;
    let path = format!("/v2/businesses/{business}/connection/migrate");
    assert_eq!(migrate(&api, &path, brought("4620816365")).await.status.as_u16(), 201);
    while begin_due(&api.server.app).await.unwrap() > 0 {
        api.server.settled().await;
    }
    assert_eq!(receiver.take_events(), ["auth", "connectionStatus"]);
}

#[tokio::test]
async fn the_company_counts_only_where_the_service_confirms_it() {
    let (api, path) = start("quickbooks", "").await;
    api.server.provider.opens(&["1"]);
    // With an access token this is found out before the refresh token is used up.
    let mut wrong = brought("2");
    wrong["accessToken"] = json!("access-of-before");
    let (status, message) = migrate(&api, &path, wrong).await.refusal();
    assert_eq!(status, 409);
    assert!(message.contains("does not open the company of this accountId"), "{message}");
    assert_eq!(api.server.provider.asked().len(), 0);
    assert_eq!(migrate(&api, &path, brought("1")).await.status.as_u16(), 201);
    api.server.provider.gave_refresh_token("held-2");
    let wrong = json!({ "serviceName": "quickbooks", "refreshToken": "held-2", "accountId": "2" });
    assert_eq!(migrate(&api, &path, wrong).await.refusal().0, 409);
    assert_eq!(api.list("/v2/connections").await.0, 1);
}

#[tokio::test]
async fn a_company_that_is_listed_is_taken_by_its_id_or_where_it_is_the_only_one() {
    let (api, path) = start("sageBusinessCloud", "accounts_url = \"@/lists/companies\"").await;
    let list = |ids: &[&str]| {
        let items: Vec<_> =
            ids.iter().map(|id| json!({ "id": id, "displayed_as": format!("Company {id}") })).collect();
        api.server.provider.lists("companies", json!({ "$items": items }));
    };
    let body = |account: Value| json!({ "serviceName": "sageBusinessCloud", "refreshToken": "held-1", "accessToken": "access-0", "accountId": account });
    list(&["s-1", "s-2"]);
    let (status, message) = migrate(&api, &path, body(Value::Null)).await.refusal();
    assert_eq!((status, message.contains("several companies, s-1, s-2")), (409, true), "{message}");
    assert_eq!(migrate(&api, &path, body(json!("s-3"))).await.refusal().0, 409);
    assert_eq!(api.server.provider.asked().len(), 0, "all of it before the refresh token was used");
    let made: Value = migrate(&api, &path, body(json!("s-2"))).await.json();
    assert_eq!(made["accountName"], "Company s-2");
    list(&["s-9"]);
    api.server.provider.gave_refresh_token("held-1");
    let made: Value = migrate(&api, &path, body(Value::Null)).await.json();
    assert_eq!(made["accountName"], "Company s-9", "another company is another connection");
    assert_eq!(api.list("/v2/connections").await.0, 2);
}

#[tokio::test]
async fn the_same_company_again_is_the_same_connection_with_the_newer_tokens() {
    let (api, path) = start("quickbooks", "").await;
    let first: Value = migrate(&api, &path, brought("1")).await.json();
    api.server.provider.gave_refresh_token("held-1");
    let second: Value = migrate(&api, &path, brought("1")).await.json();
    assert_eq!(first["connectionUuid"], second["connectionUuid"]);
    let id = second["connectionUuid"].as_str().unwrap();
    let token: Value = api.get(&format!("/v2/connections/{id}/access-token")).await.json();
    assert_eq!(token["accessToken"], "access-2");
}

#[tokio::test]
async fn whoever_repeats_it_with_an_idempotency_key_uses_no_token_twice() {
    let (api, path) = start("quickbooks", "").await;
    let ask = || {
        let request = Request::post(path.as_str())
            .header(header::AUTHORIZATION, format!("Bearer {}", api.key))
            .header("idempotency-key", "move-1");
        api.server.send(request.body(Body::from(brought("1").to_string())).unwrap())
    };
    let (first, second) = (ask().await, ask().await);
    assert_eq!((first.status.as_u16(), &first.body), (201, &second.body));
    assert_eq!(second.header("idempotency-replayed"), "true");
    assert_eq!(api.server.provider.asked().len(), 1);
}

#[tokio::test]
async fn a_company_of_another_business_of_the_widget_is_refused() {
    let (api, path) = start("quickbooks", "").await;
    migrate(&api, &path, brought("1")).await;
    api.server.provider.gave_refresh_token("held-1");
    let other = api.business("Quay").await;
    let (status, message) =
        migrate(&api, &format!("/v2/businesses/{other}/connection/migrate"), brought("1")).await.refusal();
    assert_eq!((status, message.contains("another business of this widget")), (409, true), "{message}");
    assert_eq!(api.list("/v2/connections").await.0, 1);
}

#[tokio::test]
async fn a_service_that_tells_no_company_is_marked_so() {
    let (api, path) = start("quickbooks", "").await;
    let body = json!({ "serviceName": "harbourBooks", "refreshToken": "held-1" });
    let made: Value = migrate(&api, &path, body.clone()).await.json();
    assert_eq!((&made["companyUnknown"], &made["replacedAt"]), (&json!(true), &Value::Null), "{made}");
    api.server.provider.gave_refresh_token("held-1");
    let again: Value = migrate(&api, &path, body.clone()).await.json();
    assert_eq!(again["connectionUuid"], made["connectionUuid"]);
    assert_eq!(again["replacedAt"], "2026-03-01T09:30:00Z", "nothing is replaced in silence");
    let named = json!({ "serviceName": "harbourBooks", "refreshToken": "held-1", "accountId": "1" });
    let (status, message) = migrate(&api, &path, named).await.refusal();
    assert_eq!((status, message.contains("leave it out")), (400, true), "{message}");
}

#[tokio::test]
async fn what_is_wrong_is_refused_by_name() {
    let (api, path) = start("quickbooks", "").await;
    let token = json!("held-1");
    for (body, due, words) in [
        (json!({ "serviceName": "quickbooks" }), 400, "refreshToken is missing"),
        (
            json!({ "serviceName": "quickbooks", "refreshToken": token, "expires": 1 }),
            400,
            "unknown field `expires`",
        ),
        (json!({ "serviceName": "quickbooks", "refreshToken": 7 }), 400, "a token is a text"),
        (json!({ "serviceName": "quickbooks", "refreshToken": "" }), 400, "1 to 16384 printable"),
        (json!({ "serviceName": "quickbooks", "refreshToken": "a b" }), 400, "1 to 16384 printable"),
        (json!({ "serviceName": "quickbooks", "refreshToken": token }), 400, "accountId is missing"),
        (
            json!({ "serviceName": "plaid", "refreshToken": token }),
            400,
            "serviceName is not that of a service",
        ),
        (
            json!({ "serviceName": "nowhere", "refreshToken": token }),
            400,
            "serviceName is not that of a service",
        ),
        (
            json!({ "serviceName": "quickbooks", "refreshToken": token, "accountId": "1", "location": "moon" }),
            400,
            "there are: production, sandbox",
        ),
        (
            json!({ "serviceName": "quickbooks", "refreshToken": "not-given", "accountId": "1" }),
            409,
            "does not accept the refresh token",
        ),
    ] {
        let (status, message) = migrate(&api, &path, body).await.refusal();
        assert_eq!((status, message.contains(words)), (due, true), "{words}: {message}");
    }
    assert_eq!(
        migrate(&api, "/v2/businesses/BIZ-nobody/connection/migrate", brought("1")).await.refusal().0,
        404
    );
    api.server.provider.behave(Behaviour::HtmlError);
    let answer = migrate(&api, &path, brought("1")).await;
    assert_eq!((answer.header(header::RETRY_AFTER), answer.refusal().0), ("10", 502));
    assert_eq!(api.list("/v2/connections").await.0, 0);
}

#[tokio::test]
async fn it_takes_the_scopes_of_writing_and_of_tokens() {
    let (api, path) = start("quickbooks", "").await;
    for (scopes, lacks) in [([Scope::Read, Scope::Tokens], "write"), ([Scope::Read, Scope::Write], "tokens")]
    {
        let (key, _) = add_key(&api.server, LIVE, &scopes).await;
        let answer = ask_with(&api.server, key.expose(), "POST", &path, &brought("1").to_string()).await;
        let (status, message) = answer.refusal();
        assert_eq!((status, message.contains(&format!("lacks the scope {lacks}"))), (403, true), "{message}");
    }
    assert_eq!(api.server.provider.asked().len(), 0);
}

#[tokio::test]
async fn who_brought_what_and_who_called_with_it_stands_in_the_audit() {
    let (api, path) = start("quickbooks", "api_url = \"@/api/v3\"").await;
    let made: Value = migrate(&api, &path, brought("1")).await.json();
    let id = made["connectionUuid"].as_str().unwrap();
    api.get(&format!("/v2/connections/{id}/proxy/invoices?customer=secret-of-a-query")).await;
    api.get(&format!("/v2/connections/{id}/proxy/../token")).await;
    let answer = api.get(&format!("/v2/events?connectionId={id}")).await;
    let text = answer.text();
    for due in ["migrateConnection", "callService"] {
        assert!(text.contains(due), "{due}: {text}");
    }
    for secret in ["held-1", "access-1", "refresh-1", "secret-of-a-query"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}

#[tokio::test]
async fn no_token_that_is_brought_reaches_the_log_or_a_refusal() {
    let (api, path) = start("quickbooks", "").await;
    let log = Log::listen();
    let mut told = String::new();
    let secret = "secret-of-another-system";
    for body in [
        json!({ "serviceName": "quickbooks", "refreshToken": secret, "accessToken": secret, "accountId": "1" }),
        json!({ "serviceName": "quickbooks", "refreshToken": format!("{secret} {secret}"), "accountId": "1" }),
        json!({ "serviceName": "quickbooks", "refreshToken": [secret], "accountId": "1" }),
        json!({ "serviceName": "quickbooks", "refreshToken": "x", "accountId": { secret: 1 } }),
        json!([secret]),
        json!(secret),
    ] {
        let answer = migrate(&api, &path, body).await;
        assert!(!answer.status.is_success());
        told.push_str(&answer.text());
    }
    let mut good = brought("1");
    good["accessToken"] = json!("access-of-before");
    assert_eq!(migrate(&api, &path, good).await.status.as_u16(), 201);
    let log = log.text();
    assert!(log.contains("a back end brought an authorisation along"), "{log}");
    for secret in [secret, "held-1", "access-of-before", "access-1", "refresh-1"] {
        let line = log.lines().chain(told.lines()).find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret} is told");
    }
}
