//! The rules of the contract (`docs/contract-rules.md`) over real HTTP: a listening server, a client that knows nothing
//! of it.
//!
//! Rule, what it says, and the test that holds it; tests of other files stand with their file.
//!
//! | contract rule | in short | test |
//! |---|---|---|
//! | T2 | each of the fifteen calls has a preflight | `transport::each_of_the_fifteen_calls_has_a_preflight` |
//! | T5 | an error is told by number, name and message, in the body | `transport::every_error_has_a_body_with_number_name_and_message` |
//! | T7 | never 408 | the same, and `poll::a_poll_without_news_*` |
//! | T1 | the session alone needs no bearer token; one that is missing, empty, unknown or old is told with 401 | `transport::only_the_session_needs_no_bearer_token` |
//! | T6 | older tokens stay valid | `session.rs: older_tokens_stay_valid_beside_newer_ones_for_an_hour_from_their_last_use` |
//! | T3 | empty query values are kept and mean nothing | `transport::empty_query_values_mean_nothing` |
//! | T1 | no cookies; JSON; nothing is kept by a cache | `transport::answers_are_json_without_cookies` |
//! | T2 | only registered pages may ask | `cors.rs` |
//! | C1, D1 | what a session answers | `data::a_session_has_every_field_that_clients_read` |
//! | C1 | `include` decides what is listed | `data::include_decides_what_is_listed` |
//! | C1 | `metadata` is echoed; `options` may be anything | `data::metadata_is_echoed_whatever_it_is` |
//! | S1 | a business by uuid, by name, or a new one | `session.rs` |
//! | C2 | OAuth: absolute `url`, `connectionId`, `businessName` | `golden.rs`, `sign_in.rs` |
//! | C2, C5 | sandbox: without `integrationUuid`, a path to post to | `data::each_service_plays_each_of_the_five_use_cases` |
//! | C2 | QuickBooks Desktop: `url`, `config`, `password` | `non_oauth/quickbooks_desktop.rs` |
//! | C3, P1 | held for the whole N, then 404 with the exact words | `poll::a_poll_without_news_is_held_for_the_whole_time_and_asked_again_once` |
//! | P2 | N of zero or less: now, `null`, never an error | `poll::a_poll_of_zero_or_less_is_answered_now_with_null` |
//! | P3 | an abandoned poll harms nobody; the next one with zero works | `poll::a_poll_that_was_abandoned_is_followed_by_one_of_zero` |
//! | P4 | what a poll says: a duplicate, a success, a refusal, a choice that is due | `companies.rs: the_same_company_of_*`, `sandbox.rs: a_poll_tells_*`, `golden.rs: a_refusal_by_the_person_*`, `accounts.rs: each_held_service_*` |
//! | C4 | the status lists the business's connections as they stand now | `data::each_service_plays_each_of_the_five_use_cases`, `data::a_connection_names_the_integration_it_was_made_through` |
//! | C6, C7, C8, C9, T4, F6, D5 | choices; exactly 201; final afterwards | `accounts.rs: each_held_service_goes_from_sign_in_over_pending_and_201_to_active` |
//! | F3 | the page that ends the sign-in closes the window | `callback.rs: the_page_closes_itself_and_nothing_else_may_run_in_it` |
//! | C10 | NetSuite | `non_oauth/netsuite.rs` |
//! | C11, C12 | Intacct | `non_oauth/intacct.rs` |
//! | C13, C14, C15, D4 | banks | `non_oauth/plaid/` |
//! | D2, D3 | integrations, and connections that name theirs | `data::a_connection_names_the_integration_it_was_made_through` |
//! | D6 | `extraConfigurations` for Business Central, played or real | `data::business_central_always_says_which_further_steps_there_are` |
//! | D3 | `accountNumber` where the service tells one | `data::an_account_number_is_told_where_the_service_tells_one` |
//! | S4 | reconnecting keeps the `connectionId` | `reauthorisation.rs` |
//! | S5 | a duplicate: another business of the same customer, not of another one | `companies.rs`, `accounts.rs`, `non_oauth/netsuite.rs` |
//! | N1 | services by the ids of 2.23 | `data::built_in_services_have_the_ids_of_the_contract` |
//! | N2 | the words for kinds, and for the states and errors that the sandbox plays | `data::a_session_has_every_field_that_clients_read`, `data::each_service_plays_each_of_the_five_use_cases` |
//! | N3 | sandbox widgets are those with the prefix | `start.rs`, `session.rs` |
//! | S2 | what waits for the provider is in no list | `accounts.rs`, `sandbox.rs: one_press_*` |
//! | S3 | failed attempts are in no later list | `bad_providers`, `callback.rs`, `sandbox.rs: each_refusing_use_case_*` |

mod data;
mod poll;
mod transport;

use std::time::Duration;

use connect_server::serve::{bind, serve};
use railz_connect_contract::SessionResponse;
use reqwest::{Client, Method, Response};
use serde_json::Value;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::support::held_services::{all_services, held_services};
use crate::support::{HOST, TEST_DEADLINE, TestServer};

type Session = SessionResponse<Value>;

/// A server that listens, with every service it knows, and a client.
struct ContractServer {
    server: TestServer,
    address: String,
    client: Client,
    end: CancellationToken,
    running: JoinHandle<()>,
}

/// An answer as a widget of 2.23 sees it: what is no JSON is `null`.
struct Said {
    status: u16,
    headers: reqwest::header::HeaderMap,
    body: Value,
}

impl ContractServer {
    async fn new() -> Self {
        let server = TestServer::with_options(all_services()).await;
        let listener = bind(&server.app).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let end = CancellationToken::new();
        let running = tokio::spawn(serve(server.app.clone(), listener, end.clone().cancelled_owned()));
        let client = Client::builder().no_proxy().timeout(TEST_DEADLINE).build().unwrap();
        Self { server, address, client, end, running }
    }

    /// A request with the headers that a widget sends.
    async fn send(&self, method: Method, path: &str, token: Option<&str>, body: &str) -> Response {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.address))
            .header("origin", HOST)
            .header("content-type", "application/json")
            .header("accept", "application/json, text/plain, */*")
            .header("railz-connect-version", "13.4.0");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        request.body(body.to_owned()).send().await.unwrap()
    }

    async fn ask(&self, method: Method, path: &str, token: Option<&str>, body: &str) -> Said {
        let response = self.send(method, path, token, body).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        Said { status, headers, body: serde_json::from_str(&text).unwrap_or_default() }
    }

    async fn get(&self, path: &str, session: &Session) -> Said {
        self.ask(Method::GET, path, Some(session.access_token.expose()), "").await
    }

    async fn post(&self, path: &str, session: &Session, body: &Value) -> Said {
        self.ask(Method::POST, path, Some(session.access_token.expose()), &body.to_string()).await
    }

    async fn end(self) {
        self.end.cancel();
        tokio::time::timeout(TEST_DEADLINE, self.running).await.unwrap().unwrap();
    }
}

/// The fifteen calls, with each service that has a path of its own.
fn calls() -> Vec<(Method, String)> {
    let mut calls: Vec<(Method, String)> = [
        (Method::POST, "/widget/session/PROD_demo"),
        (Method::GET, "/services/url"),
        (Method::GET, "/widget/connection/updates/CON-1"),
        (Method::GET, "/widget/status"),
        (Method::POST, "/sandbox/login/ATT-1"),
        (Method::POST, "/oracleNetsuite/account"),
        (Method::POST, "/sageIntacct/account"),
        (Method::POST, "/sageIntacct/account/subsidiary"),
        (Method::POST, "/plaid/createLinkToken"),
        (Method::POST, "/plaid/setAccessToken"),
        (Method::PATCH, "/plaid/updateConnection"),
    ]
    .map(|(method, path)| (method, path.to_owned()))
    .into();
    for (service, ..) in held_services() {
        calls.push((Method::POST, format!("/{service}/account")));
        if service != "zohoBooks" {
            calls.push((Method::GET, format!("/{service}/account")));
        }
    }
    calls
}

/// Long enough to tell a held request from one that is not.
const HELD: Duration = Duration::from_millis(600);
