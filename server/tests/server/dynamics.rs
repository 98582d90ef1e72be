//! Microsoft's two services: the further steps of Business Central, and environments of Dynamics 365 Finance.

use axum::http::StatusCode;
use railz_connect_contract::{Connection, ConnectionAccounts, ConnectionState, RefusalReason};
use serde_json::json;

use crate::accounts::{Session, choose, server, sign_in};
use crate::support::LIVE;
use crate::support::browser::{self, come_back};

#[tokio::test]
async fn business_central_says_which_further_steps_there_are_and_keeps_the_addresses() {
    let (server, ids) = server("dynamicsBusinessCentral").await;
    let session = server.session_of(LIVE, "Harbour").await;
    let steps = serde_json::to_value(session.integrations.as_ref().unwrap()).unwrap();
    let entry = steps.as_array().unwrap().iter().find(|entry| entry["service"] == "dynamicsBusinessCentral");
    let due = json!({"showVendorBankAccountSteps": true, "showCustomerBankAccountSteps": false});
    assert_eq!(entry.unwrap()["extraConfigurations"], due);
    let (attempt, _) = sign_in(&server, &session, "dynamicsBusinessCentral").await;
    let card = "https://api.businesscentral.dynamics.com/v2.0/card";
    let body = json!({
        "accountId": ids[0], "connectionId": attempt.connection_id,
        "metadata": {"webServices": {"vendorBankAccountCard": card}},
    });
    let token = session.access_token.expose();
    let answer = server.ask("POST", "/dynamicsBusinessCentral/account", Some(token), &body.to_string()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let id = attempt.connection_id.unwrap();
    let binding = server.app.store.binding(&id).await.unwrap().unwrap();
    assert_eq!(binding.variables.get("web_service_vendorBankAccountCard"), Some(card));
    assert_eq!(binding.variables.get("web_service_vendorBankAccountList"), None);
    assert_eq!(binding.variables.get("environment"), Some("Production"));
    // Signing in again used to forget them, and asks for them no more.
    sign_in(&server, &session, "dynamicsBusinessCentral").await;
    assert_eq!(server.status(&session).await[0].state, ConnectionState::Active);
    let again = server.app.store.binding(&id).await.unwrap().unwrap();
    assert_eq!(again.variables, binding.variables);
}

#[tokio::test]
async fn an_address_that_is_not_business_centrals_is_refused_by_name() {
    // Any https address used to be kept beside the token, those of private networks too.
    let (server, ids) = server("dynamicsBusinessCentral").await;
    let session = server.session_of(LIVE, "Harbour").await;
    let (attempt, _) = sign_in(&server, &session, "dynamicsBusinessCentral").await;
    let token = session.access_token.expose();
    for foreign in [
        "https://169.254.169.254/latest/meta-data",
        "https://api.businesscentral.dynamics.com.evil.example/v2.0",
        "https://me@api.businesscentral.dynamics.com/v2.0",
        "http://api.businesscentral.dynamics.com/v2.0",
        "javascript:alert(1)",
    ] {
        let body = json!({
            "accountId": ids[0], "connectionId": attempt.connection_id,
            "metadata": {"webServices": {"vendorBankAccountList": foreign}},
        });
        let answer =
            server.ask("POST", "/dynamicsBusinessCentral/account", Some(token), &body.to_string()).await;
        let (status, message) = answer.refusal();
        assert_eq!(status, 400, "{foreign}");
        assert!(message.contains("metadata.webServices.vendorBankAccountList"), "{message}");
    }
    assert_eq!(server.status(&session).await[0].state, ConnectionState::Pending, "the choice is still due");
}

#[tokio::test]
async fn the_same_letters_in_another_environment_of_dynamics_are_another_company() {
    // An entity's id is a few letters that many environments have. It used to be taken for the company of before, and
    // for another business's.
    let (server, [id, _]) = server("dynamics365Finance").await;
    let sign_in = async |session: &Session, environment: &str| {
        let extra = format!("&dynamics365EnvironmentUrl=https%3A%2F%2F{environment}.operations.dynamics.com");
        let attempt = server.ask_to_begin(session, "dynamics365Finance", &extra).await.json();
        let popup = browser::open(&server, &attempt).await;
        let code = server.provider.consent(&popup);
        come_back(&server, &popup, &format!("code={code}&state={}", popup.state())).await;
        let told: Connection = server.poll(session, &attempt, 0).await.json();
        (attempt, told)
    };
    let session = server.session_of(LIVE, "Harbour").await;
    let (attempt, _) = sign_in(&session, "acme").await;
    let chosen = choose(&server, &session, &attempt, "dynamics365Finance", id).await;
    assert_eq!(chosen.status, StatusCode::CREATED, "{}", chosen.text());
    let (_, same) = sign_in(&session, "acme").await;
    assert_eq!(same.state, ConnectionState::Active);
    let (_, other) = sign_in(&session, "heron").await;
    assert_eq!(other.reason, Some(RefusalReason::DifferentAccount), "{other:?}");
    let second = server.session_of(LIVE, "Quay").await;
    let (attempt, told) = sign_in(&second, "heron").await;
    let Some(ConnectionAccounts::Choices(choices)) = told.accounts else { panic!("{told:?}") };
    let first = choices.0.iter().map(|(id, _)| id).min_by_key(|id| !id.ends_with("USMF")).unwrap();
    choose(&server, &second, &attempt, "dynamics365Finance", first).await;
    let status = server.status(&second).await;
    assert_eq!((status[0].state, status[0].error), (ConnectionState::Active, None), "no duplicate");
}
