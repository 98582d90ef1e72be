//! What the success page believes.

use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Answer;
use super::connect::{OURS, PlayedConnect, THEIRS, forge};
use super::visitor::{Visitor, back_end};
use crate::verify_token::{Claims, TokenError};

const REDEEM: &str = "/v2/connections/redeem";

async fn hand_over(visitor: &Visitor, state: &str, token: &str) -> Answer {
    let fields =
        [("connectionId", OURS), ("businessName", "A claim"), ("state", state), ("connectionToken", token)];
    visitor.post("/success", &fields).await
}

async fn assert_refused(visitor: &Visitor, state: &str, token: &str) {
    let refused = hand_over(visitor, state, token).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
    assert_eq!(refused.element("refused"), "We could not confirm this");
    let connected = visitor.get("/success/connected").await;
    assert!(connected.text.contains("Nothing has arrived"), "nothing was kept");
}

fn changed(claims: &Value, name: &str, value: Value) -> Value {
    let mut claims = claims.clone();
    claims[name] = value;
    claims
}

#[tokio::test]
async fn a_token_of_this_visitor_is_redeemed_and_the_company_shown() {
    let visitor = Visitor::signed_in().await;
    let state = visitor.state();
    let token = visitor.connect.sign(&visitor.connect.claims(&state));
    let answer = hand_over(&visitor, &state, &token).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "a reload repeats nothing");
    assert_eq!(answer.header("location"), Some("/success/connected"));
    let page = visitor.get("/success/connected").await;
    assert_eq!(page.element("connected"), "Juniper &lt;Bakery&gt; at Xero is connected");
    assert_eq!(page.element("business-name"), "Harbour &amp; Co", "by the server's word");
    assert_eq!((page.element("connection-id"), page.element("method")), (OURS, "POST"));
    assert_eq!((page.element("currency"), page.element("fiscal-year")), ("GBP", "begins in April"));
    assert!(page.text.contains("<td>&lt;I-7&gt;</td>"), "{}", page.text);
    assert!(!page.text.contains(&token) && !page.text.contains("rck_"));
}

#[tokio::test]
async fn a_token_is_redeemed_under_one_idempotency_key() {
    let visitor = Visitor::signed_in().await;
    let state = visitor.state();
    hand_over(&visitor, &state, &visitor.connect.sign(&visitor.connect.claims(&state))).await;
    let posted = visitor.connect.posted.lock().unwrap();
    let keys: Vec<_> =
        posted.iter().filter(|(path, ..)| path.ends_with("/redeem")).map(|(_, key, _)| key).collect();
    assert_eq!(keys, ["JTI-1"]);
}

/// Only a call without any answer used to be sent again.
#[tokio::test]
async fn a_server_that_is_busy_or_in_trouble_is_asked_again_under_the_same_key() {
    let visitor = Visitor::signed_in().await;
    let state = visitor.state();
    let token = visitor.connect.sign(&visitor.connect.claims(&state));
    let busy = [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE];
    visitor.connect.trouble.lock().unwrap().extend(busy.map(|status| (REDEEM, status)));
    assert_eq!(hand_over(&visitor, &state, &token).await.status, StatusCode::SEE_OTHER);
    let posted = visitor.connect.posted.lock().unwrap();
    let keys = posted.iter().filter(|(path, ..)| path.ends_with("/redeem")).map(|(_, key, _)| key.as_str());
    assert_eq!(keys.collect::<Vec<_>>(), ["JTI-1"; 3]);
}

/// The person read "what arrived here was not yours, or came a second time", and a reload, which does send it a second time, said
/// so for ever: the token's id had been used up.
#[tokio::test]
async fn while_nothing_can_be_redeemed_nobody_is_accused_and_a_reload_succeeds() {
    for (path, times) in [(REDEEM, 3), ("/.well-known/jwks.json", 1)] {
        let visitor = Visitor::signed_in().await;
        let state = visitor.state();
        let token = visitor.connect.sign(&visitor.connect.claims(&state));
        let trouble = vec![(path, StatusCode::INTERNAL_SERVER_ERROR); times];
        visitor.connect.trouble.lock().unwrap().extend(trouble);
        let answer = hand_over(&visitor, &state, &token).await;
        assert_eq!(answer.status, StatusCode::BAD_GATEWAY, "{}", answer.text);
        assert_eq!(answer.element("mistake"), "Please try again later.");
        assert_eq!(hand_over(&visitor, &state, &token).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_state_of_no_page_of_this_visitor_is_refused() {
    let visitor = Visitor::signed_in().await;
    for state in ["", "made-up"] {
        let token = visitor.connect.sign(&visitor.connect.claims(state));
        assert_refused(&visitor, state, &token).await;
    }
}

#[tokio::test]
async fn a_hand_over_of_another_visitor_is_refused() {
    // Somebody has their own books connected, and has another person's browser bring the result.
    let attacker = Visitor::signed_in().await;
    let theirs = attacker.state();
    let token = attacker.connect.sign(&attacker.connect.claims(&theirs));
    let mut victim = attacker.stranger();
    assert_eq!(
        hand_over(&victim, &theirs, &token).await.status,
        StatusCode::FORBIDDEN,
        "nobody is signed in"
    );
    victim.sign_in("Quay").await;
    assert_refused(&victim, &theirs, &token).await;
    let own = victim.state();
    assert_refused(&victim, &own, &token).await;
}

#[tokio::test]
async fn a_token_that_came_before_is_refused() {
    let visitor = Visitor::signed_in().await;
    let state = visitor.state();
    let token = visitor.connect.sign(&visitor.connect.claims(&state));
    assert_eq!(hand_over(&visitor, &state, &token).await.status, StatusCode::SEE_OTHER);
    assert_eq!(hand_over(&visitor, &state, &token).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_token_that_was_changed_or_is_for_somebody_else_is_refused() {
    let visitor = Visitor::signed_in().await;
    let (connect, state) = (visitor.connect.clone(), visitor.state());
    let claims = connect.claims(&state);
    for token in [
        connect.sign(&changed(&claims, "aud", "PROD_other".into())),
        connect.sign(&changed(&claims, "iss", "https://other.example".into())),
        connect.sign(&changed(&claims, "exp", 1.into())),
        connect.sign(&changed(&claims, "exp", u64::MAX.into())),
        connect.sign(&changed(&claims, "state", "another".into())),
        connect.sign(&changed(&claims, "businessUuid", "BIZ-2".into())),
        connect.sign(&json!({})),
        forge(&claims),
        "a.b.c".to_owned(),
        "none".to_owned(),
    ] {
        assert_refused(&visitor, &state, &token).await;
    }
    let (front, signature) = token_parts(&connect.sign(&claims));
    assert_refused(&visitor, &state, &format!("{front}.{}", signature.chars().rev().collect::<String>()))
        .await;
}

fn token_parts(token: &str) -> (String, String) {
    let (front, signature) = token.rsplit_once('.').unwrap();
    (front.to_owned(), signature.to_owned())
}

#[tokio::test]
async fn without_a_token_the_connection_is_looked_up() {
    let visitor = Visitor::signed_in().await;
    let state = visitor.state();
    let claim = |id| [("connectionId", id), ("serviceName", "A claim"), ("state", state.as_str())];
    let theirs = visitor.post("/success", &claim(THEIRS)).await;
    assert_eq!(theirs.status, StatusCode::FORBIDDEN, "another customer's");
    assert_eq!(visitor.post("/success", &claim("CON-1")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(visitor.post("/success", &claim(OURS)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(visitor.get("/success/connected").await.element("service-name"), "xero");
}

/// Whoever had got hold of somebody's token posted it with a `state` of their own, and that person's own hand-over was refused.
#[tokio::test]
async fn a_token_that_somebody_else_brought_first_stays_good_for_whom_it_is_for() {
    let victim = Visitor::signed_in().await;
    let state = victim.state();
    let token = victim.connect.sign(&victim.connect.claims(&state));
    let mut attacker = victim.stranger();
    attacker.sign_in("Harbour & Co").await;
    let own = attacker.state();
    assert_refused(&attacker, &own, &token).await;
    assert_eq!(hand_over(&victim, &state, &token).await.status, StatusCode::SEE_OTHER);
}

async fn verify_at(
    connect: &PlayedConnect,
    back_end: &crate::back_end::BackEnd,
    jti: &str,
    after: u64,
) -> Result<Claims, TokenError> {
    let claims = changed(&changed(&connect.claims("s"), "jti", jti.into()), "exp", 9_999_999_999_u64.into());
    let now = SystemTime::now() + Duration::from_secs(after);
    back_end.tokens.verify(&back_end.api, &connect.sign(&claims).as_str().into(), now).await
}

#[tokio::test]
async fn the_public_keys_are_fetched_again_once_when_another_key_signs() {
    let connect = PlayedConnect::start().await;
    let back_end = back_end(&connect, "rck_right");
    let asked = || connect.keys_asked.load(Ordering::Relaxed);
    assert!(verify_at(&connect, &back_end, "a", 0).await.is_ok());
    assert!(verify_at(&connect, &back_end, "b", 600).await.is_ok());
    assert_eq!(asked(), 1, "kept for an hour");
    connect.rotate_keys();
    assert!(verify_at(&connect, &back_end, "c", 700).await.is_ok());
    assert!(verify_at(&connect, &back_end, "d", 701).await.is_ok());
    assert_eq!(asked(), 2);
    assert!(verify_at(&connect, &back_end, "e", 700 + 3601).await.is_ok());
    assert_eq!(asked(), 3, "an hour later");
}

#[tokio::test]
async fn made_up_keys_do_not_have_the_server_asked_each_time() {
    let connect = PlayedConnect::start().await;
    let back_end = back_end(&connect, "rck_right");
    assert!(verify_at(&connect, &back_end, "a", 0).await.is_ok());
    let header = json!({ "alg": "EdDSA", "kid": "made-up", "typ": "connection+jwt" });
    let key = ring::signature::Ed25519KeyPair::from_seed_unchecked(&[9; 32]).unwrap();
    for after in [31, 32, 33] {
        let token = super::connect::sign(&header, &connect.claims("s"), &key);
        let now = SystemTime::now() + Duration::from_secs(after);
        let refused = back_end.tokens.verify(&back_end.api, &token.as_str().into(), now).await;
        assert!(matches!(refused, Err(TokenError::UnknownKey)), "{refused:?}");
    }
    assert_eq!(connect.keys_asked.load(Ordering::Relaxed), 2);
}
