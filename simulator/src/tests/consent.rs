//! The consent page and its buttons.

use super::*;

#[tokio::test]
async fn the_page_says_who_asks_for_what_and_that_it_is_practice() {
    let provider = Provider::new();
    let id = provider.ask(&[]).await.brought("request").unwrap();
    let page = provider.get(&format!("/xero/consent?request={id}")).await;
    assert_eq!(page.status, StatusCode::OK);
    for part in ["Xero", "Practice provider.", "practice", "accounting", "reports", "connect.localhost:8081"]
    {
        assert!(page.text.contains(part), "{part}");
    }
    for button in ["approve", "deny", "server-error", "exchange-error", "never", "late", "brief", "coop"] {
        assert!(page.text.contains(&format!(" id=\"{button}\"")), "{button}");
    }
    assert!(!page.header("content-security-policy").unwrap().contains("form-action"));
}

#[tokio::test]
async fn what_the_client_sends_is_escaped() {
    let provider = Provider::new();
    let id = provider.ask(&[("scope", "<script>")]).await.brought("request").unwrap();
    let page = provider.get(&format!("/xero/consent?request={id}")).await;
    assert!(page.text.contains("&lt;script&gt;") && !page.text.contains("<script"));
}

#[tokio::test]
async fn a_no_and_a_failure_go_back_as_errors() {
    for (choice, error) in [("deny", "access_denied"), ("server-error", "server_error")] {
        let provider = Provider::new();
        let answer = provider.choose(choice, &[]).await;
        assert_eq!(answer.redirect().0, CALLBACK);
        assert_eq!(answer.brought("error").as_deref(), Some(error));
        assert_eq!(answer.brought("state").as_deref(), Some("st&te"));
        assert_eq!(answer.brought("iss").as_deref(), Some(ISSUER));
        assert_eq!(provider.log().await.last().unwrap()["outcome"], error);
    }
}

#[tokio::test]
async fn an_exchange_error_brings_a_code_that_the_token_endpoint_refuses() {
    let provider = Provider::new();
    let code = provider.choose("exchange-error", &[]).await.brought("code").unwrap();
    let answer = provider.exchange(&code).await;
    assert_eq!((answer.status, answer.error()), (StatusCode::BAD_REQUEST, "invalid_grant".into()));
}

#[tokio::test]
async fn a_request_is_answered_once_and_within_ten_minutes() {
    let provider = Provider::new();
    let id = provider.ask(&[]).await.brought("request").unwrap();
    let pairs = [("request", &*id), ("choice", "approve")];
    assert_eq!(provider.post("/wave/decision", &pairs).await.status, StatusCode::GONE);
    assert_eq!(provider.post("/xero/decision", &pairs).await.status, StatusCode::SEE_OTHER);
    assert_eq!(provider.post("/xero/decision", &pairs).await.status, StatusCode::GONE);

    let id = provider.ask(&[]).await.brought("request").unwrap();
    provider.wait(Duration::from_mins(10));
    assert_eq!(provider.get(&format!("/xero/consent?request={id}")).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn a_provider_that_never_answers_stays_and_can_be_asked_again() {
    let provider = Provider::new();
    let id = provider.ask(&[]).await.brought("request").unwrap();
    let page = provider.post("/xero/decision", &[("request", &id), ("choice", "never")]).await;
    assert_eq!((page.status, page.header("refresh")), (StatusCode::OK, None));
    assert!(page.text.contains("This provider never answers"));
    let again = provider.post("/xero/decision", &[("request", &id), ("choice", "approve")]).await;
    assert!(again.brought("code").is_some());
}

#[tokio::test]
async fn a_late_answer_leaves_after_five_seconds_and_not_before() {
    let provider = Provider::new();
    let id = provider.ask(&[]).await.brought("request").unwrap();
    let late = format!("/xero/late?request={id}");
    let page = provider.post("/xero/decision", &[("request", &id), ("choice", "late")]).await;
    assert_eq!(page.header("refresh"), Some(&*format!("5; url={late}")));

    provider.wait(Duration::from_millis(4_200));
    let early = provider.get(&late).await;
    assert_eq!((early.status, early.header("refresh")), (StatusCode::OK, Some(&*format!("1; url={late}"))));

    provider.wait(Duration::from_millis(800));
    let code = provider.get(&late).await.brought("code").unwrap();
    assert_eq!(provider.exchange(&code).await.status, StatusCode::OK);
    assert_eq!(provider.get(&late).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn the_switch_puts_the_opener_policy_on_this_page_and_all_that_follow() {
    const COOP: &str = "cross-origin-opener-policy";
    let provider = Provider::new();
    let id = provider.ask(&[]).await.brought("request").unwrap();
    let page = format!("/xero/consent?request={id}");
    assert_eq!(provider.get(&page).await.header(COOP), None);
    assert_eq!(provider.get(&format!("{page}&coop=same-origin")).await.header(COOP), Some("same-origin"));
    assert_eq!(provider.get(&page).await.header(COOP), Some("same-origin"));
    for choice in ["never", "late", "approve"] {
        let answer = provider.post("/xero/decision", &[("request", &id), ("choice", choice)]).await;
        assert_eq!(answer.header(COOP), Some("same-origin"), "{choice}");
    }
}

#[tokio::test]
async fn the_opener_policy_can_be_asked_for_from_the_start_and_taken_back() {
    const COOP: &str = "cross-origin-opener-policy";
    let provider = Provider::new();
    let answer = provider.ask(&[("coop", "same-origin")]).await;
    assert_eq!(answer.header(COOP), Some("same-origin"));
    let page = format!("/xero/consent?request={}", answer.brought("request").unwrap());
    assert_eq!(provider.get(&page).await.header(COOP), Some("same-origin"));
    assert_eq!(provider.get(&format!("{page}&coop=off")).await.header(COOP), None);
    assert_eq!(provider.get(&format!("{page}&coop=maybe")).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn each_opener_policy_that_cuts_a_window_can_be_asked_for() {
    const COOP: &str = "cross-origin-opener-policy";
    let provider = Provider::new();
    for policy in ["same-origin", "same-origin-allow-popups", "noopener-allow-popups"] {
        let answer = provider.ask(&[("coop", policy)]).await;
        assert_eq!(answer.header(COOP), Some(policy));
        let page = format!("/xero/consent?request={}", answer.brought("request").unwrap());
        let page = provider.get(&page).await;
        assert_eq!(page.header(COOP), Some(policy));
        assert!(page.text.contains("coop=off"), "the switch leads back: {policy}");
    }
}

#[tokio::test]
async fn a_service_id_that_cannot_be_one_leads_nowhere() {
    let provider = Provider::new();
    for path in ["/a%20b/authorize", "/control/authorize", "/xero/elsewhere"] {
        let answer = provider.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.text.contains("Practice provider."));
    }
}
