//! Links to the page on which the server shows the widget itself, as a customer's back end makes and revokes them.

use serde_json::{Value, json};

use crate::error::{JourneyError, Outcome};
use crate::programs::Programs;

/// A link that was made.
#[derive(Clone, Debug)]
pub struct Link {
    /// What the person opens, with the code.
    pub url: String,
    /// What revokes it.
    pub id: String,
}

/// Has the server at this address make a link for a business of [`crate::programs::WIDGET_ID`]; `more` goes beside its name.
///
/// # Errors
/// [`JourneyError::Request`], and [`JourneyError::Unexpected`] when the answer is no link.
pub async fn make_link(programs: &Programs, server: &str, business: &str, more: &Value) -> Outcome<Link> {
    let mut body = json!({ "businessName": business });
    if let (Some(body), Some(more)) = (body.as_object_mut(), more.as_object()) {
        body.extend(more.clone());
    }
    let asked = reqwest::Client::new()
        .post(format!("{}/v2/businesses/generateUrl", reachable(server)))
        .bearer_auth(programs.secret_key_of(server))
        .header("content-type", "application/json")
        .body(body.to_string());
    let answer = asked.send().await?.error_for_status()?.text().await?;
    let made: Value = serde_json::from_str(&answer).unwrap_or_default();
    match (made["url"].as_str(), made["linkId"].as_str()) {
        (Some(url), Some(id)) => Ok(Link { url: url.to_owned(), id: id.to_owned() }),
        _ => Err(JourneyError::Unexpected {
            what: "the answer to generateUrl".to_owned(),
            expected: "a link".to_owned(),
            found: answer,
        }),
    }
}

/// Revokes a link of the usual server.
///
/// # Errors
/// [`JourneyError::Request`].
pub async fn revoke_link(programs: &Programs, link: &Link) -> Outcome {
    let asked = reqwest::Client::new()
        .delete(format!("{}/v2/links/{}", reachable(&programs.connect), link.id))
        .bearer_auth(programs.secret_key_of(&programs.connect));
    asked.send().await?.error_for_status()?;
    Ok(())
}

/// The name that browsers find on this machine is not one that every resolver knows.
fn reachable(server: &str) -> String {
    server.replace("connect.localhost", "127.0.0.1")
}
