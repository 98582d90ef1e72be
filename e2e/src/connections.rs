//! The server's own word about a business: what it lists as connected, asked by raw HTTP and not through any widget.
//!
//! A screen may say one thing and the server keep another; journeys that are about what is kept ask here.

use serde_json::Value;
use url::Url;

use crate::error::{JourneyError, Outcome, same};
use crate::programs::WIDGET_ID;

/// The connections that the server at this address lists in a new session of this business.
///
/// # Errors
/// [`JourneyError::Request`], and [`JourneyError::Unexpected`] when the answer has no list.
pub async fn list_connections(server: &str, business: &str) -> Outcome<Vec<Value>> {
    let wrong = |found: String| JourneyError::Unexpected {
        what: "the session's answer".to_owned(),
        expected: "a list of connections".to_owned(),
        found,
    };
    // The name that browsers find on this machine is not one that every resolver knows.
    let address = server.replace("connect.localhost", "127.0.0.1");
    let mut url = Url::parse(&format!("{address}/widget/session/{WIDGET_ID}"))
        .map_err(|error| wrong(format!("{address}: {error}")))?;
    url.query_pairs_mut().append_pair("businessName", business).append_pair("include", "connections");
    // As a page of the widget: nobody else opens a session by naming a business.
    let request = reqwest::Client::new().post(url).header("origin", "http://127.0.0.1:1");
    let answer = request.send().await?.error_for_status()?.text().await?;
    let session: Value = serde_json::from_str(&answer).map_err(|error| wrong(error.to_string()))?;
    session["connections"].as_array().cloned().ok_or_else(|| wrong("none".to_owned()))
}

/// The one connection that a business has.
///
/// # Errors
/// As [`list_connections`], and [`JourneyError::Unexpected`] when there is another number of them.
pub async fn only_connection(server: &str, business: &str) -> Outcome<Value> {
    let mut all = list_connections(server, business).await?;
    same("the number of connections that the server lists", all.len(), 1)?;
    Ok(all.swap_remove(0))
}
