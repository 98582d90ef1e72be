//! Whoever knows a widget's id and a business's name gets no signature for what somebody else signed in to, whichever call
//! they make last.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use connect_server::domain::secret_key::Scope;
use railz_connect_contract::AddressResponse;
use serde_json::{Value, json};
use simulator::web_connector::{
    OpenFile, RoundOutcome, build_envelope as envelope, element_text as text, run_round as round,
};

use super::Practice;
use crate::accounts;
use crate::connection_tokens::hand_over;
use crate::support::LIVE;
use crate::support::secret_key::{add_key, minted_session};

const SOAP: &str = "/quickbooksDesktop/soap";

fn password(begun: &AddressResponse) -> &str {
    begun.password.as_ref().unwrap().expose()
}

/// Whether a token says that the person of its visit signed in to its connection.
fn signed_in(token: &str) -> bool {
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    claims["connections"][0]["signedIn"].as_bool().unwrap()
}

fn file_id(begun: &AddressResponse) -> String {
    text(begun.config.as_deref().unwrap(), "FileID").unwrap()
}

async fn goes(practice: &Practice, begun: &AddressResponse, open: OpenFile<'_>) -> RoundOutcome {
    round(begun.config.as_deref().unwrap(), password(begun), open, async |_: &str, body: String| {
        practice.server.ask("POST", SOAP, None, &body).await.text()
    })
    .await
}

/// A round of somebody who runs no QuickBooks and answers as they please.
async fn goes_by_hand(practice: &Practice, begun: &AddressResponse, company: &str) -> String {
    let user = text(begun.config.as_deref().unwrap(), "UserName").unwrap();
    let call = async |method, fields: &[(&str, &str)]| {
        let answer = practice.server.ask("POST", SOAP, None, &envelope(method, fields)).await.text();
        text(&answer, "string").or_else(|| text(&answer, &format!("{method}Result"))).unwrap()
    };
    let ticket = call("authenticate", &[("strUserName", &user), ("strPassword", password(begun))]).await;
    call("sendRequestXML", &[("ticket", &ticket)]).await;
    let response = format!("<QBXML><CompanyRet>{company}</CompanyRet></QBXML>");
    let fields =
        [("ticket", ticket.as_str()), ("response", response.as_str()), ("hresult", ""), ("message", "")];
    let answer = call("receiveResponseXML", &fields).await;
    call("closeConnection", &[("ticket", &ticket)]).await;
    answer
}

#[tokio::test]
async fn a_company_that_the_back_ends_page_chooses_is_signed_for_whoever_signed_in() {
    // The last call used to count. A page of nobody's naming cannot make it any more.
    let (server, ids) = accounts::server("freshbooks").await;
    let owner = server.session_of(LIVE, "Harbour").await;
    let (attempt, _) = accounts::sign_in(&server, &owner, "freshbooks").await;
    let minted = minted_session(&server, LIVE, "Harbour").await;
    let chosen = accounts::choose(&server, &minted, &attempt, "freshbooks", ids[1]).await;
    assert_eq!(chosen.status, StatusCode::CREATED);
    assert!(!signed_in(&hand_over(&server, &minted).await.unwrap()));
    assert!(signed_in(&hand_over(&server, &owner).await.unwrap()));
}

#[tokio::test]
async fn an_entity_is_chosen_in_the_visit_that_typed_the_password_and_in_no_other() {
    // A minted visit used to make another visit's choice: a second press took whatever else was due at the connection.
    let practice = Practice::new().await;
    let (owner, begun) = practice.begun("Harbour", "sageIntacct").await;
    let user =
        json!({ "companyId": "harbour", "userId": "owner", "userPassword": simulator::intacct::PASSWORD });
    practice.result(&owner, "/sageIntacct/account", &user).await;
    let minted = minted_session(&practice.server, LIVE, "Harbour").await;
    let body = json!({ "accountId": "100", "connectionId": begun.connection_id });
    let chosen = practice.post(&minted, "/sageIntacct/account/subsidiary", &body).await;
    assert_eq!(chosen.status, StatusCode::CONFLICT);
    assert_eq!(hand_over(&practice.server, &owner).await, None);
    let chosen = practice.post(&owner, "/sageIntacct/account/subsidiary", &body).await;
    assert_eq!(chosen.status, StatusCode::CREATED);
    assert!(signed_in(&hand_over(&practice.server, &owner).await.unwrap()));
    assert!(!signed_in(&hand_over(&practice.server, &minted).await.unwrap()));
}

#[tokio::test]
async fn a_connector_that_names_the_company_without_its_file_is_signed_for_nothing_and_voids_nothing() {
    // The FileID of the connected company was in everybody's file, and the owner's connector was then refused for good.
    let practice = Practice::new().await;
    let (early, before) = practice.begun("Harbour", "quickbooksDesktop").await;
    let (owner, begun) = practice.begun("Harbour", "quickbooksDesktop").await;
    assert_ne!(file_id(&before), file_id(&begun), "each visit has a number of its own");
    assert_eq!(goes(&practice, &begun, OpenFile::Company("Finch")).await, RoundOutcome::Done);
    let (late, after) = practice.begun("Harbour", "quickbooksDesktop").await;
    assert_ne!(file_id(&after), file_id(&begun));
    assert_eq!(goes_by_hand(&practice, &after, "<CompanyName>Finch</CompanyName>").await, "-1");
    let own = format!(
        "<CompanyName>Finch</CompanyName><DataExtRet><DataExtName>FileID</DataExtName>\
         <DataExtValue>{}</DataExtValue></DataExtRet>",
        file_id(&after)
    );
    assert_eq!(goes_by_hand(&practice, &after, &own).await, "-1");
    for stranger in [&early, &late] {
        assert_eq!(hand_over(&practice.server, stranger).await, None);
    }
    assert_eq!(goes(&practice, &begun, OpenFile::Company("Finch")).await, RoundOutcome::Done, "still good");
    assert!(hand_over(&practice.server, &owner).await.is_some());
}

#[tokio::test]
async fn a_round_that_a_stranger_leaves_open_does_not_keep_the_owners_connector_out() {
    let practice = Practice::new().await;
    let (_, begun) = practice.begun("Harbour", "quickbooksDesktop").await;
    assert_eq!(goes(&practice, &begun, OpenFile::Company("Finch")).await, RoundOutcome::Done);
    let (_, theirs) = practice.begun("Harbour", "quickbooksDesktop").await;
    let user = text(theirs.config.as_deref().unwrap(), "UserName").unwrap();
    let fields = [("strUserName", user.as_str()), ("strPassword", password(&theirs))];
    practice.server.ask("POST", SOAP, None, &envelope("authenticate", &fields)).await;
    assert_eq!(goes(&practice, &begun, OpenFile::Company("Finch")).await, RoundOutcome::Done);
}

#[tokio::test]
async fn the_owner_reconnects_in_a_new_visit_by_the_company_file_itself() {
    let practice = Practice::new().await;
    let (owner, begun) = practice.begun("Harbour", "quickbooksDesktop").await;
    let own = practice.server.begin(&owner, "quickbooksDesktop").await;
    assert_eq!(file_id(&own), file_id(&begun));
    assert_eq!(goes(&practice, &begun, OpenFile::Company("Finch")).await, RoundOutcome::Done);
    let again = practice.server.begin(&owner, "quickbooksDesktop").await;
    assert_eq!(file_id(&again), file_id(&begun), "whoever signed in to it may know its number");
    let (later, anew) = practice.begun("Harbour", "quickbooksDesktop").await;
    let kept = file_id(&begun);
    let open = OpenFile::Kept { name: "Finch", file_id: &kept };
    assert_eq!(goes(&practice, &anew, open).await, RoundOutcome::Done);
    assert!(hand_over(&practice.server, &later).await.is_some());
}

#[tokio::test]
async fn rounds_that_run_by_themselves_renew_and_authorise_nothing_anew() {
    // Each of them used to be an `auth` event, and took the connection for the visit of its password.
    let practice = Practice::new().await;
    let (key, _) = add_key(&practice.server, LIVE, &Scope::ALL).await;
    let api = async |method: &str, path: &str, body: Value| -> Value {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", key.expose()))
            .body(Body::from(body.to_string()))
            .unwrap();
        practice.server.send(request).await.json()
    };
    let hook = api("POST", "/v2/webhooks", json!({"url": "https://1.1.1.1/x", "events": ["auth"]})).await;
    let (session, begun) = practice.begun("Harbour", "quickbooksDesktop").await;
    let mut ends = Vec::new();
    for _ in 0..3 {
        assert_eq!(goes(&practice, &begun, OpenFile::Company("Finch")).await, RoundOutcome::Done);
        ends.push(practice.server.status(&session).await[0].expires_at.clone().unwrap());
        practice.server.clock.pass(600);
    }
    assert!(ends.is_sorted() && ends[0] < ends[2], "{ends:?}");
    let path = format!("/v2/webhooks/{}/deliveries", hook["webhookId"].as_str().unwrap());
    let sent = api("GET", &path, json!({})).await;
    assert_eq!(sent["data"].as_array().map(Vec::len), Some(1), "{sent}");
}
