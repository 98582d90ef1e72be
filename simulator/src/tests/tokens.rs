//! From a code to tokens, and the life of tokens (RFC 6749, 7636, 7009).

use super::*;

#[tokio::test]
async fn an_approved_request_becomes_tokens_that_open_the_chosen_company() {
    let provider = Provider::new();
    let answer = provider.choose("approve", &[]).await;
    let (to, query) = answer.redirect();
    assert_eq!(to, CALLBACK);
    assert_eq!(query[1..], [("state".into(), "st&te".into()), ("iss".into(), ISSUER.into())]);

    let tokens = provider.exchange(&answer.brought("code").unwrap()).await;
    assert_eq!(tokens.status, StatusCode::OK, "{}", tokens.text);
    assert_eq!(tokens.header("cache-control"), Some("no-store"));
    let json = tokens.json();
    assert_eq!((&json["token_type"], &json["expires_in"]), (&"Bearer".into(), &1800.into()));
    assert_eq!(json["scope"], "accounting reports");

    let company = provider.company(&tokens.word("access_token")).await;
    assert_eq!(company.json()["company"], "Finch Joinery");
}

#[tokio::test]
async fn a_wrong_or_missing_verifier_gets_nothing_and_uses_the_code_up() {
    let provider = Provider::new();
    for verifier in [Some("A".repeat(43)), None] {
        let code = provider.code().await;
        let mut pairs =
            vec![("grant_type", "authorization_code"), ("code", &*code), ("redirect_uri", CALLBACK)];
        if let Some(verifier) = &verifier {
            pairs.push(("code_verifier", verifier));
        }
        let answer = provider.post_as_client("/xero/token", &pairs).await;
        assert_eq!((answer.status, answer.error()), (StatusCode::BAD_REQUEST, "invalid_grant".into()));
        assert_eq!(provider.exchange(&code).await.error(), "invalid_grant");
    }
}

#[tokio::test]
async fn a_verifier_without_a_challenge_is_refused() {
    let provider = Provider::new();
    let without = [("code_challenge", ""), ("code_challenge_method", "")];
    let code = provider.choose("approve", &without).await.brought("code").unwrap();
    assert_eq!(provider.exchange(&code).await.error(), "invalid_grant");
}

#[tokio::test]
async fn a_code_that_comes_twice_is_refused_and_revokes_what_it_gave() {
    let provider = Provider::new();
    let code = provider.code().await;
    let access = provider.exchange(&code).await.word("access_token");
    assert_eq!(provider.company(&access).await.status, StatusCode::OK);
    assert_eq!(provider.exchange(&code).await.error(), "invalid_grant");
    let company = provider.company(&access).await;
    assert_eq!(company.status, StatusCode::UNAUTHORIZED);
    assert_eq!(company.header("www-authenticate"), Some("Bearer error=\"invalid_token\""));
}

#[tokio::test]
async fn a_code_is_good_for_a_minute() {
    let provider = Provider::new();
    let (in_time, late) = (provider.code().await, provider.code().await);
    provider.wait(Duration::from_millis(59_999));
    assert_eq!(provider.exchange(&in_time).await.status, StatusCode::OK);
    provider.wait(Duration::from_millis(1));
    assert_eq!(provider.exchange(&late).await.error(), "invalid_grant");
}

#[tokio::test]
async fn the_redirect_uri_of_the_exchange_must_be_the_one_of_the_request() {
    let provider = Provider::new();
    let elsewhere = format!("{CALLBACK}/");
    for redirect in ["", elsewhere.as_str()] {
        let code = provider.code().await;
        let pairs = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", redirect),
            ("code_verifier", VERIFIER),
        ];
        assert_eq!(provider.post_as_client("/xero/token", &pairs).await.error(), "invalid_grant");
    }
}

#[tokio::test]
async fn a_code_is_of_no_use_to_another_client_or_service_and_stays_good_for_its_own() {
    let provider = Provider::new();
    let code = provider.code().await;
    let mut pairs = vec![
        ("grant_type", "authorization_code"),
        ("code", &*code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    assert_eq!(provider.post_as_client("/wave/token", &pairs).await.error(), "invalid_grant");
    pairs.extend([("client_id", "other"), ("client_secret", "other-secret")]);
    assert_eq!(provider.post("/xero/token", &pairs).await.error(), "invalid_grant");
    assert_eq!(provider.exchange(&code).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_access_token_is_good_for_as_long_as_the_service_has_it() {
    let provider = Provider::new();
    let access = provider.exchange(&provider.code().await).await.word("access_token");
    provider.wait(Duration::from_millis(1_799_999));
    assert_eq!(provider.company(&access).await.status, StatusCode::OK);
    provider.wait(Duration::from_millis(1));
    assert_eq!(provider.company(&access).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_refresh_token_gives_new_tokens_once() {
    let provider = Provider::new();
    let first = provider.exchange(&provider.code().await).await;
    let second = provider.refresh(&first.word("refresh_token")).await;
    assert_eq!(second.status, StatusCode::OK, "{}", second.text);
    assert_ne!(second.word("refresh_token"), first.word("refresh_token"));
    assert_eq!(provider.company(&second.word("access_token")).await.status, StatusCode::OK);

    let third = provider.refresh(&second.word("refresh_token")).await;
    assert_eq!(third.status, StatusCode::OK);
    assert_eq!(provider.refresh(&first.word("refresh_token")).await.error(), "invalid_grant");
    // The replay ended the grant, the newest tokens included.
    assert_eq!(provider.refresh(&third.word("refresh_token")).await.error(), "invalid_grant");
    assert_eq!(provider.company(&third.word("access_token")).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_refresh_may_ask_for_less_but_not_for_more() {
    let provider = Provider::new();
    let refresh = provider.exchange(&provider.code().await).await.word("refresh_token");
    let mut pairs = vec![("grant_type", "refresh_token"), ("refresh_token", &*refresh), ("scope", "payroll")];
    assert_eq!(provider.post_as_client("/xero/token", &pairs).await.error(), "invalid_scope");
    pairs[2].1 = "reports";
    assert_eq!(provider.post_as_client("/xero/token", &pairs).await.word("scope"), "reports");
}

#[tokio::test]
async fn revoking_a_refresh_token_ends_the_whole_grant() {
    let provider = Provider::new();
    let tokens = provider.exchange(&provider.code().await).await;
    let refresh = tokens.word("refresh_token");
    for _ in 0..2 {
        let answer = provider.post_as_client("/xero/revoke", &[("token", &refresh)]).await;
        assert_eq!((answer.status, answer.text.as_str()), (StatusCode::OK, ""));
    }
    assert_eq!(provider.refresh(&refresh).await.error(), "invalid_grant");
    assert_eq!(provider.company(&tokens.word("access_token")).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn revoking_an_access_token_leaves_the_refresh_token() {
    let provider = Provider::new();
    let tokens = provider.exchange(&provider.code().await).await;
    let access = tokens.word("access_token");
    provider.post_as_client("/xero/revoke", &[("token", &access)]).await;
    assert_eq!(provider.company(&access).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(provider.refresh(&tokens.word("refresh_token")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn nobody_revokes_another_clients_token() {
    let provider = Provider::new();
    let tokens = provider.exchange(&provider.code().await).await;
    let refresh = tokens.word("refresh_token");
    let pairs = [("token", &*refresh), ("client_id", "other"), ("client_secret", "other-secret")];
    assert_eq!(provider.post("/xero/revoke", &pairs).await.error(), "invalid_grant");
    assert_eq!(provider.refresh(&refresh).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_log_tells_what_happened_and_no_secret() {
    let provider = Provider::new();
    let code = provider.code().await;
    let tokens = provider.exchange(&code).await;
    let refreshed = provider.refresh(&tokens.word("refresh_token")).await;
    provider.post_as_client("/xero/revoke", &[("token", &refreshed.word("refresh_token"))]).await;

    let log = provider.log().await;
    let told: Vec<_> = log
        .iter()
        .map(|entry| (entry["event"].as_str().unwrap(), entry["outcome"].as_str().unwrap()))
        .collect();
    let expected = [
        ("authorise", "asked"),
        ("authorise", "approved"),
        ("token", "ok"),
        ("refresh", "ok"),
        ("revoke", "ok"),
    ];
    assert_eq!(told, expected);
    assert_eq!((&log[0]["pkce"], &log[0]["redirectUri"]), (&"S256".into(), &CALLBACK.into()));
    assert_eq!(log[2]["clientAuthentication"], "basic");
    assert_eq!((&log[4]["clientId"], &log[4]["revoked"]), (&log[0]["clientId"], &"grant".into()));

    let text = provider.get("/control/xero/log").await.text;
    let secrets =
        [&code, &tokens.word("access_token"), &refreshed.word("refresh_token"), "practice-secret", VERIFIER];
    assert!(secrets.iter().all(|secret| !text.contains(*secret)));
    assert_eq!(provider.get("/control/wave/log").await.text, "[]");
}

#[tokio::test]
async fn an_access_for_a_moment_ends_by_itself_and_cannot_be_renewed() {
    let provider = Provider::new();
    let code = provider.choose("brief", &[]).await.brought("code").unwrap();
    let tokens = provider.exchange(&code).await;
    assert_eq!((&tokens.json()["expires_in"], &tokens.json()["refresh_token"]), (&4.into(), &Value::Null));
    let access = tokens.word("access_token");
    provider.wait(Duration::from_millis(3_999));
    assert_eq!(provider.company(&access).await.status, StatusCode::OK);
    provider.wait(Duration::from_millis(1));
    assert_eq!(provider.company(&access).await.status, StatusCode::UNAUTHORIZED);
}
