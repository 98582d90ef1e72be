//! What was done has a line, with who did it and whom it was about.

use connect_server::domain::secret_key::Scope;
use serde_json::{Value, json};

use super::{all, ask_with, told};
use crate::connection_tokens::{connect, hand_over};
use crate::query_plans::pool;
use crate::support::browser::{self, approve, deny};
use crate::support::log::Log;
use crate::support::secret_key::add_key;
use crate::support::{HOST, LIVE, SANDBOX, TestServer};

#[tokio::test]
async fn a_sign_in_can_be_followed_from_the_page_to_the_connection() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    approve(&server, &browser::open(&server, &attempt).await).await;
    let events = all(&server).await;
    assert_eq!(
        told(&events),
        [
            "openSession done openSession",
            "beginSignIn done openSession",
            "leaveForService done unknown",
            "connect done openSession",
            "finishSignIn done service",
        ]
    );
    let visit = &events[0].actor_id;
    assert!(visit.as_ref().is_some_and(|visit| visit.starts_with("VIS-")));
    assert_eq!(events[0].origin.as_deref(), Some(HOST));
    assert_eq!(&events[3].actor_id, visit, "whose visit the connection is of");
    assert_eq!(events[4].actor_id.as_deref(), Some("xero"));
    let attempt_id = attempt.attempt_id.unwrap().to_string();
    for event in &events {
        assert_eq!(event.widget.as_ref().unwrap().as_str(), LIVE, "{event:?}");
        assert_eq!(event.business.as_ref(), Some(&session.business_uuid), "{event:?}");
        assert_eq!(event.occurred_at, server.app.now(), "{event:?}");
    }
    for event in &events[1..] {
        assert_eq!(event.connection, attempt.connection_id, "{event:?}");
    }
    for event in [&events[1], &events[2], &events[4]] {
        assert_eq!(event.subject.as_ref(), Some(&attempt_id), "one attempt, by whatever call: {event:?}");
    }
    assert_eq!(events[4].detail.as_deref(), Some("connected"));
}

#[tokio::test]
async fn a_sign_in_that_the_person_refused_is_refused() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    deny(&server, &browser::open(&server, &attempt).await).await;
    let events = all(&server).await;
    let last = events.last().unwrap();
    assert_eq!((last.action.as_str(), last.outcome.as_str()), ("finishSignIn", "refused"));
    assert_eq!(last.connection, attempt.connection_id);
}

#[tokio::test]
async fn what_a_back_end_does_names_its_key_and_what_it_was_done_to() {
    let server = TestServer::new().await;
    let (key, stored) = add_key(&server, SANDBOX, &Scope::ALL).await;
    let ask = |method: &'static str, path: String, body: Value| {
        let (server, key) = (&server, key.expose().to_owned());
        async move { ask_with(server, &key, method, &path, &body.to_string()).await }
    };
    let session = server.session_of(SANDBOX, "Harbour").await;
    let connection = connect(&server, &session).await;
    let token = hand_over(&server, &session).await.unwrap();
    let before = all(&server).await.len();

    let made = ask("POST", "/v2/businesses".to_owned(), json!({"businessName": "Quay"})).await;
    let quay = made.json::<Value>()["businessUuid"].as_str().unwrap().to_owned();
    ask("PUT", format!("/v2/businesses/{quay}"), json!({"businessName": "Quay Ltd"})).await;
    ask("DELETE", format!("/v2/businesses/{quay}"), json!({})).await;
    ask("POST", "/v2/sessions".to_owned(), json!({"businessName": "Harbour"})).await;
    ask("POST", "/v2/connections/redeem".to_owned(), json!({"connectionToken": token})).await;
    ask("GET", format!("/v2/connections/{connection}/access-token"), json!({})).await;
    ask("PUT", "/v2/connections/disconnect".to_owned(), json!({"connectionId": connection})).await;
    // Its line used to say nothing of the business.
    ask("POST", format!("/v2/connections/{connection}/untie"), json!({})).await;
    ask("DELETE", format!("/v2/connections/{connection}"), json!({})).await;
    ask("GET", "/v2/connections".to_owned(), json!({})).await;

    let events = all(&server).await.split_off(before);
    assert_eq!(
        events.iter().map(|event| format!("{} {}", event.action, event.outcome)).collect::<Vec<_>>(),
        [
            "createBusiness done",
            "renameBusiness done",
            "deleteBusiness done",
            "mintSession done",
            "redeemConnectionToken done",
            "readAccessToken refused",
            "disconnectConnection done",
            "untieConnection done",
            "deleteConnection done",
        ],
        "and a list that is read has no line"
    );
    for event in &events {
        assert_eq!(
            (event.actor.as_str(), event.actor_id.as_deref()),
            ("secretKey", Some(stored.id.as_str()))
        );
        assert_eq!(event.widget.as_ref().unwrap().as_str(), SANDBOX, "{event:?}");
    }
    let business = |place: usize| events[place].business.as_ref().unwrap().as_str().to_owned();
    assert_eq!([business(0), business(1), business(2)], [quay.clone(), quay.clone(), quay]);
    for event in &events[3..] {
        assert_eq!(event.business.as_ref(), Some(&session.business_uuid), "{event:?}");
    }
    for event in &events[5..] {
        assert_eq!(event.connection.as_ref().unwrap().as_str(), connection, "{event:?}");
    }
    assert_eq!(events[5].status, Some(409), "the sandbox has no access token");
}

#[tokio::test]
async fn an_answer_that_is_repeated_under_an_idempotency_key_has_a_line_of_its_own() {
    let server = TestServer::new().await;
    let (key, _) = add_key(&server, LIVE, &Scope::ALL).await;
    for _ in 0..2 {
        let request = axum::http::Request::post("/v2/businesses")
            .header("authorization", format!("Bearer {}", key.expose()))
            .header("idempotency-key", "one");
        let body = json!({"businessName": "Harbour"}).to_string();
        let answer = server.send(request.body(axum::body::Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, 201);
    }
    let events = all(&server).await;
    assert_eq!(told(&events), ["createBusiness done secretKey"; 2]);
    assert!(events[0].business.is_some());
    assert_eq!(events[1].detail.as_deref(), Some("answered as before"));
}

#[tokio::test]
async fn no_secret_stands_in_the_audit() {
    let server = TestServer::new().await;
    let (key, _) = add_key(&server, SANDBOX, &Scope::ALL).await;
    let session = server.session_of(SANDBOX, "Harbour").await;
    connect(&server, &session).await;
    let token = hand_over(&server, &session).await.unwrap();
    let attempt = server.begin(&session, "xero").await;
    let popup = browser::open(&server, &attempt).await;
    approve(&server, &popup).await;
    approve(&server, &popup).await;
    for path in ["/v2/sessions", "/v2/webhooks"] {
        ask_with(&server, key.expose(), "POST", path, r#"{"url": "https://1.1.1.1/hooks?key=hidden"}"#).await;
    }
    let redeemed = json!({"connectionToken": token}).to_string();
    ask_with(&server, key.expose(), "POST", "/v2/connections/redeem", &redeemed).await;
    ask_with(&server, "rck_of_nobody", "POST", "/v2/connections/redeem", &redeemed).await;

    let pool = pool(&server).await;
    let lines: Vec<(String,)> = sqlx::query_as(
        "SELECT concat_ws(' ', id, action, outcome, actor, actor_id, widget_id, business_id, connection_id, subject,
                          address, origin, detail) FROM audit_events",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert!(lines.len() > 8, "{lines:?}");
    let text = lines.into_iter().map(|(line,)| line).collect::<Vec<_>>().join("\n");
    let start = attempt.url.rsplit('/').next().unwrap();
    let (state, exchange) = (popup.state(), &server.provider.asked()[0]);
    for (what, secret) in [
        ("secret key", key.expose()),
        ("another secret key", "rck_of_nobody"),
        ("session token", session.access_token.expose()),
        ("connectionToken", token.as_str()),
        ("start token", start),
        ("state", state.as_str()),
        ("code", exchange["code"].as_str()),
        ("webhook's address", "hidden"),
        ("name of a business", "Harbour"),
    ] {
        assert!(!text.contains(secret), "the {what} is in the audit:\n{text}");
    }
}

#[tokio::test]
async fn a_body_that_is_a_secret_stands_neither_in_the_audit_nor_in_the_log() {
    // serde repeats what it cannot use: `invalid type: string "eyJ…"`.
    let log = Log::listen();
    let server = TestServer::new().await;
    let (key, _) = add_key(&server, SANDBOX, &Scope::ALL).await;
    let session = server.session_of(SANDBOX, "Harbour").await;
    connect(&server, &session).await;
    let token = hand_over(&server, &session).await.unwrap();
    let session_token = session.access_token.expose();
    let secrets = [token.as_str(), session_token, key.expose(), "Quay of Mrs Marple"];
    let mut answers = String::new();
    for secret in secrets {
        for body in [json!(secret), json!([[secret]]), json!({ secret: secret })] {
            for (method, path) in [
                ("POST", "/v2/connections/redeem"),
                ("POST", "/v2/businesses"),
                ("POST", "/v2/sessions"),
                ("POST", "/v2/webhooks"),
                ("PUT", "/v2/connections/disconnect"),
                ("POST", "/v2/businesses/BIZ-1/connection/migrate"),
            ] {
                let answer = ask_with(&server, key.expose(), method, path, &body.to_string()).await;
                assert_eq!(answer.status, 400, "{path}: {}", answer.text());
                answers.push_str(&answer.text());
            }
            for path in ["/freshbooks/account", "/widget/session/SANDBOX"] {
                let path = path.replace("SANDBOX", SANDBOX);
                let answer = server.ask("POST", &path, Some(session_token), &body.to_string()).await;
                answers.push_str(&answer.text());
            }
        }
    }

    let lines: Vec<(Option<String>,)> =
        sqlx::query_as("SELECT detail FROM audit_events").fetch_all(&pool(&server).await).await.unwrap();
    let details = format!("{lines:?}");
    assert!(details.contains("the body is not"), "{details}");
    for secret in secrets {
        assert!(!details.contains(secret), "in the audit: {details}");
        assert!(!log.text().contains(secret), "in the log: {}", log.text());
        assert!(!answers.contains(secret), "in an answer: {answers}");
    }
}

#[tokio::test]
async fn whoever_hangs_up_leaves_a_line_too() {
    // The handler is dropped with its connection, so nothing of it would stand anywhere.
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let token = Some(session.access_token.expose());
    let mut asked = Box::pin(server.ask("DELETE", "/widget/session", token, ""));
    assert!(futures_util::poll!(&mut asked).is_pending());
    drop(asked);
    server.settled().await;
    let last = all(&server).await.pop().unwrap();
    assert_eq!((last.action.as_str(), last.outcome.as_str()), ("endSession", "unanswered"));
}
