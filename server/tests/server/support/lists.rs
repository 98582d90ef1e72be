//! The provider's lists of companies, for whoever brings a token of it.

use std::sync::{Arc, Mutex};

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::behaviour::Behaviour;
use super::provider::{Desk, Provider};

impl Provider {
    /// How the lists behave.
    pub fn lists_behave(&self, behaviour: Behaviour) {
        self.desk.lock().unwrap().list_manner = behaviour;
    }

    /// What is listed at `/lists/<path>` for whoever brings a token of this provider.
    pub fn lists(&self, path: &str, answer: Value) {
        self.desk.lock().unwrap().lists.insert(path.to_owned(), answer);
    }

    /// The lists that were asked for, with their queries and the requests' headers, oldest first.
    pub fn lists_asked(&self) -> Vec<(String, HeaderMap)> {
        self.desk.lock().unwrap().lists_asked.clone()
    }
}

/// A list, for whoever brings an access token that was given here.
pub(super) async fn list(
    State(desk): State<Arc<Mutex<Desk>>>,
    Path(path): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let behaviour = desk.lock().unwrap().list_manner;
    let bad = behaviour.answer().await;
    let mut desk = desk.lock().unwrap();
    let asked = query.map_or_else(|| path.clone(), |query| format!("{path}?{query}"));
    desk.lists_asked.push((asked, headers.clone()));
    let given = desk.gave(&headers);
    let own = desk.lists_asked.last().and_then(|(asked, _)| desk.lists.get(asked));
    match own.or_else(|| desk.lists.get(&path)) {
        _ if !given => StatusCode::UNAUTHORIZED.into_response(),
        _ if bad.is_some() => bad.unwrap_or_default(),
        Some(answer) => axum::Json(answer.clone()).into_response(),
        None => (StatusCode::NOT_FOUND, "<h1>nothing here</h1>").into_response(),
    }
}
