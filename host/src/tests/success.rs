//! The success page, and the page for those who closed the widget.

use super::*;

const FIELDS: [(&str, &str); 5] = [
    ("connectionId", "CON-1"),
    ("businessName", "Acme & Söhne"),
    ("businessUuid", "BIZ-1"),
    ("serviceName", "quickbooks"),
    ("state", "a b"),
];

fn assert_shown(page: &Answer, method: &str) {
    assert_eq!(page.status, StatusCode::OK);
    for (id, text) in [
        ("connection-id", "CON-1"),
        ("business-name", "Acme &amp; Söhne"),
        ("business-uuid", "BIZ-1"),
        ("service-name", "quickbooks"),
        ("state", "a b"),
        ("method", method),
    ] {
        assert_eq!(page.element(id), text);
    }
}

#[tokio::test]
async fn what_comes_by_post_is_shown() {
    assert_shown(&post("/success", &FIELDS).await, "POST");
}

#[tokio::test]
async fn what_comes_by_get_is_shown() {
    assert_shown(&get(&format!("/success?{}", form(&FIELDS))).await, "GET");
}

#[tokio::test]
async fn every_value_is_escaped() {
    let hostile = FIELDS.map(|(name, _)| (name, HOSTILE));
    let page = post("/success", &hostile).await;
    assert!(!page.text.contains("<script>") && !page.text.contains("<b title"));
    assert!(page.element("state").starts_with("&quot;&gt;&lt;script&gt;"));
}

#[tokio::test]
async fn the_link_back_carries_the_business_name() {
    let page = post("/success", &FIELDS).await;
    assert!(page.text.contains("id=\"back\" href=\"/?businessName=Acme+%26+S%C3%B6hne\""), "{}", page.text);
}

#[tokio::test]
async fn a_missing_field_is_an_empty_element() {
    let page = post("/success", &[("connectionId", "CON-1")]).await;
    assert_eq!((page.element("state"), page.element("business-name")), ("", ""));
}

#[tokio::test]
async fn without_a_connection_the_page_says_that_nothing_arrived() {
    let page = get("/success").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Nothing has arrived") && !page.text.contains("connection-id"));
}

#[tokio::test]
async fn those_who_closed_the_widget_have_a_page() {
    let page = get("/closed").await;
    assert_eq!(page.element("closed"), "Maybe later");
    assert_eq!(get("/nowhere").await.status, StatusCode::NOT_FOUND);
}
