//! The sandbox's form: what each use case ends in.

use e2e::connections::{list_connections, only_connection};
use e2e::error::same;
use e2e::{Context, Journey, Outcome};

use super::driving::{NEXT, check_connected, connection_id, open, pick, press, says, shows_connected};
use super::journey;

pub const JOURNEYS: &[Journey] = &[
    journey("the package we replace connects the sandbox with our server", |context| {
        Box::pin(connects(context, "Successful Connection"))
    }),
    journey("the package we replace connects the sandbox without data", |context| {
        Box::pin(connects(context, "No Data"))
    }),
    journey("the package we replace shows a duplicate of the sandbox", |context| {
        Box::pin(is_refused(context, "Duplicate Connection", "duplicateAccount", "quickbooks"))
    }),
    // What fails it reports under the sandbox's own name.
    journey("the package we replace shows a sandbox connection that failed", |context| {
        Box::pin(is_refused(context, "Failed Connection", "insufficientPermission", "railzSandbox"))
    }),
    journey("the package we replace shows wrong credentials in the sandbox", |context| {
        Box::pin(is_refused(context, "Invalid Credentials", "unauthorizedCredentials", "railzSandbox"))
    }),
];

async fn fill_form(context: &Context, use_case: &str) -> Outcome {
    pick(context, "Mock Sandbox").await?;
    press(context, "#usecase", "").await?;
    press(context, "[role=option]", use_case).await?;
    press(context, "#provider", "").await?;
    press(context, "[role=option]", "Quickbooks Online").await?;
    press(context, NEXT, "").await
}

async fn connects(context: &Context, use_case: &str) -> Outcome {
    let page = open(context).await?;
    fill_form(context, use_case).await?;
    let payload = check_connected(context, "quickbooks").await?;
    says(context, "has been securely linked").await?;
    let kept = only_connection(context.programs()?, &context.programs()?.connect, &context.business).await?;
    same("connectionId", kept["connectionId"].as_str(), Some(connection_id(&payload)?.as_str()))?;
    same("state", kept["state"].as_str(), Some("active"))?;
    same("isMockData", kept["isMockData"].as_bool(), Some(true))?;
    drop(page);
    let _page = open(context).await?;
    shows_connected(context).await
}

async fn is_refused(context: &Context, use_case: &str, code: &str, service: &str) -> Outcome {
    let _page = open(context).await?;
    fill_form(context, use_case).await?;
    let heard = context.host().hears("onError", "authorization").await?;
    same("errorCode", heard.code(), code)?;
    same("serviceName", heard.payload["serviceName"].as_str(), Some(service))?;
    connection_id(&heard.payload)?;
    context.host().check_one_outcome("onError").await?;
    let kept = list_connections(context.programs()?, &context.programs()?.connect, &context.business).await?;
    same("connections that the server lists", kept.len(), 0)
}
