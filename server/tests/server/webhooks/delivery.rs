//! Delivering: at least once, in order, again and again for a day, and nobody waits for anybody else.

use std::time::Duration;

use connect_server::domain::webhook_delivery::AfterTry;
use connect_server::serve::serve;
use connect_server::store::Replaced;
use connect_server::webhooks::delivery::begin_due;
use serde_json::{Value, json};

use super::Setup;
use crate::rows::spoil;
use crate::support::log::Log;
use crate::support::receiver::{Received, Receiver};
use crate::support::{LIVE, ServerOptions, TEST_DEADLINE};

/// What came of the newest delivery of a webhook.
async fn newest(setup: &Setup, webhook: &str) -> Value {
    setup.deliveries(webhook, "?limit=1").await.remove(0)
}

async fn until_received(receiver: &Receiver, count: usize) -> Vec<Received> {
    let mut deliveries = Vec::new();
    let waiting = async {
        while deliveries.len() < count {
            deliveries.extend(receiver.take());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    assert!(tokio::time::timeout(TEST_DEADLINE, waiting).await.is_ok(), "{count} deliveries did not come in");
    deliveries
}

#[tokio::test]
async fn what_was_taken_is_not_sent_again() {
    let setup = Setup::new().await;
    let (webhook, _) = setup.register("/hooks", json!({"events": ["auth"]})).await;
    setup.sign_in("Harbour").await;
    setup.deliver().await;
    assert_eq!(setup.receiver.take().len(), 1);
    setup.server.clock.pass(24 * 3600);
    setup.deliver().await;
    assert!(setup.receiver.take().is_empty());
    let delivery = newest(&setup, &webhook).await;
    assert_eq!((&delivery["state"], &delivery["tries"]), (&json!("delivered"), &json!(1)));
    assert_eq!(delivery["result"], "answered 204 No Content");
}

#[tokio::test]
async fn what_was_not_taken_is_sent_again_after_pauses_that_double_for_a_day_and_then_given_up() {
    let setup = Setup::new().await;
    let (webhook, _) = setup.register("/hooks", json!({"events": ["auth"]})).await;
    setup.receiver.answers(500);
    setup.sign_in("Harbour").await;
    let mut pauses = Vec::new();
    let mut pause = 0;
    let mut passed = 0;
    while passed < 24 * 3600 {
        setup.deliver().await;
        if !setup.receiver.take().is_empty() {
            pauses.push(pause);
            pause = 0;
        }
        setup.server.clock.pass(5);
        pause += 5;
        passed += 5;
        if pause > 10 {
            // Nothing comes before half of the next pause is over.
            let step = (pauses.last().copied().unwrap_or(0) / 2).clamp(0, 300);
            setup.server.clock.pass(step);
            pause += step;
            passed += step;
        }
    }
    assert_eq!(pauses[0], 0, "at once");
    assert!((5..=15).contains(&pauses[1]), "{pauses:?}");
    assert!((10..=40).contains(&pauses[2]), "{pauses:?}");
    assert!(pauses.iter().all(|pause| *pause <= 3900), "{pauses:?}");
    assert!((30..=70).contains(&pauses.len()), "{pauses:?}");
    setup.server.clock.pass(3600);
    setup.deliver().await;
    let delivery = newest(&setup, &webhook).await;
    assert_eq!(delivery["state"], "failed", "{delivery}");
    assert_eq!(delivery["result"], "answered 500 Internal Server Error");
    assert_eq!(delivery.get("nextTryAt"), None);
    setup.receiver.take();
    setup.server.clock.pass(24 * 3600);
    setup.deliver().await;
    assert!(setup.receiver.take().is_empty());
}

#[tokio::test]
async fn nothing_of_an_answer_is_kept_but_its_status() {
    let log = Log::listen();
    let setup = Setup::new().await;
    let (webhook, secret) = setup.register("/hooks", json!({"events": ["auth"]})).await;
    setup.receiver.answers(503);
    setup.sign_in("Harbour").await;
    setup.deliver().await;
    assert_eq!(newest(&setup, &webhook).await["result"], "answered 503 Service Unavailable");
    let log = log.text();
    assert!(log.contains("a webhook is tried again") && !log.contains("a page that says"), "{log}");
    assert!(!log.contains(&secret), "the secret is in the log");
}

#[tokio::test]
async fn events_of_a_connection_keep_their_order_behind_one_that_is_not_taken_and_others_go_on() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({"events": ["auth", "connectionStatus"]})).await;
    setup.receiver.answers(500);
    let harbour = setup.sign_in("Harbour").await;
    setup.deliver().await;
    assert_eq!(setup.receiver.take_events(), ["auth"], "the status waits for it");
    setup.receiver.answers(204);
    let quay = setup.sign_in("Quay").await;
    setup.deliver().await;
    let received = setup.receiver.take();
    assert!(received.iter().all(|received| received.body()["connectionId"] == json!(quay)), "{received:?}");
    assert_eq!(received.len(), 2);
    setup.server.clock.pass(10);
    setup.deliver().await;
    let received = setup.receiver.take();
    assert!(
        received.iter().all(|received| received.body()["connectionId"] == json!(harbour)),
        "{received:?}"
    );
    let events: Vec<_> = received.iter().map(Received::event).collect();
    assert_eq!(events, ["auth", "connectionStatus"]);
}

#[tokio::test]
async fn a_back_end_that_never_answers_keeps_no_other_one_waiting() {
    let setup = Setup::new().await;
    let slow = Receiver::start().await;
    slow.hangs(true);
    setup.register("/hooks", json!({"events": ["auth"]})).await;
    let body = json!({"url": slow.url("/hooks"), "events": ["auth"]});
    setup.ask("POST", "/v2/webhooks", &body).await;
    for business in ["Harbour", "Quay"] {
        setup.sign_in(business).await;
        begin_due(&setup.server.app).await.unwrap();
        until_received(&setup.receiver, 1).await;
        until_received(&slow, 1).await;
    }
}

#[tokio::test]
async fn a_dead_back_end_has_few_deliveries_under_way_at_once() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({"events": ["auth"]})).await;
    setup.receiver.hangs(true);
    for number in 0..10 {
        setup.sign_in(&format!("Harbour{number}")).await;
    }
    assert_eq!(begin_due(&setup.server.app).await.unwrap(), 8);
    assert_eq!(begin_due(&setup.server.app).await.unwrap(), 0);
    until_received(&setup.receiver, 8).await;
}

#[tokio::test]
async fn what_is_claimed_is_not_sent_by_another_server_until_the_claim_runs_out() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({"events": ["auth"]})).await;
    setup.sign_in("Harbour").await;
    let store = &setup.server.app.store;
    let now = setup.server.app.now();
    // A server that claims it and is gone before it sends anything.
    let until = now + jiff::SignedDuration::from_secs(60);
    let claimed = store.claim_due_deliveries(now, until, 8, 64).await.unwrap();
    assert_eq!(claimed.len(), 1);
    setup.deliver().await;
    assert!(setup.receiver.take().is_empty());
    setup.server.clock.pass(60);
    setup.deliver().await;
    let received = setup.receiver.take();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].header("webhook-id"), claimed[0].event.id.as_str(), "the same event");
    // What the first one makes of it later changes nothing.
    let after = AfterTry::Failed;
    let settled = store.settle_delivery(&claimed[0], now, after, "too late").await.unwrap();
    assert_eq!(settled, Replaced::Overtaken);
}

#[tokio::test]
async fn a_redirect_is_a_refusal_and_not_followed() {
    let setup = Setup::new().await;
    let (webhook, _) = setup.register("/hooks", json!({"events": ["auth"]})).await;
    setup.receiver.answers(307);
    setup.sign_in("Harbour").await;
    setup.deliver().await;
    let paths: Vec<_> = setup.receiver.take().iter().map(|received| received.uri.path().to_owned()).collect();
    assert_eq!(paths, ["/hooks"]);
    let delivery = newest(&setup, &webhook).await;
    assert_eq!(delivery["state"], "pending");
    assert!(delivery["result"].as_str().unwrap().contains("307"), "{delivery}");
}

#[tokio::test]
async fn an_address_that_leads_into_a_private_network_by_now_is_not_asked() {
    // It was public when it was registered; what it leads to counts at each connecting.
    let setup = Setup::with_options(ServerOptions::default(), LIVE).await;
    let answer = setup.ask("POST", "/v2/webhooks", &json!({"url": "https://1.1.1.1/hooks"})).await;
    let webhook: Value = answer.json();
    let webhook = webhook["webhookId"].as_str().unwrap();
    spoil(&setup.server, "UPDATE webhooks SET url = 'https://localhost:9/hooks'").await;
    setup.sign_in("Harbour").await;
    setup.deliver().await;
    let delivery = setup.deliveries(webhook, "").await.pop().unwrap();
    assert!(delivery["result"].as_str().unwrap().contains("not public"), "{delivery}");
}

#[tokio::test]
async fn the_running_server_delivers_by_itself_and_ends_in_order() {
    let setup = Setup::new().await;
    setup.register("/hooks", json!({})).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let running = serve(setup.server.app.clone(), listener, async move {
        let _gone = ended.await;
    });
    let running = tokio::spawn(running);
    setup.sign_in("Harbour").await;
    let received = until_received(&setup.receiver, 3).await;
    let events: Vec<_> = received.iter().map(Received::event).collect();
    assert_eq!(events, ["login", "auth", "connectionStatus"]);
    end.send(()).unwrap();
    tokio::time::timeout(TEST_DEADLINE, running).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_webhook_whose_row_is_spoilt_keeps_no_other_one_waiting() {
    let log = Log::listen();
    let setup = Setup::new().await;
    let (spoilt, _) = setup.register("/spoilt", json!({"events": ["auth"]})).await;
    setup.register("/hooks", json!({"events": ["auth"]})).await;
    spoil(&setup.server, "UPDATE webhooks SET url = 'nowhere' WHERE url LIKE '%/spoilt'").await;
    setup.sign_in("Harbour").await;
    setup.deliver().await;
    assert_eq!(setup.receiver.take().len(), 1);
    let log = log.text();
    assert!(log.contains(&format!("table webhooks, column url, id {spoilt}")), "{log}");
}
