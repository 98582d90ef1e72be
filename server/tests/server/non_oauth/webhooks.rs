//! What back ends are told of connections that come to be without a sign-in page.

use connect_server::domain::secret_key::Scope;
use connect_server::webhooks::delivery::begin_due;
use railz_connect_contract::ConnectionId;
use serde_json::{Value, json};
use simulator::web_connector::{OpenFile, RoundOutcome};
use simulator::{intacct, netsuite};

use super::Practice;
use super::quickbooks_desktop::{goes, password};
use crate::support::LIVE;
use crate::support::receiver::Receiver;
use crate::support::secret_key::add_key;
use crate::webhooks::ask_with;

/// A receiver that is registered for all events of [`LIVE`].
async fn listen(practice: &Practice) -> Receiver {
    let receiver = Receiver::start().await;
    let (key, _) = add_key(&practice.server, LIVE, &[Scope::Write]).await;
    let body = json!({ "url": receiver.url("/hooks") });
    let answer = ask_with(&practice.server, key.expose(), "POST", "/v2/webhooks", &body).await;
    assert_eq!(answer.status.as_u16(), 201, "{}", answer.text());
    receiver
}

/// What was told since the last look: event, connection, and from which status to which.
async fn told(practice: &Practice, receiver: &Receiver) -> Vec<Value> {
    while begin_due(&practice.server.app).await.unwrap() > 0 {
        practice.server.settled().await;
    }
    let tell =
        |body: Value| json!([body["event"], body["connectionId"], body["oldStatus"], body["newStatus"]]);
    receiver.take().iter().map(|received| tell(received.body())).collect()
}

/// The two events by which a back end knows that a connection came to be.
fn came_to_be(id: Option<&ConnectionId>) -> Vec<Value> {
    vec![json!(["auth", id, null, null]), json!(["connectionStatus", id, "pending", "active"])]
}

#[tokio::test]
async fn a_connection_that_comes_to_be_is_told_at_services_that_have_no_sign_in_page_too() {
    let practice = Practice::new().await;
    let receiver = listen(&practice).await;

    let (session, begun) = practice.begun("Netsuite", "oracleNetsuite").await;
    let pair = json!({
        "tokenId": netsuite::TOKEN, "tokenSecret": netsuite::TOKEN_SECRET,
        "accountId": format!("{}/netsuite/1234567", practice.address), "concurrency": 5,
    });
    assert_eq!(told(&practice, &receiver).await, Vec::<Value>::new(), "what is only begun is no connection");
    assert!(practice.result(&session, "/oracleNetsuite/account", &pair).await.success);
    assert_eq!(told(&practice, &receiver).await, came_to_be(begun.connection_id.as_ref()));

    let (session, begun) = practice.begun("Intacct", "sageIntacct").await;
    let user = json!({ "companyId": "harbour", "userId": "owner", "userPassword": intacct::PASSWORD });
    assert!(practice.result(&session, "/sageIntacct/account", &user).await.success);
    assert_eq!(told(&practice, &receiver).await, Vec::<Value>::new(), "the choice is due");
    let choice = json!({ "accountId": "100", "connectionId": begun.connection_id });
    let chosen = practice.post(&session, "/sageIntacct/account/subsidiary", &choice).await;
    assert_eq!(chosen.status.as_u16(), 201, "{}", chosen.text());
    assert_eq!(told(&practice, &receiver).await, came_to_be(begun.connection_id.as_ref()));

    let (_, begun) = practice.begun("Desktop", "quickbooksDesktop").await;
    let round = goes(&practice, &begun, password(&begun), OpenFile::Company("Finch & Sons")).await;
    assert_eq!(round, RoundOutcome::Done);
    assert_eq!(told(&practice, &receiver).await, came_to_be(begun.connection_id.as_ref()));

    let session = practice.session("Bank").await;
    let linked = practice.linked(&session, "1").await;
    assert_eq!(told(&practice, &receiver).await, came_to_be(linked.connection_id.as_ref()));
}
