//! `POST /v2/connections/{connectionId}/untie`: a wrong first choice is put right by the back end.

use axum::http::StatusCode;
use railz_connect_contract::ConnectionId;
use serde_json::{Value, json};

use super::{BackEnd, ask_with};
use crate::companies::sign_in;
use crate::non_oauth::Practice;
use crate::support::LIVE;

async fn untie(api: &BackEnd, id: &str) -> Value {
    let answer = api.ask("POST", &format!("/v2/connections/{id}/untie"), "").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn an_untied_connection_is_disconnected_and_the_next_sign_in_brings_another_company() {
    let api = BackEnd::with_books("revoke_url = \"@/revoke\"").await;
    let id = api.connect("Harbour", "1").await;
    let untied = untie(&api, &id).await;
    assert_eq!((&untied["connectionId"], &untied["status"]), (&json!(id), &json!("disconnected")));
    assert_eq!(untied["revocation"], "requested");
    assert_eq!((&untied["serviceAccountRef"], &untied["accountName"]), (&Value::Null, &Value::Null));
    assert!(api.server.app.store.credential(&ConnectionId::new(id.as_str())).await.unwrap().is_none());
    let again = untie(&api, &id).await;
    assert_eq!((&again["status"], &again["revocation"]), (&json!("disconnected"), &json!("notOffered")));
    api.server.settled().await;
    assert_eq!(api.server.provider.revoked().len(), 1);

    assert_eq!(api.connect("Harbour", "2").await, id, "the connection keeps its id");
    let item: Value = api.get(&format!("/v2/connections/{id}")).await.json();
    assert_eq!((&item["status"], &item["serviceAccountRef"]["id"]), (&json!("active"), &json!("2")));
    // And the company it stood for is free for whose it is.
    api.connect("Quay", "1").await;
}

#[tokio::test]
async fn what_was_untied_may_be_connected_by_a_page_and_is_marked_so() {
    let api = BackEnd::with_books("").await;
    let id = api.connect("Harbour", "1").await;
    untie(&api, &id).await;
    let session = api.server.session_of(LIVE, "Harbour").await;
    let listed = serde_json::to_value(session.connections.as_ref().unwrap()).unwrap();
    assert_eq!(listed[0]["state"], "disconnected", "the widget offers to connect it again");
    api.server.provider.lists("companies", json!([{ "id": "2", "name": "Finch Joinery" }]));
    let told = sign_in(&api.server, &session, "plainBooks", "").await;
    assert_eq!((&told["state"], &told["accountName"]), (&json!("active"), &json!("Finch Joinery")));
    let item: Value = api.get(&format!("/v2/connections/{id}")).await.json();
    assert_eq!(item["openSession"], true);
}

#[tokio::test]
async fn a_connection_that_waits_for_a_choice_and_a_bank_are_not_untied() {
    let practice = Practice::new().await;
    let owner = practice.session("Harbour").await;
    let bank = practice.linked(&owner, "1").await.connection_id.unwrap();
    let api = BackEnd::of(practice.server).await;
    let (status, message) = api.ask("POST", &format!("/v2/connections/{bank}/untie"), "").await.refusal();
    assert_eq!(status, 409, "{message}");
    assert!(message.contains("Each bank has a connection of its own"), "{message}");

    let (server, _) = crate::accounts::server("freshbooks").await;
    let session = server.session_of(LIVE, "Harbour").await;
    let (attempt, _) = crate::accounts::sign_in(&server, &session, "freshbooks").await;
    let api = BackEnd::of(server).await;
    let path = format!("/v2/connections/{}/untie", attempt.connection_id.unwrap());
    let (status, message) = ask_with(&api.server, &api.key, "POST", &path, "").await.refusal();
    assert_eq!(status, 409, "{message}");
    assert!(message.contains("pending"), "{message}");
}

#[tokio::test]
async fn a_desktop_connector_is_let_in_no_more_once_its_company_is_untied() {
    use simulator::web_connector::{OpenFile, RoundOutcome, run_round};
    let practice = Practice::new().await;
    let (session, begun) = practice.begun("Harbour", "quickbooksDesktop").await;
    let api = BackEnd::of(practice.server).await;
    let round = async |begun: &railz_connect_contract::AddressResponse, name| {
        let password = begun.password.as_ref().unwrap().expose();
        let open = OpenFile::Company(name);
        run_round(begun.config.as_deref().unwrap(), password, open, async |_: &str, body: String| {
            api.server.ask("POST", "/quickbooksDesktop/soap", None, &body).await.text()
        })
        .await
    };
    assert_eq!(round(&begun, "Finch").await, RoundOutcome::Done);
    untie(&api, begun.connection_id.as_ref().unwrap().as_str()).await;
    assert_eq!(round(&begun, "Finch").await, RoundOutcome::NotLetIn("nvu".to_owned()));
    let anew = api.server.begin(&session, "quickbooksDesktop").await;
    assert_eq!(round(&anew, "Heron").await, RoundOutcome::Done);
    assert_eq!(api.server.status(&session).await[0].account_name.as_deref(), Some("Heron"));
}

/// It used to be called `companyUnknown`, as if the service could not tell, and stood for none.
#[tokio::test]
async fn an_untied_connection_stands_for_no_company_and_is_not_called_unknown() {
    let api = BackEnd::with_books("").await;
    let id = api.connect("Harbour", "1").await;
    untie(&api, &id).await;
    let path = format!("/v2/connections/{id}");
    for path in [path.clone(), format!("{path}/company")] {
        let told: Value = api.get(&path).await.json();
        assert_eq!((&told["companyUnknown"], &told["name"]), (&Value::Null, &Value::Null), "{told}");
    }
    let session = api.server.session_of(LIVE, "Harbour").await;
    assert!(!session.connections.unwrap()[0].company_unknown);
}
