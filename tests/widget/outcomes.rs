//! How a sign-in ends on the screen: connected, refused, failed, there already.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::PageStub;
use crate::support::responses::{SESSION, connection};
use crate::support::{Widget, settle};

const ENDED: &[&str] = &["try-again", "back"];

#[wasm_bindgen_test]
async fn a_success_without_a_success_page_stays_on_the_screen() {
    let widget = Widget::ended_with("", &connection("active", None, "")).await;
    widget.shows("connected", "Harbour Books is connected", &["done"]);
    assert!(widget.text().contains("Everything is set up"));
}

#[wasm_bindgen_test]
async fn a_success_names_the_company() {
    let named = r#","accountName":"Juniper Bakery""#;
    let widget = Widget::ended_with("", &connection("active", None, named)).await;
    widget.shows("connected", "Juniper Bakery at Harbour Books is connected", &["done"]);
}

/// The server said so before, and the screen did not.
#[wasm_bindgen_test]
async fn whoever_connects_what_does_not_name_its_company_is_asked_to_check_it() {
    let unknown = "Harbour Books did not say which company this is.";
    let replaced = "It took the place of the earlier sign-in.";
    let at = r#","companyUnknown":true,"replacedAt":"2026-11-03T09:00:00Z""#;
    for (more, says) in
        [("", [false, false]), (r#","companyUnknown":true"#, [true, false]), (at, [true, true])]
    {
        let widget = Widget::ended_with("", &connection("active", None, more)).await;
        widget.shows("connected", "Harbour Books is connected", &["done"]);
        let text = widget.text();
        assert_eq!([text.contains(unknown), text.contains(replaced)], says, "{text}");
    }
}

#[wasm_bindgen_test]
async fn from_the_success_back_to_the_list_the_session_is_opened_anew_for_the_same_business() {
    let widget = Widget::ended_with("", &connection("active", None, "")).await;
    widget.server.answer("/widget/session/", 200, SESSION);
    widget.press_action("done").await;
    widget.shows("picker", "Connect your accounting", &[]);
    let line = widget.server.last_request().line();
    assert!(line.contains("businessUuid=BIZ-0b0ad5a5-6a3a-4f43-9d8e-0b6f7d1c2a11"), "{line}");
    assert!(line.contains("businessName=Harbour%20Bakery"), "{line}");
    assert_eq!(widget.host_calls().iter().filter(|call| call.starts_with("onSuccess load")).count(), 1);
}

#[wasm_bindgen_test]
async fn who_said_no_reads_that_access_was_not_granted() {
    let entry = connection("invalid", Some("insufficientPermission"), r#","reason":"accessDenied""#);
    let widget = Widget::ended_with("", &entry).await;
    widget.shows("refused", "Access was not granted", ENDED);
    assert!(widget.text().contains("You chose not to share access at Harbour Books."));
}

#[wasm_bindgen_test]
async fn each_refusal_of_the_service_has_words_of_its_own() {
    for (error, words) in [
        ("insufficientPermission", "may not share this data. Ask an owner or administrator"),
        ("unauthorizedCredentials", "did not accept the sign-in. Check it"),
        ("unauthorizedClientIdKey", "does not accept this application at the moment."),
    ] {
        let widget = Widget::ended_with("", &connection("invalid", Some(error), "")).await;
        widget.shows("refused", "Harbour Books refused the connection", ENDED);
        assert!(widget.text().contains(words), "{}", widget.text());
    }
}

#[wasm_bindgen_test]
async fn an_account_that_is_connected_elsewhere_is_told_so_and_handed_over_to_nobody() {
    let forms = PageStub::forms();
    let entry = connection("invalid", Some("duplicateAccount"), "");
    let widget = Widget::ended_with(r#""successUrl":"/success""#, &entry).await;
    widget.shows("duplicate", "Already connected", ENDED);
    assert_eq!(forms.lines(), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_sign_in_that_failed_is_told_with_the_servers_words_as_text() {
    let _windows = PageStub::windows();
    let widget = Widget::at_waiting("").await;
    widget.server.refuse("/updates/", 502, "The service said <b>no</b>.");
    settle().await;
    widget.shows("failed", "That did not work", ENDED);
    assert_eq!(
        widget.texts("p"),
        [
            "Harbour Books could not be connected. Nothing has changed; you can try again.",
            "The service said <b>no</b>."
        ]
    );
    assert!(widget.find("b").is_none());
}

#[wasm_bindgen_test]
async fn an_entry_of_no_meaning_counts_as_failed() {
    let widget = Widget::ended_with("", &connection("dreaming", None, "")).await;
    widget.shows("failed", "That did not work", ENDED);
}

#[wasm_bindgen_test]
async fn from_an_ending_the_person_tries_again_or_chooses_another_service() {
    let entry = connection("invalid", Some("unauthorizedCredentials"), "");
    let widget = Widget::ended_with("", &entry).await;
    widget.press_action("try-again").await;
    widget.shows("before", "Connect Harbour Books", &["continue", "back"]);
    let widget = Widget::ended_with("", &entry).await;
    widget.press_action("back").await;
    widget.shows("picker", "Connect your accounting", &[]);
}

#[wasm_bindgen_test]
async fn the_entry_of_another_connection_does_not_pass_for_this_one() {
    let entry = connection("active", None, "").replace("CON-3f1f", "CON-0000");
    let widget = Widget::ended_with("", &entry).await;
    assert_eq!(widget.screen(), "waiting");
}
