//! Token endpoints that misbehave.

use crate::support::browser::{self, approve};
use crate::support::log::Log;
use crate::support::provider::Behaviour;
use crate::support::{LIVE, ServerOptions, TestServer};

use super::{Person, end};

const NOT_CONFIRMED: &str = "Xero did not confirm the sign-in. Please try again.";
const NOT_UNDERSTOOD: &str = "Xero gave an answer that could not be understood.";
const NOT_IN_TIME: &str = "Xero did not answer in time.";

#[tokio::test]
async fn html_where_json_is_due() {
    end(|it| it.behave(Behaviour::Html), NOT_UNDERSTOOD, "not JSON").await;
    end(|it| it.behave(Behaviour::HtmlError), NOT_UNDERSTOOD, "status 503").await;
}

#[tokio::test]
async fn an_error_object_with_status_200() {
    end(|it| it.behave(Behaviour::RefusesWith200), NOT_CONFIRMED, "refused with invalid_grant").await;
}

#[tokio::test]
async fn a_refused_code() {
    end(|it| it.behave(Behaviour::Refuses), NOT_CONFIRMED, "refused with invalid_grant").await;
}

#[tokio::test]
async fn a_refusal_in_other_words_than_those_of_oauth() {
    end(|it| it.behave(Behaviour::RefusesOddly), NOT_CONFIRMED, "status 400, without an error of OAuth")
        .await;
}

#[tokio::test]
async fn nothing_at_all() {
    end(|it| it.behave(Behaviour::Hangs), NOT_IN_TIME, "no whole answer in the time allowed").await;
    end(|it| it.behave(Behaviour::HangsUp), NOT_IN_TIME, "the service: no answer").await;
    end(|it| it.behave(Behaviour::Empty), NOT_UNDERSTOOD, "the answer is empty").await;
}

#[tokio::test]
async fn nobody_there() {
    let log = Log::listen();
    let dead = "name = \"Dead Books\"\ntoken_url = \"http://127.0.0.1:9/token\"";
    let server = TestServer::with_options(ServerOptions {
        services: vec![("deadBooks", dead)],
        ..ServerOptions::default()
    })
    .await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "deadBooks").await;
    let page = approve(&server, &browser::open(&server, &attempt).await).await.text();
    assert!(page.contains("Dead Books did not answer in time"), "{page}");
    let (status, message) = server.poll(&session, &attempt, 1000).await.refusal();
    assert_eq!((status, message.contains("Dead Books did not answer in time")), (502, true), "{message}");
    let log = log.text();
    let line = log.lines().find(|line| line.contains("a sign-in failed")).unwrap();
    assert!(line.contains("no answer: Connection refused") && !line.contains("127.0.0.1"), "{line}");
}

#[tokio::test]
async fn a_slow_drip_is_bounded_as_a_whole() {
    let person = Person::renewal("").await;
    person.server.provider.behave(Behaviour::Drips);
    // Each byte comes soon after the last one; the whole would take half a minute, which `send` does not wait.
    person.signs_in().await;
    assert_eq!(person.server.provider.asked().len(), 2, "the drip was asked for");
    end(|it| it.behave(Behaviour::Drips), NOT_IN_TIME, "no whole answer in the time allowed").await;
}

#[tokio::test]
async fn an_answer_without_end_or_without_a_token() {
    end(|it| it.behave(Behaviour::Huge), NOT_UNDERSTOOD, "more than 262144 bytes").await;
    end(|it| it.behave(Behaviour::NoToken), NOT_UNDERSTOOD, "a field is missing").await;
}

#[tokio::test]
async fn a_redirect_is_not_followed_nor_is_a_loop() {
    end(|it| it.behave(Behaviour::Redirects), NOT_UNDERSTOOD, "sends elsewhere (status 307)").await;
    end(|it| it.behave(Behaviour::RedirectsInALoop), NOT_UNDERSTOOD, "sends elsewhere (status 307)").await;
    let person = Person::first("").await;
    person.server.provider.behave(Behaviour::RedirectsInALoop);
    person.signs_in().await;
    assert_eq!(person.server.provider.asked().len(), 1, "asked once");
}
