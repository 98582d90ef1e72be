//! `POST /widget/session/{widgetId}`: who the business is, and what the answer carries.

use axum::http::{StatusCode, header};
use railz_connect_contract::{BUSINESS_NOT_FOUND, BillingPlan, Feature};
use serde_json::{Value, json};

use crate::support::{LIVE, SANDBOX, TestServer};

#[tokio::test]
async fn a_session_carries_everything_that_clients_read() {
    let server = TestServer::new().await;
    let session = server.session_of(SANDBOX, "Harbour%20Bakery").await;
    assert_eq!(session.business_name.as_str(), "Harbour Bakery");
    assert!(session.business_uuid.as_str().starts_with("BIZ-"));
    assert_eq!(session.customer_name, "Acme Lending");
    assert_eq!(session.email, "help@acme.example");
    assert_eq!(session.billing_plan, BillingPlan::Custom);
    assert!(session.sandbox);
    assert!(!session.sites);
    assert!(session.access_token.expose().len() >= 43);
    assert_eq!(session.features, [Feature::SandboxOnePress]);
    assert_eq!(session.connections, Some(vec![]));
}

#[tokio::test]
async fn the_metadata_comes_back_as_it_went() {
    let server = TestServer::new().await;
    let metadata = json!([{"name": "plan", "value": "starter", "webhookLocation": ["header"]}]);
    let body = json!({"metadata": metadata, "options": {"anything": 1}}).to_string();
    let answer = server.ask("POST", &format!("/widget/session/{LIVE}"), None, &body).await;
    assert_eq!(answer.json::<Value>()["metadata"], metadata);
    let answer = server.ask("POST", &format!("/widget/session/{LIVE}"), None, "").await;
    let session = answer.json::<Value>();
    assert_eq!(session.get("metadata"), Some(&Value::Null));
}

#[tokio::test]
async fn include_decides_what_the_answer_lists() {
    let server = TestServer::new().await;
    let bare = server.session(LIVE, "").await;
    assert_eq!((bare.connections, bare.integrations), (None, None));
    let one = server.session(LIVE, "?include=connections").await;
    assert!(one.connections.is_some() && one.integrations.is_none());
    let other = server.session(LIVE, "?include=integrations").await;
    assert!(other.connections.is_none() && other.integrations.is_some());
}

#[tokio::test]
async fn a_sandbox_widget_lists_the_sandbox_and_its_data_beside_the_services() {
    let server = TestServer::new().await;
    let session = server.session_of(SANDBOX, "Harbour").await;
    let integrations = session.integrations.unwrap();
    let real: Vec<_> =
        integrations.iter().filter(|entry| !entry.is_mock_data).map(|entry| entry.service.as_str()).collect();
    assert_eq!(real, ["railzSandbox", "xero", "harbourBooks"]);
    let played: Vec<_> =
        integrations.iter().filter(|entry| entry.is_mock_data).map(|entry| entry.service.as_str()).collect();
    assert!(played.contains(&"xero") && played.contains(&"quickbooks") && played.contains(&"harbourBooks"));
    assert!(!played.contains(&"square"), "the sandbox plays accounting only");
    let harbour = integrations.iter().find(|entry| entry.service.as_str() == "harbourBooks").unwrap();
    assert_eq!(harbour.display_name.as_deref(), Some("Harbour <Books>"));
    let xero = integrations.iter().find(|entry| entry.service.as_str() == "xero").unwrap();
    assert_eq!(xero.logo_url.as_deref(), Some("https://books.example/xero.svg"));
}

#[tokio::test]
async fn a_live_widget_lists_no_sandbox() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let services: Vec<_> =
        session.integrations.unwrap().iter().map(|entry| entry.service.to_string()).collect();
    assert_eq!(services, ["xero", "harbourBooks"]);
    assert!(!session.sandbox && session.features.is_empty());
}

#[tokio::test]
async fn integrations_keep_their_ids_and_differ_from_widget_to_widget() {
    let server = TestServer::new().await;
    let ids = async |widget| {
        let integrations = server.session_of(widget, "Harbour").await.integrations.unwrap();
        let xero = integrations.into_iter().find(|entry| entry.service.as_str() == "xero");
        xero.unwrap().uuid
    };
    assert_eq!(ids(LIVE).await, ids(LIVE).await);
    assert_ne!(ids(LIVE).await, ids(SANDBOX).await);
}

#[tokio::test]
async fn a_business_is_found_by_its_number_and_by_its_name() {
    let server = TestServer::new().await;
    let first = server.session_of(LIVE, "Harbour").await;
    let by_name = server.session_of(LIVE, "Harbour").await;
    assert_eq!(by_name.business_uuid, first.business_uuid);
    let query = format!("?businessUuid={}&businessName=Another", first.business_uuid);
    let by_number = server.session(LIVE, &query).await;
    assert_eq!(by_number.business_uuid, first.business_uuid);
    assert_eq!(by_number.business_name.as_str(), "Harbour", "the number goes before the name");
}

#[tokio::test]
async fn businesses_of_one_name_are_different_ones_in_different_widgets() {
    let server = TestServer::new().await;
    let one = server.session_of(LIVE, "Harbour").await;
    let other = server.session_of(SANDBOX, "Harbour").await;
    assert_ne!(one.business_uuid, other.business_uuid);
    let path = format!("/widget/session/{SANDBOX}?businessUuid={}", one.business_uuid);
    let answer = server.ask("POST", &path, None, "{}").await;
    assert_eq!(answer.refusal(), (404, BUSINESS_NOT_FOUND.to_owned()));
}

#[tokio::test]
async fn a_business_without_a_name_gets_one_of_its_own() {
    let server = TestServer::new().await;
    let first = server.session(LIVE, "?businessUuid=&businessName=").await;
    let second = server.session(LIVE, "").await;
    assert!((2..=40).contains(&first.business_name.as_str().chars().count()));
    assert_ne!(first.business_name, second.business_name);
    assert_ne!(first.business_uuid, second.business_uuid);
}

#[tokio::test]
async fn an_unknown_business_number_is_answered_with_the_words_of_the_contract() {
    let server = TestServer::new().await;
    let path = format!("/widget/session/{LIVE}?businessUuid=BIZ-0&businessName=Harbour");
    let answer = server.ask("POST", &path, None, "{}").await;
    assert_eq!(answer.refusal(), (404, "BUSINESS NOT FOUND".to_owned()));
}

#[tokio::test]
async fn a_name_that_breaks_the_rule_is_refused_with_the_rule() {
    let server = TestServer::new().await;
    let refusal = async |name: &str| {
        let name: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let path = format!("/widget/session/{LIVE}?businessName={name}");
        server.ask("POST", &path, None, "{}").await.refusal()
    };
    for name in ["H", &"x".repeat(41)] {
        let (status, message) = refusal(name).await;
        assert_eq!(status, 400);
        assert!(message.contains("2 to 40 characters"), "{message}");
    }
    for character in r#"%[]\*|{}""#.chars() {
        let (status, message) = refusal(&format!("Harbour{character}")).await;
        assert_eq!(status, 400);
        assert!(message.contains("businessName must not contain"), "{message}");
        assert!(message.ends_with(character), "{message}");
    }
    let forty = "é".repeat(40);
    let name: String = url::form_urlencoded::byte_serialize(forty.as_bytes()).collect();
    assert_eq!(server.session_of(LIVE, &name).await.business_name.as_str(), forty);
}

#[tokio::test]
async fn a_name_that_nobody_sees_is_refused_and_names_that_look_alike_are_one_business() {
    // Each used to be a business of its own.
    let server = TestServer::new().await;
    for name in ["%20%20", "Harbour%00", "Harbour%0A", "%E2%80%8B%E2%80%8D"] {
        let path = format!("/widget/session/{LIVE}?businessName={name}");
        let (status, message) = server.ask("POST", &path, None, "{}").await.refusal();
        assert_eq!(status, 400, "{name}");
        assert!(message.contains("must not be blank"), "{message}");
    }
    let first = server.session_of(LIVE, "Caf%C3%A9%20Rosa").await.business_uuid;
    for alike in [
        "Cafe%CC%81%20Rosa",
        "%20Caf%C3%A9%20%20Rosa",
        "Caf%C3%A9%E2%80%8B%20Rosa",
        "%EF%BC%A3af%C3%A9%20Rosa",
    ] {
        assert_eq!(server.session_of(LIVE, alike).await.business_uuid, first, "{alike}");
    }
    assert_ne!(server.session_of(LIVE, "Cafe%20Rosa").await.business_uuid, first);
}

#[tokio::test]
async fn an_unknown_widget_is_refused_with_a_message() {
    let server = TestServer::new().await;
    let answer = server.ask("POST", "/widget/session/undefined", None, "{}").await;
    let (status, message) = answer.refusal();
    assert_eq!(status, 404);
    assert!(message.contains("widgetId"), "{message}");
}

#[tokio::test]
async fn a_body_that_is_no_json_is_refused_with_a_message() {
    let server = TestServer::new().await;
    let answer = server.ask("POST", &format!("/widget/session/{LIVE}"), None, "{not json").await;
    assert_eq!(answer.refusal().0, 400);
}

#[tokio::test]
async fn a_body_that_is_far_too_large_is_refused_with_a_message() {
    let server = TestServer::new().await;
    let body = "x".repeat(1_000_000);
    let answer = server.ask("POST", &format!("/widget/session/{LIVE}"), None, &body).await;
    assert_eq!(answer.refusal().0, 413);
}

#[tokio::test]
async fn older_tokens_stay_valid_beside_newer_ones_for_an_hour_from_their_last_use() {
    let server = TestServer::new().await;
    let older = server.session_of(LIVE, "Harbour").await;
    server.clock.pass(1800);
    let newer = server.session_of(LIVE, "Harbour").await;
    assert_ne!(older.access_token, newer.access_token);
    server.clock.pass(1799);
    assert!(server.status(&older).await.is_empty());
    server.clock.pass(1800);
    assert!(server.status(&older).await.is_empty(), "it was used half an hour ago");
    assert!(server.status(&newer).await.is_empty());
    server.clock.pass(3599);
    assert!(server.status(&newer).await.is_empty());
    server.clock.pass(1);
    let answer = server.get("/widget/status", older.access_token.expose()).await;
    assert_eq!(answer.refusal().0, 401);
    assert!(server.status(&newer).await.is_empty());
}

#[tokio::test]
async fn the_token_itself_is_not_in_the_database() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    server.app.store.close().await;
    let token = session.access_token.expose().as_bytes();
    for entry in std::fs::read_dir(server.folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(token.len()).any(|window| window == token));
    }
}

#[tokio::test]
async fn whatever_needs_a_session_says_so_with_a_message() {
    let server = TestServer::new().await;
    for path in ["/widget/status", "/services/url?serviceName=xero", "/widget/connection/updates/CON-1"] {
        assert_eq!(server.ask("GET", path, None, "").await.refusal().0, 401);
        assert_eq!(server.get(path, "made-up").await.refusal().0, 401);
        assert_eq!(server.get(path, "").await.refusal().0, 401);
    }
    let answer = server.ask("POST", "/sandbox/login/ATT-1", None, "{}").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_address_that_is_none_and_a_method_that_does_not_fit_are_refused_with_a_message() {
    let server = TestServer::new().await;
    assert_eq!(server.ask("GET", "/nowhere", None, "").await.refusal().0, 404);
    assert_eq!(server.ask("DELETE", "/widget/status", None, "").await.refusal().0, 405);
    assert_eq!(server.ask("POST", "/oauth/callback", None, "").await.refusal().0, 405);
}

#[tokio::test]
async fn no_answer_to_a_widget_is_kept_by_a_cache() {
    let server = TestServer::new().await;
    let opened = server.ask("POST", &format!("/widget/session/{LIVE}"), None, "{}").await;
    assert_eq!(opened.header(header::CACHE_CONTROL), "no-store", "it carries a token");
    let refused = server.get("/services/url", "made-up").await;
    assert_eq!((refused.refusal().0, refused.header(header::CACHE_CONTROL)), (401, "no-store"));
}
