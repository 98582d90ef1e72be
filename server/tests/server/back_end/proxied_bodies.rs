//! Bodies through the proxy: large ones, slow ones, and those that break off.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use futures_util::stream;
use serde_json::Value;

use super::proxy::{BOOKS, connected, error};
use super::{BackEnd, PLAIN_BOOKS};
use crate::support::api::ApiBehaviour;
use crate::support::log::Log;
use crate::support::{ServerOptions, TEST_DEADLINE, TestServer};

#[tokio::test]
async fn a_body_of_more_than_a_mebibyte_is_passed_on_as_it_comes_and_once() {
    let (api, proxy) = connected().await;
    let post = |bytes: usize| {
        let pieces = (0..bytes / 1000).map(|_| Ok::<_, std::convert::Infallible>(vec![b'x'; 1000]));
        Request::post(format!("{proxy}/files"))
            .header(header::AUTHORIZATION, format!("Bearer {}", api.key))
            .body(Body::from_stream(stream::iter(pieces)))
            .unwrap()
    };
    let answer = api.server.send(post(3_000_000)).await;
    assert_eq!(answer.json::<Value>()["bodyLength"], 3_000_000, "{}", answer.text());
    api.server.provider.api_behaves(ApiBehaviour::Refuses("access-2"));
    let answer = api.server.send(post(3_000_000)).await;
    assert_eq!((answer.status, error(&answer)), (StatusCode::UNAUTHORIZED, ""));
    assert_eq!(api.server.provider.api_asked().len(), 2, "it was not kept, so it is not sent again");
    let answer = api.server.send(post(1_000_000)).await;
    assert_eq!(answer.json::<Value>()["bodyLength"], 1_000_000, "this one was");
}

#[tokio::test]
async fn a_large_answer_comes_whole_and_one_that_breaks_off_is_not_taken_for_whole() {
    let (api, proxy) = connected().await;
    api.server.provider.api_behaves(ApiBehaviour::Large(20_000_000));
    assert_eq!(api.get(&format!("{proxy}/report")).await.body.len(), 20_000_000);
    api.server.provider.api_behaves(ApiBehaviour::BreaksOff);
    assert!(broken_off(&api, &proxy).await);
}

/// Whether an answer ends with an error in place of its end.
async fn broken_off(api: &BackEnd, proxy: &str) -> bool {
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    let request = Request::get(format!("{proxy}/report"))
        .header(header::AUTHORIZATION, format!("Bearer {}", api.key))
        .body(Body::empty())
        .unwrap();
    let response = api.server.router.clone().oneshot(request).await.unwrap();
    let whole = tokio::time::timeout(TEST_DEADLINE, response.into_body().collect());
    whole.await.unwrap().is_err()
}

/// A back end whose calls are passed on by a server that waits a second for whoever is silent, and where they go.
async fn impatient() -> (BackEnd, String) {
    let books: &'static str = Box::leak(format!("{PLAIN_BOOKS}\n{BOOKS}").into_boxed_str());
    let options = ServerOptions {
        services: vec![("plainBooks", books)],
        top: "[proxy]\nsilence_seconds = 1".to_owned(),
        ..ServerOptions::default()
    };
    let api = BackEnd::of(TestServer::with_options(options).await).await;
    let proxy = format!("/v2/connections/{}/proxy", api.connect("Harbour", "7").await);
    (api, proxy)
}

#[tokio::test]
async fn a_service_that_is_silent_is_not_waited_for_without_end() {
    let (api, proxy) = impatient().await;
    api.server.provider.api_behaves(ApiBehaviour::Hangs);
    let log = Log::listen();
    let answer = api.get(&format!("{proxy}/invoices")).await;
    assert_eq!((error(&answer), answer.header(header::RETRY_AFTER)), ("timeout", "10"));
    // Such a call used to leave no line of its own, and it may have been done.
    assert!(log.text().contains("passed a call of a back end on to a service"), "{}", log.text());
    assert_eq!(answer.refusal(), (504, "The service did not answer in time.".to_owned()));
    api.server.provider.api_behaves(ApiBehaviour::Stalls);
    assert!(broken_off(&api, &proxy).await);
}

/// A body of less than a MiB used to have one time for all of it, however steadily it came.
#[tokio::test]
async fn a_body_that_comes_slowly_and_goes_on_is_passed_on() {
    let (api, proxy) = impatient().await;
    let pieces = stream::unfold(0, |sent| async move {
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        (sent < 4).then_some((Ok::<_, std::convert::Infallible>("x"), sent + 1))
    });
    let request = Request::post(format!("{proxy}/invoices"))
        .header(header::AUTHORIZATION, format!("Bearer {}", api.key))
        .body(Body::from_stream(pieces));
    let answer = api.server.send(request.unwrap()).await;
    assert_eq!((answer.status, error(&answer)), (StatusCode::OK, ""), "{}", answer.text());
    assert_eq!(api.server.provider.api_asked()[0].body, b"xxxx");
}
