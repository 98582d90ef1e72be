//! What the server does by itself has a line as well, in the transaction of the change.

use connect_server::services::oauth::refresh::refresh_due;
use connect_server::sweep::sweep;

use super::all;
use crate::support::browser::{self, approve};
use crate::support::{LIVE, TestServer};

#[tokio::test]
async fn a_connection_that_its_service_cut_off_or_whose_time_ran_out_has_a_line() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    approve(&server, &browser::open(&server, &attempt).await).await;
    server.provider.revoke();
    server.clock.pass(1440);
    refresh_due(&server.app).await.unwrap();
    let events = all(&server).await;
    let last = events.last().unwrap();
    assert_eq!((last.action.as_str(), last.actor.as_str()), ("disconnectConnection", "server"));
    assert_eq!((last.occurred_at, &last.connection), (server.app.now(), &attempt.connection_id));
    assert_eq!(last.detail.as_deref(), Some("the service does not accept the authorisation any more"));

    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    approve(&server, &browser::open(&server, &attempt).await).await;
    server.clock.pass(366 * 24 * 3600);
    sweep(&server.app).await.unwrap();
    let events = all(&server).await;
    let expired = events.iter().find(|event| event.action == "expireConnection").unwrap();
    assert_eq!((expired.actor.as_str(), &expired.business), ("server", &Some(session.business_uuid)));
}

#[tokio::test]
async fn a_business_that_the_sweep_forgets_has_a_line() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    server.clock.pass(26 * 3600);
    assert_eq!(sweep(&server.app).await.unwrap().businesses, 1);
    let events = all(&server).await;
    let last = events.last().unwrap();
    assert_eq!((last.action.as_str(), last.actor.as_str()), ("deleteBusiness", "server"));
    assert_eq!(last.business.as_ref(), Some(&session.business_uuid));
    assert_eq!(last.widget.as_ref().unwrap().as_str(), LIVE);
}
