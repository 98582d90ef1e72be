//! The pages in `examples/`, built from the packed package with each framework's own builder: each connects.

use e2e::browser::TIMEOUT;
use e2e::environment::Artifact;
use e2e::error::{holds, same};
use e2e::pages::{Page, PageServer};
use e2e::programs::WIDGET_ID;
use e2e::{Context, Journey, JourneyError, Needs, Outcome};
use serde_json::Value;
use url::Url;

use super::steps::{SANDBOX, approve, check_id};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a page without a bundler connects from the packed package", |context| {
        Box::pin(connects(context, "html"))
    })
    .needs(Needs::Examples),
    Journey::new("a React app connects with the packed package", |context| {
        Box::pin(connects(context, "react"))
    })
    .needs(Needs::Examples),
    Journey::new("a Vue app connects with the packed package", |context| Box::pin(connects(context, "vue")))
        .needs(Needs::Examples),
    Journey::new("an Angular app connects with the packed package", |context| {
        Box::pin(connects(context, "angular"))
    })
    .needs(Needs::Examples),
    Journey::new("a page that receives its result itself believes only the state that it sent", |context| {
        Box::pin(receives(context))
    })
    .needs(Needs::Examples),
    Journey::new("nothing is written to the console from the services to the success", |context| {
        Box::pin(quiet(context))
    })
    .needs(Needs::Examples)
    .chromium_only(),
];

async fn connects(context: &Context, name: &str) -> Outcome {
    let server = PageServer::start(vec![("/", Page::Folder(find_example(name)?))]).await?;
    context.browser.goto(&build_address(context, &server, &[])?).await?;
    approve(context, "quickbooks").await?;
    context.widget().shows("connected").await?;
    let payload = wait_for_event(context, "onSuccess", "authorization").await?;
    check_id("connectionUuid", "CON-", payload["connectionUuid"].as_str().unwrap_or_default())?;
    same("mount error", context.browser.text("#mount-error").await?.as_str(), "")
}

/// The examples used to send no `state`, so nothing in them could tell a result of theirs from an address that somebody made.
async fn receives(context: &Context) -> Outcome {
    for name in ["html", "react", "vue", "angular"] {
        let server = PageServer::start(vec![("/", Page::Folder(find_example(name)?))]).await?;
        // Of a business of its own: the sandbox is connected once for each.
        let business = format!("{} at {name}", context.business);
        let more =
            [("businessName", business), ("successUrl", server.at("/")), ("successMethod", "GET".to_owned())];
        let more = more.each_ref().map(|(option, value)| (*option, value.as_str()));
        context.browser.goto(&build_address(context, &server, &more)?).await?;
        let widget = context.widget();
        widget.shows("picker").await?;
        widget.pick(SANDBOX).await?;
        let result = wait_for_event(context, "successPage", "received").await?;
        check_id("connectionId", "CON-", result["connectionId"].as_str().unwrap_or_default())?;
        same("mount error", context.browser.text("#mount-error").await?.as_str(), "")?;

        let made = server.at("/?connectionId=CON-1&serviceName=xero&state=guessed");
        context.browser.goto(&made).await?;
        let refused = context.browser.text("#mount-error").await?;
        holds(refused.contains("begun in this tab"), name, "a refusal", &refused)?;
        let heard =
            context.browser.script("return document.querySelectorAll('#events li').length", vec![]).await?;
        same("what was believed", heard.as_u64(), Some(0))?;
    }
    Ok(())
}

/// Only Chromium's driver hands out the console.
async fn quiet(context: &Context) -> Outcome {
    context.browser.script("console.error('the console is read')", vec![]).await?;
    let proof = context.browser.console().await;
    holds(proof.contains("the console is read"), "the console", "what was written there", &proof)?;
    connects(context, "html").await?;
    same("the console", context.browser.console().await.as_str(), "")
}

/// Where a built example is.
pub fn find_example(name: &str) -> Outcome<std::path::PathBuf> {
    Artifact::ExamplesOut
        .path()
        .map(|folder| folder.join(name))
        .map_err(|reason| JourneyError::Program { program: "the examples".to_owned(), reason })
}

/// The example's address with the settings that it takes from there.
pub fn build_address(context: &Context, server: &PageServer, more: &[(&str, &str)]) -> Outcome<String> {
    let mut url = Url::parse(&server.at("/")).map_err(|error| JourneyError::Unexpected {
        what: "the example's address".to_owned(),
        expected: "an address".to_owned(),
        found: error.to_string(),
    })?;
    url.query_pairs_mut()
        .append_pair("widgetId", WIDGET_ID)
        .append_pair("endpoint", &context.programs()?.connect)
        .append_pair("businessName", &context.business)
        .extend_pairs(more);
    Ok(url.into())
}

/// Waits until the example's list shows an event, and gives its payload.
pub async fn wait_for_event(context: &Context, callback: &str, event: &str) -> Outcome<Value> {
    let browser = &context.browser;
    let script =
        "return [...document.querySelectorAll('#events li')].map((line) => JSON.parse(line.textContent));";
    browser
        .until(&format!("{callback}({event:?}) at the example"), TIMEOUT, || async {
            let heard = browser.script(script, vec![]).await?;
            let heard = heard.as_array().map(Vec::as_slice).unwrap_or_default();
            let found = heard.iter().find(|one| one["callback"] == callback && one["event"] == event);
            Ok(found.map(|one| one["payload"].clone()))
        })
        .await
}
