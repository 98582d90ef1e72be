//! Tests through the router: what each parameter does to the page and its headers, and that nothing sent can become
//! markup.

mod home;
mod sessions;
mod success;

use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use tower::ServiceExt;

use crate::{back_end::BackEnd, http::router, site::Site};

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
    send_to(site(None), request).await
}

fn site(back_end: Option<BackEnd>) -> Site {
    let success_page = "http://127.0.0.1:8080/success".to_owned();
    Site { connect: CONNECT.parse().unwrap(), widget_id: "SB_PROD_demo".to_owned(), success_page, back_end }
}

async fn send_to(site: Site, request: Request<Body>) -> Answer {
    let (parts, body) = router(site).oneshot(request).await.unwrap().into_parts();
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
