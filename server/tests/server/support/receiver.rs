//! A customer's back end on loopback that receives webhooks, and answers as told.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tokio::net::TcpListener;

/// One delivery, as it came in.
#[derive(Clone, Debug)]
pub struct Received {
    pub uri: Uri,
    pub headers: HeaderMap,
    pub raw: Vec<u8>,
}

impl Received {
    pub fn body(&self) -> Value {
        serde_json::from_slice(&self.raw).unwrap()
    }

    pub fn event(&self) -> String {
        self.body()["event"].as_str().unwrap().to_owned()
    }

    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned()
    }
}

struct Desk {
    status: StatusCode,
    /// Answers nothing at all while it is set.
    hangs: bool,
    received: Vec<Received>,
}

#[derive(Clone)]
pub struct Receiver {
    address: String,
    desk: Arc<Mutex<Desk>>,
}

impl Receiver {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let desk = Desk { status: StatusCode::NO_CONTENT, hangs: false, received: Vec::new() };
        let desk = Arc::new(Mutex::new(desk));
        let router = Router::new().fallback(receive).with_state(desk.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, desk }
    }

    /// The address of a path here.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Answers with this status from now on.
    pub fn answers(&self, status: u16) {
        self.desk.lock().unwrap().status = StatusCode::from_u16(status).unwrap();
    }

    /// Answers nothing from now on, or does so again.
    pub fn hangs(&self, hangs: bool) {
        self.desk.lock().unwrap().hangs = hangs;
    }

    /// What came in since the last look, oldest first.
    pub fn take(&self) -> Vec<Received> {
        std::mem::take(&mut self.desk.lock().unwrap().received)
    }

    /// The names of the events that came in since the last look.
    pub fn take_events(&self) -> Vec<String> {
        self.take().iter().map(Received::event).collect()
    }
}

async fn receive(State(desk): State<Arc<Mutex<Desk>>>, uri: Uri, headers: HeaderMap, raw: Bytes) -> Response {
    let (status, hangs) = {
        let mut desk = desk.lock().unwrap();
        desk.received.push(Received { uri, headers, raw: raw.to_vec() });
        (desk.status, desk.hangs)
    };
    if hangs {
        tokio::time::sleep(Duration::from_mins(10)).await;
    }
    // A page of words behind a refusal, which nobody may keep, and a place to be sent to.
    (status, [(header::LOCATION, "/elsewhere")], "a page that says what went wrong inside").into_response()
}
