//! All kinds of services, one step each, from the overview to the summary and out.

use e2e::error::same;
use e2e::{Context, Journey, Outcome};

use super::driving::{NOWHERE, approve, choose, open_at, pick, press, press_next, says};
use super::journey;
use crate::stories::bank_frame::press_in_bank_frame;

pub const JOURNEYS: &[Journey] =
    &[journey("the package we replace goes through all kinds of services up to the summary", |context| {
        Box::pin(all_kinds(context))
    })];

async fn all_kinds(context: &Context) -> Outcome {
    let programs = context.programs()?;
    let script = format!("{}/plaid/link-initialize.js", programs.provider);
    let options = [("options", "{}"), ("closeRedirectUrl", NOWHERE), ("bankLink", script.as_str())];
    let page = open_at(context, programs.all_services_server().await?, &options).await?;
    says(context, "Connect Your Financial Data").await?;
    press_next(context).await?;
    pick(context, "Freshbooks").await?;
    approve(context).await?;
    choose(context, "Juniper Bakery").await?;
    says(context, "has been securely linked").await?;
    press_next(context).await?;
    press(context, "button[title='Add a Bank']", "").await?;
    press_in_bank_frame(context, "#practice-bank-1").await?;
    says(context, "Your Fernway Bank Account has been securely linked").await?;
    press_next(context).await?;
    says(context, "Select Commerce Service").await?;
    pick(context, "Square").await?;
    approve(context).await?;
    choose(context, "Finch Joinery").await?;
    says(context, "Your Square Store").await?;
    press_next(context).await?;
    says(context, "Financial Information Summary").await?;
    // Its summary keeps the list of the moment in which it appears first, and that is empty behind a success screen.
    press(context, "button", "Commerce").await?;
    says(context, "Select Commerce Service").await?;
    press(context, "button", "Summary").await?;
    says(context, "Accounting Services Freshbooks").await?;
    says(context, "Banking Services Fernway Bank").await?;
    says(context, "Commerce Services Square").await?;
    press(context, "railz-button button:enabled", "").await?;
    context.host().hears("onExit", "exit").await?;
    let left = || page.requests().iter().filter(|request| request.path == NOWHERE).count();
    context
        .browser
        .until("the way to closeRedirectUrl", e2e::browser::TIMEOUT, || async {
            Ok((left() == 1).then_some(()))
        })
        .await?;
    let told: Vec<String> = context
        .host()
        .events()
        .await?
        .into_iter()
        .filter(|heard| heard.event == "authorization")
        .map(|heard| {
            format!("{} {}", heard.callback, heard.payload["serviceName"].as_str().unwrap_or_default())
        })
        .collect();
    same("what the host heard", told, vec!["onSuccess freshbooks", "onSuccess plaid", "onSuccess square"])
}
