//! The API that an access token opens.

use super::*;

impl Provider {
    async fn access_token(&self) -> (String, String) {
        let tokens = self.exchange(&self.code().await).await;
        (tokens.word("access_token"), tokens.word("refresh_token"))
    }

    async fn read(&self, method: &str, path: &str, token: &str) -> Answer {
        let request = Request::builder().method(method).uri(path);
        let request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        self.send(request.body(Body::empty()).unwrap()).await
    }
}

#[tokio::test]
async fn a_token_opens_the_books_of_its_company_by_pages() {
    let provider = Provider::new();
    let (token, _) = provider.access_token().await;
    let first = provider.read("GET", "/xero/api/books/invoices?limit=5", &token).await.json();
    let second = provider.read("GET", "/xero/api/books/invoices?limit=5&page=2", &token).await.json();
    assert_eq!((&first["company"], &first["count"]), (&"Finch Joinery".into(), &42.into()));
    assert_eq!(first["data"].as_array().unwrap().len(), 5);
    assert_eq!(
        (&first["data"][0]["number"], &second["data"][0]["number"]),
        (&"INV-0001".into(), &"INV-0006".into())
    );
    for resource in ["customers", "accounts"] {
        let page = provider.read("GET", &format!("/xero/api/books/{resource}"), &token).await.json();
        assert!(page["count"].as_u64().unwrap() >= 5, "{resource}: {page}");
    }
    assert_eq!(provider.read("GET", "/xero/api/books/nothing", &token).await.status, StatusCode::NOT_FOUND);
    let page =
        provider.read("GET", "/xero/api/books/invoices?page=18446744073709551615&limit=100", &token).await;
    assert_eq!(page.json()["data"], serde_json::json!([]));
}

#[tokio::test]
async fn without_a_token_that_is_good_there_are_no_books() {
    let provider = Provider::new();
    for path in ["books/invoices", "practice/large", "practice/redirect", "practice/too-many"] {
        let path = &format!("/xero/api/{path}");
        assert_eq!(provider.get(path).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(provider.read("GET", path, "forged").await.status, StatusCode::UNAUTHORIZED);
    }
    let (token, _) = provider.access_token().await;
    provider.wait(Duration::from_hours(1));
    assert_eq!(
        provider.read("GET", "/xero/api/books/invoices", &token).await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn a_token_that_ends_before_its_time_can_be_refreshed() {
    let provider = Provider::new();
    let (token, refresh) = provider.access_token().await;
    assert_eq!(
        provider.read("POST", "/xero/api/practice/end-token", &token).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        provider.read("GET", "/xero/api/books/invoices", &token).await.status,
        StatusCode::UNAUTHORIZED
    );
    let token = provider.refresh(&refresh).await.word("access_token");
    assert_eq!(provider.read("GET", "/xero/api/books/invoices", &token).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_caller_can_ask_for_the_answers_that_services_give_at_times() {
    let provider = Provider::new();
    let (token, _) = provider.access_token().await;
    let limited = provider.read("GET", "/xero/api/practice/too-many", &token).await;
    assert_eq!((limited.status, limited.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, Some("7")));
    let moved = provider.read("GET", "/xero/api/practice/redirect", &token).await;
    assert_eq!(moved.header("location"), Some("/xero/api/books/invoices"));
    let moved = provider
        .read("GET", "/xero/api/practice/redirect?to=https%3A%2F%2Felsewhere.example%2F", &token)
        .await;
    assert_eq!(moved.header("location"), Some("https://elsewhere.example/"));
    let large = provider.read("GET", "/xero/api/practice/large?megabytes=1", &token).await;
    assert_eq!(large.text.len(), 1 << 20);
}
