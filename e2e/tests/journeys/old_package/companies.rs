//! Services at which a person chooses one of several companies after the sign-in: the package asks for the list in each
//! service's own way, posts the choice, and looks in the status for how it ended.

use e2e::connections::only_connection;
use e2e::error::{holds, same};
use e2e::{Context, Journey, Outcome};
use serde_json::Value;

use super::driving::{
    approve, check_connected, choose, connection_id, fill, open, open_at, open_window, pick, press,
    press_next, says, shows_connected, skip_to,
};
use super::journey;

pub const JOURNEYS: &[Journey] = &[
    journey("the package we replace chooses a company at FreshBooks", |context| {
        Box::pin(chooses_company(context, "Accounting", "freshbooks", "Freshbooks", "Finch Joinery"))
    }),
    journey("the package we replace chooses a company at Sage Business Cloud", |context| {
        Box::pin(chooses_company(
            context,
            "Accounting",
            "sageBusinessCloud",
            "Sage Business Cloud",
            "Finch Joinery",
        ))
    }),
    journey("the package we replace chooses a company at Zoho Books", |context| {
        Box::pin(chooses_company(context, "Accounting", "zohoBooks", "Zoho Books", "Finch Joinery"))
    }),
    // Consent is for one company file there, and that one is still to be confirmed.
    journey("the package we replace confirms the company file of MYOB", |context| {
        Box::pin(chooses_company(context, "Accounting", "myob", "MYOB", "Juniper Bakery"))
    }),
    journey("the package we replace chooses a company at Business Central", |context| {
        Box::pin(chooses_company(
            context,
            "Accounting",
            "dynamicsBusinessCentral",
            BUSINESS_CENTRAL,
            "Finch Joinery",
        ))
    }),
    journey("the package we replace gives Business Central's web service addresses on the way", |context| {
        Box::pin(web_services(context))
    }),
    journey("the package we replace goes back while a sign-in waits, and begins again", |context| {
        Box::pin(back_and_again(context))
    }),
    journey("the package we replace chooses a location at Square", |context| {
        Box::pin(chooses_company(context, "Commerce", "square", "Square", "Finch Joinery"))
    }),
];

const BUSINESS_CENTRAL: &str = "MS Dynamics 365 Business Central";

async fn chooses_company(
    context: &Context,
    step: &str,
    service: &str,
    title: &str,
    company: &str,
) -> Outcome {
    let server = context.programs()?.all_services_server().await?;
    let page = open_at(context, server, &[]).await?;
    skip_to(context, step).await?;
    pick(context, title).await?;
    approve(context).await?;
    choose(context, company).await?;
    let payload = check_connected(context, service).await?;
    check_kept(context, server, company, &payload).await?;
    drop(page);
    let _page = open_at(context, server, &[]).await?;
    skip_to(context, step).await?;
    shows_connected(context).await
}

/// Checks that the success screen is there, and that the server lists what the host was told.
pub async fn check_kept(context: &Context, server: &str, company: &str, payload: &Value) -> Outcome {
    says(context, "has been securely linked").await?;
    let kept = only_connection(context.programs()?, server, &context.business).await?;
    same("connectionId", kept["connectionId"].as_str(), Some(connection_id(payload)?.as_str()))?;
    same("state", kept["state"].as_str(), Some("active"))?;
    same("accountName", kept["accountName"].as_str(), Some(company))?;
    let told = &payload["serviceAccountRef"]["id"];
    holds(told.is_string(), "serviceAccountRef.id", "the company's id", told)?;
    same("serviceAccountRef", &kept["serviceAccountRef"]["id"], told)
}

/// The usual server asks for both kinds of addresses.
async fn web_services(context: &Context) -> Outcome {
    let _page = open(context).await?;
    pick(context, BUSINESS_CENTRAL).await?;
    approve(context).await?;
    choose(context, "Finch Joinery").await?;
    for step in 1..=6 {
        says(context, &format!("Step {step} of 6")).await?;
        if step > 2 {
            let address = format!("https://api.businesscentral.dynamics.com/web-services/{step}");
            fill(context, "input[type=url]", &address).await?;
        }
        press_next(context).await?;
    }
    let payload = check_connected(context, "dynamicsBusinessCentral").await?;
    check_kept(context, &context.programs()?.connect, "Finch Joinery", &payload).await
}

/// Going back asks without patience how the sign-in stands. Nobody signed in yet, so nothing is to be chosen.
async fn back_and_again(context: &Context) -> Outcome {
    let _page = open(context).await?;
    pick(context, "Freshbooks").await?;
    let popup = open_window(context).await?;
    popup.element("#approve").await?;
    context.browser.to_main().await?;
    press(context, "button", "Go back").await?;
    says(context, "Select Accounting Service").await?;
    popup.close().await?;
    pick(context, "Freshbooks").await?;
    approve(context).await?;
    choose(context, "Juniper Bakery").await?;
    let payload = check_connected(context, "freshbooks").await?;
    check_kept(context, &context.programs()?.connect, "Juniper Bakery", &payload).await
}
