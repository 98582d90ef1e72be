//! What a success page receives and a back end can trust: signed for one visit, redeemed once, and by nobody else.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use connect_server::domain::secret_key::{Scope, SecretKeyText};
use railz_connect_contract::SessionResponse;
use serde_json::{Value, json};

use crate::support::secret_key::add_key;
use crate::support::{Answer, LIVE, SANDBOX, TestServer};

type Session = SessionResponse<Value>;

/// Connects the sandbox in a session, and gives the connection's id.
pub async fn connect(server: &TestServer, session: &Session) -> String {
    let attempt = server.begin(session, "railzSandbox").await;
    let token = Some(session.access_token.expose());
    let answer = server.ask("POST", &attempt.url, token, r#"{"code":"user_good"}"#).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    attempt.connection_id.unwrap().to_string()
}

/// The token that a session hands over, if any.
pub async fn hand_over(server: &TestServer, session: &Session) -> Option<String> {
    let token = Some(session.access_token.expose());
    let answer = server.ask("POST", "/widget/connectionToken", token, "{}").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let body: Value = answer.json();
    body["connectionToken"].as_str().map(str::to_owned)
}

fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

/// A request of a back end, which may be repeated under a key.
async fn post(server: &TestServer, path: &str, key: &SecretKeyText, body: &Value, again: &str) -> Answer {
    let mut request = Request::post(path)
        .header(header::AUTHORIZATION, format!("Bearer {}", key.expose()))
        .header(header::CONTENT_TYPE, "application/json");
    if !again.is_empty() {
        request = request.header("idempotency-key", again);
    }
    server.send(request.body(Body::from(body.to_string())).unwrap()).await
}

async fn redeem(server: &TestServer, key: &SecretKeyText, token: &str) -> Answer {
    post(server, "/v2/connections/redeem", key, &json!({"connectionToken": token}), "").await
}

/// A minted session of the sandbox widget, taken up by its page.
async fn minted(server: &TestServer, key: &SecretKeyText, body: &Value) -> Session {
    let minted = post(server, "/v2/sessions", key, body, "").await;
    assert_eq!(minted.status, StatusCode::CREATED, "{}", minted.text());
    let minted: Value = minted.json();
    let path = format!("/widget/session/{SANDBOX}?include=connections,integrations");
    let answer = server.ask("POST", &path, minted["sessionToken"].as_str(), "{}").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn with_key() -> (TestServer, SecretKeyText) {
    let server = TestServer::new().await;
    let (key, _) = add_key(&server, SANDBOX, &[Scope::Sessions, Scope::Read]).await;
    (server, key)
}

#[tokio::test]
async fn a_token_tells_who_connected_what_and_when() {
    let (server, key) = with_key().await;
    let session = minted(&server, &key, &json!({"businessName": "Harbour", "state": "of-the-visitor"})).await;
    let connection = connect(&server, &session).await;
    let token = hand_over(&server, &session).await.unwrap();
    let now = server.app.now().as_second();
    let mut told = claims(&token);
    assert!(told["jti"].take().as_str().unwrap().len() >= 32);
    let due = json!({
        "iss": "https://connect.example", "aud": SANDBOX, "iat": now, "exp": now + 600, "jti": null,
        "state": "of-the-visitor", "businessUuid": session.business_uuid,
        "connections": [{"connectionId": connection, "serviceName": "railzSandbox", "signedIn": true}],
    });
    assert_eq!(told, due);
}

#[tokio::test]
async fn a_token_is_redeemed_once_and_again_under_the_same_idempotency_key() {
    let (server, key) = with_key().await;
    let session = minted(&server, &key, &json!({"businessName": "Harbour", "state": "s"})).await;
    let connection = connect(&server, &session).await;
    let body = json!({"connectionToken": hand_over(&server, &session).await.unwrap()});
    let first = post(&server, "/v2/connections/redeem", &key, &body, "order-1").await;
    assert_eq!(first.status, 200, "{}", first.text());
    let told: Value = first.json();
    assert_eq!(told["businessName"], "Harbour");
    assert_eq!(told["businessUuid"], json!(session.business_uuid));
    assert_eq!(told["state"], "s");
    assert_eq!(told["connections"][0]["connectionId"], connection.as_str());
    let again = post(&server, "/v2/connections/redeem", &key, &body, "order-1").await;
    assert_eq!((again.status, again.json::<Value>()), (StatusCode::OK, told));
    let replayed = post(&server, "/v2/connections/redeem", &key, &body, "order-2").await.refusal();
    assert_eq!(replayed.0, 409);
    assert!(replayed.1.contains("redeemed already"), "{}", replayed.1);
}

#[tokio::test]
async fn only_the_newest_token_of_a_visit_counts() {
    let (server, key) = with_key().await;
    let session = minted(&server, &key, &json!({"businessName": "Harbour"})).await;
    connect(&server, &session).await;
    let older = hand_over(&server, &session).await.unwrap();
    let newer = hand_over(&server, &session).await.unwrap();
    assert_eq!(redeem(&server, &key, &older).await.refusal().0, 409);
    assert_eq!(redeem(&server, &key, &newer).await.status, 200);
    // The person goes back and on again: what was redeemed is no reason to keep them.
    let third = hand_over(&server, &session).await.unwrap();
    assert_eq!(redeem(&server, &key, &third).await.status, 200);
}

#[tokio::test]
async fn a_changed_a_foreign_and_an_old_token_are_refused_by_name() {
    let (server, key) = with_key().await;
    let session = minted(&server, &key, &json!({"businessName": "Harbour"})).await;
    connect(&server, &session).await;
    let token = hand_over(&server, &session).await.unwrap();

    let mut changed = claims(&token);
    changed["businessUuid"] = json!("BIZ-somebody-elses");
    let parts: Vec<_> = token.split('.').collect();
    let changed = format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(changed.to_string()), parts[2]);
    let refused = redeem(&server, &key, &changed).await.refusal();
    assert!(refused.0 == 400 && refused.1.contains("signature does not fit"), "{refused:?}");

    let (of_another_widget, _) = add_key(&server, LIVE, &[Scope::Read]).await;
    let refused = redeem(&server, &of_another_widget, &token).await.refusal();
    assert!(refused.0 == 403 && refused.1.contains("another widget"), "{refused:?}");

    let (without_scope, _) = add_key(&server, SANDBOX, &[Scope::Sessions]).await;
    assert_eq!(redeem(&server, &without_scope, &token).await.refusal().0, 403);
    assert_eq!(redeem(&server, &key, "made.up.token").await.refusal().0, 400);
    let answer =
        server.ask("POST", "/v2/connections/redeem", Some(session.access_token.expose()), "{}").await;
    assert_eq!(answer.refusal().0, 401, "a session's token is no secret key");

    server.clock.pass(600);
    let refused = redeem(&server, &key, &token).await.refusal();
    assert!(refused.0 == 400 && refused.1.contains("ran out"), "{refused:?}");
    let session = minted(&server, &key, &json!({"businessName": "Harbour"})).await;
    let newer = hand_over(&server, &session).await.unwrap();
    assert_eq!(redeem(&server, &key, &newer).await.status, 200, "and none of that used anything up");
}

#[tokio::test]
async fn whoever_types_a_shops_name_gets_no_signature_for_what_is_the_shops() {
    // Everything that a business had connected used to be anybody's result who opened a session by its name.
    let (server, key) = with_key().await;
    let owner = minted(&server, &key, &json!({"businessName": "Harbour"})).await;
    let connection = connect(&server, &owner).await;
    let stranger = server.session_of(SANDBOX, "Harbour").await;
    assert_eq!(stranger.business_uuid, owner.business_uuid);
    assert_eq!(hand_over(&server, &stranger).await, None);

    // What the back end says for whom it is, it gets told, with who signed in when.
    let later = minted(&server, &key, &json!({"businessName": "Harbour"})).await;
    let told = claims(&hand_over(&server, &later).await.unwrap());
    let due = json!([{"connectionId": connection, "serviceName": "railzSandbox", "signedIn": false}]);
    assert_eq!(told["connections"], due);
}

#[tokio::test]
async fn an_open_visit_is_vouched_for_in_what_it_signed_in_to_also_after_its_session_ran_out() {
    let (server, _) = with_key().await;
    let session = server.session_of(SANDBOX, "Harbour").await;
    let connection = connect(&server, &session).await;
    let told = claims(&hand_over(&server, &session).await.unwrap());
    assert_eq!(told["connections"][0]["connectionId"], connection.as_str());
    assert_eq!(told["connections"][0]["signedIn"], true);
    server.clock.pass(3600);
    let later = server.continue_session(SANDBOX, &session).await;
    assert!(hand_over(&server, &later).await.is_some());
}

#[tokio::test]
async fn what_is_not_connected_any_more_is_in_no_token() {
    let (server, key) = with_key().await;
    let session = minted(&server, &key, &json!({"businessName": "Harbour"})).await;
    connect(&server, &session).await;
    server.clock.pass(366 * 24 * 3600);
    let session = minted(&server, &key, &json!({"businessName": "Harbour"})).await;
    assert_eq!(hand_over(&server, &session).await, None);
}
