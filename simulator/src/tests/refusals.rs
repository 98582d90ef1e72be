//! What the endpoints refuse, and whom they tell.

use super::*;

#[tokio::test]
async fn an_unknown_client_is_told_on_a_page_and_sent_nowhere() {
    let answer = Provider::new().ask(&[("client_id", "stranger")]).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.header("location"), None);
    assert!(answer.text.contains("No client with this client_id"));
    assert!(answer.text.contains("Practice provider."));
}

#[tokio::test]
async fn a_redirect_uri_that_is_not_on_loopback_is_told_on_a_page() {
    for uri in ["https://example.com/cb", "/cb", "http://localhost/cb#here", ""] {
        let answer = Provider::new().ask(&[("redirect_uri", uri)]).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::BAD_REQUEST, None), "{uri}");
    }
}

#[tokio::test]
async fn a_registered_redirect_uri_is_compared_exactly() {
    let mut client: Client = "practice:practice-secret".parse().unwrap();
    client.redirects.push("https://app.example/cb".to_owned());
    let provider = Provider::with(client);
    for uri in ["https://app.example/cb/", "https://app.example/cb?x=y", "https://APP.example/cb", CALLBACK] {
        let answer = provider.ask(&[("redirect_uri", uri)]).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::BAD_REQUEST, None), "{uri}");
    }
    // The only registered one is meant when none is named, and then none is named at the exchange.
    let answer = provider.choose("approve", &[("redirect_uri", "")]).await;
    assert_eq!(answer.redirect().0, "https://app.example/cb");
    let code = answer.brought("code").unwrap();
    let pairs = [("grant_type", "authorization_code"), ("code", &*code), ("code_verifier", VERIFIER)];
    assert_eq!(provider.post_as_client("/xero/token", &pairs).await.status, StatusCode::OK);
}

#[tokio::test]
async fn other_mistakes_of_the_request_go_back_to_the_client_with_state_and_issuer() {
    for (changes, error) in [
        (&[("response_type", "token")][..], "unsupported_response_type"),
        (&[("response_type", "")], "invalid_request"),
        (&[("code_challenge_method", "plain")], "invalid_request"),
        (&[("scope", "a\"b")], "invalid_scope"),
        (&[("scope", "a"), ("scope", "b")], "invalid_request"),
    ] {
        let answer = Provider::new().ask(changes).await;
        assert_eq!(answer.redirect().0, CALLBACK);
        assert_eq!(answer.brought("error").as_deref(), Some(error), "{changes:?}");
        assert_eq!(answer.brought("state").as_deref(), Some("st&te"));
        assert_eq!(answer.brought("iss").as_deref(), Some(ISSUER));
    }
}

#[tokio::test]
async fn a_client_that_does_not_prove_itself_gets_401_and_a_challenge() {
    let provider = Provider::new();
    for pairs in [
        &[("grant_type", "refresh_token"), ("refresh_token", "x")][..],
        &[("grant_type", "refresh_token"), ("client_id", "practice"), ("client_secret", "wrong")],
        &[("grant_type", "refresh_token"), ("client_id", "stranger"), ("client_secret", "practice-secret")],
    ] {
        let answer = provider.post("/xero/token", pairs).await;
        assert_eq!((answer.status, answer.error()), (StatusCode::UNAUTHORIZED, "invalid_client".into()));
        assert!(answer.header("www-authenticate").unwrap().starts_with("Basic "));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
}

#[tokio::test]
async fn a_client_may_prove_itself_in_the_body_but_not_twice() {
    let provider = Provider::new();
    let code = provider.code().await;
    let pairs = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        ("client_id", "practice"),
        ("client_secret", "practice-secret"),
    ];
    let twice = provider.post_as_client("/xero/token", &pairs).await;
    assert_eq!((twice.status, twice.error()), (StatusCode::BAD_REQUEST, "invalid_request".into()));
    assert_eq!(provider.post("/xero/token", &pairs).await.status, StatusCode::OK);
}

#[tokio::test]
async fn mistakes_at_the_token_endpoint_are_named() {
    let provider = Provider::new();
    for (pairs, error) in [
        (&[("grant_type", "password")][..], "unsupported_grant_type"),
        (&[], "invalid_request"),
        (&[("grant_type", "authorization_code")], "invalid_request"),
        (&[("grant_type", "authorization_code"), ("code", "a"), ("code", "a")], "invalid_request"),
        (&[("grant_type", "authorization_code"), ("code", "unknown")], "invalid_grant"),
        (&[("grant_type", "refresh_token"), ("refresh_token", "unknown")], "invalid_grant"),
    ] {
        let answer = provider.post_as_client("/xero/token", pairs).await;
        assert_eq!((answer.status, answer.error()), (StatusCode::BAD_REQUEST, error.into()), "{pairs:?}");
    }
    let json = Request::post("/xero/token").header(header::CONTENT_TYPE, "application/json");
    assert_eq!(provider.send(json.body(Body::from("{}")).unwrap()).await.error(), "invalid_request");
    assert_eq!(provider.get("/xero/token").await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn metadata_names_the_issuer_of_each_service_at_both_places() {
    let provider = Provider::new();
    let below = provider.get("/xero/.well-known/oauth-authorization-server").await.json();
    let above = provider.get("/.well-known/oauth-authorization-server/xero").await.json();
    assert_eq!(below, above);
    assert_eq!(below["issuer"], ISSUER);
    assert_eq!(below["token_endpoint"], format!("{ISSUER}/token"));
    assert_eq!(below["authorization_response_iss_parameter_supported"], true);
}
