//! The golden files read and written by the types of this crate.

#![expect(clippy::unwrap_used, reason = "a golden file that cannot be read fails its test here")]

use railz_connect_contract::{
    AccessToken, AccountsResponse, AddressResponse, BankResponse, BillingPlan, BusinessName, Connection,
    ConnectionError, ConnectionState, ErrorBody, Feature, LabelsById, LinkTokenRequest, LinkTokenResponse,
    RefusalReason, ServiceKind, SessionResponse, SetAccessTokenRequest, UpdateConnectionRequest, UseCase,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap()
}

fn survives_a_round_trip<T: DeserializeOwned + Serialize>(text: &str) {
    let there: T = read(text);
    let back = serde_json::to_value(&there).unwrap();
    assert_eq!(back, read::<Value>(text));
}

#[test]
fn what_our_server_sends_is_read_and_written_without_loss() {
    survives_a_round_trip::<SessionResponse<Value>>(include_str!("../golden/session.json"));
    survives_a_round_trip::<AddressResponse>(include_str!("../golden/address.json"));
    survives_a_round_trip::<Connection>(include_str!("../golden/refused-connection.json"));
    survives_a_round_trip::<Connection>(include_str!("../golden/pending-connection.json"));
    survives_a_round_trip::<AccountsResponse>(include_str!("../golden/accounts.json"));
    survives_a_round_trip::<AccountsResponse>(include_str!("../golden/accounts-by-id.json"));
    survives_a_round_trip::<LinkTokenRequest>(include_str!("../golden/link-token-request.json"));
    survives_a_round_trip::<LinkTokenResponse>(include_str!("../golden/link-token.json"));
    survives_a_round_trip::<SetAccessTokenRequest>(include_str!("../golden/bank-linked.json"));
    survives_a_round_trip::<UpdateConnectionRequest>(include_str!("../golden/bank-mended.json"));
    survives_a_round_trip::<BankResponse>(include_str!("../golden/bank.json"));
    survives_a_round_trip::<Connection>(include_str!("../golden/bank-connection.json"));
    survives_a_round_trip::<ErrorBody>(include_str!("../golden/error-one-message.json"));
    survives_a_round_trip::<ErrorBody>(include_str!("../golden/error-many-messages.json"));
}

#[test]
fn what_another_server_leaves_out_or_adds_does_not_stop_the_reading() {
    let session: SessionResponse<Value> = read(include_str!("../golden/session-of-another-server.json"));
    assert_eq!(session.billing_plan, BillingPlan::Unknown);
    assert_eq!(session.metadata, None);
    assert!(!session.sandbox);
    assert_eq!(session.features, []);
    assert_eq!(session.connections, None);
    let integrations = session.integrations.unwrap();
    assert_eq!(integrations[0].service_kind, ServiceKind::Unknown);
}

#[test]
fn a_feature_of_a_newer_server_is_passed_over() {
    assert_eq!(
        read::<Vec<Feature>>(r#"["teleport","sandboxOnePress"]"#),
        [Feature::Unknown, Feature::SandboxOnePress]
    );
}

#[test]
fn a_refusal_says_that_the_person_said_no() {
    let connection: Connection = read(include_str!("../golden/refused-connection.json"));
    assert_eq!(connection.state, ConnectionState::Invalid);
    assert_eq!(connection.error, Some(ConnectionError::InsufficientPermission));
    assert_eq!(connection.reason, Some(RefusalReason::AccessDenied));
}

#[test]
fn of_several_messages_clients_read_the_first() {
    let body: ErrorBody = read(include_str!("../golden/error-many-messages.json"));
    assert_eq!(body.error.message.first(), "first");
}

#[test]
fn companies_keep_the_order_in_which_the_server_lists_them() {
    let text = r#"{"200":"Juniper Bakery","100":"Finch Joinery"}"#;
    let labels: LabelsById = read(text);
    assert_eq!(labels.0[0], ("200".to_owned(), "Juniper Bakery".to_owned()));
    assert_eq!(serde_json::to_string(&labels).unwrap(), text);
}

/// Names of businesses that are taken, and names that are not.
#[derive(Deserialize)]
struct BusinessNames {
    allowed: Vec<String>,
    refused: Vec<String>,
}

/// The loader has the rule once more: `npm/test/same-as-engine.test.mjs` holds it against the same file.
#[test]
fn the_names_of_businesses_are_judged_as_the_loader_judges_them() {
    let names: BusinessNames = read(include_str!("../golden/business-names.json"));
    for name in &names.allowed {
        assert_eq!(BusinessName::parse(name), Ok(BusinessName::new(name)), "{name}");
    }
    for name in &names.refused {
        assert!(BusinessName::parse(name).is_err(), "{name}");
    }
}

#[test]
fn the_use_cases_travel_in_the_words_of_the_contract() {
    for use_case in UseCase::ALL {
        assert_eq!(serde_json::to_value(use_case).unwrap(), use_case.as_str());
    }
}

#[test]
fn the_bearer_token_does_not_print() {
    assert_eq!(format!("{:?}", AccessToken::new("2fT6mQe0")), "AccessToken(not shown)");
}

#[test]
fn the_tokens_of_a_bank_link_do_not_print() {
    let answer: LinkTokenResponse = read(include_str!("../golden/link-token.json"));
    assert_eq!(format!("{:?}", answer.link_token), "LinkToken(not shown)");
    let linked: SetAccessTokenRequest = read(include_str!("../golden/bank-linked.json"));
    assert_eq!(format!("{linked:?}"), "SetAccessTokenRequest { public_token: PublicToken(not shown) }");
}

#[test]
fn what_another_server_leaves_out_about_a_bank_reads_as_unknown() {
    assert_eq!(read::<BankResponse>("{}"), BankResponse::default());
    assert_eq!(read::<LinkTokenResponse>(r#"{"linkToken":"l"}"#).script_url, None);
}

#[test]
fn what_was_not_granted_is_told_in_the_services_words_and_left_out_where_nothing_is_missing() {
    let text = include_str!("../golden/refused-connection.json");
    let whole: Connection = read(text);
    assert!(whole.missing_scopes.is_empty());
    assert_eq!(serde_json::to_value(&whole).unwrap().get("missingScopes"), None);
    let fewer = Connection { missing_scopes: vec!["bank.read".to_owned()], ..whole };
    let sent = serde_json::to_value(&fewer).unwrap();
    assert_eq!(sent["missingScopes"], serde_json::json!(["bank.read"]));
    assert_eq!(serde_json::from_value::<Connection>(sent).unwrap(), fewer);
    let mut null: Value = read(text);
    null["missingScopes"] = Value::Null;
    assert!(serde_json::from_value::<Connection>(null).unwrap().missing_scopes.is_empty());
}
