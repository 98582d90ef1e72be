//! Lists of companies that misbehave, behind a token endpoint that does not.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::browser::{self, approve};
use crate::support::provider::Manner;
use crate::support::{Bench, LIVE, PATIENCE, Wish};

use super::{Visit, end};

const NOT_TOLD: &str = "Xero did not tell which companies you may connect.";

#[tokio::test]
async fn html_where_json_is_due() {
    end(|it| it.lists_behave(Manner::Html), NOT_TOLD, "not JSON").await;
    end(|it| it.lists_behave(Manner::HtmlError), NOT_TOLD, "status 503").await;
}

#[tokio::test]
async fn an_error_object_with_status_200() {
    end(|it| it.lists_behave(Manner::RefusesWith200), NOT_TOLD, "the list of companies has nothing at").await;
}

#[tokio::test]
async fn nothing_at_all() {
    end(|it| it.lists_behave(Manner::Hangs), NOT_TOLD, "the list of companies").await;
    end(|it| it.lists_behave(Manner::HangsUp), NOT_TOLD, "the service: no answer").await;
    end(|it| it.lists_behave(Manner::Empty), NOT_TOLD, "not JSON").await;
}

#[tokio::test]
async fn a_slow_drip_is_bounded_as_a_whole() {
    let visit = Visit::renewal("").await;
    visit.bench.provider.lists_behave(Manner::Drips);
    let begun = Instant::now();
    visit.signs_in().await;
    let took = begun.elapsed();
    assert!(took > Duration::from_millis(900) && took < Duration::from_secs(5), "{took:?}");
    end(|it| it.lists_behave(Manner::Drips), NOT_TOLD, "the list of companies").await;
}

#[tokio::test]
async fn more_than_anybody_needs() {
    end(|it| it.lists_behave(Manner::Huge), NOT_TOLD, "more than 262144 bytes").await;
}

#[tokio::test]
async fn a_redirect_loop() {
    end(|it| it.lists_behave(Manner::RedirectsInALoop), NOT_TOLD, "sends elsewhere (status 307)").await;
    let visit = Visit::first("").await;
    visit.bench.provider.lists_behave(Manner::RedirectsInALoop);
    visit.signs_in().await;
    assert_eq!(visit.bench.provider.lists_asked().len(), 1, "asked once");
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
    let bench =
        Bench::wishing(Wish { services: vec![("sageBusinessCloud", extra)], ..Wish::default() }).await;
    bench.provider.lists("none", json!({"$items": []}));
    let session = bench.session_of(LIVE, "Harbour").await;
    let attempt = bench.begin(&session, "sageBusinessCloud").await;
    let popup = browser::open(&bench, &attempt).await;
    approve(&bench, &popup).await;
    bench.app.finishing.close();
    tokio::time::timeout(PATIENCE, bench.app.finishing.wait()).await.unwrap();
    assert_eq!(bench.provider.revoked(), ["refresh-2"]);
}
