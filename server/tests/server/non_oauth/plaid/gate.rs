//! A gate before the practice Plaid: it holds one answer back until the test lets it through.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use tokio::sync::Notify;

use super::Practice;
use crate::support::TEST_DEADLINE;

#[derive(Clone, Default)]
pub struct Gate {
    held: Arc<Mutex<Option<&'static str>>>,
    came: Arc<Notify>,
    go: Arc<Notify>,
    behind: Arc<Mutex<String>>,
}

impl Gate {
    /// A server whose way to Plaid leads through a gate.
    pub async fn new() -> (Practice, Self) {
        let gate = Self::default();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        let front = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().route("/{*path}", post(pass)).with_state(gate.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let practice = Practice::with_plaid(|address| {
            *gate.behind.lock().unwrap() = format!("{address}/plaid");
            format!("client_secret = \"practice-secret\"\napi_url = \"{front}\"")
        })
        .await;
        (practice, gate)
    }

    /// Holds the next answer of this call back.
    pub fn hold(&self, path: &'static str) {
        *self.held.lock().unwrap() = Some(path);
    }

    /// Waits until Plaid has answered what is held back.
    pub async fn has_come(&self) {
        tokio::time::timeout(TEST_DEADLINE, self.came.notified()).await.unwrap();
    }

    /// Lets it through.
    pub fn open(&self) {
        self.go.notify_one();
    }
}

async fn pass(
    State(gate): State<Gate>,
    Path(path): Path<String>,
    mut headers: HeaderMap,
    body: String,
) -> (StatusCode, String) {
    headers.remove("host");
    let url = format!("{}/{path}", gate.behind.lock().unwrap());
    let answer = reqwest::Client::new().post(url).headers(headers).body(body).send().await.unwrap();
    let answer = (answer.status(), answer.text().await.unwrap());
    let is_held = gate.held.lock().unwrap().take_if(|held| *held == path).is_some();
    if is_held {
        gate.came.notify_one();
        tokio::time::timeout(TEST_DEADLINE, gate.go.notified()).await.unwrap();
    }
    answer
}
