//! `/v2/connections/{connectionId}/proxy/{path}`: a back end calls a service in the name of a connection.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::Value;

use super::BackEnd;
use crate::companies::sign_in;
use crate::support::api::ApiBehaviour;
use crate::support::provider::Behaviour;
use crate::support::{Answer, LIVE, ServerOptions, TestServer};

pub const BOOKS: &str = "api_url = \"@/api/v3\"\nrevoke_url = \"@/revoke\"";

/// A back end with a connection to a service whose API is known, and the address of calls to it.
pub async fn connected() -> (BackEnd, String) {
    let api = BackEnd::with_books(BOOKS).await;
    let id = api.connect("Harbour", "7").await;
    (api, format!("/v2/connections/{id}/proxy"))
}

pub fn error(answer: &Answer) -> &str {
    answer.header("railz-proxy-error")
}

#[tokio::test]
async fn a_call_reaches_the_service_with_the_token_and_its_answer_comes_back() {
    let (api, proxy) = connected().await;
    let answer = api.get(&format!("{proxy}/invoices?page=2&order=number%20desc")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.json::<Value>()["invoices"][0]["number"], "INV-1");
    assert_eq!((answer.header("x-page"), answer.header("etag")), ("1", "\"7\""));
    assert_eq!((error(&answer), answer.header(header::CACHE_CONTROL)), ("", "no-store"));
    let asked = api.server.provider.api_asked().remove(0);
    assert_eq!(
        (asked.method.as_str(), asked.path.as_str()),
        ("GET", "/api/v3/invoices?page=2&order=number%20desc")
    );
    assert_eq!(asked.header("authorization"), "Bearer access-2");
}

#[tokio::test]
async fn an_access_token_comes_with_the_address_that_calls_go_to() {
    let (api, proxy) = connected().await;
    let token: Value = api.get(&proxy.replace("/proxy", "/access-token")).await.json();
    assert_eq!(token["apiBaseUrl"], format!("{}/api/v3", api.server.provider.issuer()));
    assert_eq!(api.get(&proxy).await.status, StatusCode::OK);
    assert_eq!(api.server.provider.api_asked()[0].path, "/api/v3", "which can be called itself");
}

#[tokio::test]
async fn what_names_the_company_is_put_in_and_cannot_be_said_otherwise() {
    let services =
        vec![("sageBusinessCloud", "accounts_url = \"@/lists/companies\"\napi_url = \"@/api/v3.1\"")];
    let options = ServerOptions { services, ..ServerOptions::default() };
    let api = BackEnd::of(TestServer::with_options(options).await).await;
    let provider = &api.server.provider;
    provider.lists(
        "companies",
        serde_json::json!({ "$items": [{ "id": "s-1", "displayed_as": "Juniper Bakery" }] }),
    );
    let session = api.server.session_of(LIVE, "Harbour").await;
    let told = sign_in(&api.server, &session, "sageBusinessCloud", "").await;
    let id = told["connectionId"].as_str().unwrap();
    let body = serde_json::json!({ "accountId": "s-1", "connectionId": id }).to_string();
    let token = Some(session.access_token.expose());
    api.server.ask("POST", "/sageBusinessCloud/account", token, &body).await;
    let request = Request::get(format!("/v2/connections/{id}/proxy/contacts"))
        .header(header::AUTHORIZATION, format!("Bearer {}", api.key))
        .header("x-business", "s-2")
        .body(Body::empty());
    let answer = api.server.send(request.unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let asked = provider.api_asked().remove(0);
    assert_eq!((asked.path.as_str(), asked.header("x-business")), ("/api/v3.1/contacts", "s-1"));
    assert_eq!(asked.headers.get_all("x-business").iter().count(), 1);
}

#[tokio::test]
async fn each_method_is_passed_on_with_its_body_and_headers() {
    let (api, proxy) = connected().await;
    for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] {
        let request = Request::builder()
            .method(method)
            .uri(format!("{proxy}/invoices/"))
            .header(header::AUTHORIZATION, format!("Bearer {}", api.key))
            .header(header::CONTENT_TYPE, "application/vnd.books+json")
            .header("idempotency-key", "one")
            .header("x-of-the-service", "7")
            .body(Body::from(if method == "POST" { "{\"a\": 1}" } else { "" }));
        let answer = api.server.send(request.unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{method}: {}", answer.text());
        let asked = api.server.provider.api_asked().pop().unwrap();
        assert_eq!((asked.method.as_str(), asked.path.as_str()), (method, "/api/v3/invoices/"));
        assert_eq!(asked.header("content-type"), "application/vnd.books+json");
        assert_eq!(asked.header("x-of-the-service"), "7");
        assert_eq!(asked.header("idempotency-key"), "one", "the service's own; nothing is kept here");
        assert_eq!(asked.body.is_empty(), method != "POST", "{method}");
    }
    let asked = api.server.provider.api_asked().len();
    for _ in 0..2 {
        let request = Request::post(format!("{proxy}/invoices"))
            .header(header::AUTHORIZATION, format!("Bearer {}", api.key))
            .header("idempotency-key", "two")
            .body(Body::from("{}"));
        api.server.send(request.unwrap()).await;
    }
    assert_eq!(api.server.provider.api_asked().len(), asked + 2, "each POST reaches the service");
}

#[tokio::test]
async fn what_is_for_one_connection_only_or_for_this_server_is_not_passed_on() {
    let (api, proxy) = connected().await;
    let request = Request::get(format!("{proxy}/invoices"))
        .header(header::AUTHORIZATION, format!("Bearer {}", api.key))
        .header("cookie", "session=1")
        .header("connection", "x-mine, keep-alive")
        .header("x-mine", "1")
        .header("te", "trailers")
        .header("forwarded", "for=10.0.0.1")
        .header("x-forwarded-for", "10.0.0.1")
        .header("x-forwarded-host", "evil.example")
        .header("x-original-url", "/admin")
        .header("x-real-ip", "10.0.0.1")
        .header("via", "1.1 x")
        .header("host", "evil.example")
        .header("railz-proxy-error", "1")
        .header("accept-language", "de")
        .body(Body::empty());
    api.server.send(request.unwrap()).await;
    let asked = api.server.provider.api_asked().remove(0);
    let mut names: Vec<_> = asked.headers.keys().map(|name| name.as_str().to_owned()).collect();
    names.sort();
    assert_eq!(names, ["accept", "accept-language", "authorization", "host", "user-agent"]);
    assert!(asked.header("host").starts_with("127.0.0.1:"), "{}", asked.header("host"));

    api.server.provider.api_behaves(ApiBehaviour::Gossips);
    let answer = api.get(&format!("{proxy}/invoices")).await;
    let mut names: Vec<_> = answer.headers.keys().map(|name| name.as_str().to_owned()).collect();
    names.sort();
    names.retain(|name| name != "date");
    assert_eq!(
        names,
        [
            "cache-control",
            "content-length",
            "content-security-policy",
            "content-type",
            "link",
            "strict-transport-security",
            "x-content-type-options",
            "x-page"
        ]
    );
    assert_eq!(answer.header("strict-transport-security"), "max-age=31536000", "this server's own");
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
}

#[tokio::test]
async fn a_token_that_the_service_refuses_is_renewed_and_the_call_made_once_more() {
    let (api, proxy) = connected().await;
    api.server.provider.api_behaves(ApiBehaviour::Refuses("access-2"));
    let answer = api.ask("POST", &format!("{proxy}/invoices"), "{\"a\": 1}").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let asked = api.server.provider.api_asked();
    let tokens: Vec<_> = asked.iter().map(|call| call.header("authorization")).collect();
    assert_eq!(tokens, ["Bearer access-2", "Bearer access-3"]);
    assert_eq!(asked[0].body, asked[1].body);
    assert_eq!(api.get(&format!("{proxy}/invoices")).await.status, StatusCode::OK);
    assert_eq!(api.server.provider.asked().len(), 2, "the code, and one refresh");
}

#[tokio::test]
async fn two_calls_whose_token_is_refused_at_once_make_one_refresh() {
    let (api, proxy) = connected().await;
    api.server.provider.api_behaves(ApiBehaviour::Refuses("access-2"));
    api.server.provider.behave(Behaviour::Slow);
    let path = format!("{proxy}/invoices");
    let (one, two) = tokio::join!(api.get(&path), api.get(&path));
    assert_eq!((one.status, two.status), (StatusCode::OK, StatusCode::OK));
    assert_eq!(api.server.provider.asked().len(), 2, "the code, and one refresh");
}

#[tokio::test]
async fn a_service_that_refuses_every_token_is_answered_as_it_answers_and_not_asked_without_end() {
    let (api, proxy) = connected().await;
    api.server.provider.api_behaves(ApiBehaviour::RefusesAll);
    for _ in 0..3 {
        let answer = api.get(&format!("{proxy}/invoices")).await;
        assert_eq!((answer.status, error(&answer)), (StatusCode::UNAUTHORIZED, ""));
        assert_eq!(answer.json::<Value>()["error"], "invalid_token", "the service's own words");
    }
    assert_eq!(api.server.provider.asked().len(), 2, "the code, and one refresh within the minute");
    assert_eq!(api.server.provider.api_asked().len(), 4);
}

#[tokio::test]
async fn an_authorisation_that_turns_out_to_be_over_is_told_by_name() {
    let (api, proxy) = connected().await;
    api.server.provider.api_behaves(ApiBehaviour::RefusesAll);
    api.server.provider.revoke();
    let answer = api.get(&format!("{proxy}/invoices")).await;
    assert_eq!(error(&answer), "notActive");
    let (status, message) = answer.refusal();
    assert_eq!(status, 409);
    assert!(message.starts_with("This connection is disconnected"), "{message}");
}

#[tokio::test]
async fn a_service_that_asks_to_wait_is_passed_on_with_its_time() {
    let (api, proxy) = connected().await;
    api.server.provider.api_behaves(ApiBehaviour::Limits);
    let answer = api.get(&format!("{proxy}/invoices")).await;
    assert_eq!((answer.status, answer.header(header::RETRY_AFTER)), (StatusCode::TOO_MANY_REQUESTS, "17"));
    assert_eq!((error(&answer), answer.text().as_str()), ("", "slowly"));
}

#[tokio::test]
async fn a_redirect_is_passed_on_and_never_followed() {
    let (api, proxy) = connected().await;
    let provider = &api.server.provider;
    let within = format!("{}/api/v3/invoices/2?x=1", provider.issuer());
    for to in [within, "/api/v3/invoices/2?x=1".to_owned()] {
        provider.api_behaves(ApiBehaviour::Redirects(to));
        let answer = api.get(&format!("{proxy}/invoices/1")).await;
        assert_eq!(answer.status, StatusCode::FOUND);
        assert_eq!(answer.header("location"), format!("https://connect.example{proxy}/invoices/2?x=1"));
    }
    provider.api_behaves(ApiBehaviour::Redirects("https://files.example/1?signature=2".to_owned()));
    let answer = api.get(&format!("{proxy}/invoices/1")).await;
    assert_eq!((answer.header("location"), answer.text().as_str()), ("", "elsewhere"));
    assert_eq!(answer.header("railz-proxy-location"), "https://files.example/1?signature=2");
    assert_eq!(provider.api_asked().len(), 3);
}
