//! Wrong options: refused by name, told once, and nothing half-mounted.

use js_sys::Reflect;
use railz_connect::mount_with;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::{self, evaluate};
use crate::support::widget::new_parent;
use crate::support::{Server, settle};

/// Mounts with wrong options; gives `option | received | expected`.
#[track_caller]
fn refused(options: &JsValue) -> String {
    let before = page::page_as_it_is();
    let server = Server::default();
    let parent = new_parent();
    let thrown =
        mount_with(&parent, options, &JsValue::UNDEFINED, server.transport()).expect_err("it is refused");
    assert!(parent.first_child().is_none(), "something is half mounted");
    assert!(server.requests().is_empty(), "something was asked");
    parent.remove();
    assert_eq!(page::page_as_it_is(), before);
    let field = |name: &str| Reflect::get(&thrown, &name.into()).unwrap().as_string().unwrap();
    let message = field("message");
    assert!(message.contains(&field("option")) && message.contains(&field("expected")), "{message}");
    format!("{} | {} | {}", field("option"), field("received"), field("expected"))
}

fn refused_with(given: &str) -> String {
    refused(&evaluate(&format!("{{ widgetId: 'W', endpoint: 'https://connect.example', {given} }}")))
}

#[wasm_bindgen_test]
fn without_a_widget_id_nothing_is_mounted() {
    let expected = "widgetId | nothing | the id of a widget registered with the server";
    for options in ["{}", "undefined", "null", "'W'", "{ widgetId: '' }", "{ widgetId: null }"] {
        assert_eq!(refused(&evaluate(options)), expected, "{options}");
    }
    assert_eq!(refused(&evaluate("{ widgetId: NaN }")), expected.replace("nothing", "NaN"));
    assert_eq!(refused(&evaluate("{ widgetId: ['W'] }")), expected.replace("nothing", "an array"));
}

#[wasm_bindgen_test]
fn a_business_name_keeps_to_its_rule() {
    let rule = "2 to 40 visible characters without % [ ] \\ * | { } \"";
    for wrong in ["x", "a*b", "50%", "{a}", "a|b"] {
        assert_eq!(
            refused_with(&format!("businessName: '{wrong}'")),
            format!("businessName | {wrong} | {rule}")
        );
    }
    assert_eq!(refused_with("businessName: {}"), format!("businessName | an object | {rule}"));
    assert!(refused_with("businessName: 'x'.repeat(200)").contains("xxx…"));
}

#[wasm_bindgen_test]
fn an_address_that_is_not_of_the_web_is_refused_under_every_name() {
    for name in ["successUrl", "redirectUrl", "closeRedirectUrl", "endpoint"] {
        let expected = |received: &str| format!("{name} | {received} | an http or https address");
        for wrong in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\\nscript:alert(1)",
            "data:text/html,x",
            "ftp://a",
        ] {
            let seen = wrong.replace("\\n", "\n");
            assert_eq!(refused_with(&format!("{name}: '{wrong}'")), expected(&seen));
        }
        assert_eq!(refused_with(&format!("{name}: 'https://'")), expected("https://"));
        assert_eq!(refused_with(&format!("{name}: new URL('blob:x')")), expected("blob:x"));
        assert_eq!(refused_with(&format!("{name}: {{}}")), expected("an object"));
        assert_eq!(refused_with(&format!("{name}: () => 'https://a.example'")), expected("a function"));
    }
}

#[wasm_bindgen_test]
fn metadata_that_json_cannot_express_is_refused() {
    for wrong in ["(() => { const o = {}; o.o = o; return o })()", "10n", "() => 1", "Symbol()", "{ n: 10n }"]
    {
        assert_eq!(
            refused_with(&format!("metadata: {wrong}")),
            "metadata | a value that JSON cannot express | a value that JSON can express",
            "{wrong}"
        );
    }
}

#[wasm_bindgen_test]
fn a_success_page_and_a_redirect_exclude_each_other() {
    let said = refused_with("successUrl: 'https://a.example/s', redirectUrl: 'https://a.example/r'");
    assert!(said.starts_with("redirectUrl | https://a.example/r | either successUrl"), "{said}");
}

#[wasm_bindgen_test]
fn a_method_a_timeout_and_a_debug_switch_are_what_they_can_be() {
    assert_eq!(
        refused_with("successUrl: '/s', successMethod: 'put'"),
        "successMethod | put | \"post\" or \"get\""
    );
    let seconds = "a number of seconds up to 86400";
    for (given, received) in [
        ("-1", "-1"),
        ("86401", "86401"),
        ("NaN", "NaN"),
        ("Infinity", "Infinity"),
        ("'soon'", "soon"),
        ("[]", "an array"),
    ] {
        let said = refused_with(&format!("options: {{ sessionTimeout: {given} }}"));
        assert_eq!(said, format!("options.sessionTimeout | {received} | {seconds}"));
    }
    assert_eq!(refused_with("options: { debug: 'perhaps' }"), "options.debug | perhaps | true or false");
}

#[wasm_bindgen_test]
async fn the_host_is_told_once_under_load_before_mount_throws() {
    let host = page::host_options(r#"{"widgetId":"W","businessName":"x"}"#);
    refused(&host.options());
    settle().await;
    let words = r#"The option businessName is x, but must be 2 to 40 visible characters without % [ ] \\ * | { } \"."#;
    let expected = format!(
        r#"onError load {{"metadata":null,"error":{{"errorCode":"general","errorMessage":"{words}"}}}}"#
    );
    assert_eq!(host.host_calls(), [expected]);
}

#[wasm_bindgen_test]
fn a_callback_that_throws_does_not_hide_the_wrong_option() {
    let console = page::PageStub::console("error");
    let said = refused_with("businessName: 'x', onError() { throw new Error('broken') }");
    assert!(said.starts_with("businessName | x | "), "{said}");
    assert_eq!(console.lines().len(), 1);
}

/// Such a widget used to talk to a domain of the vendor whose package this one replaces.
#[wasm_bindgen_test]
fn without_a_server_nothing_is_mounted() {
    assert_eq!(
        refused(&evaluate("{ widgetId: 'W' }")),
        "endpoint | nothing | the address of your Connect server"
    );
}

#[wasm_bindgen_test]
fn a_session_token_is_one_and_is_not_shown_where_it_is_none() {
    let expected = "the sessionToken that POST /v2/sessions answered to your back end";
    for wrong in ["'two words'", "'secret-1 '", "'a\\nb'", "'schlüssel'"] {
        let refusal = refused_with(&format!("sessionToken: {wrong}"));
        assert_eq!(refusal, format!("sessionToken | a text that is no token | {expected}"), "{wrong}");
    }
    assert_eq!(refused_with("sessionToken: {}"), format!("sessionToken | an object | {expected}"));
    assert_eq!(refused_with("sessionToken: () => 1"), format!("sessionToken | a function | {expected}"));
}

#[wasm_bindgen_test]
fn get_session_is_a_function_that_renews_a_token() {
    let expected = "a function that gives a new sessionToken";
    for (wrong, received) in [("{}", "an object"), ("'later'", "something else"), ("7", "something else")] {
        let refusal = refused_with(&format!("sessionToken: 'a', getSession: {wrong}"));
        assert_eq!(refusal, format!("getSession | {received} | {expected}"));
    }
    assert_eq!(
        refused_with("getSession: async () => 'a'"),
        "sessionToken | nothing | given where getSession is, which renews it"
    );
}
