//! What somebody tries who knows a widget's id, the name of a business and an origin of the widget's: all that an open
//! session takes. By raw HTTP, against the connections that the business's owner made in another visit.
//!
//! Each test is named after what is tried, and shows that the owner's own visit may do it. What a browser is needed for is in the
//! journeys `who_began`, `edited_callbacks`, `mistakes`, `banks` and `model_customer` of `e2e/tests/journeys/`. What else is
//! tried, and where:
//!
//! | attack | test |
//! |---|---|
//! | guessed names | `looking::reading_the_name_and_the_number_of_a_connected_company`, `reconnecting::coming_back_by_the_businesss_name_alone` |
//! | stolen start links | `who_began::a_start_link_sent_to_somebody_else_connects_nobody_without_a_press_that_names_whose_it_is` |
//! | edited callbacks | `company_hints::an_edited_company_id_takes_no_company_that_the_token_does_not_open`, `callback::a_forged_state_is_refused_and_harms_nobody`, `callback_addresses::an_answer_at_another_services_address_changes_nothing` |
//! | replayed tokens | `connection_tokens::a_token_is_redeemed_once_and_again_under_the_same_idempotency_key`, `callback::a_state_is_good_for_one_callback`, `who_began::a_proof_replayed_without_the_page_it_was_given_to_is_refused` |
//! | foreign success pages | `visits::addresses::an_address_where_nobody_is_sent_is_refused_by_name_when_the_session_opens` |
//! | forged POSTs | `who_began::a_forged_press_of_another_site_is_refused_by_name`, `who_began::the_page_of_one_sign_in_presses_for_no_other` |
//! | foreign keys and scopes | `proxy::a_key_of_another_widget_calls_nothing_and_learns_nothing`, `secret_keys::a_scope_that_lacks_is_named` |
//! | enumeration | `enumeration::ids_of_another_widget_are_answered_as_made_up_ones_are`, `enumeration::a_page_is_told_of_a_foreign_business_what_it_is_told_of_a_made_up_one` |
//! | a service's token answer that makes rows nobody can read | `token_answers::an_end_beyond_all_calendars_spoils_nothing`, `token_answers::one_row_that_nobody_can_read_stops_nothing_else` |
//! | metadata that steers the customer's back end | `webhooks::page_metadata::a_page_sets_no_header_that_says_who_asks_or_for_what`, `webhooks::page_metadata::a_page_doubles_no_parameter_of_the_registered_address` |
//! | a service that gives orders to what stands in front of this server | `proxied_answers::what_a_service_orders_a_proxy_or_a_cache_to_do_stays_here`, `proxied_answers::a_length_that_is_not_the_bodys_is_not_passed_on`, `proxied_answers::a_service_that_begins_another_protocol_is_not_followed`, `proxied_answers::a_token_that_is_repeated_in_another_form_stays_here` |
//! | an answer or a log that is as long as its caller likes | `long_headers::an_origin_that_is_none_is_repeated_cut_and_logged_nowhere` |
//! | forged forwarding headers | `proxy::no_header_tells_the_service_who_asked_for_whom_however_it_is_written` |
//! | filling the server | `poll_places::a_visit_holds_few_polls_and_hears_the_rest_at_once`, `slow_clients::held_polls_leave_places_for_other_requests`, `shutdown::a_server_that_ends_waits_for_nobody_who_has_not_asked_yet`, `crowding::playing_so_often_that_each_list_takes_seconds`, `crowding::beginning_so_often_that_the_owners_polls_have_much_to_read` |
//! | a bank added to somebody else's business | `adding::adding_a_bank_that_stands_first` |

mod adding;
mod choosing;
mod crowding;
mod enumeration;
mod following;
mod long_headers;
mod looking;
mod proxied_answers;
mod proxy;
mod reconnecting;
mod token_answers;

use std::fs;
use std::path::Path;

use railz_connect_contract::SessionResponse;
use serde_json::Value;

use crate::support::{LIVE, TestServer};

type Session = SessionResponse<Value>;

/// The business that both name.
const SHOP: &str = "Juniper Bakery Shop";

/// A session as anybody opens one.
async fn open_session(server: &TestServer) -> Session {
    server.session_of(LIVE, &SHOP.replace(' ', "%20")).await
}

/// Everything that a session is told of connections: by the session call, and by the status.
async fn told(server: &TestServer, session: &Session) -> String {
    let listed = serde_json::to_string(session.connections.as_ref().unwrap()).unwrap();
    let status = server.get("/widget/status", session.access_token.expose()).await;
    assert_eq!(status.status, 200, "{}", status.text());
    format!("{listed}\n{}", status.text())
}

/// Checks that none of these words is there.
fn hides(text: &str, words: &[&str]) {
    for word in words {
        assert!(!text.contains(word), "{word:?} is told: {text}");
    }
}

/// Checks that each of these words is there.
fn tells(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "{word:?} is not told: {text}");
    }
}

/// A test that was renamed used to stay in the table, and nothing told so.
#[test]
fn each_test_that_the_table_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/server");
    let rows = include_str!("mod.rs").lines().filter(|line| line.starts_with("//! |"));
    let named: Vec<&str> =
        rows.flat_map(|row| row.split('`').skip(1).step_by(2)).filter(|text| text.contains("::")).collect();
    assert!(named.len() > 10, "{named:?}");
    for name in named {
        let (module, test) = name.rsplit_once("::").unwrap();
        let file = format!("{}.rs", module.replace("::", "/"));
        let sources = [root.join(&file), root.join("attacks").join(&file)];
        let source = sources.iter().find_map(|path| fs::read_to_string(path).ok()).unwrap_or_default();
        assert!(source.contains(&format!("fn {test}(")), "no test {name}");
    }
}
