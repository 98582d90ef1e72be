//! Pages may forbid markup made from text (Trusted Types) and styles in markup (a strict style policy).

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::answers::{FORM_SESSION, NO_NEWS, connection};
use crate::support::page::{self, Replaced};
use crate::support::{Server, Stage, settle, sleep};

#[wasm_bindgen_test]
async fn the_trap_for_markup_catches_what_it_is_there_for() {
    let trap = Replaced::markup();
    page::value("document.createElement('div').innerHTML = '<p>caught</p>'");
    assert_eq!(trap.lines(), ["innerHTML <p>caught</p>"]);
}

/// Each screen is looked at by `Stage::shows` elsewhere for styles; here the whole way is walked under the trap.
#[wasm_bindgen_test]
async fn no_screen_makes_elements_from_markup_or_carries_a_style() {
    let trap = Replaced::markup();
    let _windows = Replaced::windows();
    let _forms = Replaced::forms();
    let mut seen = Vec::new();
    let server = Server::default();
    server.is_gone("/widget/session/");
    let stage =
        Stage::mount(&server, r##""closeEnabled":true,"closeRedirectUrl":"#closed","successUrl":"/done""##);
    look(&stage, &mut seen);
    settle().await;
    look(&stage, &mut seen);
    server.answer("/widget/session/", 200, r#"{"access_token":"t","integrations":[]}"#);
    stage.press_action("try-again").await;
    look(&stage, &mut seen);
    server.answer("/widget/session/", 200, FORM_SESSION.replace("\"xero\"", "\"wave\"").as_str());
    stage.press_action("try-again").await;
    look(&stage, &mut seen);
    stage.press("[data-service=railzSandbox]").await;
    look(&stage, &mut seen);
    stage.press_action("submit").await;
    look(&stage, &mut seen);
    drop(stage);
    signing_in(&mut seen).await;
    assert_eq!(trap.lines(), [""; 0]);
    seen.sort();
    seen.dedup();
    assert_eq!(
        seen.join(" "),
        "before blocked connected duplicate expired failed handOverStuck handingOver loadFailed loading opening \
         picker refused sandboxForm unavailable waiting working"
    );
}

async fn signing_in(seen: &mut Vec<String>) {
    let stage = Stage::at_before("").await;
    look(&stage, seen);
    stage.press_action("continue").await;
    look(&stage, seen);
    let stage = Stage::at_waiting(r#""options":{"sessionTimeout":1}"#).await;
    look(&stage, seen);
    stage.server.refuse("/updates/", 404, NO_NEWS);
    sleep(1_200).await;
    look(&stage, seen);
    let blocked = Replaced::no_windows();
    look(&Stage::at_waiting("").await, seen);
    drop(blocked);
    let stage = Stage::at_picker("").await;
    stage.press("[data-service=railzSandbox]").await;
    look(&stage, seen);
    for error in ["duplicateAccount", "insufficientPermission", "newer"] {
        look(&Stage::ended_with("", &connection("invalid", Some(error), "")).await, seen);
    }
    let active = connection("active", None, "");
    look(&Stage::ended_with("", &active).await, seen);
    let stage = Stage::ended_with(r#""successUrl":"/done""#, &active).await;
    look(&stage, seen);
    page::violate_policy("form-action");
    settle().await;
    look(&stage, seen);
}

fn look(stage: &Stage, seen: &mut Vec<String>) {
    assert_eq!(page::styled_in_markup(&stage.root()), [""; 0], "{}", stage.screen());
    seen.push(stage.screen());
}

#[wasm_bindgen_test]
async fn what_the_server_says_is_shown_as_text() {
    let session = r#"{"access_token":"t","customerName":"<img src=x>","integrations":[
        {"service":"xero","uuid":"1","displayName":"<i>Xero</i>"}]}"#;
    let stage = Stage::opened(session, "").await;
    assert_eq!(stage.texts("[data-service] .name"), ["<i>Xero</i>"]);
    assert!(stage.find("i, img").is_none());
}
