//! Sage Intacct: a web services user, tried at the XML gateway, and the choice of an entity.

use connect_server::domain::audit_list::AuditFilter;
use connect_server::domain::business_list::Page;
use connect_server::sweep::sweep;
use railz_connect_contract::{ConnectionError, ConnectionState, CredentialsResult};
use serde_json::{Value, json};
use simulator::intacct::PASSWORD;

use super::{Practice, Session};
use crate::support::log::Log;

const PATH: &str = "/sageIntacct/account";
const CHOICE: &str = "/sageIntacct/account/subsidiary";

fn user(company: &str) -> Value {
    json!({ "companyId": company, "userId": "owner", "userPassword": PASSWORD })
}

async fn choose(practice: &Practice, session: &Session, result: &CredentialsResult, entity: &str) -> u16 {
    let body = json!({ "accountId": entity, "connectionId": result.connection_id });
    practice.post(session, CHOICE, &body).await.status.as_u16()
}

#[tokio::test]
async fn a_company_without_entities_is_connected_at_once() {
    let practice = Practice::new().await;
    let (session, begun) = practice.begun("Harbour", "sageIntacct").await;
    let result = practice.result(&session, PATH, &user("solo")).await;
    assert_eq!((result.success, result.subsidiaries.as_deref()), (true, Some(&[][..])));
    assert_eq!(result.connection_id, begun.connection_id);
    let status = practice.server.status(&session).await;
    assert_eq!((status[0].name.as_str(), status[0].state), ("sageIntacct", ConnectionState::Active));
    assert_eq!(status[0].service_account_ref.clone().unwrap().id.as_deref(), Some("solo"));
}

#[tokio::test]
async fn a_company_with_entities_is_connected_when_one_of_them_was_chosen() {
    let practice = Practice::new().await;
    let (session, _) = practice.begun("Harbour", "sageIntacct").await;
    let result = practice.result(&session, PATH, &user("harbour")).await;
    let entities = result.subsidiaries.clone().unwrap();
    let labels: Vec<_> = entities.iter().map(|entity| (entity.id.as_str(), entity.label.as_str())).collect();
    assert_eq!(labels, [("100", "Harbour & Sons"), ("200", "Harbour North")]);
    assert!(practice.server.status(&session).await.is_empty(), "the choice is due");
    assert_eq!(choose(&practice, &session, &result, "300").await, 400, "none of those listed");
    assert_eq!(choose(&practice, &session, &result, "200").await, 201);
    let status = practice.server.status(&session).await;
    assert_eq!(status[0].state, ConnectionState::Active);
    assert_eq!(status[0].account_name.as_deref(), Some("Harbour North"));
    let account = status[0].service_account_ref.clone().unwrap();
    assert_eq!((account.id.as_deref(), account.entity_ref.unwrap().id.as_str()), (Some("harbour"), "200"));
    assert_eq!(choose(&practice, &session, &result, "200").await, 409, "there is nothing to choose any more");
}

#[tokio::test]
async fn a_choice_is_made_in_time_and_by_its_own_business() {
    let practice = Practice::new().await;
    let (session, _) = practice.begun("Harbour", "sageIntacct").await;
    let result = practice.result(&session, PATH, &user("harbour")).await;
    let (other, _) = practice.begun("Another", "sageIntacct").await;
    assert_eq!(choose(&practice, &other, &result, "100").await, 409);
    practice.server.clock.pass(1801);
    assert_eq!(choose(&practice, &session, &result, "100").await, 409);
    assert!(practice.server.status(&session).await.is_empty());
}

#[tokio::test]
async fn credentials_that_the_gateway_refuses_are_no_success_and_say_what_to_check() {
    let practice = Practice::new().await;
    let (session, _) = practice.begun("Harbour", "sageIntacct").await;
    let mut wrong = user("solo");
    wrong["userPassword"] = "wrong <&> password".into();
    for body in [wrong, user("unauthorised"), user("nobody")] {
        let result = practice.result(&session, PATH, &body).await;
        assert!(!result.success);
        assert_eq!(result.subsidiaries.as_deref(), Some(&[][..]));
        assert!(result.message.unwrap().contains("sender id"));
    }
    assert!(practice.server.status(&session).await.is_empty());
}

#[tokio::test]
async fn a_gateway_out_of_order_is_an_error_with_words_and_leads_nowhere_else() {
    let practice = Practice::new().await;
    let (session, _) = practice.begun("Harbour", "sageIntacct").await;
    for company in ["html", "bomb", "silent", "elsewhere"] {
        let (status, message) = practice.post(&session, PATH, &user(company)).await.refusal();
        assert_eq!(status, 502, "{company}");
        assert!(message.contains("could not be understood"), "{company}: {message}");
    }
    for (key, value) in [("companyId", ""), ("userId", " "), ("userPassword", "")] {
        let mut body = user("solo");
        body[key] = value.into();
        let (status, message) = practice.post(&session, PATH, &body).await.refusal();
        assert_eq!(status, 400);
        assert!(message.contains(key), "{message}");
    }
}

#[tokio::test]
async fn an_entity_of_another_business_is_a_duplicate_and_a_renewal_keeps_its_entity() {
    let practice = Practice::new().await;
    let (first, _) = practice.begun("Harbour", "sageIntacct").await;
    let result = practice.result(&first, PATH, &user("harbour")).await;
    assert_eq!(choose(&practice, &first, &result, "100").await, 201);
    let (second, _) = practice.begun("Another", "sageIntacct").await;
    let result = practice.result(&second, PATH, &user("harbour")).await;
    assert_eq!(choose(&practice, &second, &result, "100").await, 201);
    assert_eq!(practice.server.status(&second).await[0].error, Some(ConnectionError::DuplicateAccount));
    let again = practice.result(&first, PATH, &user("harbour")).await;
    assert_eq!(practice.server.status(&first).await[0].state, ConnectionState::Active, "stands on meanwhile");
    assert_eq!(choose(&practice, &first, &again, "200").await, 409, "another entity than before");
    assert_eq!(practice.server.status(&first).await[0].account_name.as_deref(), Some("Harbour & Sons"));
    assert_eq!(choose(&practice, &first, &again, "100").await, 201);
}

#[tokio::test]
async fn which_company_it_was_is_told_to_the_person_and_to_nobody_else() {
    // The company's name used to stand in the log and in the audit.
    let log = Log::listen();
    let practice = Practice::new().await;
    let (session, _) = practice.begun("Shop", "sageIntacct").await;
    let result = practice.result(&session, PATH, &user("harbour")).await;
    assert_eq!(choose(&practice, &session, &result, "100").await, 201);
    let again = practice.result(&session, PATH, &user("harbour")).await;
    let body = json!({ "accountId": "200", "connectionId": again.connection_id });
    let (status, message) = practice.post(&session, CHOICE, &body).await.refusal();
    assert_eq!(status, 409);
    assert!(message.contains("belongs to Harbour & Sons"), "{message}");
    let page = Page { limit: 100, offset: 0 };
    let events = practice.server.app.store.list_audit_events(&AuditFilter::default(), page).await.unwrap();
    let details = format!("{:?}", events.entries);
    assert!(details.contains("belongs to another company"), "{details}");
    for text in [details, log.text()] {
        assert!(!text.contains("Harbour & Sons"), "{text}");
    }
}

#[tokio::test]
async fn a_password_that_waits_for_a_choice_is_forgotten_when_nobody_makes_it() {
    // It used to stay in the database, sealed, for as long as the connection did.
    let practice = Practice::new().await;
    let (session, _) = practice.begun("Harbour", "sageIntacct").await;
    let result = practice.result(&session, PATH, &user("harbour")).await;
    assert_eq!(choose(&practice, &session, &result, "200").await, 201);
    let before = practice.server.status(&session).await;
    practice.result(&session, PATH, &user("harbour")).await;
    let id = result.connection_id.unwrap();
    let waits = async || {
        let store = &practice.server.app.store;
        !store.pending_choices_at(&id, jiff::Timestamp::UNIX_EPOCH).await.unwrap().is_empty()
    };
    practice.server.clock.pass(1799);
    assert_eq!(sweep(&practice.server.app).await.unwrap().choices, 0);
    assert!(waits().await);
    practice.server.clock.pass(1);
    assert_eq!(sweep(&practice.server.app).await.unwrap().choices, 1);
    assert!(!waits().await);
    assert_eq!(sweep(&practice.server.app).await.unwrap().choices, 0, "once");
    assert_eq!(practice.server.status(&session).await, before, "what stood stands");
}

#[tokio::test]
async fn two_visits_that_choose_at_the_same_time_have_a_choice_each() {
    // What was typed last took the place of the other's credentials, and its choice was over.
    let practice = Practice::new().await;
    let (first, _) = practice.begun("Harbour", "sageIntacct").await;
    let (second, _) = practice.begun("Harbour", "sageIntacct").await;
    let of_first = practice.result(&first, PATH, &user("harbour")).await;
    let of_second = practice.result(&second, PATH, &user("harbour")).await;
    assert_eq!(choose(&practice, &first, &of_first, "200").await, 201);
    assert_eq!(practice.server.status(&first).await[0].account_name.as_deref(), Some("Harbour North"));
    assert_eq!(choose(&practice, &second, &of_second, "100").await, 409, "it is connected to another by now");
    assert_eq!(choose(&practice, &second, &of_second, "200").await, 201, "and the same is a renewal");
    assert_eq!(choose(&practice, &second, &of_second, "200").await, 409, "once");
    assert_eq!(practice.server.status(&second).await[0].account_name.as_deref(), Some("Harbour North"));
}

#[tokio::test]
async fn a_visit_that_types_again_chooses_from_what_it_typed_last_and_ends_nobody_elses_choice() {
    let practice = Practice::new().await;
    let (first, _) = practice.begun("Harbour", "sageIntacct").await;
    let (second, _) = practice.begun("Harbour", "sageIntacct").await;
    let of_first = practice.result(&first, PATH, &user("harbour")).await;
    for _ in 0..2 {
        practice.result(&second, PATH, &user("harbour")).await;
    }
    let id = of_first.connection_id.clone().unwrap();
    let due = practice.server.app.store.pending_choices_at(&id, practice.server.app.now()).await.unwrap();
    assert_eq!(due.len(), 2, "one a visit");
    assert!(practice.result(&second, PATH, &user("solo")).await.success, "a company without entities");
    assert_eq!(choose(&practice, &first, &of_first, "100").await, 409, "another company is connected by now");
    practice.server.clock.pass(1801);
    assert_eq!(sweep(&practice.server.app).await.unwrap().choices, 1);
}
