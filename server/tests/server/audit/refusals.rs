//! What was refused has a line too, and no stranger fills the disk with them.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use connect_server::audit::{MOST_OF_A_MINUTE, write_counted};
use connect_server::domain::secret_key::Scope;

use super::{all, ask_with};
use crate::support::browser::{self, navigate};
use crate::support::log::Log;
use crate::support::secret_key::add_key;
use crate::support::{LIVE, SANDBOX, TestServer, request};

/// 26 calls of an outsider used to leave nothing that anybody could look up.
#[tokio::test]
async fn every_refused_call_of_an_outsider_has_a_line_with_its_reason() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let (reader, stored) = add_key(&server, LIVE, &[Scope::Read]).await;
    let (foreign, _) = add_key(&server, SANDBOX, &Scope::ALL).await;
    let attempt = server.begin(&session, "xero").await;
    let connection = format!("/v2/connections/{}", attempt.connection_id.as_ref().unwrap());
    let before = all(&server).await.len();

    ask_with(&server, "rck_guessed", "GET", "/v2/connections", "").await;
    ask_with(&server, reader.expose(), "DELETE", &connection, "").await;
    ask_with(&server, foreign.expose(), "GET", &connection, "").await;
    server.ask("GET", "/v2/businesses", Some(reader.expose()), "").await;
    server.get("/widget/status", "guessed").await;
    let mut elsewhere = request("GET", "/widget/status", Some(session.access_token.expose()), "");
    elsewhere.headers_mut().insert(header::ORIGIN, "https://evil.example".parse().unwrap());
    server.send(elsewhere).await;
    navigate(&server, "/oauth/callback?state=guessed&code=1", None).await;
    let popup = browser::open(&server, &attempt).await;
    let forged = format!("/oauth/callback?state={}&code=1", popup.state());
    navigate(&server, &forged, None).await;

    let events = all(&server).await.split_off(before);
    let told: Vec<_> = events
        .iter()
        .filter(|event| event.action != "leaveForService")
        .map(|event| format!("{} {} {}", event.action, event.status.unwrap(), event.actor))
        .collect();
    assert_eq!(
        told,
        [
            "otherCall 401 unknown",
            "deleteConnection 403 secretKey",
            "otherCall 404 secretKey",
            "otherCall 403 unknown",
            "otherCall 401 unknown",
            "otherCall 403 unknown",
            "finishSignIn 400 unknown",
            "finishSignIn 400 unknown",
        ]
    );
    assert!(events.iter().all(|event| event.outcome == "refused" || event.action == "leaveForService"));
    assert_eq!(
        events[0].detail.as_deref(),
        Some("GET /v2/connections: a secret key that is unknown or was revoked")
    );
    assert_eq!(events[1].actor_id.as_deref(), Some(stored.id.as_str()));
    assert!(events[1].detail.as_ref().unwrap().contains("lacks the scope write"), "{events:?}");
    assert_eq!(events[2].widget.as_ref().unwrap().as_str(), SANDBOX, "of the key, and not of the connection");
    assert!(events[3].detail.as_ref().unwrap().contains("in a request of the page"), "{events:?}");
    assert_eq!(events[5].origin.as_deref(), Some("https://evil.example"));
}

#[tokio::test]
async fn an_outsider_who_asks_without_end_gets_so_many_lines_a_minute_and_a_number() {
    let server = TestServer::new().await;
    let many = MOST_OF_A_MINUTE + 37;
    for _ in 0..many {
        let answer = ask_with(&server, "rck_guessed", "GET", "/v2/connections", "").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    write_counted(&server.app).await.unwrap();
    assert_eq!(all(&server).await.len() as u64, MOST_OF_A_MINUTE, "the minute goes on");
    server.clock.pass(60);
    write_counted(&server.app).await.unwrap();
    let events = all(&server).await;
    assert_eq!(events.len() as u64, MOST_OF_A_MINUTE + 1);
    let last = events.last().unwrap();
    assert_eq!((last.action.as_str(), last.outcome.as_str(), last.count), ("otherCall", "refused", 37));
    assert_eq!(last.detail.as_deref(), Some("more of these in one minute, by unknown"));
    ask_with(&server, "rck_guessed", "GET", "/v2/connections", "").await;
    assert_eq!(all(&server).await.len() as u64, MOST_OF_A_MINUTE + 2, "the next minute has lines again");
}

#[tokio::test]
async fn other_names_of_widgets_or_pages_bring_an_outsider_no_more_lines() {
    let server = TestServer::new().await;
    for number in 0..MOST_OF_A_MINUTE + 20 {
        let path = format!("/widget/session/PROD_{number}?businessName=Harbour");
        let answer = server.ask("POST", &path, None, "{}").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(all(&server).await.len() as u64, MOST_OF_A_MINUTE);
}

/// Before, a hundred calls that named a widget of nobody's took the lines of that minute from all widgets.
#[tokio::test]
async fn calls_to_widgets_that_are_not_there_hide_none_to_a_widget_that_is() {
    let server = TestServer::new().await;
    let guess = |widget: &str| {
        let path = format!("/widget/session/{widget}?businessName=Harbour");
        request("POST", &path, Some("guessed"), "{}")
    };
    for _ in 0..MOST_OF_A_MINUTE + 30 {
        server.send(guess("PROD_of_nobody")).await;
    }
    let before = all(&server).await.len();
    assert_eq!(server.send(guess(LIVE)).await.status, StatusCode::UNAUTHORIZED);
    let events = all(&server).await.split_off(before);
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(events[0].widget.as_ref().map(railz_connect_contract::WidgetId::as_str), Some(LIVE));
}

#[tokio::test]
async fn what_a_key_changes_has_a_line_however_often() {
    let server = TestServer::new().await;
    let (key, _) = add_key(&server, LIVE, &Scope::ALL).await;
    for number in 0..MOST_OF_A_MINUTE + 5 {
        let body = format!(r#"{{"businessName": "Harbour {number}"}}"#);
        ask_with(&server, key.expose(), "POST", "/v2/businesses", &body).await;
    }
    assert_eq!(all(&server).await.len() as u64, MOST_OF_A_MINUTE + 5);
}

#[tokio::test]
async fn what_a_client_says_cannot_forge_a_line_nor_lengthen_it() {
    let server = TestServer::new().await;
    let (key, _) = add_key(&server, LIVE, &Scope::ALL).await;
    let long = "x".repeat(5000);
    for id in ["CON-1%0A2026-03-01%20audit%20action=connect", "CON-%E2%80%AE1", long.as_str()] {
        ask_with(&server, key.expose(), "DELETE", &format!("/v2/connections/{id}"), "").await;
    }
    let asked = Request::get("/v2/connections").header(header::ORIGIN, long.as_str());
    let asked = asked.header(header::AUTHORIZATION, format!("Bearer {}", key.expose()));
    server.send(asked.body(Body::empty()).unwrap()).await;
    for event in all(&server).await {
        for text in
            [event.connection.map(|id| id.to_string()), event.origin, event.detail].into_iter().flatten()
        {
            assert!(text.chars().count() <= 200, "{text}");
            assert!(!text.contains(|letter: char| letter.is_control() || letter == '\u{202e}'), "{text}");
        }
    }
}

/// A back end that put its key where an id was due had the whole key written down: as connectionId, as business, as widget and in
/// the reason, and in the log too.
#[tokio::test]
async fn what_stands_in_an_ids_place_is_written_down_only_if_it_is_an_id() {
    let log = Log::listen();
    let server = TestServer::new().await;
    let (key, _) = add_key(&server, LIVE, &Scope::ALL).await;
    let key = key.expose();
    let session = server.session_of(LIVE, "Harbour").await;
    let id = "CON-9b1f3c1a-5b0e-4a53-8f0d-0e4c4f6b1a22";
    for (method, path, body) in [
        ("GET", format!("/v2/connections/{key}"), String::new()),
        ("DELETE", format!("/v2/connections/{key}"), String::new()),
        ("GET", format!("/v2/connections/{key}/proxy/invoices"), String::new()),
        ("GET", format!("/v2/businesses/{key}"), String::new()),
        ("DELETE", format!("/v2/webhooks/{key}"), String::new()),
        ("GET", format!("/v2/connections?{key}=1"), String::new()),
        ("GET", format!("/v2/connections?status={key}"), String::new()),
        ("GET", format!("/v2/nothing/{key}"), String::new()),
        ("PUT", "/v2/connections/disconnect".to_owned(), format!(r#"{{"connectionId": "{key}"}}"#)),
        ("POST", "/v2/sessions".to_owned(), format!(r#"{{"businessUuid": "{key}"}}"#)),
        ("POST", "/v2/sessions".to_owned(), format!(r#"{{"visitId": "{key}"}}"#)),
        ("POST", "/v2/sessions".to_owned(), format!(r#"{{"services": ["{key}"]}}"#)),
        ("POST", "/v2/sessions".to_owned(), format!(r#"{{"successUrl": "{key}"}}"#)),
        (
            "POST",
            "/v2/webhooks".to_owned(),
            format!(r#"{{"url": "https://x.example/", "events": ["{key}"]}}"#),
        ),
        ("GET", format!("/v2/connections/{id}"), String::new()),
    ] {
        let answer = ask_with(&server, key, method, &path, &body).await;
        assert!(answer.status.is_client_error(), "{method} {path} {body}: {answer:?}");
        assert!(body.is_empty() || !answer.text().contains(key), "{method} {path} {body}: {}", answer.text());
    }
    let page = session.access_token.expose();
    for (method, path, body) in [
        ("GET", format!("/services/url?serviceName={key}"), String::new()),
        ("GET", format!("/services/url?serviceName=xero&connectionId={key}"), String::new()),
        ("GET", format!("/widget/connection/updates/{key}"), String::new()),
        ("POST", format!("/{key}/account"), r#"{"accountId": "1", "connectionId": "1"}"#.to_owned()),
        ("POST", "/xero/account".to_owned(), format!(r#"{{"accountId": "{key}", "connectionId": "{key}"}}"#)),
        ("POST", format!("/sandbox/login/{key}"), r#"{"code": "user_good"}"#.to_owned()),
    ] {
        let answer = server.ask(method, &path, Some(page), &body).await;
        assert!(answer.status.is_client_error(), "{method} {path}: {answer:?}");
    }
    server.ask("POST", &format!("/widget/session/{key}?businessName=Harbour"), None, "{}").await;
    let mut elsewhere = request("GET", "/widget/status", Some(page), "");
    elsewhere.headers_mut().insert(header::ORIGIN, format!("https://x.example/{key}").parse().unwrap());
    server.send(elsewhere).await;

    let events = all(&server).await;
    for event in &events {
        assert!(!format!("{event:?}").contains(key), "{event:?}");
    }
    let found: Vec<_> = events.iter().filter_map(|event| event.connection.as_ref()).collect();
    assert_eq!(found.iter().map(|id| id.as_str()).collect::<Vec<_>>(), [id], "an id is kept");
    let logged = log.text();
    assert!(logged.contains("refused") && !logged.contains(key), "{logged}");
}

/// None of these left a line: only 401, 403 and what was looked up below `/v2` and not found did.
#[tokio::test]
async fn whatever_a_route_refuses_has_a_line_and_what_is_no_refusal_has_none() {
    let server = TestServer::new().await;
    let (key, _) = add_key(&server, LIVE, &Scope::ALL).await;
    let session = server.session_of(LIVE, "Harbour").await;
    let page = session.access_token.expose();
    let attempt = server.begin(&session, "xero").await;
    let own = format!("/widget/connection/updates/{}", attempt.connection_id.as_ref().unwrap());
    let guess = "/widget/connection/updates/CON-9b1f3c1a-5b0e-4a53-8f0d-0e4c4f6b1a22";
    let before = all(&server).await.len();
    ask_with(&server, key.expose(), "GET", "/v2/connections?foo=1", "").await;
    server.get(guess, page).await;
    server.get(&format!("{own}?attemptId=ATT-9b1f3c1a-5b0e-4a53-8f0d-0e4c4f6b1a22"), page).await;
    server.get("/freshbooks/account", page).await;
    let refused = all(&server).await.split_off(before);
    let told: Vec<_> = refused
        .iter()
        .map(|event| (event.outcome.as_str(), event.status.unwrap(), event.actor.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("refused", 400, "secretKey"),
            ("refused", 404, "openSession"),
            ("refused", 404, "openSession"),
            ("refused", 404, "openSession"),
        ]
    );
    assert!(refused[0].detail.as_ref().unwrap().starts_with("GET /v2/connections: there is no such filter"));

    let before = all(&server).await.len();
    assert_eq!(server.get(&format!("{own}?timeoutInMs=1"), page).await.status, StatusCode::NOT_FOUND);
    for (method, path) in [("GET", "/v2/nothing"), ("PUT", "/v2/sessions"), ("GET", "/widget/nothing.js")] {
        assert!(server.ask(method, path, None, "").await.status.is_client_error(), "{method} {path}");
    }
    assert_eq!(told_of(&all(&server).await.split_off(before)), Vec::<String>::new());
}

fn told_of(events: &[connect_server::domain::audit_list::ListedAuditEvent]) -> Vec<String> {
    events.iter().map(|event| format!("{} {:?}", event.action, event.detail)).collect()
}
