//! Sage Intacct: seven screens, a web services user on the last, and the entities of the company to choose from.

use e2e::error::same;
use e2e::pages::PageServer;
use e2e::{Context, Journey, Outcome};

use super::driving::{check_connected, open_at, pick, press, says};
use super::journey;
use super::screens::{fill_in, pass_screens, wait_for_answer};

pub const JOURNEYS: &[Journey] = &[
    journey("the package we replace connects an entity of a Sage Intacct company", |context| {
        Box::pin(entity(context))
    }),
    journey("the package we replace connects a Sage Intacct company without entities", |context| {
        Box::pin(whole_company(context))
    }),
    journey(
        "the package we replace is told of wrong Sage Intacct credentials, and calls it a timeout",
        |context| Box::pin(wrong(context)),
    ),
];

/// Opens the page, goes through the screens and gives these credentials on the last.
async fn give(context: &Context, company: &str, password: &str) -> Outcome<PageServer> {
    let server = open_at(context, context.programs()?.all_services_server().await?, &[]).await?;
    pick(context, "Sage Intacct").await?;
    pass_screens(context, &["1 of 5", "2 of 5", "3a of 5", "3b of 5", "4a of 5", "4b of 5"]).await?;
    fill_in(context, "Web Services User Password", password).await?;
    fill_in(context, "Company ID", company).await?;
    fill_in(context, "User ID", "owner").await?;
    pass_screens(context, &["5 of 5"]).await?;
    Ok(server)
}

async fn entity(context: &Context) -> Outcome {
    let _server = give(context, "harbour-of-2023", "practice-password").await?;
    says(context, "Select Sage Intacct Account").await?;
    press(context, "button", "Harbour North").await?;
    pass_screens(context, &["Select Sage Intacct Account"]).await?;
    let payload = check_connected(context, "sageIntacct").await?;
    let account = &payload["serviceAccountRef"];
    same("the company", account["id"].as_str(), Some("harbour-of-2023"))?;
    same("the entity", account["entityRef"]["id"].as_str(), Some("200"))
}

async fn whole_company(context: &Context) -> Outcome {
    let _server = give(context, "solo-of-2023", "practice-password").await?;
    let payload = check_connected(context, "sageIntacct").await?;
    same("the company", payload["serviceAccountRef"]["id"].as_str(), Some("solo-of-2023"))
}

async fn wrong(context: &Context) -> Outcome {
    let _server = give(context, "solo-of-nobody", "wrong").await?;
    let (status, answer) = wait_for_answer(context, "/sageIntacct/account", 1).await?;
    same("the answer", (status, answer["success"].as_bool()), (200, Some(false)))?;
    let heard = context.host().hears("onError", "timeout").await?;
    same("errorCode", heard.code(), "timeout")?;
    same("serviceName", heard.payload["serviceName"].as_str(), Some("sageIntacct"))?;
    press(context, "railz-button[data-testid=railz-button-review] button", "").await?;
    says(context, "Select Accounting Service").await
}
