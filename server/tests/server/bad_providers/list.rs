//! Lists of companies that misbehave, behind a token endpoint that does not.

use serde_json::json;

use crate::support::browser::{self, approve};
use crate::support::provider::Behaviour;
use crate::support::{LIVE, ServerOptions, TEST_DEADLINE, TestServer};

use super::{Person, end};

const NOT_TOLD: &str = "Xero did not tell which companies you may connect.";

#[tokio::test]
async fn html_where_json_is_due() {
    end(|it| it.lists_behave(Behaviour::Html), NOT_TOLD, "not JSON").await;
    end(|it| it.lists_behave(Behaviour::HtmlError), NOT_TOLD, "status 503").await;
}

#[tokio::test]
async fn an_error_object_with_status_200() {
    end(|it| it.lists_behave(Behaviour::RefusesWith200), NOT_TOLD, "the list of companies has nothing at")
        .await;
}

#[tokio::test]
async fn nothing_at_all() {
    end(|it| it.lists_behave(Behaviour::Hangs), NOT_TOLD, "the list of companies").await;
    end(|it| it.lists_behave(Behaviour::HangsUp), NOT_TOLD, "the service: no answer").await;
    end(|it| it.lists_behave(Behaviour::Empty), NOT_TOLD, "not JSON").await;
}

#[tokio::test]
async fn a_slow_drip_is_bounded_as_a_whole() {
    let person = Person::renewal("").await;
    person.server.provider.lists_behave(Behaviour::Drips);
    let asked = person.server.provider.lists_asked().len();
    // The whole would take half a minute, which `send` does not wait.
    person.signs_in().await;
    assert_eq!(person.server.provider.lists_asked().len(), asked + 1, "the drip was asked for");
    end(|it| it.lists_behave(Behaviour::Drips), NOT_TOLD, "the list of companies").await;
}

#[tokio::test]
async fn more_than_anybody_needs() {
    end(|it| it.lists_behave(Behaviour::Huge), NOT_TOLD, "more than 262144 bytes").await;
}

#[tokio::test]
async fn a_redirect_loop() {
    end(|it| it.lists_behave(Behaviour::RedirectsInALoop), NOT_TOLD, "sends elsewhere (status 307)").await;
    let person = Person::first("").await;
    person.server.provider.lists_behave(Behaviour::RedirectsInALoop);
    person.signs_in().await;
    assert_eq!(person.server.provider.lists_asked().len(), 1, "asked once");
}

#[tokio::test]
async fn a_company_list_that_is_empty() {
    let words = "Xero has no company that this sign-in may connect. Sign in with another account.";
    end(|it| it.lists("connections", json!([])), words, "the service told no company").await;
}

#[tokio::test]
async fn a_company_without_an_id() {
    end(|it| it.lists("connections", json!([{"tenantName": "Nobody"}])), NOT_TOLD, "has no id").await;
}

#[tokio::test]
async fn a_grant_that_leads_to_no_company_is_given_back_where_that_ends_nothing_else() {
    let extra = "accounts_url = \"@/lists/none\"\nrevoke_url = \"@/revoke\"";
    let server = TestServer::with_options(ServerOptions {
        services: vec![("sageBusinessCloud", extra)],
        ..ServerOptions::default()
    })
    .await;
    server.provider.lists("none", json!({"$items": []}));
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "sageBusinessCloud").await;
    let popup = browser::open(&server, &attempt).await;
    approve(&server, &popup).await;
    server.app.finishing.close();
    tokio::time::timeout(TEST_DEADLINE, server.app.finishing.wait()).await.unwrap();
    assert_eq!(server.provider.revoked(), ["refresh-2"]);
}
