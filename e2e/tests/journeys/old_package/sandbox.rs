//! The sandbox's form: what each use case ends in.

use e2e::failure::same;
use e2e::{Context, Journey, Outcome};

use super::driving::{NEXT, authorised, open, pick, press};
use super::journey;

pub const JOURNEYS: &[Journey] = &[
    journey("the package we replace connects the sandbox with our server", |context| {
        Box::pin(successful(context))
    }),
    journey("the package we replace shows a duplicate of the sandbox", |context| {
        Box::pin(duplicate(context))
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

async fn successful(context: &Context) -> Outcome {
    let _server = open(context).await?;
    fill_form(context, "Successful Connection").await?;
    authorised(context, "quickbooks").await.map(drop)
}

async fn duplicate(context: &Context) -> Outcome {
    let _server = open(context).await?;
    fill_form(context, "Duplicate Connection").await?;
    let heard = context.host().hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "duplicateAccount")
}
