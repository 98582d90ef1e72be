//! Further connections to services that are connected by typed credentials or a connector file: another company of the same
//! business, beside the one that it has there.

use railz_connect_contract::{AddressResponse, ConnectionError, ConnectionState};
use serde_json::{Value, json};
use simulator::intacct::PASSWORD;
use simulator::netsuite::{TOKEN, TOKEN_SECRET};
use simulator::web_connector::{OpenFile, RoundOutcome, run_round};

use super::{Practice, Session};

async fn begin(practice: &Practice, session: &Session, service: &str, extra: &str) -> AddressResponse {
    let answer = practice.server.ask_to_begin(session, service, extra).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn at(path: &str, begun: &AddressResponse) -> String {
    format!("{path}?connectionId={}", begun.connection_id.as_ref().unwrap())
}

fn pair(practice: &Practice, account: &str) -> Value {
    json!({
        "tokenId": TOKEN, "tokenSecret": TOKEN_SECRET, "concurrency": 5,
        "accountId": format!("{}/netsuite/{account}", practice.address),
    })
}

/// The numbers of the accounts that stand, in the order in which they are listed.
async fn standing(practice: &Practice, session: &Session) -> Vec<String> {
    let status = practice.server.status(session).await;
    let active = status.into_iter().filter(|connection| connection.state == ConnectionState::Active);
    active.map(|connection| connection.service_account_ref.unwrap().id.unwrap()).collect()
}

#[tokio::test]
async fn another_netsuite_account_is_connected_beside_the_first() {
    // `newConnection` was passed over: the second account was refused as another one than the first.
    const PATH: &str = "/oracleNetsuite/account";
    let practice = Practice::new().await;
    let (session, first) = practice.begun("Harbour", "oracleNetsuite").await;
    assert!(practice.result(&session, PATH, &pair(&practice, "1111111")).await.success);
    let further = begin(&practice, &session, "oracleNetsuite", "&newConnection=true").await;
    assert_ne!(further.connection_id, first.connection_id);

    let again = practice.result(&session, &at(PATH, &further), &pair(&practice, "1111111")).await;
    assert_eq!((again.success, again.connection_id.as_ref()), (true, further.connection_id.as_ref()));
    let told = practice.server.status(&session).await;
    assert!(
        told.iter().any(|one| one.error == Some(ConnectionError::DuplicateAccount)),
        "no second connection to the same account: {told:?}"
    );
    let refused = practice.result(&session, &at(PATH, &first), &pair(&practice, "2222222")).await;
    assert!(!refused.success && refused.message.unwrap().contains("1111111"));
    let connected = practice.result(&session, &at(PATH, &further), &pair(&practice, "2222222")).await;
    assert_eq!((connected.success, connected.connection_id.as_ref()), (true, further.connection_id.as_ref()));
    assert_eq!(standing(&practice, &session).await, ["1111111", "2222222"]);
    let usual = practice.result(&session, PATH, &pair(&practice, "1111111")).await;
    assert_eq!(usual.connection_id, first.connection_id, "2.23 names none and means the usual one");
}

#[tokio::test]
async fn another_intacct_entity_is_chosen_for_a_connection_of_its_own() {
    const PATH: &str = "/sageIntacct/account";
    let practice = Practice::new().await;
    let (session, first) = practice.begun("Harbour", "sageIntacct").await;
    let free = begin(&practice, &session, "sageIntacct", "&newConnection=true").await;
    assert_eq!(free.connection_id, first.connection_id, "it stands for nothing yet");
    let connect = async |begun: &AddressResponse, entity: &str| {
        let typed = json!({ "companyId": "harbour", "userId": "owner", "userPassword": PASSWORD });
        let result = practice.result(&session, &at(PATH, begun), &typed).await;
        assert_eq!(result.connection_id, begun.connection_id);
        let choice = json!({ "accountId": entity, "connectionId": begun.connection_id });
        practice.post(&session, "/sageIntacct/account/subsidiary", &choice).await.status.as_u16()
    };
    assert_eq!(connect(&first, "100").await, 201);
    let further = begin(&practice, &session, "sageIntacct", "&newConnection=true").await;
    assert_ne!(further.connection_id, first.connection_id);
    assert_eq!(connect(&further, "200").await, 201);
    assert_eq!(standing(&practice, &session).await, ["harbour", "harbour"]);
}

#[tokio::test]
async fn another_company_file_gets_a_connector_file_of_its_own() {
    let practice = Practice::new().await;
    let (session, first) = practice.begun("Harbour", "quickbooksDesktop").await;
    let round = async |begun: &AddressResponse, name: &str| {
        let password = begun.password.as_ref().unwrap().expose().to_owned();
        let open = OpenFile::Company(name);
        run_round(begun.config.as_deref().unwrap(), &password, open, async |_: &str, body: String| {
            practice.server.ask("POST", "/quickbooksDesktop/soap", None, &body).await.text()
        })
        .await
    };
    assert_eq!(round(&first, "Finch").await, RoundOutcome::Done);
    let further = begin(&practice, &session, "quickbooksDesktop", "&newConnection=true").await;
    assert_ne!(further.connection_id, first.connection_id);
    assert_eq!(round(&further, "Heron").await, RoundOutcome::Done);
    assert_eq!(standing(&practice, &session).await, ["Finch", "Heron"]);
    let id = first.connection_id.as_ref().unwrap();
    let again = begin(&practice, &session, "quickbooksDesktop", &format!("&connectionId={id}")).await;
    assert_eq!(again.connection_id, first.connection_id);
}

#[tokio::test]
async fn a_connection_of_another_service_or_business_is_refused_by_name() {
    let practice = Practice::new().await;
    let (session, netsuite) = practice.begun("Harbour", "oracleNetsuite").await;
    let (other, _) = practice.begun("Elsewhere", "oracleNetsuite").await;
    let id = netsuite.connection_id.as_ref().unwrap();
    for (session, service) in
        [(&session, "sageIntacct"), (&session, "quickbooksDesktop"), (&other, "oracleNetsuite")]
    {
        let answer = practice.server.ask_to_begin(session, service, &format!("&connectionId={id}")).await;
        let (status, message) = answer.refusal();
        assert_eq!(status, 400, "{service}");
        assert!(message.contains("is no connection of this business to this service"), "{message}");
    }
    let (status, message) = practice
        .post(&other, &at("/oracleNetsuite/account", &netsuite), &pair(&practice, "1"))
        .await
        .refusal();
    assert_eq!(status, 409, "{message}");
    assert!(message.contains("no connection to Oracle NetSuite was begun"), "{message}");
    let banks = practice.server.ask_to_begin(&session, "plaid", "&newConnection=true").await.refusal();
    assert!(banks.1.contains("banks are linked in the page"), "{}", banks.1);
}
