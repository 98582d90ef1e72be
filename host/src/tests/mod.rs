//! Tests through the router: what each parameter does to the page and its headers, and that nothing sent can become
//! markup.

mod connect;
mod connections;
mod hand_over;
mod home;
mod sessions;
mod success;
mod visitor;
mod webhooks;

use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use tower::ServiceExt;

use crate::{http::router, site::Site};

const ORIGIN: &str = "http://127.0.0.1:8080";

const CONNECT: &str = "http://connect.localhost:8081";
const HOSTILE: &str = "\"><script>alert(1)</script><b title='";

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The text of the element with this id, still escaped.
    fn element(&self, id: &str) -> &str {
        let (_, from) = self.text.split_once(&format!(" id=\"{id}\"")).unwrap_or_else(|| panic!("no #{id}"));
        from.split_once('>').unwrap().1.split_once("</").unwrap().0
    }
}

async fn send(request: Request<Body>) -> Answer {
    let site = Site {
        origin: ORIGIN.parse().unwrap(),
        connect: CONNECT.parse().unwrap(),
        widget_id: "SB_PROD_demo".to_owned(),
        back_end: None,
    };
    read_answer(router(site).oneshot(request).await.unwrap()).await
}

async fn read_answer(response: axum::response::Response) -> Answer {
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
}

async fn get(path: &str) -> Answer {
    send(Request::get(path).body(Body::empty()).unwrap()).await
}

fn form(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

async fn post(path: &str, pairs: &[(&str, &str)]) -> Answer {
    let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    send(request.body(Body::from(form(pairs))).unwrap()).await
}
