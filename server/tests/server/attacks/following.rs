//! A stranger at sign-ins that the owner began.

use railz_connect_contract::{Connection, ConnectionState};

use super::{SHOP, hides, open_session};
use crate::companies::{sign_in, start_with};
use crate::support::browser::{self, come_back};
use crate::support::secret_key::minted_session;
use crate::support::{LIVE, SANDBOX, TestServer, poll_path};

#[tokio::test]
async fn hearing_how_somebody_elses_sign_in_ended() {
    // A poll without an attempt used to tell of the newest one, duplicates and companies with it.
    let server = start_with("quickbooks", "").await;
    let elsewhere = server.session_of(LIVE, "Elsewhere").await;
    sign_in(&server, &elsewhere, "quickbooks", "&realmId=1").await;
    let owner = open_session(&server).await;
    let attempt = server.begin(&owner, "quickbooks").await;
    let popup = browser::open(&server, &attempt).await;
    let code = server.provider.consent(&popup);
    come_back(&server, &popup, &format!("code={code}&state={}&realmId=1", popup.state())).await;

    let stranger = open_session(&server).await;
    let named = server.poll(&stranger, &attempt, 0).await;
    assert_eq!(named.refusal().0, 404);
    let path = poll_path(&attempt, 0);
    let (of_connection, _) = path.split_once('&').unwrap();
    let newest = server.get(of_connection, stranger.access_token.expose()).await;
    assert_eq!(newest.text(), "null");
    for answer in [named, newest] {
        hides(&answer.text(), &["duplicate", "Juniper"]);
    }
    let own: Connection = server.poll(&owner, &attempt, 0).await.json();
    assert_eq!(own.state, ConnectionState::Invalid, "a duplicate, told to whoever signed in to that company");
    let own: Connection = server.get(of_connection, owner.access_token.expose()).await.json();
    assert_eq!(own.state, ConnectionState::Invalid);
    let minted = minted_session(&server, LIVE, SHOP).await;
    assert_eq!(server.poll(&minted, &attempt, 0).await.status, 200);
}

#[tokio::test]
async fn ending_somebody_elses_sandbox_sign_in() {
    let server = TestServer::new().await;
    let owner = server.session_of(SANDBOX, "Harbour").await;
    let attempt = server.begin(&owner, "railzSandbox").await;
    let stranger = server.session_of(SANDBOX, "Harbour").await;
    let post = async |session: &super::Session| {
        let token = Some(session.access_token.expose());
        server.ask("POST", &attempt.url, token, r#"{"code":"user_good"}"#).await
    };
    assert_eq!(post(&stranger).await.refusal().0, 404);
    assert_eq!(post(&owner).await.status, 200);
}
