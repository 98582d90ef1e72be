//! All kinds of services, one step each, from the overview to the summary and out.

use e2e::failure::same;
use e2e::{Context, Journey, Outcome};

use super::driving::{NOWHERE, approve, choose, next, open_at, pick, press, says, skip_to};
use super::journey;

pub const JOURNEYS: &[Journey] =
    &[journey("the package we replace goes through all kinds of services up to the summary", |context| {
        Box::pin(all_kinds(context))
    })];

async fn all_kinds(context: &Context) -> Outcome {
    let wide = context.world()?.wide().await?;
    let page = open_at(context, wide, &[("options", "{}"), ("closeRedirectUrl", NOWHERE)]).await?;
    says(context, "Connect Your Financial Data").await?;
    next(context).await?;
    pick(context, "Freshbooks").await?;
    approve(context).await?;
    choose(context, "Juniper Bakery").await?;
    says(context, "has been securely linked").await?;
    next(context).await?;
    skip_to(context, "Commerce").await?;
    pick(context, "Square").await?;
    approve(context).await?;
    choose(context, "Finch Joinery").await?;
    says(context, "Your Square Store").await?;
    next(context).await?;
    says(context, "Financial Information Summary").await?;
    // Its summary keeps the list of the moment in which it appears first, and that is empty behind a success screen.
    press(context, "button", "Commerce").await?;
    says(context, "Select Commerce Service").await?;
    press(context, "button", "Summary").await?;
    says(context, "Accounting Services Freshbooks").await?;
    says(context, "Commerce Services Square").await?;
    press(context, "railz-button button:enabled", "").await?;
    context.host().hears("onExit", "exit").await?;
    let left = || page.arrived().iter().filter(|request| request.path == NOWHERE).count();
    context
        .browser
        .until("the way to closeRedirectUrl", e2e::browser::PATIENCE, || async {
            Ok((left() == 1).then_some(()))
        })
        .await?;
    let told: Vec<String> = context
        .host()
        .heard()
        .await?
        .into_iter()
        .filter(|heard| heard.event == "authorization")
        .map(|heard| {
            format!("{} {}", heard.callback, heard.payload["serviceName"].as_str().unwrap_or_default())
        })
        .collect();
    same("what the host heard", told, vec!["onSuccess freshbooks".to_owned(), "onSuccess square".to_owned()])
}
