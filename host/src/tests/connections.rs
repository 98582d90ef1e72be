//! The pages of what a customer has connected.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use super::connect::{OURS, THEIRS};
use super::visitor::Visitor;

#[tokio::test]
async fn a_customer_sees_what_their_business_has_connected() {
    let visitor = Visitor::signed_in().await;
    let page = visitor.get("/connections").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains(&format!("data-connection=\"{OURS}\"")), "{}", page.text);
    assert_eq!(visitor.stranger().get("/connections").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_page_of_a_connection_names_the_company_and_shows_its_data() {
    let visitor = Visitor::signed_in().await;
    let page = visitor.get(&format!("/connections/{OURS}")).await;
    assert_eq!(page.element("company"), "Juniper &lt;Bakery&gt; at Xero");
    assert_eq!(page.element("legal-name"), "Juniper Ltd");
    assert!(page.text.contains("<td>&lt;I-7&gt;</td>"), "{}", page.text);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
}

/// It used to be listed like what the business itself had connected.
#[tokio::test]
async fn what_only_a_page_vouches_for_is_marked() {
    let visitor = Visitor::signed_in().await;
    let list = visitor.get("/connections").await;
    assert!(list.text.contains("data-open-session") && list.text.contains("not confirmed"), "{}", list.text);
    let one = visitor.get(&format!("/connections/{OURS}")).await;
    assert!(one.element("open-session").contains("ask the business before you rely on it"));
}

#[tokio::test]
async fn another_customers_connection_is_answered_as_what_is_not_there() {
    let visitor = Visitor::signed_in().await;
    for id in [THEIRS, "CON-1", "CON-00000000-0000-4000-8000-000000000009", "..%2f..%2fbusinesses"] {
        let page = visitor.get(&format!("/connections/{id}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{id}");
        let post = visitor.post(&format!("/connections/{id}/disconnect"), &[]).await;
        assert_eq!(post.status, StatusCode::NOT_FOUND, "{id}");
    }
    assert_eq!(*visitor.connect.status.lock().unwrap(), "active");
}

#[tokio::test]
async fn disconnecting_is_shown() {
    let visitor = Visitor::signed_in().await;
    let ended = visitor.post(&format!("/connections/{OURS}/disconnect"), &[]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    assert_eq!(ended.header("location"), Some(format!("/connections/{OURS}").as_str()));
    let page = visitor.get(&format!("/connections/{OURS}")).await;
    assert!(page.text.contains("data-status=\"disconnected\"") && !page.text.contains("id=\"disconnect\""));
    assert_eq!(page.element("no-data"), "The connection is not active, so nothing can be read.");
}

#[tokio::test]
async fn a_page_of_another_site_disconnects_nothing() {
    let visitor = Visitor::signed_in().await;
    for origin in ["http://127.0.0.1:8081", "null", "https://attacker.example"] {
        let forged = Request::post(format!("/connections/{OURS}/disconnect")).header("origin", origin);
        assert_eq!(visitor.send(forged, Body::empty()).await.status, StatusCode::FORBIDDEN, "{origin}");
    }
    let without = Request::post(format!("/connections/{OURS}/disconnect"));
    assert_eq!(visitor.send(without, Body::empty()).await.status, StatusCode::FORBIDDEN);
    assert_eq!(*visitor.connect.status.lock().unwrap(), "active");
}
