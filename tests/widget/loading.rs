//! From the first moment to the list of services, or to the word that there is none.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::page::query_all;
use crate::support::responses::{CONNECTED_SESSION, OTHER_SERVERS_SESSION, RENEWABLE_SESSION};
use crate::support::{Server, Widget, settle};

#[wasm_bindgen_test]
async fn while_the_session_is_opened_the_services_are_said_to_load() {
    let widget = Widget::mount(&Server::default(), "");
    settle().await;
    widget.shows("loading", "Loading your services", &[]);
}

#[wasm_bindgen_test]
async fn the_picker_lists_the_services_by_their_names_for_people() {
    let widget = Widget::opened(CONNECTED_SESSION, "").await;
    widget.shows("picker", "Connect your accounting", &[]);
    assert_eq!(widget.texts("[data-service] .name"), ["Railz Cloud Accounting", "Harbour Books"]);
    assert_eq!(widget.texts("[data-service] .hint"), ["Test data, no sign-in"]);
    assert!(widget.text().contains("to share them with Acme Lending."));
    let logo = widget.get("[data-service=harbourBooks] img");
    assert_eq!(logo.get_attribute("src").as_deref(), Some("https://books.example/logo.svg"));
    assert_eq!(logo.get_attribute("alt").as_deref(), Some(""));
}

#[wasm_bindgen_test]
async fn a_connection_that_cannot_be_renewed_here_is_listed_without_a_button() {
    let widget = Widget::opened(CONNECTED_SESSION, "").await;
    assert_eq!(widget.texts("h3"), ["Your connections", "Services"]);
    assert_eq!(widget.texts("[data-connection] .name"), ["Xero"]);
    assert_eq!(widget.texts("[data-connection] .pill"), ["Connected"]);
    assert!(widget.find("[data-connection] button").is_none());
}

#[wasm_bindgen_test]
async fn a_connection_to_an_offered_service_can_be_renewed() {
    let widget = Widget::opened(RENEWABLE_SESSION, "").await;
    widget.shows("attention", "Reconnect your accounts", &["reauthorise", "next"]);
    assert_eq!(widget.texts("[data-connection] .pill"), ["Expired"]);
    let button = widget.get("[data-action=reauthorise]");
    assert_eq!(button.text_content().as_deref(), Some("Reconnect"));
    assert_eq!(button.get_attribute("aria-label").as_deref(), Some("Reconnect Zoho Books"));
    widget.press_action("next").await;
    widget.shows("picker", "Connect your accounting", &["reauthorise"]);
    assert_eq!(widget.texts("[data-service=zohoBooks] .pill"), ["Expired"]);
}

#[wasm_bindgen_test]
async fn a_service_that_the_server_does_not_name_wears_its_id_in_words() {
    let widget = Widget::opened(RENEWABLE_SESSION, "").await;
    widget.press_action("next").await;
    assert_eq!(widget.texts("[data-service] .name"), ["Zoho Books", "Tide Ledger"]);
}

#[wasm_bindgen_test]
async fn without_connections_and_without_a_customer_the_picker_speaks_of_neither() {
    let widget = Widget::opened(OTHER_SERVERS_SESSION, "").await;
    widget.shows("picker", "Connect your accounting", &[]);
    assert_eq!(widget.texts("[data-service] .name"), ["MYOB"]);
    assert!(widget.find("h3").is_none());
    assert!(widget.text().contains("Choose the service you keep your books in."));
}

#[wasm_bindgen_test]
async fn a_sandbox_says_that_it_is_one() {
    assert_eq!(Widget::at_picker("").await.texts(".badge"), ["Sandbox"]);
    assert_eq!(Widget::opened(OTHER_SERVERS_SESSION, "").await.texts(".badge"), [""; 0]);
}

#[wasm_bindgen_test]
async fn services_and_connections_are_lists_to_a_screen_reader() {
    let widget = Widget::opened(CONNECTED_SESSION, "").await;
    assert_eq!(query_all(&widget.root(), "ul[role=list] > li").len(), 3);
    for mark in query_all(&widget.root(), ".mark, svg") {
        assert!(mark.closest("[aria-hidden=true]").unwrap().is_some(), "a picture is read out");
    }
}

async fn unavailable(server: &Server) -> Widget {
    let widget = Widget::mount(server, "");
    settle().await;
    widget.shows("unavailable", "Connecting is not available", &["try-again"]);
    assert_eq!(query_all(&widget.root(), "[role=alert]").len(), 1);
    widget
}

#[wasm_bindgen_test]
async fn a_page_that_is_not_registered_is_told_so_in_words() {
    for status in [401, 403, 404] {
        let server = Server::default();
        server.refuse("/widget/session/", status, "Origin not registered");
        let widget = unavailable(&server).await;
        assert_eq!(
            widget.texts("[role=alert]"),
            ["This page is not set up to connect accounts. Please tell the people who run it."]
        );
    }
}

#[wasm_bindgen_test]
async fn an_unknown_business_is_told_so_in_words() {
    let server = Server::default();
    server.refuse("/widget/session/", 404, "BUSINESS NOT FOUND");
    let widget = unavailable(&server).await;
    assert_eq!(
        widget.texts("[role=alert]"),
        ["This business is not known here. Please tell the people who run this page."]
    );
}

#[wasm_bindgen_test]
async fn a_server_without_services_is_told_so_and_asked_again_on_a_press() {
    let server = Server::default();
    server.answer("/widget/session/", 200, r#"{"access_token":"t","integrations":[]}"#);
    let widget = unavailable(&server).await;
    assert_eq!(widget.texts("[role=alert]"), ["There is no service to connect here yet."]);
    server.answer("/widget/session/", 200, CONNECTED_SESSION);
    widget.press_action("try-again").await;
    widget.shows("picker", "Connect your accounting", &[]);
}

#[wasm_bindgen_test]
async fn a_session_that_could_not_be_opened_is_tried_again_with_its_services() {
    let server = Server::default();
    server.drop_connection("/widget/session/");
    let widget = Widget::mount(&server, "");
    settle().await;
    widget.shows("loadFailed", "The services could not be loaded", &["try-again"]);
    assert_eq!(
        widget.texts("[role=alert]"),
        ["We could not reach the server. Check your connection and try again."]
    );
    server.answer("/widget/session/", 200, CONNECTED_SESSION);
    widget.press_action("try-again").await;
    assert!(server.last_request().line().ends_with("include=connections,integrations"));
    widget.shows("picker", "Connect your accounting", &[]);
}

#[wasm_bindgen_test]
async fn an_error_page_of_something_else_counts_as_not_loaded() {
    for (status, body) in
        [(200, "<html>Sign in to the hotel's network</html>"), (502, "<html>Bad Gateway</html>")]
    {
        let server = Server::default();
        server.answer("/widget/session/", status, body);
        let widget = Widget::mount(&server, "");
        settle().await;
        widget.shows("loadFailed", "The services could not be loaded", &["try-again"]);
    }
}

#[wasm_bindgen_test]
async fn the_close_button_is_there_only_with_an_address_to_go_to() {
    assert!(Widget::at_picker("").await.find("[data-action=close]").is_none());
    let widget = Widget::at_picker(r##""closeEnabled":true,"closeRedirectUrl":"#closed""##).await;
    widget.shows("picker", "Connect your accounting", &["close"]);
    assert_eq!(widget.get("[data-action=close]").get_attribute("aria-label").as_deref(), Some("Close"));
    let server = Server::default();
    let loading = Widget::mount(&server, r##""closeEnabled":true,"closeRedirectUrl":"#closed""##);
    loading.shows("loading", "Loading your services", &["close"]);
}
