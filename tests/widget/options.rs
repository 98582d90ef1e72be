//! How the host's options are read: as leniently as Railz Connect 2.23 reads them.

use railz_connect::mount_with;
use railz_connect_flow::config::trim_address;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{self, PageStub, evaluate};
use crate::support::responses::ADDRESS;
use crate::support::widget::new_parent;
use crate::support::{Server, Widget, settle};

/// Mounts with options and an environment written in JavaScript, and gives the first request's method and address.
fn first_request(options: &str, environment: &str) -> String {
    let server = Server::default();
    let parent = new_parent();
    let handle = mount_with(&parent, &evaluate(options), &evaluate(environment), server.transport())
        .expect("it mounts");
    let request = server.last_request();
    handle.unmount();
    parent.remove();
    format!("{} {}", request.sent.method, request.sent.url)
}

const PLAIN: &str = "POST https://connect.example/widget/session/W?businessUuid=&businessName=&include=connections,integrations";

/// The script came from a server.
const SCRIPT: &str = "{ scriptEndpoint: 'https://connect.example' }";

#[wasm_bindgen_test]
fn null_undefined_and_empty_texts_are_absent() {
    for absent in ["null", "undefined", "''"] {
        let names = "businessName businessUuid successUrl successMethod state redirectUrl closeRedirectUrl metadata \
                     sessionToken getSession onSuccess onError onExit options";
        let given: Vec<_> = names.split_whitespace().map(|name| format!("{name}: {absent}")).collect();
        let given = given.join(", ");
        assert_eq!(
            first_request(&format!("{{ widgetId: 'W', endpoint: {absent}, {given} }}"), SCRIPT),
            PLAIN
        );
    }
    let inner = "{ widgetId: 'W', options: { sessionTimeout: '', debug: null } }";
    assert_eq!(
        first_request(inner, "{ dataEndpoint: '', scriptEndpoint: 'https://connect.example' }"),
        PLAIN
    );
}

#[wasm_bindgen_test]
fn texts_travel_encoded() {
    let options = "{ widgetId: 'a/b?', businessName: 'Café & Söhne', businessUuid: 'BIZ 1', endpoint: 'https://c.example/' }";
    assert_eq!(
        first_request(options, "undefined"),
        "POST https://c.example/widget/session/a%2Fb%3F?businessUuid=BIZ%201&businessName=Caf%C3%A9%20%26%20S%C3%B6hne&include=connections,integrations"
    );
}

#[wasm_bindgen_test]
fn numbers_are_converted_to_texts() {
    let line = first_request("{ widgetId: 42, businessUuid: 7.5, businessName: 1234 }", SCRIPT);
    assert!(line.contains("/session/42?businessUuid=7.5&businessName=1234&"), "{line}");
}

#[wasm_bindgen_test]
async fn a_session_timeout_is_seconds_as_a_number_or_a_text() {
    for (given, hold) in [
        ("3", "3000"),
        ("\"3\"", "3000"),
        ("2.5", "3000"),
        ("0", "25000"),
        ("\"\"", "25000"),
        ("600", "25000"),
    ] {
        let _windows = PageStub::windows();
        let widget = Widget::at_before(&format!(r#""options":{{"sessionTimeout":{given}}}"#)).await;
        widget.server.answer("/services/url", 200, ADDRESS);
        widget.press_action("continue").await;
        let line = widget.server.last_request().line();
        assert!(line.contains(&format!("timeoutInMs={hold}&")), "{given}: {line}");
    }
}

#[wasm_bindgen_test]
fn addresses_may_be_url_objects() {
    let line = first_request("{ widgetId: 'W', endpoint: new URL('https://c.example/api/') }", "undefined");
    assert!(line.starts_with("POST https://c.example/api/widget/session/W?"), "{line}");
}

#[wasm_bindgen_test]
fn relative_addresses_are_resolved_against_the_pages_base() {
    let origin = page::document().location().unwrap().origin().unwrap();
    let line = first_request("{ widgetId: 'W', endpoint: '/api' }", "undefined");
    assert!(line.starts_with(&format!("POST {origin}/api/widget/session/W?")), "{line}");
    let base = page::document().create_element("base").unwrap();
    base.set_attribute("href", "https://base.example/folder/page").unwrap();
    page::document().document_element().unwrap().append_child(&base).unwrap();
    let line =
        first_request("{ widgetId: 'W', redirectUrl: 'done?a=1', endpoint: '//c.example' }", "undefined");
    base.remove();
    assert!(line.starts_with("POST https://c.example/widget/session/W?"), "{line}");
    assert!(line.contains("&redirectUrl=https%3A%2F%2Fbase.example%2Ffolder%2Fdone%3Fa%3D1&"), "{line}");
}

/// The loader reads the same addresses in JavaScript (`npm/test/same-as-engine.test.mjs`).
#[wasm_bindgen_test]
fn the_spaces_around_an_address_are_javascripts() {
    // What used to happen: the engine took U+0085 away and left U+FEFF, so it threw the loader's session call away.
    let origin = page::document().location().unwrap().origin().unwrap();
    for (endpoint, address) in [
        (r"\uFEFF\u3000\t https://c.example/api\u00A0\n\uFEFF", "https://c.example/api"),
        (r"\u0085/api", &format!("{origin}/%C2%85/api")),
        (r"/api/\u0085", &format!("{origin}/api/%C2%85")),
    ] {
        let line = first_request(&format!("{{ widgetId: 'W', endpoint: '{endpoint}' }}"), SCRIPT);
        assert!(line.starts_with(&format!("POST {address}/widget/session/W?")), "{endpoint}: {line}");
    }
    assert_eq!(first_request(r"{ widgetId: 'W', endpoint: '\uFEFF' }", SCRIPT), PLAIN);
}

#[wasm_bindgen_test]
fn no_other_character_is_a_space_around_an_address() {
    let spaces = evaluate(
        "Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code)).filter((one) => one.trim() === '').join('')",
    );
    let ours: String =
        ('\0'..=char::MAX).filter(|one| trim_address(one.encode_utf8(&mut [0; 4])).is_empty()).collect();
    assert_eq!(spaces.as_string(), Some(ours));
}

#[wasm_bindgen_test]
fn a_property_that_cannot_be_read_counts_as_absent() {
    let options = "{ widgetId: 'W', get businessName() { throw new Error('not today') } }";
    assert_eq!(first_request(options, SCRIPT), PLAIN);
}

#[wasm_bindgen_test]
fn options_may_be_inherited_or_frozen() {
    let options = "Object.freeze(Object.create({ widgetId: 'W' }))";
    assert_eq!(first_request(options, SCRIPT), PLAIN);
    assert_eq!(first_request("new (class { widgetId = 'W' })", SCRIPT), PLAIN);
}

#[wasm_bindgen_test]
fn the_server_is_named_by_the_option_the_tag_or_the_script_in_this_order() {
    let environments = [
        ("endpoint: 'https://o.example'", "https://o.example", "the endpoint option"),
        ("endpoint: ''", "https://d.example", "data-endpoint on the script tag"),
    ];
    let environment = "{ dataEndpoint: 'https://d.example/', scriptEndpoint: 'https://s.example' }";
    for (given, url, by) in environments {
        says_who_named(&format!("{given}, "), environment, url, by);
    }
    let script = "{ scriptEndpoint: 'https://s.example' }";
    says_who_named("", script, "https://s.example", "the server that serves the script");
}

#[track_caller]
fn says_who_named(given: &str, environment: &str, url: &str, by: &str) {
    let console = PageStub::console("info");
    let line =
        first_request(&format!("{{ widgetId: 'W', {given} options: {{ debug: true }} }}"), environment);
    assert!(line.starts_with(&format!("POST {url}/widget/session/W?")), "{line}");
    assert_eq!(console.lines(), [format!("railz-connect: the server is {url}, named by {by}")]);
}

#[wasm_bindgen_test]
fn unknown_options_warn_under_debug_only() {
    let options = |debug| {
        format!(
            "{{ widgetId: 'W', endpoint: 'https://connect.example', theme: {{ primry: {{}} }}, widgetID: 1, options: {{ debug: {debug}, sessionTimout: 3, \
             components: {{ serch: true, search: true }} }} }}"
        )
    };
    let (warnings, infos) = (PageStub::console("warn"), PageStub::console("info"));
    first_request(&options("false"), "undefined");
    assert_eq!((warnings.lines().len(), infos.lines().len()), (0, 0));
    first_request(&options("'true'"), "undefined");
    let warned = |name| format!("railz-connect: the option {name} is not known");
    assert_eq!(
        warnings.lines(),
        ["theme.primry", "widgetID", "options.sessionTimout", "options.components.serch"].map(warned)
    );
}

#[wasm_bindgen_test]
async fn the_parent_may_have_children_already() {
    let parent = new_parent();
    parent.set_text_content(Some(" \n "));
    let server = Server::default();
    let handle = mount_with(
        &parent,
        &evaluate("{ widgetId: 'W', endpoint: 'https://connect.example' }"),
        &JsValue::NULL,
        server.transport(),
    )
    .unwrap();
    settle().await;
    assert!(parent.first_element_child().is_some());
    handle.unmount();
    assert_eq!(parent.text_content().as_deref(), Some(" \n "));
    parent.remove();
}
