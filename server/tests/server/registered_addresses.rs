//! Which success pages and redirect addresses a widget accepts.

use connect_server::domain::registered_address::{AddressError, RegisteredAddress};
use connect_server::domain::widget::{self, Mode, SessionPolicy, Widget};

/// Whether a widget accepts an address with only this one registered.
fn accepted(registered: &str, address: &str) -> bool {
    check(&[registered], address).is_ok()
}

fn check(registered: &[&str], address: &str) -> Result<(), AddressError> {
    let widget = Widget {
        id: widget::parse_id("PROD_demo", Mode::Live).unwrap(),
        name: "Acme Lending".to_owned(),
        email: String::new(),
        mode: Mode::Live,
        origins: vec!["https://app.example".parse().unwrap(), "http://*.localhost:*".parse().unwrap()],
        sessions: SessionPolicy::Open,
        success_addresses: registered.iter().map(|text| text.parse().unwrap()).collect(),
        created_at: jiff::Timestamp::UNIX_EPOCH,
    };
    widget.accepts_address(address)
}

#[test]
fn a_registered_address_stands_for_itself_and_for_what_is_below_it() {
    for address in [
        "https://app.example/connected",
        "https://app.example/connected/",
        "https://app.example/connected/42?from=connect#there",
        "https://APP.example:443/connected",
    ] {
        assert!(accepted("https://app.example/connected", address), "{address}");
    }
}

#[test]
fn scheme_host_and_port_must_be_the_same() {
    for address in [
        "http://app.example/connected",
        "https://app.example:8443/connected",
        "https://www.app.example/connected",
        "https://app.example.evil.example/connected",
        "https://evil.example/connected",
        "https://evil.example/?https://app.example/connected",
        "com.example.app://app.example/connected",
    ] {
        assert!(!accepted("https://app.example/connected", address), "{address}");
    }
}

#[test]
fn a_path_ends_where_a_segment_ends() {
    for address in [
        "https://app.example/connected2",
        "https://app.example/connected.evil",
        "https://app.example/",
        "https://app.example/Connected",
        "https://app.example/other/connected",
    ] {
        assert!(!accepted("https://app.example/connected", address), "{address}");
    }
    assert!(accepted("https://app.example/done/", "https://app.example/done/x"));
    assert!(!accepted("https://app.example/done/", "https://app.example/done"));
}

#[test]
fn a_path_cannot_be_left_by_dots_or_hidden_slashes() {
    for address in [
        "https://app.example/connected/../admin",
        "https://app.example/connected/%2e%2e/admin",
        "https://app.example/connected/..%2fadmin",
        "https://app.example/connected/..%5Cadmin",
        "https://app.example/connected/..\\admin",
    ] {
        assert!(!accepted("https://app.example/connected", address), "{address}");
    }
    assert!(accepted("https://app.example", "https://app.example/a%2Fb"), "there is nothing to leave");
}

#[test]
fn a_path_cannot_be_left_by_dots_with_parameters() {
    // Servers that read a segment up to its semicolon took these for `/admin`, and they counted as below `/connected`.
    for address in [
        "https://app.example/connected/..;/admin",
        "https://app.example/connected/..;a=b/admin",
        "https://app.example/connected/x/%2e%2E;/..;/admin",
        "https://app.example/connected/.%2e;/admin",
        "https://app.example/connected/..%3B/admin",
        "https://app.example/connected/..;",
    ] {
        assert!(!accepted("https://app.example/connected", address), "{address}");
        assert!(!accepted("https://app.example/connected/", address), "{address}");
    }
    assert!(
        !accepted("acme:connected", "acme:connected/../admin"),
        "nobody takes the dots of such an address away"
    );
    for address in [
        "https://app.example/connected/a;b=..",
        "https://app.example/connected/...;x",
        "https://app.example/connected/..",
    ] {
        let below = !address.ends_with("/..");
        assert_eq!(accepted("https://app.example/connected", address), below, "{address}");
    }
}

#[test]
fn an_address_that_only_carries_the_origin_of_a_site_is_none_of_it() {
    // The origin of a blob is that of the page that made it, so it passed for an address there.
    for address in ["blob:https://app.example/6f0c0f0a", "filesystem:https://app.example/temporary/x"] {
        assert!(matches!(check(&[], address), Err(AddressError::NotRegistered(_))), "{address}");
        assert!(!accepted("https://app.example", address), "{address}");
    }
}

#[test]
fn a_user_name_before_the_host_is_refused_by_name() {
    let refused = check(&["https://app.example"], "https://app.example@evil.example/").unwrap_err();
    assert!(matches!(refused, AddressError::UserName(_)), "{refused}");
    let refused = check(&[], "https://user:pass@app.example/").unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the address of https://app.example/ has a user name or password before its host: leave that out"
    );
}

#[test]
fn letters_that_readers_take_differently_are_refused() {
    for address in [
        "",
        "/connected",
        "connected",
        "//app.example/connected",
        " https://app.example/connected",
        "https://app.example/con\tnected",
        "https://app.example/con\nnected",
        "https://app.example\u{a0}/",
        "https:\\\\app.example/connected",
    ] {
        let refused = check(&["https://app.example"], address).unwrap_err();
        assert!(matches!(refused, AddressError::NotAbsolute), "{address:?}: {refused}");
    }
    let long = format!("https://app.example/{}", "a".repeat(2048));
    let refused = check(&["https://app.example"], &long).unwrap_err();
    assert!(refused.to_string().len() < 300, "the refusal does not repeat all of it: {refused}");
}

#[test]
fn an_address_of_a_site_without_two_slashes_is_none() {
    // It passed as registered, and was handed out as written: to a page of the same scheme it is a path of that page's site.
    for address in
        ["http:127.0.0.1:9400/success", "http:/127.0.0.1:9400/success", "http:///127.0.0.1:9400/success"]
    {
        let refused = check(&["http://127.0.0.1:9400/success"], address);
        assert_eq!(refused, Err(AddressError::NotAbsolute), "{address}");
    }
    assert!(accepted("http://127.0.0.1:9400/success", "HTTP://127.0.0.1:9400/success"));
}

#[test]
fn where_none_is_registered_any_path_on_an_origin_of_the_widget_is_accepted() {
    for address in ["https://app.example/", "https://app.example/a/b?c", "http://shop.localhost:4711/done"] {
        assert_eq!(check(&[], address), Ok(()), "{address}");
    }
    for address in
        ["https://evil.example/", "http://app.example/", "com.example.app:/done", "data:text/html,x"]
    {
        assert!(matches!(check(&[], address), Err(AddressError::NotRegistered(_))), "{address}");
    }
}

#[test]
fn where_one_is_registered_the_origins_do_not_count_any_more() {
    let refused = check(&["https://app.example/connected"], "https://app.example/elsewhere?code=private");
    let refused = refused.unwrap_err().to_string();
    assert!(refused.starts_with("the address https://app.example/elsewhere is not registered"), "{refused}");
    assert!(!refused.contains("private"), "{refused}");
}

#[test]
fn on_loopback_hosts_http_and_any_port_may_be_registered() {
    assert!(accepted("http://127.0.0.1:*/done", "http://127.0.0.1:4711/done"));
    assert!(!accepted("http://127.0.0.1:*/done", "http://127.0.0.1:4711/other"));
    assert!(!accepted("http://127.0.0.1:*/done", "http://127.0.0.2:4711/done"));
    assert!(accepted("http://localhost:3000", "http://localhost:3000/done"));
    assert!(accepted("http://*.localhost:*/done", "http://shop.localhost:3000/done"));
}

#[test]
fn an_app_may_have_a_scheme_of_its_own() {
    assert!(accepted("com.example.app:/connected", "com.example.app:/connected?state=1"));
    assert!(accepted("acme://connected", "acme://connected/now"));
    for address in ["acme://connected2", "acme://other", "acme:connected", "https://connected/"] {
        assert!(!accepted("acme://connected", address), "{address}");
    }
}

#[test]
fn what_is_no_place_to_be_sent_to_cannot_be_registered() {
    for text in [
        "",
        "app.example/connected",
        "http://app.example/connected",
        "https://user@app.example/connected",
        "https://app.example/connected?a=b",
        "https://app.example/connected#there",
        "https://*.example/connected",
        "https://app.example:*/connected",
        "https:app.example",
        "https://",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "intent://x",
        "acme:",
        "acme:/",
        "HTTPS://app.example\\connected",
    ] {
        let refused = text.parse::<RegisteredAddress>().expect_err(text);
        assert!(refused.to_string().contains("such as https://app.example/connected"), "{refused}");
    }
}

#[test]
fn an_address_is_kept_in_the_form_in_which_it_is_read_again() {
    for (text, kept) in [
        ("https://APP.example:443", "https://app.example/"),
        ("https://app.example/a/../b", "https://app.example/b"),
        ("http://127.0.0.1:*/done", "http://127.0.0.1:*/done"),
        ("com.example.app:/connected", "com.example.app:/connected"),
        ("acme://connected", "acme://connected"),
        ("acme:connected", "acme:connected"),
    ] {
        let address: RegisteredAddress = text.parse().unwrap();
        assert_eq!(address.to_string(), kept);
        assert_eq!(kept.parse::<RegisteredAddress>().unwrap(), address);
    }
}
