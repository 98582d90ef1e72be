//! The host page.

use serde_json::Value;

use super::*;

const CSP: &str = "content-security-policy";
const COOP: &str = "cross-origin-opener-policy";

#[tokio::test]
async fn the_page_has_an_empty_container_the_script_tag_and_no_policy_but_on_framing() {
    let page = get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!((page.header(CSP), page.header(COOP)), (Some("frame-ancestors 'none'"), None));
    assert!(page.text.contains("<div id=\"connect\"></div>"));
    assert!(page.text.contains(&format!("src=\"{CONNECT}/widget/railz-connect.js\"")));
    assert!(!page.text.contains("/traps.js") && !page.text.contains("/host-module.mjs"));
}

#[tokio::test]
async fn the_options_stand_in_the_page_as_json() {
    let page = get(&format!("/?{}", form(&[("businessName", HOSTILE), ("state", "</script>")]))).await;
    let block = page.element("connect-options");
    let options: Value = serde_json::from_str(block).unwrap();
    assert_eq!((&options["businessName"], &options["state"]), (&HOSTILE.into(), &"</script>".into()));
    assert_eq!(options["widgetId"], "SB_PROD_demo");
}

#[tokio::test]
async fn nothing_in_the_address_becomes_markup() {
    for name in ["businessName", "state", "successUrl", "metadata", "unknown", HOSTILE] {
        let page = get(&format!("/?{}", form(&[(name, HOSTILE)]))).await;
        assert!(!page.text.contains("<script>") && !page.text.contains("<b title"), "{name}");
    }
    let refused = get(&format!("/?{}", form(&[("csp", HOSTILE)]))).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(!refused.text.contains("<script>"));
}

#[tokio::test]
async fn the_form_keeps_what_else_the_address_asked_for() {
    let page = get("/?via=module&businessName=Acme&state=s%22").await;
    assert!(page.text.contains("name=\"via\" value=\"module\""));
    assert!(page.text.contains("name=\"state\" value=\"s&quot;\""));
    assert!(page.text.contains("name=\"businessName\" value=\"Acme\""));
    assert_eq!(page.text.matches("name=\"businessName\"").count(), 1);
}

#[tokio::test]
async fn each_switch_has_its_header() {
    let form_action = get("/?csp=form-action").await;
    assert_eq!(form_action.header(CSP), Some("form-action 'self'; frame-ancestors 'none'"));
    assert_eq!(get("/?coop=same-origin").await.header(COOP), Some("same-origin"));
    let relaxed = get("/?coop=same-origin-allow-popups").await;
    assert_eq!(relaxed.header(COOP), Some("same-origin-allow-popups"));
    assert_eq!(get("/?coop=maybe").await.status, StatusCode::BAD_REQUEST);
}

/// The page with the widget was the only one of the site that another site could frame: three presses that a person meant for
/// that site opened the provider's window.
#[tokio::test]
async fn no_other_site_frames_the_page_with_the_widget_whatever_its_address_asks_for() {
    for query in ["", "?csp=form-action", "?csp=strict", "?businessName=EvilCo", "?via=module&traps=1"] {
        let page = get(&format!("/{query}")).await;
        assert!(page.header(CSP).is_some_and(|policy| policy.contains("frame-ancestors 'none'")), "{query}");
    }
}

#[tokio::test]
async fn the_strict_policy_allows_the_connect_server_and_nothing_inline() {
    let page = get("/?csp=strict&traps=1").await;
    let policy = page.header(CSP).unwrap();
    for part in [
        "default-src 'none'",
        "script-src 'self' http://connect.localhost:8081 'wasm-unsafe-eval'",
        "connect-src http://connect.localhost:8081;",
        "style-src 'self';",
        "form-action 'self'",
        "require-trusted-types-for 'script'",
    ] {
        assert!(policy.contains(part), "{part}");
    }
    assert!(!policy.contains("unsafe-inline"));
    assert!(!page.text.contains(" style=") && !page.text.contains("<style"));
    let inline = page.text.split("<script").skip(1).filter(|tag| !tag.contains(" src=")).collect::<Vec<_>>();
    assert!(inline.iter().all(|tag| tag.starts_with(" type=\"application/json\"")), "{inline:?}");
    assert_eq!(inline.len(), 1);
}

#[tokio::test]
async fn an_endpoint_elsewhere_is_let_through_the_strict_policy_as_an_origin_only() {
    let page = get("/?csp=strict&endpoint=http%3A%2F%2Fb.localhost%3A9%2Fx%3By").await;
    assert!(
        page.header(CSP).unwrap().contains("connect-src http://connect.localhost:8081 http://b.localhost:9;")
    );
    let hostile = get("/?csp=strict&endpoint=http%3A%2F%2Fa%3Bscript-src%2F").await;
    assert!(hostile.header(CSP).unwrap().contains("connect-src http://connect.localhost:8081;"));
}

#[tokio::test]
async fn the_module_imports_the_widget_from_the_connect_server() {
    let page = get("/?via=module").await;
    assert!(page.text.contains("<script type=\"module\" src=\"/host-module.mjs\">"));
    assert!(!page.text.contains("railz-connect.js"));
    let module = get("/host-module.mjs").await;
    assert!(
        module.text.contains(&format!("import RailzConnect from \"{CONNECT}/widget/railz-connect.mjs\";"))
    );
    assert_eq!(module.header("content-type"), Some("text/javascript; charset=utf-8"));
}

#[tokio::test]
async fn traps_run_before_every_other_script() {
    let page = get("/?traps=1").await;
    let first = page.text.split("<script").nth(1).unwrap();
    assert!(first.starts_with(" src=\"/traps.js\">"), "{first}");
    assert_eq!(get("/traps.js").await.status, StatusCode::OK);
}
