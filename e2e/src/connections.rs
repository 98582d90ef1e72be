//! The server's own word about a business: what it lists as connected, asked by raw HTTP and not through any widget.
//!
//! A screen may say one thing and the server keep another; journeys that are about what is kept ask here, as a back end's
//! page: one of nobody's naming is told little of what it did not sign in to itself.

use serde_json::{Value, json};
use url::Url;

use crate::error::{JourneyError, Outcome, same};
use crate::programs::{Programs, WIDGET_ID};

fn wrong(found: String) -> JourneyError {
    JourneyError::Unexpected {
        what: "the session's answer".to_owned(),
        expected: "a list of connections".to_owned(),
        found,
    }
}

/// The connections that the server at this address lists in a new minted session of this business.
///
/// # Errors
/// [`JourneyError::Request`], and [`JourneyError::Unexpected`] when the answer has no list.
pub async fn list_connections(programs: &Programs, server: &str, business: &str) -> Outcome<Vec<Value>> {
    // The name that browsers find on this machine is not one that every resolver knows.
    let address = server.replace("connect.localhost", "127.0.0.1");
    let at = |path: &str| {
        Url::parse(&format!("{address}{path}")).map_err(|error| wrong(format!("{address}: {error}")))
    };
    let client = reqwest::Client::new();
    let minting = client
        .post(at("/v2/sessions")?)
        .bearer_auth(programs.secret_key_of(server))
        .header("content-type", "application/json")
        .body(json!({ "businessName": business }).to_string());
    let minted = read(minting).await?;
    let token = minted["sessionToken"].as_str().ok_or_else(|| wrong("no token".to_owned()))?;
    let path = format!("/widget/session/{WIDGET_ID}?include=connections");
    let session = client.post(at(&path)?).bearer_auth(token).header("origin", "http://127.0.0.1:1");
    let session = read(session).await?;
    session["connections"].as_array().cloned().ok_or_else(|| wrong("none".to_owned()))
}

async fn read(request: reqwest::RequestBuilder) -> Outcome<Value> {
    let answer = request.send().await?.error_for_status()?.text().await?;
    serde_json::from_str(&answer).map_err(|error| wrong(error.to_string()))
}

/// The one connection that a business has.
///
/// # Errors
/// As [`list_connections`], and [`JourneyError::Unexpected`] when there is another number of them.
pub async fn only_connection(programs: &Programs, server: &str, business: &str) -> Outcome<Value> {
    let mut all = list_connections(programs, server, business).await?;
    same("the number of connections that the server lists", all.len(), 1)?;
    Ok(all.swap_remove(0))
}
