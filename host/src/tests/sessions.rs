//! Sessions that the site's own server opens.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use super::visitor::Visitor;
use super::{ORIGIN, form};

#[tokio::test]
async fn with_a_secret_key_the_page_brings_a_session_and_says_nothing_else_of_it() {
    let mut visitor = Visitor::new().await;
    let page = visitor.sign_in("Harbour & Co").await;
    assert_eq!(page.status, StatusCode::OK);
    let asked = visitor.connect.last_posted("/v2/sessions");
    assert_eq!(asked["businessName"], "Harbour & Co");
    assert_eq!(asked["successUrl"], format!("{ORIGIN}/success"));
    let options: serde_json::Value = serde_json::from_str(page.element("connect-options")).unwrap();
    let mut names: Vec<_> = options.as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(names, ["page", "sessionToken", "widgetId"]);
    assert!(!page.text.contains("rck_"), "the key never leaves the server");
    assert_eq!(page.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn each_page_has_a_state_of_its_own_that_nobody_can_guess() {
    let mut visitor = Visitor::signed_in().await;
    let first = visitor.state();
    visitor.sign_in("Harbour & Co").await;
    assert_eq!(first.len(), 43, "256 bits in base64url");
    assert_ne!(visitor.state(), first);
}

#[tokio::test]
async fn what_the_address_says_of_the_session_is_not_handed_to_the_widget() {
    // The back end says it, or nobody: the server refuses a page that says otherwise.
    let visitor = Visitor::new().await;
    let page = visitor.get("/?businessName=Harbour&state=mine&successUrl=/elsewhere&metadata=[1]").await;
    let options = page.element("connect-options");
    for name in ["state", "successUrl", "metadata", "businessName"] {
        assert!(!options.contains(&format!("\"{name}\"")), "{options}");
    }
}

#[tokio::test]
async fn whoever_is_signed_in_goes_on_in_the_visit_of_their_page_and_nobody_else_does() {
    let mut visitor = Visitor::new().await;
    let page = visitor.sign_in("Harbour & Co").await;
    let options: serde_json::Value = serde_json::from_str(page.element("connect-options")).unwrap();
    let page = options["page"].as_str().unwrap();
    let session = visitor.post("/session", &[("page", page)]).await;
    assert_eq!(session.status, StatusCode::OK);
    assert_eq!(visitor.connect.last_posted("/v2/sessions"), serde_json::json!({ "visitId": "VIS-1" }));

    assert_eq!(visitor.post("/session", &[("page", "another")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(visitor.stranger().post("/session", &[("page", page)]).await.status, StatusCode::FORBIDDEN);
    let elsewhere = Request::post("/session").header("origin", "http://127.0.0.1:8081");
    let refused = visitor.send(elsewhere, Body::from(format!("page={page}"))).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "a page of another port");
}

#[tokio::test]
async fn the_cookie_is_a_random_value_and_no_name() {
    // It was the business's name: whoever wrote another one into it was signed in as that.
    let mut visitor = Visitor::new().await;
    let page = visitor.sign_in("Harbour & Co").await;
    let cookie = page.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly; SameSite=Lax") && !cookie.contains("Harbour"), "{cookie}");
    visitor.cookie = Some("visitor=made-up".to_owned());
    assert_eq!(visitor.get("/connections").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn signing_in_as_somebody_else_makes_another_cookie() {
    let mut visitor = Visitor::signed_in().await;
    let again = visitor.sign_in("Harbour & Co").await;
    assert_eq!(again.header("set-cookie"), None);
    assert!(visitor.sign_in("Quay").await.header("set-cookie").is_some());
}

#[tokio::test]
async fn whoever_just_comes_by_sees_the_widget_as_the_sample_business() {
    let visitor = Visitor::new().await;
    let page = visitor.get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(visitor.connect.last_posted("/v2/sessions")["businessName"], "Harbour Bakery");
    assert!(page.text.contains("value=\"Harbour Bakery\""));
}

#[tokio::test]
async fn a_refusal_of_the_server_is_not_shown_to_people() {
    let visitor = Visitor::with_key("rck_wrong").await;
    let page = visitor.get("/?businessName=Harbour").await;
    assert_eq!(page.status, StatusCode::BAD_GATEWAY);
    assert!(!page.text.contains("No such key"), "{}", page.text);
}

#[tokio::test]
async fn a_name_that_the_server_refuses_is_explained() {
    let visitor = Visitor::new().await;
    let page = visitor.get("/?businessName=%25").await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.element("mistake").contains("2 to 40 letters"));
}

/// Before, a link with an `endpoint` had the page bring its minted session to that server.
#[tokio::test]
async fn a_link_sends_no_minted_session_to_another_server_or_widget() {
    let visitor = Visitor::new().await;
    for csp in ["", "&csp=strict"] {
        let query = format!("/?businessName=Harbour&endpoint=https%3A%2F%2Fevil.example&widgetId=other{csp}");
        let page = visitor.get(&query).await;
        let options = page.element("connect-options");
        assert!(!options.contains("evil") && !options.contains("other"), "{options}");
        let policy = page.header("content-security-policy").unwrap_or_default();
        assert!(!policy.contains("evil"), "{policy}");
    }
}

/// A link was enough: whoever followed it connected their books to the business that it named.
#[tokio::test]
async fn a_link_of_another_site_signs_nobody_in() {
    let mut visitor = Visitor::new().await;
    let link = "/?businessName=Mallory+%26+Co&via=module";
    for (site, is_asked) in
        [("cross-site", true), ("same-site", true), ("same-origin", false), ("none", false)]
    {
        let came = Request::get(link).header("sec-fetch-site", site);
        let page = visitor.send(came, Body::empty()).await;
        assert_eq!(page.text.contains("id=\"sign-in\""), is_asked, "{site}");
        assert_eq!(page.header("set-cookie").is_none(), is_asked, "{site}");
        assert_eq!(page.text.contains("Are you Mallory &amp; Co?"), is_asked, "{site}");
    }
    let fields =
        form(&[("businessName", "Mallory & Co"), ("address", "businessName=Mallory+%26+Co&via=module")]);
    let press = |origin: &str| {
        let kind = "application/x-www-form-urlencoded";
        Request::post("/sign-in").header("origin", origin).header("content-type", kind)
    };
    let forged = visitor.send(press("https://attacker.example"), Body::from(fields.clone())).await;
    assert_eq!((forged.status, forged.header("set-cookie")), (StatusCode::FORBIDDEN, None));
    let pressed = visitor.send(press(ORIGIN), Body::from(fields)).await;
    assert_eq!(pressed.status, StatusCode::SEE_OTHER);
    assert_eq!(pressed.header("location"), Some(link));
    visitor.cookie = pressed.header("set-cookie").map(|cookie| cookie.split(';').next().unwrap().to_owned());
    let came = Request::get(link).header("sec-fetch-site", "cross-site");
    let page = visitor.send(came, Body::empty()).await;
    assert!(page.text.contains("connect-options"), "they are that one already: {}", page.text);
}

/// Any `Host` was answered: a page whose name led to this address read the minted session.
#[tokio::test]
async fn a_request_by_another_name_is_answered_with_nothing() {
    let visitor = Visitor::signed_in().await;
    for path in ["/", "/connections", "/session", "/host.js", "/webhooks/received"] {
        for host in [
            "evil.example:9400",
            "evil.example",
            "127.0.0.1.evil.example",
            "a b",
            "",
            "127.0.0.1@evil.example",
        ] {
            let refused = visitor.send(Request::get(path).header("host", host), Body::empty()).await;
            assert_eq!(refused.status, StatusCode::MISDIRECTED_REQUEST, "{host:?} {path}");
        }
    }
    let delivery =
        visitor.send(Request::post("/webhooks/connect").header("host", "site:9400"), Body::empty()).await;
    assert_eq!(delivery.status, StatusCode::UNAUTHORIZED, "what is signed may come by any name");
    for host in ["127.0.0.1:8080", "localhost:9400", "[::1]:8080", "shop.localhost"] {
        let page = visitor.send(Request::get("/").header("host", host), Body::empty()).await;
        assert_eq!(page.status, StatusCode::OK, "{host}");
    }
}

/// A link's `closeRedirectUrl` led people who closed the widget to any site.
#[tokio::test]
async fn a_link_leads_nobody_to_another_site_when_the_widget_is_closed() {
    let visitor = Visitor::new().await;
    let elsewhere = [
        "https://evil.example/",
        "//evil.example/",
        "http:evil.example",
        "javascript:alert(1)",
        "http://127.0.0.1:8081/",
    ];
    for (addresses, is_kept) in
        [(&elsewhere[..], false), (&["/closed", "http://127.0.0.1:8080/closed"], true)]
    {
        for address in addresses {
            let fields =
                [("businessName", "Harbour"), ("closeEnabled", "true"), ("closeRedirectUrl", *address)];
            let page = visitor.get(&format!("/?{}", form(&fields))).await;
            let options: serde_json::Value = serde_json::from_str(page.element("connect-options")).unwrap();
            assert_eq!(options.get("closeRedirectUrl").is_some(), is_kept, "{address}: {options}");
        }
    }
}
