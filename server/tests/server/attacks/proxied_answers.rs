//! What a service answers, byte for byte, and what of it comes to the back end that called it.

use axum::http::StatusCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::back_end::BackEnd;
use crate::support::Answer;

/// Calls a service that answers with these bytes, and hangs up.
async fn call(answer: &str) -> Answer {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let books = format!("api_url = \"http://{}\"", listener.local_addr().unwrap());
    let api = BackEnd::with_books(Box::leak(books.into_boxed_str())).await;
    let id = api.connect("Harbour", "7").await;
    let answer = answer.replace('\n', "\r\n");
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut asked = vec![0; 16 * 1024];
        let length = stream.read(&mut asked).await.unwrap();
        assert!(length > 0, "nothing was asked");
        stream.write_all(answer.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
    });
    let told = api.get(&format!("/v2/connections/{id}/proxy/invoices")).await;
    served.await.unwrap();
    told
}

#[tokio::test]
async fn what_a_service_orders_a_proxy_or_a_cache_to_do_stays_here() {
    // Behind nginx one header had the customer's proxy send a file of this server's machine.
    let orders = [
        "X-Accel-Redirect: /etc/passwd",
        "X-Accel-Expires: 3600",
        "X-Sendfile: /etc/passwd",
        "X-LIGHTTPD-send-file: /etc/passwd",
        "X-Reproxy-URL: http://10.0.0.1/",
        "Surrogate-Control: max-age=3600",
        "Surrogate-Key: all",
        "CDN-Cache-Control: max-age=3600",
        "Cloudflare-CDN-Cache-Control: max-age=3600",
        "Edge-Control: max-age=3600",
    ];
    let text = orders.join("\n");
    let answer = call(&format!("HTTP/1.1 200 OK\n{text}\nX-Page: 1\nContent-Length: 2\n\n{{}}")).await;
    assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, "{}"));
    assert_eq!((answer.header("x-page"), answer.header("content-length")), ("1", "2"));
    for order in orders {
        let name = order.split(':').next().unwrap();
        assert_eq!(answer.header(name.to_ascii_lowercase().as_str()), "", "{name}");
    }
}

#[tokio::test]
async fn a_length_that_is_not_the_bodys_is_not_passed_on() {
    // In a debug build a 304 with a length ended the caller's connection without an answer; a release build passed it on.
    for status in ["204 No Content", "304 Not Modified"] {
        let answer = call(&format!("HTTP/1.1 {status}\nContent-Length: 5\nETag: \"7\"\n\n")).await;
        assert_eq!(answer.status.as_str(), &status[..3], "{}", answer.text());
        assert_ne!(answer.header("content-length"), "5", "{status}");
        assert_eq!(answer.header("etag"), "\"7\"", "{status}");
    }
    // The length won over the chunks, and the answer was cut.
    let both = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nContent-Length: 2\n\n8\n{\"a\": 1}\n0\n\n";
    let answer = call(both).await;
    assert_eq!((answer.status, answer.header("content-length")), (StatusCode::OK, ""));
    assert_eq!(answer.text(), "{\"a\": 1}");
}

#[tokio::test]
async fn a_service_that_begins_another_protocol_is_not_followed() {
    let answer = call("HTTP/1.1 101 Switching Protocols\nConnection: upgrade\nUpgrade: x\n\nmore").await;
    assert_eq!(answer.header("railz-proxy-error"), "unreachable", "it used to be passed on as 101");
    assert_eq!(answer.refusal().0, 502);
}

#[tokio::test]
async fn a_token_that_is_repeated_in_another_form_stays_here() {
    let forms = ["access-2", "%61ccess%2D2", "%2561ccess-2", "YWNjZXNzLTI=", "dXNlcjphY2Nlc3MtMg"];
    for form in forms {
        let head = format!("HTTP/1.1 302 Found\nLocation: /next?t={form}\nX-Echo: {form}\nX-Page: 1");
        let answer = call(&format!("{head}\nContent-Length: 0\n\n")).await;
        assert_eq!((answer.status, answer.header("x-page")), (StatusCode::FOUND, "1"), "{form}");
        for name in ["x-echo", "location", "railz-proxy-location"] {
            assert_eq!(answer.header(name), "", "{form} in {name}");
        }
    }
}
