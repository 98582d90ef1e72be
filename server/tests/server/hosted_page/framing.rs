//! What the hosted page may, and who may show it in a frame.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::json;

use super::{Browser, link_for, make_link};
use crate::support::{Answer, HOST, LIVE, TestServer};

/// The sources of a directive of the page's policy.
fn sources(answer: &Answer, directive: &str) -> Option<Vec<String>> {
    let policy = answer.header(header::CONTENT_SECURITY_POLICY).to_owned();
    let mut directives = policy.split(';').map(str::split_whitespace);
    directives
        .find_map(|mut words| (words.next() == Some(directive)).then(|| words.map(str::to_owned).collect()))
}

#[tokio::test]
async fn the_page_runs_its_own_script_and_the_widgets_files_and_nothing_of_anybody_else() {
    let server = TestServer::new().await;
    let link = link_for(&server, LIVE, "Harbour").await;
    let answer = Browser::default().look(&server, &link).await;
    let nonce = answer.text().split("nonce=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let own = format!("'nonce-{nonce}'");
    let scripts = sources(&answer, "script-src").unwrap();
    assert_eq!(scripts, [own.as_str(), "'wasm-unsafe-eval'", "https://connect.example/widget/"]);
    assert_eq!(sources(&answer, "default-src").unwrap(), ["'none'"]);
    assert_eq!(sources(&answer, "style-src").unwrap(), [own.as_str()]);
    assert_eq!(sources(&answer, "connect-src").unwrap(), ["'self'"]);
    assert_eq!(sources(&answer, "frame-src").unwrap(), ["'none'"]);
    assert_eq!(sources(&answer, "base-uri").unwrap(), ["'none'"]);
    assert_eq!(sources(&answer, "form-action").unwrap(), ["'none'"]);
    assert_eq!(sources(&answer, "require-trusted-types-for").unwrap(), ["'script'"]);
    let text = answer.text();
    let tags = text.split("<script").skip(1);
    let without: Vec<_> = tags.filter(|tag| !tag.starts_with(&format!(" nonce=\"{nonce}\""))).collect();
    assert_eq!(without, Vec::<&str>::new(), "no script without the nonce");
    assert!(!text.contains(" style=") && !text.contains(" onclick="));
    assert!(text.contains("<noscript>") && text.contains("lang=\"en\"") && text.contains("light dark"));
    let again = Browser::default().look(&server, &link).await;
    assert!(!again.text().contains(&nonce), "another one each time");
    assert_eq!(answer.header(header::REFERRER_POLICY), "no-referrer");
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    assert_eq!(
        answer.header("cross-origin-opener-policy"),
        "unsafe-none",
        "its sign-in windows ask it who began"
    );
}

#[tokio::test]
async fn a_success_page_may_be_reached_by_a_form_and_lead_on() {
    let server = TestServer::new().await;
    let body = json!({ "businessName": "Harbour", "successUrl": format!("{HOST}/done") });
    let link = make_link(&server, LIVE, body).await;
    let answer = Browser::default().look(&server, &link).await;
    assert_eq!(sources(&answer, "form-action"), None, "a list would block the redirects behind it");
}

#[tokio::test]
async fn the_page_is_framed_by_the_widgets_own_pages_alone_and_an_unknown_one_by_none() {
    let server = TestServer::new().await;
    let link = link_for(&server, LIVE, "Harbour").await;
    let mut browser = Browser::default();
    let shown = browser.look(&server, &link).await;
    browser.press(&server, &link).await;
    let elsewhere = Browser::default().look(&server, &link).await;
    assert_eq!(elsewhere.status, StatusCode::CONFLICT);
    for answer in [shown, elsewhere] {
        let ancestors: BTreeSet<_> = sources(&answer, "frame-ancestors").unwrap().into_iter().collect();
        assert_eq!(ancestors, BTreeSet::from([HOST.to_owned(), "http://*.localhost:*".to_owned()]));
        assert_eq!(answer.header("x-frame-options"), "", "it would forbid them too");
    }
    let unknown = server.send(Request::get("/hosted/LNK-nobody").body(Body::empty()).unwrap()).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert_eq!(sources(&unknown, "frame-ancestors").unwrap(), ["'none'"]);
    assert!(unknown.text().contains("This link is not known"), "{}", unknown.text());
}

#[tokio::test]
async fn the_name_of_a_customer_stays_text() {
    let server = TestServer::new().await;
    let mut widget =
        server.app.store.widget(&railz_connect_contract::WidgetId::new(LIVE)).await.unwrap().unwrap();
    widget.id = railz_connect_contract::WidgetId::new("PROD_marked");
    widget.name = "<img src=x onerror=alert(1)>\"".to_owned();
    server.app.store.add_widget(&widget).await.unwrap();
    let link = link_for(&server, "PROD_marked", "Harbour").await;
    let text = Browser::default().look(&server, &link).await.text();
    assert!(!text.contains("<img") && text.contains("&lt;img"), "{text}");
}
