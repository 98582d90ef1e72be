//! A sign-in without any page or browser, by plain requests: what somebody does who has a widget's id and a business's name.

use std::sync::LazyLock;

use e2e::Context;
use e2e::error::{JourneyError, Outcome};
use e2e::programs::{Programs, WIDGET_ID};
use reqwest::header::{COOKIE, HeaderName, LOCATION, SET_COOKIE};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use url::Url;

/// Follows no redirect, so that each step can be taken, left out or altered.
static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap_or_default()
});

/// A sign-in at QuickBooks that was begun: where it starts, and the proof that only its page should have.
pub struct BegunByHand {
    pub start: String,
    pub proof: String,
}

fn unexpected(what: &str, expected: &str, found: &impl ToString) -> JourneyError {
    JourneyError::Unexpected {
        what: what.to_owned(),
        expected: expected.to_owned(),
        found: found.to_string(),
    }
}

fn read(what: &str, value: &Value) -> Outcome<String> {
    value.as_str().map(str::to_owned).ok_or_else(|| unexpected(what, "a text", &value))
}

/// The address by which this process finds what browsers find by that name.
fn reachable(address: &str) -> String {
    address.replacen("connect.localhost", "127.0.0.1", 1).replacen("provider.localhost", "127.0.0.1", 1)
}

/// Begins a sign-in for this business, in the name of the host's page.
pub async fn begin(context: &Context, business: &str) -> Outcome<BegunByHand> {
    let programs = context.programs()?;
    let server = reachable(&programs.connect);
    let ask = async |request: reqwest::RequestBuilder| -> Outcome<Value> {
        let answer =
            request.header("origin", &programs.host).send().await?.error_for_status()?.text().await?;
        Ok(serde_json::from_str(&answer).unwrap_or_default())
    };
    let at = |path: &str, query: &[(&str, &str)]| {
        Url::parse_with_params(&format!("{server}{path}"), query).map_err(|error| JourneyError::Program {
            program: "connect-server".to_owned(),
            reason: format!("{server}{path}: {error}"),
        })
    };
    let query = [("businessName", business), ("include", "integrations")];
    let session = ask(CLIENT.post(at(&format!("/widget/session/{WIDGET_ID}"), &query)?)).await?;
    let offered = session["integrations"].as_array().into_iter().flatten();
    let quickbooks = offered.clone().find(|one| one["service"] == "quickbooks" && one["isMockData"] == false);
    let uuid = read("the integration of QuickBooks", &quickbooks.unwrap_or(&Value::Null)["uuid"])?;
    let token = read("the session's token", &session["access_token"])?;
    let query = [("serviceName", "quickbooks"), ("integrationUuid", uuid.as_str())];
    let begun = ask(CLIENT.get(at("/services/url", &query)?).bearer_auth(token)).await?;
    Ok(BegunByHand {
        start: read("the start address", &begun["url"])?,
        proof: read("the proof", &begun["startProof"])?,
    })
}

/// Goes on to the provider and says yes there: the address that the provider sends the window back to, which nobody has
/// opened yet.
pub async fn consent(programs: &Programs, begun: &BegunByHand) -> Outcome<Url> {
    let start = reachable(&begun.start);
    let page = CLIENT.get(&start).send().await?.error_for_status()?;
    let cookie = header(&page, &SET_COOKIE)?;
    let cookie = cookie.split(';').next().unwrap_or_default();
    let text = page.text().await?;
    let token = text.split(r#"name="page" value=""#).nth(1).and_then(|rest| rest.split('"').next());
    let body = json!({ "page": token, "proof": begun.proof }).to_string();
    let left = CLIENT
        .post(format!("{start}/proof"))
        .header("content-type", "application/json")
        .header(COOKIE, cookie)
        .body(body)
        .send()
        .await?
        .error_for_status()?;
    let left: Value = serde_json::from_str(&left.text().await?).unwrap_or_default();
    let provider = read("the provider's address", &left["location"])?;
    let asked = CLIENT.get(reachable(&provider)).send().await?;
    let shown = header(&asked, &LOCATION)?;
    let request = shown.split("request=").nth(1).unwrap_or_default();
    approve(programs, request).await
}

/// Says yes at the provider to the request that its page shows: the address that it sends the window back to.
pub async fn approve(programs: &Programs, request: &str) -> Outcome<Url> {
    let body = format!("request={request}&choice=approve&company=");
    let decided = CLIENT
        .post(format!("{}/quickbooks/decision", programs.provider))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
        .send()
        .await?;
    let callback = header(&decided, &LOCATION)?;
    Url::parse(&callback).map_err(|error| unexpected("the callback", "an address", &error))
}

fn header(answer: &Response, name: &HeaderName) -> Outcome<String> {
    let found = answer.headers().get(name).and_then(|value| value.to_str().ok());
    found.map(str::to_owned).ok_or_else(|| unexpected("an answer", name.as_str(), &answer.status()))
}
