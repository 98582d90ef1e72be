//! The page about the back end's API, as a browser shows it.

use e2e::error::same;
use e2e::{Context, Journey, Outcome};
use serde_json::json;

pub const JOURNEYS: &[Journey] =
    &[Journey::new("the page about the API shows its calls and has no field for a key", |context| {
        Box::pin(asks_for_no_key(context))
    })
    .chromium_only()];

/// Swagger UI used to offer "Authorize" there, with a field for the secret key.
async fn asks_for_no_key(context: &Context) -> Outcome {
    let browser = &context.browser;
    browser.goto(&format!("{}/docs/", context.programs()?.connect)).await?;
    let calls = "return document.querySelectorAll('.opblock').length > 25";
    browser.until_script("the calls of the API", calls).await?;
    // Only those that are closed: a press on an open one closes it.
    let opened = "for (const call of document.querySelectorAll('.opblock:not(.is-open) .opblock-summary-control')) call.click(); \
                  return document.querySelectorAll('.opblock-body').length > 25";
    browser.until_script("what is said of each call", opened).await?;
    // What a call takes stands in fields that nobody can type into.
    let asking = "return [...document.querySelectorAll('input:enabled, textarea:enabled, .auth-wrapper, .authorize, .try-out')]\
                  .map((node) => `${node.tagName} ${node.className} ${node.placeholder ?? ''}`)";
    same("what could take a key", browser.script(asking, vec![]).await?, json!([]))
}
